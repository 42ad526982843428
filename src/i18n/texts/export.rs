//! Texts of the export of the history into a file.

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
        no_room,
        not_extended,
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
    csv_reader: "The CSV file is for",
    for_spreadsheet: "Excel or another spreadsheet.",
    for_spreadsheet_hint: "An apostrophe before digits keeps leading zeros.",
    for_program: "An ERP or other software.",
    for_program_hint: "Values unchanged: a spreadsheet would drop leading zeros and could run texts as formulas.",
    dutch: "Dutch: semicolon, decimal comma",
    international: "International: comma, decimal point",
    run: |rows| if rows == "1" { "Export 1 row".to_owned() } else { format!("Export {rows} rows") },
    takes: |requests, minutes| {
        format!("This takes {requests} requests: at least {minutes} minutes with this key's limit.")
    },
    corrections_single: "This service does not list corrected codes: each corrected product is requested separately.",
    corrections_untold: "This service does not report corrections made elsewhere. Those made in this browser are in the file.",
    stays: "Exporting continues while you page and filter. Leaving this screen stops it.",
    progress_label: "Rows written",
    progress: |done, total| format!("{done} of {total} rows"),
    minutes_left: |minutes| format!("about {minutes} min left"),
    last_minute: "less than a minute left",
    cancel: "Cancel",
    cancelled: "Cancelled. No file was saved.",
    go_on: "Continue",
    saved: |name, rows| {
        let rows = if rows == "1" { "1 row".to_owned() } else { format!("{rows} rows") };
        format!("Saved as {name}, with {rows}.")
    },
    not_told: |rows| {
        format!("Corrected to a code that this service did not report: {rows}. Their code cells say so.")
    },
    changed: |rows, total| {
        format!("The list changed during the export: it now has {total} rows, the file has {rows}.")
    },
    short: |rows, total| format!("This service has no paging: the file has the newest {rows} of {total}."),
    not_written: "The file could not be made: it may be too large for this computer's memory. Nothing was saved. Reload the page and try again, or export fewer rows.",
    unavailable: "The part of the dashboard that writes files could not be loaded. Nothing was saved. Check the connection and try again.",
    too_long: "A sheet holds at most 1,048,575 rows. Export fewer, or as CSV.",
    text_too_long: |row, column| {
        format!("The text in row {row}, “{column}”, is too long for a sheet. Export as CSV.")
    },
    no_room: "The sheet has no room for these columns: it ends at column XFD. Move the table to the left in your file, or choose CSV.",
    not_extended: "No columns can be added to this workbook as it is built. Choose CSV.",
    code_dotted: "Code",
    code_bare: "Code, digits only",
    code_answered: "Proposed code",
    decided_by: "Decided by",
    decided_at: "Decided on",
    by_person: "a person",
    by_classifier: "the classifier",
    confidence: "Confidence (%)",
    band: "Confidence",
    verdict: "Review",
    asked_at: "Submitted on",
    identifier: "Identifier",
    link: "Link",
};

/// In Dutch.
pub const NL: Export = Export {
    title: "Exporteren",
    which: "Rijen",
    selection: |rows| format!("Geselecteerd ({rows})"),
    this_page: |rows| format!("Deze pagina ({rows})"),
    all: |rows| format!("Alle gevonden ({rows})"),
    found_so_far: |rows| format!("Alles tot nu toe gevonden ({rows})"),
    form: "Bestand",
    csv: "CSV",
    xlsx: "Excel (XLSX)",
    separators: "Scheidingstekens",
    csv_reader: "Het CSV-bestand is voor",
    for_spreadsheet: "Excel of een andere spreadsheet.",
    for_spreadsheet_hint: "Een apostrof voor cijfers behoudt voorloopnullen.",
    for_program: "Een ERP of andere software.",
    for_program_hint: "Waarden ongewijzigd: een spreadsheet zou voorloopnullen weglaten en teksten als formule kunnen uitvoeren.",
    dutch: "Nederlands: puntkomma, decimale komma",
    international: "Internationaal: komma, decimale punt",
    run: |rows| if rows == "1" { "1 rij exporteren".to_owned() } else { format!("{rows} rijen exporteren") },
    takes: |requests, minutes| {
        format!(
            "Dit vraagt {requests} verzoeken: ten minste {minutes} minuten met de limiet van deze sleutel."
        )
    },
    corrections_single: "Deze dienst vermeldt gecorrigeerde codes niet in de lijst: elk gecorrigeerd product wordt apart opgevraagd.",
    corrections_untold: "Deze dienst meldt geen correcties van elders. Correcties uit deze browser staan in het bestand.",
    stays: "De export gaat door terwijl u bladert en filtert. Als u dit scherm verlaat, stopt hij.",
    progress_label: "Geschreven rijen",
    progress: |done, total| format!("{done} van {total} rijen"),
    minutes_left: |minutes| format!("nog ongeveer {minutes} min"),
    last_minute: "nog minder dan een minuut",
    cancel: "Annuleren",
    cancelled: "Geannuleerd. Er is geen bestand opgeslagen.",
    go_on: "Doorgaan",
    saved: |name, rows| {
        let rows = if rows == "1" { "1 rij".to_owned() } else { format!("{rows} rijen") };
        format!("Opgeslagen als {name}, met {rows}.")
    },
    not_told: |rows| {
        format!("Gecorrigeerd naar een code die deze dienst niet meldde: {rows}. Dat staat in hun cellen.")
    },
    changed: |rows, total| {
        format!("De lijst is tijdens de export gewijzigd: hij heeft nu {total} rijen, het bestand {rows}.")
    },
    short: |rows, total| {
        format!("Deze dienst kent geen pagina's: het bestand heeft de nieuwste {rows} van {total}.")
    },
    not_written: "Het bestand kon niet worden gemaakt: misschien is het te groot voor het geheugen van deze computer. Er is niets opgeslagen. Laad de pagina opnieuw en probeer het nog eens, of exporteer minder rijen.",
    unavailable: "Het deel van het dashboard dat bestanden schrijft kon niet worden geladen. Er is niets opgeslagen. Controleer de verbinding en probeer het opnieuw.",
    too_long: "Een werkblad heeft maximaal 1.048.575 rijen. Exporteer er minder, of als CSV.",
    text_too_long: |row, column| {
        format!("De tekst in rij {row}, “{column}”, is te lang voor een werkblad. Exporteer als CSV.")
    },
    no_room: "Het werkblad heeft geen plaats voor deze kolommen: het eindigt bij kolom XFD. Verplaats de tabel in uw bestand naar links, of kies CSV.",
    not_extended: "Aan deze werkmap kunnen geen kolommen worden toegevoegd zoals ze is opgebouwd. Kies CSV.",
    code_dotted: "Code",
    code_bare: "Code, alleen cijfers",
    code_answered: "Voorgestelde code",
    decided_by: "Vastgesteld door",
    decided_at: "Vastgesteld op",
    by_person: "een persoon",
    by_classifier: "het systeem",
    confidence: "Betrouwbaarheid (%)",
    band: "Betrouwbaarheid",
    verdict: "Beoordeling",
    asked_at: "Ingediend op",
    identifier: "Kenmerk",
    link: "Link",
};
