//! The export of rows into a file.

use crate::i18n::texts;

texts! {
    Export {
        title,
        which,
        selection(rows),
        this_page(rows),
        all(rows),
        found_so_far(rows),
        form,
        csv,
        xlsx,
        separators,
        csv_reader,
        for_spreadsheet,
        for_spreadsheet_hint,
        for_program,
        for_program_hint,
        dutch,
        international,
        run(rows),
        takes(requests, minutes),
        stays,
        corrections_single,
        corrections_untold,
        progress_label,
        progress(done, total),
        minutes_left(minutes),
        last_minute,
        cancel,
        cancelled,
        go_on,
        saved(name, rows),
        not_told(rows),
        changed(rows, total),
        short(rows, total),
        not_written,
        unavailable,
        too_long,
        text_too_long(row, column),
        code_dotted,
        code_bare,
        code_answered,
        decided_by,
        decided_at,
        by_person,
        by_classifier,
        confidence,
        band,
        verdict,
        asked_at,
        identifier,
        link,
    }
}

/// In English.
pub const EN: Export = Export {
    title: "Export",
    which: "Rows",
    selection: |rows| format!("Selected ({rows})"),
    this_page: |rows| format!("This page ({rows})"),
    all: |rows| format!("All that match ({rows})"),
    found_so_far: |rows| format!("All found so far ({rows})"),
    form: "File",
    csv: "CSV",
    xlsx: "Excel (XLSX)",
    separators: "Separators",
    csv_reader: "What opens the CSV file",
    for_spreadsheet: "A spreadsheet.",
    for_spreadsheet_hint: "An apostrophe before digits keeps their zeros.",
    for_program: "Another program.",
    for_program_hint: "Everything as it is: in a spreadsheet, codes would lose zeros and texts could be run as formulas.",
    dutch: "Dutch: semicolon, decimal comma",
    international: "International: comma, decimal point",
    run: |rows| if rows == "1" { "Export 1 row".to_owned() } else { format!("Export {rows} rows") },
    takes: |requests, minutes| {
        format!(
            "They are read in {requests} requests. With this key's limit that takes {minutes} minutes or more."
        )
    },
    corrections_single: "This service does not list the code to which a product was corrected: each corrected one is asked for by itself.",
    corrections_untold: "This service does not tell corrections that were made elsewhere. Those that were made in this browser are in the file.",
    stays: "It goes on while you turn pages and filter. Leaving this screen ends it.",
    progress_label: "Rows written",
    progress: |done, total| format!("{done} of {total} rows"),
    minutes_left: |minutes| format!("about {minutes} min left"),
    last_minute: "less than a minute left",
    cancel: "Cancel",
    cancelled: "Cancelled. No file was made.",
    go_on: "Go on",
    saved: |name, rows| {
        let rows = if rows == "1" { "1 row".to_owned() } else { format!("{rows} rows") };
        format!("Saved as {name}, with {rows}.")
    },
    not_told: |rows| {
        format!(
            "Corrected to a code that this service did not tell: {rows}. The cells of their codes say so."
        )
    },
    changed: |rows, total| {
        format!("The list changed while it was read: it now has {total} rows, and the file has {rows}.")
    },
    short: |rows, total| {
        format!("This service does not turn pages: the file has its newest {rows} of {total}.")
    },
    not_written: "The file could not be made: it may be too large for this computer's memory. Nothing was saved. Reload the page and try again, or export fewer rows.",
    unavailable: "The part of the dashboard that writes files could not be loaded. Nothing was saved. Check the connection and try again.",
    too_long: "A sheet holds at most 1,048,575 rows. Export fewer, or as CSV.",
    text_too_long: |row, column| {
        format!("The text in row {row}, “{column}”, is too long for a sheet. Export as CSV.")
    },
    code_dotted: "Code",
    code_bare: "Code, digits only",
    code_answered: "Code as classified",
    decided_by: "Decided by",
    decided_at: "Decided at",
    by_person: "a person",
    by_classifier: "the classifier",
    confidence: "Confidence (%)",
    band: "Confidence",
    verdict: "Review",
    asked_at: "Asked at",
    identifier: "Identifier",
    link: "Link",
};

