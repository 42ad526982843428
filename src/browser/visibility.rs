//! Visibility of the tab, and waits that set no timer while it is hidden. Whatever repeats goes through here, unless it
//! must go on in a hidden tab; what stops there goes on at once when the tab is visible again.

use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;

use crate::browser::rest::{Rest, settle};

/// Interval of [`every_second`].
const SECOND: Duration = Duration::from_secs(1);

thread_local! {
    static IS_SEEN: ArcRwSignal<bool> = follow();
}

/// Whether the tab is visible, for as long as the page is there.
fn follow() -> ArcRwSignal<bool> {
    let is_seen = ArcRwSignal::new(!document().hidden());
    let followed = is_seen.clone();
    window_event_listener_untyped("visibilitychange", move |_| {
        let is_seen = !document().hidden();
        if followed.get_untracked() != is_seen {
            followed.set(is_seen);
        }
    });
    is_seen
}

/// Whether the tab is visible.
#[must_use]
pub fn is_seen() -> bool {
    IS_SEEN.with(|is_seen| is_seen.get())
}

/// The same, without following it.
#[must_use]
pub fn is_seen_now() -> bool {
    IS_SEEN.with(|is_seen| is_seen.get_untracked())
}

/// Waits until the tab is hidden or visible again, but not longer than `longest`.
pub async fn until_change(longest: Option<Duration>) {
    let rest = Rest::begin();
    let end = rest.end.clone();
    let _listener = Listener(Some(window_event_listener_untyped("visibilitychange", move |_| settle(&end))));
    rest.wait(longest).await;
}

/// Waits for `wait` in a visible tab. In a hidden one it waits until the tab is visible, and is over then.
pub async fn sleep_while_seen(wait: Duration) {
    loop {
        let was_seen = is_seen_now();
        until_change(was_seen.then_some(wait)).await;
        if is_seen_now() {
            return;
        }
    }
}

/// Calls `tick` every second while the tab is visible, and at once when it is visible again. Ends with the current part
/// of the page.
pub fn every_second(tick: impl Fn() + 'static) {
    let tick = Rc::new(tick);
    Effect::new(move |before: Option<()>| {
        if !is_seen() {
            return;
        }
        if before.is_some() {
            untrack(|| tick());
        }
        let tick = Rc::clone(&tick);
        if let Ok(timer) = set_interval_with_handle(move || tick(), SECOND) {
            on_cleanup(move || timer.clear());
        }
    });
}

/// A listener that ends with the wait.
struct Listener(Option<WindowListenerHandle>);

impl Drop for Listener {
    fn drop(&mut self) {
        if let Some(listener) = self.0.take() {
            listener.remove();
        }
    }
}
