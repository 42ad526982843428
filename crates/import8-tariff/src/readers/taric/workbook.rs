//! Workbooks of Excel, read row by row: the texts that cells share are in memory, the sheets are not.

use std::io::{Read, Seek};

use jiff::civil::Date;
use quick_xml::events::Event;
use zip::ZipArchive;
use zip::read::ZipFile;

use crate::readers::ReadError;
use crate::readers::xml::{Xml, attribute, push_text};

/// The most columns of a row that are read.
const MOST_COLUMNS: usize = 200;

/// The most sheets of a workbook.
const MOST_SHEETS: usize = 100;

/// The most bytes of the texts that cells share.
const MOST_SHARED_TEXT: usize = 192 << 20;

/// The most texts that cells share.
const MOST_SHARED: usize = 4_000_000;

/// The most bytes of the text of a cell: the 32,767 characters that Excel allows. Each cell of a row may have the same
/// shared text, so a longer one would fill the memory many times over.
const MOST_OF_A_CELL: usize = 32_767 * 4;

/// A file that can be read from any place.
pub(in crate::readers) trait Source: Read + Seek {}

impl<S: Read + Seek> Source for S {}

/// A cell: its text, and whether the workbook has it as a number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::readers) struct Cell {
    /// The text without blanks around it; a number with a decimal point and no exponent.
    pub(in crate::readers) text: String,
    /// Whether it is a number, such as a date that Excel counts in days.
    pub(in crate::readers) is_number: bool,
}

/// A workbook.
pub(in crate::readers) struct Workbook {
    archive: ZipArchive<Box<dyn Source>>,
    file: String,
    /// The names of the sheets and of their parts.
    sheets: Vec<(String, String)>,
    shared: Shared,
    /// Whether days are counted from 1904.
    pub(in crate::readers) is_1904: bool,
    /// The day on which the workbook was written, as it says itself.
    pub(in crate::readers) written: Option<Date>,
}

/// Texts that cells share, in one string.
#[derive(Debug, Default)]
struct Shared {
    texts: String,
    ends: Vec<usize>,
}

impl Shared {
    fn get(&self, number: usize) -> Option<&str> {
        let end = *self.ends.get(number)?;
        let begin = number.checked_sub(1).and_then(|before| self.ends.get(before).copied()).unwrap_or(0);
        self.texts.get(begin..end)
    }
}

impl Workbook {
    /// Opens a workbook. `file` is its name for messages.
    ///
    /// # Errors
    /// It is no workbook of Excel, is damaged, or unpacks to too much.
    pub(in crate::readers) fn open(source: Box<dyn Source>, file: &str) -> Result<Self, ReadError> {
        let damaged = |error: zip::result::ZipError| ReadError::unreadable(file, error);
        let archive = ZipArchive::new(source).map_err(damaged)?;
        let mut book = Self {
            archive,
            file: file.to_owned(),
            sheets: Vec::new(),
            shared: Shared::default(),
            is_1904: false,
            written: None,
        };
        let mut parts = Vec::new();
        book.each("xl/_rels/workbook.xml.rels", |event| {
            if let Event::Start(tag) = event
                && let (Some(id), Some(target)) = (attribute(tag, "Id"), attribute(tag, "Target"))
            {
                parts.push((id, target));
            }
        })?;
        let (mut sheets, mut is_1904) = (Vec::new(), false);
        let is_there = book.each("xl/workbook.xml", |event| {
            let Event::Start(tag) = event else { return };
            match tag.local_name().as_ref() {
                "sheet" => sheets.extend(attribute(tag, "name").zip(attribute(tag, "id"))),
                "workbookPr" => {
                    is_1904 = attribute(tag, "date1904").is_some_and(|is| matches!(&*is, "1" | "true"));
                }
                _ => {}
            }
        })?;
        if !is_there {
            return Err(ReadError::unreadable(file, "it is no workbook of Excel (.xlsx)"));
        }
        for (name, id) in sheets.into_iter().take(MOST_SHEETS) {
            if let Some((_, target)) = parts.iter().find(|(own, _)| *own == id) {
                let part = match target.strip_prefix('/') {
                    Some(absolute) => absolute.to_owned(),
                    None => format!("xl/{target}"),
                };
                book.sheets.push((name, part));
            }
        }
        book.is_1904 = is_1904;
        book.written = book.read_written()?;
        book.shared = book.read_shared()?;
        Ok(book)
    }

    /// The names of the sheets, in order.
    pub(in crate::readers) fn sheets(&self) -> Vec<String> {
        self.sheets.iter().map(|(name, _)| name.clone()).collect()
    }

