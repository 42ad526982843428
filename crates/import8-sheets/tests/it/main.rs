//! Tests of reading and writing spreadsheet files.
#![cfg(not(target_arch = "wasm32"))]

mod bounds;
mod csv;
mod foreign;
mod package;
mod parts;
mod reading;
mod robust;
mod text;
mod workbook;
mod written;
mod xlsx;

use import8_sheets::{CellKind, Column, Error, Format, Table};

const KINDS: [CellKind; 4] = [CellKind::Text, CellKind::Code, CellKind::Number, CellKind::Time];

/// A column of each kind.
fn columns() -> Vec<Column> {
    KINDS.map(|kind| Column { title: format!("{kind:?}"), kind }).into()
}

fn written<const N: usize>(format: Format, rows: &[[&str; N]]) -> Result<Vec<u8>, Error> {
    let mut table = Table::new(format, columns())?;
    rows.iter().try_for_each(|row| table.push(row.map(str::to_owned).into()))?;
    table.finish()
}
