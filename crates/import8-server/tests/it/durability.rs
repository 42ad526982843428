//! Tests that acknowledged work survives, is done once, and is paid for once.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use reqwest::blocking::Client;
use tempfile::TempDir;

use crate::server::{PATIENCE, Server, make_key};

/// A description that keeps a debug build busy for some tenths of a second.
fn long(words: &str) -> String {
    format!("{words} {}", "drinkfles".repeat(500))
}

/// The content of the database after a kill: pending, completed and failed classifications, and the credits used.
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
    let key = make_key(data.path(), 1_000, &[]);
    let mut server = Server::start_in(data, &[]);
    let mut ids = Vec::new();
    // The number of products that keep the worker busy; increased if they are done before the kill.
    let (mut work, mut kills) = (4, 0);
    let deadline = Instant::now() + PATIENCE;
    while kills < 3 {
        assert!(Instant::now() < deadline, "{kills} kills of 3 came while the worker was at work");
        // One is completed, so the worker is awake; the next ones keep it busy.
        let done = server.classified(&key, "leather wallet");
        ids.push((done["id"].as_str().expect("an id").to_owned(), "completed"));
        for (words, end) in
            [(long("leather wallet"), "completed"), (long("xqzzv"), "failed")].iter().cycle().take(work)
        {
            let body = serde_json::json!({ "description": words }).to_string();
            let answer = server.post("/api/v1/classify", &key, body);
            ids.push((answer.json()["data"]["id"].as_str().expect("an id").to_owned(), end));
        }
        let data = server.kill();
        let kept = kept(&data);
        if kept.pending > 0 {
            kills += 1;
        } else {
            work *= 2;
        }
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
    let completed = ids.iter().filter(|(_, end)| *end == "completed").count();
    assert_eq!(server.credits(&key), 1_000 - completed as u64);
    assert_eq!(server.get("/api/v1/classifications", &key).json()["meta"]["total"], ids.len());
}

/// One of 200 requests that arrive together for 100 credits.
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

/// Kills the server under load, 4 times or with `cargo xtask soak` 200 times. After each kill, checks the database
/// against the acknowledged requests and against itself.
#[test]
fn nothing_acknowledged_is_lost_or_paid_twice_by_killing() {
    let kills = if std::env::var_os("IMPORT8_SOAK").is_some() { 200 } else { 4 };
    let mut data = TempDir::new().expect("a temporary folder");
    let key = make_key(data.path(), 4_000_000, &[]);
    let (mut acknowledged, mut unanswered) = (Vec::new(), Vec::new());
    let client = crate::server::client();
    for kill in 0..kills {
        let server = Server::start_in(data, &[]);
        if kill == 0 {
            let webhook = r#"{"url": "https://nobody.invalid/"}"#;
            assert_eq!(server.send("PUT", "/api/v1/webhook", &key, &[], webhook).status, 200);
        }
        // Requests cut off by the last kill are sent again, as a careful client does.
        for order in std::mem::take(&mut unanswered) {
            let order: Order = order;
            acknowledged.push(order.send(&client, &server.base, &key).expect("answered now"));
        }
        let sent = load(server, &key, kill);
        acknowledged.extend(sent.acknowledged);
        unanswered = sent.unanswered;
        data = sent.data;
        check_invariants(&data, &acknowledged, kill);
    }
    let ids: usize = acknowledged.iter().map(|answer| answer.ids.len()).sum();
    println!(
        "{kills} kills, {ids} classifications acknowledged, {} requests cut off by the last",
        unanswered.len()
    );
    assert!(ids > kills, "the load was none");
}

/// A request that may be sent again: one product or three, and its idempotency key.
#[derive(Debug, Clone)]
struct Order {
    key: String,
    items: usize,
}

/// The answer to a request.
#[derive(Debug)]
struct Acknowledged {
    order: Order,
    ids: Vec<String>,
}

impl Order {
    /// Sends the request; `None` if it was not answered.
    fn send(self, client: &Client, base: &str, key: &str) -> Option<Acknowledged> {
        let item = serde_json::json!({ "description": format!("leather wallet {}", self.key) });
        let (path, body) = match self.items {
            1 => ("classify", item),
            count => ("classify/batch", serde_json::json!({ "items": vec![item; count] })),
        };
        let request = client
            .post(format!("{base}/api/v1/{path}"))
            .bearer_auth(key)
            .header("content-type", "application/json")
            .header("idempotency-key", &self.key)
            .body(body.to_string());
        let answer: serde_json::Value = serde_json::from_str(&request.send().ok()?.text().ok()?).ok()?;
        let one = answer["data"]["id"].as_str().map(|id| vec![id.to_owned()]);
        let ids = one.or_else(|| serde_json::from_value(answer["data"]["classification_ids"].clone()).ok());
        Some(Acknowledged { order: self, ids: ids.unwrap_or_else(|| panic!("not accepted: {answer}")) })
    }
}

/// The results of the requests before a kill.
struct Sent {
    acknowledged: Vec<Acknowledged>,
    unanswered: Vec<Order>,
    data: TempDir,
}

