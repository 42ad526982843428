//! Choice of the intended reader of CSV files: a spreadsheet program, for which digits need an apostrophe, or
//! another program. Shown with each export; the choice is a preference.

use leptos::prelude::*;

use crate::browser::sheet_worker::CellKind;
use crate::i18n::preferences::{self, CsvReader, use_preferences};
use crate::i18n::use_texts;

/// The kind of a column in a CSV file for the chosen reader.
#[must_use]
pub fn in_csv(kind: CellKind) -> CellKind {
    match (kind, preferences::now().csv_reader) {
        (CellKind::Text | CellKind::Code, CsvReader::Program) => CellKind::Plain,
        (kind, _) => kind,
    }
}

/// The radio buttons of the choice.
#[component]
pub fn CsvReaderChoice() -> impl IntoView {
    let (preferences, texts) = (use_preferences(), use_texts());
    let part = texts.export();
    let own = [
        (CsvReader::Spreadsheet, part.for_spreadsheet, part.for_spreadsheet_hint),
        (CsvReader::Program, part.for_program, part.for_program_hint),
    ];
    let choice = move |(own, words, hint): (CsvReader, &'static str, &'static str)| {
        view! {
            <label class="export-option">
                <input
                    type="radio"
                    name="csv-reader"
                    id=own.word()
                    prop:checked=move || preferences.choices().csv_reader == own
                    on:change=move |_| preferences.choose(|choices| choices.csv_reader = own)
                />
                <span>{words} " " <span class="hint">{hint}</span></span>
            </label>
        }
    };
    view! {
        <fieldset class="export-options csv-reader">
            <legend>{part.csv_reader}</legend>
            {own.map(choice).into_iter().collect_view()}
        </fieldset>
    }
}
