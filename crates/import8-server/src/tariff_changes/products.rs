//! The codes that an organisation has classified or decided, and their products.

use std::collections::BTreeMap;

use futures_util::TryStreamExt;
use import8_api::{ClassifyRequest, Country, Currency, HsCode, Measures, Money};
use rust_decimal::Decimal;
use sqlx::SqlitePool;

use crate::outcome::consignment;

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
