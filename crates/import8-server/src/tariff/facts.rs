//! Facts of the tariff that apply to many codes: preferences, anti-dumping duties and notices. Each has its source
//! and the date for which it is known.

use import8_api::{Country, DutyExpression};
use rust_decimal::Decimal;

use super::codes::Codes;
use crate::language::Localized;

/// A fact with its source and the date for which it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact<T> {
    /// The fact.
    pub value: T,
    /// The regulation or list that contains it.
    pub source: String,
    /// The date for which it is known (ISO 8601).
    pub date: String,
}

/// A preference: a lower duty for goods of some countries, with proof of origin.
#[derive(Debug, Clone)]
pub struct Preference {
    /// The name of the arrangement, such as `UK TCA`.
    pub scheme: String,
    /// The countries of origin.
    pub countries: Vec<Country>,
    /// The duty.
    pub duty: Fact<DutyExpression>,
    /// The proof of origin that it requires.
    pub proof: Localized<String>,
    pub(super) codes: Codes,
    pub(super) except: Codes,
}

/// An anti-dumping or anti-subsidy duty.
#[derive(Debug, Clone)]
pub struct AntiDumping {
    /// The country of origin.
    pub country: Country,
    /// The residual duty, which is the highest. It applies to manufacturers that the regulation does not name.
    pub duty: Fact<DutyExpression>,
    /// The lowest duty of a manufacturer that the regulation names.
    pub least: Option<DutyExpression>,
    /// The goods that it applies to.
    pub description: Localized<String>,
    pub(super) codes: Codes,
}

/// A notice for readers of rates: a fact about goods or origins that no rate can express.
#[derive(Debug, Clone)]
pub(super) struct Notice {
    pub(super) codes: Codes,
    /// The countries of origin; empty for all.
    pub(super) countries: Vec<Country>,
    /// The customs value in euros up to which it applies.
    pub(super) up_to: Option<Decimal>,
    pub(super) text: Localized<String>,
}
