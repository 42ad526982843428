//! Text files with a delimiter between cells, `a;b`: reads them, and writes them again with added columns.

use std::borrow::Cow;

use ::csv::{Position, Reader, ReaderBuilder, StringRecord};

use super::added::Added;
use super::encoding::Encoding;
use super::error::ReadError;
use super::facts::Remark;
use crate::column::CellKind;
use crate::csv::field;
use crate::format::Separators;

/// The size of the sample from which the delimiter is found, in bytes and in rows.
const SAMPLE: usize = 64 * 1024;
const SAMPLE_ROWS: usize = 50;

/// The delimiter between cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delimiter {
    /// `,`
    Comma,
    /// `;`, usual in countries with a decimal comma.
    Semicolon,
    /// The tab, which spreadsheets also use in copied cells.
    Tab,
    /// `|`
    Bar,
}

impl Delimiter {
    const ALL: [Self; 4] = [Self::Semicolon, Self::Comma, Self::Tab, Self::Bar];

    /// The delimiter of a CSV file with these separators.
    pub(crate) fn from_separators(separators: Separators) -> Self {
        match separators {
            Separators::International => Self::Comma,
            Separators::Dutch => Self::Semicolon,
        }
    }

    fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
            Self::Bar => b'|',
        }
    }

    fn character(self) -> char {
        char::from(self.byte())
    }
}

/// A text file that has been read.
#[derive(Debug)]
pub(crate) struct Delimited {
    encoding: Encoding,
    delimiter: Delimiter,
    text: String,
    /// The offset of the first row. The line before it, if any, tells Excel the delimiter.
    begin: usize,
    rows: Vec<StringRecord>,
    columns: usize,
}

impl Delimited {
    pub(crate) fn read(file: Vec<u8>) -> Result<Self, ReadError> {
        let (encoding, text) = Encoding::read(file).ok_or(ReadError::NoTable)?;
        let (begin, told) = directive(&text);
        let delimiter = told.unwrap_or_else(|| likeliest(&text[begin..]));
        let mut rows = Vec::new();
        for record in reader(&text[begin..], delimiter).into_records() {
            // It cannot fail otherwise: the text is UTF-8 in memory, and rows may be of any length.
            rows.push(record.map_err(|_| ReadError::NoTable)?);
        }
        let columns = rows.iter().map(StringRecord::len).max().unwrap_or_default();
        let read = Self { encoding, delimiter, text, begin, rows, columns };
        match read.rows.last() {
            Some(last) if ends_inside_quotes(read.raw(read.rows.len() - 1), delimiter) => {
                let above = if begin > 0 { 1 } else { 0 };
                Err(ReadError::OpenQuote { line: above + last.position().map_or(1, Position::line) })
            }
            _ => Ok(read),
        }
    }

    pub(crate) fn delimiter(&self) -> Delimiter {
        self.delimiter
    }

    pub(crate) fn encoding(&self) -> Encoding {
        self.encoding
    }

    pub(crate) fn rows(&self) -> usize {
        self.rows.len()
    }

    pub(crate) fn columns(&self) -> usize {
        self.columns
    }

    pub(crate) fn width(&self, row: usize) -> usize {
        self.rows.get(row).map_or(0, StringRecord::len)
    }

    pub(crate) fn row_number(&self, row: usize) -> usize {
        let line = self.rows.get(row).and_then(StringRecord::position).map_or(1, Position::line);
        usize::try_from(line).unwrap_or(usize::MAX) + usize::from(self.begin > 0)
    }

    pub(crate) fn remarks(&self) -> &[Remark] {
        &[]
    }

    pub(crate) fn cell(&self, row: usize, column: usize) -> &str {
        self.rows.get(row).and_then(|row| row.get(column)).unwrap_or_default()
    }

    pub(crate) fn with_columns(&self, kinds: &[CellKind], added: Added<'_>) -> Vec<u8> {
        let delimiter = self.delimiter.character();
        // Semicolons between cells imply decimal commas.
        let separators = match self.delimiter {
            Delimiter::Semicolon => Separators::Dutch,
            Delimiter::Comma | Delimiter::Tab | Delimiter::Bar => Separators::International,
        };
        let mut text = self.text[..self.begin].to_owned();
        for (at, row) in self.rows.iter().enumerate() {
            let Some(new) = added(at) else { continue };
            let raw = self.raw(at);
            let cells = raw.trim_end_matches(['\r', '\n']);
            text.push_str(cells);
            // A short row is filled up, so that the added cells are below their titles.
            text.extend(std::iter::repeat_n(delimiter, self.columns - row.len()));
            for (kind, cell) in kinds.iter().zip(new) {
                text.push(delimiter);
                text.push_str(&quoted(&field(*kind, &cell, separators), delimiter));
            }
            text.push_str(&raw[cells.len()..]);
        }
        self.encoding.write(&text)
    }

