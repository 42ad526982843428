//! Sheets that are written row by row, so that a release of real size needs little memory.

use std::path::Path;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

/// A table that is being written.
pub(super) struct Table<'a> {
    sheet: &'a mut Worksheet,
    row: u32,
    date: Format,
}

impl Table<'_> {
    /// Writes a row of texts; an empty one is no cell.
    pub(super) fn row(&mut self, cells: &[&str]) -> Result<(), XlsxError> {
        for (column, cell) in (0_u16..).zip(cells) {
            if !cell.is_empty() {
                self.sheet.write_string(self.row, column, *cell)?;
            }
        }
        self.row += 1;
        Ok(())
    }

    /// Writes a date as Excel counts it into the row that comes next.
    pub(super) fn date(&mut self, column: u16, day: &str) -> Result<(), XlsxError> {
        let parts: Vec<u16> = day.split('-').filter_map(|part| part.parse().ok()).collect();
        if let [day, month, year] = *parts {
            let narrow = |number: u16| u8::try_from(number).unwrap_or(1);
            let day = ExcelDateTime::from_ymd(year, narrow(month), narrow(day))?;
            self.sheet.write_datetime_with_format(self.row, column, &day, &self.date)?;
        }
        Ok(())
    }

    /// Writes a number into the row that comes next.
    pub(super) fn number(&mut self, column: u16, number: f64) -> Result<(), XlsxError> {
        self.sheet.write_number(self.row, column, number).map(|_| ())
    }
}

/// Writes a workbook with one sheet. `is_inline` has the texts in the cells instead of shared.
pub(super) fn book(
    folder: &Path,
    name: &str,
    is_inline: bool,
    fill: impl FnOnce(&mut Table<'_>) -> Result<(), XlsxError>,
) -> Result<(), XlsxError> {
    let mut book = Workbook::new();
    let created = ExcelDateTime::from_ymd(2026, 11, 30)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let sheet = if is_inline {
        book.add_worksheet_with_constant_memory()
    } else {
        book.add_worksheet_with_low_memory()
    };
    let date = Format::new().set_num_format("dd-mm-yyyy");
    fill(&mut Table { sheet: sheet?, row: 0, date })?;
    book.save(folder.join(name))
}
