//! The changes of the codes that an organisation has classified or decided, from one edition of the tariff to another.

mod in_use;
#[cfg(test)]
mod tests;
mod wording;

use std::collections::BTreeMap;
use std::sync::Arc;

use futures_util::TryStreamExt;
use import8_api::{ClassifyRequest, Country, Currency, HsCode, Measures, Money};
use import8_tariff::compare::{Comparison, OnDay, compare};
use jiff::civil::Date;
use rust_decimal::Decimal;
use sqlx::SqlitePool;
use tokio::sync::Mutex;

pub use self::in_use::{changes_in_use, is_changed};
pub use self::wording::notes;
use crate::database::Database;
use crate::outcome::consignment;
use crate::tariff_store::{self, StoreError};

/// The most comparisons that are kept. One of two whole tariffs takes some megabytes.
const KEPT: usize = 3;

/// A stored edition on a day: its number, and the day on which its lines and measures must apply.
pub type EditionOnDay = (i64, Date);

/// The comparisons made so far. A clone shares them.
#[derive(Debug, Clone, Default)]
pub struct Comparisons(Arc<Mutex<Vec<Kept>>>);

#[derive(Debug)]
struct Kept {
    from: EditionOnDay,
    to: EditionOnDay,
    comparison: Arc<Comparison>,
}

impl Comparisons {
    /// The comparison of two stored editions. A new one takes seconds and the memory of both editions, so one is made
    /// at a time, beside the asynchronous tasks, and finished even if the caller stops waiting.
    ///
    /// # Errors
    /// One of the editions cannot be read.
    pub async fn between(
        &self,
        database: &Database,
        from: EditionOnDay,
        to: EditionOnDay,
    ) -> Result<Arc<Comparison>, StoreError> {
        let (kept, database) = (Arc::clone(&self.0), database.clone());
        let made = tokio::spawn(async move {
            let mut kept = kept.lock().await;
            if let Some(known) = kept.iter().find(|one| (one.from, one.to) == (from, to)) {
                return Ok(Arc::clone(&known.comparison));
            }
            let comparison = Arc::new(made(&database, from, to).await?);
            kept.insert(0, Kept { from, to, comparison: Arc::clone(&comparison) });
            kept.truncate(KEPT);
            Ok(comparison)
        });
        made.await.map_err(|error| sqlx::Error::Io(error.into()))?
    }
}

async fn made(database: &Database, from: EditionOnDay, to: EditionOnDay) -> Result<Comparison, StoreError> {
    let before = tariff_store::load(database, from.0).await?;
    let after = if to.0 == from.0 { None } else { Some(tariff_store::load(database, to.0).await?) };
    let compared = tokio::task::spawn_blocking(move || {
        let after = OnDay { edition: after.as_ref().unwrap_or(&before), day: to.1 };
        compare(OnDay { edition: &before, day: from.1 }, after)
    });
    Ok(compared.await.map_err(|error| sqlx::Error::Io(error.into()))?)
}

/// A product with a decided code, as far as a change concerns it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    /// The country of origin, if it was stated.
    pub origin: Option<Country>,
    /// The customs value in euros, rounded half up to cents; `None` if no value was stated, or in another currency.
    pub customs_value: Option<Decimal>,
    /// What is known of its measures: the number of items.
    pub measures: Measures,
}

impl From<&ClassifyRequest> for Product {
    fn from(request: &ClassifyRequest) -> Self {
        let consignment = request.goods_value.and_then(|Money(value)| consignment(request, value));
        let customs_value = consignment.as_ref().filter(|of| of.currency == Currency::Eur).and_then(|of| {
            Some(Money(of.goods.checked_add(of.shipping)?.checked_add(of.insurance)?).to_cents().0)
        });
        let measures = consignment.map(|of| of.measures).unwrap_or_default();
        Self { origin: request.origin_country, customs_value, measures }
    }
}

/// The codes that an organisation has classified or decided, each with the number of its products.
///
/// # Errors
/// The database cannot be read.
pub async fn codes_in_use(readers: &SqlitePool, organization: i64) -> sqlx::Result<BTreeMap<HsCode, u64>> {
    let rows: Vec<(String, i64)> = sqlx::query_as(
        "SELECT decided_code, COUNT(*) FROM classifications
         WHERE organization_id = $1 AND decided_code IS NOT NULL GROUP BY decided_code",
    )
    .bind(organization)
    .fetch_all(readers)
    .await?;
    rows.into_iter().map(|(code, products)| Ok((column(&code)?, products.unsigned_abs()))).collect()
}

/// The products of an organisation with these codes.
///
/// # Errors
/// The database cannot be read.
pub async fn products(
    readers: &SqlitePool,
    organization: i64,
    codes: impl Iterator<Item = HsCode>,
) -> sqlx::Result<BTreeMap<HsCode, Vec<Product>>> {
    let codes: Vec<String> = codes.map(|code| code.bare().to_owned()).collect();
    let mut rows = sqlx::query_as::<_, (String, String)>(
        // Without pictures.
        "SELECT decided_code, json_remove(request, '$.image_base64') FROM classifications
         WHERE organization_id = $1 AND decided_code IN (SELECT value FROM json_each($2))",
    )
    .bind(organization)
    .bind(serde_json::to_string(&codes).unwrap_or_default())
    .fetch(readers);
    let mut products: BTreeMap<HsCode, Vec<Product>> = BTreeMap::new();
    while let Some((code, request)) = rows.try_next().await? {
        let request: ClassifyRequest =
            serde_json::from_str(&request).map_err(|error| sqlx::Error::Decode(error.into()))?;
        products.entry(column(&code)?).or_default().push(Product::from(&request));
    }
    Ok(products)
}

fn column(code: &str) -> sqlx::Result<HsCode> {
    code.parse().map_err(|error: import8_api::HsCodeError| sqlx::Error::Decode(error.into()))
}
