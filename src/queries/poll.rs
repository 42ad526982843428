//! Polling: asks the API again until something has ended. The intervals grow, nothing is asked while the tab is
//! hidden or the API is away, and each request passes the rate-limit gate. A tab that is visible again asks at once.

use std::future::{Future, pending};
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;

use gloo_timers::future::sleep;
use leptos::prelude::*;

use crate::api::ApiError;
use crate::browser::task::{effect, spawn_while_shown};
use crate::browser::visibility;
use crate::queries::load::Load;
use crate::queries::rate_limit::use_gate;
use crate::session::{Reach, use_session};

/// Intervals of a poll, in milliseconds: each is half as long again as the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schedule {
    /// The interval before the first request.
    pub first: u32,
    /// The longest interval.
    pub longest: u32,
}

impl Schedule {
    /// The interval before the next request, after `asked` requests.
    #[must_use]
    pub fn wait(self, asked: u32) -> u32 {
        // 32 steps reach the longest interval of any schedule.
        (0..asked.min(32)).fold(self.first, |wait, _| wait.saturating_add(wait / 2)).min(self.longest)
    }

    /// The interval before the next request, or `None` while nothing is asked.
    fn next_wait(self, open: Option<Open>, asked: u32, is_seen: bool) -> Option<u32> {
        match (open?, is_seen) {
            (_, true) => Some(self.wait(asked)),
            (Open { is_wanted: true, .. }, false) => Some(self.longest),
            (Open { is_wanted: false, .. }, false) => None,
        }
    }
}

/// State of something that has not ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Open {
    /// Whether the person wants to be notified of the end. It is then polled in a hidden tab too, at the longest
    /// interval.
    pub is_wanted: bool,
    /// Whether something has changed since the last request. The intervals then start anew.
    pub has_changed: bool,
}

/// A request of a poll, which is dropped with the poll.
pub type PollRequest = Pin<Box<dyn Future<Output = ()>>>;

/// Polls with `ask` until `open` returns `None` or the current part of the page goes away. `open` runs again after
/// each request and whenever a signal that it reads changes. The interval starts then, so a slow API gets one
/// request at a time.
pub fn poll_until(
    schedule: Schedule,
    open: impl Fn() -> Option<Open> + 'static,
    ask: impl Fn() -> PollRequest + 'static,
) {
    // Boxed, so that the poll is compiled once and not for each caller.
    poll(schedule, Box::new(open), Rc::new(ask));
}

/// Polls by loading `load` again, until `open` returns `None` for the last response or the current part of the page
/// goes away. After an error that shows its own way on, such as the countdown of a rate limit, it waits for the next
/// response. `load` must not pass the gate itself, because the poll holds a permit until the response.
pub fn poll_load<T: PartialEq + 'static>(
    load: Load<T>,
    schedule: Schedule,
    open: impl Fn(&T) -> Option<Open> + 'static,
) {
    let open = move || {
        load.track_answers();
        let is_final = load.error().is_some_and(|error| {
            matches!(error, ApiError::RateLimited { .. } | ApiError::Unauthorized | ApiError::NotFound)
        });
        load.with(|loaded| loaded.filter(|_| !is_final).and_then(&open))
    };
    let ask = move || -> PollRequest {
        Box::pin(async move {
            load.reload();
            // The response makes `open` run again, which drops this request.
            pending().await
        })
    };
    poll_until(schedule, open, ask);
}

fn poll(schedule: Schedule, open: Box<dyn Fn() -> Option<Open>>, ask: Rc<dyn Fn() -> PollRequest>) {
    let (session, gate) = (use_session(), use_gate());
    let (asked, answered) = (StoredValue::new(0_u32), RwSignal::new(()));
    let was_seen = StoredValue::new(true);
    effect(move || {
        answered.track();
        let (open, is_seen) = (open(), visibility::is_seen());
        let is_back = is_seen && !was_seen.get_value();
        was_seen.set_value(is_seen);
        if open.is_some_and(|open| open.has_changed) {
            asked.set_value(0);
        }
        let wait = schedule.next_wait(open, asked.get_value(), is_seen);
        let wait = if is_back { wait.map(|_| 0) } else { wait };
        let Some(wait) = wait.filter(|_| session.reach() != Reach::Unreachable) else { return };
        let ask = Rc::clone(&ask);
        // The task belongs to this run of the effect: the next run, or leaving the page, cancels it.
        spawn_while_shown(async move {
            sleep(Duration::from_millis(wait.into())).await;
            let permit = gate.acquire().await;
            asked.update_value(|asked| *asked = asked.saturating_add(1));
            ask().await;
            drop(permit);
            answered.set(());
        });
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCHEDULE: Schedule = Schedule { first: 1_000, longest: 10_000 };

    #[test]
    fn questions_become_rarer_up_to_the_longest_wait() {
        let waits: Vec<_> = (0..8).map(|asked| SCHEDULE.wait(asked)).collect();
        assert_eq!(waits, [1_000, 1_500, 2_250, 3_375, 5_062, 7_593, 10_000, 10_000]);
        assert_eq!(SCHEDULE.wait(u32::MAX), SCHEDULE.longest);
        let steady = Schedule { first: 10_000, ..SCHEDULE };
        assert_eq!([0, 1, u32::MAX].map(|asked| steady.wait(asked)), [10_000; 3]);
    }

    #[test]
    fn nobody_asks_while_nobody_looks() {
        let check = |open: Option<Open>, is_seen: bool, expected: Option<u32>| {
            assert_eq!(SCHEDULE.next_wait(open, 2, is_seen), expected, "{open:?} {is_seen}");
        };
        let open = Open::default();
        check(Some(open), true, Some(2_250));
        check(Some(open), false, None);
        // A person who wants a notification gets it.
        let wanted = Open { is_wanted: true, ..open };
        check(Some(wanted), true, Some(2_250));
        check(Some(wanted), false, Some(SCHEDULE.longest));
        check(None, true, None);
        check(None, false, None);
    }
}
