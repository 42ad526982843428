//! `cargo xtask test`: every check and every test, and one count over all of them.

use std::io::{self, BufRead, BufReader, Read};
use std::iter::Sum;
use std::ops::Add;
use std::process::{Command, ExitCode, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use clap::ValueEnum;

use crate::browser::Browser;
use crate::dashboard;
use crate::error::Error;
use crate::packages;
use crate::process;
use crate::server::{self, Profile};
use crate::steps::{Human, Steps};
use crate::tools::Tools;

const DASHBOARD: &str = "import8-dashboard";
const WORKER: &str = "import8-catalogue";
const WASM: [&str; 2] = ["--target", "wasm32-unknown-unknown"];
/// How long a program that has ended may be silent before its output counts as complete.
const SILENCE: Duration = Duration::from_millis(300);

/// A part of `cargo xtask test`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Step {
    /// The layout of the code.
    Fmt,
    /// The lints, for this machine and for the browser.
    Clippy,
    /// Tests of the API's types, the server and these commands, on this machine.
    Host,
    /// Tests of the dashboard's parts, in a browser.
    Wasm,
    /// Tests of the whole: dashboard, server and browser.
    Browser,
}

/// How many tests passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Tally {
    passed: usize,
    failed: usize,
}

/// A step that has been done.
struct Report {
    step: Step,
    tally: Tally,
    took: Duration,
}

/// Does all steps, or those in `only`; one that fails does not keep the later ones from running.
pub(crate) fn run(only: &[Step]) -> Result<ExitCode, Error> {
    let chosen = Step::value_variants().iter().filter(|step| only.is_empty() || only.contains(step));
    let reports: Vec<_> = chosen.map(|step| step.report()).collect();
    println!();
    for Report { step, tally, took } in &reports {
        let verdict = if tally.failed == 0 { "passed" } else { "FAILED" };
        let name = format!("{step:?}").to_lowercase();
        println!(
            "{name:<8} {verdict}  {:>4} passed {:>4} failed  {:>12}",
            tally.passed,
            tally.failed,
            Human(*took)
        );
    }
    let Tally { passed, failed } = reports.iter().map(|report| report.tally).sum();
    println!("\n{passed} passed, {failed} failed");
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

impl Step {
    fn report(self) -> Report {
        println!("\n== {self:?}");
        let start = Instant::now();
        let tally = self.run().unwrap_or_else(|error| {
            println!("error: {error}");
            Tally::FAILURE
        });
        Report { step: self, tally, took: start.elapsed() }
    }

    fn run(self) -> Result<Tally, Error> {
        match self {
            Self::Fmt => check(&mut [cargo(&["fmt", "--all", "--check"])]),
            Self::Clippy => clippy(),
            Self::Host => host_tests(),
            Self::Wasm => wasm_tests(),
            Self::Browser => browser_tests(),
        }
    }
}

fn cargo(arguments: &[&str]) -> Command {
    let mut command = process::command("cargo");
    command.args(arguments);
    command
}

fn clippy() -> Result<Tally, Error> {
    let (mut host, mut browser) = (cargo(&["clippy"]), cargo(&["clippy"]));
    host.args(["--workspace", "--all-targets"]);
    browser.args(["-p", DASHBOARD, "-p", WORKER, "--tests"]).args(WASM);
    for command in [&mut host, &mut browser] {
        command.args(["--", "-D", "warnings"]);
    }
    check(&mut [host, browser])
}

/// Tests that need neither a browser nor a built dashboard.
fn host_tests() -> Result<Tally, Error> {
    // Without one of them the test that needs it fails, and the others are worth running.
    if let Err(error) = packages::provide_interpreters() {
        println!("error: {error}");
    }
    let mut command = cargo(&["test", "--workspace", "--no-fail-fast", "--lib", "--bins"]);
    count(command.args(["--test", "it", "--test", "tidy"]))
}

fn wasm_tests() -> Result<Tally, Error> {
    let browser = Browser::set_up()?;
    let tools = Tools::set_up(&mut Steps::new(Tools::STEPS))?;
    let mut command = tools.command("cargo");
    command.args(["test", "-p", DASHBOARD, "--test", "wasm"]).args(WASM);
    // Which browser arguments there are, the runner reads in `webdriver.json`.
    command
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner")
        .env("CHROMEDRIVER", &browser.driver)
        .env("WASM_BINDGEN_TEST_TIMEOUT", "180");
    count(&mut command)
}

fn browser_tests() -> Result<Tally, Error> {
    let browser = Browser::set_up()?;
    let mut steps = Steps::new(Tools::STEPS + 2);
    let tools = Tools::set_up(&mut steps)?;
    dashboard::build(&tools, &mut steps)?;
    let server = server::build(Profile::Dev, &mut steps)?;
    let dist = std::path::absolute(dashboard::DIST).map_err(|_| Error::NotBuilt)?;
    let mut command = cargo(&["test", "-p", DASHBOARD, "--test", "browser"]);
    command
        .env("IMPORT8_SERVER", server)
        .env("IMPORT8_DIST", dist)
        .env("CHROME", &browser.chrome)
        .env("CHROMEDRIVER", &browser.driver);
    count(&mut command)
}

/// Runs `commands` as one test, which passes when all of them succeed.
fn check(commands: &mut [Command]) -> Result<Tally, Error> {
    commands.iter_mut().try_for_each(process::run).map(|()| Tally { passed: 1, failed: 0 })
}

/// Runs `command` and counts the tests that its output tells of.
fn count(command: &mut Command) -> Result<Tally, Error> {
    let mut tally = Tally::default();
    let status = stream(command, |line| {
        println!("{line}");
        tally = tally + Tally::of_line(line).unwrap_or_default();
    })?;
    // It may also fail before any test, by not compiling, or after the last, by crashing.
    Ok(if status.success() || tally.failed > 0 { tally } else { tally + Tally::FAILURE })
}

/// Runs `command` and gives each line that it prints to `each`.
///
/// The output ends with the program, not with the pipe: a browser that a test has left behind keeps
/// the pipe open, and must not keep this waiting.
fn stream(command: &mut Command, mut each: impl FnMut(&str)) -> Result<ExitStatus, Error> {
    let mut child = process::spawn(command.stdout(Stdio::piped()).stderr(Stdio::piped()))?;
    let (sender, lines) = mpsc::channel();
    let outputs = [child.stdout.take().map(boxed), child.stderr.take().map(boxed)];
    for output in outputs.into_iter().flatten() {
        let sender = sender.clone();
        thread::spawn(move || send_lines(output, &sender));
    }
    drop(sender);
    loop {
        match lines.recv_timeout(SILENCE) {
            Ok(line) => each(&line),
            Err(RecvTimeoutError::Disconnected) => return process::wait(&mut child, command),
            Err(RecvTimeoutError::Timeout) => {
                if let Ok(Some(status)) = child.try_wait() {
                    return Ok(status);
                }
            }
        }
    }
}

fn boxed(output: impl Read + Send + 'static) -> Box<dyn Read + Send> {
    Box::new(output)
}

/// Sends lines until there are no more or nobody listens.
fn send_lines(output: impl Read, sender: &Sender<String>) {
    let lines = BufReader::new(output).split(b'\n').map_while(io::Result::ok);
    for line in lines {
        if sender.send(String::from_utf8_lossy(&line).into_owned()).is_err() {
            break;
        }
    }
}

impl Tally {
    const FAILURE: Self = Self { passed: 0, failed: 1 };

    /// What a line such as `test result: ok. 12 passed; 0 failed; …` counts; `None` for other lines.
    fn of_line(line: &str) -> Option<Self> {
        let (_, counts) = line.split_once("test result: ")?;
        let number = |what| {
            let (before, _) = counts.split_once(what)?;
            before.rsplit(' ').next()?.parse().ok()
        };
        Some(Self { passed: number(" passed")?, failed: number(" failed")? })
    }
}

impl Add for Tally {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { passed: self.passed + other.passed, failed: self.failed + other.failed }
    }
}

