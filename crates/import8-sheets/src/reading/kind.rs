//! The kinds of files, by their content and not by their name.

use serde::{Deserialize, Serialize};

use super::delimited::Delimiter;
use super::encoding::Encoding;

/// The format of a file, detected from its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceKind {
    /// Text with a delimiter between cells.
    Delimited {
        /// The delimiter.
        delimiter: Delimiter,
        /// The character encoding.
        encoding: Encoding,
    },
    /// A workbook of Excel or LibreOffice.
    Workbook(WorkbookKind),
}

/// The kind of a file, as far as its name tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FileKind {
    /// Text with a delimiter between cells.
    Text,
    /// A workbook.
    Workbook(WorkbookKind),
}

impl From<SourceKind> for FileKind {
    fn from(kind: SourceKind) -> Self {
        match kind {
            SourceKind::Delimited { .. } => Self::Text,
            SourceKind::Workbook(kind) => Self::Workbook(kind),
        }
    }
}

/// The kind of a workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum WorkbookKind {
    /// A workbook of Excel 2007 and later.
    Xlsx,
    /// One with macros.
    Xlsm,
    /// A template for workbooks.
    Xltx,
    /// A template with macros.
    Xltm,
    /// A binary workbook of Excel 2007 and later.
    Xlsb,
    /// A workbook of Excel before 2007.
    Xls,
    /// A workbook of LibreOffice and other programs that write OpenDocument.
    Ods,
}

impl WorkbookKind {
    /// Whether such a workbook comes back as it was, with columns added. A workbook of another kind comes back as a
    /// new XLSX file with the values of one sheet.
    #[must_use]
    pub fn is_kept(self) -> bool {
        matches!(self, Self::Xlsx | Self::Xlsm | Self::Xltx | Self::Xltm)
    }

    /// The file extension of the kind.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Xlsm => "xlsm",
            Self::Xltx => "xltx",
            Self::Xltm => "xltm",
            Self::Xlsb => "xlsb",
            Self::Xls => "xls",
            Self::Ods => "ods",
        }
    }

    /// The media type of the kind.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Xlsm => "application/vnd.ms-excel.sheet.macroEnabled.12",
            Self::Xltx => "application/vnd.openxmlformats-officedocument.spreadsheetml.template",
            Self::Xltm => "application/vnd.ms-excel.template.macroEnabled.12",
            Self::Xlsb => "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
            Self::Xls => "application/vnd.ms-excel",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
        }
    }
}
