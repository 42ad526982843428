//! Tests of prices that are not for one unit, and of totals of lines.

use import8_catalogue::columns::{Answer, Doubt, Mapping, PriceBasis, Question, Role};
use import8_catalogue::report::{Edits, Fault};
use import8_sheets::reading::Source;

use super::{catalogue, open, report, values};

/// The basis of prices under a title.
fn basis(title: &str) -> PriceBasis {
    let file = format!("sku;name;{title}\nA;Steel bottle;12,50\n");
    let source = Source::read(file.into_bytes()).expect("a table");
    let mut mapping = Mapping::guess(&source);
    assert_eq!(mapping.column(Role::UnitValue), Some(2), "{title}");
    mapping.decide(&source);
    mapping.price_basis()
}

#[test]
fn a_title_says_what_its_prices_are_for() {
    for title in ["Price", "Unit price", "Prijs per stuk", "Stückpreis", "Price (EUR)", "Inkoopprijs 2026/27"]
    {
        assert_eq!(basis(title), PriceBasis::Unit, "{title}");
    }
    for title in [
        "Inkoopprijs per doos",
        "Prijs/doos",
        "Price per carton",
        "Case price",
        "price_per_box",
        "Unit price / CTN",
        "Preis pro Karton",
        "Kartonpreis",
        "Prijs per set",
        "Prix par carton",
        "Price per pack",
    ] {
        assert_eq!(basis(title), PriceBasis::Pack, "{title}");
    }
    for (title, units) in [
        ("Price per 100", 100),
        ("Prijs per 1000 stuks", 1_000),
        ("Price/100 pcs", 100),
        ("Preis pro 1.000", 1_000),
        ("Price per dozen", 12),
        ("Prijs per dozijn", 12),
        ("Price per hundred", 100),
        ("Price per pack of 6", 6),
    ] {
        assert_eq!(basis(title), PriceBasis::Units(units), "{title}");
    }
}

#[test]
fn a_price_per_box_is_divided_by_what_the_file_says() {
    let mut shop = catalogue(*include_bytes!("../../files/n26-pack.csv"));
    let report = report(&mut shop);
    assert_eq!(shop.mapping().column(Role::PackSize), Some(3));
    assert_eq!((open(&shop, &report), values(&shop)), (vec![], vec!["4.00 EUR".to_owned()]));
    let mut shop = catalogue("sku,name,Price per 100,Pcs\nA,Steel screw,4.50,2000\n");
    super::report(&mut shop);
    assert_eq!(values(&shop), ["0.045 × 2000 EUR"]);
    // The size of a pack, row by row, also as the price unit of a German system.
    let mut shop = catalogue(
        "Artikelnr;Bezeichnung;Preis;Preiseinheit;Stück\n1;Schraube;4,50;100;50\n2;Hammer;8,00;1;3\n",
    );
    super::report(&mut shop);
    assert_eq!(values(&shop), ["0.045 × 50 EUR", "8.00 × 3 EUR"]);
    // Boxes are counted in units.
    let mut shop =
        catalogue("sku,name,Price per carton,Cartons,Pcs per carton\nA,Steel bottle,96.00,10,24\n");
    super::report(&mut shop);
    assert_eq!(values(&shop), ["4.00 × 240 EUR"]);
}

#[test]
fn the_size_of_a_pack_is_asked_for() {
    let mut shop = catalogue("sku;name;Prijs per doos\nA;Steel bottle;96,00\nB;Mug;12,00\n");
    let report = report(&mut shop);
    let [question @ Question::PackSize { column: 2, rows: 2, is_price: true, .. }] =
        &open(&shop, &report)[..]
    else {
        panic!("{report:?}")
    };
    assert_eq!((report.good_rows, report.problems[0].fault), (0, Fault::Unanswered));
    let mut mapping = shop.mapping().clone();
    mapping.answer(question, Answer::PackSize(24));
    shop.check(mapping.clone(), Edits::default());
    assert_eq!(values(&shop), ["4.00 EUR", "0.50 EUR"]);
    mapping.answer(question, Answer::PerUnit);
    let report = shop.check(mapping.clone(), Edits::default());
    assert_eq!(values(&shop), ["96.00 EUR", "12.00 EUR"]);
    // The answer can be taken back.
    let per = report.questions.iter().find(|question| matches!(question, Question::PricePer { .. }));
    mapping.answer(per.expect("a question"), Answer::PerPack);
    shop.check(mapping.clone(), Edits::default());
    assert_eq!(values(&shop), ["4.00 EUR", "0.50 EUR"]);
    // It is about this column, and not about another one that has the value later.
    mapping.assign(2, None);
    mapping.assign(0, Some(Role::UnitValue));
    assert_eq!((mapping.answers.price, mapping.answers.pack_size), (None, None));
}

#[test]
fn what_a_quantity_counts_is_asked() {
    let mut shop = catalogue("sku;name;Prijs per doos;Aantal;Aantal per doos\nA;Steel bottle;96,00;10;24\n");
    let report = report(&mut shop);
    let [question @ Question::CountsPacks { column: 3, rows: 1, .. }] = &open(&shop, &report)[..] else {
        panic!("{report:?}")
    };
    assert_eq!(report.good_rows, 0);
    let mut mapping = shop.mapping().clone();
    mapping.answer(question, Answer::CountsPacks(true));
    shop.check(mapping.clone(), Edits::default());
    assert_eq!(values(&shop), ["4.00 × 240 EUR"]);
    mapping.answer(question, Answer::CountsPacks(false));
    shop.check(mapping, Edits::default());
    assert_eq!(values(&shop), ["4.00 × 10 EUR"]);
    let mut shop = catalogue("sku;name;Price per dozen;Qty\nA;Steel bottle;24,00;2\n");
    let report = super::report(&mut shop);
    let [question] = &open(&shop, &report)[..] else { panic!("{report:?}") };
    let mut mapping = shop.mapping().clone();
    mapping.answer(question, Answer::CountsPacks(true));
    shop.check(mapping, Edits::default());
    assert_eq!(values(&shop), ["2.00 × 24 EUR"]);
}

