//! Texts of the tariff to browse and search.

texts! {
    Tree {
        title,
        lead,
        search,
        search_hint,
        declarable,
        unknown(code),
        unavailable,
    }
}

/// In English.
pub const EN: Tree = Tree {
    title: "Tariff",
    lead: "Today's nomenclature, with the third-country duty where all codes below share it.",
    search: "Search the tariff",
    search_hint: "Words, or the digits that a code begins with.",
    declarable: "declarable",
    unknown: |code| format!("The tariff of today has no {code} here."),
    unavailable: "This service cannot show its tariff.",
};

/// In Dutch.
pub const NL: Tree = Tree {
    title: "Tarief",
    lead: "De nomenclatuur van vandaag, met het recht derde landen waar alle codes eronder het delen.",
    search: "Zoek in het tarief",
    search_hint: "Woorden, of de cijfers waarmee een code begint.",
    declarable: "aangeefbaar",
    unknown: |code| format!("In het tarief van vandaag staat hier geen {code}."),
    unavailable: "Deze dienst kan het tarief niet tonen.",
};
