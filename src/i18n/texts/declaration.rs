//! Texts of the choice of a declarable ten-digit code, with its duty and cost.

texts! {
    Declaration {
        which,
        which_hint,
        only_hint,
        looked_at(code, decided),
        clear,
        is_decided,
        other_digits,
        other_digits_hint(known),
        digits_label(count),
        problem_digits(count),
        try_code,
        trying,
        not_known_here(code),
        begins(code, day),
        ended(code, day),
        to_tree,
        nearest,
        not_declarable(code),
        below_it,
        duty_title(code),
        duty_title_open,
        duty,
        duty_unknown,
        as_of(date),
        duty_old(years),
        whichever,
        preferences,
        preferences_many(count),
        preference(scheme, rate, countries),
        preference_proof,
        preference_needs(proof),
        anti_dumping,
        anti_dumping_line(rate, countries),
        anti_dumping_least(rate),
        none_listed,
        none_listed_for(country),
        choose_first,
        of_code(code),
        cost_unknown(code),
        right_to_the_cent,
        wrong_vat(given, computed),
        wrong_total(given, computed),
        wrong_next,
        not_computable,
        to_calculator,
        compare_codes,
    }
}

/// In English.
pub const EN: Declaration = Declaration {
    which: "Which of these codes applies?",
    which_hint: "An import declaration needs ten digits. These codes are still possible: choose from what you know of the product.",
    only_hint: "An import declaration needs ten digits. Several may exist below the code of this product; only this one is known here.",
    looked_at: |code, decided| {
        format!("Duty and cost below are for {code}, as a preview. The code of this product is {decided}.")
    },
    clear: "Back to the code of this product",
    is_decided: "decided",
    other_digits: "An import declaration needs ten digits",
    other_digits_hint: |known| {
        format!("Known so far: {known}. Look up the remaining digits in TARIC and enter them here.")
    },
    digits_label: |count| format!("The last {count} digits"),
    problem_digits: |count| format!("Enter {count} digits."),
    try_code: "Try this code",
    trying: "Looking it up…",
    not_known_here: |code| {
        format!("{code} is not known to this service. It may still exist: look it up in TARIC.")
    },
    begins: |code, day| format!("{code} begins on {day}, after the day that you ask for."),
    ended: |code, day| format!("{code} has ended: its last day was {day}."),
    to_tree: "Show in the tariff",
    nearest: "Nearest known code:",
    not_declarable: |code| format!("Goods cannot be declared under {code}."),
    below_it: "You can declare under these codes:",
    duty_title: |code| format!("Duty on {code}"),
    duty_title_open: "Duty",
    duty: "Third-country duty",
    duty_unknown: "not known to this service",
    as_of: |date| format!("as of {date}"),
    duty_old: |years| {
        let unit = if years == "1" { "year" } else { "years" };
        format!("{years} {unit} old; may have changed")
    },
    whichever: "the same for all possible ten-digit codes",
    preferences: "Preferences",
    preferences_many: |count| format!("{count} arrangements"),
    preference: |scheme, rate, countries| format!("{scheme}: {rate} for {countries}"),
    preference_proof: "with proof of origin",
    preference_needs: |proof| format!("with proof: {proof}"),
    anti_dumping: "Anti-dumping",
    anti_dumping_line: |rate, countries| format!("{rate} on goods of {countries}"),
    anti_dumping_least: |rate| format!("named manufacturers from {rate}"),
    none_listed: "none listed",
    none_listed_for: |country| format!("none listed for goods of {country}"),
    choose_first: "Choose ten digits to see the exact duty, preferences and anti-dumping.",
    of_code: |code| format!("For {code}."),
    cost_unknown: |code| format!("The landed cost under {code} is not known here."),
    right_to_the_cent: "Checked: totals add up.",
    wrong_vat: |given, computed| {
        format!("The VAT does not add up: the API gives {given}, its rate gives {computed}.")
    },
    wrong_total: |given, computed| {
        format!("The total does not add up: the API gives {given}, its parts give {computed}.")
    },
    wrong_next: "Check these figures before you use them.",
    not_computable: "These figures are too large to check.",
    to_calculator: "Open in the calculator",
    compare_codes: "Compare the cost under the other codes",
};

