//! Rows of the tariff's tree, from the sections to ten digits: a row, those below it, and the search in all of them.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use import8_api::{Coded, HsCode, Level, NomenclatureEntry, NomenclatureRow};
use import8_tariff::GoodsCode;
use jiff::civil::Date;

use super::codes::A_CODE;
use super::in_force::{applies, digits, text_in};
use super::lookup::Tariff;
use super::third_country::in_notation;
use crate::language::Language;
use crate::nomenclature::Entry;

/// The chapters that the European Union has besides those of the Harmonized System, and the section that the Combined
/// Nomenclature has them in.
const OWN_CHAPTERS: [&str; 2] = ["98", "99"];
const OF_OWN_CHAPTERS: &str = "XXI";

/// The most rows in the answer to a search.
pub(super) const FOUND: usize = 25;

/// The rank at which a row of one list counts half as much as the first.
const HALF: usize = 10;

/// Who reads the texts.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    /// The language of the server's own texts.
    pub language: Language,
    /// The language of an edition's texts, if it has them: an ISO 639-1 code, such as `de`.
    pub official: &'a str,
    /// The day on which codes and duties must apply.
    pub day: Date,
}

impl Tariff {
    /// The row of a code of two to ten digits; `None` if the tariff's tree does not have it. Its text is the official
    /// one where the edition in force has it in the language, otherwise the seed's label.
    #[must_use]
    pub fn tree_row(&self, code: &str, reader: Reader<'_>) -> Option<NomenclatureRow> {
        let Reader { language, official, day } = reader;
        let level = match code.len() {
            2 => Level::Chapter,
            4 => Level::Heading,
            6 => Level::Subheading,
            8 => Level::CnCode,
            _ => Level::TaricCode,
        };
        let line = self.lines().and_then(|lines| lines.line(code, day));
        let in_language = line.and_then(|line| line.texts.get(official)).cloned();
        let seed = self.seed.nomenclature.get(code).map(|entry| entry.label(language).to_owned());
        let parsed = code.parse::<HsCode>().ok();
        let is_listed = match parsed {
            Some(code) => self.lists(code),
            // A chapter is no code that goods could have.
            None => seed.is_some() || line.is_some() || self.has_chapter(code),
        };
        let is_lowest = || self.all_digits().is_none_or(|lines| !lines.leaves_under(code, day).is_empty());
        let label =
            || seed.or_else(|| self.label(code, language)).or_else(|| Some(text_in(&line?.texts, official)));
        is_listed.then(|| NomenclatureRow {
            code: code.to_owned(),
            level: level.clone(),
            description: in_language.or_else(label).unwrap_or_default(),
            declarable: level == Level::TaricCode && is_lowest(),
            duty: parsed.and_then(|code| in_notation(&self.common_duty(code, day)?)),
            above: Vec::new(),
        })
    }

    fn has_chapter(&self, chapter: &str) -> bool {
        self.lines().is_some_and(|lines| chapter.len() == 2 && lines.has(chapter))
    }

    /// The codes of a day right below a section or a code of two to eight digits, in order: each has two more digits.
    pub(super) fn tree_codes(&self, code: &str, day: Date) -> Vec<String> {
        if !is_digits(code) {
            let chapters = self.seed.nomenclature.children(code).into_iter();
            let own = OWN_CHAPTERS.into_iter().filter(|_| code == OF_OWN_CHAPTERS);
            let own = own.filter(|chapter| self.has_chapter(chapter));
            return chapters.map(Entry::code).chain(own).map(str::to_owned).collect();
        }
        let digits = code.len() + 2;
        let lines = self.lines().filter(|lines| digits <= lines.digits);
        let mut codes: Vec<String> = match (lines, code.len()) {
            (Some(lines), _) => {
                let leaves = lines.leaves_under(code, day).into_iter();
                leaves.filter_map(|leaf| leaf.get(..digits)).map(str::to_owned).collect()
            }
            (None, 2 | 4) => self
                .seed
                .nomenclature
                .children(code)
                .into_iter()
                .map(|child| child.code().to_owned())
                .collect(),
            (None, 6) => self.cn_codes_under(code, day),
            (None, 8) => self.taric_codes(code, day),
            (None, _) => Vec::new(),
        };
        codes.dedup();
        codes
    }

