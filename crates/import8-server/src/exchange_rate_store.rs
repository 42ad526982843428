//! Customs rates of exchange in the database: stored by month and currency, read by month.

use std::collections::BTreeMap;

use import8_api::{Currency, ExchangeRate, Money, MoneyError};
use import8_tariff::exchange_rates::MonthlyRate;
use jiff::civil::Date;
use sqlx::{SqliteConnection, SqliteExecutor};

use crate::clock::Instant;
use crate::database::Database;

/// The customs rates of exchange of one month, by currency.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RatesOfMonth(BTreeMap<String, ExchangeRate>);

impl RatesOfMonth {
    /// The rate of a currency; `None` if it is not known, and for the euro.
    #[must_use]
    pub fn get(&self, currency: Currency) -> Option<&ExchangeRate> {
        self.0.get(currency.as_str())
    }
}

/// The rates that apply on a day. A month without imported rates has none: those of another month are no substitute.
///
/// # Errors
/// The database cannot be read.
pub async fn rates_on(executor: impl SqliteExecutor<'_>, day: Date) -> sqlx::Result<RatesOfMonth> {
    let month = day.first_of_month().to_string();
    let rows: Vec<(String, String)> =
        sqlx::query_as("SELECT currency, per_euro FROM exchange_rates WHERE month = $1")
            .bind(&month)
            .fetch_all(executor)
            .await?;
    let rate = |(currency, per_euro): (String, String)| {
        let per_euro: Money =
            per_euro.parse().map_err(|error: MoneyError| sqlx::Error::Decode(error.into()))?;
        Ok((currency, ExchangeRate { per_euro, date: month.clone() }))
    };
    rows.into_iter().map(rate).collect::<sqlx::Result<_>>().map(RatesOfMonth)
}

/// The result of an import.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AddedRates {
    /// Rates of months that had none of their currency.
    pub new: usize,
    /// Rates that replace another one.
    pub changed: usize,
    /// Rates that were there already.
    pub same: usize,
}

/// Stores rates, all or none. A rate replaces an earlier one of its currency and month.
///
/// # Errors
/// The database cannot be written.
pub async fn add(database: &Database, rates: Vec<MonthlyRate>) -> sqlx::Result<AddedRates> {
    database
        .write(move |tx| {
            Box::pin(async move {
                let mut added = AddedRates::default();
                for rate in &rates {
                    *match put(&mut *tx, rate).await? {
                        None => &mut added.new,
                        Some(earlier) if earlier == rate.per_euro.to_string() => &mut added.same,
                        Some(_) => &mut added.changed,
                    } += 1;
                }
                Ok(added)
            })
        })
        .await
}

/// Stores a rate and returns the one that it replaces.
async fn put(tx: &mut SqliteConnection, rate: &MonthlyRate) -> sqlx::Result<Option<String>> {
    let MonthlyRate { currency, month, per_euro, published } = rate;
    let earlier =
        sqlx::query_scalar("SELECT per_euro FROM exchange_rates WHERE currency = $1 AND month = $2")
            .bind(currency)
            .bind(month.to_string())
            .fetch_optional(&mut *tx)
            .await?;
    sqlx::query(
        "INSERT OR REPLACE INTO exchange_rates (currency, month, per_euro, published, imported_at)
         VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(currency)
    .bind(month.to_string())
    .bind(per_euro.to_string())
    .bind(published.map(|day| day.to_string()))
    .bind(Instant::now())
    .execute(tx)
    .await?;
    Ok(earlier)
}

#[cfg(test)]
mod tests {
    use import8_tariff::exchange_rates;
    use jiff::civil::date;
    use tempfile::TempDir;

    use super::*;

    #[tokio::test]
    async fn rates_are_stored_once_and_apply_in_their_month() {
        let folder = TempDir::new().expect("a temporary folder");
        let database = Database::open(folder.path()).await.expect("a database");
        let store = async |rows: &str| {
            let table = format!("month,currency,per_euro\n{rows}");
            let read = exchange_rates::read(table.as_bytes()).expect("rates");
            add(&database, read.rates).await.expect("stored")
        };
        let first = store("2026-12,USD,1.0842\n2027-01,USD,1.10\n").await;
        assert_eq!(first, AddedRates { new: 2, changed: 0, same: 0 });
        let again = store("2026-12,USD,1.08420\n2027-01,USD,1.2\n2026-12,GBP,0.84\n").await;
        assert_eq!(again, AddedRates { new: 1, changed: 1, same: 1 });

        let on = async |day| rates_on(database.readers(), day).await.expect("read");
        let december = on(date(2026, 12, 31)).await;
        let dollar = december.get(Currency::Usd).expect("a rate");
        assert_eq!((dollar.per_euro.to_string().as_str(), dollar.date.as_str()), ("1.0842", "2026-12-01"));
        assert_eq!(december.get(Currency::Cny), None);
        assert_eq!(
            on(date(2027, 1, 1)).await.get(Currency::Usd).map(|rate| rate.per_euro.to_string()),
            Some("1.2".to_owned())
        );
        assert_eq!(on(date(2027, 2, 1)).await, RatesOfMonth::default());
    }
}
