//! The progress of an import.

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
