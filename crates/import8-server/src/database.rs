//! The database: SQLite in WAL mode, so that readers never wait for the writer.
//!
//! A durable commit waits for the disk, which takes as long for one write as for a hundred. Writes that arrive while
//! the disk is busy are therefore committed together. Each of them has its own savepoint, so it still happens as a
//! whole or not at all.

use std::fs::{File, TryLockError};
use std::panic::AssertUnwindSafe;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{Acquire, Connection, SqlitePool};
use tokio::sync::{Mutex, Notify, mpsc, oneshot};
use tokio::task::JoinHandle;

use crate::search_index;

/// The name of the database file in its folder. The file ending in `-wal` beside it contains rows that are not in it
/// yet; the one ending in `-shm` is recreated when it is missing.
pub const FILE: &str = "import8.sqlite";

const READERS: u32 = 4;

/// The most writes in one commit. With more, the first of them would wait for the last.
const GROUP: usize = 128;

/// An open database. Clones are cheap and share its connections.
#[derive(Debug, Clone)]
pub struct Database {
    readers: SqlitePool,
    writes: mpsc::Sender<Box<dyn Write>>,
    /// Whether the last commit reached the disk.
    is_sound: Arc<AtomicBool>,
    /// Tells the writer to end after the writes that wait.
    closing: Arc<Notify>,
    /// The writer task; taken by the first call of [`Database::close`].
    writer: Arc<Mutex<Option<JoinHandle<sqlx::Result<()>>>>>,
}

impl Database {
    /// Opens [`FILE`] in `folder`, creates both if they are missing, and applies missing migrations.
    ///
    /// # Errors
    /// The folder or the file cannot be created or opened, or a migration fails.
    pub async fn open(folder: &Path) -> Result<Self, MigrateError> {
        std::fs::create_dir_all(folder).map_err(sqlx::Error::Io)?;
        let options = options(folder).create_if_missing(true).journal_mode(SqliteJournalMode::Wal);
        let writer = {
            let _alone = lock_file(folder).map_err(sqlx::Error::Io)?;
            let mut writer = SqliteConnection::connect_with(&options).await?;
            MIGRATIONS.run_direct(None, &mut writer, false).await?;
            search_index::fill(&mut writer).await?;
            writer
        };
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .connect_with(options.clone().read_only(true))
            .await?;
        let (writes, queue) = mpsc::channel(GROUP);
        let (is_sound, closing) = (Arc::new(AtomicBool::new(true)), Arc::new(Notify::new()));
        let writer = Writer { options, connection: Some(writer), is_sound: Arc::clone(&is_sound) };
        let writer = tokio::spawn(writer.run(queue, Arc::clone(&closing)));
        Ok(Self { readers, writes, is_sound, closing, writer: Arc::new(Mutex::new(Some(writer))) })
    }

    /// Whether the last commit reached the disk, for `GET /health`.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.is_sound.load(Ordering::Relaxed)
    }

    /// Claims the folder for one server, and creates it if it is missing. The claim lasts until the returned file is
    /// dropped. A second server would send every delivery twice and would not know of revoked keys.
    ///
    /// # Errors
    /// Another server has claimed the folder, or the lock file cannot be created.
    pub fn claim(folder: &Path) -> std::io::Result<File> {
        std::fs::create_dir_all(folder)?;
        let file = File::create(folder.join("serve.lock"))?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(TryLockError::WouldBlock) => {
                Err(std::io::Error::other(format!("a server is at work on {}", folder.display())))
            }
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    /// The connections for reading.
    #[must_use]
    pub fn readers(&self) -> &SqlitePool {
        &self.readers
    }

    /// Runs `work` completely or not at all, and returns when its rows are on the disk. There is one writer, so rows
    /// that `work` reads do not change before its commit.
    ///
    /// The work runs even if the caller stops waiting.
    ///
    /// # Errors
    /// The error of `work`, after which none of its rows is stored; or a database error.
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<sqlx::Error> + Send + 'static,
        F: for<'c> FnOnce(&'c mut SqliteConnection) -> BoxFuture<'c, Result<T, E>> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let pending = Pending { work: Some(work), outcome: None, answer };
        self.writes.send(Box::new(pending)).await.map_err(|_| sqlx::Error::PoolClosed)?;
        answered.await.map_err(|_| sqlx::Error::WorkerCrashed)?
    }

    /// Closes the database after the reads that run and the writes that wait. Later reads and writes through a clone
    /// are refused.
    ///
    /// # Errors
    /// The file cannot be closed.
    pub async fn close(&self) -> sqlx::Result<()> {
        self.readers.close().await;
        self.closing.notify_one();
        match self.writer.lock().await.take() {
            Some(writer) => writer.await.map_err(|_| sqlx::Error::WorkerCrashed)?,
            None => Ok(()),
        }
    }

    /// Moves all rows into [`FILE`], so that this file alone is the whole database. Returns `false` if another program
    /// was reading and prevented it. Call it after [`close`](Self::close).
    ///
    /// # Errors
    /// The file cannot be opened or written.
    pub async fn checkpoint(folder: &Path) -> sqlx::Result<bool> {
        let mut connection = SqliteConnection::connect_with(&options(folder)).await?;
        let is_busy: bool =
            sqlx::query_scalar("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&mut connection).await?;
        connection.close().await?;
        Ok(!is_busy)
    }
}

