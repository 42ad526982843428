//! Texts of the faults of rows, and of rows that are left out.

texts! {
    RowFaults {
        missing,
        too_long,
        unknown_country,
        not_an_amount,
        not_positive,
        too_large,
        too_precise,
        not_a_quantity,
        unknown_currency,
        not_an_address,
        other_currency,
        unanswered,
        per_cent,
        inexact,
        per_other,
        measure,
        union,
        several_countries,
        cell_error,
        no_result,
        suggestion(text),
        left_out(rows),
        left_out_lead,
        row_total,
        row_page_foot,
        row_titles,
        row_section,
        row_note,
        row_hidden,
        row_filtered,
        row_more_cells,
        code_kept,
        put_back,
        put_all_back,
        stripped(rows),
    }
}

/// In English.
pub const EN: RowFaults = RowFaults {
    missing: "No description",
    too_long: "Longer than 5,000 characters",
    unknown_country: "Not a country",
    not_an_amount: "Not an amount",
    not_positive: "Zero or less",
    too_large: "Amount too large",
    too_precise: "More than six decimals",
    not_a_quantity: "Not a whole number from 1",
    unknown_currency: "Not EUR, USD, GBP or CNY",
    not_an_address: "Not an address",
    other_currency: "Another currency than its row",
    unanswered: "Waits for your answer about this file",
    per_cent: "A percentage",
    inexact: "Not one exact number",
    per_other: "Per weight, measure or number of pieces",
    measure: "A weight, measure or number of packs",
    union: "A union, not a country",
    several_countries: "More than one country",
    cell_error: "An error of the spreadsheet",
    no_result: "A formula without a result",
    suggestion: |text| format!("{text}?"),
    left_out: |rows| {
        if rows == "1" { "1 row is left out".to_owned() } else { format!("{rows} rows are left out") }
    },
    left_out_lead: "They look like no products, are hidden, or have too many cells. They cost nothing. Put back those that are products.",
    row_total: "Total or cost of the list",
    row_page_foot: "Page number",
    row_titles: "Repeated headers",
    row_section: "Heading",
    row_note: "Note",
    row_hidden: "Hidden in the file",
    row_filtered: "Hidden by a filter",
    row_more_cells: "More cells than headers",
    code_kept: "Code kept",
    put_back: "Put back",
    put_all_back: "Put all back",
    stripped: |rows| {
        if rows == "1" {
            "HTML tags were removed from 1 description.".to_owned()
        } else {
            format!("HTML tags were removed from {rows} descriptions.")
        }
    },
};

/// In Dutch.
pub const NL: RowFaults = RowFaults {
    missing: "Geen omschrijving",
    too_long: "Langer dan 5.000 tekens",
    unknown_country: "Geen land",
    not_an_amount: "Geen bedrag",
    not_positive: "Nul of negatief",
    too_large: "Bedrag te groot",
    too_precise: "Meer dan zes decimalen",
    not_a_quantity: "Geen geheel getal vanaf 1",
    unknown_currency: "Geen EUR, USD, GBP of CNY",
    not_an_address: "Geen adres",
    other_currency: "Andere valuta dan de rij",
    unanswered: "Wacht op uw antwoord over dit bestand",
    per_cent: "Een percentage",
    inexact: "Niet één exact getal",
    per_other: "Per gewicht, maat of aantal stuks",
    measure: "Een gewicht, maat of aantal verpakkingen",
    union: "Een unie, geen land",
    several_countries: "Meer dan één land",
    cell_error: "Een foutmelding van het rekenblad",
    no_result: "Een formule zonder uitkomst",
    suggestion: |text| format!("{text}?"),
    left_out: |rows| {
        if rows == "1" { "1 rij is weggelaten".to_owned() } else { format!("{rows} rijen zijn weggelaten") }
    },
    left_out_lead: "Ze lijken geen product, zijn verborgen of hebben te veel cellen. Ze kosten niets. Zet terug wat wel een product is.",
    row_total: "Totaal of kosten van de lijst",
    row_page_foot: "Paginanummer",
    row_titles: "Herhaalde koppen",
    row_section: "Tussenkop",
    row_note: "Opmerking",
    row_hidden: "Verborgen in het bestand",
    row_filtered: "Verborgen door een filter",
    row_more_cells: "Meer cellen dan koppen",
    code_kept: "Code behouden",
    put_back: "Terugzetten",
    put_all_back: "Alles terugzetten",
    stripped: |rows| {
        if rows == "1" {
            "Uit 1 omschrijving zijn HTML-tags verwijderd.".to_owned()
        } else {
            format!("Uit {rows} omschrijvingen zijn HTML-tags verwijderd.")
        }
    },
};
