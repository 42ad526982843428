//! Forgetting the keys when nobody has been there for as long as the person has chosen.

use std::time::Duration;

use gloo_timers::future::sleep;
use leptos::prelude::*;

use crate::format;
use crate::load::spawn_while_shown;
use crate::preferences::Preferences;
use crate::session::Session;
use crate::storage;

/// The name under which it is kept when somebody was there last: for all tabs, in milliseconds since 1970.
const SEEN: &str = "import8.seen";

/// How often it is looked at whether somebody is there.
const LOOK: Duration = Duration::from_secs(5);

/// How long a sign of life is as good as a new one, in milliseconds.
const LIVELY: u64 = 5_000;

/// Whether the time without a sign of life is over.
fn is_over(minutes: u32, seen: Option<u64>, now: u64) -> bool {
    seen.is_some_and(|seen| now.saturating_sub(seen) >= u64::from(minutes) * 60_000)
}

fn seen() -> Option<u64> {
    storage::get(storage::local(), SEEN)?.parse().ok()
}

fn see() {
    let now = format::now();
    if seen().is_none_or(|seen| now.saturating_sub(seen) >= LIVELY) {
        storage::set(storage::local(), SEEN, Some(&now.to_string()));
    }
}

/// Locks the session when nobody has been there for the chosen time, also if the page was closed meanwhile.
pub fn watch(session: Session, preferences: Preferences) {
    let minutes = Memo::new(move |_| preferences.choices().lock_minutes.filter(|_| session.is_signed_in()));
    let look = move || {
        if minutes.get_untracked().is_some_and(|minutes| is_over(minutes, seen(), format::now())) {
            session.lock();
        }
    };
    // Before anything is drawn or asked.
    look();
    Effect::new(move |_| {
        if minutes.get().is_none() {
            storage::set(storage::local(), SEEN, None);
            return;
        }
        see();
        // A computer that wakes up may hear of the pointer before it hears of the time.
        let sign = move || {
            look();
            see();
        };
        let signs = ["pointerdown", "pointermove", "keydown", "wheel"]
            .map(|name| window_event_listener_untyped(name, move |_| sign()));
        // A page that comes into view again was not looked at meanwhile.
        let back = window_event_listener_untyped("focus", move |_| look());
        on_cleanup(move || signs.into_iter().chain([back]).for_each(|listener| listener.remove()));
        spawn_while_shown(async move {
            loop {
                sleep(LOOK).await;
                look();
            }
        });
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_is_over_when_it_is_full() {
        let minute = 60_000;
        assert!(!is_over(5, Some(minute), 6 * minute - 1));
        assert!(is_over(5, Some(minute), 6 * minute));
        assert!(!is_over(5, Some(9 * minute), minute), "a clock that was set back");
        assert!(!is_over(5, None, 6 * minute), "nobody has chosen it before");
    }
}
