//! Tests of the example receivers: each is started as a program, sent deliveries over HTTP, and checked by
//! its output.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use import8_server::webhooks::signature;

/// A generous limit for a loaded machine; a passing test never waits this long.
const PATIENCE: Duration = Duration::from_secs(60);

/// The secret of the example's signature.
const SECRET: &str = include_str!("../../example.secret");

/// The example delivery that the dashboard shows.
const EXAMPLE: &str = include_str!("../../example.http");

/// The folder of the receivers in other languages.
const FOLDER: &str = env!("CARGO_MANIFEST_DIR");

fn secret() -> &'static str {
    SECRET.trim_end()
}

/// Headers and body of the example.
fn example() -> (&'static str, &'static str) {
    let (headers, body) = EXAMPLE.split_once("\n\n").expect("an empty line");
    (headers, body.trim_end())
}

/// A running receiver.
struct Receiver {
    process: Child,
    port: u16,
    said: Vec<JoinHandle<String>>,
}

impl Receiver {
    /// Starts the command for a free port, and waits until it listens. `install` is the hint on how to install the
    /// program.
    fn start(install: &str, command: impl FnOnce(u16) -> Command) -> Self {
        let socket = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = socket.local_addr().expect("an address").port();
        drop(socket);
        let mut command = command(port);
        command.current_dir(FOLDER).env("IMPORT8_WEBHOOK_SECRET", secret()).env("PORT", port.to_string());
        let program = command.get_program().to_string_lossy().into_owned();
        let mut process =
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap_or_else(|error| {
                panic!(
                    "`{program}` does not start ({error}), and the receiver written for it is not tested. {install}"
                )
            });
        let said = vec![
            read_to_end(process.stdout.take().expect("its output")),
            read_to_end(process.stderr.take().expect("its errors")),
        ];
        let mut receiver = Self { process, port, said };
        let deadline = Instant::now() + PATIENCE;
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            let ended = receiver.process.try_wait().expect("a process");
            assert!(ended.is_none(), "{program} has ended: {}", receiver.stop());
            assert!(Instant::now() < deadline, "{program} does not listen");
            thread::sleep(Duration::from_millis(20));
        }
        receiver
    }

    /// The status returned for a delivery.
    fn status(&self, headers: &str, body: &[u8]) -> u16 {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("a connection");
        stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
        let lines: String = headers.lines().map(|line| format!("{line}\r\n")).collect();
        let length = body.len();
        let head = format!(
            "POST / HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n{lines}content-length: {length}\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body)).expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok());
        status.unwrap_or_else(|| panic!("no status: {answer:?}"))
    }

    /// Stops the receiver and returns all its output.
    fn stop(&mut self) -> String {
        #[expect(clippy::let_underscore_must_use, reason = "it may be gone already, as intended")]
        let _ = (self.process.kill(), self.process.wait());
        self.said.drain(..).map(|said| said.join().expect("what it said")).collect()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        #[expect(clippy::let_underscore_must_use, reason = "it may be gone already, as intended")]
        let _ = (self.process.kill(), self.process.wait());
    }
}

fn read_to_end(mut output: impl Read + Send + 'static) -> JoinHandle<String> {
    thread::spawn(move || {
        let mut said = Vec::new();
        #[expect(clippy::let_underscore_must_use, reason = "the output before an error is worth showing")]
        let _ = output.read_to_end(&mut said);
        String::from_utf8_lossy(&said).into_owned()
    })
}

fn signed(body: &str) -> String {
    format!("X-Import8-Signature: {}", signature(secret(), body.as_bytes()))
}

