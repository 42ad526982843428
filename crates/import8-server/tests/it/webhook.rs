//! Tests of webhooks: signed, retried, visible, and never sent into the server's own network.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::server::Server;

const WEBHOOK: &str = "/api/v1/webhook";

/// A received request: its raw head and body.
struct Received {
    head: String,
    body: Vec<u8>,
}

impl Received {
    fn header(&self, name: &str) -> &str {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.into_iter().find(|(found, _)| found.eq_ignore_ascii_case(name)).map_or("", |(_, value)| value)
    }
}

/// A receiver that answers each request with the next of `statuses`, and with the last one from then on.
fn receiver(statuses: &'static [&'static str]) -> (String, Receiver<Received>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}/hook", listener.local_addr().expect("an address"));
    let (sender, received) = channel();
    std::thread::spawn(move || {
        for (count, stream) in listener.incoming().enumerate() {
            let mut stream = stream.expect("a connection");
            let (mut bytes, mut buffer) = (Vec::new(), [0; 4096]);
            let request = loop {
                let read = stream.read(&mut buffer).expect("bytes");
                assert_ne!(read, 0, "the request has an end");
                bytes.extend_from_slice(&buffer[..read]);
                let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") else { continue };
                let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
                let mut request = Received { head, body: bytes[end + 4..].to_vec() };
                let length: usize = request.header("content-length").parse().expect("a length");
                while request.body.len() < length {
                    let read = stream.read(&mut buffer).expect("bytes");
                    assert_ne!(read, 0, "the body has an end");
                    request.body.extend_from_slice(&buffer[..read]);
                }
                break request;
            };
            let status = statuses.get(count).or(statuses.last()).expect("a status");
            write!(stream, "HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
                .expect("answered");
            if sender.send(request).is_err() {
                return;
            }
        }
    });
    (url, received)
}

fn set(server: &Server, key: &str, url: &str) -> String {
    let answer = server.send("PUT", WEBHOOK, key, &[], &json!({ "url": url }).to_string());
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json()["data"]["secret"].as_str().expect("a secret").to_owned()
}

fn deliveries(server: &Server, key: &str) -> Vec<Value> {
    let answer = server.get(&format!("{WEBHOOK}/deliveries"), key).json();
    answer["data"].as_array().expect("deliveries").clone()
}

const PATIENCE: Duration = Duration::from_secs(60);

#[test]
fn an_ended_classification_is_told_signed_and_retried() {
    let server = Server::start_with(&["--webhooks-to-loopback"]);
    let key = server.key(5);
    let (url, received) =
        receiver(&["500 Internal Server Error", "302 Found\r\nlocation: http://127.0.0.1:1/", "200 OK"]);
    let secret = set(&server, &key, &url);
    let id = server.classified(&key, "leather wallet")["id"].as_str().expect("an id").to_owned();
    let attempts: Vec<Received> =
        (0..3).map(|_| received.recv_timeout(PATIENCE).expect("a delivery")).collect();
    for attempt in &attempts {
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("a key");
        mac.update(&attempt.body);
        let signature = format!("sha256={}", hex::encode(mac.finalize().into_bytes()));
        assert_eq!(attempt.header("x-import8-signature"), signature);
        assert_eq!(attempt.header("x-import8-event"), "classification.completed");
        assert_eq!(attempt.header("user-agent"), "Import8-Webhook/1.0");
        assert_eq!(attempt.body, attempts[0].body, "the same bytes every time");
        assert_eq!(attempt.header("x-import8-delivery"), attempts[0].header("x-import8-delivery"));
    }
    let event: Value = serde_json::from_slice(&attempts[0].body).expect("JSON");
    assert_eq!((&event["event"], &event["data"]["id"]), (&json!("classification.completed"), &json!(id)));
    let code = event["data"]["hs_code"]["code_6"].as_str().expect("a code");
    assert!(code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()), "bare digits: {code}");
    let delivery = server.wait_for("the delivery", || {
        deliveries(&server, &key).into_iter().find(|delivery| delivery["state"] == "delivered")
    });
    assert_eq!(delivery["classification_id"], json!(id));
    let statuses: Vec<_> =
        delivery["attempts"].as_array().expect("attempts").iter().map(|a| a["status"].clone()).collect();
    assert_eq!(statuses, [json!(500), json!(302), json!(200)]);
}

#[test]
fn failures_are_told_and_deliveries_survive_a_kill() {
    let server = Server::start_with(&["--webhooks-to-loopback"]);
    let key = server.key(5);
    // A port that nobody listens on yet.
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let closed = format!("http://{}/", listener.local_addr().expect("an address"));
    drop(listener);
    set(&server, &key, &closed);
    server.classified(&key, "xqzzv qqwfp");
    server.wait_for("an attempt", || {
        let deliveries = deliveries(&server, &key);
        deliveries.first().is_some_and(|delivery| delivery["attempt_count"] != 0).then_some(())
    });
    let data = server.kill();
    let server = Server::start_in(data, &["--webhooks-to-loopback"]);
    let (url, received) = receiver(&["204 No Content"]);
    set(&server, &key, &url);
    let event = received.recv_timeout(PATIENCE).expect("a delivery");
    assert_eq!(event.header("x-import8-event"), "classification.failed");
    let body: Value = serde_json::from_slice(&event.body).expect("JSON");
    assert_eq!((&body["data"]["status"], &body["data"]["hs_code"]), (&json!("failed"), &Value::Null));
}

