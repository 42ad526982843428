//! API keys and their organisations: created here, and looked up for each request.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use sha2::{Digest, Sha256};
use sqlx::{SqliteConnection, SqlitePool};
use uuid::Uuid;

use crate::clock::Instant;
use crate::database::Database;

/// The prefix of every key.
pub const PREFIX: &str = "c8_";

const YEAR_MILLIS: i64 = 365 * 24 * 60 * 60 * 1_000;

/// The secret of a new key. It is shown once; only its hash is stored, and its debug form hides it.
pub struct NewKey(String);

impl NewKey {
    /// Creates a key of 160 random bits.
    #[must_use]
    pub fn random() -> Self {
        Self(format!("{PREFIX}{}", hex::encode(rand::random::<[u8; 20]>())))
    }

    /// The last four characters, which tell keys apart in a list.
    #[must_use]
    pub fn last_four(&self) -> &str {
        self.0.get(self.0.len() - 4..).unwrap_or_default()
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

/// Whether a text has the form of a key of this server. Other texts are refused without a query.
fn has_form(key: &str) -> bool {
    key.strip_prefix(PREFIX)
        .is_some_and(|rest| rest.len() == 40 && rest.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// The hash under which a key is stored. A fast hash is enough: nobody guesses 160 random bits.
fn hash(key: &str) -> [u8; 32] {
    Sha256::digest(key).into()
}

/// A new organisation with its first key.
#[derive(Debug, Clone)]
pub struct NewOrganization {
    /// The name of the organisation and of its key.
    pub name: String,
    /// Its contact address.
    pub email: Option<String>,
    /// Prepaid credits, which expire after a year.
    pub credits: u32,
    /// Requests per minute that each key may make.
    pub rate_limit_per_minute: u32,
    /// Classifications per month that its plan allows.
    pub plan_limit: u32,
    /// The most keys that the organisation may have.
    pub max_api_keys: u32,
}

/// A new key with its organisation, which may be new too.
#[derive(Debug)]
pub struct Made {
    /// The key.
    pub key: NewKey,
    /// The identifier of its organisation.
    pub organization: String,
    /// The identifiers of all organisations that had this name before, oldest first. The key's own is among them
    /// unless it is new.
    pub namesakes: Vec<String>,
}

/// The reason why no further key was made.
#[derive(Debug, thiserror::Error)]
pub enum NotMade {
    /// The organisation has the maximum number of keys.
    #[error("There are {count} keys, and there may be {max}. Revoke one first.")]
    TooMany {
        /// The number of its keys.
        count: i64,
        /// The maximum.
        max: i64,
    },
    /// No organisation has this identifier.
    #[error("There is no organisation {0}.")]
    NoOrganization(Uuid),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Creates an organisation with a key and a balance of credits, even if one of the same name exists.
///
/// # Errors
/// The database cannot be read or written.
pub async fn create(database: &Database, new: NewOrganization) -> sqlx::Result<Made> {
    database.write(move |tx| Box::pin(insert_organization(tx, new))).await
}

/// Creates another key of an organisation, with its own name or the organisation's.
///
/// # Errors
/// There is no such organisation, it has the maximum number of keys, or a database error.
pub async fn create_another(
    database: &Database,
    organization: Uuid,
    name: Option<String>,
) -> Result<NewKey, NotMade> {
    database.write(move |tx| Box::pin(insert_for(tx, organization, name))).await
}

/// Creates another key of the oldest organisation of a name, or the organisation if there is none.
///
/// # Errors
/// The organisation has the maximum number of keys, or a database error.
pub async fn create_or_another(database: &Database, new: NewOrganization) -> Result<Made, NotMade> {
    database
        .write(move |tx| {
            Box::pin(async move {
                let namesakes = organizations_called(tx, &new.name).await?;
                let Some(oldest) = namesakes.first().cloned() else {
                    return Ok(insert_organization(tx, new).await?);
                };
                let id = oldest.parse().map_err(|error: uuid::Error| sqlx::Error::Decode(error.into()))?;
                let key = insert_for(tx, id, None).await?;
                Ok(Made { key, organization: oldest, namesakes })
            })
        })
        .await
}

/// The identifiers of the organisations with a name, oldest first.
async fn organizations_called(tx: &mut SqliteConnection, name: &str) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar("SELECT public_id FROM organizations WHERE name = $1 ORDER BY id")
        .bind(name)
        .fetch_all(tx)
        .await
}

async fn insert_for(
    tx: &mut SqliteConnection,
    organization: Uuid,
    name: Option<String>,
) -> Result<NewKey, NotMade> {
    let (id, own_name): (i64, String) =
        sqlx::query_as("SELECT id, name FROM organizations WHERE public_id = $1")
            .bind(organization.to_string())
            .fetch_optional(&mut *tx)
            .await?
            .ok_or(NotMade::NoOrganization(organization))?;
    let key = NewKey::random();
    insert_another(tx, id, &name.unwrap_or(own_name), &key, Instant::now()).await?;
    Ok(key)
}

async fn insert_organization(tx: &mut SqliteConnection, new: NewOrganization) -> sqlx::Result<Made> {
    let key = NewKey::random();
    let now = Instant::now();
    let namesakes = organizations_called(tx, &new.name).await?;
    let organization = Uuid::new_v4().to_string();
    let id: i64 = sqlx::query_scalar(
        "INSERT INTO organizations
            (public_id, name, email, country, plan_name, plan_limit, rate_limit_per_minute, max_api_keys,
             created_at)
         VALUES ($1, $2, $3, 'NL', 'Starter', $4, $5, $6, $7) RETURNING id",
    )
    .bind(&organization)
    .bind(&new.name)
    .bind(&new.email)
    .bind(new.plan_limit)
    .bind(new.rate_limit_per_minute)
    .bind(new.max_api_keys)
    .bind(now)
    .fetch_one(&mut *tx)
    .await?;
    insert(tx, id, &new.name, &key, now).await?;
    sqlx::query("INSERT INTO credit_balances (organization_id, purchased, expires_at) VALUES ($1, $2, $3)")
        .bind(id)
        .bind(new.credits)
        .bind(Instant(now.0 + YEAR_MILLIS))
        .execute(tx)
        .await?;
    Ok(Made { key, organization, namesakes })
}

/// Stores another key of an organisation, if it may have one, and returns the identifier of the key.
///
/// # Errors
/// The organisation has the maximum number of keys, or a database error.
pub async fn insert_another(
    tx: &mut SqliteConnection,
    organization: i64,
    name: &str,
    key: &NewKey,
    now: Instant,
) -> Result<i64, NotMade> {
    let (count, max): (i64, i64) = sqlx::query_as(
        "SELECT (SELECT COUNT(*) FROM api_keys WHERE organization_id = $1), max_api_keys
         FROM organizations WHERE id = $1",
    )
    .bind(organization)
    .fetch_one(&mut *tx)
    .await?;
    if count >= max {
        return Err(NotMade::TooMany { count, max });
    }
    Ok(insert(tx, organization, name, key, now).await?)
}

async fn insert(
    tx: &mut SqliteConnection,
    organization: i64,
    name: &str,
    key: &NewKey,
    now: Instant,
) -> sqlx::Result<i64> {
    sqlx::query_scalar(
        "INSERT INTO api_keys (organization_id, name, hash, last_four, created_at)
         VALUES ($1, $2, $3, $4, $5) RETURNING id",
    )
    .bind(organization)
    .bind(name)
    .bind(hash(key.reveal()).as_slice())
    .bind(key.last_four())
    .bind(now)
    .fetch_one(tx)
    .await
}

/// The caller of a request, identified by the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct Caller {
    /// The row identifier of the key.
    pub key_id: i64,
    /// The row identifier of the key's organisation.
    pub organization_id: i64,
    /// Requests per minute that the key may make.
    pub rate_limit_per_minute: u32,
    /// The most keys that the organisation may have.
    pub max_api_keys: u32,
}

/// A cache of the keys used since the start, so that most requests need no query for their key.
///
/// Invariant: it never contains a revoked key. Only this process revokes keys, and it then calls
/// [`forget`](Self::forget).
#[derive(Debug, Default)]
pub struct KnownKeys(Mutex<Cache>);

#[derive(Debug, Default)]
struct Cache {
    by_hash: HashMap<[u8; 32], Known>,
    /// The number of calls of [`KnownKeys::forget`]. A key that was read before the last call may be revoked.
    forgotten: u64,
}

#[derive(Debug, Clone, Copy)]
struct Known {
    caller: Caller,
    last_used: Instant,
    /// Whether the last use is yet to be stored in the database.
    is_news: bool,
}

impl KnownKeys {
    /// The caller of a key; `None` if the text is no valid key. Records that the key was used.
    ///
    /// # Errors
    /// The database cannot be read or written.
    pub async fn find(&self, readers: &SqlitePool, key: &str) -> sqlx::Result<Option<Caller>> {
        if !has_form(key) {
            return Ok(None);
        }
        let (hash, now) = (hash(key), Instant::now());
        let forgotten = {
            let mut cache = self.lock();
            if let Some(known) = cache.by_hash.get_mut(&hash) {
                (known.last_used, known.is_news) = (now, true);
                return Ok(Some(known.caller));
            }
            cache.forgotten
        };
        let caller: Option<Caller> = sqlx::query_as(
            "SELECT api_keys.id AS key_id, organization_id, rate_limit_per_minute, max_api_keys
             FROM api_keys JOIN organizations ON organizations.id = organization_id WHERE hash = $1",
        )
        .bind(hash.as_slice())
        .fetch_optional(readers)
        .await?;
        let mut cache = self.lock();
        if let Some(caller) = caller.filter(|_| cache.forgotten == forgotten) {
            cache.by_hash.insert(hash, Known { caller, last_used: now, is_news: true });
        }
        Ok(caller)
    }

    /// When this process last saw a key used; `None` if it has not.
    #[must_use]
    pub fn last_used(&self, key_id: i64) -> Option<Instant> {
        self.lock().by_hash.values().find(|known| known.caller.key_id == key_id).map(|known| known.last_used)
    }

    /// Removes a revoked key, so that the next request with it is refused.
    pub fn forget(&self, key_id: i64) {
        let mut cache = self.lock();
        cache.forgotten += 1;
        cache.by_hash.retain(|_, known| known.caller.key_id != key_id);
    }

    /// Stores the times of last use in the database.
    ///
    /// # Errors
    /// The database cannot be read or written.
    pub async fn write_down(&self, database: &Database) -> sqlx::Result<()> {
        let news: Vec<_> = self.news();
        if news.is_empty() {
            return Ok(());
        }
        let used = news.clone();
        let written = database.write(move |tx| {
            Box::pin(async move {
                for (key, used) in used {
                    let update = sqlx::query("UPDATE api_keys SET last_used_at = $2 WHERE id = $1");
                    update.bind(key).bind(used).execute(&mut *tx).await?;
                }
                sqlx::Result::Ok(())
            })
        });
        let written = written.await;
        if written.is_err() {
            for known in self.lock().by_hash.values_mut() {
                known.is_news |= news.iter().any(|(key, _)| *key == known.caller.key_id);
            }
        }
        written
    }

    /// The keys used since the last call, with their times of last use.
    fn news(&self) -> Vec<(i64, Instant)> {
        let mut cache = self.lock();
        let used = cache.by_hash.values_mut().filter_map(|known| {
            std::mem::take(&mut known.is_news).then_some((known.caller.key_id, known.last_used))
        });
        used.collect()
    }

    fn lock(&self) -> MutexGuard<'_, Cache> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
