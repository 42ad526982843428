//! Tests of the nomenclature, on a sample and on the embedded seed.

use super::{Entry, Level, Nomenclature, seed};
use crate::language::Language;

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
    let short = nomenclature.leaves().filter(|leaf| leaf.level() != Level::Subheading).collect::<Vec<_>>();
    assert_eq!(codes(&short), Vec::<String>::new());
    assert_eq!(nomenclature.sections().count(), 21);
    assert_eq!(nomenclature.rows().filter(|row| row.level() == Level::Chapter).count(), 96);
    assert_eq!(nomenclature.rows().filter(|row| row.level() == Level::Heading).count(), 1_228);
    // All subheadings of the HS 2022, and all codes of the CN 2026 under them.
    assert_eq!(nomenclature.rows().filter(|row| row.level() == Level::Subheading).count(), 5_612);
    assert_eq!(nomenclature.rows().map(|row| row.cn().len()).sum::<usize>(), 9_791);
}

#[test]
fn the_embedded_seed_is_faultless() {
    let nomenclature = Nomenclature::embedded().unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(nomenclature.sections().count(), 21);
    assert!(nomenclature.rows().all(|row| !nomenclature.path(row.code()).is_empty()));
}
