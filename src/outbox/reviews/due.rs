//! When a waiting verdict may be sent.

use std::time::Duration;

use leptos::prelude::*;

use super::given::{Given, next_look};
use super::{Reviews, TICK};
use crate::browser::visibility::{is_seen_now, until_change};
use crate::i18n::format;
use crate::queries::rate_limit::Permit;
use crate::session::Reach;

impl Reviews {
    /// Waits until there may be something to do. In a hidden tab that is one timer, or none while only the person can
    /// change anything.
    pub(super) async fn rest(self) {
        let wait = if is_seen_now() {
            Some(TICK)
        } else {
            let now = format::now();
            let due = self.waiting.with_untracked(|waiting| waiting.iter().map(|given| given.due).min());
            let is_away = untrack(|| self.session.reach()) == Reach::Unreachable;
            let next = due.and_then(|due| next_look(due, self.paused_until.get_value(), is_away, now));
            next.map(|next| Duration::from_millis(next.saturating_sub(now)))
        };
        until_change(wait).await;
    }

    /// The next due verdict, with a permit of the rate-limit gate.
    pub(super) fn next(self) -> Option<(Given, Permit)> {
        let now = format::now();
        let is_away = untrack(|| self.session.reach()) == Reach::Unreachable;
        if is_away || now < self.paused_until.get_value() {
            return None;
        }
        let due =
            self.waiting.with_untracked(|waiting| waiting.iter().find(|given| given.is_due(now)).cloned())?;
        Some((due, self.gate.try_acquire()?))
    }
}
