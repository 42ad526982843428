//! Child programs: how they are started, and what becomes of their output.

use std::env;
use std::ffi::OsStr;
use std::fs::File;
use std::process::{Child, Command, ExitStatus, Stdio};

use crate::error::Error;
use crate::files;

/// How many lines of a failed program's log are shown.
const SHOWN_LINES: usize = 40;

/// A command without the variables that `cargo run` has set for this program.
///
/// Build scripts such as ring's look at them: passed on, they would make a build from here and a plain
/// `cargo build` compile those crates anew, each after the other.
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

/// Starts `command`, and says which program it was when it does not start.
pub(crate) fn spawn(command: &mut Command) -> Result<Child, Error> {
    let program = command.get_program().to_string_lossy().into_owned();
    command.spawn().map_err(|source| Error::Start { program, source })
}

/// Waits for `child`.
pub(crate) fn wait(child: &mut Child, command: &Command) -> Result<ExitStatus, Error> {
    child.wait().map_err(|source| Error::Start { program: describe(command), source })
}

/// Runs `command` to its end, with its output on the terminal.
pub(crate) fn run(command: &mut Command) -> Result<(), Error> {
    let status = wait(&mut spawn(command)?, command)?;
    if status.success() { Ok(()) } else { Err(Error::Failed { command: describe(command), status }) }
}

/// Runs `command` to its end, with its output in `target/xtask/NAME.log`, shown only when it fails.
pub(crate) fn run_with_log(command: &mut Command, name: &str) -> Result<(), Error> {
    let log = files::scratch().join(format!("{name}.log"));
    files::write(&log, &[])?;
    let open = || File::options().append(true).open(&log).map_err(files::naming(&log));
    let mut child = spawn(command.stdin(Stdio::null()).stdout(open()?).stderr(open()?))?;
    let status = wait(&mut child, command)?;
    if status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&files::read(&log)?).into_owned();
    Err(Error::FailedWithLog { command: describe(command), status, log, end: last_lines(&said) })
}

/// What `command` prints, if it runs and succeeds.
pub(crate) fn answer(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok().filter(|output| output.status.success())?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The command line, for people.
pub(crate) fn describe(command: &Command) -> String {
    let words = [command.get_program()].into_iter().chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}

fn last_lines(text: &str) -> String {
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
}
