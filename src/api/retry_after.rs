//! Parser of the `Retry-After` header: seconds, or one of the three HTTP date formats (RFC 9110, sections
//! 5.6.7 and 10.2.3).

use crate::api::listing;

/// The longest pause, in seconds. A longer one is cut, and the service is asked again after it.
pub(super) const LONGEST: u32 = 900;

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Pause in seconds, from 1 to [`LONGEST`]. `now` is in seconds since 1970. `None` if the value is neither a
/// number nor a date.
pub(super) fn seconds(value: &str, now: u64) -> Option<u32> {
    let value = value.trim();
    let is_number = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    let seconds = if is_number {
        // Parsing fails only for numbers with too many digits.
        value.parse().unwrap_or(u64::MAX)
    } else {
        http_date(value)?.saturating_sub(now)
    };
    Some(u32::try_from(seconds).unwrap_or(LONGEST).clamp(1, LONGEST))
}

/// Parses an HTTP date into seconds since 1970. The formats are `Sun, 06 Nov 1994 08:49:37 GMT`,
/// `Sunday, 06-Nov-94 08:49:37 GMT` and `Sun Nov  6 08:49:37 1994`.
pub(super) fn http_date(text: &str) -> Option<u64> {
    let words: Vec<&str> = text.split([' ', ',', '-']).filter(|word| !word.is_empty()).collect();
    let (day, month, year, time) = match words.as_slice() {
        [_, day, month, year, time, "GMT" | "UTC"] => (day, month, year, time),
        [_, month, day, time, year] => (day, month, year, time),
        _ => return None,
    };
    let month = MONTHS.iter().position(|name| name.eq_ignore_ascii_case(month))? + 1;
    // Two-digit years are 1970 to 2069.
    let century = match year.len() {
        2 if *year < "70" => "20",
        2 => "19",
        _ => "",
    };
    let time = listing::seconds(&format!("{century}{year}-{month:02}-{day:0>2}T{time}Z"))?;
    u64::try_from(time).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sun, 06 Nov 1994 08:49:37 GMT.
    const SUNDAY: u64 = 784_111_777;

    #[test]
    fn a_date_is_read_in_its_three_forms() {
        let check = |text: &str, expected: Option<u64>| assert_eq!(http_date(text), expected, "{text:?}");
        check("Sun, 06 Nov 1994 08:49:37 GMT", Some(SUNDAY));
        check("Sunday, 06-Nov-94 08:49:37 GMT", Some(SUNDAY));
        check("Sun Nov  6 08:49:37 1994", Some(SUNDAY));
        check("Thu, 01 Jan 1970 00:00:00 GMT", Some(0));
        check("Thu, 29 Feb 2024 12:00:00 GMT", Some(1_709_208_000));
        check("Sun, 29 Nov 2026 23:09:01 GMT", Some(1_795_993_741));
        check("Wednesday, 01-Jan-31 00:00:00 GMT", Some(1_924_992_000));
        for text in [
            "",
            "soon",
            "Sun, 06 Nov 1994 08:49:37 CET",
            "Sun, 06 Now 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 08:49 GMT",
            "Sun, 06 Nov 99999 08:49:37 GMT",
            "1994-11-06T08:49:37Z",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn a_wait_is_at_least_a_second_and_at_most_the_longest() {
        let check = |value: &str, expected: Option<u32>| {
            assert_eq!(seconds(value, SUNDAY), expected, "{value:?}");
        };
        check("30", Some(30));
        check(" 30 ", Some(30));
        check("0", Some(1));
        check("4294967295", Some(LONGEST));
        check("99999999999999999999999", Some(LONGEST));
        check("Sun, 06 Nov 1994 08:50:37 GMT", Some(60));
        check("Sun, 06 Nov 1994 08:00:00 GMT", Some(1));
        check("Wed, 06 Nov 2094 08:49:37 GMT", Some(LONGEST));
        for value in ["", "-1", "1.5", "soon"] {
            check(value, None);
        }
    }
}