    /// Reads a sheet row by row, from the top. `each` gets the number of the row as Excel counts, and its cells; it
    /// ends the reading with `false`. Rows without cells are left out.
    ///
    /// # Errors
    /// The sheet is damaged or unpacks to too much, and those of `each`.
    pub(in crate::readers) fn rows(
        &mut self,
        sheet: usize,
        mut each: impl FnMut(u64, &[Cell]) -> Result<bool, ReadError>,
    ) -> Result<(), ReadError> {
        let Some((_, part)) = self.sheets.get(sheet) else { return Ok(()) };
        let Some(at) = find(&self.archive, part) else {
            return Err(ReadError::unreadable(&self.file, "a sheet of it is missing"));
        };
        let part = open(&mut self.archive, at, &self.file)?;
        let mut xml = Xml::new(part.0, part.1, &self.file);
        let mut row = Row::default();
        let (mut cell, mut value, mut is_in_value) = (CellTag::default(), String::new(), false);
        loop {
            match xml.next()? {
                Event::Start(tag) => match tag.local_name().as_ref() {
                    "row" => {
                        let number = attribute(&tag, "r").and_then(|row| row.trim().parse().ok());
                        row.begin(number);
                    }
                    "c" => {
                        let own = attribute(&tag, "r").as_deref().and_then(column);
                        cell = CellTag { column: own.unwrap_or(row.next), kind: attribute(&tag, "t") };
                        row.next = cell.column.saturating_add(1);
                        value.clear();
                    }
                    "v" | "t" => is_in_value = true,
                    // How a text is pronounced is no part of it.
                    "rPh" => skip(&mut xml, "rPh")?,
                    _ => {}
                },
                Event::End(tag) => match tag.local_name().as_ref() {
                    "v" | "t" => is_in_value = false,
                    "c" => row.put(&cell, &value, &self.shared),
                    "row" => {
                        let is_used = row.cells.iter().any(|cell| !cell.text.is_empty());
                        if is_used && !each(row.number, &row.cells)? {
                            return Ok(());
                        }
                    }
                    "sheetData" => return Ok(()),
                    _ => {}
                },
                Event::Eof => {
                    return Err(ReadError::unreadable(&self.file, "the end of a sheet is missing"));
                }
                event if is_in_value => {
                    push_text(&mut value, &event);
                    check_cell(value.len(), &self.file)?;
                }
                _ => {}
            }
        }
    }

    /// Hands each event of a part to `look`. Whether there is such a part.
    fn each(&mut self, part: &str, mut look: impl FnMut(&Event<'_>)) -> Result<bool, ReadError> {
        let Some(at) = find(&self.archive, part) else { return Ok(false) };
        let part = open(&mut self.archive, at, &self.file)?;
        let mut xml = Xml::new(part.0, part.1, &self.file);
        loop {
            match xml.next()? {
                Event::Eof => return Ok(true),
                event => look(&event),
            }
        }
    }

    fn read_written(&mut self) -> Result<Option<Date>, ReadError> {
        let (mut text, mut is_in, mut written) = (String::new(), false, None);
        self.each("docProps/core.xml", |event| match event {
            Event::Start(tag) => is_in = matches!(tag.local_name().as_ref(), "created" | "modified"),
            Event::End(_) => {
                let day = text.get(..10).and_then(|day| day.parse::<Date>().ok());
                written = written.max(day);
                text.clear();
                is_in = false;
            }
            event if is_in => push_text(&mut text, event),
            _ => {}
        })?;
        Ok(written)
    }

    fn read_shared(&mut self) -> Result<Shared, ReadError> {
        let mut shared = Shared::default();
        let Some(at) = find(&self.archive, "xl/sharedStrings.xml") else { return Ok(shared) };
        let part = open(&mut self.archive, at, &self.file)?;
        let mut xml = Xml::new(part.0, part.1, &self.file);
        let mut is_in_text = false;
        loop {
            match xml.next()? {
                Event::Start(tag) => match tag.local_name().as_ref() {
                    "t" => is_in_text = true,
                    "rPh" => skip(&mut xml, "rPh")?,
                    _ => {}
                },
                Event::End(tag) => match tag.local_name().as_ref() {
                    "t" => is_in_text = false,
                    "si" => shared.ends.push(shared.texts.len()),
                    _ => {}
                },
                Event::Eof => return Ok(shared),
                event if is_in_text => {
                    push_text(&mut shared.texts, &event);
                    let begin = shared.ends.last().copied().unwrap_or_default();
                    check_cell(shared.texts.len().saturating_sub(begin), &self.file)?;
                }
                _ => {}
            }
            if shared.texts.len() > MOST_SHARED_TEXT || shared.ends.len() > MOST_SHARED {
                return Err(ReadError::too_large(&self.file, "it has more text than any tariff"));
            }
        }
    }
}

/// Whether a cell may have a text of so many bytes.
fn check_cell(bytes: usize, file: &str) -> Result<(), ReadError> {
    if bytes > MOST_OF_A_CELL {
        return Err(ReadError::too_large(file, "a cell of it has more text than Excel allows"));
    }
    Ok(())
}

/// The number of a part by its name, in any case, because not every program writes it alike.
fn find(archive: &ZipArchive<Box<dyn Source>>, part: &str) -> Option<usize> {
    archive
        .index_for_name(part)
        .or_else(|| archive.file_names_raw().position(|name| name.eq_ignore_ascii_case(part.as_bytes())))
}

/// A part with the number of bytes that it takes in the package.
fn open<'a>(
    archive: &'a mut ZipArchive<Box<dyn Source>>,
    at: usize,
    file: &str,
) -> Result<(ZipFile<'a, Box<dyn Source>>, u64), ReadError> {
    let part = archive.by_index(at).map_err(|error| ReadError::unreadable(file, error))?;
    let packed = part.compressed_size();
    Ok((part, packed))
}

