//! The errors of reading a file.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::signature::Foreign;

/// The reason why a file cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReadError {
    /// The file is empty.
    Empty,
    /// The file is no table, but a program or another binary file.
    NoTable,
    /// The file is of another kind, which is known.
    Foreign(Foreign),
    /// The text is in no character encoding that is known here.
    Undecodable,
    /// The file has more rows than [`MOST_ROWS`](super::limits::MOST_ROWS).
    TooManyRows {
        /// The number of rows.
        rows: usize,
    },
    /// The file has more columns than [`MOST_COLUMNS`](super::limits::MOST_COLUMNS).
    TooManyColumns {
        /// The number of columns.
        columns: usize,
    },
    /// The file has too many cells or too much text for the memory of a browser.
    TooLarge,
    /// A workbook that unpacks to far more than a workbook has, and may be made to exhaust memory.
    Inflated,
    /// A workbook that is locked with a password.
    Locked,
    /// A workbook of which the end is missing.
    Truncated,
    /// A workbook that cannot be read.
    Damaged,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("there is nothing in the file"),
            Self::NoTable => f.write_str("the file is no table"),
            Self::Foreign(kind) => write!(f, "the file is of another kind: {kind:?}"),
            Self::Undecodable => f.write_str("the character encoding of the file is unknown"),
            Self::TooManyRows { rows } => write!(f, "the file has {rows} rows"),
            Self::TooManyColumns { columns } => write!(f, "the file has {columns} columns"),
            Self::TooLarge => f.write_str("the file has too many cells or too much text"),
            Self::Inflated => f.write_str("the workbook unpacks to far more than a workbook has"),
            Self::Locked => f.write_str("the workbook is locked with a password"),
            Self::Truncated => f.write_str("the end of the workbook is missing"),
            Self::Damaged => f.write_str("the workbook cannot be read"),
        }
    }
}

impl std::error::Error for ReadError {}

impl From<Foreign> for ReadError {
    fn from(kind: Foreign) -> Self {
        Self::Foreign(kind)
    }
}
