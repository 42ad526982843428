//! Workbooks of Excel and LibreOffice: reads them, and writes a sheet again with added columns.

mod grid;
mod layout;
mod number_format;
mod package;
mod sheet;
mod value;

use std::borrow::Cow;

use rust_xlsxwriter::{ExcelDateTime, Format};

use self::grid::Grid;
use self::package::{Bytes, Kind};
use self::sheet::Book;
use super::added::Added;
use super::delimited::Delimited;
use super::error::ReadError;
use super::facts::{Content, Hidden, Remark, Sheet};
use crate::column::CellKind;
use crate::error::Error;
use crate::xlsx::{Cells, column_number};

pub(crate) use self::package::is_package;

/// A workbook and the sheet that is read.
pub(crate) struct Workbook {
    file: Bytes,
    kind: Kind,
    sheets: Vec<Sheet>,
    name: String,
    cells: Grid,
    remarks: Vec<Remark>,
}

impl Workbook {
    /// Reads the first visible sheet that is not empty; if only hidden ones have rows, the first of them.
    pub(crate) fn read(file: Vec<u8>) -> Result<Self, ReadError> {
        let file = Bytes::new(file);
        let kind = package::kind(&file)?;
        let mut book = Book::open(&file, kind)?;
        let sheets = book.sheets();
        let with = |is_hidden| sheets.iter().filter(move |sheet| sheet.is_hidden == is_hidden);
        for sheet in with(false).chain(with(true)) {
            let cells = book.read(&sheet.name)?;
            if !cells.is_empty() {
                let (name, remarks) = (sheet.name.clone(), remarks(&cells));
                return Ok(Self { file, kind, name, sheets, cells, remarks });
            }
        }
        Err(ReadError::Empty)
    }

    pub(crate) fn sheets(&self) -> &[Sheet] {
        &self.sheets
    }

    pub(crate) fn sheet(&self) -> &str {
        &self.name
    }

    pub(crate) fn remarks(&self) -> &[Remark] {
        &self.remarks
    }

    pub(crate) fn choose(&mut self, name: &str) -> Result<(), ReadError> {
        self.cells = Book::open(&self.file, self.kind)?.read(name)?;
        self.remarks = remarks(&self.cells);
        name.clone_into(&mut self.name);
        Ok(())
    }

    pub(crate) fn width(&self, row: usize) -> usize {
        self.cells.width(row)
    }

    pub(crate) fn row_number(&self, row: usize) -> usize {
        let number = self.cells.sheet_row(row).and_then(|number| usize::try_from(number).ok());
        number.unwrap_or(row) + 1
    }

    pub(crate) fn row_is_hidden(&self, row: usize) -> Option<Hidden> {
        self.cells.row_is_hidden(row)
    }

    pub(crate) fn column_is_hidden(&self, column: usize) -> bool {
        self.cells.column_is_hidden(column)
    }

    pub(crate) fn content(&self, row: usize, column: usize) -> Content {
        self.cells.content(row, column)
    }

    pub(crate) fn currency(&self, row: usize, column: usize) -> Option<&str> {
        self.cells.currency(row, column)
    }

    pub(crate) fn rows(&self) -> usize {
        self.cells.rows()
    }

    pub(crate) fn columns(&self) -> usize {
        self.cells.columns()
    }

    pub(crate) fn cell(&self, row: usize, column: usize) -> Cow<'_, str> {
        self.cells.text(row, column)
    }

    pub(crate) fn kind_of(&self, row: usize, column: usize) -> CellKind {
        match self.content(row, column) {
            Content::Number => CellKind::Number,
            _ => CellKind::Text,
        }
    }

    /// A workbook with this sheet only, and added columns. Cells keep their values but not their formatting.
    pub(crate) fn with_columns(&self, kinds: &[CellKind], added: Added<'_>) -> Result<Vec<u8>, Error> {
        let mut written = rust_xlsxwriter::Workbook::new();
        let sheet = written.add_worksheet();
        sheet.set_name(&self.name)?;
        let new = Cells::new();
        let (day, moment) = (shown_as("yyyy-mm-dd"), shown_as("yyyy-mm-dd hh:mm:ss"));
        let mut row = 0;
        for at in 0..self.rows() {
            let Some(texts) = added(at) else { continue };
            for own in 0..self.columns() {
                let (column, text) = (column_number(own)?, self.cell(at, own));
                let number = text.parse::<f64>();
                match (self.content(at, own), number, ExcelDateTime::parse_from_str(&text)) {
                    (Content::Empty | Content::Unresolved, ..) => continue,
                    (Content::Number, Ok(number), _) => sheet.write_number(row, column, number)?,
                    (Content::Boolean, ..) => sheet.write_boolean(row, column, text == "TRUE")?,
                    (Content::Date, _, Ok(time)) => {
                        let format = if text.contains(':') { &moment } else { &day };
                        sheet.write_datetime_with_format(row, column, time, format)?
                    }
                    _ => sheet.write_string(row, column, text)?,
                };
            }
            for (offset, (kind, text)) in kinds.iter().zip(texts).enumerate() {
                let column = column_number(self.columns() + offset)?;
                new.write(sheet, (row, column), *kind, text)?;
            }
            row += 1;
        }
        Ok(written.save_to_buffer()?)
    }
}

/// A workbook with the cells of a text file, all as text, and added columns.
pub(crate) fn from_text(file: &Delimited, kinds: &[CellKind], added: Added<'_>) -> Result<Vec<u8>, Error> {
    let mut written = rust_xlsxwriter::Workbook::new();
    let sheet = written.add_worksheet();
    let cells = Cells::new();
    let mut row = 0;
    for at in 0..file.rows() {
        let Some(texts) = added(at) else { continue };
        let own = (0..file.columns()).map(|column| (CellKind::Text, file.cell(at, column).into_owned()));
        for (column, (kind, text)) in own.chain(kinds.iter().copied().zip(texts)).enumerate() {
            if !text.is_empty() {
                cells.write(sheet, (row, column_number(column)?), kind, text)?;
            }
        }
        row += 1;
    }
    Ok(written.save_to_buffer()?)
}

fn shown_as(format: &str) -> Format {
    Format::new().set_num_format(format)
}

fn remarks(cells: &Grid) -> Vec<Remark> {
    let far = cells.far_row().map(|row| Remark::FarRows { row: u64::from(row) + 1 });
    far.into_iter().collect()
}

impl std::fmt::Debug for Workbook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Workbook").field("name", &self.name).finish_non_exhaustive()
    }
}
