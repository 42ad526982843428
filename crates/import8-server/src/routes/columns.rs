//! Reads columns of the database into the types of the contract. Columns were checked when they were written, so a
//! column that cannot be read is an error of the database: [`sqlx::Error::Decode`].

use std::str::FromStr;

use import8_api::{AtStake, Confidence, DecidedBy, DecidedCode, HsCode, Money};
use rust_decimal::Decimal;
use serde::de::DeserializeOwned;

use crate::clock::Instant;

/// Parses a text column.
pub(super) fn column<T: FromStr>(text: &str) -> sqlx::Result<T>
where
    T::Err: std::error::Error + Send + Sync + 'static,
{
    text.parse().map_err(|error: T::Err| sqlx::Error::Decode(error.into()))
}

/// Parses a JSON column.
pub(super) fn json<T: DeserializeOwned>(text: &str) -> sqlx::Result<T> {
    serde_json::from_str(text).map_err(|error| sqlx::Error::Decode(error.into()))
}

pub(super) fn confidence(column: Option<u8>) -> sqlx::Result<Option<Confidence>> {
    let confidence = column.map(|percent| Confidence::try_from(Decimal::from(percent))).transpose();
    confidence.map_err(|error| sqlx::Error::Decode(error.into()))
}

pub(super) fn at_stake(cents: Option<i64>, currency: Option<String>) -> Option<AtStake> {
    Some(AtStake { amount: Money(Decimal::new(cents?, 2)), currency: currency? })
}

/// The decided code of a product, with all known digits.
pub(super) fn decided(
    code: Option<&str>,
    reviewed_at: Option<Instant>,
    completed_at: Option<Instant>,
) -> sqlx::Result<Option<DecidedCode>> {
    let code: Option<HsCode> = code.map(column).transpose()?;
    let by = if reviewed_at.is_some() { DecidedBy::Person } else { DecidedBy::Classifier };
    let at = reviewed_at.or(completed_at).map(Instant::rfc3339);
    Ok(code.map(|code| DecidedCode::by(code, by, at)))
}
