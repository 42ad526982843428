//! The formats that a table can be written in.

use serde::{Deserialize, Serialize};

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
