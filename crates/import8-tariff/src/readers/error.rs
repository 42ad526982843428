//! The reasons for which a publication cannot be read at all.

/// The reason for which a publication cannot be read, as a sentence for a person. Nothing of it is taken over.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// A file cannot be opened or read to its end.
    #[error("{file} cannot be read: {reason}.")]
    Unreadable {
        /// The file.
        file: String,
        /// The reason that the system or the format gives.
        reason: String,
    },
    /// The files are no publication that is known.
    #[error(
        "{file} is no tariff that is known here: the HS table as CSV, the Combined Nomenclature as JSON, the workbooks \
         of TARIC, or a table with the titles of docs/tariff-csv.md."
    )]
    Unknown {
        /// The file or folder.
        file: String,
    },
    /// A table lacks a column that it needs, or has nothing in it.
    #[error("{file}: {reason}.")]
    Structure {
        /// The file, and in a workbook the sheet.
        file: String,
        /// What is wrong.
        reason: String,
    },
    /// A file is larger than any real one, and may be made to exhaust memory.
    #[error("{file} is refused because {reason}.")]
    TooLarge {
        /// The file.
        file: String,
        /// What there is too much of.
        reason: String,
    },
}

impl ReadError {
    pub(crate) fn unreadable(file: &str, reason: impl ToString) -> Self {
        let reason = reason.to_string().trim_end_matches('.').to_owned();
        Self::Unreadable { file: file.to_owned(), reason }
    }

    pub(crate) fn unknown(file: &str) -> Self {
        Self::Unknown { file: file.to_owned() }
    }

    pub(crate) fn structure(file: &str, reason: impl ToString) -> Self {
        Self::Structure { file: file.to_owned(), reason: reason.to_string() }
    }

    pub(crate) fn too_large(file: &str, reason: impl ToString) -> Self {
        Self::TooLarge { file: file.to_owned(), reason: reason.to_string() }
    }
}
