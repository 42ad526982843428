//! The errors of writing a table.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The reason why a table could not be written. Rows are counted from 1, without the titles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Error {
    /// The table has more rows than a sheet of a workbook can hold: 1,048,575.
    TooLong,
    /// A text is longer than a cell of a workbook can hold: 32,767 UTF-16 code units.
    TextTooLong {
        /// Its row.
        row: usize,
        /// The title of its column.
        column: String,
    },
    /// A sheet of a workbook ends before the added columns do. It has 16,384 columns.
    NoRoom,
    /// A workbook is built in a way in which its sheet cannot be extended, in the words of the library that reads it.
    Structure(String),
    /// The number of cells in a row differs from the number of columns.
    Cells {
        /// The row.
        row: usize,
    },
    /// The request is not understood: page and worker are of different versions, or rows came before their table.
    Request(String),
    /// An unexpected error, in the words of the library that writes the format.
    Other(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong => f.write_str("the table has more than 1,048,575 rows"),
            Self::TextTooLong { row, column } => {
                write!(f, "row {row}, {column:?}: the text is longer than 32,767 characters")
            }
            Self::Cells { row } => write!(f, "row {row} has not one cell for each column"),
            Self::NoRoom => f.write_str("the sheet has no room for the columns"),
            Self::Structure(what) => write!(f, "the workbook cannot be extended: {what}"),
            Self::Request(what) | Self::Other(what) => f.write_str(what),
        }
    }
}

impl std::error::Error for Error {}
