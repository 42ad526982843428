//! Asking the API for many things, and never so often that the person's own work is refused for it.

use std::future::Future;
use std::time::Duration;

use gloo_timers::future::sleep;
use leptos::prelude::*;

use crate::api::{self, ApiError};
use crate::format;
use crate::session::Session;

/// How many requests of the rate limit's window are left to the person.
const RESERVE: u32 = 3;

/// The longest wait that the rate limit's own reset may ask for, in milliseconds: a window is a minute,
/// and the clocks of this computer and the service may be apart.
const LONGEST_WAIT: u64 = 60_000;

/// The shortest pause after a refusal, in milliseconds, however short a wait it asks for.
const SHORTEST_PAUSE: u64 = 1_000;

/// Who asks for many things: a handle, cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    session: Session,
    /// Until when nothing is asked, in milliseconds since 1970.
    resume_at: StoredValue<u64>,
    waiting: RwSignal<u32>,
}

impl Patience {
    /// Tells `waiting` how many seconds are left of a pause: 0 while there is none.
    #[must_use]
    pub fn new(session: Session, waiting: RwSignal<u32>) -> Self {
        Self { session, resume_at: StoredValue::new(0), waiting }
    }

    /// How many seconds are left of a pause; 0 while there is none.
    #[must_use]
    pub fn waiting(self) -> u32 {
        self.waiting.get()
    }

    /// Asks as soon as the rate limit lets it, and again when it did not.
    ///
    /// # Errors
    /// All but the rate limit.
    pub async fn ask<T, F>(self, ask: impl Fn() -> F) -> Result<T, ApiError>
    where
        F: Future<Output = Result<T, ApiError>>,
    {
        loop {
            self.hold_until(untrack(|| self.reserved_until()));
            self.rest().await;
            match ask().await {
                // How long, the client knows, which holds the whole tab.
                Err(ApiError::RateLimited { .. }) => self.hold_until(format::now() + SHORTEST_PAUSE),
                answer => return answer,
            }
        }
    }

    /// Until when the requests that are left belong to the person, in milliseconds since 1970.
    fn reserved_until(self) -> u64 {
        let now = format::now();
        match self.session.rate_limit() {
            Some(rate) if rate.remaining < RESERVE => {
                rate.reset.saturating_mul(1_000).clamp(now, now + LONGEST_WAIT)
            }
            _ => now,
        }
    }

    // Whoever waits here may have left the screen meanwhile, and its values with it.

    fn hold_until(self, moment: u64) {
        self.resume_at.try_update_value(|at| *at = moment.max(*at));
    }

    /// For how many milliseconds more nothing is asked.
    fn left(self) -> u64 {
        let own = self.resume_at.try_get_value().unwrap_or_default().saturating_sub(format::now());
        let held_back = untrack(|| self.session.key()).map(|key| api::held_back(&key));
        own.max(held_back.unwrap_or_default())
    }

    /// Waits by the clock: a tab in the background sleeps longer than it is told to.
    async fn rest(self) {
        loop {
            let left = self.left();
            let seconds = u32::try_from(left.div_ceil(1_000)).unwrap_or(u32::MAX);
            if self.waiting.try_get_untracked().is_some_and(|told| told != seconds) {
                self.waiting.try_set(seconds);
            }
            if left == 0 {
                return;
            }
            sleep(Duration::from_millis(left.min(1_000))).await;
        }
    }
}
