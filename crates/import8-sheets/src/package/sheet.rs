//! A sheet of a workbook: finds where its cells are, and writes it again with added cells.

use std::collections::{HashSet, VecDeque};
use std::io::{BufRead, Write};

use quick_xml::events::{BytesStart, Event};

use super::columns::{Columns, Span, style_of};
use super::reference::{Area, cell, letters};
use super::row::Row;
use super::styles::{NumberFormat, Styles};
use super::value::{self, Value};
use super::xml::{self, Events, attribute, is_true, number, prefix, with_attributes};
use crate::column::CellKind;
use crate::error::Error;

/// The elements of a sheet that follow its ignored errors.
const AFTER_IGNORED: [&str; 12] = [
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "AlternateContent",
    "webPublishItems",
    "tableParts",
    "extLst",
];

/// What a sheet contains, and where.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// The last column with content, from 1; 0 if there is none.
    pub(super) last_column: u32,
    prefix: String,
    /// The rows that have an element, in any order.
    rows: HashSet<u32>,
    spans: Vec<Span>,
    has_columns: bool,
    has_ignored: bool,
}

/// The row and column of the element that is read, from 1. Both may be left out in a file, and count on then.
#[derive(Debug, Default)]
struct Position {
    row: u32,
    column: u32,
}

impl Position {
    fn enter_row(&mut self, tag: &BytesStart<'_>) -> u32 {
        self.row = number(tag, "r").unwrap_or(self.row.saturating_add(1));
        self.column = 0;
        self.row
    }

    fn enter_cell(&mut self, tag: &BytesStart<'_>) -> u32 {
        let named = attribute(tag, "r").and_then(|reference| cell(&reference));
        self.column = named.map_or(self.column.saturating_add(1), |(column, _)| column);
        self.column
    }
}

impl Layout {
    /// Reads a sheet that gets cells in these rows.
    ///
    /// # Errors
    /// [`Error::Structure`] if it is no sheet with cells.
    pub(super) fn read(part: impl BufRead, added: &[Row]) -> Result<Self, Error> {
        let mut layout = Self::default();
        let mut position = Position::default();
        let (mut depth, mut is_data, mut has_data) = (0_usize, false, false);
        let mut events = Events::new(part);
        loop {
            match events.next()?.0 {
                Event::Eof if has_data => return Ok(layout),
                Event::Eof => return Err(Error::Structure("the sheet has no cells".to_owned())),
                Event::Start(tag) => {
                    let is_begun = depth == 1 && tag.local_name().as_ref() == "sheetData";
                    (is_data, has_data) = (is_data || is_begun, has_data || is_begun);
                    layout.see(&tag, depth, is_data, &mut position, added);
                    depth += 1;
                }
                Event::Empty(tag) => {
                    has_data = has_data || (depth == 1 && tag.local_name().as_ref() == "sheetData");
                    layout.see(&tag, depth, is_data, &mut position, added);
                }
                Event::End(_) => {
                    depth = depth.saturating_sub(1);
                    is_data = is_data && depth > 1;
                }
                _ => (),
            }
        }
    }

    fn see(
        &mut self,
        tag: &BytesStart<'_>,
        depth: usize,
        is_data: bool,
        position: &mut Position,
        added: &[Row],
    ) {
        match (depth, tag.local_name().as_ref()) {
            (1, "sheetData") => self.prefix = prefix(tag),
            (1, "cols") => self.has_columns = true,
            (1, "ignoredErrors") => self.has_ignored = true,
            (1, "autoFilter") => self.keep_clear(attribute(tag, "ref").and_then(|area| Area::parse(&area))),
            (2, "col") => self.spans.extend(Span::new(tag)),
            (2, "mergeCell") => {
                let area = attribute(tag, "ref").and_then(|area| Area::parse(&area));
                let is_filled = |area: &Area| {
                    let next = added.partition_point(|row| row.number < area.first_row);
                    added.get(next).is_some_and(|row| row.number <= area.last_row)
                };
                self.keep_clear(area.filter(is_filled));
            }
            (2, "row") if is_data => {
                self.rows.insert(position.enter_row(tag));
            }
            (3, "c") if is_data => {
                position.enter_cell(tag);
            }
            (4, "v" | "f" | "is") if is_data => self.last_column = self.last_column.max(position.column),
            _ => (),
        }
    }

