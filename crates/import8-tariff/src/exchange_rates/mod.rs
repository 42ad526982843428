//! Customs rates of exchange: units of a currency per euro, each for a calendar month.
//!
//! Amounts in another currency are converted for the customs value at the rate that the European Central Bank published
//! on the second-last Wednesday of a month, or last before it if none was published on that day; it applies for a month
//! from the first day of the following month (Implementing Regulation (EU) 2015/2447, art. 146(1) to (3), for Union
//! Customs Code, Regulation (EU) 952/2013, art. 53(1)(a)). The rate stays for the whole month, however much the
//! currency moves: the change at 5 % of Regulation (EEC) 2454/93, art. 171, ended with that regulation. Where the
//! European Central Bank publishes no rate, the member state determines one (art. 146(4)): such rates are read from a
//! table of the organisation's own.
//!
//! Call [`read`] with a whole file. It is read completely or not at all.

mod ecb;
mod own;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;

use import8_api::Money;
use jiff::civil::Date;
use rust_decimal::Decimal;

pub use self::ecb::second_last_wednesday;

/// The most bytes of a file. The central bank's rates of all days since 1999 have a tenth of it.
const MOST_BYTES: usize = 64 << 20;

/// The most faults that are told.
const MOST_FAULTS: usize = 20;

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
pub struct RatesError(Vec<String>);

impl RatesError {
    fn new(reason: impl Into<String>) -> Self {
        Self(vec![reason.into()])
    }
}

impl fmt::Display for RatesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

impl std::error::Error for RatesError {}

/// Reads a file. Its content tells its kind.
///
/// # Errors
/// Each fault with its row, at most twenty; or that the rates of no month follow from the file.
pub fn read(bytes: &[u8]) -> Result<MonthlyRates, RatesError> {
    if bytes.len() > MOST_BYTES {
        return Err(RatesError::new("the file is larger than 64 MiB"));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| RatesError::new("the file is not UTF-8 text"))?;
    let text = text.trim_start_matches('\u{feff}');
    let (source, rates) = if text.trim_start().starts_with('<') {
        (RateSource::CentralBank, ecb::monthly_rates(text)?)
    } else {
        (RateSource::Own, own::monthly_rates(text)?)
    };
    Ok(MonthlyRates { source, rates: rates.into_values().collect() })
}

/// Rates by month and currency.
type ByMonth = BTreeMap<(Date, String), MonthlyRate>;

/// A currency code; the euro has no rate.
fn currency(text: &str) -> Result<String, String> {
    let is_code = text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase());
    match text {
        "EUR" => Err("EUR: the euro has no rate".to_owned()),
        text if is_code => Ok(text.to_owned()),
        text => Err(format!("{text:?} is not a currency code such as USD")),
    }
}

/// Units per euro: exact, above 0 and below a billion.
fn per_euro(text: &str) -> Result<Decimal, String> {
    let rate = text.parse::<Money>().ok().map(|Money(rate)| rate);
    let is_rate = |rate: &Decimal| *rate > Decimal::ZERO && *rate < Decimal::from(1_000_000_000);
    rate.filter(is_rate)
        .map(|rate| rate.normalize())
        .ok_or_else(|| format!("{text:?} is not a number of units per euro, such as 1.0842"))
}
