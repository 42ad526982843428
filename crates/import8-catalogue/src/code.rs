//! Reads the commodity code that a file has so far, in every form in which people and spreadsheets write it, and
//! compares it with another.

use std::fmt;
use std::str::FromStr;

use import8_api::HsCode;
use serde::{Deserialize, Serialize};

/// The most digits of a statistical code that begins with a TARIC code.
const MOST_DIGITS: usize = 22;

/// Words that may stand before a code, in lower case.
const BEFORE: &str = "|hs|h|s|hts|htsus|cn|gn|gs|kn|nc|sh|tn|taric|code|codes|nr|no|hscode|tariff|number|commodity|intrastat|zolltarifnummer|\
    goederencode|wtn|statistieknummer|ex|";

/// The commodity code in a cell of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum CurrentCode {
    /// A code with the digits of the cell. What follows ten digits, such as a national or an additional code, is left out.
    Written(HsCode),
    /// A code with zeros that a spreadsheet has dropped: `101210000`, `8518.3`.
    Restored(HsCode),
    /// A spreadsheet has rounded it: `8.5183E+09`.
    Damaged,
    /// The text is no code.
    NotACode,
}

/// The result of comparing a current code with another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Agreement {
    /// Both have the same digits.
    Same,
    /// So many leading digits are the same: 4, 6 or 8.
    SameTo(usize),
    /// Not even the headings are the same.
    Other,
    /// A spreadsheet has rounded the current code.
    Damaged,
    /// The cell has no code.
    NotACode,
}

impl CurrentCode {
    /// Reads a cell; `None` if it is empty or says that there is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        // `="0101210000"` keeps zeros in Excel.
        let text = text.trim().strip_prefix("=\"").and_then(|text| text.strip_suffix('"')).unwrap_or(text);
        let plain = plain(text);
        let has_nothing = plain.chars().all(|c| matches!(c, '-' | '/' | '.' | '?' | '0'))
            || matches!(
                plain.as_str(),
                "n/a" | "n.a." | "na" | "nvt" | "n.v.t." | "none" | "geen" | "unknown" | "onbekend"
            );
        if has_nothing {
            return None;
        }
        let code = without_words(&plain);
        Some(rounded(code).unwrap_or_else(|| of_digits(code).unwrap_or(Self::NotACode)))
    }

    /// The code, if the cell has one.
    #[must_use]
    pub fn code(self) -> Option<HsCode> {
        match self {
            Self::Written(code) | Self::Restored(code) => Some(code),
            Self::Damaged | Self::NotACode => None,
        }
    }

    /// Compares it with a decided code, as far as both go.
    #[must_use]
    pub fn compare(self, decided: HsCode) -> Agreement {
        let code = match self {
            Self::Written(code) | Self::Restored(code) => code,
            Self::Damaged => return Agreement::Damaged,
            Self::NotACode => return Agreement::NotACode,
        };
        if code == decided {
            return Agreement::Same;
        }
        let same = [8, 6, 4].into_iter().find(|&digits| {
            let both = (code.bare().get(..digits), decided.bare().get(..digits));
            matches!(both, (Some(one), Some(other)) if one == other)
        });
        same.map_or(Agreement::Other, Agreement::SameTo)
    }
}

/// The text in which a journal keeps it: `85183000`, `0101210000?` for a restored one, `damaged`, `none`.
impl fmt::Display for CurrentCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Written(code) => f.write_str(code.bare()),
            Self::Restored(code) => write!(f, "{}?", code.bare()),
            Self::Damaged => f.write_str("damaged"),
            Self::NotACode => f.write_str("none"),
        }
    }
}

impl From<CurrentCode> for String {
    fn from(code: CurrentCode) -> Self {
        code.to_string()
    }
}

impl FromStr for CurrentCode {
    type Err = import8_api::HsCodeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "damaged" => Ok(Self::Damaged),
            "none" => Ok(Self::NotACode),
            text => match text.strip_suffix('?') {
                Some(code) => code.parse().map(Self::Restored),
                None => text.parse().map(Self::Written),
            },
        }
    }
}

impl TryFrom<String> for CurrentCode {
    type Error = import8_api::HsCodeError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

/// A text in lower case, with one kind of space, without invisible characters and the apostrophe that marks a text.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {}
            '\u{2010}'..='\u{2015}' | '\u{2212}' => plain.push('-'),
            '\'' | '’' | '‘' | '"' if plain.is_empty() => {}
            c if c.is_whitespace() => plain.push(' '),
            c => plain.push(c.to_ascii_lowercase()),
        }
    }
    plain.trim_matches([' ', '"']).to_owned()
}

