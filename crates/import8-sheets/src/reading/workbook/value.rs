//! The texts of values: numbers with 15 significant digits, dates in ISO 8601.

use calamine::{CellErrorType, DataRef, ExcelDateTime};

use super::grid::{Builder, Position};
use crate::reading::error::ReadError;
use crate::reading::facts::Content;

/// The most significant digits of a number: more are the noise of a calculation in floating-point numbers.
const DIGITS: usize = 15;

/// Adds a cell with a value; nothing for an empty one, nor for the empty text, to which people fill formulas down
/// sheets.
///
/// # Errors
/// See [`Builder::push`].
pub(super) fn push(
    grid: &mut Builder,
    at: Position,
    value: &DataRef<'_>,
    style: usize,
) -> Result<(), ReadError> {
    match value {
        DataRef::Empty | DataRef::SharedString("") => Ok(()),
        DataRef::String(text) if text.is_empty() => Ok(()),
        DataRef::String(text) => grid.push(at, Content::Text, text, style),
        DataRef::SharedString(text) => grid.push_shared(at, text, style),
        DataRef::Int(number) => push_number(grid, at, number.to_string(), style),
        DataRef::Float(number) => push_number(grid, at, number_text(*number), style),
        DataRef::Bool(is_true) => {
            grid.push(at, Content::Boolean, if *is_true { "TRUE" } else { "FALSE" }, style)
        }
        DataRef::DateTime(time) if time.is_datetime() => {
            grid.push(at, Content::Date, &date_text(time), style)
        }
        DataRef::DateTime(duration) => grid.push(at, Content::Date, &number_text(duration.as_f64()), style),
        DataRef::DateTimeIso(text) => {
            let text = text.strip_suffix("T00:00:00").unwrap_or(text);
            grid.push(at, Content::Date, &text.replacen('T', " ", 1), style)
        }
        DataRef::DurationIso(text) => grid.push(at, Content::Date, text, style),
        DataRef::Error(error) => grid.push(at, Content::Error, error_text(error), style),
    }
}

fn push_number(grid: &mut Builder, at: Position, number: String, style: usize) -> Result<(), ReadError> {
    let shown = match grid.format(style) {
        Some(format) => format.shown(number),
        None => number,
    };
    grid.push(at, Content::Number, &shown, style)
}

/// A number with at most 15 significant digits and no exponent.
fn number_text(number: f64) -> String {
    let text = number.to_string();
    let digits = text.trim_start_matches(['-', '0', '.']).bytes().filter(u8::is_ascii_digit).count();
    if digits <= DIGITS || !number.is_finite() {
        return text;
    }
    let rounded = format!("{number:.*e}", DIGITS - 1).parse::<f64>();
    rounded.map_or(text, |rounded| rounded.to_string())
}

fn date_text(time: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    match (hour, minute, second) {
        (0, 0, 0) => date,
        _ => format!("{date} {hour:02}:{minute:02}:{second:02}"),
    }
}

fn error_text(error: &CellErrorType) -> &'static str {
    match error {
        CellErrorType::Div0 => "#DIV/0!",
        CellErrorType::NA => "#N/A",
        CellErrorType::Name => "#NAME?",
        CellErrorType::Null => "#NULL!",
        CellErrorType::Num => "#NUM!",
        CellErrorType::Ref => "#REF!",
        CellErrorType::Value => "#VALUE!",
        CellErrorType::GettingData => "#GETTING_DATA",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_fifteen_digits() {
        let check = |number: f64, text: &str| assert_eq!(number_text(number), text);
        check(13.750_000_000_000_002, "13.75");
        check(0.1 + 0.2, "0.3");
        check(2.499_999_999_999_999_6, "2.5");
        check(-13.750_000_000_000_002, "-13.75");
        check(1_023_456_789.0, "1023456789");
        check(123_456_789_012_345.0, "123456789012345");
        check(1e21, "1000000000000000000000");
        check(0.000_000_1, "0.0000001");
        check(0.0, "0");
    }
}
