//! Tables as people have them: read whatever the file is, and given back with columns added, the others
//! as they came.

mod delimited;
mod encoding;
mod error;
mod workbook;

use std::borrow::Cow;

use crate::{Error, Kind};

use self::delimited::Delimited;
pub use self::delimited::Delimiter;
pub use self::encoding::Encoding;
pub use self::error::ReadError;
use self::workbook::Workbook;

/// The most rows that are read of a file; a longer one is refused instead of being cut.
pub const MOST_ROWS: usize = 200_000;

/// The most columns that a row may have.
pub const MOST_COLUMNS: usize = 500;

/// A file that a person has given, with its rows. The first row is a row like any other: whether it holds
/// titles is for the reader to say.
#[derive(Debug)]
pub struct Source(Form);

#[derive(Debug)]
enum Form {
    Delimited(Delimited),
    Workbook(Box<Workbook>),
}

/// What a file turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceKind {
    /// Text with a mark between the cells.
    Delimited {
        /// The mark.
        delimiter: Delimiter,
        /// How the characters are written.
        encoding: Encoding,
    },
    /// A workbook of Excel or LibreOffice.
    Workbook,
}

impl Source {
    /// Reads a file by its content; its name is not asked.
    ///
    /// # Errors
    /// See [`ReadError`].
    pub fn read(file: Vec<u8>) -> Result<Self, ReadError> {
        let form = if workbook::is_workbook(&file) {
            Form::Workbook(Box::new(Workbook::read(file)?))
        } else {
            Form::Delimited(Delimited::read(file)?)
        };
        let source = Self(form);
        match (source.rows(), source.columns()) {
            (0, _) | (_, 0) => Err(ReadError::Empty),
            (rows, _) if rows > MOST_ROWS => Err(ReadError::TooManyRows { rows }),
            (_, columns) if columns > MOST_COLUMNS => Err(ReadError::TooManyColumns { columns }),
            _ => Ok(source),
        }
    }

    /// What it is.
    #[must_use]
    pub fn kind(&self) -> SourceKind {
        match &self.0 {
            Form::Delimited(file) => {
                SourceKind::Delimited { delimiter: file.delimiter(), encoding: file.encoding() }
            }
            Form::Workbook(_) => SourceKind::Workbook,
        }
    }

    /// The sheets of a workbook, in order; none for a text.
    #[must_use]
    pub fn sheets(&self) -> &[String] {
        match &self.0 {
            Form::Delimited(_) => &[],
            Form::Workbook(book) => book.sheets(),
        }
    }

    /// Goes to another sheet of a workbook.
    ///
    /// # Errors
    /// [`ReadError::Damaged`] when there is no such sheet, or it cannot be read.
    pub fn choose_sheet(&mut self, name: &str) -> Result<(), ReadError> {
        match &mut self.0 {
            Form::Delimited(_) => Err(ReadError::Damaged),
            Form::Workbook(book) => book.choose(name),
        }
    }

    /// How many rows there are, one with titles among them.
    #[must_use]
    pub fn rows(&self) -> usize {
        match &self.0 {
            Form::Delimited(file) => file.rows(),
            Form::Workbook(book) => book.rows(),
        }
    }

    /// How many cells the longest row has.
    #[must_use]
    pub fn columns(&self) -> usize {
        match &self.0 {
            Form::Delimited(file) => file.columns(),
            Form::Workbook(book) => book.columns(),
        }
    }

    /// The text of a cell; empty where a row is shorter, or there is none.
    #[must_use]
    pub fn cell(&self, row: usize, column: usize) -> Cow<'_, str> {
        match &self.0 {
            Form::Delimited(file) => Cow::Borrowed(file.cell(row, column)),
            Form::Workbook(book) => book.cell(row, column),
        }
    }

    /// The file with columns added at the end of its rows, of these kinds: `added` answers the cells of a
    /// row. In a text everything that was there stays as it was, to the byte; a workbook is written anew
    /// with the sheet that was read, and its cells keep what they hold.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn with_columns(
        &self,
        kinds: &[Kind],
        added: impl FnMut(usize) -> Vec<String>,
    ) -> Result<Vec<u8>, Error> {
        match &self.0 {
            Form::Delimited(file) => Ok(file.with_columns(kinds, added)),
            Form::Workbook(book) => book.with_columns(kinds, added),
        }
    }
}
