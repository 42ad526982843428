//! Parses amounts as people write them: with thousands separators, decimal commas and currency signs.

use import8_api::Money;
use serde::{Deserialize, Serialize};

/// The decimal mark of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DecimalMark {
    /// `1,234.56`
    Point,
    /// `1.234,56`
    Comma,
}

/// Parses an amount: `1234.50`, or with thousands separators `1,234.50` or `1.234,50`, by `mark`. `None` for any
/// other text.
///
/// A single separator is a decimal mark, unless it is the thousands separator and three digits follow. With a decimal
/// comma, `12.50` is twelve and a half, and `1.250` is one thousand two hundred and fifty.
#[must_use]
pub fn parse(text: &str, mark: DecimalMark) -> Option<Money> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let (decimal, thousands) = match mark {
        DecimalMark::Point => ('.', ','),
        DecimalMark::Comma => (',', '.'),
    };
    let (whole, fraction) = match (text.split_once(decimal), text.matches(thousands).count()) {
        (Some((whole, fraction)), _) => (grouped(whole, thousands)?, fraction.to_owned()),
        (None, 1) => match text.split_once(thousands)? {
            (whole, group)
                if group.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0') =>
            {
                (format!("{whole}{group}"), String::new())
            }
            // Four digits before it, or three after a zero, are neither a clear group nor a clear decimal.
            (whole, group) if group.len() == 3 && whole != "0" => return None,
            (whole, fraction) => (whole.to_owned(), fraction.to_owned()),
        },
        (None, _) => (grouped(&text, thousands)?, String::new()),
    };
    let is_number =
        !whole.is_empty() && [&whole, &fraction].iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()));
    if !is_number {
        return None;
    }
    if fraction.is_empty() { whole.parse().ok() } else { format!("{whole}.{fraction}").parse().ok() }
}

/// Parses an amount in a cell, with or without a currency: `€ 12,50`, `USD 12.50`.
#[must_use]
pub fn parse_cell(text: &str, mark: DecimalMark) -> Option<Money> {
    parse(text.trim_matches(|c: char| !c.is_ascii_digit() && !"-.,".contains(c)), mark)
}

/// The decimal mark that a number implies: the comma for `1.234,5`, the point for `12.5`. `None` if both readings are
/// possible or it has no decimals.
#[must_use]
pub fn mark_of(text: &str) -> Option<DecimalMark> {
    let (point, comma) = (text.rfind('.'), text.rfind(','));
    let (mark, at) = match (point, comma) {
        (Some(point), Some(comma)) if point > comma => (DecimalMark::Point, point),
        (_, Some(comma)) => (DecimalMark::Comma, comma),
        (Some(point), None) => (DecimalMark::Point, point),
        (None, None) => return None,
    };
    let has_both = point.is_some() && comma.is_some();
    let is_clear = has_both || text[at + 1..].bytes().take_while(u8::is_ascii_digit).count() != 3;
    (is_clear && parse_cell(text, mark).is_some()).then_some(mark)
}

/// Joins digits whose groups of three are separated by `separator`; `None` for other groups.
fn grouped(text: &str, separator: char) -> Option<String> {
    let mut groups = text.split(separator);
    let first = groups.next()?;
    let rest: Vec<_> = groups.collect();
    let is_grouped =
        rest.is_empty() || (1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3);
    is_grouped.then(|| format!("{first}{}", rest.concat()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(mark: DecimalMark, cases: &[(&str, Option<&str>)]) {
        for (typed, expected) in cases {
            let amount = parse(typed, mark).map(|amount| amount.to_string());
            assert_eq!(amount.as_deref(), *expected, "{typed:?}, {mark:?}");
        }
    }

    #[test]
    fn amounts_are_read_by_their_mark() {
        check(
            DecimalMark::Point,
            &[
                ("25", Some("25")),
                ("25.00", Some("25.00")),
                ("1,234.56", Some("1234.56")),
                ("1,234", Some("1234")),
                ("12,5", Some("12.5")),
                ("1,234,567", Some("1234567")),
                ("0,125", Some("0.125")),
                (" 1 250 ", Some("1250")),
                ("1.234,56", None),
                (",125", None),
                ("1234,567", None),
                ("1234,5", Some("1234.5")),
                ("1,23,4", None),
                ("", None),
                ("-1", None),
                ("1e3", None),
                ("12.3.4", None),
                (".", None),
                ("abc", None),
            ],
        );
        check(
            DecimalMark::Comma,
            &[
                ("25", Some("25")),
                ("25,00", Some("25.00")),
                ("1.234,56", Some("1234.56")),
                ("1.234", Some("1234")),
                ("12.50", Some("12.50")),
                ("1.234.567", Some("1234567")),
                ("0.125", Some("0.125")),
                ("1,234.56", None),
                (".125", None),
                ("1234.567", None),
                ("1234.5", Some("1234.5")),
                ("1.23.4", None),
                ("12,3,4", None),
                (",", None),
            ],
        );
    }

    #[test]
    fn a_cell_may_name_its_currency() {
        let check = |text: &str, mark, expected: Option<&str>| {
            let amount = parse_cell(text, mark).map(|amount| amount.to_string());
            assert_eq!(amount.as_deref(), expected, "{text:?}");
        };
        check("€ 1.234,50", DecimalMark::Comma, Some("1234.50"));
        check("12.50 USD", DecimalMark::Point, Some("12.50"));
        check("$12", DecimalMark::Point, Some("12"));
        check("-12", DecimalMark::Point, None);
        check("on request", DecimalMark::Point, None);
    }

    #[test]
    fn a_mark_is_told_by_numbers_that_can_be_read_one_way_only() {
        let check = |text: &str, expected| assert_eq!(mark_of(text), expected, "{text:?}");
        check("12,5", Some(DecimalMark::Comma));
        check("€ 12.50", Some(DecimalMark::Point));
        check("1.234,56", Some(DecimalMark::Comma));
        check("1,234.567", Some(DecimalMark::Point));
        check("1.234", None);
        check("1234", None);
        check("a, b", None);
        check("1.2.3", None);
    }
}
