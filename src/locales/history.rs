//! The history.

use crate::i18n::texts;

texts! {
    History {
        title,
        lead(total),
        product,
        code,
        confidence,
        status,
        date,
        empty_title,
        empty_body,
        beyond,
        page_of(page, last),
        pages_label,
        previous,
        next,
        first,
        page_ignored(asked, shown),
        unnamed,
    }
}

/// In English.
pub const EN: History = History {
    title: "History",
    lead: |total| {
        if total == "1" { "1 classification".to_owned() } else { format!("{total} classifications") }
    },
    product: "Product",
    code: "Code",
    confidence: "Confidence",
    status: "Status",
    date: "Date",
    empty_title: "Nothing classified yet",
    empty_body: "Every product you classify is kept here, with its code and its reasons.",
    beyond: "There is no page that far back.",
    page_of: |page, last| format!("Page {page} of {last}"),
    pages_label: "Pages",
    previous: "Newer",
    next: "Older",
    first: "To the first page",
    page_ignored: |asked, shown| {
        format!("This service does not turn pages: you asked for page {asked} and it answered page {shown}.")
    },
    unnamed: "Product without a description",
};

/// In Dutch.
pub const NL: History = History {
    title: "Geschiedenis",
    lead: |total| if total == "1" { "1 indeling".to_owned() } else { format!("{total} indelingen") },
    product: "Product",
    code: "Code",
    confidence: "Zekerheid",
    status: "Status",
    date: "Datum",
    empty_title: "Nog niets ingedeeld",
    empty_body: "Elk product dat u indeelt blijft hier staan, met de code en de redenen.",
    beyond: "Zo ver terug is er geen pagina.",
    page_of: |page, last| format!("Pagina {page} van {last}"),
    pages_label: "Pagina's",
    previous: "Nieuwer",
    next: "Ouder",
    first: "Naar de eerste pagina",
    page_ignored: |asked, shown| {
        format!("Deze dienst bladert niet: u vroeg pagina {asked} en kreeg pagina {shown}.")
    },
    unnamed: "Product zonder omschrijving",
};
