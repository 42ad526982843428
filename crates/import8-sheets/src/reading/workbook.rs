//! Workbooks of Excel and LibreOffice: reads them, and writes a sheet again with added columns.

use std::borrow::Cow;
use std::io::Cursor;
use std::rc::Rc;

use calamine::{Data, Range, Reader, SheetVisible, Sheets, open_workbook_auto_from_rs};

use super::added::Added;
use super::error::ReadError;
use super::facts::{Content, Hidden, Remark, Sheet};
use super::kind::WorkbookKind;
use crate::column::CellKind;
use crate::error::Error;
use crate::package::{self, Row};

/// The first bytes of a workbook: of a ZIP archive, and of a file of Excel before 2007.
const PACKED: &[u8] = b"PK\x03\x04";
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0";

/// The name of the stream, in a compound file, that contains a workbook locked with a password.
const LOCKED: &str = "EncryptedPackage";

/// The bytes of a file, shared instead of copied by its readers.
#[derive(Clone)]
pub(crate) struct Bytes(Rc<Vec<u8>>);

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// A workbook and the sheet that is read.
pub(crate) struct Workbook {
    file: Bytes,
    book: Sheets<Cursor<Bytes>>,
    sheets: Vec<Sheet>,
    name: String,
    cells: Range<Data>,
}

pub(crate) fn is_workbook(file: &[u8]) -> bool {
    file.starts_with(PACKED) || file.starts_with(COMPOUND)
}

fn is_locked(file: &[u8]) -> bool {
    let name: Vec<u8> = LOCKED.encode_utf16().flat_map(u16::to_le_bytes).collect();
    file.starts_with(COMPOUND) && file.windows(name.len()).any(|part| part == name)
}

impl Workbook {
    /// Reads the first visible sheet that is not empty; if only hidden ones have rows, the first of them.
    pub(crate) fn read(file: Vec<u8>) -> Result<Self, ReadError> {
        if is_locked(&file) {
            return Err(ReadError::Locked);
        }
        let file = Bytes(Rc::new(file));
        let mut book =
            open_workbook_auto_from_rs(Cursor::new(file.clone())).map_err(|_| ReadError::Damaged)?;
        let sheets: Vec<_> = book
            .sheets_metadata()
            .iter()
            .map(|sheet| Sheet {
                name: sheet.name.clone(),
                is_hidden: sheet.visible != SheetVisible::Visible,
            })
            .collect();
        let hidden_last = [false, true].into_iter();
        for sheet in
            hidden_last.flat_map(|hidden| sheets.iter().filter(move |sheet| sheet.is_hidden == hidden))
        {
            let cells = book.worksheet_range(&sheet.name).map_err(|_| ReadError::Damaged)?;
            if !cells.is_empty() {
                return Ok(Self { file, name: sheet.name.clone(), book, sheets, cells });
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
        &[]
    }

    pub(crate) fn width(&self, row: usize) -> usize {
        let cells = (0..self.columns()).rev();
        cells
            .into_iter()
            .find(|&column| self.content(row, column) != Content::Empty)
            .map_or(0, |last| last + 1)
    }

    pub(crate) fn row_number(&self, row: usize) -> usize {
        let above = self.cells.start().map_or(0, |(row, _)| row);
        usize::try_from(above).unwrap_or(usize::MAX) + row + 1
    }

    pub(crate) fn row_is_hidden(&self, _row: usize) -> Option<Hidden> {
        None
    }

    pub(crate) fn column_is_hidden(&self, _column: usize) -> bool {
        false
    }

    pub(crate) fn content(&self, row: usize, column: usize) -> Content {
        match self.cells.get((row, column)) {
            None | Some(Data::Empty) => Content::Empty,
            Some(Data::String(_)) => Content::Text,
            Some(Data::Int(_) | Data::Float(_)) => Content::Number,
            Some(Data::Bool(_)) => Content::Boolean,
            Some(Data::DateTime(_) | Data::DateTimeIso(_) | Data::DurationIso(_)) => Content::Date,
            Some(Data::Error(_)) => Content::Error,
        }
    }

    pub(crate) fn currency(&self, _row: usize, _column: usize) -> Option<&str> {
        None
    }

    pub(crate) fn choose(&mut self, name: &str) -> Result<(), ReadError> {
        self.cells = self.book.worksheet_range(name).map_err(|_| ReadError::Damaged)?;
        name.clone_into(&mut self.name);
        Ok(())
    }

    pub(crate) fn rows(&self) -> usize {
        self.cells.height()
    }

    pub(crate) fn columns(&self) -> usize {
        self.cells.width()
    }

    pub(crate) fn cell(&self, row: usize, column: usize) -> Cow<'_, str> {
        self.cells.get((row, column)).map_or(Cow::Borrowed(""), shown)
    }

    pub(crate) fn kind(&self) -> WorkbookKind {
        match &self.book {
            Sheets::Xlsx(_) => package::kind(self.file.as_ref()),
            Sheets::Xlsb(_) => WorkbookKind::Xlsb,
            Sheets::Xls(_) => WorkbookKind::Xls,
            Sheets::Ods(_) => WorkbookKind::Ods,
        }
    }

    /// The same workbook with columns added to this sheet.
    pub(crate) fn with_columns(&self, kinds: &[CellKind], added: Added<'_>) -> Result<Vec<u8>, Error> {
        let texts = (0..self.rows()).filter_map(|row| Some((self.row_number(row), added(row)?)));
        let rows =
            texts.filter_map(|(number, texts)| Some(Row { number: u32::try_from(number).ok()?, texts }));
        package::with_columns(self.file.as_ref(), &self.name, kinds, rows.collect())
    }
}

/// The text of a cell. A number has all its digits and a decimal point, however the sheet formats it.
fn shown(cell: &Data) -> Cow<'_, str> {
    match cell {
        Data::Empty => Cow::Borrowed(""),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => Cow::Borrowed(text),
        Data::Int(number) => Cow::Owned(number.to_string()),
        Data::Float(number) => Cow::Owned(number.to_string()),
        Data::Bool(is_true) => Cow::Borrowed(if *is_true { "TRUE" } else { "FALSE" }),
        Data::DateTime(time) if time.is_datetime() => {
            let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
            let date = format!("{year:04}-{month:02}-{day:02}");
            Cow::Owned(match (hour, minute, second) {
                (0, 0, 0) => date,
                _ => format!("{date} {hour:02}:{minute:02}:{second:02}"),
            })
        }
        Data::DateTime(duration) => Cow::Owned(duration.as_f64().to_string()),
        Data::Error(error) => Cow::Owned(error.to_string()),
    }
}

impl std::fmt::Debug for Workbook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Workbook").field("name", &self.name).finish_non_exhaustive()
    }
}
