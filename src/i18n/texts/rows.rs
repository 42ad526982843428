//! Texts of rows of classifications, in every list.

texts! {
    Rows {
        product,
        code,
        confidence,
        at_stake,
        status,
        date,
        pick_all,
        pick(product),
        confirmed,
        corrected,
        given,
        was,
        not_told,
        unnamed,
    }
}

/// In English.
pub const EN: Rows = Rows {
    product: "Product",
    code: "Code",
    confidence: "Confidence",
    at_stake: "At stake",
    status: "Status",
    date: "Date",
    pick_all: "Select all on this page",
    pick: |product| format!("Select: {product}"),
    confirmed: "confirmed",
    corrected: "corrected",
    given: "code given",
    was: "was",
    not_told: "corrected, code not reported",
    unnamed: "Product without a description",
};

/// In Dutch.
pub const NL: Rows = Rows {
    product: "Product",
    code: "Code",
    confidence: "Betrouwbaarheid",
    at_stake: "Financieel belang",
    status: "Status",
    date: "Datum",
    pick_all: "Alles op deze pagina selecteren",
    pick: |product| format!("Selecteren: {product}"),
    confirmed: "bevestigd",
    corrected: "gecorrigeerd",
    given: "code opgegeven",
    was: "was",
    not_told: "gecorrigeerd, code niet vermeld",
    unnamed: "Product zonder omschrijving",
};
