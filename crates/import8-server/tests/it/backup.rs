//! Tests of backups: made while a server runs, restored completely, with no loss in either.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{Connection, Executor};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::server::{PATIENCE, Server, program};

const FILE: &str = "import8.sqlite";

fn folder() -> TempDir {
    TempDir::new().expect("a temporary folder")
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}

async fn open(file: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(file).create_if_missing(true).foreign_keys(false);
    SqliteConnection::connect_with(&options).await.expect("a database")
}

/// Changes a database, or creates one.
fn change(file: &Path, sql: &'static str) {
    runtime().block_on(async {
        let mut connection = open(file).await;
        connection.execute(sql).await.expect(sql);
        connection.close().await.expect("closed");
    });
}

fn run(command: &str, data: &Path, file: &Path) -> Output {
    program().arg(command).arg("--data").arg(data).arg(file).output().expect("run")
}

fn printed(output: &Output) -> String {
    String::from_utf8_lossy(&[&output.stdout[..], &output.stderr[..]].concat()).into_owned()
}

/// Runs a command that succeeds, and returns its output.
fn done(command: &str, data: &Path, file: &Path) -> String {
    let output = run(command, data, file);
    assert!(output.status.success(), "{command}: {}", printed(&output));
    printed(&output)
}

/// Runs a command that is refused, and returns its output.
fn refused(command: &str, data: &Path, file: &Path) -> String {
    let output = run(command, data, file);
    assert!(!output.status.success(), "{command}: {}", printed(&output));
    printed(&output)
}

/// A folder whose database is a copy of one file, without the files beside it.
fn folder_with(file: &Path) -> TempDir {
    let data = folder();
    fs::copy(file, data.path().join(FILE)).expect("copied");
    data
}

fn products(server: &Server, key: &str) -> Vec<String> {
    let rows = server.get("/api/v1/classifications?per_page=100", key).json();
    let rows = rows["data"].as_array().unwrap_or_else(|| panic!("{rows}")).clone();
    rows.iter().map(|row| row["product_summary"].as_str().expect("a product").to_owned()).collect()
}

/// The names of the files in a folder, except the locks, which are empty.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let names = entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
    let mut names: Vec<_> = names.filter(|name| !name.ends_with(".lock")).collect();
    names.sort();
    names
}

/// The file in a folder whose name shows that it was replaced by a restored database.
fn kept(folder: &Path) -> PathBuf {
    let names = names(folder);
    let name = names.iter().find(|name| name.contains(".before-") && !name.ends_with("-wal"));
    folder.join(name.unwrap_or_else(|| panic!("{names:?}")))
}

/// Another program that has the database open keeps SQLite from merging the `-wal` when the server closes it.
#[test]
fn after_a_stop_the_file_alone_has_all_rows() {
    let server = Server::start();
    let key = server.key(3);
    server.classified(&key, "leather wallet");
    let runtime = runtime();
    let mut reader = runtime.block_on(open(&server.data.path().join(FILE)));
    runtime.block_on(reader.execute("SELECT * FROM classifications")).expect("read");
    let data = server.stop_and_keep();
    let copy = folder_with(&data.path().join(FILE));
    runtime.block_on(reader.close()).expect("closed");
    let server = Server::start_in(copy, &[]);
    assert_eq!(products(&server, &key), ["leather wallet"]);
    assert_eq!(server.credits(&key), 2);
}

#[test]
fn after_a_stop_there_is_one_file() {
    let server = Server::start();
    let key = server.key(3);
    server.classified(&key, "leather wallet");
    let data = server.stop_and_keep();
    assert_eq!(names(data.path()), [FILE]);
}

#[test]
fn a_backup_of_a_server_at_work_is_of_one_moment() {
    let server = Server::start();
    let key = server.key(100_000);
    let files = folder();
    let file = |number: usize| files.path().join(format!("{number}.sqlite"));
    let is_over = AtomicBool::new(false);
    let accepted = std::thread::scope(|scope| {
        let orders = scope.spawn(|| {
            let mut accepted = 0;
            // A backup that fails ends this loop too.
            let deadline = Instant::now() + PATIENCE;
            while !is_over.load(Ordering::Relaxed) && Instant::now() < deadline {
                let body =
                    r#"{"items": [{"description": "leather wallet"}, {"description": "steel bottle"}]}"#;
                assert_eq!(server.post("/api/v1/classify/batch", &key, body).status, 202);
                accepted += 2;
            }
            accepted
        });
        server.wait_for("work", || (!products(&server, &key).is_empty()).then_some(()));
        (0..3).for_each(|number| drop(done("backup", server.data.path(), &file(number))));
        is_over.store(true, Ordering::Relaxed);
        orders.join().expect("orders")
    });
    for number in 0..3 {
        let data = folder();
        done("restore", data.path(), &file(number));
        let restored = Server::start_in(data, &[]);
        let total = || restored.get("/api/v1/classifications", &key).json()["meta"]["total"].clone();
        let total = total().as_u64().expect("a number");
        assert!((2..=accepted).contains(&total) && total % 2 == 0, "{total} of {accepted}: whole batches");
        assert_eq!(restored.credits(&key), 100_000 - total, "a row is a credit");
        assert_eq!(names(restored.data.path())[0], FILE);
    }
}