/// The migrations of the schema, in order.
pub(crate) static MIGRATIONS: Migrator = sqlx::migrate!();

/// The options with which every connection is opened.
fn options(folder: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(folder.join(FILE))
        .foreign_keys(true)
        // An acknowledged classification is paid for: it must survive a power cut too.
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(Duration::from_secs(10))
}

/// Locks the database file against other processes that create, migrate or replace it: a server may start while
/// another command creates a key in the same new folder. The lock lasts until the returned file is dropped.
pub(crate) fn lock_file(folder: &Path) -> std::io::Result<File> {
    let lock = File::create(folder.join("import8.lock"))?;
    lock.lock()?;
    Ok(lock)
}

/// A write in the queue, with its waiting caller.
trait Write: Send {
    /// Runs the work and returns whether to keep its rows.
    fn run<'c>(&'c mut self, connection: &'c mut SqliteConnection) -> BoxFuture<'c, bool>;

    /// Sends the result to the caller, after the commit or its failure.
    fn answer(self: Box<Self>, committed: Result<(), String>);
}

struct Pending<F, T, E> {
    work: Option<F>,
    outcome: Option<Result<T, E>>,
    answer: oneshot::Sender<Result<T, E>>,
}

impl<F, T, E> Write for Pending<F, T, E>
where
    T: Send + 'static,
    E: From<sqlx::Error> + Send + 'static,
    F: for<'c> FnOnce(&'c mut SqliteConnection) -> BoxFuture<'c, Result<T, E>> + Send + 'static,
{
    fn run<'c>(&'c mut self, connection: &'c mut SqliteConnection) -> BoxFuture<'c, bool> {
        Box::pin(async move {
            let Some(work) = self.work.take() else { return false };
            // A panic in one request must not end the writer that all others need.
            let done = AssertUnwindSafe(work(connection)).catch_unwind().await;
            let outcome = done.unwrap_or_else(|_| Err(sqlx::Error::WorkerCrashed.into()));
            let keep = outcome.is_ok();
            self.outcome = Some(outcome);
            keep
        })
    }

    fn answer(self: Box<Self>, committed: Result<(), String>) {
        let outcome = match (committed, self.outcome) {
            (Ok(()), Some(outcome)) => outcome,
            (Err(message), _) => Err(sqlx::Error::Io(std::io::Error::other(message)).into()),
            (Ok(()), None) => Err(sqlx::Error::WorkerCrashed.into()),
        };
        // The caller may have stopped waiting; the work is done all the same.
        drop(self.answer.send(outcome));
    }
}

/// The writer: the only connection that writes.
struct Writer {
    options: SqliteConnectOptions,
    /// `None` after a failed commit, which leaves a connection in an unknown state.
    connection: Option<SqliteConnection>,
    is_sound: Arc<AtomicBool>,
}

impl Writer {
    /// Commits the waiting writes in groups until all senders are gone or `closing` is notified.
    async fn run(
        mut self,
        mut queue: mpsc::Receiver<Box<dyn Write>>,
        closing: Arc<Notify>,
    ) -> sqlx::Result<()> {
        let mut group = Vec::with_capacity(GROUP);
        loop {
            tokio::select! {
                () = closing.notified() => {
                    // Writes that are in the queue already are still received.
                    queue.close();
                    continue;
                }
                count = queue.recv_many(&mut group, GROUP) => {
                    if count == 0 {
                        break;
                    }
                }
            }
            let committed = self.commit(&mut group).await;
            self.is_sound.store(committed.is_ok(), Ordering::Relaxed);
            if let Err(error) = &committed {
                tracing::error!(%error, writes = group.len(), "not committed");
                self.connection = None;
            }
            let committed = committed.map_err(|error| error.to_string());
            group.drain(..).for_each(|write| write.answer(committed.clone()));
        }
        match self.connection {
            Some(connection) => connection.close().await,
            None => Ok(()),
        }
    }

