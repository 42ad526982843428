//! Guesses the mapping of a file: from its titles, and from cells where no title claims a role.

use std::cmp::Reverse;

use import8_api::{Country, Currency};
use import8_sheets::reading::{Delimiter, Source, SourceKind};

use super::mapping::{Answers, Decided, Mapping, Why, is_number};
use super::marks::{Evidence, evidence};
use super::role::Role;
use super::title_row::{self, TitleRow, title, understood};
use super::titles::{Meaning, Title};
use crate::amount::DecimalMark;

/// The most rows that are read to guess a mapping.
const SAMPLE: usize = 200;

/// The fewest letters, on average, in the cells of a column of descriptions.
const DESCRIBING: usize = 6;

/// Units of measure that are also codes of countries: `KG` is Kyrgyzstan, `PR` Puerto Rico.
const UNIT_CODES: &str =
    "KG GR MG GM MT TN CM MM ML CL DL LB ST PR PK BG BX CT CS CA DZ RO SE LT EA TO GE BA SC PA BT";

impl Mapping {
    /// Guesses the mapping of a file from its titles; without titles, from its cells.
    #[must_use]
    pub fn guess(source: &Source) -> Self {
        Self::with_titles(source, title_row::find(source))
    }

    /// Guesses the mapping of a file whose titles are in a row that the person has chosen, from 0.
    #[must_use]
    pub fn guess_with_titles(source: &Source, titles: Option<usize>) -> Self {
        let titles = titles.filter(|row| *row < source.rows());
        Self::with_titles(source, titles.map(|row| title_row::at(source, row)))
    }

    fn with_titles(source: &Source, titles: Option<TitleRow>) -> Self {
        let columns = source.columns();
        let mut mapping = Self {
            titles: titles.map(|titles| titles.row),
            has_second_line: titles.is_some_and(|titles| titles.has_second_line),
            roles: vec![None; columns],
            whys: vec![None; columns],
            details: Vec::new(),
            decimal: DecimalMark::Point,
            origin: None,
            destination: Country::NL,
            currency: Currency::default(),
            answers: Answers::default(),
            decided: Decided::default(),
        };
        let understood = |column| understood(source, titles?, column);
        let known: Vec<_> = (0..columns).map(understood).collect();
        let sample = Sample { source, first: mapping.first_row() };
        mapping.set_by_titles(&known, &sample);
        let text = |column| titles.map(|titles| title(source, titles, column)).unwrap_or_default();
        let texts: Vec<_> = (0..columns).map(text).collect();
        mapping.set_by_content(&known, &texts, &sample);
        mapping.decimal = mapping.usual_mark(&sample);
        mapping
    }

    /// Sets the roles that titles claim. Of several columns for one role, the best has it.
    fn set_by_titles(&mut self, known: &[Option<Title>], sample: &Sample<'_>) {
        let mut claims: Vec<_> = known
            .iter()
            .enumerate()
            .filter_map(|(column, title)| {
                let title = (*title)?;
                let role = title.meaning.role()?;
                let fit = sample.fit(column, role)?;
                Some(((fit, title.rank, Reverse(title.length), column), role, title.meaning))
            })
            .collect();
        claims.sort_by_key(|(order, ..)| *order);
        for ((.., column), role, meaning) in claims {
            if role.is_joined() || self.column(role).is_none() {
                self.set(column, Some(role), Some(Why::Title));
                if meaning == Meaning::Detail {
                    self.details.push(column);
                }
            }
        }
    }

    /// Sets the roles that no title claims and the cells show, in columns whose titles say nothing.
    fn set_by_content(&mut self, known: &[Option<Title>], titles: &[String], sample: &Sample<'_>) {
        let title = |column: usize| titles.get(column).map_or("", String::as_str);
        let open: Vec<_> = (0..known.len()).filter(|&column| known.get(column) == Some(&None)).collect();
        let find = |mapping: &Self, role: Role, test: &dyn Fn(usize) -> bool| {
            let is_open = mapping.column(role).is_none();
            open.iter()
                .copied()
                .filter(|_| is_open)
                .find(|&column| mapping.roles.get(column) == Some(&None) && test(column))
        };
        let picture = |column| sample.has_pictures(column, !title(column).is_empty());
        let origin = |column| sample.has_countries(column, !title(column).is_empty());
        for (role, test) in [(Role::Picture, &picture as &dyn Fn(usize) -> bool), (Role::Origin, &origin)] {
            if let Some(column) = find(self, role, test) {
                self.set(column, Some(role), Some(Why::Content));
            }
        }
        if self.column(Role::Description).is_none() {
            let free = open.iter().copied().filter(|&column| self.roles.get(column) == Some(&None));
            let best = free.map(|column| (sample.letters(column), Reverse(column))).max();
            if let Some((_, Reverse(column))) = best.filter(|(letters, _)| *letters >= DESCRIBING) {
                self.set(column, Some(Role::Description), Some(Why::Content));
            }
        }
        self.continue_description(titles, sample);
    }

