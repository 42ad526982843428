//! Rates of exchange as values, and the rules of their parts.

use std::collections::BTreeMap;
use std::fmt;

use import8_api::Money;
use jiff::civil::Date;
use rust_decimal::Decimal;

/// The most faults that are told.
pub(super) const MOST_FAULTS: usize = 20;

/// A customs rate of exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthlyRate {
    /// The currency (ISO 4217): `USD`.
    pub currency: String,
    /// The first day of the month in which it applies.
    pub month: Date,
    /// Units of the currency per euro; above 0.
    pub per_euro: Decimal,
    /// The day on which the central bank published it; `None` for a table of the organisation's own.
    pub published: Option<Date>,
}

/// The rates of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthlyRates {
    /// The kind of file.
    pub source: RateSource,
    /// The rates, ascending by month and currency, each once.
    pub rates: Vec<MonthlyRate>,
}

/// A kind of file with rates of exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RateSource {
    /// The daily reference rates of the European Central Bank, as XML.
    CentralBank,
    /// A table of the organisation's own: CSV with the columns `month` (`2026-12`, or its first day), `currency` and
    /// `per_euro` (units per euro).
    Own,
}

/// The reason why a file has no rates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RatesError(pub(super) Vec<String>);

impl RatesError {
    pub(super) fn new(reason: impl Into<String>) -> Self {
        Self(vec![reason.into()])
    }
}

impl fmt::Display for RatesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

impl std::error::Error for RatesError {}

/// Rates by month and currency.
pub(super) type ByMonth = BTreeMap<(Date, String), MonthlyRate>;

/// A currency code; the euro has no rate.
pub(super) fn currency(text: &str) -> Result<String, String> {
    let is_code = text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase());
    match text {
        "EUR" => Err("EUR: the euro has no rate".to_owned()),
        text if is_code => Ok(text.to_owned()),
        text => Err(format!("{text:?} is not a currency code such as USD")),
    }
}

/// Units per euro: exact, above 0 and below a billion.
pub(super) fn per_euro(text: &str) -> Result<Decimal, String> {
    let rate = text.parse::<Money>().ok().map(|Money(rate)| rate);
    let is_rate = |rate: &Decimal| *rate > Decimal::ZERO && *rate < Decimal::from(1_000_000_000);
    rate.filter(is_rate)
        .map(|rate| rate.normalize())
        .ok_or_else(|| format!("{text:?} is not a number of units per euro, such as 1.0842"))
}
