//! Runs test programs, counts their tests and keeps how long each took.

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

/// How long a program that has ended may be silent before its output counts as complete.
const SILENCE: Duration = Duration::from_millis(300);

/// How many tests passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
}

/// A test, and how many seconds it took.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Timing {
    pub(crate) test: String,
    pub(crate) took: Duration,
}

/// What the tests of a step came to.
#[derive(Debug, Default)]
pub(crate) struct Results {
    pub(crate) tally: Tally,
    pub(crate) timings: Vec<Timing>,
}

/// The command that runs a test program with those of its tests whose names have one of `names` in them, or
/// with all.
pub(crate) fn command(test: &TestProgram, names: &[String]) -> Command {
    let mut command = process::command(&test.program);
    command.current_dir(&test.folder).args(names);
    // A test often waits for a server or a page, and then another one has its core.
    let threads = thread::available_parallelism().map_or(1, usize::from) + 1;
    command.env("RUST_TEST_THREADS", threads.to_string());
    // The time of each test is still an unstable option of the test harness.
    command.args(["-Z", "unstable-options", "--report-time"]).env("RUSTC_BOOTSTRAP", "1");
    command
}

/// Runs `command` and reads what its output tells of its tests. `suite` is what the tests are part of.
pub(crate) fn run(suite: &str, command: &mut Command) -> Result<Results, Error> {
    let mut results = Results::default();
    let status = stream(command, |line| {
        println!("{line}");
        results.tally = results.tally + Tally::of_line(line).unwrap_or_default();
        results.timings.extend(Timing::of_line(suite, line));
    })?;
    // It may also fail before any test, by not compiling, or after the last, by crashing.
    if !status.success() && results.tally.failed == 0 {
        results.tally = results.tally + Tally::FAILURE;
    }
    Ok(results)
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
    pub(crate) const SUCCESS: Self = Self { passed: 1, failed: 0 };
    pub(crate) const FAILURE: Self = Self { passed: 0, failed: 1 };

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

impl Timing {
    /// What a line such as `test page::shows ... ok <1.234s>` tells; `None` for other lines.
    fn of_line(suite: &str, line: &str) -> Option<Self> {
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
        assert_eq!(Tally::of_line(line), Some(Tally { passed: 12, failed: 0 }));
        let line = "    test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 filtered out";
        assert_eq!(Tally::of_line(line), Some(Tally { passed: 3, failed: 2 }));
        assert_eq!(Tally::of_line("test engine::tests::result ... ok"), None);
        assert_eq!(Tally::of_line("test result: soon"), None);
    }

    #[test]
    fn times_are_read_from_what_the_tests_print() {
        let line = "test batches::a_catalogue ... ok <12.345s>";
        let took = Duration::from_millis(12_345);
        assert_eq!(
            Timing::of_line("it", line),
            Some(Timing { test: "it batches::a_catalogue".into(), took })
        );
        assert_eq!(Timing::of_line("it", "test batches::a_catalogue ... ok"), None);
        assert_eq!(Timing::of_line("it", "test result: ok. 1 passed; finished in 0.01s"), None);
    }

    #[test]
    #[cfg(unix)]
    fn a_program_that_fails_without_a_result_is_a_failure() {
        let told = run(
            "sh",
            process::command("sh").args(["-c", "echo 'test result: ok. 2 passed; 0 failed'; exit 3"]),
        );
        assert_eq!(told.expect("it starts").tally, Tally { passed: 2, failed: 1 });
    }

    #[test]
    #[cfg(unix)]
    fn a_process_that_is_left_behind_does_not_keep_us_waiting() {
        let mut said = Vec::new();
        let mut command = process::command("sh");
        let left_behind = "sleep 600 & echo $!";
        let status = stream(command.args(["-c", left_behind]), |line| said.push(line.to_owned()));
        assert!(status.expect("it starts").success());
        let still_there = process::command("kill").arg(&said[0]).status();
        assert!(still_there.expect("kill").success(), "it had not ended when we had");
    }
}
