//! The cells that are added to the rows of a file.

/// Returns the cells to add to a row by its number, from 0; `None` leaves the row out. Called once for each row, in
/// order.
pub type Added<'a> = &'a mut dyn FnMut(usize) -> Option<Vec<String>>;
