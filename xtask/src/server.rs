//! `cargo xtask start`, `dev` and `eval`: builds the server and runs it.

use std::env;
use std::fs;
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, ExitStatus, Stdio};
use std::thread;
use std::time::Duration;

use clap::Args;

use crate::dashboard;
use crate::error::Error;
use crate::files;
use crate::process::{self, Running};
use crate::steps::{Job, StepOutcome, Steps};
use crate::tools::{Tool, Tools};

const PACKAGE: &str = "import8-server";
const DATA: &str = "data";
const FIRST_KEY: &str = "data/first-key";
const DATABASE: &str = "data/import8.sqlite";
/// The interval at which something that is awaited is checked.
const POLL: Duration = Duration::from_millis(100);

/// The options of `cargo xtask start`.
#[derive(Args)]
pub(crate) struct Start {
    /// Port of this machine to listen on.
    #[arg(long, default_value_t = 8080, value_parser = clap::value_parser!(u16).range(1..))]
    port: u16,
    /// Do not open the browser.
    #[arg(long)]
    no_open: bool,
    /// Forward the API to the service at this address instead of answering it, such as https://import8.nl/api.
    #[arg(long, value_name = "URL")]
    upstream: Option<String>,
    /// Create another key for the same organisation, and store it instead of the first.
    #[arg(long, conflicts_with = "upstream")]
    new_key: bool,
}

/// The options of `cargo xtask dev`.
#[derive(Args)]
pub(crate) struct Dev {
    /// Port of this machine to listen on. The API server uses the next one.
    #[arg(long, default_value_t = 8080, value_parser = clap::value_parser!(u16).range(1..65535))]
    port: u16,
    /// Create another key for the same organisation, and store it instead of the first.
    #[arg(long)]
    new_key: bool,
}

/// A Cargo profile for building the server.
#[derive(Clone, Copy)]
pub(crate) enum Profile {
    /// `dev`: builds quickly.
    Dev,
    /// `server`: answers quickly.
    Server,
}

impl Profile {
    fn name(self) -> &'static str {
        match self {
            Self::Dev => "dev",
            Self::Server => "server",
        }
    }

    /// The folder in `target` for the output of this profile.
    fn folder(self) -> &'static str {
        match self {
            Self::Dev => "debug",
            Self::Server => "server",
        }
    }
}

/// Builds the dashboard and the server, serves them, and opens the browser. Returns when the server ends.
pub(crate) fn start(options: &Start) -> Result<ExitCode, Error> {
    require_free(options.port, "start")?;
    let mut steps = Steps::new(5);
    let tools = Tools::set_up(&dashboard::TOOLS, &mut steps)?;
    let program = build_all(Profile::Server, &tools, &mut steps)?;

    let sign_in = match &options.upstream {
        Some(url) => format!("Sign in with a key of {url}."),
        None => first_key(&program, options.new_key)?,
    };
    let mut command = serve(&program, options.port);
    if let Some(url) = &options.upstream {
        command.args(["--upstream", url]);
    }
    let mut children = [process::spawn(&mut command)?];
    if answers(&mut children, options.port) {
        announce(options.port, &sign_in);
        if !options.no_open {
            open_browser(&address(options.port));
        }
    }
    wait_for_first(&mut children).map(exit_code)
}

/// Serves the dashboard with live reload, and the API on the next port. Returns when either of them ends.
pub(crate) fn dev(options: &Dev) -> Result<ExitCode, Error> {
    let (port, api_port) = (options.port, options.port + 1);
    require_free(port, "dev")?;
    require_free(api_port, "dev")?;
    let mut steps = Steps::new(4);
    let tools = Tools::set_up(&[Tool::Target, Tool::WasmBindgen, Tool::Trunk], &mut steps)?;
    let program = build(Profile::Dev, &mut steps)?;
    let sign_in = first_key(&program, options.new_key)?;

    let mut trunk = dashboard::trunk(&tools);
    trunk.args(["serve", "--port", &port.to_string()]);
    trunk.args(["--proxy-backend", &format!("{}/api", address(api_port))]);
    // Not `dist`, where a debug build would be taken for the release build that `start` serves.
    trunk.arg("--dist").arg(files::scratch().join("dev"));
    let mut children = [process::spawn(&mut serve(&program, api_port))?, process::spawn(&mut trunk)?];
    // Trunk listens when the first build is done.
    if answers(&mut children, port) {
        announce(port, &sign_in);
    }
    wait_for_first(&mut children).map(exit_code)
}