    /// Counts an area as content.
    pub(super) fn keep_clear(&mut self, area: Option<Area>) {
        self.last_column = self.last_column.max(area.map_or(0, |area| area.last_column));
    }
}

/// An added cell: its column, its kind and its text.
type NewCell = (u32, CellKind, String);

/// Writes a sheet again with added cells.
pub(super) struct Edit<'a, W> {
    layout: Layout,
    columns: Columns,
    kinds: &'a [CellKind],
    /// The rows with added cells, in order. Those before `next` are written, or have an element below.
    rows: Vec<Row>,
    next: usize,
    /// The area of the added cells, and the areas of those with codes.
    area: Option<Area>,
    codes: String,
    is_1904: bool,
    styles: Option<&'a mut Styles>,
    out: W,
    depth: usize,
    is_data: bool,
    /// The depth of an element that is left out.
    skipped: Option<usize>,
    position: Position,
    row: RowState,
}

/// The state of the row that is written.
#[derive(Debug, Default)]
struct RowState {
    /// The added cells that are not written yet.
    cells: VecDeque<NewCell>,
    /// Its own cell format.
    style: Option<u32>,
    /// The cell format of its last cell with content, if the row has the titles.
    of_titles: Option<u32>,
    has_titles: bool,
}

impl<'a, W: Write> Edit<'a, W> {
    /// Prepares to add `rows`, in order, with columns of these kinds.
    pub(super) fn new(
        layout: Layout,
        kinds: &'a [CellKind],
        rows: Vec<Row>,
        is_1904: bool,
        styles: Option<&'a mut Styles>,
        out: W,
    ) -> Self {
        let columns =
            Columns::new(layout.last_column + 1, kinds.len(), rows.iter().map(|row| row.texts.as_slice()));
        let ends = rows.first().zip(rows.last()).map(|(first, last)| (first.number, last.number));
        let part = |first_column: u32, last_column: u32| {
            ends.map(|(first_row, last_row)| Area { first_row, last_row, first_column, last_column })
        };
        let last = layout.last_column.saturating_add(u32::try_from(kinds.len()).unwrap_or_default());
        let of_codes = (columns.first..).zip(kinds).filter(|(_, kind)| **kind == CellKind::Code);
        let codes: Vec<_> = of_codes.filter_map(|(column, _)| part(column, column)).map(Area::text).collect();
        Self {
            area: part(columns.first, last),
            codes: codes.join(" "),
            layout,
            columns,
            kinds,
            rows,
            next: 0,
            is_1904,
            styles,
            out,
            depth: 0,
            is_data: false,
            skipped: None,
            position: Position::default(),
            row: RowState::default(),
        }
    }

    /// Writes the sheet.
    ///
    /// # Errors
    /// [`Error::Structure`] if it cannot be read.
    pub(super) fn run(mut self, part: impl BufRead) -> Result<(), Error> {
        let mut events = Events::new(part);
        loop {
            let (event, raw) = events.next()?;
            match event {
                Event::Eof => return Ok(()),
                Event::Start(tag) => {
                    self.open(&tag, raw, false)?;
                    self.depth += 1;
                }
                Event::Empty(tag) => self.open(&tag, raw, true)?,
                Event::End(tag) => {
                    self.depth = self.depth.saturating_sub(1);
                    self.close(tag.local_name().as_ref(), raw)?;
                }
                _ if self.skipped.is_some() => (),
                _ => self.write(raw)?,
            }
        }
    }

