//! Tests of forwarding to another service, which here is a second server of ours.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};

use crate::server::{Answer, Server, program};

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

/// Starts a service that answers classification `n` with answer `n`, byte for byte. Returns its address.
fn service(answers: Vec<String>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let base = format!("http://{}/api", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = BufReader::new(stream.expect("a connection"));
            let (mut request, mut line) = (String::new(), String::new());
            stream.read_line(&mut request).expect("a request");
            while line != "\r\n" {
                line.clear();
                assert_ne!(stream.read_line(&mut line).expect("a header"), 0, "the request has an end");
            }
            let path = request.split(' ').nth(1).expect("a path");
            let number: usize = path.rsplit('/').next().expect("a number").parse().expect("a number");
            stream.get_mut().write_all(answers[number].as_bytes()).expect("answered");
        }
    });
    base
}

/// Requests each answer of a service through a server in front of it.
fn forwarded(answers: &[String]) -> Vec<Answer> {
    let front = Server::start_with(&["--upstream", &service(answers.to_vec())]);
    let ask = |number| front.get(&format!("/api/v1/classifications/{number}"), "c8_any");
    (0..answers.len()).map(ask).collect()
}

fn http(status: &str, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\nconnection: close\r\n{headers}content-length: {}\r\n\r\n{body}", body.len())
}

const JSON: &str = "content-type: application/json\r\n";
const ANSWER: &str = r#"{"success": true, "data": {"id": "1", "status": "pending"}}"#;
const PAGE: &str = "<!doctype html><script>send(sessionStorage)</script>";

#[test]
fn json_passes_whatever_its_type_is_called_and_its_status_is() {
    let with = |content_type: &str| http("200 OK", &format!("content-type: {content_type}\r\n"), ANSWER);
    let answers = [
        with("application/json"),
        with("Application/JSON; charset=utf-8"),
        with("text/json"),
        with("application/problem+json"),
        with("application/vnd.import8.v1+json;q=1"),
        http("422 Unprocessable Content", JSON, r#"{"success": false, "message": "<b>no</b>"}"#),
        http("500 Internal Server Error", JSON, r#"{"success": false, "message": "down"}"#),
    ];
    let passed = forwarded(&answers);
    for (answer, sent) in passed.iter().zip(&answers) {
        assert!(sent.ends_with(&answer.text) && !answer.text.is_empty(), "{sent}: {}", answer.text);
        assert_eq!(sent.split(' ').nth(1), Some(answer.status.to_string().as_str()), "{sent}");
        assert_eq!(answer.header("content-type"), "application/json", "{sent}");
    }
}

#[test]
fn nothing_but_json_passes() {
    let html = "content-type: text/html\r\n";
    let svg = r#"<svg xmlns="http://www.w3.org/2000/svg"><script>send()</script></svg>"#;
    let refused = [
        http("200 OK", html, PAGE),
        http("200 OK", "", PAGE),
        http("200 OK", "", ANSWER),
        http("200 OK", html, ANSWER),
        http("200 OK", "content-type: image/svg+xml\r\n", svg),
        http("200 OK", "content-type: application/xhtml+xml\r\n", PAGE),
        http("200 OK", "content-type: application/jsonp\r\n", ANSWER),
        http("200 OK", "content-type: text/html, application/json\r\n", ANSWER),
        // A browser may use the second of two types.
        http("200 OK", &format!("{JSON}{html}"), ANSWER),
        // An answer that is labelled as JSON is checked.
        http("200 OK", JSON, PAGE),
        http("200 OK", JSON, ""),
        http("200 OK", JSON, &format!("{ANSWER}{PAGE}")),
        http("200 OK", JSON, &"[".repeat(100_000)),
        http("200 OK", "content-type: application/json; charset=utf-7\r\n", "+ADw-script+AD4-"),
        http("404 Not Found", html, PAGE),
        http("429 Too Many Requests", html, PAGE),
        http("503 Service Unavailable", "", ""),
        "HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n".to_owned(),
        format!("HTTP/1.1 204 No Content\r\nconnection: close\r\n{JSON}\r\n"),
        http("302 Found", "location: https://evil.example/\r\n", ""),
        http("307 Temporary Redirect", &format!("location: https://evil.example/\r\n{JSON}"), ANSWER),
        // The answer breaks off.
        format!("HTTP/1.1 200 OK\r\nconnection: close\r\n{JSON}content-length: 1000\r\n\r\n{ANSWER}"),
    ];
    for (answer, sent) in forwarded(&refused).iter().zip(&refused) {
        assert_eq!(answer.status, 502, "{sent:.200}: {}", answer.text);
        let told = answer.json();
        let status = sent.split(' ').nth(1).expect("a status");
        assert!(told["message"].as_str().is_some_and(|message| message.contains(status)), "{told}");
        assert_eq!(told["success"], false);
        assert_eq!(answer.header("content-type"), "application/json");
        assert_eq!(answer.header("location"), "");
    }
}

/// Seconds or a date (RFC 9110): the client parses it.
#[test]
fn when_to_come_back_passes_as_it_is() {
    let too_many = |headers: &str| http("429 Too Many Requests", headers, r#"{"success": false}"#);
    let moment = "Mon, 30 Nov 2026 12:00:00 GMT";
    let answers = [
        too_many(&format!("{JSON}retry-after: 30\r\n")),
        too_many(&format!("{JSON}retry-after: {moment}\r\n")),
        too_many(&format!("retry-after: {moment}\r\n")),
    ];
    let told = forwarded(&answers);
    let told: Vec<_> = told.iter().map(|answer| (answer.status, answer.header("retry-after"))).collect();
    assert_eq!(told, [(429, "30"), (429, moment), (502, moment)]);
}
