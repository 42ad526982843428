//! Backups: copies a database into one file, also while a server runs, and restores it.
//!
//! SQLite makes the copy (`VACUUM INTO`) of one moment of the database while others read and write. A file is checked
//! completely before it becomes a backup, and again before it is restored. Neither a backup nor a restored database
//! ever exists in part.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use sqlx::Connection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use tempfile::NamedTempFile;

use crate::clock::Instant;
use crate::database::{self, Database, FILE, MIGRATIONS};

/// The reason why no backup was made, or nothing was restored.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The file to copy does not exist.
    #[error("{} is not there", .0.display())]
    Missing(PathBuf),
    /// The file to make exists already: a backup never replaces one.
    #[error("{} is there already: choose another name", .0.display())]
    Exists(PathBuf),
    /// The file is not a database of this program.
    #[error("{} is not a database of this server", .0.display())]
    Foreign(PathBuf),
    /// The database has migrations that this version does not know.
    #[error("{} is of a newer version of this server, or of a changed one", .0.display())]
    OtherVersion(PathBuf),
    /// Parts of the file are missing or changed.
    #[error("{} is damaged: {fault}", file.display())]
    Damaged {
        /// The file.
        file: PathBuf,
        /// The first fault that SQLite found.
        fault: String,
    },
    /// A server runs on the folder, or the folder cannot be written.
    #[error("{0}")]
    Claim(io::Error),
    /// A file cannot be read or written.
    #[error("{}: {source}", file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// The error of the system.
        source: io::Error,
    },
    /// SQLite cannot read or write a file.
    #[error("{}: {source}", file.display())]
    Database {
        /// The file.
        file: PathBuf,
        /// The error of SQLite.
        source: sqlx::Error,
    },
}

/// Copies the database of the folder `data` into the new file `backup`.
///
/// # Errors
/// There is no database, the file `backup` exists or cannot be written, or the database is damaged.
pub async fn make(data: &Path, backup: &Path) -> Result<(), BackupError> {
    if backup.exists() {
        return Err(BackupError::Exists(backup.to_owned()));
    }
    let folder = match backup.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    let database = data.join(FILE);
    let copy = copy(&database, SqliteConnectOptions::new(), folder).await?;
    examine(copy.path(), &database).await?;
    copy.persist_noclobber(backup).map_err(|error| match error.error.kind() {
        io::ErrorKind::AlreadyExists => BackupError::Exists(backup.to_owned()),
        _ => BackupError::File { file: backup.to_owned(), source: error.error },
    })?;
    sync(folder)
}

/// Replaces the database of the folder `data` by `backup`, and creates a missing folder. Returns the path of the
/// replaced database, which is kept, if there was one.
///
/// # Errors
/// A server runs on the folder; `backup` is damaged, or is not a database of a known version; or a file cannot be
/// written. The database is then unchanged.
pub async fn restore(data: &Path, backup: &Path) -> Result<Option<PathBuf>, BackupError> {
    let _claim = Database::claim(data).map_err(BackupError::Claim)?;
    examine(backup, backup).await?;
    let copy = copy(backup, unchanging(backup), data).await?;
    examine(copy.path(), backup).await?;
    let _alone = database::lock_file(data).map_err(BackupError::Claim)?;
    let database = data.join(FILE);
    let kept = keep(&database)?;
    // SQLite would apply its rows to the new file. The kept copy contains them.
    remove(beside(&database, "-wal"))?;
    remove(beside(&database, "-shm"))?;
    copy.persist(&database).map_err(|error| BackupError::File { file: database, source: error.error })?;
    sync(data)?;
    Ok(kept)
}

/// Copies a database with the rows of its `-wal` into a temporary file in `folder`, which is deleted unless it is
/// persisted. Only the owner can read the file, because it has the secrets of webhooks.
async fn copy(
    database: &Path,
    options: SqliteConnectOptions,
    folder: &Path,
) -> Result<NamedTempFile, BackupError> {
    if !database.is_file() {
        return Err(BackupError::Missing(database.to_owned()));
    }
    let unwritten = |source| BackupError::File { file: folder.to_owned(), source };
    // Absolute, because SQLite would read a name that begins with `file:` as an address.
    let folder = folder.canonicalize().map_err(unwritten)?;
    let copy = tempfile::Builder::new().prefix(".import8-").tempfile_in(&folder).map_err(unwritten)?;
    let path = copy.path().to_string_lossy().into_owned();
    let copied = async {
        let mut connection = SqliteConnection::connect_with(&options.filename(database)).await?;
        sqlx::query("VACUUM INTO $1").bind(path).execute(&mut connection).await?;
        connection.close().await
    };
    copied.await.map_err(|source| fault(database, source))?;
    copy.as_file().sync_all().map_err(unwritten)?;
    Ok(copy)
}

