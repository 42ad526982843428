//! Fills the server's database before a measurement, and checks it afterwards, without the server.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{Connection, SqliteExecutor};

use crate::error::Result;

/// Products to classify. Their rows are copied until enough are stored. One product is a kettle.
pub(crate) const PRODUCTS: [&str; 20] = [
    "Stainless steel vacuum bottle, 500 ml, double-walled, with screw cap",
    "Men's T-shirt of cotton, knitted, short sleeves",
    "Over-ear headphones, bluetooth, noise cancelling",
    "Dining table of solid oak, 180 x 90 cm",
    "Running shoes with rubber soles and uppers of textile",
    "Electric kettle of stainless steel, 1.7 litres, 2200 W",
    "LED desk lamp, dimmable, with USB port",
    "Laptop computer, 14 inch screen, 16 GB memory",
    "Ceramic coffee mug, 350 ml, hand painted",
    "Leather wallet with coin pocket",
    "Mountain bicycle, aluminium frame, 29 inch wheels",
    "Plastic storage box with lid, 45 litres",
    "Roasted coffee beans, not decaffeinated, 1 kg",
    "Women's trousers of cotton denim",
    "Building blocks for children, of plastic",
    "Smartphone with 128 GB storage",
    "Folding umbrella with automatic opening",
    "Cordless drill, 18 V, with two batteries",
    "Sunglasses with polarised lenses",
    "Rechargeable lithium-ion battery, 10000 mAh",
];

/// The number of classifications that are read by identifier, in turns: far more than fit into SQLite's cache.
const READ_BY_ID: u32 = 100_000;

/// The time in which the classifier must finish its queue.
const PATIENCE: Duration = Duration::from_secs(300);

fn file(folder: &Path) -> PathBuf {
    folder.join("import8.sqlite")
}

async fn open(folder: &Path) -> sqlx::Result<SqliteConnection> {
    let options = SqliteConnectOptions::new().filename(file(folder));
    SqliteConnection::connect_with(&options.busy_timeout(Duration::from_secs(30))).await
}

/// Copies the classified products until `stored` rows exist, a minute apart, each with its own number as a search
/// word. No server may run.
pub(crate) async fn fill(folder: &Path, stored: u64) -> Result<()> {
    // After a failure the file is discarded, so it needs no journal.
    let options = SqliteConnectOptions::new()
        .filename(file(folder))
        .journal_mode(SqliteJournalMode::Off)
        .synchronous(SqliteSynchronous::Off)
        .pragma("cache_size", "-1000000");
    let mut connection = SqliteConnection::connect_with(&options).await?;
    // From a table of its own, because SQLite would collect all rows before it inserts into the table that it reads.
    sqlx::query("CREATE TEMP TABLE product AS SELECT * FROM classifications")
        .execute(&mut connection)
        .await?;
    sqlx::query(
        "INSERT INTO classifications
            (id, organization_id, number, balance_id, status, request, language, product_summary,
             hs_code, confidence, outcome, created_at, completed_at)
         WITH RECURSIVE copies (number) AS (
            SELECT classification_count + 1 FROM organizations
            UNION ALL SELECT number + 1 FROM copies WHERE number < $1
         )
         SELECT
            lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2)
                || '-a' || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))),
            organization_id, copies.number, balance_id, status,
            json_set(request, '$.description', product_summary || ', article ' || copies.number), language,
            product_summary || ', article ' || copies.number,
            hs_code, confidence, outcome,
            created_at - ($1 - copies.number) * 60000, completed_at - ($1 - copies.number) * 60000
         FROM copies JOIN product ON product.number = copies.number % (SELECT COUNT(*) FROM product) + 1",
    )
    .bind(i64::try_from(stored)?)
    .execute(&mut connection)
    .await?;
    for statement in [
        "INSERT INTO classification_words (rowid, organization, words)
         SELECT seq, organization_id, product_summary FROM classifications
         WHERE number > (SELECT classification_count FROM organizations)",
        "UPDATE organizations SET classification_count = (SELECT COUNT(*) FROM classifications)",
        "UPDATE credit_balances SET used = (SELECT COUNT(*) FROM classifications)",
    ] {
        sqlx::query(statement).execute(&mut connection).await?;
    }
    connection.close().await?;
    // Otherwise the system would write the rest of the file while writes are measured.
    File::open(file(folder))?.sync_all()?;
    Ok(())
}

