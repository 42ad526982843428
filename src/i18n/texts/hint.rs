//! Texts of the hints on what a description lacks.

texts! {
    Hint {
        label,
        material,
        purpose,
        form,
        composition,
        given,
        missing,
        say_what_it_is,
        say_material,
        say_purpose,
        say_form,
        say_fibres,
        say_ingredients,
    }
}

/// In English.
pub const EN: Hint = Hint {
    label: "In the description",
    material: "Material",
    purpose: "Use",
    form: "Form",
    composition: "Composition",
    given: "given",
    missing: "missing",
    say_what_it_is: "This could be anything. Name the product itself.",
    say_material: "Say what it is made of.",
    say_purpose: "Say what it is for, or for whom.",
    say_form: "Say in what form: size, knitted or woven, powder or sheet, a set.",
    say_fibres: "Give the share of each fibre in %.",
    say_ingredients: "Give the ingredients, the main ones in %.",
};

/// In Dutch.
pub const NL: Hint = Hint {
    label: "In de omschrijving",
    material: "Materiaal",
    purpose: "Gebruik",
    form: "Vorm",
    composition: "Samenstelling",
    given: "vermeld",
    missing: "ontbreekt",
    say_what_it_is: "Dit kan van alles zijn. Noem het product zelf.",
    say_material: "Vermeld waarvan het gemaakt is.",
    say_purpose: "Vermeld waarvoor of voor wie het is.",
    say_form: "Vermeld de vorm: maat, gebreid of geweven, poeder of plaat, een set.",
    say_fibres: "Vermeld het aandeel van elke vezel in %.",
    say_ingredients: "Vermeld de ingrediënten, de belangrijkste in %.",
};
