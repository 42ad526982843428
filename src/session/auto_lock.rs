//! Automatic lock: forgets the keys after the inactivity time that the person has chosen.

use std::time::Duration;

use gloo_timers::future::sleep;
use leptos::prelude::*;

use crate::browser::memo::Memo;
use crate::browser::storage;
use crate::browser::task::{effect, spawn_while_shown};
use crate::browser::visibility::is_seen;
use crate::i18n::format;
use crate::i18n::preferences::Preferences;
use crate::session::Session;

/// Storage key of the time of the last activity in any tab, in milliseconds since 1970.
const SEEN: &str = "import8.seen";

/// The interval at which inactivity is checked while the tab is visible. A computer that slept wakes with its clock ahead
/// of its timers, so a timer for the end alone would be late.
const LOOK: Duration = Duration::from_secs(5);

/// The shortest interval between two writes of the last activity, in milliseconds.
const LIVELY: u64 = 5_000;

/// How long it is until the inactivity time is over: at most that time, also after a clock was set back.
fn left(minutes: u32, seen: Option<u64>, now: u64) -> Duration {
    let all = u64::from(minutes) * 60_000;
    let left = seen.map_or(all, |seen| seen.saturating_add(all).saturating_sub(now));
    Duration::from_millis(left.min(all).max(1))
}

/// Whether the inactivity time is over.
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

/// Locks the session when the inactivity time is over, even if the page was closed meanwhile. Call it once,
/// before anything is drawn or requested.
pub fn watch(session: Session, preferences: Preferences) {
    let minutes = Memo::new(move |_| preferences.choices().lock_minutes.filter(|_| session.is_signed_in()));
    let look = move || {
        if minutes.get_untracked().is_some_and(|minutes| is_over(minutes, seen(), format::now())) {
            session.lock();
        }
    };
    // Before anything is drawn or requested.
    look();
    effect(move || {
        if minutes.get().is_none() {
            storage::set(storage::local(), SEEN, None);
            return;
        }
        see();
        // After sleep, a computer may deliver pointer events before timers, so check before recording
        // activity.
        let sign = move || {
            look();
            see();
        };
        let signs = ["pointerdown", "pointermove", "keydown", "wheel"]
            .map(|name| window_event_listener_untyped(name, move |_| sign()));
        // Timers of a hidden page may have been delayed.
        let back = window_event_listener_untyped("focus", move |_| look());
        on_cleanup(move || signs.into_iter().chain([back]).for_each(|listener| listener.remove()));
    });
    effect(move || {
        let (Some(minutes), is_seen) = (minutes.get(), is_seen()) else { return };
        look();
        spawn_while_shown(async move {
            loop {
                // Another tab may have been used meanwhile, so the end of a hidden one is looked up each time.
                sleep(if is_seen { LOOK } else { left(minutes, seen(), format::now()) }).await;
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
        let left = |seen, now| left(5, seen, now).as_millis();
        assert_eq!(left(Some(minute), 2 * minute), 240_000);
        assert_eq!(left(None, 2 * minute), 300_000);
        assert_eq!(left(Some(u64::MAX), minute), 300_000, "a clock that was set back");
        // Neither before nor after the end is it looked at without a pause.
        assert_eq!(left(Some(minute), 6 * minute - 1), 1);
        assert_eq!(left(Some(minute), 9 * minute), 1);
    }
}
