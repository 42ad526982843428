//! The Harmonized System, as far as the hand-made seed describes it.
//!
//! Codes are strings of two (chapter), four (heading) or six (subheading) digits. Leading zeros matter, so a code is
//! never a number. Sections have Roman numerals. A heading whose subheadings the seed does not list is the lowest row
//! of its branch.

mod seed;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::language::{Language, Localized};

/// The level of an entry in the nomenclature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// A Roman numeral from I to XXI.
    Section,
    /// Two digits.
    Chapter,
    /// Four digits.
    Heading,
    /// Six digits.
    Subheading,
}

impl Level {
    /// The level of a code of 2, 4 or 6 digits; `None` for any other text.
    fn from_digits(code: &str) -> Option<Self> {
        match code.len() {
            _ if !code.bytes().all(|byte| byte.is_ascii_digit()) => None,
            2 => Some(Self::Chapter),
            4 => Some(Self::Heading),
            6 => Some(Self::Subheading),
            _ => None,
        }
    }
}

impl From<Level> for import8_api::Level {
    fn from(level: Level) -> Self {
        match level {
            Level::Section => Self::Section,
            Level::Chapter => Self::Chapter,
            Level::Heading => Self::Heading,
            Level::Subheading => Self::Subheading,
        }
    }
}

/// One row of the nomenclature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    code: String,
    level: Level,
    cn: Vec<String>,
    labels: Localized<String>,
    words: Localized<Vec<String>>,
    notes: Option<Localized<String>>,
}

impl Entry {
    /// The Roman numeral of a section; otherwise two, four or six digits.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The level of the entry.
    pub const fn level(&self) -> Level {
        self.level
    }

    /// The eight-digit Combined Nomenclature codes under a subheading, ascending; empty for other
    /// levels.
    pub fn cn(&self) -> &[String] {
        &self.cn
    }

    /// A short plain name, never empty.
    pub fn label(&self, language: Language) -> &str {
        self.labels.get(language)
    }

    /// The everyday names of the goods: words and phrases to search for.
    pub fn words(&self, language: Language) -> &[String] {
        self.words.get(language)
    }

    /// The note: similar goods that belong under another code, and that code.
    pub fn note(&self, language: Language) -> Option<&str> {
        self.notes.as_ref().map(|notes| notes.get(language).as_str())
    }
}

/// A section and the chapters it spans.
#[derive(Clone, Debug)]
struct Section {
    entry: Entry,
    first: String,
    last: String,
}

impl Section {
    fn spans(&self, chapter: &str) -> bool {
        self.first.as_str() <= chapter && chapter <= self.last.as_str()
    }
}

/// The sections, chapters, headings and subheadings that the seed lists.
#[derive(Clone, Debug, Default)]
pub struct Nomenclature {
    sections: Vec<Section>,
    /// Chapters, headings and subheadings by code, so that each row directly precedes the rows under it.
    rows: BTreeMap<String, Entry>,
}

impl Nomenclature {
    /// The entry of a section numeral or a digit code.
    pub fn get(&self, code: &str) -> Option<&Entry> {
        let section = || self.sections.iter().map(|section| &section.entry).find(|entry| entry.code == code);
        self.rows.get(code).or_else(section)
    }

    /// The entries directly under `code`, in order; empty if there are none or the code is unknown.
    pub fn children(&self, code: &str) -> Vec<&Entry> {
        if let Some(section) = self.sections.iter().find(|section| section.entry.code == code) {
            return self.chapters().filter(|chapter| section.spans(&chapter.code)).collect();
        }
        self.under(code).filter(|entry| entry.code.len() == code.len() + 2).collect()
    }

    /// The chapters, headings and subheadings whose code begins with `prefix`, in order.
    pub fn under<'a>(&'a self, prefix: &str) -> impl Iterator<Item = &'a Entry> + use<'a> {
        let prefix = prefix.to_owned();
        let from = self.rows.range(prefix.clone()..);
        from.map(|(_, entry)| entry).take_while(move |entry| entry.code.starts_with(&prefix))
    }

    /// The section, chapter, heading and subheading that lead to `code`, as far as it goes; empty for an unknown
    /// code.
    pub fn path(&self, code: &str) -> Vec<&Entry> {
        let Some(entry) = self.get(code) else {
            return Vec::new();
        };
        let above = |digits: usize| code.get(..digits).and_then(|prefix| self.rows.get(prefix));
        match entry.level {
            Level::Section => vec![entry],
            _ => self.section_of(code).into_iter().chain([2, 4, 6].into_iter().filter_map(above)).collect(),
        }
    }

    /// The sections, in order.
    pub fn sections(&self) -> impl Iterator<Item = &Entry> {
        self.sections.iter().map(|section| &section.entry)
    }

    /// Chapters, headings and subheadings; each row directly precedes the rows under it.
    pub fn rows(&self) -> impl Iterator<Item = &Entry> {
        self.rows.values()
    }

    /// The lowest known rows in order of code: subheadings, and headings that the seed does not
    /// divide.
    pub fn leaves(&self) -> impl Iterator<Item = &Entry> {
        self.rows().filter(|entry| match entry.level {
            Level::Section | Level::Chapter => false,
            Level::Heading => self.children(&entry.code).is_empty(),
            Level::Subheading => true,
        })
    }

    fn chapters(&self) -> impl Iterator<Item = &Entry> {
        self.rows().filter(|entry| entry.level == Level::Chapter)
    }

    fn section_of(&self, code: &str) -> Option<&Entry> {
        let chapter = code.get(..2)?;
        self.sections.iter().find(|section| section.spans(chapter)).map(|section| &section.entry)
    }
}
