//! The columns of a table, and the kinds of their cells.

use serde::{Deserialize, Serialize};

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// The text of its first cell.
    pub title: String,
    /// The kind of its other cells.
    pub kind: CellKind,
}

/// The kind of the cells of a column. A cell whose text does not have the form of the kind is written as text, so
/// nothing is lost or changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CellKind {
    /// Words.
    Text,
    /// A code or a reference. It is never a number, so `0101.21.00.00` keeps its zeros.
    Code,
    /// An exact decimal with a point and no exponent: `-12.50`.
    Number,
    /// Words or a code for a program that reads every character literally. A spreadsheet that opens such a CSV may
    /// read a cell as a formula or drop its zeros.
    Plain,
    /// A local time, because spreadsheets know no time zones: `2026-05-01 14:34`, or with seconds. A `T` may replace
    /// the space.
    Time,
}
