//! The facts of the tariff that apply to many codes: preferences, anti-dumping duties and notices. Each has its
//! source and the day it is known for.

use import8_api::{Country, DutyExpression};
use rust_decimal::Decimal;

use super::codes::Codes;
use crate::language::Localized;

/// A fact, where it is written and since when, or until when, it is known to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact<T> {
    /// The fact.
    pub value: T,
    /// Where it is written.
    pub source: String,
    /// The day it is known for (ISO 8601).
    pub date: String,
}

/// A lower duty that goods of some countries may have.
#[derive(Debug, Clone)]
pub struct Preference {
    /// The arrangement: `UK TCA`.
    pub scheme: String,
    /// Whose goods.
    pub countries: Vec<Country>,
    /// The duty.
    pub duty: Fact<DutyExpression>,
    /// What has to be shown to have it.
    pub proof: Localized<String>,
    pub(super) codes: Codes,
    pub(super) except: Codes,
}

/// A duty against dumping or subsidies.
#[derive(Debug, Clone)]
pub struct AntiDumping {
    /// Whose goods.
    pub country: Country,
    /// The residual duty: what a manufacturer pays who has none of his own, the highest.
    pub duty: Fact<DutyExpression>,
    /// The lowest duty of a manufacturer named in the regulation.
    pub least: Option<DutyExpression>,
    /// What it is on.
    pub description: Localized<String>,
    pub(super) codes: Codes,
}

/// What a reader of rates has to know that no rate says.
#[derive(Debug, Clone)]
pub(super) struct Notice {
    pub(super) codes: Codes,
    /// Whose goods; anybody's when there are none.
    pub(super) countries: Vec<Country>,
    /// The customs value in euros up to which it holds.
    pub(super) up_to: Option<Decimal>,
    pub(super) text: Localized<String>,
}
