//! The server as a child process, with its address.

use std::fmt;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::error::Result;

/// The cores on which the programs run.
#[derive(Clone, Copy)]
pub(crate) enum Cores {
    /// The server on core 0, its clients (this process) on core 1.
    Apart,
    /// All programs on all cores.
    Shared,
}

impl Cores {
    /// Moves this process to its own core, if the machine has two and `taskset` is installed.
    pub(crate) fn take() -> Self {
        let taskset = |arguments: &[&str]| {
            let mut command = Command::new("taskset");
            command.args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
            command.status().is_ok_and(|status| status.success())
        };
        let own = std::process::id().to_string();
        if taskset(&["-c", "0", "true"]) && taskset(&["-a", "-c", "-p", "1", &own]) {
            Self::Apart
        } else {
            Self::Shared
        }
    }

    /// A command that runs a program on the server's core.
    fn command(self, program: &Path) -> Command {
        match self {
            Self::Apart => {
                // `taskset` replaces itself with the program, so the child process is the server.
                let mut command = Command::new("taskset");
                command.args(["-c", "0"]).arg(program);
                command
            }
            Self::Shared => Command::new(program),
        }
    }
}

impl fmt::Display for Cores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Apart => "The server runs on core 0 and its clients on core 1 (taskset).",
            Self::Shared => {
                "The server and its clients share all cores: there is only one, or no taskset. \
                 They take time from each other."
            }
        })
    }
}

/// A running server. Dropping it kills the process.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    /// Whether its classifier keeps every product pending.
    pub(crate) holds_back: bool,
    process: Child,
}

impl Server {
    /// Starts the server on the folder `data`. Its classifier keeps every product pending for `delay`. It serves the
    /// pages in `dist`, if that is given.
    pub(crate) fn start(
        program: &Path,
        data: &Path,
        cores: Cores,
        delay: Duration,
        dist: Option<&Path>,
    ) -> Result<Self> {
        let mut command = cores.command(program);
        command.args(["serve", "--addr", "127.0.0.1:0", "--data"]).arg(data);
        command.args(["--classify-delay", &delay.as_millis().to_string()]);
        if let Some(dist) = dist {
            command.arg("--dist").arg(dist);
        }
        let process = command.env("RUST_LOG", "error").stdout(Stdio::piped()).spawn()?;
        // Held from here on, so that it is ended even if it prints no address.
        let address = SocketAddr::from(([127, 0, 0, 1], 0));
        let mut server = Self { address, holds_back: !delay.is_zero(), process };
        let mut line = String::new();
        if let Some(output) = server.process.stdout.take() {
            BufReader::new(output).read_line(&mut line)?;
        }
        server.address = line.trim().trim_start_matches("http://").parse()?;
        Ok(server)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        #[expect(clippy::let_underscore_must_use, reason = "it may be gone already, which is what is wanted")]
        let _ = (self.process.kill(), self.process.wait());
    }
}

/// The path of the server's program: beside this one, because one command builds both.
pub(crate) fn program() -> Result<PathBuf> {
    let name = format!("import8-server{}", std::env::consts::EXE_SUFFIX);
    Ok(std::env::current_exe()?.with_file_name(name))
}

/// Makes an organisation whose limits are never reached, and returns its key.
pub(crate) fn create_key(program: &Path, data: &Path) -> Result<String> {
    let mut command = Command::new(program);
    command.args(["keys", "create", "--name", "Harbour Imports", "--credits", "4000000000"]);
    command.args(["--rate-limit", "4000000000", "--data"]).arg(data).env("RUST_LOG", "error");
    let output = command.stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        return Err(format!("no key could be made ({})", output.status).into());
    }
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}