#[test]
fn a_backup_replaces_nothing_and_is_for_its_owner() {
    let server = Server::start();
    let key = server.key(1);
    server.classified(&key, "leather wallet");
    let files = folder();
    let file = files.path().join("backup.sqlite");
    fs::write(&file, "precious").expect("written");
    assert!(refused("backup", server.data.path(), &file).contains("is there already"));
    assert_eq!(fs::read_to_string(&file).expect("text"), "precious");
    assert!(refused("backup", server.data.path(), files.path()).contains("is there already"));
    refused("backup", server.data.path(), &files.path().join("no/such/folder.sqlite"));
    let empty = folder();
    let nothing = refused("backup", empty.path(), &files.path().join("other.sqlite"));
    assert!(nothing.contains("is not there"), "{nothing}");
    assert_eq!(names(files.path()), ["backup.sqlite"], "nothing is left of what was refused");
    assert!(names(empty.path()).is_empty(), "no database is made");
    fs::remove_file(&file).expect("removed");
    done("backup", server.data.path(), &file);
    assert_eq!(names(files.path()), ["backup.sqlite"]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(&file).expect("a file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "it has secrets");
    }
}

#[test]
fn what_was_there_before_is_kept() {
    let server = Server::start();
    let key = server.key(5);
    server.classified(&key, "leather wallet");
    let files = folder();
    let backup = files.path().join("backup.sqlite");
    done("backup", server.data.path(), &backup);
    server.classified(&key, "steel bottle");
    assert!(refused("restore", server.data.path(), &backup).contains("a server is at work"));
    assert_eq!(products(&server, &key), ["steel bottle", "leather wallet"]);
    // As after a power cut: some rows are in the `-wal` only.
    let data = server.kill();
    assert!(data.path().join(format!("{FILE}-wal")).exists(), "the control");
    let said = done("restore", data.path(), &backup);
    let kept = kept(data.path());
    assert!(said.contains(kept.to_str().expect("a path")), "{said}");
    let server = Server::start_in(data, &[]);
    assert_eq!((products(&server, &key), server.credits(&key)), (vec!["leather wallet".to_owned()], 4));
    // The kept copy can be restored in turn, with the rows of its `-wal`.
    let data = server.stop_and_keep();
    done("restore", data.path(), &kept);
    let server = Server::start_in(data, &[]);
    assert_eq!((products(&server, &key).len(), server.credits(&key)), (2, 3));
}

#[test]
fn what_is_no_whole_backup_is_refused_and_changes_nothing() {
    let server = Server::start();
    let key = server.key(5);
    server.classified(&key, "leather wallet");
    let files = folder();
    let whole = files.path().join("whole.sqlite");
    done("backup", server.data.path(), &whole);
    let data = server.stop_and_keep();
    let before = fs::read(data.path().join(FILE)).expect("a database");
    let bytes = fs::read(&whole).expect("a backup");
    let written = |name: &str, bytes: &[u8]| {
        let file = files.path().join(name);
        fs::write(&file, bytes).expect("written");
        file
    };
    let changed = |name: &str, sql: &'static str| {
        let file = written(name, &bytes);
        change(&file, sql);
        file
    };
    let overwritten = |name: &str, page: usize| {
        let mut bytes = bytes.clone();
        bytes[page * 4096..][..4096].fill(0xaa);
        written(name, &bytes)
    };
    let foreign = files.path().join("foreign.sqlite");
    change(&foreign, "CREATE TABLE organizations (id INTEGER PRIMARY KEY)");
    let cases = [
        (files.path().join("missing.sqlite"), "is not there"),
        (files.path().to_owned(), "is not there"),
        (written("empty.sqlite", b""), "is not a database of this server"),
        (
            written("text.sqlite", "no database\n".repeat(1_000).as_bytes()),
            "is not a database of this server",
        ),
        (foreign, "is not a database of this server"),
        (
            changed("other.sqlite", "UPDATE _sqlx_migrations SET checksum = x'00' WHERE version = 1"),
            "is not a database of this server",
        ),
        (
            changed(
                "newer.sqlite",
                "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
                 VALUES (9999, 'newer', 1, x'00', 0)",
            ),
            "is of a newer version",
        ),
        (written("half.sqlite", &bytes[..bytes.len() / 8192 * 4096]), "is damaged"),
        (overwritten("page.sqlite", bytes.len() / 8192), "is damaged"),
        (changed("rows.sqlite", "DELETE FROM credit_balances"), "is damaged"),
    ];
    for (file, expected) in cases {
        let said = refused("restore", data.path(), &file);
        assert!(said.contains(expected) && said.contains(file.to_str().expect("a path")), "{said}");
        assert_eq!(names(data.path()), [FILE], "{said}");
        assert!(fs::read(data.path().join(FILE)).expect("a database") == before, "unchanged after {said}");
    }
    let server = Server::start_in(data, &[]);
    assert_eq!(products(&server, &key), ["leather wallet"]);
    // The control: the file that the others were made from.
    let other = folder();
    done("restore", other.path(), &whole);
    assert_eq!(products(&Server::start_in(other, &[]), &key), ["leather wallet"]);
}

#[test]
fn a_database_that_no_server_is_at_work_on_is_backed_up_too() {
    let server = Server::start();
    let key = server.key(5);
    server.classified(&key, "leather wallet");
    let data = server.kill();
    let files = folder();
    let backup = files.path().join("backup.sqlite");
    done("backup", data.path(), &backup);
    // A backup is one file, which can also simply be copied.
    assert_eq!(products(&Server::start_in(folder_with(&backup), &[]), &key), ["leather wallet"]);
    assert_eq!(products(&Server::start_in(data, &[]), &key), ["leather wallet"]);
}
