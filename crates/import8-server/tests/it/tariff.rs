//! Tests of imported editions of the tariff: taken up by a server at work, kept through kills, gone back from.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{Connection, Executor};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::server::{PATIENCE, Server, program};

const FILE: &str = "import8.sqlite";

fn folder() -> TempDir {
    TempDir::new().expect("a temporary folder")
}

/// A table of the Harmonized System with one subheading, and `more` under the same heading.
fn harmonized_system(folder: &Path, name: &str, more: usize) -> PathBuf {
    let mut rows = vec![
        "section,hscode,description,parent,level".to_owned(),
        "XVI,85,Electrical machinery,TOTAL,2".to_owned(),
        "XVI,8518,Microphones and loudspeakers,85,4".to_owned(),
        "XVI,851830,Headphones,8518,6".to_owned(),
    ];
    rows.extend((0..more).map(|number| format!("XVI,8518{:02},Goods {number},8518,6", 40 + number)));
    let file = folder.join(name);
    fs::write(&file, rows.join("\n")).expect("written");
    file
}

/// A table of the organisation's own, with the duty on headphones on a day.
fn own(folder: &Path, day: &str, duty: &str) -> PathBuf {
    let file = folder.join(format!("{day}.csv"));
    let rows =
        ["code,description,duty,source,as of", &format!("8518300090,Headphones,{duty},R1549/06,{day}")];
    fs::write(&file, rows.join("\n")).expect("written");
    file
}

fn tariff(data: &Path, arguments: &[&str]) -> Output {
    program().arg("tariff").args(arguments).arg("--data").arg(data).output().expect("run")
}

/// Runs a command that succeeds, and returns what it prints.
fn done(data: &Path, arguments: &[&str]) -> String {
    let output = tariff(data, arguments);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {errors}");
    String::from_utf8(output.stdout).expect("text")
}

/// Runs a command that is refused, and returns the reason.
fn refused(data: &Path, arguments: &[&str]) -> String {
    let output = tariff(data, arguments);
    assert_eq!(output.status.code(), Some(1), "{arguments:?}");
    String::from_utf8(output.stderr).expect("text")
}

fn import(data: &Path, file: &Path, more: &[&str]) -> String {
    done(data, &[&["import", file.to_str().expect("a path")], more].concat())
}

/// The last line of a list: what is in force.
fn in_force(data: &Path) -> String {
    done(data, &["list"]).lines().last().expect("a line").to_owned()
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}

async fn open(data: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(data.join(FILE));
    SqliteConnection::connect_with(&options).await.expect("a database")
}

#[test]
fn editions_are_imported_listed_put_in_force_and_removed() {
    let (data, files) = (folder(), folder());
    let (data, file) = (data.path(), harmonized_system(files.path(), "hs.csv", 0));
    let said = import(data, &file, &["--day", "2022-01-01"]);
    assert!(
        said.contains(
            "Stored as edition 1 (Harmonized System of 2022-01-01), with 3 lines and 0 measures.\n\
        It is in force now, instead of the built-in tariff. `tariff back` undoes this.\n"
        ),
        "{said}"
    );
    let again = import(data, &file, &["--day", "2022-01-01"]);
    assert!(
        again.contains("Nothing new: this is edition 1 (Harmonized System of 2022-01-01), imported "),
        "{again}"
    );
    assert!(again.ends_with("It is in force, as before.\n"), "{again}");
    let older = import(data, &file, &["--day", "2021-01-01"]);
    assert!(
        older.ends_with(
            "It is not in force: edition 1 (Harmonized System of 2022-01-01) is of a later day, and stays. \
             `tariff use 2` puts it in force.\n"
        ),
        "{older}"
    );
    let list = done(data, &["list"]);
    let lines: Vec<_> = list.lines().collect();
    assert_eq!(lines.len(), 4, "{list}");
    assert!(
        lines[1].starts_with("      1  Harmonized System      2022-01-01        3         0  20"),
        "{list}"
    );
    assert_eq!(lines[3], "In force: edition 1 (Harmonized System of 2022-01-01).");
    assert_eq!(
        done(data, &["use", "2"]),
        "In force now: edition 2 (Harmonized System of 2021-01-01), instead of edition 1 (Harmonized System of \
         2022-01-01).\n"
    );
    assert!(refused(data, &["remove", "2"]).contains("edition 2 is in force"));
    assert!(refused(data, &["use", "7"]).contains("there is no edition 7"));
    assert!(done(data, &["back"]).starts_with("In force now: edition 1 "));
    assert_eq!(done(data, &["remove", "2"]), "Removed: edition 2 (Harmonized System of 2021-01-01).\n");
    assert!(refused(data, &["report", "2"]).contains("there is no edition 2"));
    let report = done(data, &["report", "1"]);
    assert!(report.starts_with("edition 1 (Harmonized System of 2022-01-01), imported "), "{report}");
    assert!(report.contains("Nomenclature"), "{report}");
    assert!(done(data, &["back"]).contains("In force now: the built-in tariff, instead of edition 1 "));
    assert!(refused(data, &["back"]).contains("nothing to go back to"));
    assert_eq!(in_force(data), "In force: the built-in tariff.");
}

