//! Comma-separated values, so that no spreadsheet runs or changes what is in them.

use std::borrow::Cow;

use csv::{Terminator, WriterBuilder};

use crate::cell::Cell;
use crate::column::{Column, Kind};
use crate::error::Error;
use crate::format::Separators;

/// By this Excel knows that a file is UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";

pub(crate) struct File {
    writer: Writer,
    columns: Vec<Column>,
}

impl File {
    pub(crate) fn new(separators: Separators, columns: Vec<Column>) -> Result<Self, Error> {
        let mut writer = Writer::new(separators);
        writer.push(columns.iter().map(|column| (Kind::Text, column.title.as_str())))?;
        Ok(Self { writer, columns })
    }

    pub(crate) fn push(&mut self, row: &[String]) -> Result<(), Error> {
        self.writer.push(self.columns.iter().zip(row).map(|(column, cell)| (column.kind, cell.as_str())))
    }

    pub(crate) fn finish(self) -> Result<Vec<u8>, Error> {
        self.writer.finish()
    }
}

/// Writes rows whose cells each have a kind of their own.
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

    pub(crate) fn push<'a>(&mut self, row: impl Iterator<Item = (Kind, &'a str)>) -> Result<(), Error> {
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

/// A cell of a kind, so that no spreadsheet runs or changes it.
pub(crate) fn field(kind: Kind, cell: &str, separators: Separators) -> Cow<'_, str> {
    match Cell::new(kind, cell) {
        Cell::Text(cell) => text(cell),
        Cell::Code(cell) => code(cell),
        Cell::Plain(cell) => Cow::Borrowed(cell),
        Cell::Number(cell) => number(cell, separators),
        // With a `T`, Excel takes it for words.
        Cell::Time(cell) => Cow::Owned(cell.replace('T', " ")),
    }
}

/// Words that no spreadsheet takes for a formula: an apostrophe is put before those that one might.
fn text(text: &str) -> Cow<'_, str> {
    marked(text, is_formula(text))
}

/// A code that Excel leaves alone. A file of this form cannot say what is text, so `0101210000` would
/// lose its zero, `8471.30` become a number, and `2008.11.10` a date or a time where those are written
/// with points. Ten digits with points, `8471.30.00.00`, are none of these anywhere and go as they are;
/// the others get the apostrophe too. It is seen, but nothing is lost; what would not be seen (`="0101"`,
/// a tab) is a formula, or a character that the next program stumbles over.
fn code(text: &str) -> Cow<'_, str> {
    let is_number = own(text).trim_start().starts_with(|c: char| c.is_ascii_digit());
    let is_dotted = text.split('.').map(str::len).eq([4, 2, 2, 2]);
    marked(text, is_formula(text) || (is_number && !is_dotted))
}

/// Nobody can take a decimal for a formula, even a negative one: it holds digits and a point only.
fn number(text: &str, separators: Separators) -> Cow<'_, str> {
    match separators {
        Separators::International => Cow::Borrowed(text),
        Separators::Dutch => Cow::Owned(text.replace('.', ",")),
    }
}

fn marked(text: &str, needs_it: bool) -> Cow<'_, str> {
    if needs_it { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// A text without the apostrophes that it begins with. What needs a mark still needs one when it has
/// one, so whoever reads the file can tell ours from its own.
fn own(text: &str) -> &str {
    text.trim_start_matches('\'')
}

/// Whether a spreadsheet may calculate a text: the list of OWASP's page on CSV injection, and NUL, which
/// its verification standard adds. Also after white space, which Google Sheets, LibreOffice and many
/// converters take away first, and in full width, which Excel takes for the same in East Asia.
fn is_formula(text: &str) -> bool {
    let is_ignored = |c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}';
    let text = own(text);
    text.starts_with(['\t', '\r', '\n', '\0'])
        || text.trim_start_matches(is_ignored).starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}
