//! Answers that a service may give, through the server's upstream mode: each has its own true
//! sentence. The service is a socket that answers what the test tells it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use crate::scene::{Scene, Server};

const ME: &str = r#"{"success": true, "data": {"organization": {"name": "Vendor"}, "credits": {"remaining": 5}, "limits": {"rate_limit_per_minute": 20}}}"#;

/// Never answers.
const SILENCE: Answer = (0, "", "");

/// What the service answers to everything but `/v1/me` and `/health`: a status, headers, a body.
type Answer = (u16, &'static str, &'static str);

struct Service {
    address: String,
    answer: Arc<Mutex<Answer>>,
    posts: Arc<Mutex<u32>>,
}

impl Service {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a socket");
        let address = format!("http://{}/api", listener.local_addr().expect("an address"));
        let answer = Arc::new(Mutex::new((500, "", "")));
        let posts = Arc::new(Mutex::new(0));
        let service = Self { address, answer: Arc::clone(&answer), posts: Arc::clone(&posts) };
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let answer = *answer.lock().expect("an answer");
                let posts = Arc::clone(&posts);
                std::thread::spawn(move || {
                    if serve(stream, answer) == Some(true) {
                        *posts.lock().expect("a count") += 1;
                    }
                });
            }
        });
        service
    }

    fn answers(&self, answer: Answer) {
        *self.answer.lock().expect("an answer") = answer;
    }
}