/// The text without the words before a code: `hs code: 8471.30`, `ex 8518`.
fn without_words(plain: &str) -> &str {
    let mut rest = plain;
    loop {
        let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        if word.is_empty() || !BEFORE.contains(&format!("|{word}|")) {
            return rest;
        }
        rest = after.trim_start_matches([' ', ':', '.', '-', '=', '#']);
    }
}

/// The code of a number in scientific notation, which is exact only if no digit is missing: `7.323930000E9`.
fn rounded(code: &str) -> Option<CurrentCode> {
    let (mantissa, exponent) = code.split_once('e')?;
    let (whole, fraction) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, ""));
    let exponent: usize = exponent.trim_start_matches('+').parse().ok()?;
    let digits = format!("{whole}{fraction}");
    if whole.len() != 1 || !is_digits(&digits) {
        return None;
    }
    let exact = || (fraction.len() == exponent).then(|| of_digits(&digits)).flatten();
    Some(exact().unwrap_or(CurrentCode::Damaged))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The code of digits with separators between them.
fn of_digits(code: &str) -> Option<CurrentCode> {
    // A number that a spreadsheet has written with a decimal.
    let code = code.trim_end_matches('.');
    let code = code.strip_suffix(".0").filter(|whole| is_digits(whole)).unwrap_or(code);
    let parts: Vec<&str> =
        code.split([' ', '.', '-', '/', '\'', '’', ',', '_']).filter(|part| !part.is_empty()).collect();
    let (parts, _) = match parts.split_last() {
        // An additional code of TARIC: `7323930000 C999`.
        Some((last, before)) if is_additional(last) && before.concat().len() == 10 => (before, Some(last)),
        _ => (parts.as_slice(), None),
    };
    let digits = parts.concat();
    // `8518.30 8518.40` are two codes.
    let chapter = digits.get(..2).unwrap_or_default();
    let begins_code = |part: &&str| part.len() >= 6 || part.len() >= 4 && part.starts_with(chapter);
    let has_several = parts.iter().skip(1).any(begins_code);
    if !is_digits(&digits) || digits.len() > MOST_DIGITS || has_several {
        return None;
    }
    match parts {
        [whole] => integer(whole),
        // One mark between digits may be the decimal mark of a number.
        [whole, fraction] if !code.contains(' ') => decimal(whole, fraction, &digits),
        [first, ..] if first.len() % 2 == 1 => {
            let digits = format!("0{digits}");
            has_heading(&digits).then(|| written(&digits, CurrentCode::Restored)).flatten()
        }
        // Beyond six digits, the groups of national codes differ: `8518.30-000`.
        [heading, subheading, ..] if digits.len() % 2 == 1 && (heading.len(), subheading.len()) == (4, 2) => {
            written(&digits[..6], CurrentCode::Written)
        }
        _ => written(&digits, CurrentCode::Written),
    }
}

/// `4` digits, or a letter and three digits.
fn is_additional(part: &str) -> bool {
    let rest = part.strip_prefix(|c: char| c.is_ascii_alphanumeric()).unwrap_or_default();
    part.len() == 4 && is_digits(rest)
}

/// The code of a whole number, which has lost its first zero if it has an odd number of digits.
fn integer(digits: &str) -> Option<CurrentCode> {
    match digits.len() {
        3 | 5 | 7 | 9 => {
            let digits = format!("0{digits}");
            has_heading(&digits).then(|| written(&digits, CurrentCode::Restored)).flatten()
        }
        _ => written(digits, CurrentCode::Written),
    }
}

/// The code of `8518.3` or `101.21`, whose zeros a spreadsheet has dropped at its ends.
fn decimal(whole: &str, fraction: &str, digits: &str) -> Option<CurrentCode> {
    let (leads, trails) = (whole.len() % 2 == 1, fraction.len() % 2 == 1);
    // A number does not end in a zero.
    if trails && fraction.ends_with('0') || leads && whole.starts_with('0') {
        // `8518.30-000` and the like have more than one mark.
        return None;
    }
    if !leads && !trails {
        return written(digits, CurrentCode::Written);
    }
    let digits = format!("{}{digits}{}", if leads { "0" } else { "" }, if trails { "0" } else { "" });
    (!leads || has_heading(&digits)).then(|| written(&digits, CurrentCode::Restored)).flatten()
}

