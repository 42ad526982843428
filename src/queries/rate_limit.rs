//! The rate-limit gate: background work sends its requests through it, so that it never uses up the requests a
//! person needs. Requests of the person do not pass the gate; they go straight to the client.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use import8_api::RateLimit;
use leptos::prelude::*;

use crate::api::ApiError;
use crate::browser::visibility::{is_seen_now, until_change};
use crate::i18n::format;
use crate::session::Session;

/// Background work sends nothing while fewer requests than this remain in the rate-limit window.
const RESERVE: u32 = 3;

/// Time after a pause in which only the person sends requests, in milliseconds. The countdown on a page has whole
/// seconds, so its request may come almost a second after the end of the pause.
const PERSON_FIRST: u64 = 2_000;

/// The longest wait for the end of a window, in milliseconds. A window is a minute, but the clock of the service may
/// be ahead of this one.
const LONGEST_WAIT: u64 = 60_000;

/// The shortest wait of background work after a 429, in milliseconds.
const SHORTEST_BACKOFF: u64 = 1_000;

/// Interval at which a waiting request looks at the clock, in milliseconds. In a hidden tab, where nobody sees the
/// seconds and timers run late, it waits once until the end.
const TICK: u64 = 1_000;

/// Interval at which a request that is blocked by others in flight looks again, in milliseconds.
const IN_FLIGHT_TICK: u64 = 100;

/// Why a background request must wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Blocked {
    /// Until this time, in milliseconds since 1970.
    Until(u64),
    /// Until a request in flight is answered: together they may use up what remains.
    InFlight,
}

/// The state that decides whether a background request may be sent. Times are in milliseconds since 1970.
#[derive(Debug, Clone, Copy, Default)]
struct GateState {
    /// End of the last pause that the service asked for with the key in use; it may be over.
    pause_end: Option<u64>,
    /// The last rate limit of the key in use, and when it was received.
    rate_limit: Option<(RateLimit, u64)>,
    /// End of the wait after the last 429 to a background request.
    backoff_end: u64,
    /// Number of background requests in flight.
    in_flight: u32,
}

impl GateState {
    fn may_ask(&self, now: u64) -> Result<(), Blocked> {
        let person_first = self.pause_end.map_or(0, |end| end + PERSON_FIRST);
        let opens = person_first.max(self.backoff_end);
        if opens > now {
            return Err(Blocked::Until(opens));
        }
        let Some((rate, received_at)) = self.rate_limit else { return Ok(()) };
        let window_end = rate.reset.saturating_mul(1_000).min(received_at + LONGEST_WAIT);
        // Nothing is known of a new window yet. One request is always allowed there, or a low limit would allow none.
        let remaining = if window_end <= now { rate.limit.max(RESERVE) } else { rate.remaining };
        match (remaining + 1).saturating_sub(RESERVE) {
            0 => Err(Blocked::Until(window_end)),
            allowed if self.in_flight >= allowed => Err(Blocked::InFlight),
            _ => Ok(()),
        }
    }

    fn note_refusal(&mut self, now: u64) {
        self.backoff_end = self.backoff_end.max(now + SHORTEST_BACKOFF);
    }
}

/// Handle to the rate-limit gate of this tab.
#[derive(Debug, Clone, Copy)]
pub struct RateLimitGate {
    session: Session,
    state: StoredValue<GateState>,
    waiting: Option<RwSignal<u32>>,
}

/// Permission to send one background request. Dropping it marks the request as answered.
#[derive(Debug)]
pub struct Permit(StoredValue<GateState>);

impl Drop for Permit {
    fn drop(&mut self) {
        // Without a gate nothing counts requests any more.
        self.0.try_update_value(|gate| gate.in_flight = gate.in_flight.saturating_sub(1));
    }
}

impl RateLimitGate {
    /// Creates the gate for the keys of a session. A tab has one.
    #[must_use]
    pub fn new(session: Session) -> Self {
        Self { session, state: StoredValue::default(), waiting: None }
    }

    /// The same gate for work that shows its pauses: `waiting` is set to the seconds left of a pause, and to 0 when
    /// there is none.
    #[must_use]
    pub fn telling(self, waiting: RwSignal<u32>) -> Self {
        Self { waiting: Some(waiting), ..self }
    }

