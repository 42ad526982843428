//! The database file: SQLite in WAL mode, so that readers never wait for the writer.

use std::fs::File;
use std::path::Path;
use std::time::Duration;

use sqlx::migrate::MigrateError;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Sqlite, SqlitePool, Transaction};

const READERS: u32 = 4;

/// The database. SQLite has one writer at a time, so writers queue here for the one connection
/// instead of colliding in the file.
#[derive(Debug, Clone)]
pub struct Database {
    readers: SqlitePool,
    writer: SqlitePool,
}

impl Database {
    /// Opens `import8.sqlite` in `folder`, making both where they are missing, and brings the
    /// schema up to date.
    ///
    /// # Errors
    /// The folder or file cannot be made or opened, or a migration fails.
    pub async fn open(folder: &Path) -> Result<Self, MigrateError> {
        std::fs::create_dir_all(folder).map_err(sqlx::Error::Io)?;
        let options = SqliteConnectOptions::new()
            .filename(folder.join("import8.sqlite"))
            .create_if_missing(true)
            .foreign_keys(true)
            .journal_mode(SqliteJournalMode::Wal)
            // An acknowledged classification is paid for: it must survive a power cut too.
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(Duration::from_secs(10));
        let writer = SqlitePoolOptions::new().max_connections(1).connect_with(options.clone()).await?;
        migrate(folder, &writer).await?;
        let readers =
            SqlitePoolOptions::new().max_connections(READERS).connect_with(options.read_only(true)).await?;
        Ok(Self { readers, writer })
    }

    /// For reading.
    #[must_use]
    pub fn readers(&self) -> &SqlitePool {
        &self.readers
    }

    /// Begins the one transaction that a writing request has. It takes the write lock at once, so
    /// what it reads stays true until it commits.
    ///
    /// # Errors
    /// No connection could be had.
    pub async fn write(&self) -> sqlx::Result<Transaction<'static, Sqlite>> {
        self.writer.begin_with("BEGIN IMMEDIATE").await
    }

    /// Waits for the connections to finish, and closes them.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

/// Brings the schema up to date, one process at a time: a server may start while another command
/// makes a key in the same new folder.
async fn migrate(folder: &Path, writer: &SqlitePool) -> Result<(), MigrateError> {
    let lock = File::create(folder.join("import8.lock")).map_err(sqlx::Error::Io)?;
    lock.lock().map_err(sqlx::Error::Io)?;
    sqlx::migrate!().run(writer).await
}
