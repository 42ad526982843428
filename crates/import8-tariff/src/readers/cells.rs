//! Values of cells: dates, goods codes and other codes, as the publications write them.

use jiff::Span;
use jiff::civil::{Date, date};

use crate::GoodsCode;

/// The first and the last day that a date may be: others are typing errors.
const FIRST: Date = date(1950, 1, 1);
const LAST: Date = date(2200, 12, 31);

/// A date: `31-12-2026`, `31/12/2026`, `31.12.2026`, `2026-12-31` with or without a time, `20261231`, or the days
/// since 1900 (or 1904) that Excel counts.
///
/// # Errors
/// What is wrong, for a person.
pub(super) fn day(text: &str, is_number: bool, is_1904: bool) -> Result<Date, String> {
    let text = text.trim();
    let days = text.split('.').next().unwrap_or_default();
    let read = if is_number && days.len() < 8 { serial(days, is_1904) } else { written(text) };
    match read {
        Some(day) if (FIRST..=LAST).contains(&day) => Ok(day),
        _ => Err(format!("{text:?} is no date such as 31-12-2026")),
    }
}

/// A date that may be absent.
///
/// # Errors
/// See [`day`].
pub(super) fn optional_day(text: &str, is_number: bool, is_1904: bool) -> Result<Option<Date>, String> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let is_open_end = matches!(text.trim(), "31-12-9999" | "9999-12-31" | "2958465");
    if is_open_end { Ok(None) } else { day(text, is_number, is_1904).map(Some) }
}

fn serial(text: &str, is_1904: bool) -> Option<Date> {
    let days: i64 = text.parse().ok()?;
    // Excel counts a 29 February 1900 that never was, so day 61 is 1 March 1900.
    let first = if is_1904 { date(1904, 1, 1) } else { date(1899, 12, 30) };
    first.checked_add(Span::new().try_days(days).ok()?).ok()
}

