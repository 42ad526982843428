//! Tests of `Idempotency-Key`: a request that is sent twice is done once.

use serde_json::json;

use crate::server::Server;

const CLASSIFY: &str = "/api/v1/classify";

#[test]
fn the_same_request_gets_the_same_answer_and_costs_once() {
    let server = Server::start();
    let key = server.key(5);
    let body = json!({ "description": "leather wallet" }).to_string();
    let send = |idempotency: &str, body: &str| {
        server.send("POST", CLASSIFY, &key, &[("idempotency-key", idempotency)], body)
    };
    let (first, second) = (send("order-1", &body), send("order-1", &body));
    assert_eq!((first.status, second.status), (202, 202));
    assert_eq!(first.text, second.text);
    assert_eq!((first.header("idempotency-replayed"), second.header("idempotency-replayed")), ("", "true"));
    assert_eq!(server.credits(&key), 4);
    let other = send("order-1", r#"{"description": "steel bottle"}"#);
    assert_eq!(other.status, 422, "{}", other.text);
    assert!(other.text.contains("Idempotency-Key"));
    assert_ne!(send("order-2", &body).text, first.text);
    assert_eq!(server.credits(&key), 3);
    for bad in ["", "two words", &"x".repeat(256)] {
        assert_eq!(send(bad, &body).status, 422, "{bad:.20}");
    }
    assert_eq!(server.credits(&key), 3);
}

#[test]
fn an_amount_written_otherwise_is_the_same_request() {
    let server = Server::start();
    let key = server.key(5);
    let send = |body: &str| server.send("POST", CLASSIFY, &key, &[("idempotency-key", "k")], body);
    let body = |value: &str| {
        format!(r#"{{"description": "leather wallet", "origin_country": "CN", "goods_value": {value}}}"#)
    };
    let first = send(&body("2.00"));
    assert_eq!(first.status, 202, "{}", first.text);
    for same in ["2", "2.0", "20e-1"] {
        assert_eq!(send(&body(same)).text, first.text, "{same}");
    }
    assert_eq!(send(&body("2.01")).status, 422);
    assert_eq!(server.credits(&key), 4);
}

#[test]
fn a_refused_request_may_be_mended_under_its_key() {
    let server = Server::start();
    let key = server.key(1);
    let send = |body: &str| server.send("POST", CLASSIFY, &key, &[("idempotency-key", "k")], body).status;
    assert_eq!(send(r#"{"description": ""}"#), 422);
    assert_eq!(send(r#"{"description": "leather wallet"}"#), 202);
}

#[test]
fn organisations_may_use_the_same_key() {
    let server = Server::start();
    let (mine, theirs) = (server.key(1), server.key(1));
    let body = r#"{"description": "leather wallet"}"#;
    let send = |key: &str| server.send("POST", CLASSIFY, key, &[("idempotency-key", "k")], body).text;
    assert_ne!(send(&mine), send(&theirs));
}

#[test]
fn parallel_repetitions_and_a_kill_cost_once() {
    let server = Server::start();
    let key = server.key(50);
    let body =
        json!({ "items": [{ "description": "leather wallet" }, { "description": "mug" }] }).to_string();
    let send = |server: &Server| {
        server.send("POST", "/api/v1/classify/batch", &key, &[("idempotency-key", "batch-1")], &body).text
    };
    let answers: Vec<String> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(|| send(&server))).collect();
        threads.into_iter().map(|thread| thread.join().expect("an answer")).collect()
    });
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "{answers:?}");
    let data = server.kill();
    let server = Server::start_in(data, &[]);
    assert_eq!(send(&server), answers[0]);
    assert_eq!(server.get("/api/v1/classifications", &key).json()["meta"]["total"], 2);
}

#[test]
fn a_secret_is_not_kept_for_a_repetition() {
    let server = Server::start();
    let key = server.key(1);
    let make =
        || server.send("POST", "/api/v1/api-keys", &key, &[("idempotency-key", "k")], r#"{"name": "Shop"}"#);
    let (first, second) = (make(), make());
    assert_eq!((first.status, second.status), (201, 201));
    assert_eq!(first.json()["data"]["key"]["id"], second.json()["data"]["key"]["id"]);
    assert!(first.json()["data"]["secret"].is_string() && second.json()["data"]["secret"].is_null());
}