/// Measures the classifier on the labelled products of `file`. Prints a message and succeeds if the file is missing.
pub(crate) fn evaluate(file: &Path) -> Result<(), Error> {
    if !file.is_file() {
        println!("skipped: {} is not there", file.display());
        return Ok(());
    }
    let mut command = process::command("cargo");
    command.args(["run", "--quiet", "--profile", Profile::Server.name(), "-p", PACKAGE, "--", "eval"]);
    process::run(command.arg(file))
}

/// Builds the dashboard and the server at the same time, as two steps, and returns the path of the server's program.
///
/// The dashboard's linker keeps one core busy for minutes; the server is compiled on the other.
pub(crate) fn build_all(profile: Profile, tools: &Tools, steps: &mut Steps) -> Result<PathBuf, Error> {
    let dashboard = dashboard::Build::needed(tools)?;
    let server = Job::new("the server", || compile(PACKAGE, profile));
    let Some(dashboard) = dashboard else {
        steps.run_together("Server", "4 min", vec![server])?;
        steps.run("Dashboard", "45 s", || Ok(StepOutcome::AlreadyThere))?;
        return Ok(program(PACKAGE, profile));
    };
    let jobs = vec![
        server,
        Job::new("the dashboard", || dashboard.compile()),
        // With a profile of its own, so that none of them waits for the folder lock of another.
        Job::new("the bundler", || compile(dashboard::BUNDLER, Profile::Dev)),
    ];
    steps.run_together("Compile", "9 min", jobs)?;
    steps.run("Dashboard", "45 s", || dashboard.bundle(&program(dashboard::BUNDLER, Profile::Dev)))?;
    Ok(program(PACKAGE, profile))
}

/// Builds the server as a step, and returns the path of its program.
pub(crate) fn build(profile: Profile, steps: &mut Steps) -> Result<PathBuf, Error> {
    build_package(PACKAGE, "Server", profile, steps)
}

/// Builds a package as a step named `what`, and returns the path of its program.
pub(crate) fn build_package(
    package: &'static str,
    what: &str,
    profile: Profile,
    steps: &mut Steps,
) -> Result<PathBuf, Error> {
    steps.run(what, "4 min", || compile(package, profile))?;
    Ok(program(package, profile))
}

/// Builds one package alone, so that features which other packages enable do not change it.
fn compile(package: &'static str, profile: Profile) -> Result<StepOutcome, Error> {
    // Cargo itself finds out quickly whether anything has changed.
    let mut command = process::command("cargo");
    command.args(["build", "--profile", profile.name(), "-p", package]);
    process::run_with_log(&mut command, package)?;
    Ok(StepOutcome::Done("built"))
}

/// The path of a package's program.
pub(crate) fn program(package: &str, profile: Profile) -> PathBuf {
    files::target().join(profile.folder()).join(format!("{package}{}", env::consts::EXE_SUFFIX))
}

/// The command that serves the dashboard and the API on `port`.
fn serve(program: &Path, port: u16) -> Command {
    let mut command = process::command(program);
    command.args(["serve", "--data", DATA, "--dist", dashboard::DIST]);
    command.args(["--addr", &format!("127.0.0.1:{port}")]);
    // It prints its address; [`announce`] prints it with the key.
    command.stdout(Stdio::null());
    command
}

/// The sentence that tells which key to sign in with. The first start creates a key and stores it in [`FIRST_KEY`].
fn first_key(program: &Path, wants_another: bool) -> Result<String, Error> {
    // A stored key is useless without its database.
    let has_database = Path::new(DATABASE).is_file();
    if has_database && !wants_another {
        return Ok(match fs::read_to_string(FIRST_KEY) {
            Ok(key) => sign_in(key.trim()),
            Err(_) => format!(
                "Sign in with the key that you have: {FIRST_KEY} is gone. With --new-key the same organisation gets another."
            ),
        });
    }
    let mut command = process::command(program);
    command.args([
        "keys",
        "create",
        "--data",
        DATA,
        "--name",
        "My organisation",
        "--credits",
        "250",
        "--reuse",
    ]);
    command.env("RUST_LOG", "warn").stderr(Stdio::inherit());
    let output = command.output().map_err(files::naming(program))?;
    if !output.status.success() {
        return Err(Error::Failed { command: process::describe(&command), status: output.status });
    }
    let key = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    write_secret(Path::new(FIRST_KEY), &key)?;
    Ok(sign_in(&key))
}

