//! Keys: made, listed, revoked, never shown again.

use serde_json::{Value, json};

use crate::server::Server;

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
