//! The used cells of a sheet: kept in order, with all texts in one string, so that a sheet of any size needs 16 bytes
//! a cell and its text once.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::number_format::NumberFormat;
use crate::reading::error::ReadError;
use crate::reading::facts::{Content, Hidden};
use crate::reading::limits::{MOST_COLUMNS, MOST_ROWS};

/// The most empty rows between two rows that are kept as rows. Cells that are farther below belong to no table: a
/// person typed them by accident.
const MOST_BLANK_ROWS: u32 = 1_000;

/// The most cells of a sheet: as many as a sheet with the most rows and fifty columns.
const MOST_CELLS: usize = MOST_ROWS * 50;

/// The most merged areas, counted in each of their columns. Further ones are read as their cells are.
const MOST_MERGED: usize = 1_000_000;

/// A position in a sheet: row and column, both from 0.
pub(super) type Position = (u32, u32);

/// An area of a sheet: its first and its last cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) first: Position,
    pub(super) last: Position,
}

/// What a sheet knows of its rows and columns.
#[derive(Debug, Default)]
pub(super) struct Layout {
    pub(super) hidden_rows: HashMap<u32, Hidden>,
    /// The first and the last of columns side by side that are hidden.
    pub(super) hidden_columns: Vec<(u32, u32)>,
    pub(super) merged: Vec<Area>,
}

/// The used cells of a sheet. Rows and columns are counted from 0 from the first used ones.
#[derive(Debug, Default)]
pub(super) struct Grid {
    texts: String,
    cells: Vec<Cell>,
    rows: Vec<Row>,
    /// The columns of the sheet that are columns here.
    columns: Vec<u32>,
    formats: Vec<NumberFormat>,
    layout: Layout,
    /// The merged areas of each column of the sheet, from the top.
    merged: HashMap<u32, Vec<Area>>,
    far_row: Option<u32>,
}

#[derive(Debug, Clone, Copy)]
struct Cell {
    column: u16,
    format: u16,
    content: Content,
    begin: u32,
    length: u32,
}

#[derive(Debug, Clone, Copy)]
struct Row {
    /// In the sheet, from 0.
    number: u32,
    /// Its cells in `cells`.
    begin: u32,
    end: u32,
}

/// Collects the cells of a sheet.
pub(super) struct Builder {
    texts: String,
    cells: Vec<(u32, Cell)>,
    /// The texts that many cells share, by their addresses.
    shared: HashMap<(usize, usize), u32>,
    formats: Vec<NumberFormat>,
}

impl Builder {
    pub(super) fn new(formats: Vec<NumberFormat>) -> Self {
        Self { texts: String::new(), cells: Vec::new(), shared: HashMap::new(), formats }
    }

    /// The format of a style by its number.
    pub(super) fn format(&self, style: usize) -> Option<&NumberFormat> {
        self.formats.get(style)
    }

    /// Adds a cell. `style` is the number of its format.
    ///
    /// # Errors
    /// [`ReadError::TooLarge`] if the sheet has too many cells or too much text.
    pub(super) fn push(
        &mut self,
        at: Position,
        content: Content,
        text: &str,
        style: usize,
    ) -> Result<(), ReadError> {
        let begin = self.texts.len();
        self.texts.push_str(text);
        self.add(at, content, begin, text.len(), style)
    }

    /// Adds a cell with a text that other cells have too, at the same address.
    ///
    /// # Errors
    /// See [`push`](Self::push).
    pub(super) fn push_shared(&mut self, at: Position, text: &str, style: usize) -> Result<(), ReadError> {
        let name = (text.as_ptr().addr(), text.len());
        if let Some(&begin) = self.shared.get(&name) {
            return self.add(
                at,
                Content::Text,
                usize::try_from(begin).unwrap_or_default(),
                text.len(),
                style,
            );
        }
        self.shared.insert(name, narrow(self.texts.len())?);
        self.push(at, Content::Text, text, style)
    }

