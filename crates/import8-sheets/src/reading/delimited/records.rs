//! The rows and cells of a text with a delimiter (RFC 4180). Unlike the reader of the `csv` crate, with which it agrees
//! on texts whose quotation marks are right, it reads a mark that does not enclose a cell as text, so that an inch
//! mark swallows no rows, and knows where each row begins in the text.

use std::borrow::Cow;

/// The rows of a text, as offsets in it.
#[derive(Debug, Default)]
pub(super) struct Records {
    rows: Vec<Record>,
    cells: Vec<CellSpan>,
    /// The line of the first row with a mark that was read as text, counted from 1, and the number of such rows.
    pub(super) repaired: Option<(u64, u64)>,
}

#[derive(Debug, Clone, Copy)]
struct Record {
    /// The offset after the row above, before empty lines.
    begin: u32,
    /// The first of its cells.
    cells: u32,
    /// Its number as a spreadsheet counts, from 1.
    number: u32,
}

/// A cell in the text, without its quotation marks.
#[derive(Debug, Clone, Copy)]
struct CellSpan {
    begin: u32,
    end: u32,
    /// Whether it has marks that stand for others: two for one, or one after a backslash.
    escapes: Escapes,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Escapes {
    None,
    Doubled,
    Backslash,
}

impl Records {
    /// Reads the rows of a text from an offset, at most `most`.
    pub(super) fn read(text: &str, begin: usize, delimiter: u8, most: usize) -> Self {
        let mut scanner = Scanner::new(text, begin, delimiter);
        let mut records = Self::default();
        let (mut number, mut line, mut usual) = (0_u32, 1 + u64::from(begin > 0), None);
        while records.rows.len() < most {
            let row_begin = scanner.at;
            let blank = scanner.skip_blank_lines();
            if scanner.is_at_end() {
                break;
            }
            number = number.saturating_add(blank).saturating_add(1);
            line += u64::from(blank);
            let cells = records.cells.len();
            records.rows.push(Record { begin: narrow(row_begin), cells: narrow(cells), number });
            let lines = scanner.read_row(&mut records.cells, usual);
            let width = records.cells.len() - cells;
            usual = usual.or((width > 1).then_some(width));
            if std::mem::take(&mut scanner.is_repaired) {
                let (first, count) = records.repaired.unwrap_or((line, 0));
                records.repaired = Some((first, count + 1));
            }
            line += lines;
        }
        records
    }

    pub(super) fn rows(&self) -> usize {
        self.rows.len()
    }

    /// The number of cells of a row.
    pub(super) fn width(&self, row: usize) -> usize {
        let end = |row: usize| self.rows.get(row).map_or(self.cells.len(), |row| wide(row.cells));
        if row < self.rows.len() { end(row + 1) - end(row) } else { 0 }
    }

    /// The number of a row as a spreadsheet counts, from 1.
    pub(super) fn number(&self, row: usize) -> usize {
        self.rows.get(row).map_or(row + 1, |row| wide(row.number))
    }

    /// The offset after the row above, before empty lines.
    pub(super) fn begin(&self, row: usize) -> Option<usize> {
        self.rows.get(row).map(|row| wide(row.begin))
    }

    /// The text of a cell.
    pub(super) fn cell<'a>(&self, text: &'a str, row: usize, column: usize) -> Cow<'a, str> {
        let cell = self
            .rows
            .get(row)
            .filter(|_| column < self.width(row))
            .and_then(|row| self.cells.get(wide(row.cells) + column));
        let Some(cell) = cell else { return Cow::Borrowed("") };
        let text = text.get(wide(cell.begin)..wide(cell.end)).unwrap_or_default();
        match cell.escapes {
            Escapes::None => Cow::Borrowed(text),
            Escapes::Doubled => Cow::Owned(text.replace("\"\"", "\"")),
            Escapes::Backslash => Cow::Owned(text.replace("\\\"", "\"").replace("\"\"", "\"")),
        }
    }
}

