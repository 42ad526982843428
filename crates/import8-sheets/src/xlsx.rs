//! Writes Excel workbooks with one sheet, whose cells have types.

use rust_xlsxwriter::{ColNum, ExcelDateTime, Format, IgnoreError, RowNum, Workbook, Worksheet, XlsxError};

use crate::cell::Cell;
use crate::column::{CellKind, Column};
use crate::error::Error;

/// The most digits of a number that Excel stores and shows.
const DIGITS: usize = 15;

/// The largest width of a column, in characters.
const WIDEST: usize = 60;

pub(crate) struct File {
    sheet: Worksheet,
    columns: Vec<Column>,
    /// The length of each column's longest text, in characters.
    widths: Vec<usize>,
    cells: Cells,
    last: RowNum,
}

impl File {
    pub(crate) fn new(columns: Vec<Column>) -> Result<Self, Error> {
        let mut sheet = Worksheet::new();
        let bold = Format::new().set_bold();
        for (at, column) in (0..).zip(&columns) {
            sheet.write_string_with_format(0, at, &column.title, &bold)?;
            // Set for the whole column, so that a code that a person types below is text too.
            let format = match column.kind {
                CellKind::Text | CellKind::Number => continue,
                CellKind::Code | CellKind::Plain => "@",
                CellKind::Time => "yyyy-mm-dd hh:mm",
            };
            sheet.set_column_format(at, &Format::new().set_num_format(format))?;
        }
        sheet.set_freeze_panes(1, 0)?;
        let widths = columns.iter().map(|column| column.title.chars().count()).collect();
        Ok(Self { sheet, columns, widths, cells: Cells::new(), last: 0 })
    }

    /// Adds the row with this number, from 1; the titles are row 0.
    pub(crate) fn push(&mut self, number: usize, row: Vec<String>) -> Result<(), Error> {
        self.last = RowNum::try_from(number).map_err(|_| Error::TooLong)?;
        for (at, text) in row.into_iter().enumerate() {
            self.widths[at] = self.widths[at].max(text.chars().count());
            let kind = self.columns[at].kind;
            match self.cells.write(&mut self.sheet, (self.last, column_number(at)?), kind, text) {
                Err(XlsxError::MaxStringLengthExceeded) => {
                    let column = self.columns[at].title.clone();
                    return Err(Error::TextTooLong { row: number, column });
                }
                written => written?,
            }
        }
        Ok(())
    }

    pub(crate) fn finish(mut self) -> Result<Vec<u8>, Error> {
        for (at, (column, width)) in self.columns.iter().zip(self.widths).enumerate() {
            let at = column_number(at)?;
            self.sheet.set_column_width(at, width_of(width))?;
            if column.kind == CellKind::Code && self.last > 0 {
                // Otherwise Excel marks each of these cells with a warning.
                self.sheet.ignore_error_range(1, at, self.last, at, IgnoreError::NumberStoredAsText)?;
            }
        }
        let mut workbook = Workbook::new();
        workbook.push_worksheet(self.sheet);
        Ok(workbook.save_to_buffer()?)
    }
}

/// Writes cells, which share their formats.
pub(crate) struct Cells {
    /// The number formats without decimals, with one, with two, and so on.
    numbers: Vec<Format>,
}

impl Cells {
    pub(crate) fn new() -> Self {
        let numbers = (0..DIGITS).map(|decimals| match decimals {
            0 => Format::new().set_num_format("0"),
            _ => Format::new().set_num_format(format!("0.{}", "0".repeat(decimals))),
        });
        Self { numbers: numbers.collect() }
    }

    /// Writes a cell of a kind.
    pub(crate) fn write(
        &self,
        sheet: &mut Worksheet,
        (row, column): (RowNum, ColNum),
        kind: CellKind,
        text: String,
    ) -> Result<(), XlsxError> {
        // A string cell is never a formula, whatever its text begins with.
        match Cell::new(kind, &text) {
            Cell::Text(_) | Cell::Code(_) | Cell::Plain(_) => sheet.write_string(row, column, text),
            Cell::Number(decimal) => match exactly(decimal) {
                Some((number, decimals)) => {
                    sheet.write_number_with_format(row, column, number, &self.numbers[decimals])
                }
                None => sheet.write_string(row, column, text),
            },
            Cell::Time(time) => match ExcelDateTime::parse_from_str(time) {
                Ok(time) => sheet.write_datetime(row, column, time),
                // Not a date, such as 31 February.
                Err(_) => sheet.write_string(row, column, text),
            },
        }
        .map(drop)
    }
}

/// The width of a column whose longest text has this many characters.
pub(crate) fn width_of(longest: usize) -> u32 {
    // With a margin.
    u32::try_from(longest.min(WIDEST) + 2).unwrap_or_default()
}

pub(crate) fn column_number(at: usize) -> Result<ColNum, XlsxError> {
    ColNum::try_from(at).map_err(|_| XlsxError::RowColumnLimitError)
}

/// A decimal as a number of Excel, with its number of decimals; `None` if Excel would show other digits.
pub(crate) fn exactly(decimal: &str) -> Option<(f64, usize)> {
    let digits = decimal.bytes().filter(u8::is_ascii_digit).count();
    let decimals = decimal.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let number = decimal.parse().ok()?;
    (digits <= DIGITS).then_some((number, decimals))
}

impl From<XlsxError> for Error {
    fn from(error: XlsxError) -> Self {
        match error {
            XlsxError::RowColumnLimitError => Self::TooLong,
            error => Self::Other(error.to_string()),
        }
    }
}