    /// Takes the columns after the last title for a part of it, if that is the description: its commas were taken for
    /// delimiters.
    fn continue_description(&mut self, titles: &[String], sample: &Sample<'_>) {
        let Some(last) = titles.iter().rposition(|title| !title.is_empty()) else { return };
        if self.roles.get(last) != Some(&Some(Role::Description)) {
            return;
        }
        for column in last + 1..titles.len() {
            if !sample.texts(column).is_empty() {
                self.set(column, Some(Role::Description), Some(Why::Content));
            }
        }
    }

    /// The decimal mark that most numbers have; if none tells, the usual one for the file's delimiter.
    fn usual_mark(&self, sample: &Sample<'_>) -> DecimalMark {
        let has_number =
            |column: &usize| self.roles.get(*column).copied().flatten().is_some_and(Role::is_number);
        let (mut points, mut commas) = (0_usize, 0_usize);
        for column in (0..self.roles.len()).filter(has_number) {
            for row in sample.rows().filter(|&row| !is_number(sample.source, row, column)) {
                match evidence(sample.source.cell(row, column).trim()) {
                    Evidence::Mark(DecimalMark::Point) => points += 1,
                    Evidence::Mark(DecimalMark::Comma) => commas += 1,
                    Evidence::None | Evidence::Ambiguous => {}
                }
            }
        }
        let has_semicolons =
            matches!(sample.source.kind(), SourceKind::Delimited { delimiter: Delimiter::Semicolon, .. });
        match points.cmp(&commas) {
            std::cmp::Ordering::Less => DecimalMark::Comma,
            std::cmp::Ordering::Equal if has_semicolons => DecimalMark::Comma,
            std::cmp::Ordering::Equal | std::cmp::Ordering::Greater => DecimalMark::Point,
        }
    }
}

/// How well the cells of a column fit a role that its title claims. The better comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Fits,
    /// All cells are empty.
    Empty,
}

/// The first rows of a file.
struct Sample<'a> {
    source: &'a Source,
    first: usize,
}

impl Sample<'_> {
    fn rows(&self) -> std::ops::Range<usize> {
        self.first..self.source.rows().min(self.first + SAMPLE)
    }

    /// The texts of a column that are not empty.
    fn texts(&self, column: usize) -> Vec<String> {
        let texts = self.rows().map(|row| self.source.cell(row, column).trim().to_owned());
        texts.filter(|text| !text.is_empty()).collect()
    }

    /// How well a column fits a role; `None` if its cells cannot be meant.
    fn fit(&self, column: usize, role: Role) -> Option<Fit> {
        let texts = self.texts(column);
        if texts.is_empty() {
            return Some(Fit::Empty);
        }
        let any = |test: fn(&str) -> bool| texts.iter().any(|text| test(text));
        let is_meant = match role {
            Role::Picture => any(is_address),
            // Some shops write rules there: `NL:::4.95 EUR`, `Parcel`.
            Role::Shipping | Role::Insurance => {
                any(|text| text.contains(char::is_numeric) && !text.contains(':'))
            }
            Role::Quantity => !is_stock(&texts),
            _ => true,
        };
        is_meant.then_some(Fit::Fits)
    }

    /// Whether all cells are addresses of pictures. Under a title that says nothing, one must look like a picture.
    fn has_pictures(&self, column: usize, is_titled: bool) -> bool {
        let texts = self.texts(column);
        let all = !texts.is_empty() && texts.iter().all(|text| is_address(text));
        all && (!is_titled || texts.iter().any(|text| is_picture(text)))
    }

    /// Whether all cells are codes of countries. Under a title that says nothing, there must be several.
    fn has_countries(&self, column: usize, is_titled: bool) -> bool {
        let texts = self.texts(column);
        let all = texts.iter().all(|text| text.len() == 2 && text.parse::<Country>().is_ok());
        let is_unit = |text: &String| UNIT_CODES.split(' ').any(|unit| unit.eq_ignore_ascii_case(text));
        let differ = texts.iter().any(|text| Some(text) != texts.first());
        all && !texts.iter().all(is_unit) && (differ || !is_titled && !texts.is_empty())
    }

    /// The number of letters in a cell, on average.
    fn letters(&self, column: usize) -> usize {
        let texts = self.texts(column);
        if texts.iter().all(|text| is_address(text)) {
            return 0;
        }
        let letters: usize =
            texts.iter().map(|text| text.chars().filter(|c| c.is_alphabetic()).count()).sum();
        letters / texts.len().max(1)
    }
}

fn is_address(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

fn is_picture(address: &str) -> bool {
    let address = address.to_lowercase();
    let path = address.split(['?', '#']).next().unwrap_or_default();
    [".jpg", ".jpeg", ".png", ".webp", ".gif"].iter().any(|ending| path.ends_with(ending))
        || ["/image", "/img", "/photo", "//img", "//image"].iter().any(|part| address.contains(part))
}

/// Whether quantities are those of a stock: nobody imports none, or less.
fn is_stock(texts: &[String]) -> bool {
    let is_zero = |text: &&String| text.contains('0') && text.chars().all(|c| matches!(c, '0' | '.' | ','));
    let is_negative =
        |text: &&String| text.starts_with(['-', '−']) && text.contains(|c: char| c.is_ascii_digit());
    let (zeros, negatives) = (texts.iter().filter(is_zero).count(), texts.iter().filter(is_negative).count());
    zeros > 0 && negatives > 0 || zeros * 4 > texts.len()
}
