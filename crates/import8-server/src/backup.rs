//! Backups: a database as one file, made while a server is at work on it, and put back.
//!
//! SQLite itself makes the copy (`VACUUM INTO`), from one moment of the database, while others read and
//! write. A file is looked at as a whole before it is called a backup, and again before it is put back;
//! neither a backup nor a restored database is ever there in part.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use sqlx::Connection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use tempfile::NamedTempFile;

use crate::clock::Instant;
use crate::database::{self, Database, FILE, MIGRATIONS};

/// Why there is no backup, or why nothing was put back.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// Nothing to copy.
    #[error("{} is not there", .0.display())]
    Missing(PathBuf),
    /// A backup never replaces a file.
    #[error("{} is there already: choose another name", .0.display())]
    Exists(PathBuf),
    /// Not a database, or another program's.
    #[error("{} is not a database of this server", .0.display())]
    Foreign(PathBuf),
    /// Its schema has been through steps that this version does not know.
    #[error("{} is of a newer version of this server, or of a changed one", .0.display())]
    OtherVersion(PathBuf),
    /// Parts of it are missing or changed.
    #[error("{} is damaged: {fault}", file.display())]
    Damaged {
        /// The file.
        file: PathBuf,
        /// What was found.
        fault: String,
    },
    /// A server is at work on the folder, or it cannot be written.
    #[error("{0}")]
    Claim(io::Error),
    /// A file cannot be read or written.
    #[error("{}: {source}", file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// SQLite cannot read or write a file.
    #[error("{}: {source}", file.display())]
    Database {
        /// The file.
        file: PathBuf,
        /// Why.
        source: sqlx::Error,
    },
}

/// Copies the database of the folder `data` into the new file `backup`.
///
/// # Errors
/// There is no database, `backup` is there already or cannot be written, or the database is damaged.
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

/// Puts `backup` in the place of the database of the folder `data`, which is made where it is missing.
/// Answers where the database that was there is now.
///
/// # Errors
/// A server is at work on the folder; `backup` is damaged, or not a database that this version knows; or
/// a file cannot be written. Until then the database is as it was.
pub async fn restore(data: &Path, backup: &Path) -> Result<Option<PathBuf>, BackupError> {
    let _claim = Database::claim(data).map_err(BackupError::Claim)?;
    examine(backup, backup).await?;
    let copy = copy(backup, unchanging(backup), data).await?;
    examine(copy.path(), backup).await?;
    let _alone = database::lock_file(data).map_err(BackupError::Claim)?;
    let database = data.join(FILE);
    let kept = keep(&database)?;
    // SQLite would take the rows in it for rows of the new file. They are in what was kept.
    remove(beside(&database, "-wal"))?;
    remove(beside(&database, "-shm"))?;
    copy.persist(&database).map_err(|error| BackupError::File { file: database, source: error.error })?;
    sync(data)?;
    Ok(kept)
}

/// Copies a database, with what is in the `-wal` beside it, into a file in `folder` that goes away unless
/// it is given a name. Only its owner can read it: it has the secrets of webhooks.
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

/// Checks that `file` is whole, and a database that this version knows. A fault is told of `named`.
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

/// A migration that a database has been through.
#[derive(Debug, sqlx::FromRow)]
struct Step {
    version: i64,
    checksum: Vec<u8>,
    success: bool,
}

/// The migrations that a database has been through; none of another program's.
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
        // Before the fault may be a line that names the database.
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

/// How a file is opened that must stay as it is. Without a `-wal` nothing is made beside it either, so it
/// may be where nobody can write.
fn unchanging(file: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new().read_only(true).immutable(!beside(file, "-wal").exists())
}

/// What SQLite says of a file that it cannot read, by its result codes.
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

/// Copies a database that is about to be replaced, with its `-wal`, to a name that tells when; answers
/// which, if there is one. As a copy, so that the database is whole until the new one is in its place.
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

/// The file whose name is that of another, and more.
fn beside(file: &Path, more: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(more);
    name.into()
}

/// Waits until the names of a folder are on the disk, where a folder can be asked for that.
fn sync(folder: &Path) -> Result<(), BackupError> {
    if !cfg!(unix) {
        return Ok(());
    }
    let synced = File::open(folder).and_then(|folder| folder.sync_all());
    synced.map_err(|source| BackupError::File { file: folder.to_owned(), source })
}