    /// Sends a background request as soon as the rate limit permits, and again after each 429.
    ///
    /// # Errors
    /// Every [`ApiError`] except [`ApiError::RateLimited`].
    pub async fn ask<T, F>(self, ask: impl Fn() -> F) -> Result<T, ApiError>
    where
        F: Future<Output = Result<T, ApiError>>,
    {
        loop {
            let permit = self.acquire().await;
            let answer = ask().await;
            drop(permit);
            match answer {
                // The session knows the length of the pause from the client.
                Err(ApiError::RateLimited { .. }) => self.note_refusal(),
                answer => return answer,
            }
        }
    }

    /// Waits until a background request may be sent. The future is boxed, so that it is compiled once and not for
    /// each type of request.
    #[must_use]
    pub fn acquire(self) -> Pin<Box<dyn Future<Output = Permit>>> {
        Box::pin(async move {
            loop {
                let now = format::now();
                let (wait, seconds) = match self.acquire_at(now) {
                    Ok(permit) => {
                        self.tell(0);
                        return permit;
                    }
                    Err(Blocked::InFlight) => (IN_FLIGHT_TICK, 0),
                    Err(Blocked::Until(end)) => {
                        let left = end.saturating_sub(now);
                        let wait = if is_seen_now() { left.min(TICK) } else { left };
                        (wait, u32::try_from(left.div_ceil(1_000)).unwrap_or(u32::MAX))
                    }
                };
                self.tell(seconds);
                until_change(Some(Duration::from_millis(wait))).await;
            }
        })
    }

    /// A permit, if a background request may be sent now.
    #[must_use]
    pub fn try_acquire(self) -> Option<Permit> {
        self.acquire_at(format::now()).ok()
    }

    /// Ends the pause that the service asked for, at the person's request.
    pub fn end_pause(self) {
        self.session.end_pauses(format::now());
    }

    fn acquire_at(self, now: u64) -> Result<Permit, Blocked> {
        let (pause_end, rate_limit) = untrack(|| (self.session.pause_end(), self.session.last_rate_limit()));
        GateState { pause_end, rate_limit, ..self.state.get_value() }.may_ask(now)?;
        self.state.update_value(|gate| gate.in_flight += 1);
        Ok(Permit(self.state))
    }

    fn note_refusal(self) {
        self.state.update_value(|gate| gate.note_refusal(format::now()));
    }

    fn tell(self, seconds: u32) {
        // The page of a waiting request may be gone, and its signal with it.
        if let Some(waiting) = self.waiting
            && waiting.try_get_untracked().is_some_and(|told| told != seconds)
        {
            waiting.try_set(seconds);
        }
    }
}

