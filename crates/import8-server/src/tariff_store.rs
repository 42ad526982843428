//! The imported editions of the tariff in the database, and which of them is in force.
//!
//! An edition is stored once and as one value, so an import that is interrupted leaves nothing. Nothing here tells a
//! running server: it looks itself (`tariff_follower`).

use std::fmt;
use std::io::{self, BufReader, BufWriter, Write};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use import8_tariff::{Edition, Publication, Report};
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use sqlx::{SqliteConnection, SqliteExecutor};

use self::held_back::{Extent, Tables, reasons};
use self::publications::key;
use crate::clock::Instant;
use crate::database::Database;

pub mod duties;
mod held_back;
mod publications;
#[cfg(test)]
mod tests;

pub use self::held_back::HeldBack;

/// The reason why an edition cannot be read, put in force or removed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No edition has this number.
    #[error("there is no edition {0}: `tariff list` shows those that there are")]
    Missing(i64),
    /// The edition is in force, so it stays.
    #[error("edition {0} is in force: put another one in force before you remove it")]
    InForce(i64),
    /// No other tariff was in force before the one that is, or all of them are removed.
    #[error("nothing else was in force before, so there is nothing to go back to")]
    NothingBefore,
    /// What is stored of the edition is not what this version of the program stores.
    #[error(
        "edition {id} cannot be read: {fault}. If it is in force, `tariff back` puts in force what was before; then \
         `tariff remove {id}` removes it, and it can be imported again"
    )]
    Unreadable {
        /// The number of the edition.
        id: i64,
        /// The first fault that was found.
        fault: String,
    },
    /// The database cannot be read or written.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// What is known of a stored edition without decoding it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEdition {
    /// Its number, which is never given to another one.
    pub id: i64,
    /// What was published.
    pub publication: Publication,
    /// The day that the publication is of.
    pub day: Date,
    /// The number of lines of the nomenclature.
    pub lines: i64,
    /// The number of measures.
    pub measures: i64,
    /// The time of its import.
    pub imported_at: Instant,
    /// Whether the server answers from it.
    pub in_force: bool,
}

impl fmt::Display for StoredEdition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "edition {} ({} of {})", self.id, self.publication.title(), self.day)
    }
}

/// An edition in the form in which it is stored. Making it takes seconds for a whole tariff.
#[derive(Debug)]
pub struct PackedEdition {
    publication: Publication,
    day: Date,
    lines: i64,
    measures: i64,
    tables: Tables,
    digest: Vec<u8>,
    content: Vec<u8>,
    report: String,
    duties: Vec<u8>,
}

impl PackedEdition {
    fn extent(&self) -> Extent<'_> {
        let Self { publication, day, measures, ref tables, .. } = *self;
        Extent { publication, day, measures, tables }
    }

    /// Packs an edition with the report of its import.
    ///
    /// # Errors
    /// One of them cannot be written as JSON.
    pub fn new(edition: &Edition, report: &Report) -> io::Result<Self> {
        let encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
        let mut written = BufWriter::new(Digested { digest: Sha256::new(), inner: encoder });
        serde_json::to_writer(&mut written, edition)?;
        let Digested { digest, inner } = written.into_inner().map_err(io::IntoInnerError::into_error)?;
        Ok(Self {
            publication: edition.publication,
            day: edition.day,
            lines: count(edition.lines.len()),
            measures: count(edition.measures.len()),
            tables: report.tables.clone(),
            digest: digest.finalize().to_vec(),
            content: inner.finish()?,
            report: serde_json::to_string(report)?,
            duties: duties::packed(edition)?,
        })
    }
}

fn count(items: usize) -> i64 {
    i64::try_from(items).unwrap_or(i64::MAX)
}

/// A writer that keeps the digest of what passes through it.
struct Digested<W> {
    digest: Sha256,
    inner: W,
}

impl<W: Write> Write for Digested<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.inner.write(bytes)?;
        self.digest.update(bytes.get(..count).unwrap_or(bytes));
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// An edition that was added, or that was there already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    /// The edition, as it is now.
    pub edition: StoredEdition,
    /// Whether the same edition was stored before.
    pub was_there: bool,
    /// The edition that was in force before this call; `None` for the built-in tariff.
    pub before: Option<StoredEdition>,
    /// The reasons why a new edition was not put in force; empty if it was.
    pub held_back: Vec<HeldBack>,
}

/// A change of what is in force. `None` stands for the built-in tariff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The edition that was in force.
    pub from: Option<StoredEdition>,
    /// The edition that is in force now.
    pub to: Option<StoredEdition>,
}

/// Stores an edition, unless the same one is there. A new one comes into force, unless there is a reason to hold it
/// back; with `use_it`, it comes into force in any case, also if it was there.
///
/// # Errors
/// The database cannot be written.
pub async fn add(database: &Database, packed: PackedEdition, use_it: bool) -> Result<Added, StoreError> {
    database.write(move |tx| Box::pin(add_in(tx, packed, use_it))).await
}