/// Checks the behaviour that every receiver must have.
fn check(install: &str, command: impl FnOnce(u16) -> Command) {
    let mut receiver = Receiver::start(install, command);
    let accepted = |headers: &str, body: &str| {
        assert_eq!(receiver.status(headers, body.as_bytes()), 204, "{headers}\n{body}");
    };
    let (headers, body) = example();
    accepted(headers, body);
    let failed = r#"{"event":"classification.failed","data":{"id":"id-of-the-failed","status":"failed"}}"#;
    accepted(&signed(failed), failed);
    let foreign = r#"{"event":"classification.completed","data":{"id":"naïve-日本-😀","status":"completed","hs_code":{"code_6":"090121"}}}"#;
    accepted(&signed(foreign), foreign);

    let refused = |headers: &str, body: &[u8], status: u16| {
        let shown = String::from_utf8_lossy(body);
        assert_eq!(receiver.status(headers, body), status, "{headers}\n{shown}");
    };
    let unseen = r#"{"event":"classification.completed","data":{"id":"never-seen"}}"#;
    let right = signature(secret(), unseen.as_bytes());
    let with = |value: &str| format!("X-Import8-Signature: {value}");
    refused("X-Import8-Event: classification.completed", unseen.as_bytes(), 401);
    refused(&with(""), unseen.as_bytes(), 401);
    refused(&with("sha256="), unseen.as_bytes(), 401);
    refused(&with(right.trim_start_matches("sha256=")), unseen.as_bytes(), 401);
    refused(&with(&right.replace("sha256=", "sha1=")), unseen.as_bytes(), 401);
    refused(&with(&right[..right.len() - 1]), unseen.as_bytes(), 401);
    refused(&with(&format!("{right}0")), unseen.as_bytes(), 401);
    refused(&with(&signature("whsec_another", unseen.as_bytes())), unseen.as_bytes(), 401);
    refused(&with(&signature(&secret()["whsec_".len()..], unseen.as_bytes())), unseen.as_bytes(), 401);
    let mut changed = unseen.as_bytes().to_vec();
    changed[40] ^= 1;
    refused(&with(&right), &changed, 401);
    refused(&with(&right), format!("{unseen}\n").as_bytes(), 401);
    refused(&with(&right), b"", 401);
    // A valid signature on a body without an event.
    for body in
        ["", "never-seen", "[]", "null", r#"{"event":"never-seen"}"#, r#"{"data":{"id":"never-seen"}}"#]
    {
        refused(&signed(body), body.as_bytes(), 400);
    }

    let said = receiver.stop();
    for expected in [
        "classification.completed 7d0f6a52-3c1e-4b8e-9a41-5f2c8e0b6d17 732393",
        "classification.failed id-of-the-failed no code",
        "classification.completed naïve-日本-😀 090121",
    ] {
        assert!(said.contains(expected), "{expected:?} is not in {said:?}");
    }
    assert!(!said.contains("never-seen"), "{said:?}");
}

#[test]
fn in_python() {
    check("Install Python 3 (Debian, Ubuntu: apt-get install python3).", |_| {
        let mut command = Command::new("python3");
        command.arg("receiver.py");
        command
    });
}

#[test]
fn in_javascript() {
    check("Install Node.js (Debian, Ubuntu: apt-get install nodejs).", |_| {
        let mut command = Command::new("node");
        command.arg("receiver.mjs");
        command
    });
}

#[test]
fn in_php() {
    check("Install PHP (Debian, Ubuntu: apt-get install php-cli).", |port| {
        let mut command = Command::new("php");
        command.args(["-S", &format!("127.0.0.1:{port}"), "receiver.php"]);
        command
    });
}

#[test]
fn in_rust() {
    check("Cargo builds it.", |_| Command::new(env!("CARGO_BIN_EXE_import8-receivers")));
}

#[test]
fn none_runs_without_a_secret() {
    let program = |name: &str, file: &str| {
        let mut command = Command::new(name);
        command.arg(file);
        command
    };
    for mut command in [
        program("python3", "receiver.py"),
        program("node", "receiver.mjs"),
        Command::new(env!("CARGO_BIN_EXE_import8-receivers")),
    ] {
        let output = command.current_dir(FOLDER).env("IMPORT8_WEBHOOK_SECRET", "").env("PORT", "0").output();
        let output = output.unwrap_or_else(|error| panic!("{command:?} does not start: {error}"));
        assert!(!output.status.success());
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains("IMPORT8_WEBHOOK_SECRET is not set"), "{said}");
    }
}

#[test]
fn the_example_is_signed_as_the_server_signs() {
    let (headers, body) = example();
    assert!(headers.ends_with(&signed(body)), "{}", signed(body));
}

#[test]
fn each_can_be_read_at_a_glance() {
    for file in ["receiver.py", "receiver.mjs", "receiver.php", "src/main.rs"] {
        let text = std::fs::read_to_string(Path::new(FOLDER).join(file)).expect(file);
        assert!(text.lines().count() <= 45, "{file} is too long to copy");
    }
}
