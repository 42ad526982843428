//! Validation of requests. A problem is data: the server writes it in English, the dashboard in its reader's
//! language.

use std::fmt;

use rust_decimal::Decimal;

use crate::Money;
use crate::limits::{MAX_ADDRESS_CHARS, MAX_AMOUNT, MAX_DECIMALS};

/// A problem: a field and the rule that it breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The path of the field: `description`, `items[3].goods_value`.
    pub field: String,
    /// The rule.
    pub fault: Fault,
}

impl Problem {
    /// The problem of a field by the result of its check; `None` if the check passed.
    pub(crate) fn from_check(field: &str, outcome: Result<(), Fault>) -> Option<Self> {
        outcome.err().map(|fault| Self { field: field.to_owned(), fault })
    }

    /// The same problem with a path that begins at the parent object.
    pub(crate) fn within(self, parent: &str) -> Self {
        Self { field: format!("{parent}.{}", self.field), ..self }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.fault)
    }
}

/// A rule that a field can break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// A required field is absent or blank.
    Missing,
    /// A text has more than `max` characters.
    TooLong {
        /// The most characters.
        max: usize,
    },
    /// A list has more than `max` items.
    TooMany {
        /// The most items.
        max: usize,
    },
    /// A text has a control character other than a line break or a tab.
    ControlCharacter,
    /// An amount is below zero.
    Negative,
    /// An amount is below `least`.
    TooSmall {
        /// The lowest amount.
        least: Decimal,
    },
    /// An amount is above 10¹².
    TooLarge,
    /// An amount has more than six decimals.
    TooPrecise,
    /// A commodity code has fewer than ten digits where a declarable one is required.
    Incomplete,
    /// The text is not an `http` or `https` address.
    NotAnAddress,
    /// The status is neither `confirmed` nor `corrected`.
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

/// Checks an amount: at least `least`, at most 10¹², at most six decimals. An absent amount passes.
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

/// Checks the address of a picture: printable ASCII (RFC 3986), as browsers copy it, whose host is a name or an IPv4
/// address.
pub(crate) fn check_picture_address(url: &str) -> Result<(), Fault> {
    check_address(url, |c| c.is_ascii_graphic())?;
    let has_only_its_characters =
        host(url).chars().all(|c| c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@%".contains(c));
    if has_only_its_characters { Ok(()) } else { Err(Fault::NotAnAddress) }
}

/// Checks the address of a webhook's receiver. It may have letters beyond ASCII, as browsers show them.
pub(crate) fn check_receiver_address(url: &str) -> Result<(), Fault> {
    check_address(url, |c| !c.is_control() && !c.is_whitespace())
}

fn check_address(url: &str, may_have: fn(char) -> bool) -> Result<(), Fault> {
    if url.chars().count() > MAX_ADDRESS_CHARS {
        return Err(Fault::TooLong { max: MAX_ADDRESS_CHARS });
    }
    if url.chars().all(may_have) && !host(url).is_empty() { Ok(()) } else { Err(Fault::NotAnAddress) }
}

/// The authority of an `http` or `https` address: the host with its port and user information; empty for any other
/// text. The scheme may have capitals (RFC 3986, section 3.1).
fn host(url: &str) -> &str {
    let is_http = |scheme: &str| ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    let rest = url.split_once("://").filter(|(scheme, _)| is_http(scheme)).map_or("", |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}
