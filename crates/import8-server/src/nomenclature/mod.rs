//! The Harmonized System as far as the hand-made seed describes it.
//!
//! Codes are digit strings of two (chapter), four (heading) or six (subheading) digits; their
//! leading zeros matter, so they are never numbers. Sections carry Roman numerals. A heading whose
//! subheadings the seed does not list is the lowest row of its branch.

mod seed;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::seed::{SEED, SeedError};

/// A language that the seed is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    En,
    /// Dutch.
    Nl,
}

impl Language {
    /// Both languages.
    pub const ALL: [Self; 2] = [Self::En, Self::Nl];

    /// The ISO 639 code: `en`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Nl => "nl",
        }
    }

    /// The language of an ISO 639 code, in either case.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.as_str().eq_ignore_ascii_case(code))
    }
}

/// A value for each language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bilingual<T> {
    /// The English value.
    pub en: T,
    /// The Dutch value.
    pub nl: T,
}

impl<T> Bilingual<T> {
    /// The value for `language`.
    pub const fn get(&self, language: Language) -> &T {
        match language {
            Language::En => &self.en,
            Language::Nl => &self.nl,
        }
    }

    /// The value for `language`, to change it.
    pub const fn get_mut(&mut self, language: Language) -> &mut T {
        match language {
            Language::En => &mut self.en,
            Language::Nl => &mut self.nl,
        }
    }
}

/// How deep an entry is in the nomenclature.
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
    /// The level of a digit code, by its length.
    fn of(code: &str) -> Option<Self> {
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
    labels: Bilingual<String>,
    words: Bilingual<Vec<String>>,
    notes: Option<Bilingual<String>>,
}

impl Entry {
    /// The Roman numeral of a section, else two, four or six digits.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// How deep the entry is.
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

    /// The words and phrases that people call the goods by.
    pub fn words(&self, language: Language) -> &[String] {
        self.words.get(language)
    }

    /// One sentence that says what belongs elsewhere, where the boundary trips people up.
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
    /// Chapters, headings and subheadings by code, so that a row comes right before the rows under
    /// it.
    rows: BTreeMap<String, Entry>,
}

impl Nomenclature {
    /// The nomenclature that is embedded in the program.
    ///
    /// # Errors
    /// The first fault found in the seed, with its file and line.
    pub fn embedded() -> Result<Self, SeedError> {
        seed::read(&SEED)
    }

    /// The entry of a section numeral or a digit code.
    pub fn get(&self, code: &str) -> Option<&Entry> {
        let section = || self.sections.iter().map(|section| &section.entry).find(|entry| entry.code == code);
        self.rows.get(code).or_else(section)
    }

    /// The entries right under `code`, in order; empty when there are none or the code is unknown.
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

    /// The section, chapter, heading and subheading that lead to `code`, as far as it goes; empty
    /// for an unknown code.
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

    /// Chapters, headings and subheadings; each row comes right before the rows under it.
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

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Nomenclature {
        let sections =
            "section,first_chapter,last_chapter,en,nl\nXII,64,67,Shoes,Schoenen\nXIII,68,70,Stone,Steen\n";
        let chapter = "code,cn,en,nl,words_en,words_nl,note_en,note_nl\n\
            64,,Shoes,Schoenen,,,,\n\
            6401,,Rubber boots,Laarzen,wellington; rain boot,kaplaars,,\n\
            640110,00,Toe-capped boots,Veiligheidslaarzen,,,Not a shoe.,Geen schoen.\n\
            640192,10;90,Ankle boots,Halfhoge laarzen,,,,\n\
            6402,,Plastic shoes,Kunststof schoenen,,,,\n";
        seed::parse(sections, &[("64.csv", chapter)]).expect("a faultless sample")
    }

    fn codes(entries: &[&Entry]) -> Vec<String> {
        entries.iter().map(|entry| entry.code().to_owned()).collect()
    }

    #[test]
    fn an_entry_has_what_its_row_says() {
        let sample = sample();
        let boots = sample.get("6401").expect("a heading");
        assert_eq!(boots.level(), Level::Heading);
        assert_eq!(boots.label(Language::Nl), "Laarzen");
        assert_eq!(boots.words(Language::En), ["wellington", "rain boot"]);
        assert_eq!(boots.note(Language::En), None);
        assert_eq!(sample.get("640192").expect("a subheading").cn(), ["64019210", "64019290"]);
        assert_eq!(sample.get("640110").expect("a subheading").note(Language::Nl), Some("Geen schoen."));
        assert_eq!(sample.get("6499"), None);
    }

    #[test]
    fn children_are_one_level_down() {
        let sample = sample();
        assert_eq!(codes(&sample.children("XII")), ["64"]);
        assert_eq!(codes(&sample.children("64")), ["6401", "6402"]);
        assert_eq!(codes(&sample.children("6401")), ["640110", "640192"]);
        assert!(sample.children("6402").is_empty());
        assert!(sample.children("é").is_empty());
    }

    #[test]
    fn a_path_goes_down_from_the_section() {
        let sample = sample();
        assert_eq!(codes(&sample.path("640110")), ["XII", "64", "6401", "640110"]);
        assert_eq!(codes(&sample.path("6402")), ["XII", "64", "6402"]);
        assert_eq!(codes(&sample.path("XIII")), ["XIII"]);
        assert!(sample.path("640199").is_empty());
    }

    #[test]
    fn an_undivided_heading_is_a_leaf() {
        let sample = sample();
        assert_eq!(codes(&sample.leaves().collect::<Vec<_>>()), ["640110", "640192", "6402"]);
    }

    /// An answer needs six digits, so no branch of the seed may end above a subheading.
    #[test]
    fn every_heading_of_the_embedded_seed_has_a_subheading() {
        let nomenclature = Nomenclature::embedded().unwrap_or_else(|error| panic!("{error}"));
        let short =
            nomenclature.leaves().filter(|leaf| leaf.level() != Level::Subheading).collect::<Vec<_>>();
        assert_eq!(codes(&short), Vec::<String>::new());
        assert_eq!(nomenclature.sections().count(), 21);
        assert_eq!(nomenclature.rows().filter(|row| row.level() == Level::Chapter).count(), 96);
        assert_eq!(nomenclature.rows().filter(|row| row.level() == Level::Heading).count(), 1_228);
    }

    #[test]
    fn the_embedded_seed_is_faultless() {
        let nomenclature = Nomenclature::embedded().unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(nomenclature.sections().count(), 21);
        assert!(nomenclature.rows().all(|row| !nomenclature.path(row.code()).is_empty()));
    }
}
