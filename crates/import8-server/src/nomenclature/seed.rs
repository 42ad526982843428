//! Parses the sections and chapters of the seed.

use std::collections::BTreeMap;

use csv::StringRecord;
use include_dir::Dir;

use super::{Entry, Level, Nomenclature, Section};
use crate::language::{Language, Localized};
use crate::seed::{Fault, SEED, SeedError, cells, chapter_of, fault, files, records, required};

const SECTIONS: &str = "sections.csv";
const CHAPTERS: &str = "nomenclature";
const SECTION_COLUMNS: [&str; 5] = ["section", "first_chapter", "last_chapter", "en", "nl"];
const ROW_COLUMNS: [&str; 8] = ["code", "cn", "en", "nl", "words_en", "words_nl", "note_en", "note_nl"];

impl Nomenclature {
    /// The nomenclature that is embedded in the program.
    ///
    /// # Errors
    /// The first fault found in the seed, with its file and line.
    pub fn embedded() -> Result<Self, SeedError> {
        read(&SEED)
    }
}

/// Reads `sections.csv` and the files in `nomenclature/`.
fn read(folder: &Dir<'_>) -> Result<Nomenclature, SeedError> {
    parse(required(folder, SECTIONS)?, &files(folder, CHAPTERS)?)
}

/// Parses the text of `sections.csv` and the `(name, text)` of the chapter files.
pub(super) fn parse(sections: &str, chapters: &[(&str, &str)]) -> Result<Nomenclature, SeedError> {
    let mut nomenclature = Nomenclature { sections: parse_sections(sections)?, rows: BTreeMap::new() };
    for (file, text) in chapters {
        let mut previous = String::new();
        for (line, record) in records(file, text, &ROW_COLUMNS)? {
            let entry = row(&record)
                .and_then(|entry| check_place(&nomenclature, file, &previous, entry))
                .map_err(|problem| fault(file, line, problem))?;
            previous.clone_from(&entry.code);
            nomenclature.rows.insert(entry.code.clone(), entry);
        }
    }
    Ok(nomenclature)
}

fn parse_sections(text: &str) -> Result<Vec<Section>, SeedError> {
    let mut sections: Vec<Section> = Vec::new();
    for (line, record) in records(SECTIONS, text, &SECTION_COLUMNS)? {
        let section = section(&record)
            .and_then(|section| check_span(sections.last(), section))
            .map_err(|problem| fault(SECTIONS, line, problem))?;
        sections.push(section);
    }
    Ok(sections)
}

fn section(record: &StringRecord) -> Result<Section, Fault> {
    let [numeral, first, last, en, nl] = cells(record)?;
    let chapters = [first, last].iter().all(|code| Level::from_digits(code) == Some(Level::Chapter));
    if numeral.is_empty()
        || !numeral.chars().all(|letter| "IVX".contains(letter))
        || !chapters
        || first > last
    {
        return Err(Fault::Span(record.iter().take(3).collect::<Vec<_>>().join(",")));
    }
    let entry = Entry {
        code: numeral.to_owned(),
        level: Level::Section,
        cn: Vec::new(),
        labels: labels(numeral, en, nl)?,
        words: Localized::default(),
        notes: None,
    };
    Ok(Section { entry, first: first.to_owned(), last: last.to_owned() })
}

/// Checks that a section begins after the last chapter of the previous one.
fn check_span(previous: Option<&Section>, section: Section) -> Result<Section, Fault> {
    match previous {
        Some(previous) if previous.entry.code == section.entry.code => {
            Err(Fault::Duplicate(section.entry.code))
        }
        Some(previous) if section.first <= previous.last => {
            Err(Fault::Unsorted { code: section.entry.code, previous: previous.entry.code.clone() })
        }
        _ => Ok(section),
    }
}

fn row(record: &StringRecord) -> Result<Entry, Fault> {
    let [code, cn, en, nl, words_en, words_nl, note_en, note_nl] = cells(record)?;
    let level = Level::from_digits(code).ok_or_else(|| Fault::Code(code.to_owned()))?;
    Ok(Entry {
        code: code.to_owned(),
        level,
        cn: cn_codes(code, level, cn)?,
        labels: labels(code, en, nl)?,
        words: Localized { en: words(words_en), nl: words(words_nl) },
        notes: notes(code, note_en, note_nl)?,
    })
}

fn labels(code: &str, en: &str, nl: &str) -> Result<Localized<String>, Fault> {
    let labels = Localized { en: en.to_owned(), nl: nl.to_owned() };
    match Language::ALL.into_iter().find(|language| labels.get(*language).is_empty()) {
        Some(language) => Err(Fault::Label { code: code.to_owned(), language }),
        None => Ok(labels),
    }
}

