//! The limits of a file's size. A file beyond them is refused and not cut.

/// The most rows of a file.
pub const MOST_ROWS: usize = 200_000;

/// The most columns of a file.
pub const MOST_COLUMNS: usize = 500;
