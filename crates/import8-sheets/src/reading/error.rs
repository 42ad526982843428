//! The errors of reading a file.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The reason why a file cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReadError {
    /// The file is empty.
    Empty,
    /// The file is no table, but a picture, a program or another binary file.
    NoTable,
    /// A quotation mark is never closed.
    OpenQuote {
        /// The line of the mark, counted from 1.
        line: u64,
    },
    /// The file has more rows than [`MOST_ROWS`](super::source::MOST_ROWS).
    TooManyRows {
        /// The number of rows.
        rows: usize,
    },
    /// The file has more columns than [`MOST_COLUMNS`](super::source::MOST_COLUMNS).
    TooManyColumns {
        /// The number of columns.
        columns: usize,
    },
    /// A workbook that is locked with a password.
    Locked,
    /// A workbook that cannot be read.
    Damaged,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("there is nothing in the file"),
            Self::NoTable => f.write_str("the file is no table"),
            Self::OpenQuote { line } => write!(f, "line {line}: a quotation mark is never closed"),
            Self::TooManyRows { rows } => write!(f, "the file has {rows} rows"),
            Self::TooManyColumns { columns } => write!(f, "the file has {columns} columns"),
            Self::Locked => f.write_str("the workbook is locked with a password"),
            Self::Damaged => f.write_str("the workbook cannot be read"),
        }
    }
}

impl std::error::Error for ReadError {}