#[test]
fn an_edition_of_which_much_would_be_lost_is_not_in_force_unless_it_is_asked_for() {
    let (data, files) = (folder(), folder());
    let data = data.path();
    import(data, &harmonized_system(files.path(), "hs.csv", 0), &["--day", "2022-01-01"]);
    let one = own(files.path(), "2026-10-01", "1.5 %");
    let said = import(data, &one, &[]);
    assert!(
        said.ends_with(
            "It is not in force: edition 1 (Harmonized System of 2022-01-01) is another publication, and its 3 lines \
             and 0 measures would no longer be in force. `tariff use 2` puts it in force.\n"
        ),
        "{said}"
    );
    let said = import(data, &one, &["--use"]);
    assert!(said.contains("It is in force now, instead of edition 1 "), "{said}");
    // A table with codes and no duty.
    let bare = files.path().join("bare.csv");
    fs::write(&bare, "code,description\n8518300090,Headphones\n").expect("written");
    let said = import(data, &bare, &["--day", "2026-09-01"]);
    assert!(
        said.contains(
            "It is not in force: edition 2 (Own tariff of 2026-10-01) is of a later day, and stays; it has no \
             measures, and the 1 measure of edition 2 (Own tariff of 2026-10-01) would be lost"
        ),
        "{said}"
    );
    assert_eq!(in_force(data), "In force: edition 2 (Own tariff of 2026-10-01).");
}

#[test]
fn a_server_at_work_answers_from_what_is_in_force() {
    let server = Server::start();
    let key = server.key(1);
    let files = folder();
    let rates = |server: &Server| server.get("/api/v1/duty-rates/8518300090", &key).json()["data"].clone();
    let answers = |rate: &str| {
        server.wait_for(rate, || (rates(&server)["mfn_duty"]["rate"] == rate).then_some(()));
    };
    answers("0.00%");
    import(server.data.path(), &own(files.path(), "2026-10-01", "1.5 %"), &[]);
    answers("1.50%");
    assert_eq!(rates(&server)["mfn_duty"]["date"], "2026-10-01");
    import(server.data.path(), &own(files.path(), "2026-11-01", "2.5 %"), &[]);
    answers("2.50%");
    done(server.data.path(), &["back"]);
    answers("1.50%");
    done(server.data.path(), &["use", "2"]);
    answers("2.50%");
    // A server that starts answers from it at once.
    let server = Server::start_in(server.stop_and_keep(), &[]);
    assert_eq!(rates(&server)["mfn_duty"]["rate"], "2.50%");
    done(server.data.path(), &["back"]);
    done(server.data.path(), &["back"]);
    server.wait_for("the built-in tariff", || (rates(&server)["mfn_duty"]["rate"] == "0.00%").then_some(()));
}

#[test]
fn a_dry_run_and_a_refused_file_write_nothing() {
    let (data, files) = (folder(), folder());
    let data = data.path().join("none");
    let file = harmonized_system(files.path(), "hs.csv", 0);
    let said = import(&data, &file, &["--dry-run"]);
    assert!(
        said.contains("Nomenclature") && said.ends_with("Nothing is stored: this was a dry run.\n"),
        "{said}"
    );
    let bad = files.path().join("bad.csv");
    fs::write(&bad, "name,colour\nleather wallet,brown\n").expect("written");
    let missing = files.path().join("missing.csv");
    for file in [&bad, &missing] {
        let why = refused(&data, &["import", file.to_str().expect("a path")]);
        let name = file.file_name().and_then(|name| name.to_str()).expect("a name");
        assert!(why.starts_with("import8-server: ") && why.contains(name), "{why}");
        assert!(why.trim_end().ends_with('.'), "a sentence: {why}");
    }
    for arguments in [&["list"][..], &["use", "1"], &["back"]] {
        assert!(refused(&data, arguments).contains("there is no database in "), "{arguments:?}");
    }
    assert!(!data.exists());
}

/// Starts an import of a day and waits until everything is read and only storing it is left. Its output stays open,
/// because it would end by itself otherwise.
fn import_to_kill(data: &Path, file: &Path, day: &str) -> (Child, BufReader<ChildStdout>) {
    let mut process = program()
        .args(["tariff", "import", "--day", day, "--data"])
        .args([data, file])
        .stdout(Stdio::piped())
        .spawn()
        .expect("run");
    let mut line = String::new();
    let mut output = BufReader::new(process.stdout.take().expect("its output"));
    output.read_line(&mut line).expect("its report");
    assert_eq!(line, format!("Harmonized System of {day}\n"));
    (process, output)
}

