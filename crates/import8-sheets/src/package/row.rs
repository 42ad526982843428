//! A row of a sheet that gets cells.

/// The added cells of a row.
#[derive(Debug)]
pub(crate) struct Row {
    /// The number of the row, from 1.
    pub(crate) number: u32,
    /// Its texts, one for each added column.
    pub(crate) texts: Vec<String>,
}
