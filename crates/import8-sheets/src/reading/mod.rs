//! Tables as people have them: read whatever the file is, and given back with columns added, the others
//! as they came.

mod delimited;
mod encoding;
mod error;
mod workbook;

use std::borrow::Cow;

use crate::{Error, Kind, Separators, csv};

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
    /// row, or none to leave the row out. In a text everything that was there stays as it was, to the byte; a
    /// workbook is written anew with the sheet that was read, and its cells keep what they hold.
    ///
    /// # Errors
    /// See [`Error`], here and below.
    pub fn with_columns(&self, kinds: &[Kind], added: Added<'_>) -> Result<Vec<u8>, Error> {
        match &self.0 {
            Form::Delimited(file) => Ok(file.with_columns(kinds, added)),
            Form::Workbook(book) => book.with_columns(kinds, added),
        }
    }

    /// The same as a workbook: the cells of a text become texts, so that no zero is lost.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn to_workbook(&self, kinds: &[Kind], added: Added<'_>) -> Result<Vec<u8>, Error> {
        match &self.0 {
            Form::Delimited(file) => workbook::of_texts(self, file.columns(), kinds, added),
            Form::Workbook(book) => book.with_columns(kinds, added),
        }
    }

    /// The same as CSV. A text that is CSV with these separators already stays as it was.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn to_csv(&self, separators: Separators, kinds: &[Kind], added: Added<'_>) -> Result<Vec<u8>, Error> {
        match &self.0 {
            Form::Delimited(file) if file.delimiter() == Delimiter::of(separators) => {
                Ok(file.with_columns(kinds, added))
            }
            _ => self.rewritten(separators, kinds, added),
        }
    }

    /// What a cell of the file holds: only a workbook says that something is a number.
    fn kind_of(&self, row: usize, column: usize) -> Kind {
        match &self.0 {
            Form::Delimited(_) => Kind::Text,
            Form::Workbook(book) => book.kind_of(row, column),
        }
    }

    fn rewritten(&self, separators: Separators, kinds: &[Kind], added: Added<'_>) -> Result<Vec<u8>, Error> {
        let mut writer = csv::Writer::new(separators);
        let is_plain = kinds.contains(&Kind::Plain);
        let kind_of = |row, column| match self.kind_of(row, column) {
            Kind::Text if is_plain => Kind::Plain,
            kind => kind,
        };
        for row in 0..self.rows() {
            let Some(cells) = added(row) else { continue };
            let own = (0..self.columns()).map(|column| self.cell(row, column));
            let own: Vec<_> = own.enumerate().map(|(column, cell)| (kind_of(row, column), cell)).collect();
            let own = own.iter().map(|(kind, cell)| (*kind, cell.as_ref()));
            writer.push(own.chain(kinds.iter().copied().zip(cells.iter().map(String::as_str))))?;
        }
        writer.finish()
    }
}

/// The cells that are added to the row of a number; none to leave the row out.
pub type Added<'a> = &'a mut dyn FnMut(usize) -> Option<Vec<String>>;
