//! A person's file: reads its rows, and writes the file again with added columns.

use std::borrow::Cow;

use super::added::Added;
use super::delimited::Delimited;
use super::error::ReadError;
use super::facts::{Content, Hidden, Remark, Sheet};
use super::kind::SourceKind;
use super::limits::{MOST_COLUMNS, MOST_ROWS};
use super::signature;
use super::workbook::{self, Workbook};
use crate::column::CellKind;
use crate::error::Error;

/// A person's file with its rows. The first row has no special meaning: the caller decides whether it has titles.
#[derive(Debug)]
pub struct Source(SourceFile);

#[derive(Debug)]
enum SourceFile {
    Delimited(Delimited),
    Workbook(Box<Workbook>),
}

impl Source {
    /// Reads a file. The format is detected from the content.
    ///
    /// # Errors
    /// See [`ReadError`].
    pub fn read(file: Vec<u8>) -> Result<Self, ReadError> {
        let form = if workbook::is_package(&file) {
            SourceFile::Workbook(Box::new(Workbook::read(file)?))
        } else if let Some(kind) = signature::of_bytes(&file) {
            return Err(kind.into());
        } else {
            SourceFile::Delimited(Delimited::read(file)?)
        };
        let source = Self(form);
        match (source.rows(), source.columns()) {
            (0, _) | (_, 0) => Err(ReadError::Empty),
            (rows, _) if rows > MOST_ROWS => Err(ReadError::TooManyRows { rows }),
            (_, columns) if columns > MOST_COLUMNS => Err(ReadError::TooManyColumns { columns }),
            _ => Ok(source),
        }
    }

    /// The format of the file.
    #[must_use]
    pub fn kind(&self) -> SourceKind {
        match &self.0 {
            SourceFile::Delimited(file) => {
                SourceKind::Delimited { delimiter: file.delimiter(), encoding: file.encoding() }
            }
            SourceFile::Workbook(book) => SourceKind::Workbook(book.kind()),
        }
    }

    /// The sheets of a workbook, in order; empty for a text file.
    #[must_use]
    pub fn sheets(&self) -> &[Sheet] {
        match &self.0 {
            SourceFile::Delimited(_) => &[],
            SourceFile::Workbook(book) => book.sheets(),
        }
    }

    /// The name of the sheet that is read: the first visible one with rows, or the one that was chosen. Empty for a
    /// text file.
    #[must_use]
    pub fn sheet(&self) -> &str {
        match &self.0 {
            SourceFile::Delimited(_) => "",
            SourceFile::Workbook(book) => book.sheet(),
        }
    }

    /// The decisions of the reader that a person should know of.
    #[must_use]
    pub fn remarks(&self) -> &[Remark] {
        match &self.0 {
            SourceFile::Delimited(file) => file.remarks(),
            SourceFile::Workbook(book) => book.remarks(),
        }
    }

    /// Reads another sheet of a workbook.
    ///
    /// # Errors
    /// [`ReadError::Damaged`] if there is no such sheet or it cannot be read.
    pub fn choose_sheet(&mut self, name: &str) -> Result<(), ReadError> {
        match &mut self.0 {
            SourceFile::Delimited(_) => Err(ReadError::Damaged),
            SourceFile::Workbook(book) => book.choose(name),
        }
    }

    /// The number of rows, including a row of titles.
    #[must_use]
    pub fn rows(&self) -> usize {
        match &self.0 {
            SourceFile::Delimited(file) => file.rows(),
            SourceFile::Workbook(book) => book.rows(),
        }
    }

    /// The number of cells in the longest row.
    #[must_use]
    pub fn columns(&self) -> usize {
        match &self.0 {
            SourceFile::Delimited(file) => file.columns(),
            SourceFile::Workbook(book) => book.columns(),
        }
    }

    /// The number of cells that a row has itself, from 0 for a row beyond the end. In a text file it may be lower or
    /// higher than that of the titles.
    #[must_use]
    pub fn width(&self, row: usize) -> usize {
        match &self.0 {
            SourceFile::Delimited(file) => file.width(row),
            SourceFile::Workbook(book) => book.width(row),
        }
    }

    /// The number of a row as a spreadsheet counts, from 1. The empty lines of a text file count too; the lines of one
    /// cell count once.
    #[must_use]
    pub fn row_number(&self, row: usize) -> usize {
        match &self.0 {
            SourceFile::Delimited(file) => file.row_number(row),
            SourceFile::Workbook(book) => book.row_number(row),
        }
    }

    /// How a row is hidden in the spreadsheet; `None` if it is visible or the file does not tell.
    #[must_use]
    pub fn row_is_hidden(&self, row: usize) -> Option<Hidden> {
        match &self.0 {
            SourceFile::Delimited(_) => None,
            SourceFile::Workbook(book) => book.row_is_hidden(row),
        }
    }

    /// Whether a column is hidden in the spreadsheet.
    #[must_use]
    pub fn column_is_hidden(&self, column: usize) -> bool {
        match &self.0 {
            SourceFile::Delimited(_) => false,
            SourceFile::Workbook(book) => book.column_is_hidden(column),
        }
    }

    /// The content of a cell by row and column, both from 0.
    #[must_use]
    pub fn content(&self, row: usize, column: usize) -> Content {
        match &self.0 {
            SourceFile::Delimited(file) if file.cell(row, column).is_empty() => Content::Empty,
            SourceFile::Delimited(_) => Content::Text,
            SourceFile::Workbook(book) => book.content(row, column),
        }
    }

    /// The ISO 4217 code of the currency that the number format of a cell names; `None` without one, or if the file
    /// does not tell.
    #[must_use]
    pub fn currency(&self, row: usize, column: usize) -> Option<&str> {
        match &self.0 {
            SourceFile::Delimited(_) => None,
            SourceFile::Workbook(book) => book.currency(row, column),
        }
    }

    /// The text of a cell by row and column, both from 0; empty beyond the end of a row or of the file.
    ///
    /// A number has at most 15 significant digits, a decimal point, and the leading zeros or the per cent sign of its
    /// format; a date is `2026-05-01`; an error is its text, `#DIV/0!`. Each cell of a merged area has the text of the
    /// first.
    #[must_use]
    pub fn cell(&self, row: usize, column: usize) -> Cow<'_, str> {
        match &self.0 {
            SourceFile::Delimited(file) => file.cell(row, column),
            SourceFile::Workbook(book) => book.cell(row, column),
        }
    }

    /// The file in its own format, with columns of these kinds added at the end of its rows.
    ///
    /// In a text file, all other bytes stay the same, and a row can be left out. A workbook of Excel stays the same
    /// but for the added cells: see [`WorkbookKind::is_kept`](super::WorkbookKind::is_kept). A row that is left out stays there, because others
    /// refer to it, but gets no cells. A workbook of another kind is written as [`to_workbook`](Self::to_workbook)
    /// does.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn with_columns(&self, kinds: &[CellKind], added: Added<'_>) -> Result<Vec<u8>, Error> {
        match &self.0 {
            SourceFile::Delimited(file) => Ok(file.with_columns(kinds, added)),
            SourceFile::Workbook(book) if book.kind().is_kept() => book.with_columns(kinds, added),
            SourceFile::Workbook(_) => self.to_workbook(kinds, added),
        }
    }
}
