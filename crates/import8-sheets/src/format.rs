//! The formats that a table can be written in.

use serde::{Deserialize, Serialize};

/// The format of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    /// Comma-separated values, RFC 4180, in UTF-8 with the mark by which Excel knows it.
    Csv(Separators),
    /// An Excel workbook with one sheet.
    Xlsx,
}

impl Format {
    /// The extension of such a file's name.
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

/// The separators of a CSV file: between cells, and before the decimals of a number. A spreadsheet expects those of
/// the country that it is set to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Separators {
    /// `a,1.5`
    International,
    /// `a;1,5`
    Dutch,
}
