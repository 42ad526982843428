//! Tests of the tree and its search, with the seed and with small editions.

use import8_api::{Coded, NomenclatureRow};
use import8_tariff::{Line, Publication};
use jiff::civil::Date;

use super::edition_tests::{DAY, SEED, edition, english, tariff};
use super::{Reader, Tariff};
use crate::language::Language;

const LINES: [&str; 12] = [
    "0100000000 80 0 LIVE ANIMALS",
    "0101000000 80 0 Live horses, asses, mules and hinnies",
    "0101210000 10 1 Horses",
    "0101210000 80 2 Pure-bred breeding animals",
    "0101290000 80 2 Other",
    "0101291000 80 3 For slaughter",
    "0101299000 80 3 Other",
    "0101299010 80 4 Of a weight not exceeding 80 kg",
    "0101299090 80 4 Other",
    "0101300000 80 1 Asses",
    "9900000000 80 0 SPECIAL CODES",
    "9905000000 80 0 Personal property",
];

const MEASURES: [&str; 3] = [
    "0101 103 1011 - R2658/87 11.500 %",
    "010121 103 1011 - R2658/87 0.000 %",
    "0101299010 103 1011 - R2658/87 10.200 % + 93.100 EUR DTN",
];

fn imported() -> Tariff {
    tariff(edition(Publication::Taric, &LINES, &MEASURES))
}

fn codes(rows: &[NomenclatureRow]) -> String {
    rows.iter().map(|row| row.code.as_str()).collect::<Vec<_>>().join(" ")
}

fn above(row: &NomenclatureRow) -> String {
    row.above.iter().map(|Coded { code, text }| format!("{code} {text}")).collect::<Vec<_>>().join(" / ")
}

#[test]
fn a_row_has_the_lines_that_group_it_and_the_duty_that_all_below_share() {
    let rows = imported().tree_rows("0101", english(DAY));
    let told: Vec<_> = rows.iter().map(|row| (row.code.as_str(), above(row), row.duty.as_deref())).collect();
    let horses = || " Horses".to_owned();
    assert_eq!(
        told,
        [
            ("010121", horses(), Some("0 %")),
            // 11.5 % and, below it, another.
            ("010129", horses(), None),
            ("010130", String::new(), Some("11.5 %")),
        ]
    );
    let divided = imported().tree_rows("01012990", english(DAY));
    let duties: Vec<_> = divided.iter().map(|row| row.duty.as_deref()).collect();
    assert_eq!(duties, [Some("10.2 % + 93.1 EUR/100 kg"), Some("11.5 %")]);
}

#[test]
fn an_entry_has_each_level_above_it_if_it_is_asked_for() {
    let tariff = imported();
    let entry = tariff.tree_entry("010129", true, english(DAY)).expect("a row");
    let levels: Vec<_> = entry.levels.iter().map(|level| codes(level)).collect();
    assert_eq!(codes(&entry.path), "I 01 0101");
    assert_eq!(codes(&entry.children), "01012910 01012990");
    assert_eq!(levels.len(), 4);
    assert!(levels[0].starts_with("I II III"), "{levels:?}");
    assert!(levels[1].starts_with("01 02 03"), "{levels:?}");
    assert_eq!(levels[2..], ["0101", "010121 010129 010130"]);
    assert!(tariff.tree_entry("010129", false, english(DAY)).expect("a row").levels.is_empty());
    // Chapters that the Harmonized System does not have are of the last section.
    let own = tariff.tree_entry("99", false, english(DAY)).expect("a row");
    assert_eq!((codes(&own.path), codes(&own.children)), ("XXI".to_owned(), "9905".to_owned()));
    assert!(codes(&tariff.tree_rows("XXI", english(DAY))).ends_with("97 99"));
    assert_eq!(SEED.tree_entry("99", false, english(DAY)), None);
    assert_eq!(tariff.tree_entry("0102", false, english(DAY)), None);
}

fn found(tariff: &Tariff, text: &str, day: Date) -> String {
    codes(&tariff.tree_search(text, std::iter::empty(), english(day)))
}

#[test]
fn a_code_of_any_number_of_digits_is_found_in_any_form() {
    let tariff = imported();
    let check = |text: &str, expected: &str| assert_eq!(found(&tariff, text, DAY), expected, "{text}");
    check("0101", "0101 010121 010129 010130");
    check("01.01", "0101 010121 010129 010130");
    check("0101 2", "010121 010129");
    check("0101-29-9", "01012990");
    check("010129901", "0101299010");
    check("0101 29 90 90", "0101299090");
    check("010199", "");
    check("01012990901", "");
    check("99", "99 9905");
    assert!(found(&tariff, "xxi", DAY).starts_with("XXI 97"));
    assert!(found(&SEED, "0", DAY).starts_with("01 02 03"));
}

#[test]
fn words_find_rows_of_every_depth_with_the_lines_above_them() {
    let tariff = imported();
    let first = |text: &str| {
        let rows = tariff.tree_search(text, std::iter::empty(), english(DAY));
        rows.first().map(|row| (row.code.clone(), above(row))).unwrap_or_default()
    };
    assert_eq!(first("hinnies").0, "0101");
    assert_eq!(first("ass").0, "010130", "the whole text before one of four words");

    let (code, path) = first("horses for slaughter");
    assert_eq!(code, "01012910");
    assert!(
        path.ends_with("/ 0101 Live horses, asses, mules and hinnies /  Horses / 010129 Other"),
        "{path}"
    );
    assert!(path.contains("/ 01 LIVE ANIMALS /"), "{path}");
    assert_eq!(first("weight exceeding 80 horse").0, "0101299010");
    // The text of a line without a code belongs to the lines below it.
    assert!(found(&tariff, "horses", DAY).contains("010121"));
    assert_eq!(found(&tariff, "xqzzv", DAY), "");
    assert_eq!(found(&tariff, "!?", DAY), "");
    // What both everyday words and texts find is first.
    let rows = tariff.tree_search("asses", ["010130".to_owned()].into_iter(), english(DAY));
    assert_eq!(rows.first().map(|row| row.code.as_str()), Some("010130"));
}

#[test]
fn a_row_is_found_on_its_own_days_and_in_its_own_languages() {
    let mut edition = edition(Publication::Taric, &LINES, &[]);
    let asses = edition.lines.iter_mut().find(|line| line.code.as_str() == "0101300000").expect("a line");
    let Line { texts, from, .. } = asses;
    texts.insert("de".to_owned(), "Esel".to_owned());
    *from = Some(Date::constant(2027, 1, 1));
    let tariff = tariff(edition);
    assert_eq!(found(&tariff, "Esel", DAY), "");
    let later = Date::constant(2027, 1, 1);
    assert_eq!(found(&tariff, "esel", later), "010130");
    let german = Reader { language: Language::En, official: "de", day: later };
    let row = tariff.tree_row("010130", german).expect("a row");
    assert_eq!(row.description, "Esel");
}

#[test]
fn the_seed_is_searched_by_its_labels_and_everyday_words() {
    assert!(found(&SEED, "headphones", DAY).contains("851830"));
    assert!(found(&SEED, "koptelefoon", DAY).contains("851830"));
    let rows = SEED.tree_search("851830", std::iter::empty(), english(DAY));
    assert_eq!(
        rows[0].above.iter().map(|line| line.code.as_str()).collect::<Vec<_>>(),
        ["XVI", "85", "8518"]
    );
}
