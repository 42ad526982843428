//! A server for one run of a command, with its own process, folder and port.

use std::env;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use crate::dashboard;
use crate::error::Error;
use crate::files;
use crate::process::{self, Running};

/// The time between two requests for the result of a classification.
const POLL: Duration = Duration::from_millis(50);

/// A running server with an empty database. Dropping it ends the server and deletes its folder.
pub(crate) struct TestServer {
    /// The base address of its API, such as `http://127.0.0.1:40123/api`.
    pub(crate) api: String,
    /// The folder for the database and for other files of this run.
    pub(crate) folder: PathBuf,
    program: PathBuf,
    log: PathBuf,
    process: Running,
}

impl TestServer {
    /// Starts the server's `program` on a free port and waits until it listens. Its log is named after `task`.
    pub(crate) fn start(program: &Path, task: &str) -> Result<Self, Error> {
        let folder = env::temp_dir().join(format!("import8-{task}-{}", std::process::id()));
        fs::create_dir_all(&folder).map_err(files::naming(&folder))?;
        let log = files::scratch().join(format!("{task}-server.log"));
        files::write(&log, &[])?;
        let mut command = process::command(program);
        command.args(["serve", "--addr", "127.0.0.1:0", "--dist", dashboard::DIST, "--data"]).arg(&folder);
        command.env("RUST_LOG", "warn").env("NO_COLOR", "1").stdout(Stdio::piped());
        command.stderr(File::create(&log).map_err(files::naming(&log))?);
        let mut server = Self {
            api: String::new(),
            folder,
            program: program.to_owned(),
            process: process::spawn(&mut command)?,
            log,
        };
        server.api = format!("{}/api", server.address()?);
        Ok(server)
    }

    /// Reads the address, which the server prints as its first line once it listens.
    fn address(&mut self) -> Result<String, Error> {
        let mut line = String::new();
        if let Some(output) = self.process.stdout.take() {
            BufReader::new(output).read_line(&mut line).map_err(files::naming(&self.program))?;
        }
        let address = line.trim_end();
        if address.is_empty() { Err(self.fault()) } else { Ok(address.to_owned()) }
    }

    /// Creates an organisation with practically no limits, and returns its key.
    pub(crate) fn organization(&self, name: &str) -> Result<String, Error> {
        let mut command = process::command(&self.program);
        command.args(["keys", "create", "--name", name, "--data"]).arg(&self.folder).env("RUST_LOG", "warn");
        let limits = ["--credits", "--rate-limit", "--plan-limit", "--max-keys"];
        command.args(limits.iter().flat_map(|limit| [limit, "1000000"])).stderr(Stdio::inherit());
        let output = command.output().map_err(files::naming(&self.program))?;
        if !output.status.success() {
            return Err(Error::Failed { command: process::describe(&command), status: output.status });
        }
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    /// Classifies a product, waits for the result, and returns the classification's identifier.
    pub(crate) fn classify(&self, key: &str, description: &str) -> Result<String, Error> {
        let product = json!({ "description": description });
        let accepted = self.ask(key, "POST", "/v1/classify", Some(&product))?;
        let id = accepted["data"]["id"].as_str().unwrap_or_default().to_owned();
        let result = format!("/v1/classifications/{id}");
        while self.ask(key, "GET", &result, None)?["data"]["status"] == "pending" {
            thread::sleep(POLL);
        }
        Ok(id)
    }

    /// Sends a request and returns the JSON of its answer. Any status but 2xx, and an answer that is not JSON, is an
    /// error.
    pub(crate) fn ask(
        &self,
        key: &str,
        method: &str,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Value, Error> {
        let body = body.map(Value::to_string).unwrap_or_default();
        let refused = |answer: String| Error::Refused { request: format!("{method} {path}"), answer };
        let answer = self.exchange(key, method, path, &body).map_err(|error| refused(error.to_string()))?;
        let is_success = answer.split(' ').nth(1).is_some_and(|status| status.starts_with('2'));
        let json = answer.split_once("\r\n\r\n").and_then(|(_, body)| serde_json::from_str(body).ok());
        json.filter(|_| is_success).ok_or_else(|| refused(answer))
    }

    /// Sends a request over HTTP/1.0, where the end of the connection ends the answer, and returns the answer with
    /// its headers.
    fn exchange(&self, key: &str, method: &str, path: &str, body: &str) -> io::Result<String> {
        let host = self.api.trim_start_matches("http://").trim_end_matches("/api");
        let mut stream = TcpStream::connect(host)?;
        write!(
            stream,
            "{method} /api{path} HTTP/1.0\r\nHost: {host}\r\nAuthorization: Bearer {key}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    }

    /// Fails if the server has logged an error, which an answer does not always show.
    pub(crate) fn must_be_sound(&self) -> Result<(), Error> {
        let log = files::read_text(&self.log)?;
        if log.lines().any(|line| line.contains(" ERROR ")) { Err(self.fault()) } else { Ok(()) }
    }

    fn fault(&self) -> Error {
        Error::Server { log: self.log.clone() }
    }
}

impl Drop for TestServer {
    fn drop(&mut self) {
        #[expect(
            clippy::let_underscore_must_use,
            reason = "no data is kept, so the server need not finish, and a remaining folder does no harm"
        )]
        let _ = (self.process.kill(), self.process.wait(), fs::remove_dir_all(&self.folder));
    }
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, TcpListener};

    use super::*;

    /// Sends a request to a server that gives the same `answer` to every request.
    #[cfg(unix)]
    fn ask(name: &str, answer: &'static str) -> Result<Value, Error> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
        let address = listener.local_addr().expect("its number");
        let listening = thread::spawn(move || {
            let (stream, _) = listener.accept().expect("a caller");
            let mut request = BufReader::new(&stream).lines().map_while(Result::ok);
            assert_eq!(request.next().expect("a request"), "GET /api/v1/me HTTP/1.0");
            assert!(request.any(|line| line.is_empty()), "the end of its headers");
            (&stream).write_all(answer.as_bytes()).expect("an answer");
        });
        let server = TestServer {
            api: format!("http://{address}/api"),
            folder: env::temp_dir().join(format!("xtask-{name}-{}", std::process::id())),
            program: PathBuf::new(),
            log: PathBuf::new(),
            process: process::spawn(&mut process::command("true")).expect("a process"),
        };
        let answer = server.ask("c8_x", "GET", "/v1/me", None);
        listening.join().expect("the server");
        answer
    }

    #[test]
    #[cfg(unix)]
    fn an_answer_is_its_json_or_an_error() {
        let answer = ask("well", "HTTP/1.0 202 Accepted\r\nA: b\r\n\r\n{\"data\": {\"id\": \"1\"}}");
        assert_eq!(answer.expect("an answer")["data"]["id"], "1");
        for answer in ["HTTP/1.0 404 Not Found\r\n\r\n{}", "HTTP/1.0 200 OK\r\n\r\n<html>", ""] {
            let error = ask("ill", answer).expect_err(answer).to_string();
            assert!(error.starts_with("`GET /v1/me` was answered"), "{error}");
        }
    }
}
