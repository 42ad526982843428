//! A server to test, with its own process, database and port.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use reqwest::blocking::{Client, Response};
use reqwest::header::HeaderMap;
use serde_json::Value;
use tempfile::TempDir;

/// A generous limit for a loaded machine; a passing test never waits this long.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) struct Server {
    pub(crate) base: String,
    pub(crate) data: TempDir,
    process: Child,
    client: Client,
}

impl Server {
    pub(crate) fn start() -> Self {
        Self::start_with(&[])
    }

    pub(crate) fn start_with(arguments: &[&str]) -> Self {
        Self::start_in(TempDir::new().expect("a temporary folder"), arguments)
    }

    pub(crate) fn start_in(data: TempDir, arguments: &[&str]) -> Self {
        let client = client();
        let mut process = program()
            .args(["serve", "--addr", "127.0.0.1:0", "--data"])
            .arg(data.path())
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let mut base = String::new();
        BufReader::new(process.stdout.take().expect("its output")).read_line(&mut base).expect("its address");
        assert!(base.starts_with("http"), "the server has ended without telling its address");
        Self { base: base.trim().to_owned(), data, process, client }
    }

    /// Creates an organisation and returns its key.
    pub(crate) fn key(&self, credits: u32) -> String {
        make_key(self.data.path(), credits, &[])
    }

    pub(crate) fn get(&self, path: &str, key: &str) -> Answer {
        Answer::from_response(
            self.client.get(format!("{}{path}", self.base)).bearer_auth(key).send().expect(path),
        )
    }

    pub(crate) fn get_anonymous(&self, path: &str) -> Answer {
        Answer::from_response(self.client.get(format!("{}{path}", self.base)).send().expect(path))
    }

    pub(crate) fn post(&self, path: &str, key: &str, json: impl Into<String>) -> Answer {
        self.post_in(path, key, json, "*")
    }

    pub(crate) fn post_in(&self, path: &str, key: &str, json: impl Into<String>, language: &str) -> Answer {
        let request = self
            .client
            .post(format!("{}{path}", self.base))
            .bearer_auth(key)
            .header("content-type", "application/json")
            .header("accept-language", language)
            .body(json.into());
        Answer::from_response(request.send().expect(path))
    }

    /// Sends a request with further headers: name and value.
    pub(crate) fn send(
        &self,
        method: &str,
        path: &str,
        key: &str,
        headers: &[(&str, &str)],
        json: &str,
    ) -> Answer {
        let method = method.parse().expect("a method");
        let mut request = self
            .client
            .request(method, format!("{}{path}", self.base))
            .bearer_auth(key)
            .header("content-type", "application/json")
            .body(json.to_owned());
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Answer::from_response(request.send().expect(path))
    }

    /// Classifies a product and waits for the result.
    pub(crate) fn classified(&self, key: &str, description: &str) -> Value {
        let body = serde_json::json!({ "description": description }).to_string();
        let accepted = self.post("/api/v1/classify", key, body);
        assert_eq!(accepted.status, 202, "{}", accepted.text);
        self.result(key, accepted.json()["data"]["id"].as_str().expect("an id"))
    }

    pub(crate) fn result(&self, key: &str, id: &str) -> Value {
        let deadline = std::time::Instant::now() + PATIENCE;
        loop {
            let data = self.get(&format!("/api/v1/classifications/{id}"), key).json()["data"].clone();
            if data["status"] != "pending" {
                return data;
            }
            assert!(std::time::Instant::now() < deadline, "still pending: {data}");
            std::thread::sleep(Duration::from_millis(200));
        }
    }

    pub(crate) fn credits(&self, key: &str) -> u64 {
        self.get("/api/v1/me", key).json()["data"]["credits"]["remaining"].as_u64().expect("credits")
    }

    /// Waits until `ready` returns a value.
    pub(crate) fn wait_for<T>(&self, what: &str, mut ready: impl FnMut() -> Option<T>) -> T {
        let deadline = std::time::Instant::now() + PATIENCE;
        loop {
            if let Some(found) = ready() {
                return found;
            }
            assert!(std::time::Instant::now() < deadline, "{what}: not within {PATIENCE:?}");
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// Kills the process, like a power cut, and returns its data folder.
    pub(crate) fn kill(mut self) -> TempDir {
        self.process.kill().expect("killed");
        self.process.wait().expect("gone");
        std::mem::replace(&mut self.data, TempDir::new().expect("a temporary folder"))
    }

    /// Asks the process to stop, which it does properly, and returns its data folder.
    pub(crate) fn stop_and_keep(mut self) -> TempDir {
        let data = std::mem::replace(&mut self.data, TempDir::new().expect("a temporary folder"));
        assert!(self.stop());
        data
    }

    /// Asks the process to stop, and returns whether it stopped properly.
    pub(crate) fn stop(mut self) -> bool {
        let asked = Command::new("kill").arg(self.process.id().to_string()).status().expect("kill");
        assert!(asked.success());
        let deadline = std::time::Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.process.try_wait().expect("a process") {
                return status.success();
            }
            assert!(std::time::Instant::now() < deadline, "the server does not stop");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        #[expect(clippy::let_underscore_must_use, reason = "it may be gone already, as intended")]
        let _ = (self.process.kill(), self.process.wait());
    }
}

pub(crate) fn client() -> Client {
    #[expect(clippy::let_underscore_must_use, reason = "another test may have installed it")]
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder().timeout(PATIENCE).build().expect("a client")
}

pub(crate) fn program() -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_import8-server"));
    program.env("RUST_LOG", "warn");
    program
}

pub(crate) fn make_key(data: &Path, credits: u32, more: &[&str]) -> String {
    let output = program()
        .args(["keys", "create", "--name", "Harbour Imports", "--rate-limit", "100000", "--credits"])
        .arg(credits.to_string())
        .arg("--data")
        .arg(data)
        .args(more)
        .output()
        .expect("a key");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text").trim().to_owned()
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    fn from_response(response: Response) -> Self {
        Self {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            text: response.text().expect("a body"),
        }
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}
