//! The rate limit: requests left, and the start of the next window.

use import8_api::RateLimit;
use leptos::prelude::*;

use crate::browser::memo::Memo;
use crate::i18n::{format, use_language, use_texts};
use crate::session::use_session;

/// Seconds up to which a countdown is shown; beyond, the time of day.
const COUNTED_DOWN: u64 = 120;

/// Seconds left of a rate-limit window, rounded up; `None` if it is over. `now` is in milliseconds since
/// 1970.
fn seconds_left(rate: RateLimit, now: u64) -> Option<u64> {
    rate.reset
        .saturating_mul(1_000)
        .checked_sub(now)
        .filter(|left| *left > 0)
        .map(|left| left.div_ceil(1_000))
}

/// The requests left in the window, with a countdown to the next.
#[component]
pub fn RateFigure(
    /// The current time, in milliseconds since 1970.
    now: ReadSignal<u64>,
) -> impl IntoView {
    let (session, texts, language) = (use_session(), use_texts(), use_language());
    let part = texts.usage();
    let count = move |number: u32| format::count(number.into(), language);
    let rate = Memo::new(move |_| session.rate_limit());
    let left = Memo::new(move |_| seconds_left(rate.get()?, now.get()));
    let is_over = Memo::new(move |_| left.get().is_none());
    let gauge = move || {
        let Some(rate) = rate.get() else {
            return view! { <p class="quiet">{part.rate_unknown}</p> }.into_any();
        };
        // A new window starts with the full limit.
        let remaining = if is_over.get() { rate.limit } else { rate.remaining.min(rate.limit) };
        let at = format::clock_seconds(rate.reset.saturating_mul(1_000), language);
        let countdown = move || match left.get() {
            None => (part.rate_over)(&count(rate.limit)),
            Some(seconds) if seconds > COUNTED_DOWN => (part.rate_in_minutes)(&at),
            Some(seconds) => (part.rate_in)(&seconds.to_string(), &at),
        };
        view! {
            <p class="number">
                <b id="requests-left">{count(remaining)}</b>
                " "
                <span class="of">{(part.rate_of)(&count(rate.limit))}</span>
            </p>
            <meter
                aria-label=part.rate
                min="0"
                max=rate.limit.max(1).to_string()
                value=remaining.to_string()
            ></meter>
            <p class="line" role="timer" id="countdown">
                {countdown}
            </p>
        }
        .into_any()
    };
    view! {
        <section class="block" id="rate">
            <h2>{part.rate}</h2>
            {gauge}
            <p class="quiet">{move || (part.rate_explained)(&session.masked_key())}</p>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_counted_to_the_end_of_the_window() {
        let rate = RateLimit { limit: 60, remaining: 3, reset: 1_800_000_000 };
        let check = |now, expected| assert_eq!(seconds_left(rate, now), expected, "{now}");
        check(1_799_999_977_000, Some(23));
        check(1_799_999_977_001, Some(23));
        check(1_799_999_999_999, Some(1));
        check(1_800_000_000_000, None);
        check(u64::MAX, None);
        let never = RateLimit { reset: u64::MAX, ..rate };
        assert!(seconds_left(never, 0).is_some());
    }
}
