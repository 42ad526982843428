//! The cells that are added to the rows of a file.

/// The cells that are added to the row of a number; none to leave the row out.
pub type Added<'a> = &'a mut dyn FnMut(usize) -> Option<Vec<String>>;
