//! Commodity codes: read in every usual notation, written dotted, spaced or bare.

use std::fmt;
use std::str::FromStr;

use serde::Serializer;

use crate::wire::serde_as_str;

/// A commodity code of 4, 6, 8 or 10 digits: heading, HS subheading, Combined Nomenclature (CN)
/// code or TARIC code.
///
/// A code is a string of digits, never a number: `0101` is chapter 01. It is read dotted
/// (`8518.30.00`), spaced (`8518 30 00`) and bare (`85183000`), and written dotted unless a field
/// says otherwise. Codes order as the nomenclature does, a heading before what it contains.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HsCode {
    /// ASCII digits; unused places are NUL, which sorts before every digit.
    digits: [u8; 10],
    len: u8,
}

impl HsCode {
    /// The digits without separators: `8518300090`.
    #[must_use]
    pub fn bare(&self) -> &str {
        // Only ASCII digits are ever stored, so the conversion cannot fail.
        std::str::from_utf8(&self.digits[..self.digit_count()]).unwrap_or_default()
    }

    /// The notation of polled answers: `8518.30.00.90`.
    #[must_use]
    pub fn dotted(&self) -> String {
        self.joined(".")
    }

    /// The notation of the customs tariff: `8518 30 00 90`.
    #[must_use]
    pub fn spaced(&self) -> String {
        self.joined(" ")
    }

    /// The parts between the separators: the heading, then pairs (`["8518", "30", "00", "90"]`).
    pub fn segments(&self) -> impl Iterator<Item = &str> {
        let (heading, pairs) = self.bare().split_at(4);
        std::iter::once(heading).chain((0..pairs.len() / 2).map(move |i| &pairs[2 * i..2 * i + 2]))
    }

    /// The number of digits: 4, 6, 8 or 10.
    #[must_use]
    pub fn digit_count(&self) -> usize {
        usize::from(self.len)
    }

    /// The chapter, as two digits.
    #[must_use]
    pub fn chapter(&self) -> &str {
        &self.bare()[..2]
    }

    /// The heading this code belongs to, as four digits.
    #[must_use]
    pub fn heading(&self) -> Self {
        let mut heading = Self { digits: [0; 10], len: 4 };
        heading.digits[..4].copy_from_slice(&self.digits[..4]);
        heading
    }

    /// The code of ten digits that a person typed below this one: all ten digits, or only those that follow this
    /// code's.
    #[must_use]
    pub fn completed(&self, typed: &str) -> Option<Self> {
        let digits: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '.').collect();
        let full = if digits.len() == 10 { digits } else { format!("{}{digits}", self.bare()) };
        let code: Self = full.parse().ok()?;
        (code.digit_count() == 10 && code.bare().starts_with(self.bare())).then_some(code)
    }

    fn joined(&self, separator: &str) -> String {
        self.segments().collect::<Vec<_>>().join(separator)
    }
}

impl fmt::Display for HsCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.dotted())
    }
}

impl fmt::Debug for HsCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HsCode({})", self.dotted())
    }
}

/// The reason why a text is not a commodity code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HsCodeError {
    /// A character that is neither a digit nor a separator.
    Character(char),
    /// A dot or space where the tariff has none: `851.830`, `8518300090.0`.
    Separator,
    /// The number of digits, given here, is not 4, 6, 8 or 10.
    Length(usize),
}

impl fmt::Display for HsCodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Character(c) => write!(f, "a commodity code has digits only, not {c:?}"),
            Self::Separator => f.write_str("dots and spaces stand between pairs of digits only"),
            Self::Length(n) => write!(f, "a commodity code has 4, 6, 8 or 10 digits, not {n}"),
        }
    }
}

impl std::error::Error for HsCodeError {}

