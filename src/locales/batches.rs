//! Catalogues that are classified in batches: the list, and a new one.

use crate::i18n::texts;

texts! {
    Batches {
        title,
        lead,
        new,
        new_title,
        new_lead,
        empty_title,
        empty_body,
        name,
        opened,
        state,
        draft,
        running(done, total),
        paused(done, total),
        done(total),
        done_failed(total, failed),
        delete,
        delete_question(name),
        delete_draft,
        delete_open(count),
        delete_done,
        keep,
        elsewhere,
        elsewhere_hint,
        identifier,
        open,
        identifier_problem,
        drop,
        drop_hint,
        choose,
        paste,
        paste_label,
        paste_hint,
        paste_go,
        pasted,
        stays_here,
        opening,
        too_large,
        file_empty,
        file_no_table,
        file_open_quote(line),
        file_too_many_rows(rows),
        file_too_many_columns(columns),
        file_locked,
        file_damaged,
        reader_unavailable,
        reader_broken,
        not_kept,
        unlisted(count),
        unlisted_all,
        gone_title,
        gone_body,
        all_batches,
    }
}

/// In English.
pub const EN: Batches = Batches {
    title: "Batches",
    lead: "Whole catalogues, classified from a spreadsheet and given back with codes.",
    new: "New batch",
    new_title: "New batch",
    new_lead: "A spreadsheet with a product in each row.",
    empty_title: "A catalogue in one go",
    empty_body: "Give a spreadsheet as it is. You see what is wrong with it and what it costs before a credit is spent, and get your own file back with a code in every row.",
    name: "File",
    opened: "Opened",
    state: "State",
    draft: "Not started",
    running: |done, total| format!("{done} of {total}"),
    paused: |done, total| format!("Paused at {done} of {total}"),
    done: |total| format!("Classified: {total}"),
    done_failed: |total, failed| format!("Classified: {total}, {failed} without a code"),
    delete: "Delete",
    delete_question: |name| format!("Delete “{name}”?"),
    delete_draft: "Nothing was sent. The file on your computer stays.",
    delete_open: |count| {
        format!(
            "{count} products have not ended. What was sent goes on at the service and stays in the history; the rest is not sent."
        )
    },
    delete_done: "The results stay in the history. This browser forgets which row they belong to.",
    keep: "Keep",
    elsewhere: "Open a batch that was made elsewhere",
    elsewhere_hint: "By the batch_id that the API answered.",
    identifier: "Batch id",
    open: "Open",
    identifier_problem: "An id has letters, digits, - and _ only.",
    drop: "Drop a spreadsheet here",
    drop_hint: "CSV, TSV, XLSX, XLS or ODS, up to 200,000 rows. Semicolons, decimal commas and leading zeros are understood.",
    choose: "Choose a file",
    paste: "Paste rows instead",
    paste_label: "Rows, copied from a spreadsheet",
    paste_hint: "With the titles of the columns, if there are any.",
    paste_go: "Read these rows",
    pasted: "Pasted rows",
    stays_here: "The file stays in this browser. Nothing is sent before you say so.",
    opening: "Reading the file…",
    too_large: "The file is larger than 100 MB. Split it, or save the sheet with the products by itself.",
    file_empty: "There is nothing in the file.",
    file_no_table: "This is no spreadsheet. Save it as CSV or XLSX and try again.",
    file_open_quote: |line| {
        format!("A quotation mark in line {line} is never closed, so the rows after it cannot be told apart.")
    },
    file_too_many_rows: |rows| format!("The file has {rows} rows; 200,000 is the most. Split it."),
    file_too_many_columns: |columns| format!("The file has {columns} columns; 500 is the most."),
    file_locked: "The workbook is locked with a password. Save it without one and try again.",
    file_damaged: "The workbook cannot be read: it is damaged, or of a kind that is not known here. Save it anew as XLSX and try again.",
    reader_unavailable: "The part of the dashboard that reads files could not be loaded. Check the connection and try again.",
    reader_broken: "The file could not be read: it may be too large for this computer's memory.",
    not_kept: "This browser keeps nothing for this page (a private window, or a full disk), so a crash could pay for products twice. Nothing was begun.",
    unlisted: |count| {
        format!(
            "Kept in this browser but unreadable, and so not listed: {count}. What the service has taken of them is in the history."
        )
    },
    unlisted_all: "What this browser has kept of catalogues cannot be read. Reload the page to try again. What the service has taken is in the history.",
    gone_title: "This browser does not have that batch",
    gone_body: "It was opened in another browser, it was deleted, or the service does not know it.",
    all_batches: "All batches",
};