impl Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(tallies: I) -> Self {
        tallies.fold(Self::default(), Self::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_counted_from_what_the_tests_print() {
        let line =
            "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 3 filtered out; finished in 0.01s";
        assert_eq!(Tally::of_line(line), Some(Tally { passed: 12, failed: 0 }));
        let line = "    test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 filtered out";
        assert_eq!(Tally::of_line(line), Some(Tally { passed: 3, failed: 2 }));
        assert_eq!(Tally::of_line("test engine::tests::result ... ok"), None);
        assert_eq!(Tally::of_line("test result: soon"), None);
    }

    #[test]
    #[cfg(unix)]
    fn a_program_that_fails_without_a_result_is_a_failure() {
        let counted =
            count(Command::new("sh").args(["-c", "echo 'test result: ok. 2 passed; 0 failed'; exit 3"]));
        assert_eq!(counted.expect("it starts"), Tally { passed: 2, failed: 1 });
    }

    #[test]
    #[cfg(unix)]
    fn a_process_that_is_left_behind_does_not_keep_us_waiting() {
        let start = Instant::now();
        let mut said = Vec::new();
        let mut command = Command::new("sh");
        let status = stream(command.args(["-c", "sleep 20 & echo done"]), |line| said.push(line.to_owned()));
        assert!(status.expect("it starts").success());
        assert_eq!(said, ["done"]);
        assert!(start.elapsed() < Duration::from_secs(10));
    }
}