fn sign_in(key: &str) -> String {
    format!("Sign in with the key {key}")
}

/// Writes a file that only its owner can read.
fn write_secret(path: &Path, secret: &str) -> Result<(), Error> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).and_then(|mut file| writeln!(file, "{secret}")).map_err(files::naming(path))
}

/// Fails if `port` is taken, before minutes are spent on a build. The error names a free port.
fn require_free(port: u16, task: &'static str) -> Result<(), Error> {
    let is_free = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok();
    if is_free(port) {
        return Ok(());
    }
    // `dev` needs the next port as well.
    let free = (port..u16::MAX).skip(1).find(|&other| is_free(other) && is_free(other + 1)).unwrap_or(8080);
    Err(Error::PortTaken { port, free, task })
}

fn address(port: u16) -> String {
    format!("http://127.0.0.1:{port}")
}

fn announce(port: u16, sign_in: &str) {
    println!("\nImport8 is on {}\n{sign_in}\nStop with Ctrl+C.\n", address(port));
}

/// Waits until the port answers; `false` if one of `children` has ended before.
fn answers(children: &mut [Running], port: u16) -> bool {
    while !is_there(port).unwrap_or(false) {
        if children.iter_mut().any(|child| !matches!(child.try_wait(), Ok(None))) {
            return false;
        }
        thread::sleep(POLL);
    }
    true
}

/// Whether the server answers. Requests the page, because with `--upstream` the API is that of another service and
/// may be slow.
fn is_there(port: u16) -> io::Result<bool> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    stream.write_all(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")?;
    let mut start = [0; 9];
    stream.read_exact(&mut start)?;
    Ok(&start == b"HTTP/1.1 ")
}

/// Opens the browser if there is a display, but not in CI. A failure is ignored: the address is printed anyway.
fn open_browser(url: &str) {
    let has_display = || ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| env::var_os(name).is_some());
    let (program, arguments): (_, &[&str]) = match env::consts::OS {
        "macos" => ("open", &[]),
        "windows" => ("cmd", &["/C", "start", ""]),
        _ if has_display() => ("xdg-open", &[]),
        _ => return,
    };
    if env::var_os("CI").is_none() {
        let quiet = Stdio::null;
        let mut command = process::command(program);
        #[expect(
            clippy::let_underscore_must_use,
            reason = "the address is printed, so the person can open it in a browser"
        )]
        let _ = command.args(arguments).arg(url).stdin(quiet()).stdout(quiet()).stderr(quiet()).spawn();
    }
}

/// Waits until one of `children` ends, and returns its status. The others end when they are dropped.
fn wait_for_first(children: &mut [Running]) -> Result<ExitStatus, Error> {
    let failed = |source| Error::Start { program: PACKAGE.to_owned(), source };
    loop {
        for child in &mut *children {
            if let Some(status) = child.try_wait().map_err(failed)? {
                return Ok(status);
            }
        }
        thread::sleep(POLL);
    }
}

/// The exit code for a child's status: the same code, or failure after a signal.
fn exit_code(status: ExitStatus) -> ExitCode {
    status.code().and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_reported_with_a_free_one() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
        let port = taken.local_addr().expect("its number").port();
        let error = require_free(port, "start").expect_err("taken");
        let message = error.to_string();
        assert!(
            message.starts_with(&format!("Port {port} is taken. Choose another: cargo xtask start --port ")),
            "{message}"
        );
    }

    #[test]
    fn a_server_that_answers_is_there() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
        let port = listener.local_addr().expect("its number").port();
        let server = thread::spawn(move || {
            let (mut stream, _) = listener.accept().expect("a caller");
            stream.read_exact(&mut [0; 50]).expect("a request");
            stream.write_all(b"HTTP/1.1 502 Bad Gateway\r\n\r\n").expect("an answer");
        });
        assert!(is_there(port).expect("an answer"));
        server.join().expect("the server");
        assert!(is_there(port).is_err(), "nobody listens any more");
    }

    #[test]
    #[cfg(unix)]
    fn the_first_child_to_end_is_told_of() {
        let mut children =
            ["0", "60"].map(|seconds| process::spawn(process::command("sleep").arg(seconds)).expect("sleep"));
        assert!(wait_for_first(&mut children).expect("a status").success());
        assert!(matches!(children[1].try_wait(), Ok(None)), "the other one still runs");
    }
}
