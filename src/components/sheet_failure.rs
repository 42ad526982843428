//! Error messages of reading and writing spreadsheet files.

use crate::browser::sheet_worker::{ReadError, SheetError, TableError};
use crate::i18n::{Language, Texts, format};

/// The message that a file could not be written, and what to do.
#[must_use]
pub fn not_written(error: &SheetError, texts: Texts, language: Language) -> String {
    match error {
        SheetError::Unavailable => texts.export().unavailable.to_owned(),
        SheetError::Table(TableError::TooLong) => texts.export().too_long.to_owned(),
        SheetError::Table(TableError::TextTooLong { row, column }) => {
            (texts.export().text_too_long)(&count(*row, language), column)
        }
        SheetError::Table(TableError::NoRoom) => texts.export().no_room.to_owned(),
        SheetError::Table(TableError::Structure(_)) => texts.export().not_extended.to_owned(),
        SheetError::Broken | SheetError::Table(_) | SheetError::Read(_) => {
            texts.export().not_written.to_owned()
        }
    }
}

/// The message that a file could not be read, and what to do.
#[must_use]
pub fn not_read(error: &SheetError, texts: Texts, language: Language) -> String {
    let texts = texts.batches();
    let fixed = match error {
        SheetError::Unavailable => texts.reader_unavailable,
        SheetError::Broken | SheetError::Table(_) => texts.reader_broken,
        SheetError::Read(error) => match error {
            ReadError::Empty => texts.file_empty,
            ReadError::NoTable => texts.file_no_table,
            ReadError::Locked => texts.file_locked,
            ReadError::Damaged => texts.file_damaged,
            ReadError::OpenQuote { line } => return (texts.file_open_quote)(&format::count(*line, language)),
            ReadError::TooManyRows { rows } => return (texts.file_too_many_rows)(&count(*rows, language)),
            ReadError::TooManyColumns { columns } => {
                return (texts.file_too_many_columns)(&count(*columns, language));
            }
        },
    };
    fixed.to_owned()
}

fn count(number: usize, language: Language) -> String {
    format::count(u64::try_from(number).unwrap_or(u64::MAX), language)
}
