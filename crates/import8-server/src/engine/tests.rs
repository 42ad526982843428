//! Tests of the engine on the embedded seed.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use import8_api::Confidence;

use super::*;

static ENGINE: LazyLock<Engine> = LazyLock::new(new_engine);

fn new_engine() -> Engine {
    Engine::new(&Nomenclature::embedded().unwrap_or_else(|error| panic!("{error}")))
}

fn code(engine: &Engine, description: &str) -> String {
    let outcome = engine.classify(description, detect_language(description), &Precedents::default());
    outcome.map(|outcome| outcome.code).unwrap_or_default()
}

#[test]
fn everyday_goods_get_their_codes() {
    let engine = &*ENGINE;
    let wrong: Vec<String> = [
        ("Stainless steel water bottle, 750 ml, double wall", "7323"),
        ("vacuum insulated flask stainless steel 500 ml", "9617"),
        ("thermosfles rvs", "9617"),
        ("Cotton t-shirt, men, crew neck", "610910"),
        ("katoenen T-shirt, heren, ronde hals", "6109"),
        ("Wireless bluetooth over-ear headphones with noise cancellation", "851830"),
        ("draadloze koptelefoon met microfoon", "851830"),
        ("leren portemonnee dames", "4202"),
        ("Women's leather wallet with zipper", "4202"),
        ("houten snijplank", "4419"),
        ("bamboo cutting board", "4419"),
        ("Ceramic coffee mug 350 ml", "69"),
        ("porseleinen koffiemok", "6911"),
        ("Wooden puzzle for kids", "9503"),
        ("houten puzzel voor kinderen", "9503"),
        ("Men's running shoes with rubber sole and textile upper", "6404"),
        ("leren damesschoenen", "6403"),
        ("zonnebril met gepolariseerde glazen", "900410"),
        ("polarized sunglasses", "900410"),
        ("LED desk lamp with USB port", "9405"),
        ("laptop backpack nylon", "4202"),
        ("USB-C charger 20W", "850440"),
        ("women's knitted wool sweater", "6110"),
        ("spijkerbroek heren", "6203"),
        ("electric toothbrush", "850980"),
        ("kinderfiets", "8712"),
        ("glass vase", "7013"),
        ("yogamat", "9506"),
        ("hair dryer 2000W", "851631"),
        ("lippenstift", "330410"),
    ]
    .into_iter()
    .map(|(description, wanted)| (description, wanted, code(engine, description)))
    .filter(|(_, wanted, code)| !code.starts_with(wanted))
    .map(|(description, wanted, code)| format!("{description}: {code}, not {wanted}"))
    .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_case_for_a_phone_is_no_phone() {
    let engine = &*ENGINE;
    for description in ["phone case silicone", "hoesje voor telefoon", "case for iPhone 15 phone"] {
        let code = code(engine, description);
        assert!(!code.is_empty() && !code.starts_with("8517"), "{description}: {code}");
    }
}

#[test]
fn nothing_known_gives_no_answer() {
    let engine = &*ENGINE;
    for description in ["", "  ,;", "xqzzt wvrrk", "2024 new 100 pcs"] {
        assert_eq!(engine.classify(description, Language::En, &Precedents::default()), None, "{description}");
        assert!(engine.rank(description, 5).is_empty(), "{description}");
    }
}

#[test]
fn an_outcome_is_whole() {
    let engine = &*ENGINE;
    let outcome = engine.classify(
        "Stainless steel water bottle, 750 ml, double wall",
        Language::En,
        &Precedents::default(),
    );
    let outcome = outcome.expect("an answer");
    assert!(outcome.cn.iter().all(|cn| cn.len() == 8 && cn.starts_with(&outcome.code)));
    assert!(!outcome.cn.is_empty());
    let levels: Vec<Level> = outcome.decision_tree.iter().map(|step| step.level).collect();
    assert_eq!(levels, [Level::Section, Level::Chapter, Level::Heading, Level::Subheading]);
    assert!(outcome.reasoning.contains("7323 ("), "{}", outcome.reasoning);
    assert!(outcome.reasoning.contains("9617"), "{}", outcome.reasoning);
    assert!((1..=ALTERNATIVES).contains(&outcome.alternatives.len()));
    let codes = outcome.alternatives.iter().map(|alternative| alternative.code.as_str());
    let distinct: BTreeSet<&str> = codes.chain([outcome.code.as_str()]).collect();
    assert_eq!(distinct.len(), outcome.alternatives.len() + 1);
}

fn outcome(description: &str, language: Language) -> Option<FoundCode> {
    ENGINE.classify(description, language, &Precedents::default())
}

#[test]
fn a_word_by_itself_is_no_proof() {
    // Spreadsheet cells that name no goods.
    for cell in
        ["TOTAL", "TRUE", "false", "N/A", "YES", "NULL", "Subtotaal", "#REF!", "Diversen", "total 12 pcs"]
    {
        assert_eq!(outcome(cell, Language::En), None, "{cell}");
    }
    for (description, most) in [
        ("theodolite", 67),
        ("cinnamon", 67),
        // Names that are words too.
        ("Apple", 67),
        ("Corona", 30),
        ("Subway", 30),
        ("Total Zorblax", 30),
        ("Zorblax Frimp lipstick Quonk", 35),
        ("Bralto Grint chair Ulmo Pexta", 35),
    ] {
        let confidence = outcome(description, Language::En).map_or(0, |outcome| outcome.confidence);
        assert!(confidence <= most, "{description}: {confidence}");
    }
    // A match of the whole phrase counts for more than its last word.
    let station = outcome("electronic total station", Language::En).expect("an answer");
    assert!(station.code == "901520" && station.confidence > 80, "{station:?}");
}

#[test]
fn a_language_that_is_not_read_is_told() {
    for (description, name) in [
        ("Stuhl aus Holz", "German"),
        ("chaise en bois", "French"),
        ("silla de madera", "Spanish"),
        ("sedia in legno", "Italian"),
        ("krzesło z drewna", "Polish"),
        ("Damenschuhe aus Leder", "German"),
        ("table en verre", "French"),
    ] {
        let told = ENGINE.foreign(description, Language::En).unwrap_or_default();
        assert!(told.starts_with("Warning: ") && told.contains(name), "{description}: {told}");
        if let Some(outcome) = outcome(description, Language::En) {
            assert!(outcome.confidence <= 30 && outcome.reasoning.contains(&told), "{outcome:?}");
        }
    }
    let dutch = outcome("Damenschuhe aus Leder", Language::Nl).expect("an answer");
    assert!(dutch.reasoning.contains("Let op: ") && dutch.reasoning.contains("het Duits"), "{dutch:?}");
}

#[test]
fn no_product_of_our_own_is_taken_for_foreign() {
    let lines = include_str!("../../tests/products.jsonl");
    for record in crate::evaluation::records(lines).expect("records") {
        assert_eq!(ENGINE.foreign(&record.description(), Language::En), None, "{record:?}");
    }
}

#[test]
fn words_that_are_not_known_are_told_and_count() {
    let known = outcome("leather wallet", Language::En).expect("an answer");
    let half = outcome("Zorblax Frimp leather wallet", Language::En).expect("an answer");
    assert!(half.confidence < known.confidence, "{half:?}");
    assert!(half.reasoning.contains("Warning: “Zorblax” and “Frimp” are not known words here."), "{half:?}");
    assert!(!known.reasoning.contains("Warning"), "{known:?}");
}

#[test]
fn a_note_that_sends_the_goods_elsewhere_is_a_warning() {
    for (description, language, warning) in [
        (
            "Stainless steel water bottle, 750 ml, double wall",
            Language::En,
            "Warning: the description fits what this note sends to 9617.",
        ),
        (
            "Stainless steel water bottle, 750 ml, double wall",
            Language::Nl,
            "Let op: de omschrijving past bij wat deze toelichting onder 9617 brengt.",
        ),
    ] {
        let outcome = outcome(description, language).expect("an answer");
        assert!(outcome.code.starts_with("7323") && outcome.reasoning.contains(warning), "{outcome:?}");
        assert!(outcome.confidence < Confidence::STRONG, "{outcome:?}");
        let first = outcome.alternatives.first().map(|alternative| alternative.code.as_str());
        assert_eq!(first, Some("961700"), "{outcome:?}");
    }
    let without = outcome("Stainless steel water bottle, double wall without vacuum", Language::En);
    let without = without.expect("an answer");
    assert!(without.code.starts_with("7323") && !without.reasoning.contains("Warning"), "{without:?}");
    let single = outcome("Stainless steel water bottle, 750 ml", Language::En).expect("an answer");
    assert!(!single.reasoning.contains("Warning"), "{single:?}");
    let double =
        outcome("Stainless steel water bottle, 750 ml, double wall", Language::En).expect("an answer");
    assert!(double.confidence < single.confidence, "{double:?} {single:?}");
}

/// The place that the English warning of an answer names.
fn warned_of(found: &FoundCode) -> Option<&str> {
    let (_, rest) = found.reasoning.split_once("Warning: the description fits what this note sends to ")?;
    rest.split(". ").next()
}

/// Goods described in either language are sent to the same place, whatever the language of the answer.
#[test]
fn a_note_warns_whatever_the_language_of_the_description() {
    let check = |english: &str, dutch: &str, place: &str| {
        for description in [english, dutch] {
            let (told, verteld) = (outcome(description, Language::En), outcome(description, Language::Nl));
            let (told, verteld) = (told.expect("an answer"), verteld.expect("an answer"));
            assert_eq!(warned_of(&told), Some(place), "{description}: {told:?}");
            assert!(
                verteld.reasoning.contains("Let op: de omschrijving past bij"),
                "{description}: {verteld:?}"
            );
            assert!(
                told.confidence < Confidence::STRONG && verteld.confidence < Confidence::STRONG,
                "{description}: {told:?}"
            );
        }
    };
    check("double-walled stainless steel drinking bottle", "dubbelwandige rvs drinkfles", "9617");
    check("stainless steel water bottle, double wall", "rvs waterfles, dubbele wand", "9617");
    check("double-walled stainless steel cup", "dubbelwandige rvs beker", "9617");
    check("worked sandstone stone", "bewerkte steen zandsteen", "chapter 68");
}

#[test]
fn a_note_of_a_whole_chapter_is_a_warning() {
    for (description, place) in [
        ("breaded chicken meat", "chapter 16"),
        ("printed paper toys", "chapter 95"),
        ("houten meubel van multiplex", "chapter 94"),
    ] {
        let found = outcome(description, Language::En).expect("an answer");
        assert_eq!(warned_of(&found), Some(place), "{found:?}");
        assert!(found.confidence < Confidence::STRONG, "{found:?}");
        let first = found.alternatives.first().map(|alternative| &alternative.code[..2]);
        assert_eq!(first, place.strip_prefix("chapter "), "{found:?}");
        let dutch = outcome(description, Language::Nl).expect("an answer");
        assert!(dutch.reasoning.contains(&place.replace("chapter", "onder hoofdstuk")), "{dutch:?}");
    }
    // Another noun than the note's, another quality, or goods that belong under the answer's own path.
    for description in ["computer speakers", "salted nuts", "levende vis", "aircraft", "rvs drinkfles"] {
        let found = outcome(description, Language::En).expect("an answer");
        assert_eq!(warned_of(&found), None, "{found:?}");
    }
}

#[test]
fn the_language_of_the_answer_is_that_asked_for() {
    let engine = &*ENGINE;
    let dutch =
        engine.classify("steel water bottle", Language::Nl, &Precedents::default()).expect("an answer");
    let english =
        engine.classify("steel water bottle", Language::En, &Precedents::default()).expect("an answer");
    assert_eq!(dutch.code, english.code);
    assert!(dutch.reasoning.contains("wijzen op post 7323 ("), "{}", dutch.reasoning);
    assert!(english.reasoning.contains("point to heading 7323 ("), "{}", english.reasoning);
}

#[test]
fn the_same_description_gives_the_same_answer() {
    let description = "houten speelgoed trein voor kinderen, beuken";
    assert_eq!(
        new_engine().classify(description, Language::Nl, &Precedents::default()),
        ENGINE.classify(description, Language::Nl, &Precedents::default())
    );
}

#[test]
fn a_ranking_is_limited_and_falls() {
    let candidates = ENGINE.rank("steel bottle", 7);
    assert_eq!(candidates.len(), 7);
    assert!(candidates.is_sorted_by(|left, right| left.score >= right.score));
}
