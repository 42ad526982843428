//! What can be wrong with a request, as data: the server says it in English, a dashboard in the
//! reader's language.

use std::fmt;

use rust_decimal::Decimal;

use crate::Money;
use crate::limits::{MAX_ADDRESS_CHARS, MAX_AMOUNT, MAX_DECIMALS};

/// A field of a request that breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The field's path: `description`, `items[3].goods_value`.
    pub field: String,
    /// The rule it breaks.
    pub fault: Fault,
}

impl Problem {
    /// The outcome of a check as the field's problem, if it is one.
    pub(crate) fn from_check(field: &str, outcome: Result<(), Fault>) -> Option<Self> {
        outcome.err().map(|fault| Self { field: field.to_owned(), fault })
    }

    /// The same problem, seen from the object that holds it.
    pub(crate) fn within(self, parent: &str) -> Self {
        Self { field: format!("{parent}.{}", self.field), ..self }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.fault)
    }
}

/// A rule that a field breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Needed, and absent or blank.
    Missing,
    /// More characters than `max`.
    TooLong {
        /// The most there may be.
        max: usize,
    },
    /// More items than `max`.
    TooMany {
        /// The most there may be.
        max: usize,
    },
    /// A control character other than a line break or a tab.
    ControlCharacter,
    /// An amount below zero.
    Negative,
    /// An amount below `least`.
    TooSmall {
        /// The least there may be.
        least: Decimal,
    },
    /// An amount above a thousand milliards.
    TooLarge,
    /// An amount with more decimals than six.
    TooPrecise,
    /// A commodity code of fewer than ten digits where a declarable one is needed.
    Incomplete,
    /// Not an `http` or `https` address.
    NotAnAddress,
    /// Neither `confirmed` nor `corrected`.
    NotAVerdict,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("is required"),
            Self::TooLong { max } => write!(f, "must have at most {max} characters"),
            Self::TooMany { max } => write!(f, "must have at most {max} items"),
            Self::ControlCharacter => f.write_str("must not contain control characters"),
            Self::Negative => f.write_str("must not be negative"),
            Self::TooSmall { least } => write!(f, "must be at least {least}"),
            Self::Incomplete => f.write_str("must have ten digits"),
            Self::NotAnAddress => f.write_str("must be an http or https address"),
            Self::NotAVerdict => f.write_str("must be confirmed or corrected"),
            Self::TooLarge => f.write_str("must be at most 1000000000000"),
            Self::TooPrecise => write!(f, "must have at most {MAX_DECIMALS} decimals"),
        }
    }
}

/// The rules for an amount of at least `least`; an absent one breaks none.
pub(crate) fn check_amount(amount: Option<Money>, least: Decimal) -> Result<(), Fault> {
    let Some(Money(amount)) = amount else { return Ok(()) };
    if amount < Decimal::ZERO {
        Err(Fault::Negative)
    } else if amount < least {
        Err(Fault::TooSmall { least })
    } else if amount > MAX_AMOUNT {
        Err(Fault::TooLarge)
    } else if amount.normalize().scale() > MAX_DECIMALS {
        Err(Fault::TooPrecise)
    } else {
        Ok(())
    }
}

/// The rules for the address of a picture. It is printable ASCII (RFC 3986): what browsers copy is. Its
/// host is a name, or an IPv4 address.
pub(crate) fn check_picture_address(url: &str) -> Result<(), Fault> {
    check_address(url, |c| c.is_ascii_graphic())?;
    let has_only_its_characters =
        host(url).chars().all(|c| c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@%".contains(c));
    if has_only_its_characters { Ok(()) } else { Err(Fault::NotAnAddress) }
}

/// The rules for the address of a webhook's receiver, which may be as browsers show it, with letters
/// beyond ASCII.
pub(crate) fn check_receiver_address(url: &str) -> Result<(), Fault> {
    check_address(url, |c| !c.is_control() && !c.is_whitespace())
}

fn check_address(url: &str, may_have: fn(char) -> bool) -> Result<(), Fault> {
    if url.chars().count() > MAX_ADDRESS_CHARS {
        return Err(Fault::TooLong { max: MAX_ADDRESS_CHARS });
    }
    if url.chars().all(may_have) && !host(url).is_empty() { Ok(()) } else { Err(Fault::NotAnAddress) }
}

/// The host of an address, with its port and what is before it; empty when it is none. In a scheme
/// capitals mean the same (RFC 3986, section 3.1).
fn host(url: &str) -> &str {
    let is_http = |scheme: &str| ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    let rest = url.split_once("://").filter(|(scheme, _)| is_http(scheme)).map_or("", |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}
