//! Forwarding to another service, which here is a second server of ours.

use std::io::{Read, Write};
use std::net::TcpStream;

use crate::server::{Server, program};

fn forwarding_to(upstream: &Server) -> Server {
    Server::start_with(&["--upstream", &format!("{}/api", upstream.base)])
}

#[test]
fn documented_paths_go_through_with_key_and_limits() {
    let upstream = Server::start();
    let key = upstream.key(5);
    let front = forwarding_to(&upstream);
    let result = front.classified(&key, "leather wallet");
    assert_eq!(result["status"], "completed");
    let me = front.get("/api/v1/me", &key);
    assert_eq!(me.json()["data"]["credits"]["remaining"], 4);
    assert_eq!(me.header("x-ratelimit-limit"), "100000");
    assert_eq!(me.header("x-import8-upstream"), format!("{}/api", upstream.base));
    assert!(!me.header("x-request-id").is_empty());
    assert_eq!(front.get("/api/v1/classifications?per_page=1", &key).json()["meta"]["per_page"], 1);
    assert_eq!(front.get("/api/v1/me", "c8_wrong").status, 401);
}

#[test]
fn nothing_else_goes_through() {
    let upstream = Server::start();
    let key = upstream.key(5);
    let front = forwarding_to(&upstream);
    for path in [
        "/api/v1/api-keys",
        "/api/openapi.json",
        "/api/v1/classifications/..%2f..%2fadmin",
        "/api/v1/classifications/a%5cb",
    ] {
        assert_eq!(front.get(path, &key).status, 404, "{path}");
    }
    assert_eq!(front.post("/api/v1/me", &key, "{}").status, 405);
    // Request lines that a client library would not send.
    for line in [
        "GET http://evil.example/api/health HTTP/1.1",
        "GET //evil.example/api/health HTTP/1.1",
        "CONNECT evil.example:443 HTTP/1.1",
        "GET /api/../api/v1/secret HTTP/1.1",
    ] {
        let status = raw(&front, line);
        assert!(["400", "404", "405", "421"].contains(&status.as_str()), "{line}: {status}");
    }
    assert_eq!(raw(&front, "GET /api/health HTTP/1.1"), "200", "the probe itself works");
}

fn raw(server: &Server, line: &str) -> String {
    let mut stream = TcpStream::connect(server.base.trim_start_matches("http://")).expect("connected");
    write!(stream, "{line}\r\nHost: localhost\r\nConnection: close\r\n\r\n").expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("answered");
    answer.split(' ').nth(1).unwrap_or_default().to_owned()
}

#[test]
fn a_service_that_is_down_is_said_to_be_down() {
    let front = Server::start_with(&["--upstream", "http://127.0.0.1:9/api"]);
    let answer = front.get("/api/v1/me", "c8_any");
    assert_eq!(answer.status, 502);
    assert_eq!(answer.json()["success"], false);
}

#[test]
fn a_key_is_never_sent_in_the_clear() {
    let output =
        program().args(["serve", "--addr", "127.0.0.1:0", "--upstream", "http://import8.nl/api"]).output();
    let output = output.expect("run");
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("https://"));
}
