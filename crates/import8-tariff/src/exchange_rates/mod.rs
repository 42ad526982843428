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
mod rate;
#[cfg(test)]
mod tests;

pub use self::rate::{MonthlyRate, MonthlyRates, RateSource, RatesError};

/// The most bytes of a file: of a larger one, nothing beyond the next byte need be read. The central bank's rates of all
/// days since 1999 have a tenth of it.
pub const MOST_BYTES: usize = 64 << 20;

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
