//! A column of a table and the kind of its cells.

use serde::{Deserialize, Serialize};

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// What its first cell says.
    pub title: String,
    /// What its other cells hold.
    pub kind: Kind,
}

/// What the cells of a column hold. A cell whose text is not of its kind is written as text, so
/// nothing is lost or changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// Words.
    Text,
    /// A code or a reference, which is never a number: `0101.21.00.00` keeps its zeros.
    Code,
    /// An exact decimal with a point and no exponent: `-12.50`.
    Number,
    /// Words or a code for another program, which runs nothing and takes every character for what it is. In a
    /// CSV that a spreadsheet opens it may be taken for a formula, or lose its zeros.
    Plain,
    /// A moment as the clock of the reader's own place shows it, because spreadsheets know no time
    /// zones: `2026-05-01 14:34`, or with seconds; a `T` may stand in for the space.
    Time,
}
