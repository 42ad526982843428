//! Tests of currencies: how a file tells them, and when it is asked.

use import8_api::Currency;
use import8_catalogue::columns::{Answer, Question, RowCurrency, Told};
use import8_catalogue::report::{Edits, Fault, Report};

use super::{answered, catalogue, open, report, values};

/// How the currencies of rows are told.
fn told(report: &Report) -> Vec<(Option<Currency>, Told, u32)> {
    let known = |currency| match currency {
        RowCurrency::Known(currency) => Some(currency),
        _ => None,
    };
    report.currencies.iter().map(|one| (known(one.currency), one.told, one.rows)).collect()
}

#[test]
fn a_currency_is_told_by_cells_title_format_or_column() {
    let usd = Some(Currency::Usd);
    let check = |file: &[u8], by: Told, rows: u32| {
        let mut file = catalogue(file);
        let report = report(&mut file);
        assert_eq!((open(&file, &report), told(&report)), (vec![], vec![(usd, by, rows)]));
        let mut values = values(&file).into_iter().filter(|value| !value.is_empty());
        assert!(values.all(|value| value.ends_with(" USD")));
    };
    check(include_bytes!("../../files/b03-usd.csv"), Told::Cells, 2);
    check(include_bytes!("../../files/b11b-invoice-short.xlsx"), Told::Title, 2);
    check(b"sku;name;price;currency\nA;Steel bottle;12,50;US$\n", Told::Column, 1);
    check(b"sku;name;unit_price_usd\nA;Steel bottle;12,50\n", Told::Title, 1);
    check(b"sku;name;price\nA;Steel bottle;USD 12,50\n", Told::Cells, 1);
    // The total of the line has the currency of its price.
    check(b"sku;name;qty;Unit price;Amount (US$)\nA;Steel bottle;10;12,50;125,00\n", Told::Title, 1);
}

#[test]
fn without_any_sign_the_default_holds_and_is_said() {
    let mut shop = catalogue("sku;name;price\nA;Steel bottle;12,50\n");
    let report = report(&mut shop);
    assert_eq!(told(&report), [(Some(Currency::Eur), Told::Default, 1)]);
    assert!(matches!(
        &report.questions[..],
        [Question::Currency { column: 2, rows: 1, suggested: None, is_doubtful: false, .. }]
    ));
    assert_eq!((open(&shop, &report), values(&shop)), (vec![], vec!["12.50 EUR".to_owned()]));
    let report = answered(&mut shop, Answer::Currency(Currency::Gbp));
    assert_eq!(told(&report), [(Some(Currency::Gbp), Told::Person, 1)]);
    assert_eq!(values(&shop), ["12.50 GBP"]);
}

#[test]
fn the_sign_of_another_currency_makes_it_a_question() {
    for file in [
        "sku;name;price\nA;Steel bottle;3\nB;Cotton shirt;$ 12,50\n",
        "sku;name;price;currency\nA;Steel bottle;3;\nB;Cotton shirt;12,50;USD\n",
        "Prices in USD;;\nsku;name;price\nA;Steel bottle;3\n",
    ] {
        let mut shop = catalogue(file);
        let report = report(&mut shop);
        let [Question::Currency { rows: 1, suggested, examples, .. }] = &open(&shop, &report)[..] else {
            panic!("{file}: {report:?}")
        };
        assert_eq!((*suggested, &examples[..]), (Some(Currency::Usd), &["3".to_owned()][..]), "{file}");
        assert!(!values(&shop).contains(&"3 EUR".to_owned()), "{file}");
        answered(&mut shop, Answer::Currency(Currency::Eur));
        assert!(values(&shop).contains(&"3 EUR".to_owned()), "{file}");
    }
    // The sign of the default is none of another.
    let mut shop = catalogue("sku;name;price\nA;Steel bottle;3\nB;Cotton shirt;€ 12,50\n");
    let report = report(&mut shop);
    assert_eq!((open(&shop, &report), report.good_rows), (vec![], 2));
}

#[test]
fn a_currency_that_the_api_does_not_take_is_told() {
    for file in [
        "sku;name;price;currency\nA;Steel bottle;12,50;CHF\n",
        "sku;name;price (CHF)\nA;Steel bottle;12,50\n",
        "sku;name;price\nA;Steel bottle;CHF 12,50\n",
        "sku;name;price\nA;Steel bottle;JPY 1250\n",
        "sku;name;price;currency\nA;Steel bottle;$12,50;CAD\n",
    ] {
        let mut shop = catalogue(file);
        let report = report(&mut shop);
        assert_eq!((report.good_rows, report.problems.len()), (0, 1), "{file}");
        assert_eq!(report.problems[0].fault, Fault::UnknownCurrency, "{file}");
    }
}

#[test]
fn one_row_has_one_currency() {
    for file in [
        "sku;name;price;currency\nA;Steel bottle;$ 12,50;EUR\n",
        "sku;name;price;freight (USD)\nA;Steel bottle;€ 12,50;5\n",
        "sku;name;price (GBP);currency\nA;Steel bottle;12,50;EUR\n",
    ] {
        let mut shop = catalogue(file);
        let report = report(&mut shop);
        assert_eq!((report.good_rows, report.problems[0].fault), (0, Fault::OtherCurrency), "{file}");
    }
}

#[test]
fn the_sign_of_yuan_and_yen_is_asked_about() {
    let mut shop = catalogue("sku;name;price\nA;Steel bottle;¥ 20\n");
    let report = report(&mut shop);
    assert!(matches!(&open(&shop, &report)[..], [Question::Currency { suggested: None, .. }]), "{report:?}");
    assert_eq!(report.good_rows, 0);
    answered(&mut shop, Answer::Currency(Currency::Cny));
    assert_eq!(values(&shop), ["20 CNY"]);
    let mut shop = catalogue("sku;name;price;valuta\nA;Steel bottle;¥ 20;CNY\n");
    super::report(&mut shop);
    assert_eq!(values(&shop), ["20 CNY"]);
}

#[test]
fn a_person_may_overrule_a_title() {
    let mut shop = catalogue("sku;name;price (USD)\nA;Steel bottle;12,50\n");
    let mut mapping = shop.mapping().clone();
    mapping.set_currency(Currency::Gbp);
    // A currency for products without one does not change that of the others.
    shop.check(mapping.clone(), Edits::default());
    assert_eq!(values(&shop), ["12.50 USD"]);
    mapping.answers.overrides_currency = true;
    shop.check(mapping, Edits::default());
    assert_eq!(values(&shop), ["12.50 GBP"]);
}
