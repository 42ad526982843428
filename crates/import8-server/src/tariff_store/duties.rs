//! The third-country duties of each edition, stored beside it as a small text.

use std::io::{self, Read, Write};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use import8_tariff::{Edition, Publication};
use sqlx::SqliteConnection;

use super::publications::publication;
use crate::database::Database;
use crate::tariff::third_country_text;

/// The duties of an edition as they are stored.
///
/// # Errors
/// They cannot be compressed.
pub fn packed(edition: &Edition) -> io::Result<Vec<u8>> {
    let Some(text) = third_country_text(edition) else { return Ok(Vec::new()) };
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes())?;
    encoder.finish()
}

/// Stores the duties of an edition, unless they are there or it is not.
///
/// # Errors
/// The database cannot be written.
pub async fn store(tx: &mut SqliteConnection, edition: i64, duties: Vec<u8>) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT OR IGNORE INTO tariff_duties (edition_id, content)
         SELECT id, $2 FROM tariff_editions WHERE id = $1",
    )
    .bind(edition)
    .bind(duties)
    .execute(tx)
    .await
    .map(drop)
}

/// The numbers of the editions whose duties are not stored.
///
/// # Errors
/// The database cannot be read.
pub async fn missing(database: &Database) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar(
        "SELECT id FROM tariff_editions WHERE id NOT IN (SELECT edition_id FROM tariff_duties) ORDER BY id",
    )
    .fetch_all(database.readers())
    .await
}

/// The duties of an edition with measures.
#[derive(Debug, sqlx::FromRow)]
pub struct StoredDuties {
    publication: String,
    /// The day of the edition.
    pub day: String,
    content: Vec<u8>,
}

impl StoredDuties {
    /// What was published.
    #[must_use]
    pub fn publication(&self) -> Option<Publication> {
        publication(&self.publication)
    }

    /// The text, which takes some milliseconds to decompress; `None` if it cannot be.
    #[must_use]
    pub fn text(&self) -> Option<String> {
        let mut text = String::new();
        ZlibDecoder::new(self.content.as_slice()).read_to_string(&mut text).ok()?;
        Some(text)
    }
}

/// The stored duties by the day of their edition, the earliest first.
///
/// # Errors
/// The database cannot be read.
pub async fn all(database: &Database) -> sqlx::Result<Vec<StoredDuties>> {
    sqlx::query_as(
        "SELECT publication, day, tariff_duties.content AS content FROM tariff_editions
         JOIN tariff_duties ON edition_id = id WHERE length(tariff_duties.content) > 0 ORDER BY day, id",
    )
    .fetch_all(database.readers())
    .await
}
