//! Writes CSV so that a spreadsheet runs none of its cells and changes none of them.

use std::borrow::Cow;

use csv::{Terminator, WriterBuilder};

use crate::cell::Cell;
use crate::column::{CellKind, Column};
use crate::error::Error;
use crate::format::Separators;

/// The byte order mark, by which Excel recognises UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";

pub(crate) struct File {
    writer: Writer,
    columns: Vec<Column>,
}

impl File {
    pub(crate) fn new(separators: Separators, columns: Vec<Column>) -> Result<Self, Error> {
        let mut writer = Writer::new(separators);
        writer.push(columns.iter().map(|column| (CellKind::Text, column.title.as_str())))?;
        Ok(Self { writer, columns })
    }

    pub(crate) fn push(&mut self, row: &[String]) -> Result<(), Error> {
        self.writer.push(self.columns.iter().zip(row).map(|(column, cell)| (column.kind, cell.as_str())))
    }

    pub(crate) fn finish(self) -> Result<Vec<u8>, Error> {
        self.writer.finish()
    }
}

/// Writes rows whose cells each have their own kind.
pub(crate) struct Writer {
    writer: csv::Writer<Vec<u8>>,
    separators: Separators,
}

impl Writer {
    pub(crate) fn new(separators: Separators) -> Self {
        let writer = WriterBuilder::new()
            .delimiter(match separators {
                Separators::International => b',',
                Separators::Dutch => b';',
            })
            .terminator(Terminator::CRLF)
            .from_writer(Vec::from(BYTE_ORDER_MARK));
        Self { writer, separators }
    }

    pub(crate) fn push<'a>(&mut self, row: impl Iterator<Item = (CellKind, &'a str)>) -> Result<(), Error> {
        for (kind, cell) in row {
            self.writer.write_field(field(kind, cell, self.separators).as_bytes())?;
        }
        // Ends the record.
        Ok(self.writer.write_record(None::<&[u8]>)?)
    }

    pub(crate) fn finish(self) -> Result<Vec<u8>, Error> {
        self.writer.into_inner().map_err(|error| Error::Other(error.to_string()))
    }
}

impl From<csv::Error> for Error {
    fn from(error: csv::Error) -> Self {
        Self::Other(error.to_string())
    }
}

/// The field for a cell of a kind. A spreadsheet neither runs nor changes it, unless the kind is [`CellKind::Plain`].
pub(crate) fn field(kind: CellKind, cell: &str, separators: Separators) -> Cow<'_, str> {
    match Cell::new(kind, cell) {
        Cell::Text(cell) => text(cell),
        Cell::Code(cell) => code(cell),
        Cell::Plain(cell) => Cow::Borrowed(cell),
        Cell::Number(cell) => number(cell, separators),
        // Excel takes a time with a `T` for text.
        Cell::Time(cell) => Cow::Owned(cell.replace('T', " ")),
    }
}

/// Words, with an apostrophe before those that a spreadsheet might take for a formula.
fn text(text: &str) -> Cow<'_, str> {
    marked(text, is_formula(text))
}

/// A code in a form that Excel does not change. CSV cannot mark a cell as text, so `0101210000` would lose its zero,
/// `8471.30` would become a number, and `2008.11.10` a date or a time where those are written with points. Such codes
/// get an apostrophe, which is visible but loses nothing. Ten digits with points, `8471.30.00.00`, are safe
/// everywhere and are not changed. Invisible marks are no alternative: `="0101"` is a formula, and a tab confuses
/// other programs.
fn code(text: &str) -> Cow<'_, str> {
    let is_number = own(text).trim_start().starts_with(|c: char| c.is_ascii_digit());
    let is_dotted = text.split('.').map(str::len).eq([4, 2, 2, 2]);
    marked(text, is_formula(text) || (is_number && !is_dotted))
}

/// A decimal. It needs no apostrophe, even if negative: with only digits and a point it is no formula.
fn number(text: &str, separators: Separators) -> Cow<'_, str> {
    match separators {
        Separators::International => Cow::Borrowed(text),
        Separators::Dutch => Cow::Owned(text.replace('.', ",")),
    }
}

fn marked(text: &str, needs_it: bool) -> Cow<'_, str> {
    if needs_it { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// A text without its leading apostrophes. A text that needs an apostrophe gets one even if it begins with one, so
/// that a reader can tell the added one from the text's own.
fn own(text: &str) -> &str {
    text.trim_start_matches('\'')
}

/// Whether a spreadsheet may calculate a text: it begins with a character of OWASP's page on CSV injection, or with
/// NUL, which OWASP's verification standard adds. White space before the character does not help, because Google
/// Sheets, LibreOffice and many converters remove it; nor does its full-width form, which Excel treats alike in East
/// Asia.
fn is_formula(text: &str) -> bool {
    let is_ignored = |c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}';
    let text = own(text);
    text.starts_with(['\t', '\r', '\n', '\0'])
        || text.trim_start_matches(is_ignored).starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}
