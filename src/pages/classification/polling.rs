//! Waiting for a result without wearing the API out.

use std::time::Duration;

use import8_api::{Classification, Document, Envelope, Status};
use leptos::prelude::*;

use crate::api::ApiError;
use crate::format;
use crate::i18n::use_texts;
use crate::load::Load;
use crate::session::{Reach, use_session};

/// How long to wait before the next question, in milliseconds: 1 s, 1.5 s, 2.25 s … up to 10 s.
fn delay(asked: u32) -> u32 {
    (0..asked.min(10)).fold(1_000, |delay: u32, _| delay + delay / 2).min(10_000)
}

/// Asks again until the classification has ended: more rarely as it ages, not while nobody looks
/// or the API is away, and after a rate limit not before its time. The wait begins with the last
/// answer, so a slow API is asked one thing at a time.
pub fn poll(load: Load<Document<Envelope<Classification>>>) {
    let session = use_session();
    let is_visible = is_visible();
    let asked = StoredValue::new(0_u32);
    Effect::new(move |_| {
        load.track_answers();
        // A status that is not documented is taken for one on the way to an end.
        let has_ended = load.with(|found| {
            found.is_none_or(|found| matches!(found.value.data.status, Status::Completed | Status::Failed))
        });
        let is_final = matches!(
            load.error(),
            // A rate limit counts down, and asks again, in the error's own place.
            Some(ApiError::RateLimited { .. } | ApiError::Unauthorized | ApiError::NotFound)
        );
        if has_ended || is_final || !is_visible.get() || session.reach() == Reach::Unreachable {
            return;
        }
        let ask = move || {
            asked.update_value(|asked| *asked += 1);
            load.reload();
        };
        let wait = Duration::from_millis(delay(asked.get_value()).into());
        if let Ok(timer) = set_timeout_with_handle(ask, wait) {
            on_cleanup(move || timer.clear());
        }
    });
}

/// Whether the tab can be seen.
fn is_visible() -> RwSignal<bool> {
    let visible = RwSignal::new(!document().hidden());
    let listener =
        window_event_listener_untyped("visibilitychange", move |_| visible.set(!document().hidden()));
    on_cleanup(move || listener.remove());
    visible
}

/// What is shown meanwhile.
#[component]
pub fn Pending(
    /// When it was asked for (RFC 3339).
    asked: String,
) -> impl IntoView {
    let (session, texts) = (use_session(), use_texts());
    let seconds = RwSignal::new(format::seconds_since(&asked));
    let tick = move || seconds.set(format::seconds_since(&asked));
    if let Ok(timer) = set_interval_with_handle(tick, Duration::from_secs(1)) {
        on_cleanup(move || timer.clear());
    }
    let elapsed = move || seconds.get().map(|seconds| (texts.result.elapsed)(&seconds.to_string()));
    let paused = move || (session.reach() == Reach::Unreachable).then_some(texts.result.paused_offline);
    view! {
        <section class="pending" id="pending">
            <h2 role="status">{texts.result.pending}</h2>
            <progress aria-label=texts.result.pending></progress>
            <p>{texts.result.pending_body}</p>
            <p class="quiet">{elapsed} " " {paused}</p>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_become_rarer() {
        assert_eq!([0, 1, 2, 3].map(delay), [1_000, 1_500, 2_250, 3_375]);
        assert_eq!(delay(9), 10_000);
        assert_eq!(delay(u32::MAX), 10_000);
    }
}
