//! The values of a person's file in another format, with added columns.

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use super::added::Added;
use super::delimited::Delimiter;
use super::facts::Content;
use super::kind::SourceKind;
use super::source::Source;
use crate::column::CellKind;
use crate::csv;
use crate::error::Error;
use crate::format::Separators;
use crate::xlsx::{Cells, column_number};

impl Source {
    /// The values of the rows as a new workbook with one sheet, with added columns. Formulas, formats and other
    /// sheets are not in it. The cells of a text file become text cells, so that no zero is lost.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn to_workbook(&self, kinds: &[CellKind], added: Added<'_>) -> Result<Vec<u8>, Error> {
        let mut written = Workbook::new();
        let sheet = written.add_worksheet();
        if !self.sheet().is_empty() {
            sheet.set_name(self.sheet())?;
        }
        let cells = Cells::new();
        let [day, moment] =
            ["yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"].map(|format| Format::new().set_num_format(format));
        let mut row = 0;
        for at in 0..self.rows() {
            let Some(texts) = added(at) else { continue };
            for own in 0..self.columns() {
                let (column, text) = (column_number(own)?, self.cell(at, own));
                match self.content(at, own) {
                    _ if text.is_empty() => (),
                    Content::Boolean => sheet.write_boolean(row, column, text == "TRUE").map(drop)?,
                    Content::Date => match ExcelDateTime::parse_from_str(&text) {
                        Ok(time) => {
                            let format = if text.contains(':') { &moment } else { &day };
                            sheet.write_datetime_with_format(row, column, time, format).map(drop)?;
                        }
                        Err(_) => cells.write(sheet, (row, column), CellKind::Text, text.into_owned())?,
                    },
                    content => cells.write(sheet, (row, column), kind_of(content), text.into_owned())?,
                }
            }
            for (column, (kind, text)) in (self.columns()..).zip(kinds.iter().zip(texts)) {
                if !text.is_empty() {
                    cells.write(sheet, (row, column_number(column)?), *kind, text)?;
                }
            }
            row += 1;
        }
        Ok(written.save_to_buffer()?)
    }

    /// The file as CSV, with added columns. A text file that is CSV with these separators keeps its bytes.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn to_csv(
        &self,
        separators: Separators,
        kinds: &[CellKind],
        added: Added<'_>,
    ) -> Result<Vec<u8>, Error> {
        match self.kind() {
            SourceKind::Delimited { delimiter, .. }
                if delimiter == Delimiter::from_separators(separators) =>
            {
                self.with_columns(kinds, added)
            }
            _ => self.rewritten(separators, kinds, added),
        }
    }

    fn rewritten(
        &self,
        separators: Separators,
        kinds: &[CellKind],
        added: Added<'_>,
    ) -> Result<Vec<u8>, Error> {
        let mut writer = csv::Writer::new(separators);
        let is_plain = kinds.contains(&CellKind::Plain);
        let kind_of = |row, column| match kind_of(self.content(row, column)) {
            CellKind::Text if is_plain => CellKind::Plain,
            kind => kind,
        };
        for row in 0..self.rows() {
            let Some(cells) = added(row) else { continue };
            let own = (0..self.columns()).map(|column| self.cell(row, column));
            let own: Vec<_> = own.enumerate().map(|(column, cell)| (kind_of(row, column), cell)).collect();
            let own = own.iter().map(|(kind, cell)| (*kind, cell.as_ref()));
            writer.push(own.chain(kinds.iter().copied().zip(cells.iter().map(String::as_str))))?;
        }
        writer.finish()
    }
}

/// The kind of a cell with such content. A number whose format adds zeros or a per cent sign becomes a text.
fn kind_of(content: Content) -> CellKind {
    if content == Content::Number { CellKind::Number } else { CellKind::Text }
}
