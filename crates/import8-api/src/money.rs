//! Exact amounts of money, as JSON numbers.

use std::fmt;
use std::str::FromStr;

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};

/// An exact amount of money. The currency is in another field.
///
/// On the wire it is a JSON number. It is read from the number's text and written with the same digits (`0` stays
/// `0`, `0.00` stays `0.00`), never through a binary float: 21 % VAT of 2662.50 is 559.125, which the API rounds half
/// up to 559.13 and a float prints as 559.12.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(pub Decimal);

impl Money {
    /// The amount rounded to cents, half away from zero.
    #[must_use]
    pub fn to_cents(self) -> Self {
        Self(self.0.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero))
    }

    /// The same amount without trailing zeros. Two normalized amounts have the same text exactly if they are equal.
    #[must_use]
    pub fn normalized(self) -> Self {
        Self(self.0.normalize())
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The reason why a number cannot be held exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoneyError {
    /// Not a decimal number.
    NotANumber,
    /// It has more than the 28 significant digits of a decimal, or too large an exponent.
    OutOfRange,
}

impl fmt::Display for MoneyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotANumber => "not a decimal number",
            Self::OutOfRange => "a number of more digits than can be held exactly",
        })
    }
}

impl std::error::Error for MoneyError {}

impl FromStr for Money {
    type Err = MoneyError;

    /// Parses a JSON number: an optional sign, digits, a fraction and an exponent.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        exact(text).map(Self)
    }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let number: serde_json::Number = self.0.to_string().parse().map_err(ser::Error::custom)?;
        number.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = serde_json::Number::deserialize(deserializer)?;
        number.as_str().parse().map_err(de::Error::custom)
    }
}

/// Parses a JSON number into an exact decimal.
pub(crate) fn exact(text: &str) -> Result<Decimal, MoneyError> {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => {
            (mantissa, exponent.parse::<i32>().map_err(|_| MoneyError::OutOfRange)?)
        }
        None => (text, 0),
    };
    let well_formed =
        mantissa.strip_prefix('-').unwrap_or(mantissa).bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if !well_formed {
        return Err(MoneyError::NotANumber);
    }
    let mantissa = Decimal::from_str_exact(mantissa).map_err(|error| match error {
        rust_decimal::Error::ErrorString(_) => MoneyError::NotANumber,
        _ => MoneyError::OutOfRange,
    })?;
    shifted(mantissa, exponent).ok_or(MoneyError::OutOfRange)
}

/// `mantissa × 10^exponent`, if it has an exact form.
fn shifted(mut mantissa: Decimal, exponent: i32) -> Option<Decimal> {
    if mantissa.is_zero() {
        return Some(mantissa);
    }
    let scale = i64::from(mantissa.scale()).checked_sub(i64::from(exponent))?;
    if let Ok(scale @ 0..=28) = u32::try_from(scale) {
        mantissa.set_scale(scale).ok()?;
        return Some(mantissa);
    }
    let zeros = u32::try_from(scale.checked_neg()?).ok().filter(|zeros| *zeros <= 28)?;
    mantissa.set_scale(0).ok()?;
    mantissa.checked_mul(Decimal::from_i128_with_scale(10i128.pow(zeros), 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(json: &str, expected: Option<&str>) {
        let read = serde_json::from_str::<Money>(json);
        assert_eq!(read.as_ref().map(ToString::to_string).ok().as_deref(), expected, "{json}: {read:?}");
    }

    #[test]
    fn reads_numbers_exactly_or_not_at_all() {
        check("2662.50", Some("2662.50"));
        check("0", Some("0"));
        check("0.00", Some("0.00"));
        check("-12.5", Some("-12.5"));
        check("0.1", Some("0.1"));
        check("1e3", Some("1000"));
        check("1.5E-2", Some("0.015"));
        check("1e28", Some("10000000000000000000000000000"));
        check("0e400", Some("0"));
        check("79228162514264337593543950335", Some("79228162514264337593543950335"));
        check("79228162514264337593543950336", None);
        check("0.12345678901234567890123456789", None);
        check("1e29", None);
        check("1e400", None);
        check("1e-29", None);
        check("1e99999999999", None);
        check("\"12.50\"", None);
        check("null", None);
        check("true", None);
    }

    #[test]
    fn writes_the_digits_it_read() {
        for text in ["2662.50", "0", "0.00", "559.13", "0.00408", "-1.10"] {
            let money: Money = serde_json::from_str(text).expect(text);
            assert_eq!(serde_json::to_string(&money).expect(text), text);
        }
    }

    #[test]
    fn amounts_of_one_value_are_one_amount() {
        let amount = |text: &str| text.parse::<Money>().expect(text);
        for (text, written) in [
            ("2", "2"),
            ("2.0", "2"),
            ("2.00", "2"),
            ("0.00", "0"),
            ("-0", "0"),
            ("1e2", "100"),
            ("1.50", "1.5"),
        ] {
            assert_eq!(amount(text).normalized().to_string(), written, "{text}");
            assert_eq!(amount(text), amount(written));
        }
    }

    #[test]
    fn text_that_is_no_json_number_is_refused() {
        for text in ["", "-", ".", "1_000", "1,5", "+1", " 1", "NaN", "1e", "e5", "١"] {
            assert!(text.parse::<Money>().is_err(), "{text:?}");
        }
    }
}