    fn add(
        &mut self,
        (row, column): Position,
        content: Content,
        begin: usize,
        length: usize,
        style: usize,
    ) -> Result<(), ReadError> {
        if self.cells.len() == MOST_CELLS {
            return Err(ReadError::TooLarge);
        }
        let cell = Cell {
            column: u16::try_from(column).map_err(|_| ReadError::Damaged)?,
            format: u16::try_from(style).unwrap_or_default(),
            content,
            begin: narrow(begin)?,
            length: narrow(length)?,
        };
        self.cells.push((row, cell));
        Ok(())
    }

    /// The grid of all cells.
    ///
    /// # Errors
    /// [`ReadError::TooManyRows`] and [`ReadError::TooManyColumns`].
    pub(super) fn finish(mut self, mut layout: Layout) -> Result<Grid, ReadError> {
        // Files may have their cells in any order; of two at one position the last counts.
        if !self.cells.is_sorted_by_key(|(row, cell)| (*row, cell.column)) {
            self.cells.sort_by_key(|(row, cell)| (*row, cell.column));
        }
        let (rows, far_row) = rows(&self.cells)?;
        let columns = columns(&self.cells)?;
        let merged = by_column(std::mem::take(&mut layout.merged), &columns);
        let cells = self.cells.into_iter().map(|(_, cell)| cell).collect();
        let (texts, formats) = (self.texts, self.formats);
        Ok(Grid { texts, cells, rows, columns, formats, layout, merged, far_row })
    }
}

/// The rows of cells, and the first one below a gap of empty rows that are left out.
fn rows(cells: &[(u32, Cell)]) -> Result<(Vec<Row>, Option<u32>), ReadError> {
    let mut used: Vec<Row> = Vec::new();
    for (at, (number, _)) in (0_u32..).zip(cells) {
        match used.last_mut() {
            Some(row) if row.number == *number => row.end = at + 1,
            _ => used.push(Row { number: *number, begin: at, end: at + 1 }),
        }
    }
    if used.len() > MOST_ROWS {
        return Err(ReadError::TooManyRows { rows: used.len() });
    }
    let gaps = || used.windows(2).map(|pair| pair[1].number - pair[0].number - 1);
    let kept: u64 = gaps().filter(|&gap| gap <= MOST_BLANK_ROWS).map(u64::from).sum();
    let room = u64::try_from(MOST_ROWS - used.len()).unwrap_or_default();
    let most = if kept <= room { MOST_BLANK_ROWS } else { 0 };
    let far_row = used.iter().skip(1).zip(gaps()).find(|(_, gap)| *gap > most).map(|(row, _)| row.number);
    let mut rows: Vec<Row> = Vec::with_capacity(used.len());
    for row in used {
        if let Some(above) = rows.last().copied().filter(|above| row.number - above.number - 1 <= most) {
            let blank = |number| Row { number, begin: above.end, end: above.end };
            rows.extend((above.number + 1..row.number).map(blank));
        }
        rows.push(row);
    }
    Ok((rows, far_row))
}

/// The columns from the first used one to the last. If these are too many, those without a cell are left out.
fn columns(cells: &[(u32, Cell)]) -> Result<Vec<u32>, ReadError> {
    let used: HashSet<u16> = cells.iter().map(|(_, cell)| cell.column).collect();
    let (Some(first), Some(last)) = (used.iter().min(), used.iter().max()) else { return Ok(Vec::new()) };
    let all = (*first..=*last).map(u32::from);
    let mut columns: Vec<u32> = match usize::from(last - first) < MOST_COLUMNS {
        true => all.collect(),
        false => used.iter().copied().map(u32::from).collect(),
    };
    columns.sort_unstable();
    if columns.len() > MOST_COLUMNS {
        return Err(ReadError::TooManyColumns { columns: columns.len() });
    }
    Ok(columns)
}

