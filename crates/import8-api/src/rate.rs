//! Duty and VAT rates as text, in the API's notation.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

use crate::money::exact;
use crate::wire::serde_as_str;

/// A rate as written: `"0.0%"`, `"21.00%"`, or an expression such as
/// `"12.8 % + 303.4 EUR/100 kg"`.
///
/// Only a plain ad valorem percentage has a value ([`Rate::percent`]); a specific or compound rate
/// is shown as written and never read as a percentage.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Rate(String);

impl Rate {
    /// The percentage, if the rate is a single percentage: `21.00` for `"21.00%"`.
    #[must_use]
    pub fn percent(&self) -> Option<Decimal> {
        let digits = self.0.strip_suffix('%')?.trim_end();
        digits.starts_with(|c: char| c.is_ascii_digit()).then(|| exact(digits).ok())?
    }

    /// The rate of a percentage: `21.00%`, with two decimals, or more if it has more.
    #[must_use]
    pub fn from_percent(percent: Decimal) -> Self {
        let mut percent = percent.normalize();
        percent.rescale(percent.scale().max(2));
        Self(format!("{percent}%"))
    }

    /// A rate from a text, which must not be empty.
    pub(crate) fn as_written(text: String) -> Self {
        Self(text)
    }

    /// The text, unchanged.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The error for an empty rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateError;

impl fmt::Display for RateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a rate is a text such as \"21.00%\", not an empty one")
    }
}

impl std::error::Error for RateError {}

impl FromStr for Rate {
    type Err = RateError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.trim().is_empty() { Err(RateError) } else { Ok(Self(text.to_owned())) }
    }
}

serde_as_str!(Rate);

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, percent: Option<&str>) {
        let rate: Rate = text.parse().expect(text);
        assert_eq!(rate.percent().map(|p| p.to_string()).as_deref(), percent, "{text:?}");
        assert_eq!(rate.as_str(), text);
    }

    #[test]
    fn only_a_plain_percentage_has_a_value() {
        check("0.0%", Some("0.0"));
        check("21.00%", Some("21.00"));
        check("2.000 %", Some("2.000"));
        check("12.8 % + 303.4 EUR/100 kg", None);
        check("303.4 EUR/100 kg", None);
        check("7.600 % + EA", None);
        check("10 % MAX 5 %", None);
        check("-5%", None);
        check("1e2%", Some("100"));
        check("%", None);
        assert!("  ".parse::<Rate>().is_err());
    }
}