/// In Dutch.
pub const NL: Export = Export {
    title: "Exporteren",
    which: "Rijen",
    selection: |rows| format!("Geselecteerd ({rows})"),
    this_page: |rows| format!("Deze pagina ({rows})"),
    all: |rows| format!("Alles wat voldoet ({rows})"),
    found_so_far: |rows| format!("Alles tot nu toe gevonden ({rows})"),
    form: "Bestand",
    csv: "CSV",
    xlsx: "Excel (XLSX)",
    separators: "Scheidingstekens",
    csv_reader: "Wat het CSV-bestand opent",
    for_spreadsheet: "Een rekenblad.",
    for_spreadsheet_hint: "Een apostrof voor cijfers bewaart hun nullen.",
    for_program: "Een ander programma.",
    for_program_hint: "Alles zoals het is: in een rekenblad zouden codes nullen verliezen en teksten als formule kunnen draaien.",
    dutch: "Nederlands: puntkomma, decimale komma",
    international: "Internationaal: komma, decimale punt",
    run: |rows| if rows == "1" { "1 rij exporteren".to_owned() } else { format!("{rows} rijen exporteren") },
    takes: |requests, minutes| {
        format!(
            "Ze worden gelezen in {requests} verzoeken. Met de grens van deze sleutel duurt dat {minutes} minuten of meer."
        )
    },
    corrections_single: "Deze dienst geeft in zijn lijst niet de code waarin een product is verbeterd: elk verbeterd product wordt apart opgevraagd.",
    corrections_untold: "Deze dienst vertelt niet wat elders is verbeterd. Wat in deze browser is verbeterd, staat in het bestand.",
    stays: "Het gaat door terwijl u bladert en filtert. Dit scherm verlaten beëindigt het.",
    progress_label: "Geschreven rijen",
    progress: |done, total| format!("{done} van {total} rijen"),
    minutes_left: |minutes| format!("nog ongeveer {minutes} min"),
    last_minute: "nog minder dan een minuut",
    cancel: "Annuleren",
    cancelled: "Geannuleerd. Er is geen bestand gemaakt.",
    go_on: "Doorgaan",
    saved: |name, rows| {
        let rows = if rows == "1" { "1 rij".to_owned() } else { format!("{rows} rijen") };
        format!("Bewaard als {name}, met {rows}.")
    },
    not_told: |rows| {
        format!("Verbeterd in een code die deze dienst niet gaf: {rows}. De cellen van die codes zeggen het.")
    },
    changed: |rows, total| {
        format!("De lijst veranderde tijdens het lezen: hij heeft nu {total} rijen, en het bestand {rows}.")
    },
    short: |rows, total| {
        format!("Deze dienst bladert niet: het bestand heeft de nieuwste {rows} van {total}.")
    },
    not_written: "Het bestand kon niet worden gemaakt: misschien is het te groot voor het geheugen van deze computer. Er is niets bewaard. Laad de pagina opnieuw en probeer het nog eens, of exporteer minder rijen.",
    unavailable: "Het deel van het dashboard dat bestanden schrijft kon niet worden geladen. Er is niets bewaard. Controleer de verbinding en probeer het opnieuw.",
    too_long: "Een werkblad heeft hoogstens 1.048.575 rijen. Exporteer er minder, of als CSV.",
    text_too_long: |row, column| {
        format!("De tekst in rij {row}, “{column}”, is te lang voor een werkblad. Exporteer als CSV.")
    },
    code_dotted: "Code",
    code_bare: "Code, alleen cijfers",
    code_answered: "Code zoals ingedeeld",
    decided_by: "Beslist door",
    decided_at: "Beslist op",
    by_person: "een mens",
    by_classifier: "de indeling",
    confidence: "Zekerheid (%)",
    band: "Zekerheid",
    verdict: "Beoordeling",
    asked_at: "Gevraagd op",
    identifier: "Kenmerk",
    link: "Link",
};