#[test]
fn boxes_are_counted_in_units_only_by_their_size() {
    let mut shop = catalogue("sku;name;Stukprijs;Aantal dozen\nA;Steel bottle;4,00;10\n");
    let report = report(&mut shop);
    let [question @ Question::PackSize { is_price: false, rows: 1, .. }] = &open(&shop, &report)[..] else {
        panic!("{report:?}")
    };
    assert_eq!(report.good_rows, 0);
    let mut mapping = shop.mapping().clone();
    mapping.answer(question, Answer::PackSize(24));
    shop.check(mapping.clone(), Edits::default());
    assert_eq!(values(&shop), ["4.00 × 240 EUR"]);
    mapping.answer(question, Answer::CountsPacks(false));
    let report = shop.check(mapping.clone(), Edits::default());
    assert_eq!(values(&shop), ["4.00 × 10 EUR"]);
    let counts = report.questions.iter().find(|question| matches!(question, Question::CountsPacks { .. }));
    mapping.answer(counts.expect("a question"), Answer::CountsPacks(true));
    shop.check(mapping, Edits::default());
    assert_eq!(values(&shop), ["4.00 × 240 EUR"]);
}

#[test]
fn a_value_is_rounded_only_if_the_person_agrees() {
    let mut shop =
        catalogue("sku;name;Prijs per doos;Aantal per doos\nA;Steel bottle;10,00;3\nB;Mug;12,00;3\n");
    let report = report(&mut shop);
    let [question @ Question::Rounding { rows: 1, examples, .. }] = &open(&shop, &report)[..] else {
        panic!("{report:?}")
    };
    let division = &examples[0];
    assert_eq!((division.price.to_string().as_str(), division.units), ("10.00", 3));
    assert_eq!(division.value.to_string(), "3.333333");
    assert_eq!(values(&shop), ["4.00 EUR"]);
    let mut mapping = shop.mapping().clone();
    mapping.answer(question, Answer::Round);
    shop.check(mapping, Edits::default());
    assert_eq!(values(&shop), ["3.333333 EUR", "4.00 EUR"]);
}

#[test]
fn a_price_beside_the_size_of_packs_may_be_for_a_pack() {
    let mut shop = catalogue("sku;name;Prijs;Aantal per doos\nA;Steel bottle;96,00;24\n");
    let report = report(&mut shop);
    assert_eq!((open(&shop, &report), values(&shop)), (vec![], vec!["96.00 EUR".to_owned()]));
    let asked = report.questions.iter().find(|question| matches!(question, Question::PricePer { .. }));
    let question = asked.expect("a question");
    let mut mapping = shop.mapping().clone();
    mapping.answer(question, Answer::PerPack);
    let report = shop.check(mapping.clone(), Edits::default());
    assert_eq!(values(&shop), ["4.00 EUR"]);
    assert!(report.questions.contains(question), "it can be changed: {report:?}");
    mapping.answer(question, Answer::PerUnit);
    shop.check(mapping, Edits::default());
    assert_eq!(values(&shop), ["96.00 EUR"]);
    // A title that says so leaves no question.
    let mut shop = catalogue("sku;name;Stukprijs;Aantal per doos\nA;Steel bottle;4,00;24\n");
    let report = super::report(&mut shop);
    assert!(
        !report.questions.iter().any(|question| matches!(question, Question::PricePer { .. })),
        "{report:?}"
    );
}

#[test]
fn the_total_of_a_line_gives_a_value_only_by_asking() {
    let mut shop = catalogue("sku;name;qty;Total value\nA;Steel bottle;10;125,00\n");
    let report = report(&mut shop);
    let [question @ Question::Unused { column: 3, role: Role::UnitValue, doubt: Doubt::LineTotal, .. }] =
        &report.questions[..]
    else {
        panic!("{report:?}")
    };
    // It stays unused without an answer, and keeps nothing back.
    assert_eq!((open(&shop, &report), values(&shop)), (vec![], vec![String::new()]));
    let mut mapping = shop.mapping().clone();
    mapping.answer(question, Answer::Use);
    shop.check(mapping.clone(), Edits::default());
    assert_eq!(values(&shop), ["12.50 × 10 EUR"]);
    mapping.assign(3, None);
    let report = shop.check(mapping, Edits::default());
    assert_eq!(values(&shop), [""]);
    assert!(report.questions.contains(question));
    // A total beside a value is no question.
    let mut shop = catalogue("sku;name;qty;price;total\nA;Steel bottle;10;12,50;125,00\n");
    let report = super::report(&mut shop);
    assert!(!report.questions.iter().any(|question| matches!(question, Question::Unused { .. })));
}

#[test]
fn a_stock_is_used_as_quantity_only_by_asking() {
    let mut shop = catalogue(*include_bytes!("../../files/b26-stock.csv"));
    let report = report(&mut shop);
    let stock = report.questions.iter().find(|question| matches!(question, Question::Unused { .. }));
    let Some(question @ Question::Unused { column: 3, doubt: Doubt::Stock, .. }) = stock else {
        panic!("{report:?}")
    };
    let mut mapping = shop.mapping().clone();
    mapping.answer(question, Answer::Use);
    let report = shop.check(mapping, Edits::default());
    assert_eq!((report.good_rows, values(&shop)), (1, vec!["9.00 × 12 EUR".to_owned()]));
}
