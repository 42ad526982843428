//! What was acknowledged survives, is done once, and is paid for once.

use std::sync::atomic::{AtomicUsize, Ordering};

use tempfile::TempDir;

use crate::server::{Server, make_key};

/// A description that keeps a debug build busy for some tenths of a second.
fn long(words: &str) -> String {
    format!("{words} {}", "drinkfles".repeat(500))
}

/// What the database holds after a kill: pending, completed and failed classifications, and the
/// credits used.
#[derive(Debug, sqlx::FromRow)]
struct Kept {
    pending: i64,
    completed: i64,
    failed: i64,
    used: i64,
}

fn kept(data: &TempDir) -> Kept {
    let file = data.path().join("import8.sqlite");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file);
        let database = sqlx::SqlitePool::connect_with(options).await.expect("the database");
        sqlx::query_as(
            "SELECT COUNT(*) FILTER (WHERE status = 'pending') AS pending,
                COUNT(*) FILTER (WHERE status = 'completed') AS completed,
                COUNT(*) FILTER (WHERE status = 'failed') AS failed,
                (SELECT SUM(used) FROM credit_balances) AS used
             FROM classifications",
        )
        .fetch_one(&database)
        .await
        .expect("counts")
    })
}

#[test]
fn a_server_killed_while_classifying_finishes_the_work_once() {
    let data = TempDir::new().expect("a temporary folder");
    let key = make_key(data.path(), 100, &[]);
    let mut server = Server::start_in(data, &[]);
    let mut ids = Vec::new();
    for round in 1..=3 {
        // One is finished, so the worker is awake; the next ones keep it at work.
        let done = server.classified(&key, "leather wallet");
        ids.push((done["id"].as_str().expect("an id").to_owned(), "completed"));
        for (words, end) in
            [(long("leather wallet"), "completed"), (long("xqzzv"), "failed")].iter().cycle().take(10)
        {
            let body = serde_json::json!({ "description": words }).to_string();
            let answer = server.post("/api/v1/classify", &key, body);
            ids.push((answer.json()["data"]["id"].as_str().expect("an id").to_owned(), end));
        }
        let data = server.kill();
        let kept = kept(&data);
        assert!(
            kept.pending > 0 && kept.completed > 0,
            "round {round}: the kill came at the wrong time: {kept:?}"
        );
        assert_eq!(
            kept.pending + kept.completed + kept.failed,
            ids.len() as i64,
            "nothing acknowledged is lost"
        );
        assert_eq!(kept.used, kept.pending + kept.completed, "a row is a credit, unless it failed");
        server = Server::start_in(data, &[]);
    }
    for (id, end) in &ids {
        assert_eq!(server.result(&key, id)["status"], *end);
    }
    assert_eq!(server.credits(&key), 100 - 3 * 6);
    assert_eq!(server.get("/api/v1/classifications", &key).json()["meta"]["total"], 33);
}

/// One request of 200 that arrive together for 100 credits.
#[test]
fn parallel_requests_take_exactly_the_credits_there_are() {
    let server = Server::start();
    let key = server.key(100);
    let barrier = std::sync::Barrier::new(200);
    let accepted = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..200 {
            scope.spawn(|| {
                barrier.wait();
                match server.post("/api/v1/classify", &key, r#"{"description": "leather wallet"}"#).status {
                    202 => drop(accepted.fetch_add(1, Ordering::Relaxed)),
                    status => assert_eq!(status, 429),
                }
            });
        }
    });
    assert_eq!(accepted.into_inner(), 100);
    assert_eq!(server.credits(&key), 0);
    assert_eq!(server.get("/api/v1/classifications", &key).json()["meta"]["total"], 100);
}

#[test]
fn a_server_asked_to_stop_stops_in_order() {
    let server = Server::start();
    let key = server.key(1);
    server.classified(&key, "leather wallet");
    assert!(server.stop());
}