    async fn commit(&mut self, group: &mut [Box<dyn Write>]) -> sqlx::Result<()> {
        let connection = match &mut self.connection {
            Some(connection) => connection,
            none => none.insert(SqliteConnection::connect_with(&self.options).await?),
        };
        commit(connection, group).await
    }
}

async fn commit(connection: &mut SqliteConnection, group: &mut [Box<dyn Write>]) -> sqlx::Result<()> {
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
    for write in group {
        let mut savepoint = transaction.begin().await?;
        if write.run(&mut savepoint).await {
            savepoint.commit().await?;
        } else {
            savepoint.rollback().await?;
        }
    }
    transaction.commit().await
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn database() -> (tempfile::TempDir, Database) {
        let folder = tempfile::TempDir::new().expect("a temporary folder");
        let database = Database::open(folder.path()).await.expect("a database");
        (folder, database)
    }

    async fn insert(database: &Database, name: &'static str, then: &'static str) -> sqlx::Result<()> {
        database
            .write(move |tx| {
                Box::pin(async move {
                    let sql = "INSERT INTO organizations (public_id, name, country, plan_name, plan_limit,
                        rate_limit_per_minute, max_api_keys, created_at) VALUES ($1, $1, 'NL', 'x', 1, 1, 1, 1)";
                    sqlx::query(sql).bind(name).execute(&mut *tx).await?;
                    sqlx::query(then).execute(tx).await.map(drop)
                })
            })
            .await
    }

    async fn names(database: &Database) -> Vec<String> {
        let names = sqlx::query_scalar("SELECT name FROM organizations ORDER BY name");
        names.fetch_all(database.readers()).await.expect("names")
    }

    #[tokio::test]
    async fn one_that_fails_leaves_nothing_and_harms_nobody() {
        let (_folder, database) = database().await;
        let (first, second, third) = tokio::join!(
            insert(&database, "a", "SELECT 1"),
            insert(&database, "b", "SELECT nothing FROM nowhere"),
            insert(&database, "c", "SELECT 1"),
        );
        assert!(first.is_ok() && second.is_err() && third.is_ok());
        assert_eq!(names(&database).await, ["a", "c"]);
    }

    /// SQLite ends a transaction itself when the disk is full.
    #[tokio::test]
    async fn after_a_lost_transaction_the_next_one_is_written() {
        let (_folder, database) = database().await;
        assert!(insert(&database, "lost", "ROLLBACK").await.is_err());
        assert!(!database.is_sound());
        insert(&database, "kept", "SELECT 1").await.expect("written");
        assert!(database.is_sound());
        assert_eq!(names(&database).await, ["kept"]);
    }

    /// A request that is open when the server stops holds a clone of the database.
    #[tokio::test]
    async fn closing_waits_for_what_was_sent_and_refuses_what_comes_later() {
        let (folder, database) = database().await;
        let clone = database.clone();
        let all = ["a", "b", "c", "d", "e"];
        let writes = all.map(|name| insert(&database, name, "SELECT 1"));
        let (written, closed) = tokio::join!(futures_util::future::join_all(writes), database.close());
        closed.expect("closed");
        assert!(written.iter().all(Result::is_ok), "{written:?}");
        assert!(insert(&clone, "late", "SELECT 1").await.is_err());
        clone.close().await.expect("closed already");
        assert!(Database::checkpoint(folder.path()).await.expect("checkpointed"));
        let again = Database::open(folder.path()).await.expect("a database");
        assert_eq!(names(&again).await, all);
    }

    #[tokio::test]
    async fn a_folder_is_claimed_once() {
        let folder = tempfile::TempDir::new().expect("a temporary folder");
        let claim = Database::claim(folder.path()).expect("claimed");
        assert!(Database::claim(folder.path()).is_err());
        drop(claim);
        assert!(Database::claim(folder.path()).is_ok());
    }
}
