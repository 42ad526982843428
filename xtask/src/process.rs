//! Child processes: starts them, ends them together with this program, and logs or shows their output.

use std::env;
use std::ffi::OsStr;
use std::fs::File;
use std::ops::{Deref, DerefMut};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::error::Error;
use crate::files;

/// The number of lines of a failed program's log that are shown.
const SHOWN_LINES: usize = 40;

/// The process numbers of the running children.
static RUNNING: Mutex<Vec<u32>> = Mutex::new(Vec::new());

/// Whether this program has been asked to end.
static STOPPED: AtomicBool = AtomicBool::new(false);

/// A child process. It is asked to end when this program is, and when this value is dropped.
pub(crate) struct Running(Child);

impl Deref for Running {
    type Target = Child;

    fn deref(&self) -> &Child {
        &self.0
    }
}

impl DerefMut for Running {
    fn deref_mut(&mut self) -> &mut Child {
        &mut self.0
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // The number of a process that was waited for may belong to another process.
        let mut running = RUNNING.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        running.retain(|id| *id != self.0.id());
        drop(running);
        if matches!(self.0.try_wait(), Ok(None)) {
            ask_to_end(self.0.id());
            #[expect(
                clippy::let_underscore_must_use,
                reason = "only the end of the process matters, not its status"
            )]
            let _ = self.0.wait();
        }
    }
}

/// Handles Ctrl+C and requests to end: asks all children to end, so that calls which wait for one return.
pub(crate) fn stop_on_signal() -> Result<(), Error> {
    ctrlc::set_handler(|| {
        STOPPED.store(true, Ordering::Relaxed);
        let running = RUNNING.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        running.iter().copied().for_each(ask_to_end);
    })?;
    Ok(())
}

/// Whether this program was asked to end. A child that fails afterwards is not at fault.
pub(crate) fn is_stopped() -> bool {
    STOPPED.load(Ordering::Relaxed)
}

/// Asks a process to end. The standard library can only kill, which leaves a process no time to finish.
fn ask_to_end(id: u32) {
    let (program, arguments): (_, &[&str]) =
        if cfg!(windows) { ("taskkill", &["/F", "/PID"]) } else { ("kill", &["-TERM"]) };
    let mut command = command(program);
    #[expect(clippy::let_underscore_must_use, reason = "the process may have ended already")]
    let _ = command.args(arguments).arg(id.to_string()).stderr(Stdio::null()).status();
}

/// A command without the variables that `cargo run` has set for this program.
///
/// Build scripts such as ring's depend on those variables. With them, a build from here and a plain `cargo build`
/// would each recompile what the other has built.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    for (name, _) in env::vars_os() {
        let own = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"];
        if name.to_str().is_some_and(|name| own.iter().any(|prefix| name.starts_with(prefix))) {
            command.env_remove(name);
        }
    }
    command
}

/// Starts `command`. Fails with [`Error::Start`], which names the program, or with [`Error::Stopped`].
pub(crate) fn spawn(command: &mut Command) -> Result<Running, Error> {
    if is_stopped() {
        return Err(Error::Stopped);
    }
    let child = command.spawn().map_err(|source| Error::Start {
        program: command.get_program().to_string_lossy().into_owned(),
        source,
    })?;
    let mut running = RUNNING.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    running.push(child.id());
    Ok(Running(child))
}

/// Waits for `child`, which `command` started. Fails with [`Error::Stopped`] after a request to end.
pub(crate) fn wait(child: &mut Child, command: &Command) -> Result<ExitStatus, Error> {
    let status = child.wait().map_err(|source| Error::Start { program: describe(command), source })?;
    if is_stopped() { Err(Error::Stopped) } else { Ok(status) }
}

/// Runs `command` to its end, with its output on the terminal. A status other than success is an error.
pub(crate) fn run(command: &mut Command) -> Result<(), Error> {
    let mut child = spawn(command)?;
    let status = wait(&mut child, command)?;
    if status.success() { Ok(()) } else { Err(Error::Failed { command: describe(command), status }) }
}

/// Runs `command` to its end, with its output in `target/xtask/NAME.log`. If it fails, the error shows the last lines.
pub(crate) fn run_with_log(command: &mut Command, name: &str) -> Result<(), Error> {
    let log = files::scratch().join(format!("{name}.log"));
    files::write(&log, &[])?;
    let open = || File::options().append(true).open(&log).map_err(files::naming(&log));
    let mut child = spawn(command.stdin(Stdio::null()).stdout(open()?).stderr(open()?))?;
    let status = wait(&mut child, command)?;
    if status.success() {
        return Ok(());
    }
    let content = String::from_utf8_lossy(&files::read(&log)?).into_owned();
    Err(Error::FailedWithLog { command: describe(command), status, log, end: last_lines(&content) })
}

/// The trimmed standard output of `command`; `None` if it does not start or fails.
pub(crate) fn answer(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok().filter(|output| output.status.success())?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The command line as one would type it.
pub(crate) fn describe(command: &Command) -> String {
    let words = [command.get_program()].into_iter().chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}

/// The last lines of a log, as many as are shown.
pub(crate) fn last_lines(text: &str) -> String {
    let lines: Vec<_> = text.lines().collect();
    lines[lines.len().saturating_sub(SHOWN_LINES)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_described_as_typed() {
        assert_eq!(describe(command("cargo").args(["fmt", "--all"])), "cargo fmt --all");
    }

    #[test]
    fn only_the_end_of_a_log_is_shown() {
        let log: Vec<_> = (0..100).map(|line| line.to_string()).collect();
        assert!(last_lines(&log.join("\n")).starts_with("60\n61\n"));
        assert_eq!(last_lines("one"), "one");
    }

    #[test]
    #[cfg(unix)]
    fn a_child_that_nobody_holds_is_ended() {
        let child = spawn(Command::new("sleep").arg("600")).expect("sleep");
        let id = child.id();
        assert!(RUNNING.lock().expect("children").contains(&id));
        drop(child);
        assert!(!RUNNING.lock().expect("children").contains(&id));
        let is_there = Command::new("kill").args(["-0", &id.to_string()]).stderr(Stdio::null()).status();
        assert!(!is_there.expect("kill").success());
    }
}
