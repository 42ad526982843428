//! The Harmonized System and the Combined Nomenclature.

use std::path::{Path, PathBuf};

use import8_tariff::{Publication, Table, read};
use jiff::civil::date;

use crate::scene::{folder, line, read_text};

/// A folder of the publications of this machine; `None`, and said so, where there is none.
fn published(folder: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(folder);
    if path.is_dir() {
        return Some(path);
    }
    eprintln!("skipped: there is no {}", path.display());
    None
}

const HS: &str = "section,hscode,description,parent,level\n\
    I,01,Made-up animals,TOTAL,2\nI,0101,\"Horses, made up\",01,4\nI,010121,Other,0101,6\n\
    TOTAL,TOTAL,Total of all HS2022 commodities,TOTAL,5\nTOTAL,99,Not specified,TOTAL,2\n";

#[test]
fn the_harmonized_system_is_read() {
    let (edition, report) = read_text("hs.csv", HS).expect("an edition");
    assert_eq!((edition.publication, edition.day), (Publication::HarmonizedSystem, date(2022, 1, 1)));
    assert_eq!(line(&edition, "0101").texts["en"], "Horses, made up");
    assert_eq!(line(&edition, "010121").indent, 1);
    assert_eq!((edition.lines.len(), report.tables[&Table::Nomenclature].read), (3, 3));
    assert_eq!(report.notes.len(), 1, "{:?}", report.notes);
}

#[test]
fn bad_rows_of_the_harmonized_system_are_refused() {
    let text = format!(
        "{HS}I,0102,A, B,01,4\nI,010,Short,01,4\nI,0103,Wrong level,01,6\nI,0104,,01,4\nI,0101,Asses,01,4\n"
    );
    let (edition, report) = read_text("hs.csv", &text).expect("an edition");
    assert_eq!(edition.lines.len(), 3);
    let rows: Vec<_> = report.refused.iter().map(|row| row.row).collect();
    assert_eq!(rows, [7, 8, 9, 10, 11]);
    let error =
        read_text("hs.csv", "section,description,parent,level\nI,Horses,01,4\n").expect_err("a refusal");
    assert_eq!(error.to_string(), "hs.csv: it has no column \"hscode\", so the codes cannot be read.");
}

#[test]
fn the_combined_nomenclature_is_read_in_two_languages() {
    let place = folder(&[
        (
            "chapters.json",
            r#"[{"code": "01", "name": "ANIMALS", "version": 2026}, {"code": "I", "name": "LIVE", "version": 2026}]"#,
        ),
        ("headings.json", r#"[{"code": "0101", "name": "Horses", "version": 2026}]"#),
        (
            "codes.json",
            r#"[{"code": "01010000", "name": "Other", "version": 2026, "supplementaryUnit": "PST"},
                {"code": "01012100", "name": "Pigs' friends", "version": 2026}, {"code": "0101210", "name": "x"}, 7]"#,
        ),
        (
            "messages_nl.yaml",
            "'Horses': 'Paarden'\n\"Pigs' friends\": 'Vrienden van ''varkens'''\nnonsense\n",
        ),
    ]);
    let (edition, report) = read(place.path()).expect("an edition");
    assert_eq!((edition.publication, edition.day), (Publication::CombinedNomenclature, date(2026, 1, 1)));
    // Heading and code at once: the text of the heading, the unit of the code.
    let heading = line(&edition, "0101");
    assert_eq!((&*heading.texts["en"], &*heading.texts["nl"]), ("Horses", "Paarden"));
    assert_eq!((heading.unit.as_deref(), heading.declarable), (Some("p/st"), Some(true)));
    assert_eq!(line(&edition, "010121").texts["nl"], "Vrienden van 'varkens'");
    assert_eq!(line(&edition, "01").declarable, Some(false));
    let refused: Vec<_> = report.refused.iter().map(|row| (row.table.as_str(), row.row)).collect();
    assert_eq!(refused, [("codes.json", 4), ("messages_nl.yaml", 3), ("codes.json", 3)]);
    assert!(
        report.notes.contains(&"1 line has no text in NL, such as 0100000000.".to_owned()),
        "{:?}",
        report.notes
    );
}

#[test]
fn the_published_harmonized_system_is_read() {
    let Some(folder) = published("hs2022") else { return };
    let (edition, report) = read(&folder).expect("an edition");
    assert_eq!((edition.day, report.refused_rows()), (date(2022, 1, 1), 0), "{}", report.to_text());
    // 96 chapters, 1,228 headings and 5,612 subheadings.
    let of =
        |digits: usize| edition.lines.iter().filter(|line| line.code.significant().len() == digits).count();
    assert_eq!(of(2), 96);
    assert_eq!(edition.lines.len(), 96 + 1_228 + 5_612 - repeated(&report));
}

/// The rows that are a heading and a subheading at once.
fn repeated(report: &import8_tariff::Report) -> usize {
    usize::try_from(report.tables[&Table::Nomenclature].repeated).expect("a number")
}

#[test]
fn the_published_combined_nomenclature_is_read() {
    let Some(folder) = published("cn2026") else { return };
    let (edition, report) = read(&folder).expect("an edition");
    assert_eq!((edition.day, report.refused_rows()), (date(2026, 1, 1), 0), "{}", report.to_text());
    let declarable = edition.lines.iter().filter(|line| line.declarable == Some(true)).count();
    assert_eq!(declarable, 9_791);
    let chapters = edition.lines.iter().filter(|line| line.code.as_str().ends_with("00000000"));
    assert_eq!(chapters.count(), 97);
    assert!(edition.lines.iter().filter(|line| line.unit.is_some()).count() >= 2_711);
    let dutch = edition.lines.iter().filter(|line| line.texts.contains_key("nl")).count();
    assert!(
        dutch * 100 >= edition.lines.len() * 99,
        "{dutch} of {}: {}",
        edition.lines.len(),
        report.to_text()
    );
}