fn words(cell: &str) -> Vec<String> {
    cell.split(';').map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn notes(code: &str, en: &str, nl: &str) -> Result<Option<Localized<String>>, Fault> {
    match (en.is_empty(), nl.is_empty()) {
        (true, true) => Ok(None),
        (false, false) => Ok(Some(Localized { en: en.to_owned(), nl: nl.to_owned() })),
        _ => Err(Fault::Note(code.to_owned())),
    }
}

fn cn_codes(code: &str, level: Level, cell: &str) -> Result<Vec<String>, Fault> {
    let endings: Vec<&str> = cell.split(';').filter(|ending| !ending.is_empty()).collect();
    let two_digits = endings.iter().all(|ending| Level::from_digits(ending) == Some(Level::Chapter));
    let filled_right = endings.is_empty() != (level == Level::Subheading);
    if !two_digits || !filled_right || !endings.is_sorted_by(|left, right| left < right) {
        return Err(Fault::Cn { code: code.to_owned(), cn: cell.to_owned() });
    }
    Ok(endings.into_iter().map(|ending| format!("{code}{ending}")).collect())
}

/// Checks that a row is in its chapter's file, after the previous row and below a row that was read before.
fn check_place(
    nomenclature: &Nomenclature,
    file: &str,
    previous: &str,
    entry: Entry,
) -> Result<Entry, Fault> {
    let code = entry.code.as_str();
    let parent = code.get(..code.len().saturating_sub(2)).unwrap_or_default();
    let parent_is_there = match entry.level {
        Level::Chapter | Level::Section => nomenclature.section_of(code).is_some(),
        Level::Heading | Level::Subheading => nomenclature.rows.contains_key(parent),
    };
    if code.get(..2) != Some(chapter_of(file)) {
        Err(Fault::Foreign(entry.code))
    } else if nomenclature.rows.contains_key(code) {
        Err(Fault::Duplicate(entry.code))
    } else if code < previous {
        Err(Fault::Unsorted { code: entry.code, previous: previous.to_owned() })
    } else if !parent_is_there {
        Err(Fault::Orphan(entry.code))
    } else {
        Ok(entry)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECTIONS_HEADER: &str = "section,first_chapter,last_chapter,en,nl\n";
    const HEADER: &str = "code,cn,en,nl,words_en,words_nl,note_en,note_nl\n";

    #[test]
    fn each_mistake_in_a_chapter_is_named_with_its_line() {
        let mistakes = [
            ("code,en\n", "64.csv:1: the header must be code,cn,en,nl,words_en,words_nl,note_en,note_nl"),
            ("64,,Shoes,Schoenen,,,\n", "64.csv:2: 7 columns, not 8"),
            ("64,, Shoes,Schoenen,,,,\n", "64.csv:2: white space at the edge of \" Shoes\""),
            ("6a,,Shoes,Schoenen,,,,\n", "64.csv:2: \"6a\" is not a code of 2, 4 or 6 digits"),
            ("64,,Shoes,Schoenen,,,,\n65,,Hats,Hoeden,,,,\n", "64.csv:3: 65 belongs in another file"),
            ("64,,Shoes,Schoenen,,,,\n64,,Shoes,Schoenen,,,,\n", "64.csv:3: 64 is there twice"),
            ("64,,Shoes,Schoenen,,,,\n6402,,A,B,,,,\n6401,,A,B,,,,\n", "64.csv:4: 6401 comes after 6402"),
            (
                "64,,Shoes,Schoenen,,,,\n640110,00,A,B,,,,\n",
                "64.csv:3: 640110 has no row above it to belong to",
            ),
            ("64,,,Schoenen,,,,\n", "64.csv:2: 64 has no label in En"),
            ("64,,Shoes,,,,,\n", "64.csv:2: 64 has no label in Nl"),
            ("64,,Shoes,Schoenen,,,A note.,\n", "64.csv:2: 64 has a note in one language only"),
        ];
        for (rows, wanted) in mistakes {
            let text = if rows.starts_with("code") { rows.to_owned() } else { format!("{HEADER}{rows}") };
            assert_eq!(message(&format!("{SECTIONS_HEADER}XII,64,67,Shoes,Schoenen\n"), &text), wanted);
        }
    }

    #[test]
    fn the_cn_cell_is_ascending_two_digit_endings_on_subheadings_only() {
        for (row, code) in [
            ("6401,00,A,B,,,,", "6401"),
            ("640110,,A,B,,,,", "640110"),
            ("640110,0,A,B,,,,", "640110"),
            ("640110,90;10,A,B,,,,", "640110"),
            ("640110,10;10,A,B,,,,", "640110"),
        ] {
            let above = if code.len() == 6 { "6401,,A,B,,,,\n" } else { "" };
            let text = format!("{HEADER}64,,A,B,,,,\n{above}{row}\n");
            let line = text.lines().count();
            let message = message(&format!("{SECTIONS_HEADER}XII,64,67,A,B\n"), &text);
            assert!(message.starts_with(&format!("64.csv:{line}: {code} has cn ")), "{message}");
        }
    }

    #[test]
    fn each_mistake_in_the_sections_is_named_with_its_line() {
        for (rows, wanted) in [
            ("12,64,67,A,B\n", "sections.csv:2: \"12,64,67\" does not span chapters"),
            ("XII,67,64,A,B\n", "sections.csv:2: \"XII,67,64\" does not span chapters"),
            ("XII,64,67,A,\n", "sections.csv:2: XII has no label in Nl"),
            ("I,01,05,A,B\nI,06,07,A,B\n", "sections.csv:3: I is there twice"),
            ("I,01,05,A,B\nII,05,07,A,B\n", "sections.csv:3: II comes after I"),
        ] {
            assert_eq!(message(&format!("{SECTIONS_HEADER}{rows}"), HEADER), wanted);
        }
    }

    #[test]
    fn missing_sections_are_named() {
        let error = read(&Dir::new("", &[])).expect_err("a mistake");
        assert_eq!(error.to_string(), "sections.csv:0: the file is missing");
    }

    #[test]
    fn a_chapter_outside_every_section_is_an_orphan() {
        let text = format!("{HEADER}64,,Shoes,Schoenen,,,,\n");
        let sections = format!("{SECTIONS_HEADER}I,01,05,A,B\n");
        assert_eq!(message(&sections, &text), "64.csv:2: 64 has no row above it to belong to");
    }

    fn message(sections: &str, chapter: &str) -> String {
        parse(sections, &[("64.csv", chapter)]).expect_err("a mistake").to_string()
    }
}
