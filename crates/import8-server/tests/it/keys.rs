//! Tests of keys: created, listed, revoked, and never shown again.

use std::io::Write;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::server::{PATIENCE, Server};

const KEYS: &str = "/api/v1/api-keys";

#[test]
fn a_key_is_shown_once_and_revoked_for_good() {
    let server = Server::start();
    let key = server.key(5);
    let made = server.post(KEYS, &key, json!({ "name": " Web shop " }).to_string());
    assert_eq!(made.status, 201, "{}", made.text);
    let secret = made.json()["data"]["secret"].as_str().expect("a secret").to_owned();
    let info = made.json()["data"]["key"].clone();
    assert!(secret.starts_with("c8_") && secret.ends_with(info["last_four"].as_str().expect("four")));
    assert_eq!(info["name"], "Web shop");
    assert_eq!(server.get("/api/v1/me", &secret).status, 200);
    let list = server.get(KEYS, &key);
    assert!(!list.text.contains(&secret) && !list.text.contains(&key), "a key is in the list");
    let rows = list.json()["data"].as_array().expect("keys").clone();
    assert_eq!(
        rows.iter().map(|row| row["current"].clone()).collect::<Vec<_>>(),
        [json!(true), json!(false)]
    );
    assert!(rows[1]["last_used_at"].is_string());
    let other = server.key(1);
    let path = format!("{KEYS}/{}", info["id"].as_str().expect("an id"));
    assert_eq!(server.send("DELETE", &path, &other, &[], "").status, 404, "another organisation's");
    assert_eq!(server.send("DELETE", &path, &key, &[], "").status, 200);
    assert_eq!(server.get("/api/v1/me", &secret).status, 401);
    assert_eq!(server.send("DELETE", &path, &key, &[], "").status, 404);
}

#[test]
fn the_key_in_use_asks_before_it_goes() {
    let server = Server::start();
    let key = server.key(5);
    let id = server.get(KEYS, &key).json()["data"][0]["id"].as_str().expect("an id").to_owned();
    assert_eq!(server.send("DELETE", &format!("{KEYS}/{id}"), &key, &[], "").status, 422);
    assert_eq!(server.send("DELETE", &format!("{KEYS}/{id}?confirm=perhaps"), &key, &[], "").status, 422);
    assert_eq!(server.send("DELETE", &format!("{KEYS}/{id}?confirm=true"), &key, &[], "").status, 200);
    assert_eq!(server.get(KEYS, &key).status, 401);
}

/// The client disconnects before the answer; the key must be revoked all the same.
#[test]
fn a_key_is_revoked_although_nobody_waits_for_the_answer() {
    let server = Server::start();
    let key = server.key(5);
    let deadline = Instant::now() + PATIENCE;
    loop {
        let made = server.post(KEYS, &key, json!({ "name": "Short" }).to_string()).json();
        let secret = made["data"]["secret"].as_str().expect("a secret").to_owned();
        let id = made["data"]["key"]["id"].as_str().expect("an id").to_owned();
        assert_eq!(server.get("/api/v1/me", &secret).status, 200);
        let mut stream = TcpStream::connect(server.base.trim_start_matches("http://")).expect("a connection");
        let request =
            format!("DELETE {KEYS}/{id} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer {key}\r\n\r\n");
        stream.write_all(request.as_bytes()).expect("sent");
        drop(stream);
        let is_listed = || server.get(KEYS, &key).text.contains(&format!("\"id\":\"{id}\""));
        let is_revoked = (0..20).any(|_| {
            std::thread::sleep(Duration::from_millis(50));
            !is_listed()
        });
        if is_revoked {
            assert_eq!(server.get("/api/v1/me", &secret).status, 401);
            break;
        }
        // A request that was cut off before the server received it revoked nothing: try once more.
        server.send("DELETE", &format!("{KEYS}/{id}"), &key, &[], "");
        assert!(Instant::now() < deadline, "no request was taken");
    }
}

#[test]
fn there_is_a_cap_and_a_name() {
    let server = Server::start();
    let key = server.key(5);
    for name in ["", "   ", "a\nb"] {
        assert_eq!(server.post(KEYS, &key, json!({ "name": name }).to_string()).status, 422, "{name:?}");
    }
    let statuses: Vec<_> =
        (0..3).map(|_| server.post(KEYS, &key, json!({ "name": "Another" }).to_string()).status).collect();
    assert_eq!(statuses, [201, 201, 422], "three keys are allowed");
}

#[test]
fn the_last_use_survives_a_stop() {
    let server = Server::start();
    let key = server.key(1);
    let made = server.post(KEYS, &key, json!({ "name": "Used" }).to_string()).json();
    let used = made["data"]["secret"].as_str().expect("a secret").to_owned();
    assert_eq!(server.get("/api/v1/me", &used).status, 200);
    let data = server.stop_and_keep();
    let server = Server::start_in(data, &[]);
    let rows = server.get(KEYS, &key).json();
    assert_ne!(rows["data"][1]["last_used_at"], Value::Null, "{rows}");
}
