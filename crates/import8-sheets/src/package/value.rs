//! The values of added cells, in the notation of SpreadsheetML.

use std::borrow::Cow;
use std::fmt::Write as _;

use quick_xml::escape::partial_escape;

use super::styles::NumberFormat;
use crate::cell::Cell;
use crate::column::CellKind;
use crate::xlsx::exactly;

/// The value of an added cell.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Value<'a> {
    /// A text, which is never a formula.
    Text(&'a str),
    /// A number in decimal notation.
    Number(Cow<'a, str>),
}

/// The value of a text in a column of a kind, and its number format; without one, that of its surroundings.
pub(super) fn value(kind: CellKind, text: &str, is_1904: bool) -> (Value<'_>, Option<NumberFormat>) {
    match Cell::new(kind, text) {
        Cell::Text(text) => (Value::Text(text), None),
        Cell::Code(text) | Cell::Plain(text) => (Value::Text(text), Some(NumberFormat::Text)),
        Cell::Number(decimal) => match exactly(decimal) {
            Some((_, decimals)) => {
                (Value::Number(Cow::Borrowed(decimal)), Some(NumberFormat::Decimals(decimals)))
            }
            None => (Value::Text(text), None),
        },
        Cell::Time(time) => match serial(time, is_1904) {
            Some(serial) => (Value::Number(Cow::Owned(serial)), Some(NumberFormat::Time)),
            // Not a date, such as 31 February.
            None => (Value::Text(text), None),
        },
    }
}

/// A cell. Texts are inline: every other part of the package, such as the shared strings, stays as it is, and Excel,
/// LibreOffice and the common libraries read them alike.
pub(super) fn cell(prefix: &str, reference: &str, style: u32, value: &Value<'_>) -> String {
    let mut xml = format!("<{prefix}c r=\"{reference}\"");
    if style > 0 {
        // Writing to a string does not fail.
        write!(xml, " s=\"{style}\"").unwrap_or_default();
    }
    let rest = match value {
        Value::Text(text) => format!(
            " t=\"inlineStr\"><{prefix}is><{prefix}t xml:space=\"preserve\">{}</{prefix}t></{prefix}is></{prefix}c>",
            partial_escape(escaped(text))
        ),
        Value::Number(number) => format!("><{prefix}v>{number}</{prefix}v></{prefix}c>"),
    };
    xml + &rest
}

/// A text with the characters that XML lacks in Excel's notation, `_x0007_`. A text that looks like that notation
/// gets its underscore escaped.
fn escaped(text: &str) -> Cow<'_, str> {
    let is_lacking = |c: char| {
        (c.is_ascii_control() && !matches!(c, '\t' | '\n' | '\x7f')) || matches!(c, '\u{fffe}' | '\u{ffff}')
    };
    if !text.contains("_x") && !text.contains(is_lacking) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    for (at, character) in text.char_indices() {
        match character {
            '_' if is_escape(&text[at..]) => escaped.push_str("_x005F_"),
            character if is_lacking(character) => {
                write!(escaped, "_x{:04X}_", u32::from(character)).unwrap_or_default();
            }
            character => escaped.push(character),
        }
    }
    Cow::Owned(escaped)
}

/// Whether a text begins with `_x0041_`.
fn is_escape(text: &str) -> bool {
    let digits = text.as_bytes().get(..7).filter(|bytes| bytes.starts_with(b"_x") && bytes.ends_with(b"_"));
    digits.is_some_and(|bytes| bytes[2..6].iter().all(u8::is_ascii_hexdigit))
}

/// A time as the number of days since the workbook's first day, with ten decimals; `None` if it is no date or lies
/// before March 1900, where spreadsheets disagree.
fn serial(time: &str, is_1904: bool) -> Option<String> {
    let part = |from: usize, to: usize| time.get(from..to)?.parse::<u32>().ok();
    let (year, month, day) = (part(0, 4)?, part(5, 7)?, part(8, 10)?);
    let (hour, minute) = (part(11, 13)?, part(14, 16)?);
    let second = if time.len() > 16 { part(17, 19)? } else { 0 };
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if !(1..=length).contains(&day) || hour > 23 || minute > 59 || second > 59 || year < 1900 {
        return None;
    }
    // Years that begin in March have the leap day at their end.
    let (year, month) = if month < 3 { (year - 1, month + 9) } else { (year, month - 3) };
    let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day;
    // The days before 30 December 1899, and before 1 January 1904.
    let since = days.checked_sub(if is_1904 { 695_362 } else { 693_900 })?;
    let is_shared = is_1904 || since >= 61;
    let fraction = (u64::from(hour * 3_600 + minute * 60 + second) * 10_000_000_000 + 43_200) / 86_400;
    let serial = format!("{since}.{fraction:010}");
    is_shared.then(|| serial.trim_end_matches('0').trim_end_matches('.').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_counted_in_the_date_system_of_the_workbook() {
        let check = |time, by_1900: Option<&str>, by_1904: Option<&str>| {
            assert_eq!(serial(time, false).as_deref(), by_1900, "{time}");
            assert_eq!(serial(time, true).as_deref(), by_1904, "{time}");
        };
        check("2026-05-01 00:00", Some("46143"), Some("44681"));
        check("2026-05-01 12:00", Some("46143.5"), Some("44681.5"));
        check("2026-05-01T14:34:56", Some("46143.6075925926"), Some("44681.6075925926"));
        check("2024-02-29 06:00", Some("45351.25"), Some("43889.25"));
        check("1904-01-01 00:00", Some("1462"), Some("0"));
        check("1900-03-01 00:00", Some("61"), None);
        check("1900-02-28 00:00", None, None);
        check("2026-02-29 00:00", None, None);
        check("2026-13-01 00:00", None, None);
        check("2026-05-01 10:60", None, None);
    }

    #[test]
    fn what_xml_lacks_is_escaped_as_excel_does() {
        for (text, written) in [
            ("a_b", "a_b"),
            ("_x0041_", "_x005F_x0041_"),
            ("_x004", "_x004"),
            ("_xéé", "_xéé"),
            ("bell\u{7}\r\n", "bell_x0007__x000D_\n"),
        ] {
            assert_eq!(escaped(text), written);
        }
        assert_eq!(
            cell("x:", "F2", 3, &Value::Text("<&> ")),
            "<x:c r=\"F2\" s=\"3\" t=\"inlineStr\"><x:is><x:t xml:space=\"preserve\">&lt;&amp;&gt; </x:t></x:is></x:c>"
        );
        assert_eq!(cell("", "F2", 0, &Value::Number("1.50".into())), "<c r=\"F2\"><v>1.50</v></c>");
    }
}