impl Grid {
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub(super) fn rows(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn columns(&self) -> usize {
        self.columns.len()
    }

    /// The number of a row in the sheet, from 0.
    pub(super) fn sheet_row(&self, row: usize) -> Option<u32> {
        self.rows.get(row).map(|row| row.number)
    }

    /// The first row below empty rows that are left out, by its number in the sheet, from 0.
    pub(super) fn far_row(&self) -> Option<u32> {
        self.far_row
    }

    pub(super) fn row_is_hidden(&self, row: usize) -> Option<Hidden> {
        self.layout.hidden_rows.get(&self.sheet_row(row)?).copied()
    }

    pub(super) fn column_is_hidden(&self, column: usize) -> bool {
        let is_in = |column: &u32| {
            self.layout.hidden_columns.iter().any(|(first, last)| (first..=last).contains(&column))
        };
        self.columns.get(column).is_some_and(is_in)
    }

    /// The number of columns up to the last cell that the row has itself.
    pub(super) fn width(&self, row: usize) -> usize {
        let last = self.rows.get(row).and_then(|row| self.own(row).last());
        last.map_or(0, |cell| self.columns.partition_point(|&column| column <= u32::from(cell.column)))
    }

    pub(super) fn content(&self, row: usize, column: usize) -> Content {
        self.find(row, column).map_or(Content::Empty, |cell| cell.content)
    }

    pub(super) fn currency(&self, row: usize, column: usize) -> Option<&'static str> {
        let cell = self.find(row, column).filter(|cell| cell.content == Content::Number)?;
        self.formats.get(usize::from(cell.format))?.currency
    }

    pub(super) fn text(&self, row: usize, column: usize) -> Cow<'_, str> {
        let text = |cell: &Cell| {
            let (begin, length) = (usize::try_from(cell.begin).ok()?, usize::try_from(cell.length).ok()?);
            self.texts.get(begin..begin + length)
        };
        Cow::Borrowed(self.find(row, column).and_then(text).unwrap_or_default())
    }

    /// The cell at a place, or the first one of the merged area around it.
    fn find(&self, row: usize, column: usize) -> Option<&Cell> {
        let (row, column) = (self.rows.get(row)?, *self.columns.get(column)?);
        self.cell(row, column).or_else(|| {
            let (row, column) = self.merged_first(row.number, column)?;
            let at = self.rows.binary_search_by_key(&row, |row| row.number).ok()?;
            self.cell(self.rows.get(at)?, column)
        })
    }

    fn own(&self, row: &Row) -> &[Cell] {
        let range =
            usize::try_from(row.begin).unwrap_or_default()..usize::try_from(row.end).unwrap_or_default();
        self.cells.get(range).unwrap_or_default()
    }

    fn cell(&self, row: &Row, column: u32) -> Option<&Cell> {
        let cells = self.own(row);
        let after = cells.partition_point(|cell| u32::from(cell.column) <= column);
        cells.get(after.checked_sub(1)?).filter(|cell| u32::from(cell.column) == column)
    }

    /// The first cell of the merged area that contains a cell. Areas do not overlap.
    fn merged_first(&self, row: u32, column: u32) -> Option<Position> {
        let areas = self.merged.get(&column)?;
        let begun = areas.partition_point(|area| area.first.0 <= row);
        areas.get(begun.checked_sub(1)?).filter(|area| area.last.0 >= row).map(|area| area.first)
    }
}

/// Merged areas by the columns in which they are.
fn by_column(mut areas: Vec<Area>, columns: &[u32]) -> HashMap<u32, Vec<Area>> {
    areas.sort_by_key(|area| area.first);
    let mut merged: HashMap<u32, Vec<Area>> = HashMap::new();
    let each = areas.iter().flat_map(|area| {
        let is_in = |column: &&u32| (area.first.1..=area.last.1).contains(*column);
        columns.iter().filter(is_in).map(move |column| (*column, *area))
    });
    for (column, area) in each.take(MOST_MERGED) {
        merged.entry(column).or_default().push(area);
    }
    merged
}

fn narrow(number: usize) -> Result<u32, ReadError> {
    u32::try_from(number).map_err(|_| ReadError::TooLarge)
}