async fn add_in(tx: &mut SqliteConnection, packed: PackedEdition, use_it: bool) -> Result<Added, StoreError> {
    let before = list(&mut *tx).await?.into_iter().find(|edition| edition.in_force);
    let same: Option<i64> = sqlx::query_scalar("SELECT id FROM tariff_editions WHERE digest = $1")
        .bind(&packed.digest)
        .fetch_optional(&mut *tx)
        .await?;
    let was_there = same.is_some();
    let held_back = match &before {
        Some(before) if !was_there && !use_it => {
            let tables = tables_of(&mut *tx, before.id).await?;
            let StoredEdition { publication, day, measures, .. } = *before;
            reasons(&packed.extent(), &Extent { publication, day, measures, tables: &tables })
        }
        _ => Vec::new(),
    };
    let id = match same {
        Some(id) => id,
        None => insert(tx, packed).await?,
    };
    let is_wanted = use_it || (!was_there && held_back.is_empty());
    if is_wanted && before.as_ref().is_none_or(|before| before.id != id) {
        enter_into_force(tx, id).await?;
    }
    Ok(Added { edition: find(tx, id).await?, was_there, before, held_back })
}

/// The tables of a stored edition. They are empty if its report is not of this version: an import is the way out of
/// that, so it does not fail.
async fn tables_of(executor: impl SqliteExecutor<'_>, id: i64) -> sqlx::Result<Tables> {
    let report: Option<String> = sqlx::query_scalar("SELECT report FROM tariff_editions WHERE id = $1")
        .bind(id)
        .fetch_optional(executor)
        .await?;
    let report = report.and_then(|report| serde_json::from_str::<Report>(&report).ok());
    Ok(report.map(|report| report.tables).unwrap_or_default())
}

async fn insert(tx: &mut SqliteConnection, packed: PackedEdition) -> sqlx::Result<i64> {
    let id = sqlx::query_scalar(
        "INSERT INTO tariff_editions (digest, publication, day, lines, measures, imported_at, report, content)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
    )
    .bind(packed.digest)
    .bind(key(packed.publication))
    .bind(packed.day.to_string())
    .bind(packed.lines)
    .bind(packed.measures)
    .bind(Instant::now())
    .bind(packed.report)
    .bind(packed.content)
    .fetch_one(&mut *tx)
    .await?;
    duties::store(tx, id, packed.duties).await?;
    Ok(id)
}

async fn enter_into_force(tx: &mut SqliteConnection, id: i64) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO tariff_in_force (edition_id, before, since)
         VALUES ($1, (SELECT MAX(seq) FROM tariff_in_force), $2)",
    )
    .bind(id)
    .bind(Instant::now())
    .execute(tx)
    .await
    .map(drop)
}

/// Puts a stored edition in force. If it is in force already, nothing changes, and both ends of the change are the
/// same.
///
/// # Errors
/// There is no such edition, or the database cannot be written.
pub async fn put_in_force(database: &Database, id: i64) -> Result<Change, StoreError> {
    database
        .write(move |tx| {
            Box::pin(async move {
                let from = list(&mut *tx).await?.into_iter().find(|edition| edition.in_force);
                let to = find(&mut *tx, id).await?;
                if !to.in_force {
                    enter_into_force(&mut *tx, id).await?;
                }
                Ok(Change { from, to: Some(StoredEdition { in_force: true, ..to }) })
            })
        })
        .await
}

/// A row of what came into force.
#[derive(Debug, Clone, Copy, sqlx::FromRow)]
struct InForceRow {
    seq: i64,
    edition_id: Option<i64>,
    before: Option<i64>,
}

/// Puts in force again what was in force before, and is still stored. Going back twice goes back two steps; before the
/// first edition is the built-in tariff.
///
/// # Errors
/// [`StoreError::NothingBefore`], or the database cannot be written.
pub async fn go_back(database: &Database) -> Result<Change, StoreError> {
    database.write(|tx| Box::pin(go_back_in(tx))).await
}

async fn go_back_in(tx: &mut SqliteConnection) -> Result<Change, StoreError> {
    let editions = list(&mut *tx).await?;
    let from = editions.iter().find(|edition| edition.in_force).cloned();
    let rows: Vec<InForceRow> =
        sqlx::query_as("SELECT seq, edition_id, before FROM tariff_in_force ORDER BY seq")
            .fetch_all(&mut *tx)
            .await?;
    let Some(from) = from else { return Err(StoreError::NothingBefore) };
    let row = |seq: Option<i64>| rows.iter().find(|row| Some(row.seq) == seq).copied();
    let find = |id: Option<i64>| editions.iter().find(|edition| Some(edition.id) == id).cloned();
    let mut earlier = rows.last().and_then(|last| row(last.before));
    // Over those that were removed, and over the one in force itself: only what makes a difference is a step.
    while let Some(skipped) = earlier
        && skipped.edition_id.is_some()
        && find(skipped.edition_id).is_none_or(|edition| edition.in_force)
    {
        earlier = row(skipped.before);
    }
    let id = earlier.and_then(|row| row.edition_id);
    sqlx::query("INSERT INTO tariff_in_force (edition_id, before, since) VALUES ($1, $2, $3)")
        .bind(id)
        .bind(earlier.and_then(|row| row.before))
        .bind(Instant::now())
        .execute(tx)
        .await?;
    let to = find(id).map(|edition| StoredEdition { in_force: true, ..edition });
    Ok(Change { from: Some(from), to })
}