/// In Dutch.
pub const NL: Declaration = Declaration {
    which: "Welke van deze codes is van toepassing?",
    which_hint: "Een invoeraangifte vraagt tien cijfers. Deze codes zijn nog mogelijk: kies op basis van wat u van het product weet.",
    only_hint: "Een invoeraangifte vraagt tien cijfers. Onder de code van dit product kunnen er meer zijn; hier is alleen deze bekend.",
    looked_at: |code, decided| {
        format!(
            "Rechten en kosten hieronder gelden voor {code}, als voorbeeld. De code van dit product is {decided}."
        )
    },
    clear: "Terug naar de code van dit product",
    is_decided: "vastgesteld",
    other_digits: "Een invoeraangifte vraagt tien cijfers",
    other_digits_hint: |known| {
        format!("Tot nu toe bekend: {known}. Zoek de overige cijfers op in Taric en vul ze hier in.")
    },
    digits_label: |count| format!("De laatste {count} cijfers"),
    problem_digits: |count| format!("Vul {count} cijfers in."),
    try_code: "Deze code proberen",
    trying: "Wordt opgezocht…",
    not_known_here: |code| {
        format!("{code} is niet bekend bij deze dienst. De code kan wel bestaan: zoek hem op in Taric.")
    },
    begins: |code, day| format!("{code} begint op {day}, na de datum die u vraagt."),
    ended: |code, day| format!("{code} is vervallen: de laatste dag was {day}."),
    to_tree: "Toon in het tarief",
    nearest: "Dichtstbijzijnde bekende code:",
    not_declarable: |code| format!("Onder {code} kunt u niet aangeven."),
    below_it: "Aangeven kan onder deze codes:",
    duty_title: |code| format!("Rechten op {code}"),
    duty_title_open: "Rechten",
    duty: "Recht derde landen",
    duty_unknown: "niet bekend bij deze dienst",
    as_of: |date| format!("stand per {date}"),
    duty_old: |years| format!("{years} jaar oud; kan zijn gewijzigd"),
    whichever: "gelijk voor alle mogelijke codes van tien cijfers",
    preferences: "Preferenties",
    preferences_many: |count| format!("{count} regelingen"),
    preference: |scheme, rate, countries| format!("{scheme}: {rate} voor {countries}"),
    preference_proof: "met bewijs van oorsprong",
    preference_needs: |proof| format!("met bewijs: {proof}"),
    anti_dumping: "Antidumping",
    anti_dumping_line: |rate, countries| format!("{rate} op goederen uit {countries}"),
    anti_dumping_least: |rate| format!("genoemde fabrikanten vanaf {rate}"),
    none_listed: "geen vermeld",
    none_listed_for: |country| format!("geen vermeld voor goederen uit {country}"),
    choose_first: "Kies tien cijfers voor het exacte recht, de preferenties en antidumping.",
    of_code: |code| format!("Voor {code}."),
    cost_unknown: |code| format!("De landed cost onder {code} is hier niet bekend."),
    right_to_the_cent: "Nagerekend: de totalen kloppen.",
    wrong_vat: |given, computed| {
        format!("De btw klopt niet: de API geeft {given}, het tarief komt uit op {computed}.")
    },
    wrong_total: |given, computed| {
        format!("Het totaal klopt niet: de API geeft {given}, de delen komen uit op {computed}.")
    },
    wrong_next: "Controleer deze bedragen voordat u ze gebruikt.",
    not_computable: "Deze bedragen zijn te groot om na te rekenen.",
    to_calculator: "Openen in de calculator",
    compare_codes: "Kosten onder de andere codes vergelijken",
};
