//! Text files with a delimiter between cells, `a;b`: reads them, and writes them again with added columns.

mod delimiter;
mod records;

use std::borrow::Cow;

use self::delimiter::{directive, likeliest};
use self::records::Records;
use super::added::Added;
use super::encoding::{Decoded, Encoding, shown};
use super::error::ReadError;
use super::facts::Remark;
use super::signature;
use crate::column::CellKind;
use crate::csv::field;
use crate::format::Separators;

pub use self::delimiter::Delimiter;

/// A text file that has been read.
#[derive(Debug)]
pub(crate) struct Delimited {
    encoding: Encoding,
    delimiter: Delimiter,
    /// The text as it is written again.
    text: String,
    /// The text as it is shown, if some of its bytes are no characters.
    shown: Option<String>,
    /// The offset of the first row. The line before it, if any, tells Excel the delimiter.
    begin: usize,
    rows: Records,
    columns: usize,
    remarks: Vec<Remark>,
}

impl Delimited {
    pub(crate) fn read(file: Vec<u8>) -> Result<Self, ReadError> {
        let Decoded { encoding, text, mut remarks } = Encoding::read(&file)?;
        drop(file);
        if let Some(kind) = signature::of_text(&text) {
            return Err(kind.into());
        }
        let (begin, told) = directive(&text);
        let delimiter = told.unwrap_or_else(|| likeliest(&text[begin..]));
        let rows = Records::read(&text, begin, delimiter.byte(), usize::MAX);
        let columns = (0..rows.rows()).map(|row| rows.width(row)).max().unwrap_or_default();
        remarks.extend(rows.repaired.map(|(line, rows)| Remark::QuotesRepaired { line, rows }));
        let has_unknown = remarks.iter().any(|remark| matches!(remark, Remark::UnknownBytes { .. }));
        let shown = has_unknown.then(|| shown(&text));
        Ok(Self { encoding, delimiter, text, shown, begin, rows, columns, remarks })
    }

    pub(crate) fn delimiter(&self) -> Delimiter {
        self.delimiter
    }

    pub(crate) fn encoding(&self) -> Encoding {
        self.encoding
    }

    pub(crate) fn rows(&self) -> usize {
        self.rows.rows()
    }

    pub(crate) fn columns(&self) -> usize {
        self.columns
    }

    pub(crate) fn width(&self, row: usize) -> usize {
        self.rows.width(row)
    }

    pub(crate) fn row_number(&self, row: usize) -> usize {
        self.rows.number(row)
    }

    pub(crate) fn remarks(&self) -> &[Remark] {
        &self.remarks
    }

    pub(crate) fn cell(&self, row: usize, column: usize) -> Cow<'_, str> {
        self.rows.cell(self.shown.as_deref().unwrap_or(&self.text), row, column)
    }

    pub(crate) fn with_columns(&self, kinds: &[CellKind], added: Added<'_>) -> Vec<u8> {
        let delimiter = self.delimiter.character();
        // Semicolons between cells imply decimal commas.
        let separators = match self.delimiter {
            Delimiter::Semicolon => Separators::Dutch,
            Delimiter::Comma | Delimiter::Tab | Delimiter::Bar | Delimiter::Other(_) => {
                Separators::International
            }
        };
        let mut text = self.text[..self.begin].to_owned();
        for at in 0..self.rows() {
            let Some(new) = added(at) else { continue };
            let raw = self.raw(at);
            let cells = raw.trim_end_matches(['\r', '\n']);
            text.push_str(cells);
            // A short row is filled up, so that the added cells are below their titles.
            text.extend(std::iter::repeat_n(delimiter, self.columns - self.width(at)));
            for (kind, cell) in kinds.iter().zip(new) {
                text.push(delimiter);
                text.push_str(&quoted(&field(*kind, &cell, separators), delimiter));
            }
            text.push_str(&raw[cells.len()..]);
        }
        self.encoding.write(&text)
    }

    /// The text of a row, with its line break and the empty lines before it; that of the last row also with those
    /// after it.
    fn raw(&self, row: usize) -> &str {
        let begin = self.rows.begin(row).unwrap_or(self.text.len());
        let end = self.rows.begin(row + 1).unwrap_or(self.text.len());
        &self.text[begin..end]
    }
}

/// A cell quoted as such a text requires.
fn quoted(cell: &str, delimiter: char) -> Cow<'_, str> {
    if cell.contains([delimiter, '"', '\r', '\n']) {
        Cow::Owned(format!("\"{}\"", cell.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(cell)
    }
}