/// Reads rows one after another.
struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
    delimiter: u8,
    /// Whether a backslash before a mark makes it a part of the cell.
    has_backslashes: bool,
    /// Whether no mark can close a cell any more.
    is_never_closed: bool,
    /// Whether the row has a mark that was read as text.
    is_repaired: bool,
}

impl<'a> Scanner<'a> {
    fn new(text: &'a str, begin: usize, delimiter: u8) -> Self {
        let bytes = text.as_bytes();
        let is_escape = |part: &[u8]| matches!(part, [b'\\', b'"', next] if ![delimiter, b'"', b'\r', b'\n'].contains(next));
        let has_backslashes = bytes.get(begin..).unwrap_or_default().windows(3).any(is_escape);
        Self { bytes, at: begin, delimiter, has_backslashes, is_never_closed: false, is_repaired: false }
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.bytes.get(at).copied()
    }

    fn is_at_end(&self) -> bool {
        self.at >= self.bytes.len()
    }

    /// Skips a line break, if there is one here.
    fn skip_line_break(&mut self) -> bool {
        let length = match (self.byte(self.at), self.byte(self.at + 1)) {
            (Some(b'\r'), Some(b'\n')) => 2,
            (Some(b'\r' | b'\n'), _) => 1,
            _ => 0,
        };
        self.at += length;
        length > 0
    }

    fn skip_blank_lines(&mut self) -> u32 {
        let mut lines = 0_u32;
        while self.skip_line_break() {
            lines = lines.saturating_add(1);
        }
        lines
    }

    /// Reads a row with its line break, and returns the number of its lines. `usual` is the number of cells of the
    /// rows above.
    fn read_row(&mut self, cells: &mut Vec<CellSpan>, usual: Option<usize>) -> u64 {
        let (begin, first) = (self.at, cells.len());
        self.read_cells(cells, self.bytes.len());
        let text = self.bytes.get(begin..self.at).unwrap_or_default();
        let breaks = line_breaks(text);
        if let Some(usual) = usual.filter(|_| breaks > 0) {
            let (end, whole, was_repaired) = (self.at, cells.split_off(first), self.is_repaired);
            let line = text.iter().position(|byte| matches!(byte, b'\r' | b'\n')).unwrap_or(text.len());
            self.at = begin;
            self.read_cells(cells, begin + line);
            let is_row = cells.len() - first == usual && (whole.len() != usual || self.are_rows(text, usual));
            if is_row {
                self.is_repaired = true;
                self.skip_line_break();
                return 1;
            }
            cells.truncate(first);
            cells.extend(whole);
            (self.at, self.is_repaired) = (end, was_repaired);
        }
        self.skip_line_break();
        breaks + 1
    }

    /// Whether each line of a text is a row of its own, although marks enclose several of them: the last mark, after a
    /// digit, stands for inches. Of commas, which texts have too, two lines are not enough to tell.
    fn are_rows(&self, text: &[u8], usual: usize) -> bool {
        let mut lines = text.split(|byte| matches!(byte, b'\r' | b'\n')).filter(|line| !line.is_empty());
        let is_row = |line: &[u8]| line.iter().filter(|byte| **byte == self.delimiter).count() + 1 == usual;
        let least = if self.delimiter == b',' { 3 } else { 2 };
        let last =
            text.iter().rposition(|byte| *byte == b'"').and_then(|mark| text.get(mark.checked_sub(1)?));
        last.is_some_and(u8::is_ascii_digit) && lines.clone().count() >= least && lines.all(is_row)
    }

    /// Reads the cells up to the end of the row, or to `end`.
    fn read_cells(&mut self, cells: &mut Vec<CellSpan>, end: usize) {
        loop {
            let quoted = if self.byte(self.at) == Some(b'"') { self.quoted(end) } else { None };
            cells.push(quoted.unwrap_or_else(|| self.plain(end)));
            if self.at >= end || self.byte(self.at) != Some(self.delimiter) {
                return;
            }
            self.at += 1;
        }
    }