impl FromStr for HsCode {
    type Err = HsCodeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut digits = [0; 10];
        let mut count = 0;
        let mut after_separator = false;
        for c in text.trim().chars() {
            match c {
                '0'..='9' => {
                    if let Some(place) = digits.get_mut(count) {
                        *place = c as u8;
                    }
                    count += 1;
                    after_separator = false;
                }
                '.' | ' ' | '\u{a0}' => {
                    // A separator after the last digit pair (`….0` of a spreadsheet float) is
                    // caught here or by the length.
                    if after_separator || !matches!(count, 2 | 4 | 6 | 8) {
                        return Err(HsCodeError::Separator);
                    }
                    after_separator = true;
                }
                other => return Err(HsCodeError::Character(other)),
            }
        }
        match count {
            _ if after_separator => Err(HsCodeError::Separator),
            4 | 6 | 8 | 10 => Ok(Self { digits, len: count as u8 }),
            other => Err(HsCodeError::Length(other)),
        }
    }
}

serde_as_str!(HsCode);

/// Serializes a code without separators, for fields that the documentation shows so.
pub(crate) fn serialize_bare<S: Serializer>(code: &HsCode, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(code.bare())
}

/// Serializes an optional code without separators, for fields that the documentation shows so.
pub(crate) fn serialize_bare_option<S: Serializer>(
    code: &Option<HsCode>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match code {
        Some(code) => serialize_bare(code, serializer),
        None => serializer.serialize_none(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Result<&str, HsCodeError>) {
        let parsed = text.parse::<HsCode>();
        assert_eq!(parsed.as_ref().map(HsCode::bare), expected.as_ref().copied(), "{text:?}");
    }

    #[test]
    fn reads_every_form_and_nothing_else() {
        check("8518", Ok("8518"));
        check("8518.30", Ok("851830"));
        check("8518.30.00", Ok("85183000"));
        check("8518 30 00 90", Ok("8518300090"));
        check("8518\u{a0}30\u{a0}00", Ok("85183000"));
        check("85.18.30", Ok("851830"));
        check(" 0101.21 ", Ok("010121"));
        check("0101210000", Ok("0101210000"));
        check("", Err(HsCodeError::Length(0)));
        check("85", Err(HsCodeError::Length(2)));
        check("85183", Err(HsCodeError::Length(5)));
        check("85183000901", Err(HsCodeError::Length(11)));
        check("1023456789.0", Err(HsCodeError::Separator));
        check("851.830", Err(HsCodeError::Separator));
        check("8518..30", Err(HsCodeError::Separator));
        check(".8518", Err(HsCodeError::Separator));
        check("8518.", Err(HsCodeError::Separator));
        check("8.5e3", Err(HsCodeError::Separator));
        check("85e3", Err(HsCodeError::Character('e')));
        check("８５１８", Err(HsCodeError::Character('８')));
    }

    #[test]
    fn shows_each_form_and_keeps_zeros() {
        let code: HsCode = "0101210090".parse().expect("a code");
        assert_eq!(code.dotted(), "0101.21.00.90");
        assert_eq!(code.spaced(), "0101 21 00 90");
        assert_eq!(code.bare(), "0101210090");
        assert_eq!(code.chapter(), "01");
        assert_eq!(code.heading().bare(), "0101");
        assert_eq!(code.segments().collect::<Vec<_>>(), ["0101", "21", "00", "90"]);
    }

    #[test]
    fn orders_as_the_nomenclature_does() {
        let mut codes = ["0102", "010129", "0101", "01012100", "010121"]
            .map(|text| text.parse::<HsCode>().expect("a code"));
        codes.sort_unstable();
        assert_eq!(codes.map(|c| c.bare().to_owned()), ["0101", "010121", "01012100", "010129", "0102"]);
    }

    #[test]
    fn typed_digits_complete_the_known_ones() {
        let code = |text: &str| text.parse::<HsCode>().expect(text);
        let check = |known: &str, typed: &str, expected: Option<&str>| {
            assert_eq!(code(known).completed(typed), expected.map(code), "{known} {typed:?}");
        };
        check("85183000", "90", Some("8518300090"));
        check("85183000", " 9 0 ", Some("8518300090"));
        check("8518300000", "", Some("8518300000"));
        check("851830", "00.90", Some("8518300090"));
        check("85183000", "8518.30.00.90", Some("8518300090"));
        for typed in ["", "9", "900", "ab", "9a", "8518310090", "-1", "٩٠"] {
            check("85183000", typed, None);
        }
    }
}