    /// The text of a row, with its line break and the empty lines before and after it.
    fn raw(&self, row: usize) -> &str {
        let begin_of = |row: &StringRecord| {
            let offset = row.position().map_or(0, Position::byte);
            let at = self.begin + usize::try_from(offset).unwrap_or(usize::MAX);
            // The CSV reader ends a row at CR; a following LF belongs to the same line break.
            let is_between = at > 0 && self.text.as_bytes().get(at - 1..=at) == Some(b"\r\n");
            if is_between { at + 1 } else { at }
        };
        let begin = begin_of(&self.rows[row]);
        let end = self.rows.get(row + 1).map_or(self.text.len(), begin_of);
        &self.text[begin..end]
    }
}

fn reader(text: &str, delimiter: Delimiter) -> Reader<&[u8]> {
    let mut builder = ReaderBuilder::new();
    builder.delimiter(delimiter.byte()).has_headers(false).flexible(true);
    builder.from_reader(text.as_bytes())
}

/// The offset of the first row, and the delimiter if the first line has it in Excel's notation: `sep=;`.
fn directive(text: &str) -> (usize, Option<Delimiter>) {
    let line = text.split_inclusive('\n').next().unwrap_or_default();
    let told = line.trim_end_matches(['\r', '\n']).strip_prefix("sep=");
    let delimiter = told.and_then(|told| {
        Delimiter::ALL.into_iter().find(|delimiter| told.chars().eq([delimiter.character()]))
    });
    (delimiter.map_or(0, |_| line.len()), delimiter)
}

/// The delimiter with which most rows have the same number of cells and no quotation mark stays open.
fn likeliest(text: &str) -> Delimiter {
    let end = (0..=SAMPLE.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or_default();
    let sample = &text[..end];
    let fit = |delimiter: &Delimiter| {
        let mut rows: Vec<_> =
            reader(sample, *delimiter).into_records().filter_map(Result::ok).take(SAMPLE_ROWS).collect();
        if end < text.len() && rows.len() > 1 {
            // The last row of the sample may be incomplete.
            rows.pop();
        }
        let last = rows.last().and_then(StringRecord::position).map_or(0, Position::byte);
        let last = &sample[usize::try_from(last).unwrap_or_default()..];
        let is_whole = rows.len() == SAMPLE_ROWS || end < text.len() || !ends_inside_quotes(last, *delimiter);
        let count = |length: usize| rows.iter().filter(|row| row.len() == length).count();
        let usual =
            rows.iter().map(StringRecord::len).max_by_key(|&length| (count(length), length)).unwrap_or(1);
        let agreeing = if usual > 1 { count(usual) } else { 0 };
        // The share of the agreeing rows, in thousandths, because delimiters give different numbers of rows.
        (is_whole && agreeing > 0, agreeing * 1_000 / rows.len().max(1), usual)
    };
    // Of equal ones the first wins, so a text of one column counts as one with semicolons.
    Delimiter::ALL.into_iter().rev().max_by_key(fit).unwrap_or(Delimiter::Semicolon)
}

/// Whether a row ends inside a quoted cell.
fn ends_inside_quotes(row: &str, delimiter: Delimiter) -> bool {
    let (mut is_inside, mut is_start) = (false, true);
    for byte in row.bytes() {
        if byte == b'"' && (is_inside || is_start) {
            // Two marks within quotes stand for one: out and in again.
            is_inside = !is_inside;
            is_start = !is_inside;
        } else {
            is_start = !is_inside && (byte == delimiter.byte() || byte == b'\n' || byte == b'\r');
        }
    }
    is_inside
}

/// A cell quoted as such a text requires.
fn quoted(cell: &str, delimiter: char) -> Cow<'_, str> {
    if cell.contains([delimiter, '"', '\r', '\n']) {
        Cow::Owned(format!("\"{}\"", cell.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(cell)
    }
}