    fn open(&mut self, tag: &BytesStart<'_>, raw: &[u8], is_empty: bool) -> Result<(), Error> {
        if self.skipped.is_some() {
            return Ok(());
        }
        let local = tag.local_name();
        match (self.depth, local.as_ref()) {
            (1, "dimension") => {
                let own = attribute(tag, "ref").and_then(|area| Area::parse(&area));
                let area = own.zip(self.area).map(|(own, new)| {
                    own.with(new.first_row, new.first_column).with(new.last_row, new.last_column).text()
                });
                match area {
                    None => self.write(raw),
                    area => self.write_tag(tag, &[("ref", area)], is_empty),
                }
            }
            (1, "cols") if is_empty => {
                let own = self.columns.rest(&self.layout.prefix, &self.layout.spans);
                self.write_tag(tag, &[], false)?;
                self.write(own)?;
                self.write(format!("</{}>", tag.name().as_ref()))
            }
            (2, "col") => match self.columns.instead(tag, &self.layout.prefix, &self.layout.spans) {
                None => self.write(raw),
                Some(instead) => {
                    self.skipped = (!is_empty).then_some(self.depth);
                    self.write(instead)
                }
            },
            (1, "sheetData") => self.open_data(tag, raw, is_empty),
            (2, "row") if self.is_data => self.open_row(tag, raw, is_empty),
            (3, "c") if self.is_data => self.open_cell(tag, raw, is_empty),
            (1, "ignoredErrors") => {
                let own = self.ignored();
                self.write_tag(tag, &[], false)?;
                self.write(own)?;
                if is_empty { self.write(format!("</{}>", tag.name().as_ref())) } else { Ok(()) }
            }
            (1, name) if AFTER_IGNORED.contains(&name) => {
                self.write_ignored()?;
                self.write(raw)
            }
            _ => self.write(raw),
        }
    }

    /// Handles an end tag. `depth` is that of its element.
    fn close(&mut self, name: &str, raw: &[u8]) -> Result<(), Error> {
        if let Some(skipped) = self.skipped {
            if skipped == self.depth {
                self.skipped = None;
            }
            return Ok(());
        }
        match self.depth {
            2 if self.is_data => self.write_cells(None)?,
            1 if self.is_data => {
                self.write_rows_before(None)?;
                self.is_data = false;
            }
            1 if name == "cols" => {
                let own = self.columns.rest(&self.layout.prefix, &self.layout.spans);
                self.write(own)?;
            }
            0 => self.write_ignored()?,
            _ => (),
        }
        self.write(raw)
    }

    fn open_data(&mut self, tag: &BytesStart<'_>, raw: &[u8], is_empty: bool) -> Result<(), Error> {
        if !self.layout.has_columns {
            let own = self.columns.rest(&self.layout.prefix, &self.layout.spans);
            let prefix = self.layout.prefix.clone();
            self.write(format!("<{prefix}cols>{own}</{prefix}cols>"))?;
        }
        if !is_empty {
            self.is_data = true;
            return self.write(raw);
        }
        self.write_tag(tag, &[], false)?;
        self.write_rows_before(None)?;
        self.write(format!("</{}>", tag.name().as_ref()))
    }

    fn open_row(&mut self, tag: &BytesStart<'_>, raw: &[u8], is_empty: bool) -> Result<(), Error> {
        let number = self.position.enter_row(tag);
        self.write_rows_before(Some(number))?;
        self.begin_row(number);
        if self.row.cells.is_empty() {
            return self.write(raw);
        }
        self.row.style = xml::number(tag, "s").filter(|_| is_true(tag, "customFormat"));
        if is_empty || attribute(tag, "spans").is_some() {
            // The attribute names the columns of a row, only to read it faster.
            self.write_tag(tag, &[("spans", None)], false)?;
        } else {
            self.write(raw)?;
        }
        if is_empty {
            self.write_cells(None)?;
            self.write(format!("</{}>", tag.name().as_ref()))?;
        }
        Ok(())
    }

    /// Takes the cells of a row.
    fn begin_row(&mut self, number: u32) {
        let at = self.rows.partition_point(|row| row.number < number);
        let found = self.rows.get_mut(at).filter(|row| row.number == number);
        let texts = found.map(|row| std::mem::take(&mut row.texts)).unwrap_or_default();
        let cells = (self.columns.first..).zip(self.kinds).zip(texts);
        let cells = cells.map(|((column, kind), text)| (column, *kind, text));
        let cells = cells.filter(|(_, _, text)| !text.is_empty()).collect();
        self.row = RowState { cells, has_titles: at == 0, ..RowState::default() };
    }

