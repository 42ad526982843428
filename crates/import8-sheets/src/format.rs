//! The formats in which a table can be written.

use serde::{Deserialize, Serialize};

/// The format of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    /// Comma-separated values (RFC 4180) in UTF-8, with the byte order mark by which Excel recognises it.
    Csv(Separators),
    /// An Excel workbook with one sheet.
    Xlsx,
}

impl Format {
    /// The file extension of the format.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv(_) => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    /// The media type of the format.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv(_) => "text/csv;charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// The separators of a CSV file: between cells, and before the decimals of a number. A spreadsheet expects those of
/// the country in its settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Separators {
    /// `a,1.5`
    International,
    /// `a;1,5`
    Dutch,
}
