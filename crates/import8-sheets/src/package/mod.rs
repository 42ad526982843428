//! Workbooks of Excel as packages: adds columns to a sheet and leaves everything else as it is.
//!
//! Only two parts of the package are written again: the sheet, and the styles if the added cells need formats of
//! their own. All others keep their packed bytes, so other sheets, macros, drawings, comments and everything that
//! this crate does not know come back as they were. Within the sheet, the bytes of everything are copied except of
//! the tags that the columns concern.
//!
//! The columns stand to the right of everything that the sheet contains: cells with a value or a formula, tables,
//! and merged areas in the rows that get cells. Cells that have a format only are no content. Where an added cell
//! falls on one, it takes its format over.
//!
//! A digital signature of the workbook stays in the package, and Excel says that it is no longer valid.

mod archive;
mod columns;
mod reference;
mod row;
mod sheet;
mod styles;
mod value;
mod xml;

use std::collections::HashMap;

use zip::PreparedZipFile;
use zip::write::ZipFileBuilder;

use self::archive::{Archive, each_tag};
use self::reference::{Area, LAST_COLUMN, letters};
pub(crate) use self::row::Row;
use self::sheet::{Edit, Layout};
use self::styles::Styles;
use crate::column::CellKind;
use crate::error::Error;
use crate::reading::WorkbookKind;

/// The most characters of a cell, in UTF-16 code units.
const LONGEST: usize = 32_767;

/// The kind of a package, by the type of the content that it declares.
pub(crate) fn kind(file: &[u8]) -> WorkbookKind {
    Archive::new(file).and_then(|mut archive| archive.kind()).unwrap_or(WorkbookKind::Xlsx)
}

/// Adds columns of these kinds to a sheet of a workbook. The rows are in the order of their numbers.
///
/// # Errors
/// [`Error::Structure`] if the package cannot be edited, [`Error::NoRoom`] if the sheet ends before the columns do, and
/// [`Error::TextTooLong`].
pub(crate) fn with_columns(
    file: &[u8],
    sheet: &str,
    kinds: &[CellKind],
    mut rows: Vec<Row>,
) -> Result<Vec<u8>, Error> {
    rows.retain(|row| row.texts.iter().any(|text| !text.is_empty()));
    if rows.is_empty() {
        return Ok(file.to_vec());
    }
    let mut archive = Archive::new(file)?;
    let parts = archive.parts(sheet)?;
    let mut layout = Layout::read(archive.reader(parts.sheet)?, &rows)?;
    for table in &parts.tables {
        each_tag(archive.reader(*table)?, |tag| {
            if tag.local_name().as_ref() == "table" {
                layout.keep_clear(xml::attribute(tag, "ref").and_then(|area| Area::parse(&area)));
            }
        })?;
    }
    let first = layout.last_column + 1;
    let last = layout.last_column.saturating_add(u32::try_from(kinds.len()).unwrap_or(LAST_COLUMN));
    if last > LAST_COLUMN {
        return Err(Error::NoRoom);
    }
    for row in &rows {
        let mut columns = (first..).zip(&row.texts);
        if let Some((column, _)) = columns.find(|(_, text)| text.encode_utf16().count() > LONGEST) {
            let row = usize::try_from(row.number).unwrap_or(usize::MAX);
            return Err(Error::TextTooLong { row, column: letters(column) });
        }
    }
    let mut styles = match parts.styles {
        Some(number) => Styles::read(&archive.part(number)?)?,
        None => None,
    };
    let mut replaced = HashMap::new();
    let (name, options) = archive.header(parts.sheet)?;
    let mut written = ZipFileBuilder::new(name, options)?;
    Edit::new(layout, kinds, rows, parts.is_1904, styles.as_mut(), &mut written)
        .run(archive.reader(parts.sheet)?)?;
    replaced.insert(parts.sheet, written.finish()?);
    if let (Some(number), Some(text)) = (parts.styles, styles.and_then(|styles| styles.write())) {
        let (name, options) = archive.header(number)?;
        replaced.insert(number, PreparedZipFile::from_data(name, options, text.as_bytes())?);
    }
    archive.with(replaced)
}