/// Makes a batch of the newest `products`, and returns its identifier. No server may run. The API itself takes no batch
/// of more than a hundred, but answers a larger one like any other.
pub(crate) async fn make_batch(folder: &Path, products: u32) -> Result<String> {
    let mut connection = open(folder).await?;
    let id = "batch_of_the_benchmark";
    for statement in [
        "INSERT INTO batches (id, organization_id, total, created_at)
         SELECT $1, id, $2, created_at FROM organizations",
        "UPDATE classifications SET batch_seq = (SELECT seq FROM batches WHERE id = $1)
         WHERE number > (SELECT classification_count FROM organizations) - $2",
    ] {
        sqlx::query(statement).bind(id).bind(products).execute(&mut connection).await?;
    }
    connection.close().await?;
    Ok(id.to_owned())
}

/// Rows of a batch that are pending for as long as the benchmark wants it, while a server runs.
pub(crate) struct HeldRows(SqliteConnection);

impl HeldRows {
    /// Makes every tenth row of the only batch pending, the first row among them. The server must have a delay, so that
    /// its worker leaves them alone.
    pub(crate) async fn hold(folder: &Path) -> Result<Self> {
        let mut connection = open(folder).await?;
        for statement in [
            "CREATE TEMP TABLE held AS SELECT * FROM classifications
             WHERE batch_seq IS NOT NULL
                AND (seq - (SELECT MIN(seq) FROM classifications WHERE batch_seq IS NOT NULL)) % 10 = 0",
            "UPDATE classifications
             SET status = 'pending', hs_code = NULL, confidence = NULL, outcome = NULL, completed_at = NULL,
                decided_code = NULL, created_at = 1000 * unixepoch()
             WHERE seq IN (SELECT seq FROM held)",
        ] {
            sqlx::query(statement).execute(&mut connection).await?;
        }
        Ok(Self(connection))
    }

    /// Completes the rows, all at once, with the codes that they had before.
    pub(crate) async fn complete(mut self) -> Result<()> {
        sqlx::query(
            "UPDATE classifications
             SET (status, hs_code, confidence, outcome, completed_at, decided_code, created_at) = (
                SELECT status, hs_code, confidence, outcome, completed_at, decided_code, created_at
                FROM held WHERE held.seq = classifications.seq
             ) WHERE seq IN (SELECT seq FROM held)",
        )
        .execute(&mut self.0)
        .await?;
        self.0.close().await?;
        Ok(())
    }
}

/// Identifiers of classifications to read, in random order.
pub(crate) async fn some_ids(folder: &Path) -> Result<Vec<String>> {
    let mut connection = open(folder).await?;
    let ids = sqlx::query_scalar("SELECT id FROM classifications ORDER BY random() LIMIT $1")
        .bind(READ_BY_ID)
        .fetch_all(&mut connection)
        .await?;
    connection.close().await?;
    Ok(ids)
}

/// Waits until the server has classified every accepted product. A failed product is an error.
pub(crate) async fn wait_for_classifier(folder: &Path) -> Result<()> {
    let mut connection = open(folder).await?;
    let deadline = Instant::now() + PATIENCE;
    while count(&mut connection, "status = 'pending'").await? > 0 {
        if Instant::now() > deadline {
            return Err("the classifier does not come to the end of its queue".into());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let failed = count(&mut connection, "status = 'failed'").await?;
    connection.close().await?;
    if failed == 0 { Ok(()) } else { Err(format!("{failed} products could not be classified").into()) }
}

async fn count(connection: impl SqliteExecutor<'_>, condition: &'static str) -> sqlx::Result<i64> {
    let sql = format!("SELECT COUNT(*) FROM classifications WHERE {condition}");
    sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_one(connection).await
}

/// Checks that every acknowledged write is in the database, with its credit taken.
pub(crate) async fn check(folder: &Path, acknowledged: &[String]) -> Result<()> {
    let mut connection = open(folder).await?;
    let there: i64 = sqlx::query_scalar(
        "SELECT COUNT(*) FROM classifications WHERE id IN (SELECT value FROM json_each($1))",
    )
    .bind(serde_json::to_string(acknowledged)?)
    .fetch_one(&mut connection)
    .await?;
    let used: i64 =
        sqlx::query_scalar("SELECT SUM(used) FROM credit_balances").fetch_one(&mut connection).await?;
    let charged = count(&mut connection, "status <> 'failed'").await?;
    connection.close().await?;
    if usize::try_from(there)? != acknowledged.len() {
        return Err(format!("of {} acknowledged writes only {there} are there", acknowledged.len()).into());
    }
    if used != charged {
        return Err(format!("{used} credits were taken for {charged} classifications").into());
    }
    Ok(())
}
