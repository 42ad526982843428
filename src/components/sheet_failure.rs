//! Messages about reading and writing spreadsheet files: errors, and what the reader has decided.

use crate::browser::sheet_worker::{Foreign, ReadError, Remark, SheetError, TableError};
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
        SheetError::OtherRows => texts.fill().other_rows.to_owned(),
        SheetError::OtherBuild => texts.fill().other_build.to_owned(),
        SheetError::Broken | SheetError::Table(_) | SheetError::Read(_) => {
            texts.export().not_written.to_owned()
        }
    }
}

/// The message that a file could not be read, and what to do.
#[must_use]
pub fn not_read(error: &SheetError, texts: Texts, language: Language) -> String {
    let (other_rows, other_build) = (texts.fill().other_rows, texts.fill().other_build);
    let texts = texts.batches();
    let fixed = match error {
        SheetError::Unavailable => texts.reader_unavailable,
        SheetError::OtherRows => other_rows,
        SheetError::OtherBuild => other_build,
        SheetError::Broken | SheetError::Table(_) => texts.reader_broken,
        SheetError::Read(error) => match error {
            ReadError::Empty => texts.file_empty,
            ReadError::NoTable => texts.file_no_table,
            ReadError::Foreign(kind) => match kind {
                Foreign::Pdf => texts.file_pdf,
                Foreign::Document => texts.file_document,
                Foreign::Slides => texts.file_slides,
                Foreign::Numbers => texts.file_numbers,
                Foreign::Picture => texts.file_picture,
                Foreign::Json => texts.file_json,
                Foreign::Page => texts.file_page,
                Foreign::SpreadsheetXml => texts.file_spreadsheet_xml,
                Foreign::Xml => texts.file_xml,
                Foreign::Archive => texts.file_archive,
            },
            ReadError::Undecodable => texts.file_undecodable,
            ReadError::TooLarge => texts.file_too_large,
            ReadError::Inflated => texts.file_inflated,
            ReadError::Truncated => texts.file_truncated,
            ReadError::Locked => texts.file_locked,
            ReadError::Damaged => texts.file_damaged,
            ReadError::TooManyRows { rows } => return (texts.file_too_many_rows)(&count(*rows, language)),
            ReadError::TooManyColumns { columns } => {
                return (texts.file_too_many_columns)(&count(*columns, language));
            }
        },
    };
    fixed.to_owned()
}

/// The message about a decision of the reader.
#[must_use]
pub fn remark(remark: &Remark, texts: Texts, language: Language) -> String {
    let texts = texts.batches();
    let number = |number: &u64| format::count(*number, language);
    match remark {
        Remark::EncodingGuessed { name, is_likely: true } => (texts.encoding_likely)(name),
        Remark::EncodingGuessed { name, is_likely: false } => (texts.encoding_unsure)(name),
        Remark::UnknownBytes { line, count } => (texts.unknown_bytes)(&number(count), &number(line)),
        Remark::QuotesRepaired { line, rows } => (texts.quotes_repaired)(&number(rows), &number(line)),
        Remark::FarRows { row } => (texts.far_rows)(&number(row)),
    }
}

fn count(number: usize, language: Language) -> String {
    format::count(u64::try_from(number).unwrap_or(u64::MAX), language)
}