/// Whether the first four digits may be a heading of the chapters 01 to 09, which begin with a zero.
fn has_heading(digits: &str) -> bool {
    let last = match digits.get(..2) {
        Some("01") => "06",
        Some("02" | "04" | "09") => "10",
        Some("03") => "09",
        Some("05") => "11",
        Some("06") => "04",
        Some("07" | "08") => "14",
        _ => return false,
    };
    digits.get(2..4).is_some_and(|heading| ("01"..=last).contains(&heading))
}

/// The code of the first ten digits, if its chapter exists.
fn written(digits: &str, kind: fn(HsCode) -> CurrentCode) -> Option<CurrentCode> {
    let code: HsCode = digits.get(..10).unwrap_or(digits).parse().ok()?;
    (!matches!(code.chapter(), "00" | "77")).then(|| kind(code))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let code = CurrentCode::parse(text);
        assert_eq!(code.map(|code| code.to_string()).unwrap_or_default(), expected, "{text:?}");
        if let Some(code) = code {
            assert_eq!(code.to_string().parse(), Ok(code), "{text:?}");
        }
    }

    #[test]
    fn codes_are_read_in_every_written_form() {
        for text in [
            "85183000",
            "8518 30 00",
            "8518.30.00",
            "8518\u{a0}30\u{a0}00",
            "8518\u{202f}30\u{202f}00",
            "8518/30/00",
            "8518-30-00",
            "'8518.30.00",
            "’85183000",
            "HS 8518.30.00",
            "H.S. 8518.30.00",
            "HS code: 85183000",
            "CN 8518 30 00",
            "GN-code 8518 30 00",
            "Taric 85183000",
            "ex 8518 30 00",
            "ex85183000",
            "=\"85183000\"",
            "85183000.0",
            "8518 3000",
            "85.18.30.00",
        ] {
            check(text, "85183000");
        }
        check("'0101.21.00.00", "0101210000");
        check("HS 8471.30", "847130");
        check("84713000000", "8471300000");
        check("6109/10/00", "61091000");
        check("8518300090 12", "8518300090");
        check("8518300090123", "8518300090");
        check("8518 30 00 90 C999", "8518300090");
        check("7323930000-A123", "7323930000");
        check("7323930000 4099", "7323930000");
        check("8518", "8518");
        check("ex 8518", "8518");
        check("8518 30 000 0", "8518300000");
        check("8518.30-000", "851830");
        check("7.323930000E9", "7323930000");
        check("7,323930000E+09", "7323930000");
    }

    #[test]
    fn zeros_that_spreadsheets_drop_come_back() {
        check("101210000", "0101210000?");
        check("101210000.0", "0101210000?");
        check("1012100", "01012100?");
        check("10121", "010121?");
        check("101", "0101?");
        check("101.21", "010121?");
        check("101.2", "010120?");
        check("101.21.00", "01012100?");
        check("101 21 00 00", "0101210000?");
        check("8518.3", "851830?");
        check("8471.3", "847130?");
        check("6109.1", "610910?");
        check("8518,3", "851830?");
        check("0101.21", "010121");
        check("8518.301", "85183010?");
    }

    #[test]
    fn what_is_no_code_is_told() {
        for damaged in ["8.51830E+09", "8,5183E+09", "8.5E9", "1E+10"] {
            check(damaged, "damaged");
        }
        for none in [
            "85183",
            "851.830",
            "732393000",
            "85",
            "7",
            "steel",
            "8518.30x",
            "8518.30, 8471.30 and others",
            "TBD",
            "12345678901234567890123",
            "770000",
            "8518.30 8518.40",
            "851830 851840",
            "8518 8519",
            "8518300090, 8518300080",
            "0012",
            "８５１８",
            "#REF!",
            "8518.300",
        ] {
            check(none, "none");
        }
        for empty in ["", " ", "-", "n/a", "n.v.t.", "0", "?", "00000000"] {
            check(empty, "");
        }
    }

    #[test]
    fn a_code_is_compared_as_far_as_both_go() {
        let check = |current: &str, decided: &str, expected| {
            let current = CurrentCode::parse(current).expect(current);
            assert_eq!(current.compare(decided.parse().expect(decided)), expected, "{current:?} {decided}");
        };
        check("7323930000", "7323930000", Agreement::Same);
        check("8518.3", "851830", Agreement::Same);
        check("7323930000", "73239300", Agreement::SameTo(8));
        check("7323930090", "7323930000", Agreement::SameTo(8));
        check("8518.30", "8518300090", Agreement::SameTo(6));
        check("7323", "7323930000", Agreement::SameTo(4));
        check("8471.30", "8518300090", Agreement::Other);
        check("8.5E+09", "8518300090", Agreement::Damaged);
        check("steel", "8518300090", Agreement::NotACode);
    }
}