/// The rate-limit gate of this tab.
#[must_use]
pub fn use_gate() -> RateLimitGate {
    expect_context()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{ApiKey, ClientEvent};
    use crate::session::keyring::Keyring;

    /// A time in a window that ends at [`END`].
    const NOW: u64 = 1_700_000_000_000;
    const END: u64 = NOW + 30_000;

    fn with(remaining: u32) -> GateState {
        with_rate(RateLimit { limit: 60, remaining, reset: END / 1_000 })
    }

    fn with_rate(rate: RateLimit) -> GateState {
        GateState { rate_limit: Some((rate, NOW)), ..GateState::default() }
    }

    #[test]
    fn some_requests_of_a_window_are_left_to_the_person() {
        assert_eq!(GateState::default().may_ask(NOW), Ok(()), "nothing is known");
        for remaining in RESERVE..=60 {
            assert_eq!(with(remaining).may_ask(NOW), Ok(()), "{remaining}");
        }
        for remaining in 0..RESERVE {
            assert_eq!(with(remaining).may_ask(NOW), Err(Blocked::Until(END)), "{remaining}");
            assert_eq!(with(remaining).may_ask(END - 1), Err(Blocked::Until(END)), "{remaining}");
            assert_eq!(with(remaining).may_ask(END), Ok(()), "{remaining}: another window");
        }
    }

    #[test]
    fn requests_in_flight_count_before_they_are_answered() {
        let mut gate = with(5);
        while gate.may_ask(NOW).is_ok() {
            gate.in_flight += 1;
        }
        assert_eq!(
            (gate.in_flight, gate.may_ask(NOW)),
            (3, Err(Blocked::InFlight)),
            "at 5, 4 and 3 remaining"
        );
        // In a new window the limit itself counts.
        assert_eq!(GateState { in_flight: 57, ..with(0) }.may_ask(END), Ok(()));
        assert_eq!(GateState { in_flight: 58, ..with(0) }.may_ask(END), Err(Blocked::InFlight));
    }

    #[test]
    fn a_limit_below_the_reserve_permits_one_request_in_each_window() {
        let gate = with_rate(RateLimit { limit: 2, remaining: 1, reset: END / 1_000 });
        assert_eq!(gate.may_ask(NOW), Err(Blocked::Until(END)));
        assert_eq!(gate.may_ask(END), Ok(()));
        assert_eq!(GateState { in_flight: 1, ..gate }.may_ask(END), Err(Blocked::InFlight));
    }

    #[test]
    fn the_clock_of_the_service_may_be_wrong() {
        let check = |reset: u64, end: u64| {
            let gate = with_rate(RateLimit { limit: 60, remaining: 0, reset });
            assert_eq!(gate.may_ask(end - 1), Err(Blocked::Until(end)), "{reset}");
            assert_eq!(gate.may_ask(end), Ok(()), "{reset}");
        };
        check(END / 1_000, END);
        // An hour ahead, and nonsense.
        check(END / 1_000 + 3_600, NOW + LONGEST_WAIT);
        check(u64::MAX, NOW + LONGEST_WAIT);
        // An hour behind: the window is over by this clock.
        let behind = with_rate(RateLimit { limit: 60, remaining: 0, reset: NOW / 1_000 - 3_600 });
        assert_eq!(behind.may_ask(NOW), Ok(()));
    }

    #[test]
    fn after_a_pause_the_person_asks_first() {
        let paused = |end| GateState { pause_end: Some(end), ..with(60) };
        assert_eq!(paused(END).may_ask(NOW), Err(Blocked::Until(END + PERSON_FIRST)));
        // A page asks when its countdown of whole seconds ends, whenever in the pause it was opened.
        for opened in (NOW..END).step_by(37) {
            let asks = opened + (END - opened).div_ceil(1_000) * 1_000;
            assert!(
                asks >= END && paused(END).may_ask(asks).is_err(),
                "{opened}: background work comes later"
            );
        }
        assert_eq!(paused(END).may_ask(END + PERSON_FIRST), Ok(()));
        // The same when the person has ended the pause.
        assert_eq!(paused(NOW).may_ask(NOW), Err(Blocked::Until(NOW + PERSON_FIRST)));
    }

    #[test]
    fn background_work_waits_after_a_refusal_whatever_the_service_says() {
        let mut gate = with(60);
        gate.note_refusal(NOW);
        assert_eq!(gate.may_ask(NOW), Err(Blocked::Until(NOW + SHORTEST_BACKOFF)));
        assert_eq!(gate.may_ask(NOW + SHORTEST_BACKOFF), Ok(()));
        gate.note_refusal(NOW - 5_000);
        assert_eq!(gate.backoff_end, NOW + SHORTEST_BACKOFF, "an earlier one does not shorten it");
    }

    #[test]
    fn all_background_work_of_a_tab_passes_one_gate() {
        let owner = Owner::new();
        owner.set();
        let key = ApiKey::new("c8_0123456789abcdefa1b2").expect("a key");
        let mut keys = Keyring::default();
        keys.hold(key.clone(), "id:7");
        keys.use_key(key.clone());
        let session = Session::new(keys);
        let rate = RateLimit { limit: 60, remaining: 4, reset: END / 1_000 };
        session.on_event(Some(&key), ClientEvent::RateLimit { rate, at: NOW });
        let gate = RateLimitGate::new(session);
        let shown = gate.telling(RwSignal::new(0));
        let (first, second) = (gate.acquire_at(NOW), shown.acquire_at(NOW));
        assert!(first.is_ok() && second.is_ok());
        assert_eq!(gate.acquire_at(NOW).map(drop), Err(Blocked::InFlight));
        drop(first);
        assert_eq!(shown.acquire_at(NOW).map(drop), Ok(()), "one was answered");
        // A refusal of anybody's request pauses background work too.
        session.on_event(Some(&key), ClientEvent::Paused { until: NOW + 5_000 });
        let opens = NOW + 5_000 + PERSON_FIRST;
        assert_eq!(gate.acquire_at(NOW).map(drop), Err(Blocked::Until(opens)));
    }
}
