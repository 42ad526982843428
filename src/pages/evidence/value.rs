//! The values on an evidence sheet, formatted for the reader and exactly for the digest.

use import8_api::{Country, HsCode, Money, Rate};

use crate::i18n::{Language, format};

/// A value on a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Text: of the sheet in its language, or of the service as received.
    Text(String),
    /// A commodity code.
    Code(HsCode),
    /// An amount and its currency.
    Amount(Money, String),
    /// A rate, as the service wrote it.
    Rate(Rate),
    /// A number of items.
    Count(u64),
    /// A timestamp, as the service wrote it.
    Moment(String),
    /// A date, as the service wrote it.
    Day(String),
    /// A country.
    Country(Country),
}

impl Value {
    /// The canonical form for the digest. It does not depend on browser, locale or time zone.
    #[must_use]
    pub fn exact(&self) -> String {
        match self {
            Self::Text(text) | Self::Moment(text) | Self::Day(text) => text.clone(),
            Self::Code(code) => code.dotted(),
            Self::Amount(amount, currency) => format!("{currency} {amount}"),
            Self::Rate(rate) => rate.to_string(),
            Self::Count(count) => count.to_string(),
            Self::Country(country) => country.to_string(),
        }
    }

    /// The form for the reader.
    #[must_use]
    pub fn shown(&self, language: Language) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Code(code) => code.dotted(),
            Self::Amount(amount, currency) if is_currency(currency) => {
                format::money(*amount, currency, language)
            }
            Self::Rate(rate) => format::rate(rate, language),
            Self::Count(count) => format::count(*count, language),
            Self::Moment(time) => format::universal_time(time, language),
            Self::Day(day) => format::universal_date(day, language),
            Self::Country(country) => format!("{} ({country})", format::country(*country, language)),
            Self::Amount(..) => self.exact(),
        }
    }
}

/// Whether `Intl` can format amounts in a currency. It throws for a code that is not three letters, and one
/// such response must not break the other sheets.
fn is_currency(code: &str) -> bool {
    code.len() == 3 && code.bytes().all(|letter| letter.is_ascii_alphabetic())
}
