//! Types for the properties of sheets, rows and cells beside their text, and for the remarks of the reader.

use serde::{Deserialize, Serialize};

/// What a cell contains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// Nothing.
    Empty,
    /// Words. Text files have no other content.
    Text,
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// A date, a time or both.
    Date,
    /// An error of a formula, such as `#DIV/0!`.
    Error,
    /// A formula whose result is not stored, because no spreadsheet has calculated it since it was written.
    Unresolved,
}

/// How a row was hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hidden {
    /// By a person.
    ByHand,
    /// By a filter, of whose selection it is not a part.
    ByFilter,
}

/// A sheet of a workbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// Whether a spreadsheet hides it.
    pub is_hidden: bool,
}

/// A decision of the reader that a person should know of. Lines are counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Remark {
    /// The file does not tell its character encoding, so it was guessed.
    EncodingGuessed {
        /// The encoding's usual name: `windows-1250`.
        name: String,
        /// Whether the text leaves little doubt.
        is_likely: bool,
    },
    /// Some bytes are no character of the file's encoding. They are read as `�`, and stay as they are in the file
    /// that is given back.
    UnknownBytes {
        /// The line of the first one.
        line: u64,
        /// Their number.
        count: u64,
    },
    /// Some quotation marks do not enclose a cell, such as an inch mark at its start, or are marked by a backslash.
    /// They are read as text.
    QuotesRepaired {
        /// The line of the first one.
        line: u64,
        /// The number of rows that have one.
        rows: u64,
    },
    /// Cells far below the table have been read as rows that follow it, without the empty rows between them.
    FarRows {
        /// The number of the first one, as the spreadsheet counts.
        row: u64,
    },
}