fn kill((mut process, _output): (Child, BufReader<ChildStdout>)) {
    process.kill().expect("killed");
    process.wait().expect("gone");
}

/// The number of editions in a database that is whole.
async fn editions(database: &mut SqliteConnection) -> i64 {
    let fault: String =
        sqlx::query_scalar("PRAGMA integrity_check").fetch_one(&mut *database).await.expect("a check");
    assert_eq!(fault, "ok");
    sqlx::query_scalar("SELECT COUNT(*) FROM tariff_editions").fetch_one(database).await.expect("a number")
}

#[test]
fn an_import_that_is_killed_leaves_the_edition_before() {
    let (data, files) = (folder(), folder());
    let data = data.path();
    import(data, &harmonized_system(files.path(), "hs.csv", 0), &["--day", "2022-01-01"]);
    let file = harmonized_system(files.path(), "more.csv", 50);
    let runtime = runtime();
    // The import waits for this writer.
    let mut writer = runtime.block_on(open(data));
    runtime.block_on(writer.execute("BEGIN IMMEDIATE")).expect("begun");
    kill(import_to_kill(data, &file, "2023-01-01"));
    runtime.block_on(writer.execute("ROLLBACK")).expect("ended");
    assert_eq!(in_force(data), "In force: edition 1 (Harmonized System of 2022-01-01).");
    assert_eq!(runtime.block_on(editions(&mut writer)), 1);
    assert!(import(data, &file, &["--day", "2023-01-01"]).contains("Stored as edition 2 "));
    // Killed at any other time, it is in force as a whole, or the one before is.
    for delay in 0..12 {
        let before = runtime.block_on(editions(&mut writer));
        let process = import_to_kill(data, &file, &format!("2024-01-{:02}", delay + 1));
        std::thread::sleep(Duration::from_millis(4 * delay));
        kill(process);
        let stored = runtime.block_on(editions(&mut writer)) - before;
        assert!((0..=1).contains(&stored), "{stored}");
        let newest: i64 = runtime
            .block_on(sqlx::query_scalar("SELECT MAX(id) FROM tariff_editions").fetch_one(&mut writer))
            .expect("a number");
        assert!(in_force(data).starts_with(&format!("In force: edition {newest} ")));
        assert!(done(data, &["report", &newest.to_string()]).contains(" 53 read"), "as a whole");
    }
    runtime.block_on(writer.close()).expect("closed");
}

#[test]
fn a_backup_has_the_editions() {
    let (data, files) = (folder(), folder());
    import(data.path(), &harmonized_system(files.path(), "hs.csv", 0), &["--day", "2022-01-01"]);
    let backup = files.path().join("backup.sqlite");
    let run = |command: &str, data: &Path| {
        let output = program().arg(command).arg("--data").args([data, &backup]).output().expect("run");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    run("backup", data.path());
    let restored = folder();
    run("restore", restored.path());
    assert_eq!(done(restored.path(), &["list"]), done(data.path(), &["list"]));
    assert_eq!(done(restored.path(), &["report", "1"]), done(data.path(), &["report", "1"]));
}

#[test]
fn clients_that_read_meanwhile_see_no_error() {
    let server = Server::start();
    let key = server.key(1);
    let files = folder();
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let read = |path: &'static str| {
            let (server, key, is_over) = (&server, &key, &is_over);
            move || {
                let mut answers = 0;
                // An import that fails ends this loop too, and the rate limit is not reached.
                let deadline = Instant::now() + PATIENCE;
                while !is_over.load(Ordering::Relaxed) && answers < 20_000 && Instant::now() < deadline {
                    let answer = server.get(path, key);
                    assert_eq!(answer.status, 200, "{}", answer.text);
                    answers += 1;
                }
                answers
            }
        };
        let clients = [
            "/api/v1/duty-rates/8518300090?origin=CN",
            "/api/v1/nomenclature/851830",
            "/api/v1/classifications",
        ]
        .map(|path| scope.spawn(read(path)));
        for number in 1..5 {
            let file = own(files.path(), &format!("2026-11-{number:02}"), "1.5 %");
            let said = import(server.data.path(), &file, &[]);
            assert!(said.contains("It is in force now"), "{said}");
        }
        drop(done(server.data.path(), &["back"]));
        is_over.store(true, Ordering::Relaxed);
        for client in clients {
            assert!(client.join().expect("no error") > 0);
        }
    });
}