/// Sends requests from four threads until the server is killed in the middle of them.
fn load(server: Server, key: &str, kill: usize) -> Sent {
    let base = server.base.clone();
    let acknowledged = std::sync::Mutex::new(Vec::new());
    let unanswered = std::sync::Mutex::new(Vec::new());
    let data = std::thread::scope(|scope| {
        for side in 0..4 {
            let (base, acknowledged, unanswered) = (&base, &acknowledged, &unanswered);
            scope.spawn(move || {
                let client = crate::server::client();
                for count in 0.. {
                    let order = Order { key: format!("k{kill}s{side}n{count}"), items: 1 + count % 2 * 2 };
                    match order.clone().send(&client, base, key) {
                        Some(answer) => acknowledged.lock().expect("whole").push(answer),
                        None => return unanswered.lock().expect("whole").push(order),
                    }
                }
            });
        }
        let deadline = Instant::now() + PATIENCE;
        while acknowledged.lock().expect("whole").is_empty() {
            assert!(Instant::now() < deadline, "no request is answered");
            std::thread::sleep(Duration::from_millis(1));
        }
        // At another moment each time, from the first answer on.
        std::thread::sleep(Duration::from_millis((kill as u64 * 37) % 150));
        server.kill()
    });
    let whole = "no thread panicked";
    let (acknowledged, unanswered) = (acknowledged.into_inner(), unanswered.into_inner());
    Sent { acknowledged: acknowledged.expect(whole), unanswered: unanswered.expect(whole), data }
}

/// Invariants, as queries that count the exceptions.
const INVARIANTS: [(&str, &str); 9] = [
    (
        "the plan's usage is what did not fail",
        "SELECT (SELECT SUM(classifications) FROM daily_usage) <>
            (SELECT COUNT(*) FROM classifications WHERE status <> 'failed')",
    ),
    (
        "a credit is taken for each row that did not fail",
        "SELECT COUNT(*) FROM credit_balances WHERE used <>
            (SELECT COUNT(*) FROM classifications WHERE balance_id = credit_balances.id AND status <> 'failed')",
    ),
    (
        "rows are numbered without gaps",
        "SELECT COUNT(*) FROM organizations WHERE classification_count <>
            (SELECT COUNT(DISTINCT number) FROM classifications
             WHERE organization_id = organizations.id AND number BETWEEN 1 AND classification_count)
            OR classification_count <> (SELECT COUNT(*) FROM classifications WHERE organization_id = organizations.id)",
    ),
    (
        "a batch is whole",
        "SELECT COUNT(*) FROM batches WHERE total <> (SELECT COUNT(*) FROM classifications WHERE batch_seq = batches.seq)",
    ),
    (
        "every row can be searched for",
        "SELECT (SELECT COUNT(*) FROM classifications) <> (SELECT COUNT(*) FROM classification_words_docsize)",
    ),
    (
        "what ended is delivered, once",
        "SELECT (SELECT COUNT(*) FROM classifications WHERE status <> 'pending') <> (SELECT COUNT(*) FROM deliveries)",
    ),
    (
        "an attempt is counted",
        "SELECT COUNT(*) FROM deliveries WHERE attempts <>
            (SELECT COUNT(*) FROM delivery_attempts WHERE delivery_seq = deliveries.seq)",
    ),
    (
        "an answer is kept for each request that was done",
        "SELECT (SELECT COUNT(*) FROM idempotency_keys) <>
            (SELECT COUNT(DISTINCT json_extract(request, '$.description')) FROM classifications)",
    ),
    ("nothing refers to nothing", "SELECT COUNT(*) FROM pragma_foreign_key_check"),
];

fn check_invariants(data: &TempDir, acknowledged: &[Acknowledged], kill: usize) {
    let file = data.path().join("import8.sqlite");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file);
        let database = sqlx::SqlitePool::connect_with(options).await.expect("the database");
        for (rule, sql) in INVARIANTS {
            let exceptions: i64 = sqlx::query_scalar(sql).fetch_one(&database).await.expect(rule);
            assert_eq!(exceptions, 0, "kill {kill}: {rule}");
        }
        let integrity: String =
            sqlx::query_scalar("PRAGMA integrity_check").fetch_one(&database).await.expect("a check");
        assert_eq!(integrity, "ok", "kill {kill}");
        let rows: Vec<(String, String)> =
            sqlx::query_as("SELECT id, json_extract(request, '$.description') FROM classifications")
                .fetch_all(&database)
                .await
                .expect("rows");
        let mut of_order: std::collections::HashMap<&str, Vec<&str>> = std::collections::HashMap::new();
        for (id, description) in &rows {
            of_order.entry(description).or_default().push(id);
        }
        for Acknowledged { order, ids } in acknowledged {
            let description = format!("leather wallet {}", order.key);
            let mut kept = of_order.get(description.as_str()).cloned().unwrap_or_default();
            let mut ids: Vec<_> = ids.iter().map(String::as_str).collect();
            kept.sort_unstable();
            ids.sort_unstable();
            assert_eq!(kept, ids, "kill {kill}: {order:?} is kept exactly once");
        }
        database.close().await;
    });
}

#[test]
fn a_server_asked_to_stop_stops_in_order() {
    let server = Server::start();
    let key = server.key(1);
    server.classified(&key, "leather wallet");
    assert!(server.stop());
}
