//! The row with the titles of a table, which may come after the head of an invoice or the name of a list.

use import8_sheets::reading::Source;

use super::role::Role;
use super::titles::{Meaning, Title, understand, words};

/// The most rows at the beginning that are searched for titles.
const FIRST_ROWS: usize = 50;

/// Words in the second line of titles that only say units.
const UNIT_WORDS: &str = "pcs pc pce stk st stuks stuk stuck units unit kg g gr gram mm cm m l ml cbm m3 m2 eur euro usd us gbp cny rmb \
    excl incl btw vat mwst ex net gross netto bruto iso code 2 10 digits cijfers each per text number date fob cif exw \
    required optional verplicht optioneel pflicht";

/// The titles of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TitleRow {
    /// The row, from 0.
    pub(super) row: usize,
    /// Whether the titles go on in the next row.
    pub(super) has_second_line: bool,
}

/// What a row tells of whether it has titles.
struct Score {
    /// How much its titles tell of products.
    points: usize,
    /// The number of cells that are clearly titles.
    clear: usize,
    filled: usize,
    numbers: usize,
}

/// Finds the titles; `None` if the rows are products from the first on.
pub(super) fn find(source: &Source) -> Option<TitleRow> {
    let scores = (0..source.rows().min(FIRST_ROWS)).map(|row| (row, score(source, row)));
    let fitting: Vec<_> = scores.filter(|(_, score)| is_fit(score)).collect();
    let best = fitting.iter().map(|(_, score)| score.points).max()?;
    // Another table may follow, and the head of an invoice has a few titles of its own.
    let (row, _) = fitting.iter().find(|(_, score)| score.points * 10 >= best * 7)?;
    Some(at(source, *row))
}

/// The titles in a row that a person has chosen.
pub(super) fn at(source: &Source, row: usize) -> TitleRow {
    TitleRow { row, has_second_line: has_second_line(source, row) }
}

/// The title of a column, of both lines.
pub(super) fn title(source: &Source, titles: TitleRow, column: usize) -> String {
    let first = source.cell(titles.row, column).trim().to_owned();
    let second = if titles.has_second_line { source.cell(titles.row + 1, column) } else { "".into() };
    match second.trim() {
        "" => first,
        second if first.is_empty() || first == second => second.to_owned(),
        second => format!("{first} {second}"),
    }
}

fn is_fit(score: &Score) -> bool {
    let Score { points, clear, filled, numbers } = *score;
    // One title among few cells, such as the only column of a list.
    let is_single = clear == 1 && filled <= 4 && numbers == 0;
    is_single || clear >= 2 && points >= 3 && (clear >= 3 || clear * 4 >= filled) && numbers < clear
}

/// What the titles of a column say: both lines together, or one of them.
pub(super) fn understood(source: &Source, titles: TitleRow, column: usize) -> Option<Title> {
    let line = |row: usize| understand(source.cell(row, column).trim());
    let second = || if titles.has_second_line { line(titles.row + 1) } else { None };
    understand(&title(source, titles, column)).or_else(|| line(titles.row)).or_else(second)
}

fn score(source: &Source, row: usize) -> Score {
    let mut score = Score { points: 0, clear: 0, filled: 0, numbers: 0 };
    for column in 0..source.columns() {
        let cell = source.cell(row, column);
        let cell = cell.trim();
        if cell.is_empty() {
            continue;
        }
        score.filled += 1;
        if !cell.contains(char::is_alphabetic) || cell.starts_with("http") {
            score.numbers += 1;
            continue;
        }
        // `CN` and `ME` may be titles, and are countries more often.
        if cell.len() == 2 && cell.bytes().all(|byte| byte.is_ascii_uppercase()) {
            continue;
        }
        // A unit or a type of product is also in the rows below; a title is not.
        let Some(title) = understand(cell).filter(|title| title.is_clear) else { continue };
        if (1..=2).any(|below| source.cell(row + below, column).trim() == cell) {
            continue;
        }
        score.clear += 1;
        score.points += match title.meaning {
            Meaning::Role(Role::Description) => 3,
            Meaning::Role(Role::Currency | Role::Destination | Role::Insurance | Role::Shipping) => 1,
            Meaning::Role(_) | Meaning::Detail => 2,
            _ => 1,
        };
    }
    score
}

/// Whether the titles go on in the row below: with units, or with the other half of `Country of / origin`.
fn has_second_line(source: &Source, row: usize) -> bool {
    if row + 2 >= source.rows() {
        return false;
    }
    let columns = || 0..source.columns();
    let below = |column| source.cell(row + 1, column).trim().to_owned();
    let filled: Vec<_> = columns().map(below).filter(|cell| !cell.is_empty()).collect();
    let is_text = |cell: &String| cell.contains(|c: char| c.is_alphabetic() || "€$£¥%".contains(c));
    if filled.is_empty() || !filled.iter().all(is_text) {
        return false;
    }
    let has_word = |word: &str| UNIT_WORDS.split_ascii_whitespace().any(|unit| unit == word);
    if filled.iter().all(|cell| words(cell).iter().all(|word| has_word(word))) {
        // Rows of products with two short cells would be no units.
        return columns()
            .all(|column| below(column).is_empty() || !source.cell(row, column).trim().is_empty());
    }
    let second = score(source, row + 1);
    if second.clear >= 2 && second.clear * 2 >= second.filled && second.numbers == 0 {
        // The same titles in a second language.
        return true;
    }
    let clear = |title: &str| understand(title).is_some_and(|title| title.is_clear);
    let count = |titles: &dyn Fn(usize) -> String| columns().filter(|&column| clear(&titles(column))).count();
    let first = count(&|column| source.cell(row, column).into_owned());
    let both = count(&|column| title(source, TitleRow { row, has_second_line: true }, column));
    both > first + 1 || both > first && filled.len() <= first
}
