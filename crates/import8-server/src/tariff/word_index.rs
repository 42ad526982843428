//! An index of the words of a tariff's tree: finds rows of any depth by words of their texts, in every language of the
//! texts.
//!
//! It is made once for a tariff. A row is found by its own words; the words of the rows above it count half as much, so
//! "horses for slaughter" finds the line "For slaughter" below "Horses". The text of a line that only groups others
//! belongs to each of them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use import8_api::{MAX_SEARCH_WORDS, search_words};
use import8_tariff::{Edition, GoodsCode, Line};

use super::codes::A_CODE;
use crate::language::{Language, Localized};
use crate::nomenclature::Nomenclature;

/// The fewest letters of a word of which a beginning is enough.
const LEAST_BEGINNING: usize = 3;

/// How well a row's own text has a word: as a whole, or as the beginning of one.
const WHOLE: u8 = 4;
const BEGINNING: u8 = 3;

/// The words of the rows of a tree.
#[derive(Debug, Default)]
pub(super) struct WordIndex {
    rows: Vec<IndexedRow>,
    /// The words in order, each with the positions of the rows that have it.
    words: Vec<(Box<str>, Box<[u32]>)>,
}

/// A row of the tree.
#[derive(Debug)]
pub(super) struct IndexedRow {
    code: GoodsCode,
    digits: usize,
    /// The position of its line in the edition; 0 for the seed.
    pub(super) line: usize,
    /// The position of the row above it.
    above: Option<u32>,
    /// The number of its own words. Of two rows that have the words looked for, the one with fewer others is better.
    words: usize,
}

impl IndexedRow {
    /// Its code: two to ten digits.
    pub(super) fn code(&self) -> &str {
        self.code.as_str().get(..self.digits).unwrap_or_default()
    }
}

/// The rows and words so far.
#[derive(Default)]
struct Collected {
    rows: Vec<IndexedRow>,
    words: HashMap<String, Vec<u32>>,
}

impl Collected {
    /// Adds a row and returns its position.
    fn row(&mut self, code: GoodsCode, digits: usize, line: usize, above: Option<u32>) -> u32 {
        let position = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        self.rows.push(IndexedRow { code, digits, line, above, words: 0 });
        position
    }

    /// Adds a word of the last row. The rows of a word ascend.
    fn word(&mut self, word: &str, row: u32) {
        match self.words.get_mut(word) {
            Some(rows) if rows.last() == Some(&row) => {}
            Some(rows) => rows.push(row),
            None => drop(self.words.insert(word.to_owned(), vec![row])),
        }
        if let Some(last) = self.rows.last_mut() {
            last.words += 1;
        }
    }

    fn finished(mut self) -> WordIndex {
        self.rows.shrink_to_fit();
        let words = self.words.into_iter();
        let mut words: Vec<_> =
            words.map(|(word, rows)| (word.into_boxed_str(), rows.into_boxed_slice())).collect();
        words.sort_unstable();
        WordIndex { rows: self.rows, words }
    }
}

/// A line that following lines may be below.
struct Open<'a> {
    line: &'a Line,
    /// Its row; `None` for a line that only groups.
    row: Option<u32>,
    /// The words of a line that only groups.
    words: Vec<String>,
}

impl Open<'_> {
    fn is_above(&self, line: &Line) -> bool {
        let (own, other) = (self.line.code.significant(), line.code.significant());
        let has_fewer_dashes = self.line.indent < line.indent && own.get(..4) == other.get(..4);
        has_fewer_dashes || (own.len() < other.len() && other.starts_with(own))
    }
}

