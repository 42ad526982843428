//! The delimiter of a text file: told in its first line, or found from its rows.

use super::records::Records;
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
    /// Another ASCII character.
    Other(u8),
}

/// Delimiters that also separate words or the parts of a number: they are one only if they are in each row alike.
const RARE: [Delimiter; 10] = [
    Delimiter::Other(b'^'),
    Delimiter::Other(b'~'),
    Delimiter::Other(0x1f),
    Delimiter::Other(0x01),
    Delimiter::Other(b':'),
    Delimiter::Other(b'#'),
    Delimiter::Other(b'!'),
    Delimiter::Other(b'$'),
    Delimiter::Other(b'*'),
    Delimiter::Other(b'&'),
];

impl Delimiter {
    const USUAL: [Self; 4] = [Self::Semicolon, Self::Comma, Self::Tab, Self::Bar];

    /// The delimiter of a CSV file with these separators.
    pub(crate) fn from_separators(separators: Separators) -> Self {
        match separators {
            Separators::International => Self::Comma,
            Separators::Dutch => Self::Semicolon,
        }
    }

    pub(super) fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
            Self::Bar => b'|',
            Self::Other(byte) => byte,
        }
    }

    pub(super) fn character(self) -> char {
        char::from(self.byte())
    }

    fn from_character(character: char) -> Option<Self> {
        let is_usual = |delimiter: &Self| delimiter.character() == character;
        let other =
            || u8::try_from(character).ok().filter(|byte| byte.is_ascii_punctuation() || *byte == b' ');
        Self::USUAL.into_iter().find(is_usual).or_else(|| other().map(Self::Other))
    }
}

/// The offset of the first row, and the delimiter if the first line has it in Excel's notation: `sep=;`.
pub(super) fn directive(text: &str) -> (usize, Option<Delimiter>) {
    let end = text.find(['\r', '\n']).map_or(text.len(), |at| at + 1);
    let end = if text[..end].ends_with('\r') && text[end..].starts_with('\n') { end + 1 } else { end };
    let line = text[..end].trim_end_matches(['\r', '\n']);
    // A program that quotes each cell quotes this line too.
    let line = line.strip_prefix('"').and_then(|line| line.strip_suffix('"')).unwrap_or(line);
    let told = line.get(..4).filter(|begin| begin.eq_ignore_ascii_case("sep=")).map(|_| &line[4..]);
    let mut told = told.unwrap_or_default().chars();
    match (told.next().and_then(Delimiter::from_character), told.next()) {
        (Some(delimiter), None) => (end, Some(delimiter)),
        _ => (0, None),
    }
}

/// The delimiter with which most rows have the same number of cells; for a text of one column, one that it has not.
pub(super) fn likeliest(text: &str) -> Delimiter {
    let end = (0..=SAMPLE.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or_default();
    let (sample, is_cut) = (&text[..end], end < text.len());
    let fits =
        Delimiter::USUAL.into_iter().rev().map(|delimiter| (fit(sample, is_cut, delimiter), delimiter));
    // Of equal ones the last wins.
    let best = fits.max_by_key(|(fit, _)| *fit).filter(|(fit, _)| fit.0 > 0);
    let rare = || RARE.into_iter().find(|delimiter| is_in_each_row(sample, is_cut, *delimiter));
    best.map(|(_, delimiter)| delimiter).or_else(rare).unwrap_or_else(|| unused(text))
}

fn unused(text: &str) -> Delimiter {
    let all = [Delimiter::Semicolon, Delimiter::Tab, Delimiter::Bar, Delimiter::Other(0x1f)];
    all.into_iter().find(|delimiter| !text.contains(delimiter.character())).unwrap_or(Delimiter::Semicolon)
}

/// The share of rows with the usual number of cells, in thousandths, because delimiters give different numbers of
/// rows, and that number of cells; zeros if the character separates no cells.
fn fit(sample: &str, is_cut: bool, delimiter: Delimiter) -> (usize, usize) {
    let widths = widths(sample, is_cut, delimiter);
    let count = |width: usize| widths.iter().filter(|own| **own == width).count();
    let usual = widths.iter().copied().max_by_key(|&width| (count(width), width)).unwrap_or(1);
    if usual <= 1 || is_prose(sample, delimiter, &widths) {
        return (0, 0);
    }
    (count(usual) * 1_000 / widths.len().max(1), usual)
}

/// Whether the character is punctuation between words: a space follows it wherever it is, and rows have different
/// numbers of it or the first row, perhaps a title, has none.
fn is_prose(sample: &str, delimiter: Delimiter, widths: &[usize]) -> bool {
    let sign = delimiter.character();
    let is_varied = widths.iter().any(|width| Some(width) != widths.first());
    is_varied && sign != '\t' && {
        let mut parts = sample.split(sign).skip(1).filter(|rest| !rest.is_empty());
        parts.all(|rest| rest.starts_with(' '))
    }
}

/// Whether a rare delimiter is in each row alike, and not as punctuation.
fn is_in_each_row(sample: &str, is_cut: bool, delimiter: Delimiter) -> bool {
    let widths = widths(sample, is_cut, delimiter);
    let first = widths.first().copied().unwrap_or_default();
    let is_alike = widths.len() > 1 && first > 1 && widths.iter().all(|width| *width == first);
    let sign = delimiter.character();
    let is_sure = matches!(sign, '^' | '~' | '\u{1}' | '\u{1f}') || first > 2;
    let is_word = |after: &str| after.starts_with([' ', '/']) && !matches!(sign, '^' | '~');
    is_alike && is_sure && !sample.split(sign).skip(1).any(is_word)
}

/// The numbers of cells of the first rows.
fn widths(sample: &str, is_cut: bool, delimiter: Delimiter) -> Vec<usize> {
    let records = Records::read(sample, 0, delimiter.byte(), SAMPLE_ROWS);
    let mut widths: Vec<_> = (0..records.rows()).map(|row| records.width(row)).collect();
    if is_cut && widths.len() > 1 && widths.len() < SAMPLE_ROWS {
        // The last row of the sample may be incomplete.
        widths.pop();
    }
    widths
}
