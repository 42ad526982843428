//! Workbooks of Excel and LibreOffice: reads them, and writes a sheet again with added columns.

mod grid;
mod layout;
mod number_format;
mod package;
mod sheet;
mod value;

use std::borrow::Cow;

use self::grid::Grid;
use self::package::{Bytes, Kind};
use self::sheet::Book;
use super::added::Added;
use super::error::ReadError;
use super::facts::{Content, Hidden, Remark, Sheet};
use super::kind::WorkbookKind;
use crate::column::CellKind;
use crate::error::Error;
use crate::package::{self as edit, Row};

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

    pub(crate) fn kind(&self) -> WorkbookKind {
        match self.kind {
            Kind::Xlsx => edit::kind(self.file.as_ref()),
            Kind::Xlsb => WorkbookKind::Xlsb,
            Kind::Xls => WorkbookKind::Xls,
            Kind::Ods => WorkbookKind::Ods,
        }
    }

    /// The same workbook with columns added to this sheet.
    pub(crate) fn with_columns(&self, kinds: &[CellKind], added: Added<'_>) -> Result<Vec<u8>, Error> {
        let texts = (0..self.rows()).filter_map(|row| Some((self.row_number(row), added(row)?)));
        let rows =
            texts.filter_map(|(number, texts)| Some(Row { number: u32::try_from(number).ok()?, texts }));
        edit::with_columns(self.file.as_ref(), &self.name, kinds, rows.collect())
    }
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
