//! Writes a table row by row, in any [`Format`].

use crate::column::Column;
use crate::error::Error;
use crate::format::Format;
use crate::{csv, xlsx};

/// A table in the making: call [`new`](Self::new), then [`push`](Self::push) for each row, then
/// [`finish`](Self::finish).
pub struct Table {
    file: File,
    columns: usize,
    rows: usize,
}

enum File {
    Csv(Box<csv::File>),
    Xlsx(Box<xlsx::File>),
}

impl Table {
    /// Starts a table with the titles of `columns`.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn new(format: Format, columns: Vec<Column>) -> Result<Self, Error> {
        let count = columns.len();
        let file = match format {
            Format::Csv(separators) => File::Csv(Box::new(csv::File::new(separators, columns)?)),
            Format::Xlsx => File::Xlsx(Box::new(xlsx::File::new(columns)?)),
        };
        Ok(Self { file, columns: count, rows: 0 })
    }

    /// Adds a row, with one text per column.
    ///
    /// # Errors
    /// [`Error::Cells`] if the number of texts differs from that of the columns; in a workbook also
    /// [`Error::TooLong`] and [`Error::TextTooLong`].
    pub fn push(&mut self, row: Vec<String>) -> Result<(), Error> {
        self.rows += 1;
        if row.len() != self.columns {
            return Err(Error::Cells { row: self.rows });
        }
        match &mut self.file {
            File::Csv(file) => file.push(&row),
            File::Xlsx(file) => file.push(self.rows, row),
        }
    }

    /// Finishes the table and returns the file.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn finish(self) -> Result<Vec<u8>, Error> {
        match self.file {
            File::Csv(file) => file.finish(),
            File::Xlsx(file) => file.finish(),
        }
    }
}