/// In Dutch.
pub const NL: Batches = Batches {
    title: "Batches",
    lead: "Hele catalogi, ingedeeld vanuit een spreadsheet en teruggegeven met codes.",
    new: "Nieuwe batch",
    new_title: "Nieuwe batch",
    new_lead: "Een spreadsheet met een product in elke rij.",
    empty_title: "Een catalogus in één keer",
    empty_body: "Geef een spreadsheet zoals hij is. U ziet wat er niet aan klopt en wat het kost voordat er een credit wordt besteed, en krijgt uw eigen bestand terug met een code in elke rij.",
    name: "Bestand",
    opened: "Geopend",
    state: "Toestand",
    draft: "Niet begonnen",
    running: |done, total| format!("{done} van {total}"),
    paused: |done, total| format!("Gepauzeerd op {done} van {total}"),
    done: |total| format!("Ingedeeld: {total}"),
    done_failed: |total, failed| format!("Ingedeeld: {total}, {failed} zonder code"),
    delete: "Verwijderen",
    delete_question: |name| format!("‘{name}’ verwijderen?"),
    delete_draft: "Er is niets verstuurd. Het bestand op uw computer blijft.",
    delete_open: |count| {
        format!(
            "{count} producten zijn nog niet klaar. Wat is verstuurd gaat bij de dienst door en blijft in de geschiedenis; de rest wordt niet verstuurd."
        )
    },
    delete_done: "De resultaten blijven in de geschiedenis. Deze browser vergeet bij welke rij ze horen.",
    keep: "Bewaren",
    elsewhere: "Een elders gemaakte batch openen",
    elsewhere_hint: "Met het batch_id dat de API antwoordde.",
    identifier: "Batch-id",
    open: "Openen",
    identifier_problem: "Een id heeft alleen letters, cijfers, - en _.",
    drop: "Sleep hier een spreadsheet heen",
    drop_hint: "CSV, TSV, XLSX, XLS of ODS, tot 200.000 rijen. Puntkomma's, decimale komma's en voorloopnullen worden begrepen.",
    choose: "Bestand kiezen",
    paste: "In plaats daarvan rijen plakken",
    paste_label: "Rijen, gekopieerd uit een spreadsheet",
    paste_hint: "Met de titels van de kolommen, als die er zijn.",
    paste_go: "Deze rijen lezen",
    pasted: "Geplakte rijen",
    stays_here: "Het bestand blijft in deze browser. Er wordt niets verstuurd voordat u het zegt.",
    opening: "Het bestand wordt gelezen…",
    too_large: "Het bestand is groter dan 100 MB. Splits het, of bewaar het werkblad met de producten apart.",
    file_empty: "Er staat niets in het bestand.",
    file_no_table: "Dit is geen spreadsheet. Bewaar het als CSV of XLSX en probeer het opnieuw.",
    file_open_quote: |line| {
        format!(
            "Een aanhalingsteken in regel {line} wordt nooit gesloten, dus de rijen erna zijn niet te onderscheiden."
        )
    },
    file_too_many_rows: |rows| format!("Het bestand heeft {rows} rijen; 200.000 is het meeste. Splits het."),
    file_too_many_columns: |columns| format!("Het bestand heeft {columns} kolommen; 500 is het meeste."),
    file_locked: "De werkmap is beveiligd met een wachtwoord. Bewaar hem zonder en probeer het opnieuw.",
    file_damaged: "De werkmap is niet te lezen: hij is beschadigd, of van een hier onbekende soort. Bewaar hem opnieuw als XLSX en probeer het nog eens.",
    reader_unavailable: "Het deel van het dashboard dat bestanden leest kon niet worden geladen. Controleer de verbinding en probeer het opnieuw.",
    reader_broken: "Het bestand kon niet worden gelezen: misschien is het te groot voor het geheugen van deze computer.",
    not_kept: "Deze browser bewaart niets voor deze pagina (een privévenster, of een volle schijf), dus een crash zou producten twee keer kunnen betalen. Er is niets begonnen.",
    unlisted: |count| {
        format!(
            "In deze browser bewaard maar niet te lezen, en daarom niet in de lijst: {count}. Wat de dienst ervan heeft aangenomen, staat in de geschiedenis."
        )
    },
    unlisted_all: "Wat deze browser van catalogi heeft bewaard, is niet te lezen. Laad de pagina opnieuw om het nog eens te proberen. Wat de dienst heeft aangenomen, staat in de geschiedenis.",
    gone_title: "Deze browser heeft die batch niet",
    gone_body: "Hij is in een andere browser geopend, hij is verwijderd, of de dienst kent hem niet.",
    all_batches: "Alle batches",
};
