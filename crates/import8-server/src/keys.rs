//! API keys and the organisations they belong to.

use std::fmt;

use sha2::{Digest, Sha256};
use sqlx::SqlitePool;

use crate::clock::Instant;
use crate::database::Database;

const YEAR_MILLIS: i64 = 365 * 24 * 60 * 60 * 1_000;

/// A secret that opens the API. It is shown once, when it is made; only its hash is kept, and its
/// debug form does not show it.
pub struct NewKey(String);

impl NewKey {
    /// 160 random bits.
    fn random() -> Self {
        Self(format!("c8_{}", hex::encode(rand::random::<[u8; 20]>())))
    }

    /// The secret, to be shown once.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for NewKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NewKey(…)")
    }
}

/// What a key is kept as. A fast hash is enough: nobody guesses 160 random bits.
fn hash(key: &str) -> Vec<u8> {
    Sha256::digest(key).to_vec()
}

/// An organisation to make, with its first key.
#[derive(Debug, Clone)]
pub struct NewOrganization {
    /// Its name, and its key's.
    pub name: String,
    /// Prepaid credits, good for a year.
    pub credits: u32,
    /// Requests a minute.
    pub rate_limit_per_minute: u32,
    /// Classifications a month that its plan allows.
    pub plan_limit: u32,
}

/// Makes an organisation with a key and a balance of credits.
///
/// # Errors
/// The database.
pub async fn create(database: &Database, new: &NewOrganization) -> sqlx::Result<NewKey> {
    let key = NewKey::random();
    let now = Instant::now();
    let mut tx = database.write().await?;
    let organization: i64 = sqlx::query_scalar(
        "INSERT INTO organizations
            (name, country, plan_name, plan_limit, rate_limit_per_minute, max_api_keys, created_at)
         VALUES ($1, 'NL', 'Starter', $2, $3, 3, $4) RETURNING id",
    )
    .bind(&new.name)
    .bind(new.plan_limit)
    .bind(new.rate_limit_per_minute)
    .bind(now)
    .fetch_one(&mut *tx)
    .await?;
    sqlx::query(
        "INSERT INTO api_keys (organization_id, name, hash, last_four, created_at)
         VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(organization)
    .bind(&new.name)
    .bind(hash(key.reveal()))
    .bind(key.reveal().get(key.reveal().len() - 4..))
    .bind(now)
    .execute(&mut *tx)
    .await?;
    sqlx::query("INSERT INTO credit_balances (organization_id, purchased, expires_at) VALUES ($1, $2, $3)")
        .bind(organization)
        .bind(new.credits)
        .bind(Instant(now.0 + YEAR_MILLIS))
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(key)
}

/// Who sent a request.
#[derive(Debug, Clone, Copy, sqlx::FromRow)]
pub struct Caller {
    /// The key it came with.
    pub key_id: i64,
    /// The key's owner.
    pub organization_id: i64,
    /// Requests a minute that the key may make.
    pub rate_limit_per_minute: u32,
}

/// The caller whom a key belongs to.
///
/// # Errors
/// The database.
pub async fn find(readers: &SqlitePool, key: &str) -> sqlx::Result<Option<Caller>> {
    sqlx::query_as(
        "SELECT api_keys.id AS key_id, organization_id, rate_limit_per_minute
         FROM api_keys JOIN organizations ON organizations.id = organization_id WHERE hash = $1",
    )
    .bind(hash(key))
    .fetch_optional(readers)
    .await
}