impl WordIndex {
    /// Indexes the lines of an edition, those of every day.
    pub(super) fn of_edition(edition: &Edition) -> Self {
        let (mut collected, mut open) = (Collected::default(), Vec::<Open<'_>>::new());
        for (at, line) in edition.lines.iter().enumerate() {
            while open.last().is_some_and(|last| !last.is_above(line)) {
                open.pop();
            }
            let words: Vec<_> = line.texts.values().flat_map(|text| search_words(text)).collect();
            if line.suffix != A_CODE {
                open.push(Open { line, row: None, words });
                continue;
            }
            let above = open.iter().rev().find_map(|open| open.row);
            let row = collected.row(line.code, line.code.significant().len(), at, above);
            let groups = open.iter().rev().take_while(|open| open.row.is_none());
            let of_groups = groups.flat_map(|group| &group.words);
            of_groups.chain(&words).for_each(|word| collected.word(word, row));
            open.push(Open { line, row: Some(row), words: Vec::new() });
        }
        collected.finished()
    }

    /// Indexes the seed: labels and everyday words of its nomenclature, and the labels of CN codes.
    pub(super) fn of_seed(nomenclature: &Nomenclature, labels: &BTreeMap<String, Localized<String>>) -> Self {
        let mut collected = Collected::default();
        let mut positions = HashMap::<String, u32>::new();
        let mut add = |code: &str, texts: Vec<&str>| {
            let above = code.len().checked_sub(2).and_then(|digits| code.get(..digits));
            let above = above.and_then(|above| positions.get(above)).copied();
            let Ok(padded) = GoodsCode::padded(code) else { return };
            let row = collected.row(padded, code.len(), 0, above);
            let words = texts.into_iter().flat_map(search_words);
            words.for_each(|word| collected.word(&word, row));
            positions.insert(code.to_owned(), row);
        };
        for entry in nomenclature.rows() {
            let texts = Language::ALL.into_iter().flat_map(|language| {
                let words = entry.words(language).iter().map(String::as_str);
                [entry.label(language)].into_iter().chain(words)
            });
            add(entry.code(), texts.collect());
        }
        for (code, label) in labels {
            add(code, vec![&label.en, &label.nl]);
        }
        collected.finished()
    }

    /// The rows whose texts have most of the words, best first. Only rows that `applies` says are of the day count.
    pub(super) fn find(&self, text: &str, applies: impl Fn(&IndexedRow) -> bool) -> Vec<&IndexedRow> {
        let mut words = search_words(text);
        words.sort_unstable();
        words.dedup();
        words.truncate(MAX_SEARCH_WORDS);
        let mut found: Vec<_> = words.iter().map(|word| self.rows_with(word)).collect();
        // A word of a large part of the rows, such as "of", tells goods apart only if there is no other.
        let is_telling = |rows: &HashMap<u32, u8>| rows.len().saturating_mul(5) < self.rows.len();
        if found.iter().any(|rows| is_telling(rows) && !rows.is_empty()) {
            found.retain(is_telling);
        }
        let weights: Vec<_> = found.iter().map(|rows| self.weight(rows.len())).collect();
        let mut scored: BTreeMap<u32, (usize, u32)> = BTreeMap::new();
        for position in found.iter().flat_map(HashMap::keys) {
            scored.entry(*position).or_insert_with(|| self.score(*position, &found, &weights));
        }
        let rows = scored.into_iter().filter_map(|(position, score)| Some((self.row(position)?, score)));
        let mut rows: Vec<_> = rows.filter(|(row, _)| applies(row)).collect();
        let most = rows.iter().map(|(_, (count, _))| *count).max().unwrap_or_default();
        rows.retain(|(_, (count, _))| *count == most && found.len() <= 2 * *count);
        rows.sort_by_key(|(row, (_, score))| (Reverse(*score), row.words, row.digits, row.code));
        rows.into_iter().map(|(row, _)| row).collect()
    }

    fn row(&self, position: u32) -> Option<&IndexedRow> {
        self.rows.get(usize::try_from(position).ok()?)
    }

    /// The rows whose own texts have a word, and how well they do. The plural of English finds the singular too.
    fn rows_with(&self, word: &str) -> HashMap<u32, u8> {
        let singular = word.strip_suffix('s').filter(|stem| LEAST_BEGINNING < stem.len());
        let beginning = singular.unwrap_or(word);
        let first = self.words.partition_point(|(known, _)| &**known < beginning);
        let from = self.words.get(first..).unwrap_or_default().iter();
        let is_short = beginning.chars().count() < LEAST_BEGINNING;
        let mut found = HashMap::new();
        for (known, rows) in from.take_while(|(known, _)| known.starts_with(beginning)) {
            let is_whole = matches!(known.strip_prefix(beginning), Some("" | "s"));
            let strength = if is_whole { WHOLE } else { BEGINNING };
            if is_short && &**known != word {
                continue;
            }
            for row in rows {
                let best: &mut u8 = found.entry(*row).or_default();
                *best = strength.max(*best);
            }
        }
        found
    }

    /// The weight of a word by the number of rows that have it: the fewer, the more.
    fn weight(&self, rows: usize) -> u32 {
        let share = self.rows.len().checked_div(rows).unwrap_or(1);
        share.checked_ilog2().unwrap_or_default().saturating_add(1)
    }

    /// How many of the words a row or the rows above it have, and how well.
    fn score(&self, position: u32, found: &[HashMap<u32, u8>], weights: &[u32]) -> (usize, u32) {
        let (mut count, mut score) = (0, 0_u32);
        for (rows, weight) in found.iter().zip(weights) {
            let own = rows.get(&position).copied().unwrap_or_default();
            let mut best = own;
            let mut above = self.row(position).and_then(|row| row.above);
            while let Some(at) = above {
                best = best.max(rows.get(&at).copied().unwrap_or_default() / 2);
                above = self.row(at).and_then(|row| row.above);
            }
            count += usize::from(best > 0);
            score = score.saturating_add(weight.saturating_mul(best.into()));
        }
        (count, score)
    }
}