#[test]
fn a_webhook_is_set_shown_without_its_secret_and_removed() {
    let server = Server::start();
    let key = server.key(2);
    assert_eq!(server.get(WEBHOOK, &key).json()["data"]["url"], Value::Null);
    let first = set(&server, &key, "https://example.com/webhook");
    let second = set(&server, &key, "https://example.com/other");
    assert!(first.starts_with("whsec_") && first != second);
    let shown = server.get(WEBHOOK, &key);
    assert_eq!(shown.json()["data"]["url"], "https://example.com/other");
    assert!(!shown.text.contains(&second));
    assert_eq!(
        server.get(WEBHOOK, &server.key(1)).json()["data"]["url"],
        Value::Null,
        "another organisation"
    );
    server.classified(&key, "leather wallet");
    let removed = server.send("DELETE", WEBHOOK, &key, &[], "");
    assert_eq!(removed.json(), json!({ "success": true, "message": "Webhook removed." }));
    assert!(deliveries(&server, &key).iter().all(|delivery| delivery["state"] == "abandoned"));
    server.classified(&key, "leather wallet");
    assert_eq!(deliveries(&server, &key).len(), 1, "none without a webhook");
}

#[test]
fn an_address_is_taken_as_people_write_it_and_answered_as_it_is_spoken_to() {
    let server = Server::start();
    let key = server.key(1);
    for (given, spoken_to) in [
        ("https://example.com/webhook", "https://example.com/webhook"),
        ("HTTPS://EXAMPLE.COM/Webhook?Key=A", "https://example.com/Webhook?Key=A"),
        ("Http://Hooks.Example.com:8080/x", "http://hooks.example.com:8080/x"),
        ("https://bücher.example/webhook", "https://xn--bcher-kva.example/webhook"),
        ("https://BÜCHER.example/Größe", "https://xn--bcher-kva.example/Gr%C3%B6%C3%9Fe"),
        ("https://例え.テスト/", "https://xn--r8jz45g.xn--zckzah/"),
        ("https://example.com:443/a", "https://example.com/a"),
    ] {
        let answer = server.send("PUT", WEBHOOK, &key, &[], &json!({ "url": given }).to_string());
        assert_eq!(answer.status, 200, "{given}: {}", answer.text);
        assert_eq!(answer.json()["data"]["url"], spoken_to, "{given}");
        assert_eq!(server.get(WEBHOOK, &key).json()["data"]["url"], spoken_to, "{given}");
    }
}

/// Deliveries go to the shown address, whatever notation it was set in.
#[test]
fn an_address_in_capitals_is_delivered_to() {
    let server = Server::start_with(&["--webhooks-to-loopback"]);
    let key = server.key(5);
    let (url, received) = receiver(&["200 OK"]);
    set(&server, &key, &url.replace("http://127.0.0.1", "HTTP://LOCALHOST"));
    // A divided subheading, and a description without a code.
    for description in ["cotton t-shirt", "xqzzv qqwfp"] {
        server.classified(&key, description);
        let event: Value =
            serde_json::from_slice(&received.recv_timeout(PATIENCE).expect("a delivery").body).expect("JSON");
        for field in ["id", "status", "source", "hs_code", "confidence", "reasoning", "product_summary"] {
            assert!(event["data"].get(field).is_some(), "{field}: {event}");
        }
        let code = &event["data"]["hs_code"];
        for field in ["code_6", "code_8", "code_10", "description", "chapter"] {
            assert!(code.is_null() || code.get(field).is_some(), "{field}: {event}");
        }
    }
}

#[test]
fn what_only_the_server_can_reach_is_refused() {
    let server = Server::start();
    let key = server.key(1);
    let check = |server: &Server, url: &str, status: u16| {
        let answer = server.send("PUT", WEBHOOK, &key, &[], &json!({ "url": url }).to_string());
        assert_eq!(answer.status, status, "{url}: {}", answer.text);
    };
    for url in [
        "http://127.0.0.1:9/",
        "http://localhost/",
        "http://10.0.0.1/",
        "http://169.254.169.254/",
        "http://[::1]/",
        "http://2130706433/",
        "ftp://example.com/",
        "https://u:p@example.com/",
        "HTTP://LOCALHOST/",
        "http://ｌｏｃａｌｈｏｓｔ/",
        "http://１２７.0.0.1/",
        "http://①②⑦.0.0.1/",
        "https://exa mple.com/",
        "words",
        "",
    ] {
        check(&server, url, 422);
    }
    // The control: with the flag, the same loopback address is accepted, and a private one is not.
    let open = Server::start_in(server.kill(), &["--webhooks-to-loopback"]);
    check(&open, "http://127.0.0.1:9/", 200);
    check(&open, "http://10.0.0.1/", 422);
}
