//! A fake service with the documented API only, behind the server's upstream mode. The test sets its answers.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use crate::scene::{Scene, Server};

const ME: &str = r#"{"success": true, "data": {"organization": {"name": "Vendor"}, "credits": {"remaining": 5}, "limits": {"rate_limit_per_minute": 20}}}"#;

const HEALTH: &str = r#"{"success": true, "data": {"status": "operational"}}"#;

/// A status, further headers (each ending in CR LF), and a body.
pub(crate) type Answer = (u16, &'static str, &'static str);

/// No answer at all: the connection is held open.
pub(crate) const SILENCE: Answer = (0, "", "");

/// A rule for answers. Its arguments are the method, the path after `/api` with the query, and the body.
type Rule = dyn Fn(&str, &str, &str) -> (u16, String, String) + Send + Sync;

pub(crate) struct Service {
    pub(crate) address: String,
    rule: Arc<Mutex<Arc<Rule>>>,
    account: Arc<Mutex<String>>,
    /// Number of answered `POST` requests.
    pub(crate) posts: Arc<Mutex<u32>>,
    /// The paths with queries of all `GET` requests but health checks, without an empty parameter at the end.
    asked: Arc<Mutex<Vec<String>>>,
}

impl Service {
    /// Starts a service that fails until an answer is set.
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a socket");
        let address = format!("http://{}/api", listener.local_addr().expect("an address"));
        let rule: Arc<Rule> = Arc::new(|_, _, _| (500, String::new(), String::new()));
        let account = Arc::new(Mutex::new(ME.to_owned()));
        let (posts, asked) = (Arc::default(), Arc::default());
        let service = Self { address, rule: Arc::new(Mutex::new(rule)), account, posts, asked };
        let (rule, posts) = (Arc::clone(&service.rule), Arc::clone(&service.posts));
        let asked = Arc::clone(&service.asked);
        let account = Arc::clone(&service.account);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let rule = Arc::clone(&rule.lock().expect("a rule"));
                let (posts, asked) = (Arc::clone(&posts), Arc::clone(&asked));
                let account = account.lock().expect("an account").clone();
                // A browser may disconnect before it has the answer.
                std::thread::spawn(move || serve(stream, &account, &*rule, &posts, &asked));
            }
        });
        service
    }

    /// Sets the answer to all requests except `/v1/me` and `/health`.
    pub(crate) fn answers(&self, (status, headers, body): Answer) {
        self.answers_by(move |_, _| (status, headers.to_owned(), body.to_owned()));
    }

    /// Sets a rule for answers by method and path with query.
    pub(crate) fn answers_by(
        &self,
        rule: impl Fn(&str, &str) -> (u16, String, String) + Send + Sync + 'static,
    ) {
        self.answers_to(move |method, path, _| rule(method, path));
    }

    /// Sets a rule for answers that also depend on the body.
    pub(crate) fn answers_to(
        &self,
        rule: impl Fn(&str, &str, &str) -> (u16, String, String) + Send + Sync + 'static,
    ) {
        *self.rule.lock().expect("a rule") = Arc::new(rule);
    }

    /// The `GET` requests until now, sorted, without health checks.
    pub(crate) fn asked(&self) -> Vec<String> {
        let mut asked = self.asked.lock().expect("requests").clone();
        asked.sort();
        asked
    }

    /// Forgets the requests until now.
    pub(crate) fn forget_asked(&self) {
        self.asked.lock().expect("requests").clear();
    }

    /// Sets the answer to `/v1/me`.
    pub(crate) fn has_account(&self, body: &str) {
        body.clone_into(&mut self.account.lock().expect("an account"));
    }

    /// Signs a person in and waits for the overview, whose title in their language is `title`.
    pub(crate) async fn scene(&self, language: &str, title: &str) -> Scene {
        let server = Server::start(&["--upstream", &self.address]);
        let mut scene = Scene::with_server(server, language).await;
        scene.key = "c8_0123456789abcdef".to_owned();
        scene.go("/").await;
        scene.sees(".hint", "http://127.0.0.1").await;
        scene.enter_key(&scene.key).await;
        scene.sees("h1", title).await;
        scene
    }
}

/// Answers one request. A `POST` is counted before its answer can be seen.
fn serve(
    mut stream: TcpStream,
    account: &str,
    rule: &Rule,
    posts: &Mutex<u32>,
    asked: &Mutex<Vec<String>>,
) -> Option<()> {
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
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let mut words = line.split(' ');
    let (method, path) = (words.next()?, words.next()?);
    let path = path.strip_prefix("/api")?;
    if method == "GET" && path != "/health" {
        asked.lock().expect("requests").push(path.trim_end_matches('&').to_owned());
    }
    let (status, headers, body) = match path {
        "/v1/me" => (200, String::new(), account.to_owned()),
        "/health" => (200, String::new(), HEALTH.to_owned()),
        path => rule(method, path, &String::from_utf8_lossy(&body)),
    };
    if status == SILENCE.0 {
        #[expect(
            clippy::let_underscore_must_use,
            reason = "the connection is held open until the other side closes it"
        )]
        let _ = stream.read(&mut [0]);
        return None;
    }
    if method == "POST" {
        *posts.lock().expect("a count") += 1;
    }
    write!(
        stream,
        "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\n{headers}content-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )
    .ok()
}
