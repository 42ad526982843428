//! Progress on the terminal: one line per step, with its result and its duration.

use std::fmt;
use std::io::{self, Write};
use std::panic::resume_unwind;
use std::thread;
use std::time::{Duration, Instant};

use crate::error::Error;

/// A numbered series of steps.
pub(crate) struct Steps {
    current: usize,
    total: usize,
}

/// The result of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StepOutcome {
    /// Nothing had to be done.
    AlreadyThere,
    /// The work was done; the text says what it was, such as `built`.
    Done(&'static str),
    /// The work could not be done, and the rest works without it. The text tells the reason and the consequence.
    Missing(&'static str),
}

/// A piece of work that runs at the same time as others: see [`Steps::run_together`].
pub(crate) struct Job<'a> {
    what: &'static str,
    work: Box<dyn FnOnce() -> Result<StepOutcome, Error> + Send + 'a>,
}

impl<'a> Job<'a> {
    /// Creates a job named `what`.
    pub(crate) fn new(
        what: &'static str,
        work: impl FnOnce() -> Result<StepOutcome, Error> + Send + 'a,
    ) -> Self {
        Self { what, work: Box::new(work) }
    }
}

impl Steps {
    /// Starts a series of `total` steps.
    pub(crate) fn new(total: usize) -> Self {
        Self { current: 0, total }
    }

    /// Runs one step named `what`. `usually` is the approximate duration of its first run on two cores; it is printed
    /// before the work begins.
    pub(crate) fn run(
        &mut self,
        what: &str,
        usually: &str,
        work: impl FnOnce() -> Result<StepOutcome, Error>,
    ) -> Result<(), Error> {
        self.current += 1;
        print!("[{}/{}] {what} (the first time about {usually}) … ", self.current, self.total);
        #[expect(
            clippy::let_underscore_must_use,
            reason = "the work does not depend on when its line is shown"
        )]
        let _ = io::stdout().flush();
        let start = Instant::now();
        let outcome = work();
        println!("{}", Ended(&outcome, start.elapsed()));
        outcome.map(drop)
    }

    /// Runs several jobs at the same time as one step. Each prints a line when it ends. Returns the first error after all
    /// jobs have ended.
    pub(crate) fn run_together(
        &mut self,
        what: &str,
        usually: &str,
        jobs: Vec<Job<'_>>,
    ) -> Result<(), Error> {
        self.current += 1;
        println!("[{}/{}] {what} (the first time about {usually}):", self.current, self.total);
        let timed = |job: Job<'_>| {
            let start = Instant::now();
            let outcome = (job.work)();
            println!("      {}: {}", job.what, Ended(&outcome, start.elapsed()));
            outcome
        };
        thread::scope(|scope| {
            let threads: Vec<_> = jobs.into_iter().map(|job| scope.spawn(move || timed(job))).collect();
            let ended =
                threads.into_iter().map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic)));
            ended.collect::<Vec<_>>().into_iter().try_for_each(|outcome| outcome.map(drop))
        })
    }
}

/// The end of a step's line: its result and its duration.
struct Ended<'a>(&'a Result<StepOutcome, Error>, Duration);

impl fmt::Display for Ended<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Ok(StepOutcome::AlreadyThere) => f.write_str("already there"),
            Ok(StepOutcome::Done(done)) => write!(f, "{done} in {}", HumanDuration(self.1)),
            Ok(StepOutcome::Missing(consequence)) => f.write_str(consequence),
            Err(Error::Stopped) => f.write_str("stopped"),
            Err(_) => f.write_str("failed"),
        }
    }
}

/// A duration for people: `0.4 s`, `32 s`, `4 min 13 s`.
pub(crate) struct HumanDuration(pub(crate) Duration);

impl fmt::Display for HumanDuration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self.0.as_secs() {
            seconds @ ..10 => format!("{seconds}.{} s", self.0.subsec_millis() / 100),
            seconds @ 10..60 => format!("{seconds} s"),
            seconds => format!("{} min {} s", seconds / 60, seconds % 60),
        };
        f.pad(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_well() {
        let text = |milliseconds| HumanDuration(Duration::from_millis(milliseconds)).to_string();
        assert_eq!(text(430), "0.4 s");
        assert_eq!(text(32_900), "32 s");
        assert_eq!(text(253_000), "4 min 13 s");
    }

    #[test]
    fn an_error_of_one_job_is_told_when_all_have_ended() {
        let ended = std::sync::atomic::AtomicU32::new(0);
        let job = |work: fn() -> Result<StepOutcome, Error>| {
            let ended = &ended;
            Job::new("one", move || {
                let outcome = work();
                ended.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                outcome
            })
        };
        let jobs = vec![job(|| Err(Error::NotBuilt)), job(|| Ok(StepOutcome::AlreadyThere))];
        assert!(matches!(Steps::new(1).run_together("Two", "0 s", jobs), Err(Error::NotBuilt)));
        assert_eq!(ended.into_inner(), 2);
    }
}
