//! Reads the cells of a sheet: values and formats through calamine, the rest from the sheet's XML.
//!
//! Of workbooks of Excel since 2007 everything is known. Of the other kinds, calamine returns values, formulas, and
//! the merged areas of Excel before 2007. Their number formats, hidden rows and columns and filters are not known.

use std::collections::HashSet;
use std::io::Cursor;

use calamine::{Data, OdsError, Range};
use calamine::{
    DataRef, Dimensions, Ods, Reader, Sheet as BookSheet, SheetType, SheetVisible, Xls, XlsError, Xlsb, Xlsx,
};

use super::grid::{Area, Builder, Grid, Layout};
use super::layout::SheetXml;
use super::number_format::NumberFormat;
use super::package::{Bytes, Kind, Parts};
use super::value::push;
use crate::reading::error::ReadError;
use crate::reading::facts::{Content, Sheet};

/// The last row of a sheet, from 0.
const LAST_ROW: u32 = 1_048_575;

/// An opened workbook.
pub(super) enum Book {
    Xlsx(Box<Xlsx<Cursor<Bytes>>>, Box<Parts>),
    Xlsb(Box<Xlsb<Cursor<Bytes>>>),
    Xls(Box<Xls<Cursor<Bytes>>>),
    Ods(Box<Ods<Cursor<Bytes>>>),
}

impl Book {
    pub(super) fn open(file: &Bytes, kind: Kind) -> Result<Self, ReadError> {
        let bytes = Cursor::new(file.clone());
        Ok(match kind {
            Kind::Xlsx => {
                let parts = Parts::open(file)?;
                Self::Xlsx(Box::new(Xlsx::new(bytes).map_err(|_| ReadError::Damaged)?), Box::new(parts))
            }
            Kind::Xlsb => Self::Xlsb(Box::new(Xlsb::new(bytes).map_err(|_| ReadError::Damaged)?)),
            Kind::Xls => Self::Xls(Box::new(Xls::new(bytes).map_err(|error| match error {
                XlsError::Password => ReadError::Locked,
                _ => ReadError::Damaged,
            })?)),
            Kind::Ods => Self::Ods(Box::new(Ods::new(bytes).map_err(|error| match error {
                OdsError::Password => ReadError::Locked,
                OdsError::CellLimitExceeded { .. } => ReadError::TooLarge,
                _ => ReadError::Damaged,
            })?)),
        })
    }

    /// The sheets with cells: charts and macros are none.
    pub(super) fn sheets(&self) -> Vec<Sheet> {
        let sheets = match self {
            Self::Xlsx(book, _) => book.sheets_metadata(),
            Self::Xlsb(book) => book.sheets_metadata(),
            Self::Xls(book) => book.sheets_metadata(),
            Self::Ods(book) => book.sheets_metadata(),
        };
        let has_cells = |sheet: &&BookSheet| sheet.typ == SheetType::WorkSheet;
        let is_hidden = |sheet: &BookSheet| sheet.visible != SheetVisible::Visible;
        let own = |sheet: &BookSheet| Sheet { name: sheet.name.clone(), is_hidden: is_hidden(sheet) };
        sheets.iter().filter(has_cells).map(own).collect()
    }

    /// The cells of a sheet.
    pub(super) fn read(&mut self, name: &str) -> Result<Grid, ReadError> {
        match self {
            Self::Xlsx(book, parts) => read_xlsx(book, parts, name),
            Self::Xlsb(book) => {
                let cells = book.worksheet_range(name).map_err(|_| ReadError::Damaged)?;
                let formulas = book.worksheet_formula(name).unwrap_or_default();
                from_ranges(&cells, &formulas, Vec::new())
            }
            Self::Xls(book) => {
                let cells = book.worksheet_range(name).map_err(|_| ReadError::Damaged)?;
                let formulas = book.worksheet_formula(name).unwrap_or_default();
                let merged = book.merge_cells_by_sheet_name(name).unwrap_or_default();
                from_ranges(&cells, &formulas, merged)
            }
            Self::Ods(book) => {
                let cells = book.worksheet_range(name).map_err(|_| ReadError::Damaged)?;
                let formulas = book.worksheet_formula(name).unwrap_or_default();
                from_ranges(&cells, &formulas, Vec::new())
            }
        }
    }
}

fn read_xlsx(book: &mut Xlsx<Cursor<Bytes>>, parts: &mut Parts, name: &str) -> Result<Grid, ReadError> {
    let (path, is_to_calculate) = parts.sheet(name)?;
    let mut xml = SheetXml::read(parts.part(&path)?)?;
    for table in parts.tables(&path) {
        if let Ok(table) = parts.part(&table) {
            xml.add_table(table);
        }
    }
    let (layout, mut unresolved, zeros) = xml.finish();
    // Programs that do not calculate store 0 for each formula, and ask that the next one calculates.
    let guessed: HashSet<_> = if is_to_calculate { zeros.into_iter().collect() } else { HashSet::new() };
    unresolved.extend(&guessed);
    let mut cells = book.worksheet_cells_reader(name).map_err(|_| ReadError::Damaged)?;
    let formats = cells.styles().iter().map(|style| {
        let format = style.number_format.as_ref();
        format.map_or_else(NumberFormat::default, |format| {
            NumberFormat::new(format.format_id, &format.format_code)
        })
    });
    let mut grid = Builder::new(formats.collect());
    while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(|_| ReadError::Damaged)? {
        let at = cell.get_position();
        if at.0 > LAST_ROW {
            return Err(ReadError::Damaged);
        }
        if !guessed.contains(&at) {
            push(&mut grid, at, cell.get_value(), style)?;
        }
    }
    for at in unresolved {
        grid.push(at, Content::Unresolved, "", 0)?;
    }
    grid.finish(layout)
}

fn from_ranges(
    cells: &Range<Data>,
    formulas: &Range<String>,
    merged: Vec<Dimensions>,
) -> Result<Grid, ReadError> {
    let mut grid = Builder::new(Vec::new());
    let at = |range: Option<(u32, u32)>, row: usize, column: usize| {
        let (first_row, first_column) = range.unwrap_or_default();
        let narrow = |number: usize| u32::try_from(number).map_err(|_| ReadError::Damaged);
        Ok::<_, ReadError>((
            first_row.saturating_add(narrow(row)?),
            first_column.saturating_add(narrow(column)?),
        ))
    };
    for (row, column, value) in cells.used_cells() {
        push(&mut grid, at(cells.start(), row, column)?, &borrowed(value), 0)?;
    }
    for (row, column, formula) in formulas.used_cells() {
        let at = at(formulas.start(), row, column)?;
        if !formula.is_empty() && cells.get_value(at).is_none_or(|value| *value == Data::Empty) {
            grid.push(at, Content::Unresolved, "", 0)?;
        }
    }
    let merged = merged.into_iter().map(|area| Area { first: area.start, last: area.end }).collect();
    grid.finish(Layout { merged, ..Layout::default() })
}

fn borrowed(value: &Data) -> DataRef<'_> {
    match value {
        Data::Int(number) => DataRef::Int(*number),
        Data::Float(number) => DataRef::Float(*number),
        Data::String(text) => DataRef::SharedString(text),
        Data::Bool(is_true) => DataRef::Bool(*is_true),
        Data::DateTime(time) => DataRef::DateTime(*time),
        Data::DateTimeIso(text) => DataRef::DateTimeIso(text.clone()),
        Data::DurationIso(text) => DataRef::DurationIso(text.clone()),
        Data::Error(error) => DataRef::Error(error.clone()),
        Data::Empty => DataRef::Empty,
    }
}