/// Removes an edition that is not in force, and returns what it was.
///
/// # Errors
/// There is no such edition, it is in force, or the database cannot be written.
pub async fn remove(database: &Database, id: i64) -> Result<StoredEdition, StoreError> {
    database
        .write(move |tx| {
            Box::pin(async move {
                let edition = find(&mut *tx, id).await?;
                if edition.in_force {
                    return Err(StoreError::InForce(id));
                }
                sqlx::query("DELETE FROM tariff_editions WHERE id = $1").bind(id).execute(tx).await?;
                Ok(edition)
            })
        })
        .await
}

/// The stored editions, the latest day first.
///
/// # Errors
/// The database cannot be read.
pub async fn list(executor: impl SqliteExecutor<'_>) -> Result<Vec<StoredEdition>, StoreError> {
    let rows: Vec<EditionRow> = sqlx::query_as(
        "SELECT id, publication, day, lines, measures, imported_at,
            id IS (SELECT edition_id FROM tariff_in_force ORDER BY seq DESC LIMIT 1) AS in_force
         FROM tariff_editions ORDER BY day DESC, id DESC",
    )
    .fetch_all(executor)
    .await?;
    rows.into_iter().map(StoredEdition::try_from).collect()
}

async fn find(executor: impl SqliteExecutor<'_>, id: i64) -> Result<StoredEdition, StoreError> {
    list(executor).await?.into_iter().find(|edition| edition.id == id).ok_or(StoreError::Missing(id))
}

/// The number of the edition in force; `None` for the built-in tariff.
///
/// # Errors
/// The database cannot be read.
pub async fn in_force(executor: impl SqliteExecutor<'_>) -> sqlx::Result<Option<i64>> {
    let row: Option<Option<i64>> =
        sqlx::query_scalar("SELECT edition_id FROM tariff_in_force ORDER BY seq DESC LIMIT 1")
            .fetch_optional(executor)
            .await?;
    Ok(row.flatten())
}

/// An edition with the report of its import.
///
/// # Errors
/// There is no such edition, its report is not of this version, or the database cannot be read.
pub async fn report(database: &Database, id: i64) -> Result<(StoredEdition, Report), StoreError> {
    let edition = find(database.readers(), id).await?;
    let report: Option<String> = sqlx::query_scalar("SELECT report FROM tariff_editions WHERE id = $1")
        .bind(id)
        .fetch_optional(database.readers())
        .await?;
    let report = report.ok_or(StoreError::Missing(id))?;
    let report = serde_json::from_str(&report).map_err(|error| unreadable(id, error))?;
    Ok((edition, report))
}

/// Reads and decodes an edition. Decoding runs beside the asynchronous tasks; a whole tariff is 40 MB of JSON, and the
/// value takes some 70 MB.
///
/// # Errors
/// There is no such edition, it is not of this version, or the database cannot be read.
pub async fn load(database: &Database, id: i64) -> Result<Edition, StoreError> {
    let content: Option<Vec<u8>> = sqlx::query_scalar("SELECT content FROM tariff_editions WHERE id = $1")
        .bind(id)
        .fetch_optional(database.readers())
        .await?;
    let content = content.ok_or(StoreError::Missing(id))?;
    let decode = move || serde_json::from_reader(BufReader::new(ZlibDecoder::new(content.as_slice())));
    let decoded = tokio::task::spawn_blocking(decode).await.map_err(|error| unreadable(id, error))?;
    decoded.map_err(|error: serde_json::Error| unreadable(id, error))
}

fn unreadable(id: i64, fault: impl ToString) -> StoreError {
    StoreError::Unreadable { id, fault: fault.to_string() }
}

#[derive(Debug, sqlx::FromRow)]
struct EditionRow {
    id: i64,
    publication: String,
    day: String,
    lines: i64,
    measures: i64,
    imported_at: Instant,
    in_force: bool,
}

impl TryFrom<EditionRow> for StoredEdition {
    type Error = StoreError;

    fn try_from(row: EditionRow) -> Result<Self, StoreError> {
        let EditionRow { id, publication, day, lines, measures, imported_at, in_force } = row;
        let known = publications::publication(&publication);
        let publication = known.ok_or_else(|| unreadable(id, "it is of an unknown publication"))?;
        let day = day.parse().map_err(|error: jiff::Error| unreadable(id, error))?;
        Ok(Self { id, publication, day, lines, measures, imported_at, in_force })
    }
}