/// Reads on to the end of an element.
fn skip<R: Read>(xml: &mut Xml<R>, name: &str) -> Result<(), ReadError> {
    loop {
        match xml.next()? {
            Event::End(tag) if tag.local_name().as_ref() == name => return Ok(()),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// The place and the type of the cell that is being read.
#[derive(Debug, Default)]
struct CellTag {
    column: usize,
    kind: Option<String>,
}

/// The row that is being read. Its cells are used again for the next row.
#[derive(Debug, Default)]
struct Row {
    number: u64,
    next: usize,
    cells: Vec<Cell>,
}

impl Row {
    fn begin(&mut self, number: Option<u64>) {
        self.number = number.unwrap_or(self.number.saturating_add(1));
        self.next = 0;
        for cell in &mut self.cells {
            cell.text.clear();
            cell.is_number = false;
        }
    }

    fn put(&mut self, tag: &CellTag, value: &str, shared: &Shared) {
        if value.is_empty() || tag.column >= MOST_COLUMNS {
            return;
        }
        if tag.column >= self.cells.len() {
            self.cells.resize_with(tag.column + 1, Cell::default);
        }
        let Some(cell) = self.cells.get_mut(tag.column) else { return };
        match tag.kind.as_deref() {
            Some("s") => {
                let text = value.trim().parse().ok().and_then(|number| shared.get(number));
                cell.text.push_str(unescaped(text.unwrap_or_default()).trim());
            }
            Some("inlineStr" | "str" | "d") => cell.text.push_str(unescaped(value).trim()),
            Some("b") => cell.text.push_str(value.trim()),
            // An error of a formula is no value.
            Some("e") => {}
            _ => match value.trim().parse::<f64>() {
                Ok(number) if number.is_finite() => {
                    cell.text = number.to_string();
                    cell.is_number = true;
                }
                _ => cell.text.push_str(value.trim()),
            },
        }
    }
}

/// A text without Excel's notation `_x000D_` for characters that XML lacks.
fn unescaped(text: &str) -> std::borrow::Cow<'_, str> {
    if !text.contains("_x") {
        return text.into();
    }
    let mut written = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("_x") {
        written.push_str(before);
        let code = after.get(..4).filter(|_| after.as_bytes().get(4) == Some(&b'_'));
        let sign = code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        match (sign, after.get(5..)) {
            (Some(sign), Some(after)) => {
                written.push(sign);
                rest = after;
            }
            _ => {
                written.push_str("_x");
                rest = after;
            }
        }
    }
    written.push_str(rest);
    written.into()
}

/// The column of a reference, from 0: 2 of `C17`.
fn column(reference: &str) -> Option<usize> {
    let letters = reference.bytes().filter(|sign| *sign != b'$').take_while(u8::is_ascii_alphabetic);
    let number = letters.take(4).fold(0_usize, |number, letter| {
        number * 26 + usize::from(letter.to_ascii_uppercase().saturating_sub(b'A')) + 1
    });
    number.checked_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_and_escaped_signs_are_read() {
        assert_eq!(
            [column("A1"), column("$L$20"), column("AA3"), column("7")],
            [Some(0), Some(11), Some(26), None]
        );
        for (written, text) in
            [("a_x000D_b", "a\rb"), ("_x005F_x", "_x"), ("_x00", "_x00"), ("_xzzzz_", "_xzzzz_")]
        {
            assert_eq!(unescaped(written), text);
        }
    }
}
