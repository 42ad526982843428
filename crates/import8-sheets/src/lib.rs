//! Tables as files that a spreadsheet opens: CSV and XLSX.
//!
//! [`Table`] writes a table row by row; [`reading::Source`] reads a person's file and writes it again with added
//! columns. The crate does no I/O.

mod cell;
mod column;
mod csv;
mod error;
mod format;
mod package;
pub mod reading;
mod table;
mod xlsx;

pub use crate::column::{CellKind, Column};
pub use crate::error::Error;
pub use crate::format::{Format, Separators};
pub use crate::table::Table;
