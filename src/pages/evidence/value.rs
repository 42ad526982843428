//! What a sheet says of something: written for the reader, and exactly for the digest.

use import8_api::{Country, HsCode, Money, Rate};

use crate::format;
use crate::i18n::Language;

/// A value on a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Words: ours in the language of the sheet, or the service's as they came.
    Text(String),
    /// A commodity code.
    Code(HsCode),
    /// An amount, in a currency.
    Amount(Money, String),
    /// A rate, as the service wrote it.
    Rate(Rate),
    /// A number of things.
    Count(u64),
    /// A moment, as the service wrote it.
    Moment(String),
    /// A day, as the service wrote it.
    Day(String),
    /// A country.
    Country(Country),
}

impl Value {
    /// As the digest has it: the same whatever the browser, the reader's country or the time zone.
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

    /// As the reader has it.
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

/// Whether the browser can write amounts in a currency: it refuses what cannot be a code of ISO 4217, and
/// one such answer must not take the other sheets with it.
fn is_currency(code: &str) -> bool {
    code.len() == 3 && code.bytes().all(|letter| letter.is_ascii_alphabetic())
}
