//! Tables as files that a spreadsheet opens: CSV and XLSX.
//!
//! [`Table`] writes one, row by row; [`reading::Source`] reads what people have, and gives it back with columns
//! added. Nothing here does I/O.

mod cell;
mod csv;
mod error;
pub mod reading;
mod xlsx;

use serde::{Deserialize, Serialize};

pub use crate::error::Error;

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// What its first cell says.
    pub title: String,
    /// What its other cells hold.
    pub kind: Kind,
}

/// What the cells of a column hold. A cell whose text is not of its kind is written as text, so
/// nothing is lost or changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// Words.
    Text,
    /// A code or a reference, which is never a number: `0101.21.00.00` keeps its zeros.
    Code,
    /// An exact decimal with a point and no exponent: `-12.50`.
    Number,
    /// Words or a code for another program, which runs nothing and takes every character for what it is. In a
    /// CSV that a spreadsheet opens it may be taken for a formula, or lose its zeros.
    Plain,
    /// A moment as the clock of the reader's own place shows it, because spreadsheets know no time
    /// zones: `2026-05-01 14:34`, or with seconds; a `T` may stand in for the space.
    Time,
}

/// The form of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    /// Comma-separated values, RFC 4180, in UTF-8 with the mark by which Excel knows it.
    Csv(Separators),
    /// An Excel workbook with one sheet.
    Xlsx,
}

impl Format {
    /// What the name of such a file ends with.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv(_) => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    /// The media type of such a file.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv(_) => "text/csv;charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// What stands between the cells of a CSV file, and before the decimals of a number. A spreadsheet
/// takes a file apart as its own country does, whatever the file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Separators {
    /// `a,1.5`
    International,
    /// `a;1,5`
    Dutch,
}

/// A table that is being written.
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
    /// Begins with the titles of `columns`.
    ///
    /// # Errors
    /// See [`Error`], here and below.
    pub fn new(format: Format, columns: Vec<Column>) -> Result<Self, Error> {
        let count = columns.len();
        let file = match format {
            Format::Csv(separators) => File::Csv(Box::new(csv::File::new(separators, columns)?)),
            Format::Xlsx => File::Xlsx(Box::new(xlsx::File::new(columns)?)),
        };
        Ok(Self { file, columns: count, rows: 0 })
    }

    /// Adds a row: a text for each column.
    ///
    /// # Errors
    /// [`Error::Cells`] when there are more or fewer.
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

    /// The finished file.
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
