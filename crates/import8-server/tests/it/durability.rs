//! What was acknowledged survives, is done once, and is paid for once.

use std::sync::atomic::{AtomicUsize, Ordering};

use tempfile::TempDir;

use crate::server::{Server, make_key};

#[test]
fn a_server_killed_while_classifying_finishes_the_work_once() {
    let data = TempDir::new().expect("a temporary folder");
    let key = make_key(data.path(), 50, &[]);
    let server = Server::start_in(data, &["--classify-delay", "600000"]);
    let ids: Vec<String> = (0..20)
        .map(|i| {
            let body = format!(r#"{{"description": "leather wallet number {i}"}}"#);
            let answer = server.post("/api/v1/classify", &key, body);
            answer.json()["data"]["id"].as_str().expect("an id").to_owned()
        })
        .collect();
    let first = server.get(&format!("/api/v1/classifications/{}", ids[0]), &key).json();
    assert_eq!(first["data"]["status"], "pending", "the kill must come before the work is done");

    let server = Server::start_in(server.kill(), &[]);
    for id in &ids {
        assert_eq!(server.result(&key, id)["status"], "completed");
    }
    assert_eq!(server.credits(&key), 30);
    assert_eq!(server.get("/api/v1/classifications", &key).json()["meta"]["total"], 20);
}

#[test]
fn parallel_requests_take_exactly_the_credits_there_are() {
    let server = Server::start();
    let key = server.key(40);
    let accepted = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..10 {
                    match server.post("/api/v1/classify", &key, r#"{"description": "leather wallet"}"#).status
                    {
                        202 => drop(accepted.fetch_add(1, Ordering::Relaxed)),
                        status => assert_eq!(status, 429),
                    }
                }
            });
        }
    });
    assert_eq!(accepted.into_inner(), 40);
    assert_eq!(server.credits(&key), 0);
}

#[test]
fn a_server_asked_to_stop_stops_in_order() {
    let server = Server::start();
    let key = server.key(1);
    server.classified(&key, "leather wallet");
    assert!(server.stop());
}
