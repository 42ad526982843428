//! The lines that say what is being done and how long it took.

use std::fmt;
use std::io::{self, Write};
use std::time::{Duration, Instant};

use crate::error::Error;

/// A counted series of steps, each one line on the terminal.
pub(crate) struct Steps {
    current: usize,
    total: usize,
}

/// How a step went.
pub(crate) enum Outcome {
    /// Nothing had to be done.
    AlreadyThere,
    /// Something was, such as `built`.
    Done(&'static str),
}

impl Steps {
    pub(crate) fn new(total: usize) -> Self {
        Self { current: 0, total }
    }

    /// Does one step. `usually` is about how long it takes the first time: a person who waits
    /// minutes for a line to end must know that from its beginning.
    pub(crate) fn run(
        &mut self,
        what: &str,
        usually: &str,
        work: impl FnOnce() -> Result<Outcome, Error>,
    ) -> Result<(), Error> {
        self.current += 1;
        print!("[{}/{}] {what} (the first time about {usually}) … ", self.current, self.total);
        // A line that cannot be shown yet is no reason not to do the work.
        let _ = io::stdout().flush();
        let start = Instant::now();
        let outcome = work();
        match &outcome {
            Ok(Outcome::AlreadyThere) => println!("already there"),
            Ok(Outcome::Done(done)) => println!("{done} in {}", Human(start.elapsed())),
            Err(_) => println!("failed"),
        }
        outcome.map(drop)
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
}
