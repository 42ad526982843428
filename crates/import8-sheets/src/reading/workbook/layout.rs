//! The facts of a sheet that calamine does not return: hidden rows and columns, filters, merged areas, and formulas
//! without a result. Read from the sheet's XML in one pass; calamine would need one for each of the two it knows.

use std::collections::HashSet;
use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

use super::grid::{Area, Layout, Position};
use crate::reading::error::ReadError;
use crate::reading::facts::Hidden;

/// The highest row and column of a sheet, from 0.
const LAST: Position = (1_048_575, 16_383);

/// What the XML of a sheet says beside the values of its cells.
#[derive(Debug, Default)]
pub(super) struct SheetXml {
    pub(super) layout: Layout,
    /// The cells with a formula whose result is not stored.
    pub(super) unresolved: Vec<Position>,
    /// The cells with a formula whose stored result is 0. Programs that do not calculate store it too.
    pub(super) zeros: Vec<Position>,
    filters: Vec<Area>,
    hidden: HashSet<u32>,
    is_filtered: bool,
}

impl SheetXml {
    /// Reads the XML of a sheet.
    ///
    /// # Errors
    /// [`ReadError::Damaged`] if it is no XML.
    pub(super) fn read(xml: impl BufRead) -> Result<Self, ReadError> {
        let mut reader = reader(xml);
        let (mut sheet, mut cell) = (Self::default(), CellXml::default());
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            match reader.read_event_into(&mut buffer).map_err(|_| ReadError::Damaged)? {
                Event::Start(tag) => sheet.open(&tag, &mut cell),
                Event::End(tag) => match tag.local_name().as_ref() {
                    "row" => cell.at = (cell.at.0.saturating_add(1), 0),
                    "c" => sheet.close(&mut cell),
                    _ => cell.is_in_value = false,
                },
                Event::Text(text) if cell.is_in_value => {
                    cell.is_zero = text.trim() == "0";
                    cell.has_value = true;
                }
                Event::Eof => break,
                _ => {}
            }
        }
        Ok(sheet)
    }

    /// Adds the filter of a table on the sheet.
    pub(super) fn add_table(&mut self, xml: impl BufRead) {
        let mut reader = reader(xml);
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            match reader.read_event_into(&mut buffer) {
                Ok(Event::Start(tag)) if tag.local_name().as_ref() == "autoFilter" => {
                    self.filters.extend(attribute(&tag, "ref").as_deref().and_then(area));
                }
                Ok(Event::Eof) | Err(_) => return,
                Ok(_) => {}
            }
        }
    }

    /// The layout, once all filters are known.
    pub(super) fn finish(mut self) -> (Layout, Vec<Position>, Vec<Position>) {
        let is_filtered = |row: u32| {
            let has_row = |filter: &Area| filter.first.0 < row && row <= filter.last.0;
            self.filters.iter().any(has_row) || (self.is_filtered && self.filters.is_empty())
        };
        let how = |row| if is_filtered(row) { Hidden::ByFilter } else { Hidden::ByHand };
        self.layout.hidden_rows = self.hidden.iter().map(|&row| (row, how(row))).collect();
        (self.layout, self.unresolved, self.zeros)
    }

    fn open(&mut self, tag: &BytesStart<'_>, cell: &mut CellXml) {
        let is_set = |name| attribute(tag, name).is_some_and(|value| value == "1" || value == "true");
        let is_nothing = |name| attribute(tag, name).is_some_and(|value| value.parse() == Ok(0.0));
        match tag.local_name().as_ref() {
            "c" => {
                // A sheet has many cells: their attributes are read without a copy.
                for own in tag.attributes().with_checks(false).flatten() {
                    match own.key.as_ref() {
                        "r" => cell.at = position(&own.value).unwrap_or(cell.at),
                        "t" => cell.is_text = own.value == "str",
                        _ => {}
                    }
                }
            }
            "f" => cell.has_formula = true,
            "v" => {
                cell.is_in_value = true;
                // The empty text is the result of many formulas.
                cell.has_value = cell.is_text;
            }
            "is" => cell.has_value = true,
            "row" => {
                if let Some(row) = attribute(tag, "r").and_then(|row| row.parse::<u32>().ok()) {
                    cell.at = (row.saturating_sub(1), 0);
                }
                if is_set("hidden") || is_nothing("ht") {
                    self.hidden.insert(cell.at.0);
                }
            }
            "col" if is_set("hidden") || is_nothing("width") => {
                let end =
                    |name| attribute(tag, name).and_then(|column| column.parse::<u32>().ok()?.checked_sub(1));
                self.layout.hidden_columns.extend(end("min").zip(end("max")));
            }
            "mergeCell" => self.layout.merged.extend(attribute(tag, "ref").as_deref().and_then(area)),
            "autoFilter" => self.filters.extend(attribute(tag, "ref").as_deref().and_then(area)),
            "sheetPr" => self.is_filtered = is_set("filterMode"),
            _ => {}
        }
    }

    fn close(&mut self, cell: &mut CellXml) {
        if cell.has_formula && !cell.has_value {
            self.unresolved.push(cell.at);
        } else if cell.has_formula && cell.is_zero {
            self.zeros.push(cell.at);
        }
        *cell = CellXml { at: (cell.at.0, cell.at.1.saturating_add(1)), ..CellXml::default() };
    }
}

/// The cell that is being read.
#[derive(Debug, Default)]
struct CellXml {
    at: Position,
    has_formula: bool,
    has_value: bool,
    is_in_value: bool,
    is_text: bool,
    is_zero: bool,
}

/// A reader of XML that reports an empty element as its start and its end.
pub(super) fn reader<R: BufRead>(xml: R) -> Reader<R> {
    let mut reader = Reader::from_reader(xml);
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.check_end_names = false;
    reader
}

/// The value of an attribute by its name without a prefix.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let is_named = |own: &str| own.rsplit(':').next() == Some(name);
    let found = tag.attributes().with_checks(false).flatten().find(|own| is_named(own.key.as_ref()))?;
    unescape(&found.value).ok().map(std::borrow::Cow::into_owned)
}

/// The area of a reference: `A2:E6`, or one cell.
fn area(reference: &str) -> Option<Area> {
    let (first, last) = reference.split_once(':').unwrap_or((reference, reference));
    let (first, last) = (position(first)?, position(last)?);
    Some(Area { first, last })
}

/// The position of a cell: `B7`, `$B$7`. `None` beyond the end of a sheet.
fn position(reference: &str) -> Option<Position> {
    let digits = reference.find(|sign: char| sign.is_ascii_digit())?;
    let (letters, row) = reference.split_at(digits);
    let column =
        letters.bytes().filter(|letter| *letter != b'$').try_fold(0_u32, |column, letter| match letter {
            b'A'..=b'Z' | b'a'..=b'z' => {
                column.checked_mul(26)?.checked_add(u32::from(letter.to_ascii_uppercase() - b'A') + 1)
            }
            _ => None,
        })?;
    let at = (row.parse::<u32>().ok()?.checked_sub(1)?, column.checked_sub(1)?);
    (at.0 <= LAST.0 && at.1 <= LAST.1).then_some(at)
}