    /// The sections, in order.
    #[must_use]
    pub fn tree_sections(&self, language: Language) -> Vec<NomenclatureRow> {
        self.seed.nomenclature.sections().map(|section| section_row(section, language)).collect()
    }

    /// The rows right below a section or a code of two to eight digits, in order. Each has the lines that group it.
    #[must_use]
    pub fn tree_rows(&self, code: &str, reader: Reader<'_>) -> Vec<NomenclatureRow> {
        let codes = self.tree_codes(code, reader.day).into_iter();
        let rows = codes.filter_map(|child| self.tree_row(&child, reader));
        rows.map(|row| NomenclatureRow { above: self.grouping(code, &row.code, reader), ..row }).collect()
    }

    /// The lines of the edition in force between a code and one right below it, from the top down.
    fn grouping(&self, above: &str, code: &str, reader: Reader<'_>) -> Vec<Coded> {
        let (Some(lines), Ok(parsed), Ok(above), Ok(own)) =
            (self.lines(), code.parse(), GoodsCode::padded(above), GoodsCode::padded(code))
        else {
            return Vec::new();
        };
        let path = lines.path(parsed, reader.day);
        let from = path.iter().rposition(|line| line.code == above && line.suffix == A_CODE);
        let below = from.and_then(|from| path.get(from + 1..)).unwrap_or_default().iter();
        below
            .filter(|line| line.code != own || line.suffix != A_CODE)
            .map(|line| Coded { code: digits(line).to_owned(), text: text_in(&line.texts, reader.official) })
            .collect()
    }

    /// The section of a code.
    fn section_of(&self, code: &str) -> Option<&Entry> {
        let chapter = code.get(..2)?;
        let known = self.seed.nomenclature.path(chapter).into_iter().next();
        let is_own = OWN_CHAPTERS.contains(&chapter) && self.has_chapter(chapter);
        known.or_else(|| self.seed.nomenclature.get(OF_OWN_CHAPTERS).filter(|_| is_own))
    }

    /// The row of a section's numeral or of two to ten digits, with the rows above and below it; `levels` adds the rows
    /// beside those of the path. `None` if the tree does not have it.
    #[must_use]
    pub fn tree_entry(&self, code: &str, levels: bool, reader: Reader<'_>) -> Option<NomenclatureEntry> {
        let section = if is_digits(code) {
            self.section_of(code)
        } else {
            self.seed.nomenclature.sections().find(|section| section.code() == code)
        };
        let mut path: Vec<_> =
            section.map(|section| section_row(section, reader.language)).into_iter().collect();
        if is_digits(code) {
            for digits in [2, 4, 6, 8, 10].into_iter().filter_map(|digits| code.get(..digits)) {
                path.push(self.tree_row(digits, reader)?);
            }
        }
        let row = path.pop().filter(|last| last.code == code)?;
        let beside = levels.then(|| {
            let above = path.iter().map(|above| self.tree_rows(&above.code, reader));
            [self.tree_sections(reader.language)].into_iter().chain(above).collect()
        });
        let note = self.seed.nomenclature.get(code).and_then(|entry| entry.note(reader.language));
        Some(NomenclatureEntry {
            row,
            note: note.map(str::to_owned),
            path,
            children: self.tree_rows(code, reader),
            levels: beside.unwrap_or_default(),
        })
    }