    fn open_cell(&mut self, tag: &BytesStart<'_>, raw: &[u8], is_empty: bool) -> Result<(), Error> {
        let column = self.position.enter_cell(tag);
        let style = number(tag, "s");
        if self.row.has_titles && column <= self.layout.last_column {
            self.row.of_titles = style;
        }
        self.write_cells(Some(column))?;
        match self.row.cells.pop_front_if(|(new, _, _)| *new == column) {
            None => self.write(raw),
            Some(new) => {
                self.skipped = (!is_empty).then_some(self.depth);
                self.write_cell(&new, self.position.row, Some(style.unwrap_or_default()))
            }
        }
    }

    /// Writes the added cells of the row before a column, or all.
    fn write_cells(&mut self, before: Option<u32>) -> Result<(), Error> {
        let is_before = |(column, _, _): &mut NewCell| before.is_none_or(|before| *column < before);
        while let Some(new) = self.row.cells.pop_front_if(is_before) {
            self.write_cell(&new, self.position.row, None)?;
        }
        Ok(())
    }

    /// Writes the rows before a number, or all, that have no element of their own.
    fn write_rows_before(&mut self, before: Option<u32>) -> Result<(), Error> {
        while let Some(row) =
            self.rows.get(self.next).filter(|row| before.is_none_or(|before| row.number < before))
        {
            let number = row.number;
            self.next += 1;
            if !self.layout.rows.contains(&number) {
                let position = std::mem::replace(&mut self.position, Position { row: number, column: 0 });
                self.begin_row(number);
                self.write(format!("<{}row r=\"{number}\">", self.layout.prefix))?;
                self.write_cells(None)?;
                self.write(format!("</{}row>", self.layout.prefix))?;
                self.position = position;
            }
        }
        Ok(())
    }

    /// Writes an added cell. `own` is the format of the empty cell that it replaces.
    fn write_cell(
        &mut self,
        (column, kind, text): &NewCell,
        row: u32,
        own: Option<u32>,
    ) -> Result<(), Error> {
        let surroundings = || {
            let of_column = || style_of(*column, &self.layout.spans);
            self.row.of_titles.or(self.row.style).or_else(of_column).unwrap_or_default()
        };
        let base = own.unwrap_or_else(surroundings);
        let (mut value, format) = value::value(*kind, text, self.is_1904);
        let style = match (format, &mut self.styles) {
            (None, _) => base,
            (Some(format), Some(styles)) => styles.with_format(base, format),
            (Some(NumberFormat::Time), None) => {
                // Without a format, it would be shown as a number.
                value = Value::Text(text);
                base
            }
            (Some(_), None) => base,
        };
        let reference = format!("{}{row}", letters(*column));
        let cell = value::cell(&self.layout.prefix, &reference, style, &value);
        self.write(cell)
    }

    /// Has Excel show no warning beside codes, which are digits in text cells.
    fn ignored(&self) -> String {
        match &*self.codes {
            "" => String::new(),
            codes => {
                format!("<{}ignoredError sqref=\"{codes}\" numberStoredAsText=\"1\"/>", self.layout.prefix)
            }
        }
    }

    fn write_ignored(&mut self) -> Result<(), Error> {
        let own = self.ignored();
        if own.is_empty() || std::mem::replace(&mut self.layout.has_ignored, true) {
            return Ok(());
        }
        let prefix = self.layout.prefix.clone();
        self.write(format!("<{prefix}ignoredErrors>{own}</{prefix}ignoredErrors>"))
    }

    fn write_tag(
        &mut self,
        tag: &BytesStart<'_>,
        changes: &[(&str, Option<String>)],
        is_empty: bool,
    ) -> Result<(), Error> {
        self.write(with_attributes(tag, changes, if is_empty { "/>" } else { ">" }))
    }

    fn write(&mut self, bytes: impl AsRef<[u8]>) -> Result<(), Error> {
        self.out.write_all(bytes.as_ref()).map_err(|error| Error::Other(error.to_string()))
    }
}
