//! The rate limit: a fixed window of a minute for each caller.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use axum::http::HeaderMap;
use import8_api::RateLimit;

const WINDOW_SECONDS: u64 = 60;

/// Requests per minute that one address may send without a valid key, such as health checks and guesses at a key.
const ANONYMOUS_LIMIT: u32 = 120;

/// A caller whose requests are counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Subject {
    /// A key, by its row identifier.
    Key(i64),
    /// All keys of an organisation, because otherwise each new key would start a new window.
    Organization(i64),
    /// An address that sent no valid key.
    Address(IpAddr),
}

/// The request counters of all callers. They are in memory, so a restart begins every window anew.
#[derive(Debug, Default)]
pub struct Limiter(Mutex<Windows>);

#[derive(Debug, Default)]
struct Windows {
    /// The current window, in minutes since 1970.
    current: u64,
    counts: HashMap<Subject, u32>,
}

impl Limiter {
    /// Counts a request of `subject` at `now` (seconds since 1970) against `key_limit` (requests per minute); without
    /// it, against the limit for callers without a key.
    ///
    /// # Errors
    /// The limit is used up. The request is not counted. Contains the same rate limit.
    pub fn count(&self, subject: Subject, key_limit: Option<u32>, now: u64) -> Result<RateLimit, RateLimit> {
        let limit = key_limit.unwrap_or(ANONYMOUS_LIMIT);
        let window = now / WINDOW_SECONDS;
        let mut windows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if windows.current != window {
            // All windows end together, so the table never outgrows one minute's callers.
            *windows = Windows { current: window, counts: HashMap::new() };
        }
        let count = windows.counts.entry(subject).or_default();
        let reset = (window + 1) * WINDOW_SECONDS;
        if *count >= limit {
            return Err(RateLimit { limit, remaining: 0, reset });
        }
        *count += 1;
        Ok(RateLimit { limit, remaining: limit - *count, reset })
    }
}

/// Writes the documented headers of the rate limit.
pub fn write_headers(rate: RateLimit, headers: &mut HeaderMap) {
    headers.insert(RateLimit::LIMIT, rate.limit.into());
    headers.insert(RateLimit::REMAINING, rate.remaining.into());
    headers.insert(RateLimit::RESET, rate.reset.into());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_holds_its_limit_and_no_more() {
        let limiter = Limiter::default();
        let subject = Subject::Key(1);
        let remaining = |now| limiter.count(subject, Some(2), now).map(|rate| rate.remaining);
        let full = RateLimit { limit: 2, remaining: 0, reset: 120 };
        assert_eq!(remaining(60), Ok(1));
        assert_eq!(remaining(119), Ok(0));
        assert_eq!(remaining(119), Err(full));
        assert_eq!(limiter.count(Subject::Key(2), Some(2), 119).map(|rate| rate.remaining), Ok(1));
        assert_eq!(remaining(120), Ok(1));
    }
}