/// Answers one request; whether it was a `POST`.
fn serve(mut stream: TcpStream, answer: Answer) -> Option<bool> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut length = 0;
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        let header = header.trim().to_ascii_lowercase();
        if header.is_empty() {
            break;
        }
        if let Some(value) = header.strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
    }
    reader.read_exact(&mut vec![0; length]).ok()?;
    let (status, headers, body) = match line.split(' ').nth(1)? {
        "/api/v1/me" => (200, "", ME),
        "/api/health" => (200, "", r#"{"success": true, "data": {"status": "operational"}}"#),
        _ => answer,
    };
    if status == SILENCE.0 {
        // Held open until the other side gives up.
        let _ = stream.read(&mut [0]);
        return None;
    }
    write!(
        stream,
        "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\n{headers}content-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )
    .ok()?;
    Some(line.starts_with("POST"))
}

async fn scene(service: &Service) -> Scene {
    let server = Server::start(&["--upstream", &service.address]);
    let mut scene = Scene::of(server, "en-GB").await;
    scene.key = "c8_0123456789abcdef".to_owned();
    scene.go("/").await;
    scene.sees(".hint", "passes your key on to http://127.0.0.1").await;
    scene.enter_key(&scene.key).await;
    scene.sees("h1", "Overview").await;
    scene
}

#[tokio::test]
async fn each_refusal_has_its_own_sentence() {
    let service = Service::start();
    let scene = scene(&service).await;
    let check = async |answer: Answer, sentences: &[&str]| {
        service.answers(answer);
        scene.go("/classifications/550e8400-e29b-41d4-a716-446655440000").await;
        for sentence in sentences {
            scene.sees(".failure", sentence).await;
        }
    };
    let message = r#"{"success": false, "message": "Something."}"#;
    check((401, "", message), &["The key is no longer accepted", "Sign out"]).await;
    check((404, "", message), &["The API has nothing under this address", "History"]).await;
    check((422, "", message), &["The API refused the input", "Something."]).await;
    check((429, "retry-after: 40\r\n", message), &["Too many requests", "You can go on in 3"]).await;
    check((429, "", message), &["No credits left"]).await;
    check((500, "", message), &["The API failed", "(500)"]).await;
    check((418, "", message), &["status 418"]).await;
    check(SILENCE, &["No answer in time", "longer than 30 seconds"]).await;
    check((200, "", "<html>"), &["An answer we cannot read"]).await;
    check((200, "", r#"{"success": true, "data": {"id": 7}}"#), &["An answer we cannot read", "data.id"])
        .await;
    scene.close().await;
}

#[tokio::test]
async fn a_rate_limit_counts_down_and_goes_on_by_itself() {
    let service = Service::start();
    let scene = scene(&service).await;
    service.answers((429, "retry-after: 2\r\n", r#"{"success": false, "message": "Wait."}"#));
    scene.go("/classifications").await;
    scene.sees(".failure", "Too many requests").await;
    service.answers((
        200,
        "",
        r#"{"success": true, "data": [], "meta": {"current_page": 1, "per_page": 20, "total": 0, "last_page": 1}}"#,
    ));
    scene.sees(".empty", "Nothing classified yet").await;
    scene.vanishes(".failure").await;
    scene.close().await;
}

#[tokio::test]
async fn a_refused_product_keeps_what_was_typed_and_is_sent_once() {
    let service = Service::start();
    let scene = scene(&service).await;
    scene.click("nav a[href='/classify']").await;
    let send = async |answer: Answer, sentences: &[&str]| {
        service.answers(answer);
        scene.fill("#description", "leather wallet").await;
        scene.click("form button[type=submit]").await;
        for sentence in sentences {
            scene.sees("#not-sent", sentence).await;
        }
        let typed = scene.run("return document.querySelector('#description').value", vec![]).await;
        assert_eq!(typed, "leather wallet");
    };
    let refused = r#"{"success": false, "message": "description: too vague"}"#;
    send((422, "", refused), &["description: too vague", "no credit was taken"]).await;
    send((429, "", refused), &["No credits left", "no credit was taken"]).await;
    send((500, "", refused), &["The API failed", "It is not known whether"]).await;
    send((202, "", "{"), &["An answer we cannot read", "It is not known whether"]).await;
    assert_eq!(*service.posts.lock().expect("a count"), 4, "each press sends once");
    scene.close().await;
}

#[tokio::test]
async fn documented_quirks_are_shown_as_what_they_are() {
    let service = Service::start();
    let scene = scene(&service).await;
    let check = async |body: &'static str, css: &str, text: &str| {
        service.answers((200, "", body));
        scene.go("/classifications/1").await;
        scene.sees(css, text).await;
    };
    check(
        r#"{"success": true, "data": {"id": "1", "status": "completed", "hs_code": {"code_6": "0101.21", "code_8": "0101.21.00"}}}"#,
        ".verdict .confidence",
        "not given",
    )
    .await;
    scene.sees(".code-hero", "0101").await;
    check(
        r#"{"success": true, "data": {"id": "1", "status": "on_hold", "hs_code": null, "queue_position": 7}}"#,
        ".notice",
        "on_hold",
    )
    .await;
    scene.click("#raw summary").await;
    scene.sees("#raw pre", r#""queue_position": 7"#).await;
    check(
        r#"{"success": true, "data": {"id": "1", "status": "completed", "hs_code": null, "landed_cost": {"cif_value": 2662.50, "duty": {"rate": "12.8 % + 303.4 EUR/100 kg", "amount": 0, "type": "mfn"}, "vat": {"rate": "21.00%", "amount": 559.13}, "total_landed_cost": 3221.63, "currency": "EUR"}}}"#,
        "#landed-cost",
        "€3,221.63",
    )
    .await;
    scene.sees("#landed-cost", "12.8 % + 303.4 EUR/100 kg").await;
    // A service that does not turn pages is not made out to have turned them.
    service.answers((
        200,
        "",
        r#"{"success": true, "data": [{"id": "1", "status": "completed", "hs_code": "8518.30.00", "created_at": "2026-03-03T12:00:00+00:00"}], "meta": {"current_page": 1, "per_page": 20, "total": 42, "last_page": 3}}"#,
    ));
    scene.go("/classifications").await;
    scene.sees(".pages", "Page 1 of 3").await;
    scene.click(".pages a[rel=next]").await;
    scene.sees(".notice", "you asked for page 2 and it answered page 1").await;
    scene.close().await;
}