    /// Reads a cell without enclosing marks.
    fn plain(&mut self, end: usize) -> CellSpan {
        self.is_repaired |= self.byte(self.at) == Some(b'"');
        let rest = self.bytes.get(self.at..end).unwrap_or_default();
        let is_end = |byte: &u8| *byte == self.delimiter || matches!(byte, b'\r' | b'\n');
        let length = rest.iter().position(is_end).unwrap_or(rest.len());
        let begin = self.at;
        self.at += length;
        CellSpan { begin: narrow(begin), end: narrow(self.at), escapes: Escapes::None }
    }

    /// Reads a cell enclosed by marks; `None` if the mark here does not enclose one.
    fn quoted(&mut self, end: usize) -> Option<CellSpan> {
        if self.is_never_closed {
            return None;
        }
        let (begin, mut escapes) = (self.at + 1, Escapes::None);
        let mut at = begin;
        loop {
            let rest = self.bytes.get(at..end).unwrap_or_default();
            let Some(length) = rest.iter().position(|byte| *byte == b'"') else {
                self.is_never_closed |= end == self.bytes.len();
                return None;
            };
            at += length;
            let next = self.byte(at + 1);
            let is_last = |next: Option<u8>| {
                next.is_none_or(|next| next == self.delimiter || matches!(next, b'\r' | b'\n'))
            };
            if self.has_backslashes && self.is_after_backslash(begin, at) {
                if next != Some(b'"') && is_last(next) && !self.is_closed_later(at + 1) {
                    return Some(self.close(begin, at, escapes));
                }
                escapes = Escapes::Backslash;
                at += 1;
            } else if next == Some(b'"') {
                escapes = if escapes == Escapes::None { Escapes::Doubled } else { escapes };
                at += 2;
            } else if is_last(next) {
                return Some(self.close(begin, at, escapes));
            } else {
                // Spaces between the mark and the delimiter belong to no cell.
                let rest = self.bytes.get(at + 1..end).unwrap_or_default();
                let spaces = rest.iter().take_while(|byte| **byte == b' ').count();
                if spaces == 0 || !is_last(self.byte(at + 1 + spaces)) {
                    return None;
                }
                let cell = self.close(begin, at, escapes);
                self.at += spaces;
                return Some(cell);
            }
        }
    }

    fn close(&mut self, begin: usize, end: usize, escapes: Escapes) -> CellSpan {
        self.at = end + 1;
        self.is_repaired |= escapes == Escapes::Backslash;
        CellSpan { begin: narrow(begin), end: narrow(end), escapes }
    }

    /// Whether an odd number of backslashes is before a mark in its cell.
    fn is_after_backslash(&self, begin: usize, at: usize) -> bool {
        let before = self.bytes.get(begin..at).unwrap_or_default();
        before.iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1
    }

    /// Whether the line has another mark that closes a cell: one before a delimiter or the end of the line, that is
    /// not after a delimiter.
    fn is_closed_later(&self, from: usize) -> bool {
        let rest = self.bytes.get(from..).unwrap_or_default();
        let next = rest.iter().position(|byte| matches!(byte, b'"' | b'\r' | b'\n'));
        next.filter(|&at| rest.get(at) == Some(&b'"')).is_some_and(|at| {
            let is_opening = at.checked_sub(1).and_then(|before| rest.get(before)) == Some(&self.delimiter);
            let after = rest.get(at + 1).copied();
            !is_opening && after.is_none_or(|after| after == self.delimiter || matches!(after, b'\r' | b'\n'))
        })
    }
}

fn line_breaks(text: &[u8]) -> u64 {
    let count = |sign: u8| text.iter().filter(|byte| **byte == sign).count();
    u64::try_from(count(b'\n').max(count(b'\r'))).unwrap_or_default()
}

/// Offsets fit: a file has at most 4 GB, and more would not fit in a browser's memory.
fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

fn wide(offset: u32) -> usize {
    usize::try_from(offset).unwrap_or(usize::MAX)
}
