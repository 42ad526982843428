//! Tests of reading and writing spreadsheet files.
#![cfg(not(target_arch = "wasm32"))]

mod csv;
mod reading;
mod xlsx;

use import8_sheets::{Column, Error, Format, Kind, Table};

const KINDS: [Kind; 4] = [Kind::Text, Kind::Code, Kind::Number, Kind::Time];

/// A column of each kind.
fn columns() -> Vec<Column> {
    KINDS.map(|kind| Column { title: format!("{kind:?}"), kind }).into()
}

fn written<const N: usize>(format: Format, rows: &[[&str; N]]) -> Result<Vec<u8>, Error> {
    let mut table = Table::new(format, columns())?;
    rows.iter().try_for_each(|row| table.push(row.map(str::to_owned).into()))?;
    table.finish()
}
