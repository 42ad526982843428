//! Reads publications of a tariff from files.

mod error;

use std::path::Path;

use jiff::civil::Date;

use crate::{Edition, Report};

pub use self::error::ReadError;

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress<'a> {
    /// The file that is being read.
    pub file: &'a str,
    /// The number of the file, from 1.
    pub number: usize,
    /// The number of files that are read.
    pub files: usize,
    /// The rows of the file that have been read.
    pub rows: u64,
}

/// Reads the publication in a file, a folder or a ZIP file. What is published is told from the content. See
/// [`read_with`].
///
/// # Errors
/// See [`ReadError`]. Nothing is taken over from a publication with an error.
pub fn read(path: &Path) -> Result<(Edition, Report), ReadError> {
    read_with(path, None, &mut |_| {})
}

/// Reads the publication in a file, a folder or a ZIP file.
///
/// `day` is the day that the publication is of; without it the day is that of the files themselves: the year of a
/// nomenclature, the day on which the newest workbook was written, and otherwise the day on which a file was last
/// changed, which a note of the report tells. `progress` is called from time to time.
///
/// # Errors
/// See [`ReadError`]. Nothing is taken over from a publication with an error.
pub fn read_with(
    path: &Path,
    day: Option<Date>,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<(Edition, Report), ReadError> {
    let _ = (day, progress);
    Err(ReadError::unknown(&path.display().to_string()))
}
