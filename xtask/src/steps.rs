//! The lines that say what is being done and how long it took.

use std::fmt;
use std::io::{self, Write};
use std::panic::resume_unwind;
use std::thread;
use std::time::{Duration, Instant};

use crate::error::Error;

/// A counted series of steps, each one line on the terminal.
pub(crate) struct Steps {
    current: usize,
    total: usize,
}

/// How a step went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Nothing had to be done.
    AlreadyThere,
    /// Something was, such as `built`.
    Done(&'static str),
    /// It could not be done, and what that means; the rest works without it.
    Missing(&'static str),
}

/// One of several things that are done at the same time.
pub(crate) struct Job<'a> {
    what: &'static str,
    work: Box<dyn FnOnce() -> Result<Outcome, Error> + Send + 'a>,
}

impl<'a> Job<'a> {
    pub(crate) fn new(what: &'static str, work: impl FnOnce() -> Result<Outcome, Error> + Send + 'a) -> Self {
        Self { what, work: Box::new(work) }
    }
}

impl Steps {
    pub(crate) fn new(total: usize) -> Self {
        Self { current: 0, total }
    }

    /// Does one step. `usually` is about how long it takes the first time, on two cores: a person who
    /// waits minutes for a line to end must know that from its beginning.
    pub(crate) fn run(
        &mut self,
        what: &str,
        usually: &str,
        work: impl FnOnce() -> Result<Outcome, Error>,
    ) -> Result<(), Error> {
        self.current += 1;
        print!("[{}/{}] {what} (the first time about {usually}) … ", self.current, self.total);
        #[expect(
            clippy::let_underscore_must_use,
            reason = "a line that cannot be shown yet is no reason not to do the work"
        )]
        let _ = io::stdout().flush();
        let start = Instant::now();
        let outcome = work();
        println!("{}", Ended(&outcome, start.elapsed()));
        outcome.map(drop)
    }

    /// Does several things at once, each with a line of its own when it ends, as one step. The first
    /// error is answered when all have ended.
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

/// How a step ended, and how long it took.
struct Ended<'a>(&'a Result<Outcome, Error>, Duration);

impl fmt::Display for Ended<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Ok(Outcome::AlreadyThere) => f.write_str("already there"),
            Ok(Outcome::Done(done)) => write!(f, "{done} in {}", Human(self.1)),
            Ok(Outcome::Missing(consequence)) => f.write_str(consequence),
            Err(Error::Stopped) => f.write_str("stopped"),
            Err(_) => f.write_str("failed"),
        }
    }
}

/// A duration as people say it: `0.4 s`, `32 s`, `4 min 13 s`.
pub(crate) struct Human(pub(crate) Duration);

impl fmt::Display for Human {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let said = match self.0.as_secs() {
            seconds @ ..10 => format!("{seconds}.{} s", self.0.subsec_millis() / 100),
            seconds @ 10..60 => format!("{seconds} s"),
            seconds => format!("{} min {} s", seconds / 60, seconds % 60),
        };
        f.pad(&said)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_well() {
        let said = |milliseconds| Human(Duration::from_millis(milliseconds)).to_string();
        assert_eq!(said(430), "0.4 s");
        assert_eq!(said(32_900), "32 s");
        assert_eq!(said(253_000), "4 min 13 s");
    }

    #[test]
    fn an_error_of_one_job_is_told_when_all_have_ended() {
        let ended = std::sync::atomic::AtomicU32::new(0);
        let job = |work: fn() -> Result<Outcome, Error>| {
            let ended = &ended;
            Job::new("one", move || {
                let outcome = work();
                ended.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                outcome
            })
        };
        let jobs = vec![job(|| Err(Error::NotBuilt)), job(|| Ok(Outcome::AlreadyThere))];
        assert!(matches!(Steps::new(1).run_together("Two", "0 s", jobs), Err(Error::NotBuilt)));
        assert_eq!(ended.into_inner(), 2);
    }
}
