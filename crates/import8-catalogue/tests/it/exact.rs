//! Property tests: a text is read as its exact value, refused or asked, and never dropped.

use import8_api::Money;
use import8_catalogue::amount::{DecimalMark, parse, read, read_quantity, says_none};
use import8_catalogue::code::CurrentCode;
use import8_catalogue::country::Names;
use import8_catalogue::report::{Edits, Reason, RowState};
use proptest::prelude::*;

use super::values;

/// A decimal of up to nine digits and six decimals, by its digits.
fn decimals() -> impl Strategy<Value = (String, String)> {
    (0_u64..1_000_000_000, "[0-9]{0,6}").prop_map(|(whole, fraction)| (whole.to_string(), fraction))
}

/// Writes digits in groups of three.
fn grouped(whole: &str, separator: &str) -> String {
    let digits: Vec<char> = whole.chars().rev().collect();
    let groups: Vec<String> = digits.chunks(3).map(|group| group.iter().collect()).collect();
    groups.join(&separator.chars().rev().collect::<String>()).chars().rev().collect()
}

proptest! {
    #[test]
    fn a_decimal_is_read_back_in_each_notation((whole, fraction) in decimals(), form in 0_usize..7, money in 0_usize..8) {
        let notations = [
            (DecimalMark::Point, ".", ""),
            (DecimalMark::Point, ".", ","),
            (DecimalMark::Point, ".", "'"),
            (DecimalMark::Point, ".", "\u{a0}"),
            (DecimalMark::Comma, ",", ""),
            (DecimalMark::Comma, ",", "."),
            (DecimalMark::Comma, ",", "\u{202f}"),
        ];
        let (mark, decimal, thousands) = notations[form];
        let digits = grouped(&whole, thousands);
        let number = if fraction.is_empty() { digits } else { format!("{digits}{decimal}{fraction}") };
        let exact: Money = if fraction.is_empty() { whole.clone() } else { format!("{whole}.{fraction}") }.parse().expect("a decimal");
        prop_assert_eq!(parse(&number, mark), Some(exact), "{:?}", number);
        let negative = Money(-exact.0);
        let (text, expected) = match money {
            0 => (number.clone(), exact),
            1 => (format!("€ {number}"), exact),
            2 => (format!("{number} USD"), exact),
            3 => (format!("-{number}"), negative),
            4 => (format!("({number})"), negative),
            5 => (format!("{number}-"), negative),
            6 => (format!("£\u{2212}{number}"), negative),
            _ => (format!("CHF {number} per stuk"), exact),
        };
        let amount = read(&text, mark);
        prop_assert_eq!(amount.map(|amount| amount.map(|amount| amount.value)), Ok(Some(expected)), "{:?}", text);
    }

    /// A word or a sign beside a number that is no currency, no sign of the number and no unit.
    #[test]
    fn nothing_beside_a_number_is_dropped(word in "[ghjmnqvw]{2,5}|[%*#~=!?@^_;]", place in 0_usize..6) {
        let text = match place {
            0 => format!("{word}12.50"),
            1 => format!("{word} 12.50"),
            2 => format!("12.50{word}"),
            3 => format!("12.50 {word}"),
            4 => format!("€ 12.50 {word}"),
            _ => format!("12{word}50"),
        };
        prop_assert!(read(&text, DecimalMark::Point).is_err(), "{:?}", text);
        prop_assert!(read_quantity(&text, DecimalMark::Point).is_err(), "{:?}", text);
    }

    #[test]
    fn no_text_is_too_odd(text in "\\PC{0,24}", more in "[-0-9.,'%/()eE +xX$€\u{a0}\u{2212}]{0,16}") {
        for text in [&text, &more, &format!("{more}{text}"), &format!("{text}{more}")] {
            for mark in [DecimalMark::Point, DecimalMark::Comma] {
                let is_none = read(text, mark) == Ok(None);
                prop_assert_eq!(is_none, says_none(text), "{:?}", text);
                prop_assert_eq!(read_quantity(text, mark) == Ok(None), is_none, "{:?}", text);
                let typed = parse(text, mark);
                let cell = read(text, mark).ok().flatten().map(|amount| amount.value);
                prop_assert!(typed.is_none() || typed == cell, "{:?}", text);
            }
            if let Some(code) = CurrentCode::parse(text) {
                prop_assert_eq!(code.to_string().parse(), Ok(code), "{:?}", text);
            }
        }
    }

    #[test]
    fn no_country_is_too_odd(text in "\\PC{0,24}") {
        let names = Names::new(&[]);
        let found = names.find(&text).ok().or_else(|| names.suggest(&text));
        prop_assert!(found.is_none_or(|country| names.find(country.as_str()) == Ok(country)));
    }

    /// A row is a product with all that its cells have, or it is left out with a reason that is reported.
    #[test]
    fn a_refusal_has_a_fault(price in "[-0-9.,%<~$€ ()a-z/]{0,8}", count in "[-0-9., a-z%]{0,6}", origin in "[A-Za-z/ ]{0,8}") {
        let mut table = b"SKU\tDescription\tUnit price\tQty\tCountry of origin\n".to_vec();
        table.extend(format!("A1\tSteel bottle 750 ml\t{price}\t{count}\t{origin}\n").bytes());
        let mut catalogue = values::read(&table);
        let mapping = catalogue.mapping().clone();
        let report = catalogue.check(mapping, Edits::default());
        match catalogue.rows(1, 1).first().map(|row| row.state) {
            Some(RowState::Product(number)) => {
                let request = &catalogue.products(0, 9)[number as usize].request;
                let has = |text: &str| !text.trim().is_empty() && !says_none(text);
                prop_assert_eq!(request.goods_value.is_some(), has(&price), "{:?}", price);
                prop_assert_eq!(request.quantity.is_some(), has(&count) && has(&price), "{:?}", count);
            }
            Some(RowState::LeftOut(Reason::Fault(role, fault))) => {
                prop_assert!(report.problems.iter().any(|one| (one.role, one.fault) == (role, fault)));
            }
            Some(RowState::LeftOut(reason)) => prop_assert!(report.left_out.iter().any(|one| one.reason == reason)),
            other => prop_assert!(false, "{:?}", other),
        }
    }
}
