//! Runs test programs, counts their tests and measures the duration of each.

use std::io::{self, BufRead, BufReader, Read};
use std::iter::Sum;
use std::ops::Add;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use crate::error::Error;
use crate::process;
use crate::test::build::TestProgram;

/// The silence after which the output of an ended program counts as complete.
const SILENCE: Duration = Duration::from_millis(300);

/// The number of tests that passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
}

/// A test with its duration.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Timing {
    /// The name of the program, then that of the test.
    pub(crate) test: String,
    pub(crate) took: Duration,
}

/// The results of the tests of a step.
#[derive(Debug, Default)]
pub(crate) struct Results {
    pub(crate) tally: Tally,
    pub(crate) timings: Vec<Timing>,
}

/// The command that runs the tests of a program whose names contain one of `names`, or all if `names` is empty.
pub(crate) fn command(test: &TestProgram, names: &[String]) -> Command {
    let mut command = process::command(&test.program);
    command.current_dir(&test.folder).args(names);
    // One more than the cores, because a test often waits for a server or a page.
    let threads = thread::available_parallelism().map_or(1, usize::from) + 1;
    command.env("RUST_TEST_THREADS", threads.to_string());
    // `--report-time` is an unstable option of the test harness.
    command.args(["-Z", "unstable-options", "--report-time"]).env("RUSTC_BOOTSTRAP", "1");
    command
}

/// Runs `command`, prints its output, and reads the test results in it. `suite` names the program in the timings.
pub(crate) fn run(suite: &str, command: &mut Command) -> Result<Results, Error> {
    let mut results = Results::default();
    let status = stream(command, |line| {
        println!("{line}");
        results.tally = results.tally + Tally::parse(line).unwrap_or_default();
        results.timings.extend(Timing::parse(suite, line));
    })?;
    // A program may also fail before its first test or crash after its last.
    if !status.success() && results.tally.failed == 0 {
        results.tally = results.tally + Tally::FAILURE;
    }
    Ok(results)
}

/// Runs `command` and calls `each` with every line that it prints.
///
/// Returns when the program has ended, even if the pipe is still open, because a browser that a test has left behind
/// keeps it open.
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

/// Sends lines until there are no more, or until the receiver is gone.
fn send_lines(output: impl Read, sender: &Sender<String>) {
    let lines = BufReader::new(output).split(b'\n').map_while(io::Result::ok);
    for line in lines {
        if sender.send(String::from_utf8_lossy(&line).into_owned()).is_err() {
            break;
        }
    }
}

impl Tally {
    /// One check that passed.
    pub(crate) const SUCCESS: Self = Self { passed: 1, failed: 0 };
    /// One check that failed.
    pub(crate) const FAILURE: Self = Self { passed: 0, failed: 1 };

    /// Parses a line such as `test result: ok. 12 passed; 0 failed; …`; `None` for other lines.
    fn parse(line: &str) -> Option<Self> {
        let (_, counts) = line.split_once("test result: ")?;
        let number = |what| {
            let (before, _) = counts.split_once(what)?;
            before.rsplit(' ').next()?.parse().ok()
        };
        Some(Self { passed: number(" passed")?, failed: number(" failed")? })
    }
}

impl Timing {
    /// Parses a line such as `test page::shows ... ok <1.234s>`; `None` for other lines.
    fn parse(suite: &str, line: &str) -> Option<Self> {
        let (test, verdict) = line.strip_prefix("test ")?.split_once(" ... ")?;
        let (_, time) = verdict.trim_end().strip_suffix("s>")?.rsplit_once('<')?;
        let took = Duration::try_from_secs_f64(time.parse().ok()?).ok()?;
        Some(Self { test: format!("{suite} {test}"), took })
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

impl From<Tally> for Results {
    fn from(tally: Tally) -> Self {
        Self { tally, timings: Vec::new() }
    }
}

impl Add for Results {
    type Output = Self;

    fn add(mut self, other: Self) -> Self {
        self.timings.extend(other.timings);
        Self { tally: self.tally + other.tally, timings: self.timings }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_counted_from_what_the_tests_print() {
        let line =
            "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 3 filtered out; finished in 0.01s";
        assert_eq!(Tally::parse(line), Some(Tally { passed: 12, failed: 0 }));
        let line = "    test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 filtered out";
        assert_eq!(Tally::parse(line), Some(Tally { passed: 3, failed: 2 }));
        assert_eq!(Tally::parse("test engine::tests::result ... ok"), None);
        assert_eq!(Tally::parse("test result: soon"), None);
    }

    #[test]
    fn times_are_read_from_what_the_tests_print() {
        let line = "test batches::a_catalogue ... ok <12.345s>";
        let took = Duration::from_millis(12_345);
        assert_eq!(Timing::parse("it", line), Some(Timing { test: "it batches::a_catalogue".into(), took }));
        assert_eq!(Timing::parse("it", "test batches::a_catalogue ... ok"), None);
        assert_eq!(Timing::parse("it", "test result: ok. 1 passed; finished in 0.01s"), None);
    }

    #[test]
    #[cfg(unix)]
    fn a_program_that_fails_without_a_result_is_a_failure() {
        let results = run(
            "sh",
            process::command("sh").args(["-c", "echo 'test result: ok. 2 passed; 0 failed'; exit 3"]),
        );
        assert_eq!(results.expect("it starts").tally, Tally { passed: 2, failed: 1 });
    }

    #[test]
    #[cfg(unix)]
    fn a_process_that_is_left_behind_does_not_keep_us_waiting() {
        let mut lines = Vec::new();
        let mut command = process::command("sh");
        let left_behind = "sleep 600 & echo $!";
        let status = stream(command.args(["-c", left_behind]), |line| lines.push(line.to_owned()));
        assert!(status.expect("it starts").success());
        let still_there = process::command("kill").arg(&lines[0]).status();
        assert!(still_there.expect("kill").success(), "it had not ended when we had");
    }
}