    /// Searches the tree by a code of any number of digits and in any written form, by a section's numeral, or by
    /// words; best first, each row with all lines above it. `everyday` are six-digit codes of goods that people call
    /// so, best first: rows that both these and the words of the texts find come first.
    #[must_use]
    pub fn tree_search(
        &self,
        text: &str,
        everyday: impl Iterator<Item = String>,
        reader: Reader<'_>,
    ) -> Vec<NomenclatureRow> {
        let typed: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-')).collect();
        let section = typed.to_ascii_uppercase();
        let codes = if is_digits(&typed) {
            self.codes_beginning(&typed, reader.day)
        } else if self.seed.nomenclature.sections().any(|known| known.code() == section) {
            let below = self.tree_codes(&section, reader.day);
            [section].into_iter().chain(below).collect()
        } else {
            self.codes_of_words(text, everyday, reader.day)
        };
        let codes = codes.into_iter().take(FOUND);
        codes.filter_map(|code| self.found_row(&code, reader)).collect()
    }

    fn found_row(&self, code: &str, reader: Reader<'_>) -> Option<NomenclatureRow> {
        if !is_digits(code) {
            return self.seed.nomenclature.get(code).map(|section| section_row(section, reader.language));
        }
        let row = self.tree_row(code, reader)?;
        let section = self.section_of(code).map(|section| Coded {
            code: section.code().to_owned(),
            text: section.label(reader.language).to_owned(),
        });
        let above: Vec<_> = match (self.lines(), code.parse(), GoodsCode::padded(code)) {
            (Some(lines), Ok(parsed), Ok(own)) => lines
                .path(parsed, reader.day)
                .into_iter()
                .filter(|line| line.code != own || line.suffix != A_CODE)
                .map(|line| Coded {
                    code: digits(line).to_owned(),
                    text: text_in(&line.texts, reader.official),
                })
                .collect(),
            _ => [2, 4, 6, 8]
                .into_iter()
                .filter(|digits| *digits < code.len())
                .filter_map(|digits| self.tree_row(code.get(..digits)?, reader))
                .map(|row| Coded { code: row.code, text: row.description })
                .collect(),
        };
        Some(NomenclatureRow { above: section.into_iter().chain(above).collect(), ..row })
    }

    /// The code itself with those right below it, or for an odd number of digits the next longer ones that begin so.
    fn codes_beginning(&self, typed: &str, day: Date) -> Vec<String> {
        let (even, odd) = typed.split_at(typed.len() / 2 * 2);
        if even.is_empty() {
            let sections = self.seed.nomenclature.sections();
            let chapters = sections.flat_map(|section| self.tree_codes(section.code(), day));
            return chapters.filter(|chapter| chapter.starts_with(odd)).collect();
        }
        let below = self.tree_codes(even, day);
        if odd.is_empty() {
            return [even.to_owned()].into_iter().chain(below).collect();
        }
        below.into_iter().filter(|code| code.starts_with(typed)).collect()
    }

    fn codes_of_words(&self, text: &str, everyday: impl Iterator<Item = String>, day: Date) -> Vec<String> {
        let official: Vec<_> = match self.lines() {
            Some(lines) => lines
                .words
                .find(text, |row| lines.edition.lines.get(row.line).is_some_and(|line| applies(line, day))),
            None => self.seed.words.find(text, |_| true),
        };
        let official = official.into_iter().take(FOUND).map(|row| row.code().to_owned());
        let in_force = |code: &String| {
            code.parse().is_ok_and(|code| self.lists(code) && self.out_of_force(code, day).is_none())
        };
        let mut scores: BTreeMap<String, usize> = BTreeMap::new();
        let points = |rank: usize| 1_000_000_usize.checked_div(HALF + rank).unwrap_or_default();
        for (rank, code) in official.enumerate().chain(everyday.filter(in_force).enumerate()) {
            *scores.entry(code).or_default() += points(rank);
        }
        let mut found: Vec<_> = scores.into_iter().collect();
        found.sort_by_key(|(code, score)| (Reverse(*score), code.len()));
        found.into_iter().map(|(code, _)| code).collect()
    }
}

fn is_digits(code: &str) -> bool {
    !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_digit())
}

/// A section, with the seed's label.
fn section_row(entry: &Entry, language: Language) -> NomenclatureRow {
    NomenclatureRow {
        code: entry.code().to_owned(),
        level: entry.level().into(),
        description: entry.label(language).to_owned(),
        declarable: false,
        duty: None,
        above: Vec::new(),
    }
}