/// Checks that `file` is complete and a database that this version knows. An error names the file `named`.
async fn examine(file: &Path, named: &Path) -> Result<(), BackupError> {
    if !file.is_file() {
        return Err(BackupError::Missing(named.to_owned()));
    }
    let found = async {
        let mut connection = SqliteConnection::connect_with(&unchanging(file).filename(file)).await?;
        let found = (steps(&mut connection).await?, first_fault(&mut connection).await?);
        connection.close().await?;
        sqlx::Result::Ok(found)
    };
    let (steps, first_fault) = found.await.map_err(|source| fault(named, source))?;
    check_schema(&steps, named)?;
    match first_fault {
        Some(fault) => Err(BackupError::Damaged { file: named.to_owned(), fault }),
        None => Ok(()),
    }
}

/// A migration that was applied to a database.
#[derive(Debug, sqlx::FromRow)]
struct Step {
    version: i64,
    checksum: Vec<u8>,
    success: bool,
}

/// The migrations that were applied to a database; empty for the database of another program.
async fn steps(connection: &mut SqliteConnection) -> sqlx::Result<Vec<Step>> {
    let has_steps: bool =
        sqlx::query_scalar("SELECT COUNT(*) FROM sqlite_schema WHERE name = '_sqlx_migrations'")
            .fetch_one(&mut *connection)
            .await?;
    if !has_steps {
        return Ok(Vec::new());
    }
    sqlx::query_as("SELECT version, checksum, success FROM _sqlx_migrations ORDER BY version")
        .fetch_all(connection)
        .await
}

async fn first_fault(connection: &mut SqliteConnection) -> sqlx::Result<Option<String>> {
    let found: String = sqlx::query_scalar("PRAGMA integrity_check(1)").fetch_one(&mut *connection).await?;
    if found != "ok" {
        // A line that names the database may precede the fault.
        return Ok(found.lines().last().map(str::to_owned));
    }
    sqlx::query_scalar(
        "SELECT 'a row of ' || \"table\" || ' refers to a missing one' FROM pragma_foreign_key_check LIMIT 1",
    )
    .fetch_optional(connection)
    .await
}

fn check_schema(steps: &[Step], file: &Path) -> Result<(), BackupError> {
    let is_known = |step: &Step| {
        let same = MIGRATIONS.iter().find(|known| known.version == step.version);
        step.success && same.is_some_and(|known| *known.checksum == *step.checksum)
    };
    match steps.iter().position(|step| !is_known(step)) {
        None if !steps.is_empty() => Ok(()),
        None | Some(0) => Err(BackupError::Foreign(file.to_owned())),
        Some(_) => Err(BackupError::OtherVersion(file.to_owned())),
    }
}

/// Options to open a file that must not change. Without a `-wal` no file is made beside it either, so it may be on a
/// read-only disk.
fn unchanging(file: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new().read_only(true).immutable(!beside(file, "-wal").exists())
}

/// The error for a file that SQLite cannot read, from its result code.
fn fault(file: &Path, source: sqlx::Error) -> BackupError {
    const CORRUPT: i32 = 11;
    const NOT_A_DATABASE: i32 = 26;
    let file = file.to_owned();
    let code = source.as_database_error().and_then(|error| error.code()?.parse::<i32>().ok());
    match code.map(|code| code & 0xff) {
        Some(CORRUPT) => BackupError::Damaged { file, fault: source.to_string() },
        Some(NOT_A_DATABASE) => BackupError::Foreign(file),
        _ => BackupError::Database { file, source },
    }
}

/// Copies a database that is about to be replaced, with its `-wal`, to a name with the current time, and returns that
/// path; `None` if there is no database. It copies instead of moving, so that the database is complete until the new
/// one replaces it.
fn keep(database: &Path) -> Result<Option<PathBuf>, BackupError> {
    if !database.exists() {
        return Ok(None);
    }
    let kept = beside(database, &format!(".before-{}", Instant::now().compact()));
    for part in ["", "-wal"] {
        let (from, to) = (beside(database, part), beside(&kept, part));
        if from.exists() {
            let copied = fs::copy(&from, &to).and_then(|_| File::open(&to)?.sync_all());
            copied.map_err(|source| BackupError::File { file: to, source })?;
        }
    }
    Ok(Some(kept))
}

fn remove(file: PathBuf) -> Result<(), BackupError> {
    match fs::remove_file(&file) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => Err(BackupError::File { file, source }),
        _ => Ok(()),
    }
}

/// The path of a file with `more` appended to its name.
fn beside(file: &Path, more: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(more);
    name.into()
}

/// Waits until the entries of a folder are on the disk, on systems that support this.
fn sync(folder: &Path) -> Result<(), BackupError> {
    if !cfg!(unix) {
        return Ok(());
    }
    let synced = File::open(folder).and_then(|folder| folder.sync_all());
    synced.map_err(|source| BackupError::File { file: folder.to_owned(), source })
}