fn written(text: &str) -> Option<Date> {
    // A time after the date says nothing.
    let text = text.split(['T', ' ']).next().unwrap_or_default();
    let parts: Vec<&str> = match text.len() {
        8 if text.bytes().all(|sign| sign.is_ascii_digit()) => {
            vec![text.get(..4)?, text.get(4..6)?, text.get(6..)?]
        }
        _ => text.split(['-', '/', '.']).collect(),
    };
    let [first, month, last] = <[&str; 3]>::try_from(parts).ok()?;
    if [first, month, last].iter().any(|part| !part.bytes().all(|sign| sign.is_ascii_digit())) {
        return None;
    }
    let (year, day) = if first.len() == 4 { (first, last) } else { (last, first) };
    if year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// A goods code, with or without blanks and points in it, and its suffix if there is one: `0101210000 80`,
/// `0101 21 00 00 80`, `0101.21.00.00`. A whole number has lost the zeros before it. A number with decimals has lost
/// those behind it, and so may be one of several codes: `8518.3` was `8518.30`, and `105.1` was `0105.10`.
///
/// # Errors
/// What is wrong, for a person.
pub(super) fn goods_code(text: &str, is_number: bool) -> Result<(GoodsCode, Option<u8>), String> {
    let has_odd_part =
        || text.split('.').any(|part| part.bytes().filter(u8::is_ascii_digit).count() % 2 == 1);
    if text.contains('.') && (is_number || has_odd_part()) {
        return Err(format!(
            "{:?} may have lost zeros as a number: write the goods code without points, or give its column the format \
             of text",
            text.trim()
        ));
    }
    let mut digits: String = text.chars().filter(|sign| !is_separator(*sign)).collect();
    if is_number && digits.len() % 2 == 1 {
        digits.insert(0, '0');
    }
    let fault = || match text.trim() {
        "" => "the goods code is missing".to_owned(),
        text => format!("{text:?} is no goods code of two to ten digits"),
    };
    if !digits.bytes().all(|sign| sign.is_ascii_digit()) {
        return Err(fault());
    }
    let (code, suffix) = match digits.len() {
        12 => digits.split_at(10),
        _ => (&*digits, ""),
    };
    let code = GoodsCode::padded(code).map_err(|_| fault())?;
    if suffix.is_empty() {
        return Ok((code, None));
    }
    let suffix = suffix.parse().map_err(|_| fault())?;
    Ok((code, Some(suffix)))
}

fn is_separator(sign: char) -> bool {
    sign.is_whitespace() || matches!(sign, '.' | '|')
}

/// A code without the blanks, points and hyphens that are only for the eye: `Y155` for `Y-155`, `CD333` for `CD 333`.
pub(super) fn bare_code(text: &str) -> String {
    let kept = text.chars().filter(|sign| !sign.is_whitespace() && !matches!(sign, '-' | '.' | '|'));
    kept.collect::<String>().to_uppercase()
}

/// A number as a code with a fixed number of digits: `090006` for 90006. Other texts stay.
pub(super) fn padded_code(text: &str, digits: usize) -> String {
    let code = bare_code(text);
    if !code.is_empty() && code.len() < digits && code.bytes().all(|sign| sign.is_ascii_digit()) {
        format!("{code:0>digits$}")
    } else {
        code
    }
}

/// Whether a text is the code of a country (`CN`) or of a group (`1011`, `D010`).
pub(super) fn is_area_code(text: &str) -> bool {
    match text.len() {
        2 => text.bytes().all(|sign| sign.is_ascii_uppercase()),
        4 => {
            text.bytes().all(|sign| sign.is_ascii_digit() || sign.is_ascii_uppercase())
                && text.bytes().filter(u8::is_ascii_digit).count() > 1
        }
        _ => false,
    }
}

/// A text for people: TARIC writes a blank at which no line ends as `|`.
pub(super) fn words(text: &str) -> String {
    text.trim_matches(|sign: char| sign.is_whitespace() || sign == '|').replace('|', "\u{a0}")
}

/// A duty or an amount: one blank between its parts, and no others.
pub(super) fn expression(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for word in text.split(|sign: char| sign.is_whitespace() || sign == '|').filter(|word| !word.is_empty()) {
        if !written.is_empty() {
            written.push(' ');
        }
        written.push_str(word);
    }
    written
}

/// A language by its two letters, in small ones. TARIC has a code of its own for Greek.
pub(super) fn language(text: &str) -> Option<String> {
    let is_code = text.len() == 2 && text.bytes().all(|sign| sign.is_ascii_alphabetic());
    match text.to_ascii_lowercase() {
        code if code == "gr" => Some("el".to_owned()),
        code => is_code.then_some(code),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_all_forms() {
        let check = |text: &str, is_number, day: Date| {
            assert_eq!(super::day(text, is_number, false), Ok(day), "{text}");
        };
        let day = date(2026, 11, 30);
        for text in
            ["30-11-2026", "30/11/2026", "30.11.2026", "2026-11-30", "2026-11-30T00:00:00", "20261130"]
        {
            check(text, false, day);
        }
        check("46356", true, day);
        check("46356.5", true, day);
        check("20261130", true, day);
        check("36526", true, date(2000, 1, 1));
        assert_eq!(super::day("44894", true, true), Ok(day));
        for text in
            ["", "30-11-26", "31-11-2026", "11-30-2026", "yesterday", "30-11-2026-1", "0030-11-20", "-5"]
        {
            assert!(super::day(text, false, false).is_err(), "{text}");
        }
        for text in ["1", "99999999", "-1", "1e5"] {
            assert!(super::day(text, true, false).is_err(), "{text}");
        }
        assert_eq!(optional_day(" ", false, false), Ok(None));
        assert_eq!(optional_day("31-12-9999", false, false), Ok(None));
    }

    #[test]
    fn codes_are_read_in_all_forms() {
        let check = |text: &str, is_number, code: &str, suffix| {
            let read = goods_code(text, is_number).map(|(code, suffix)| (code.as_str().to_owned(), suffix));
            assert_eq!(read, Ok((code.to_owned(), suffix)), "{text}");
        };
        check("0101210000 80", false, "0101210000", Some(80));
        check("0101210000\u{a0}10", false, "0101210000", Some(10));
        check("0101 21 00 00 80", false, "0101210000", Some(80));
        check("0101.21", false, "0101210000", None);
        check("101210000", true, "0101210000", None);
        check("8518300000", true, "8518300000", None);
        for text in ["", "101210000", "01012100008", "0101210000 8", "0101210000 800", "85x8", "٨٥"] {
            assert!(goods_code(text, false).is_err(), "{text}");
        }
        for (text, is_number) in [("8518.3", true), ("8518.30", true), ("8518.3", false), ("105.1", false)] {
            let reason = goods_code(text, is_number).expect_err(text);
            assert!(reason.starts_with(&format!("{text:?} may have lost zeros")), "{reason}");
        }
        assert_eq!([padded_code("90006", 6), padded_code("09.0006", 6)], ["090006", "090006"]);
        assert_eq!([bare_code("Y-155"), bare_code("cd 333")], ["Y155", "CD333"]);
        let areas: Vec<_> = ["CN", "1011", "D010", "Peru", "SPGL", "EU27", ""].map(is_area_code).into();
        assert_eq!(areas, [true, true, true, false, false, true, false]);
    }

    #[test]
    fn blanks_are_as_they_are_meant() {
        assert_eq!(words("Of a weight of 80|kg or less |"), "Of a weight of 80\u{a0}kg or less");
        assert_eq!(expression(" 10.200 %  +\u{a0}93.100 EUR|DTN "), "10.200 % + 93.100 EUR DTN");
    }
}
