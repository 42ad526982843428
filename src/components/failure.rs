//! Error messages: what happened, and what to do next.

use std::time::Duration;

use leptos::prelude::*;
use leptos_router::components::A;

use crate::api::ApiError;
use crate::browser::task::effect;
use crate::browser::visibility::is_seen;
use crate::components::show::Show;
use crate::i18n::{Texts, format, use_texts};
use crate::queries::rate_limit::use_gate;
use crate::routes;
use crate::session::use_session;

/// The texts of an error message.
#[derive(Debug, PartialEq, Eq)]
pub struct Explanation {
    /// What happened, in a few words.
    pub title: &'static str,
    /// What happened, in full.
    pub body: String,
    /// What to do next; empty for a rate limit, which shows a [`Countdown`].
    pub next: &'static str,
}

/// The error message of an API error. Each variant has its own texts.
#[must_use]
pub fn explain(error: &ApiError, texts: Texts) -> Explanation {
    let (title, body, next) = match error {
        ApiError::Unauthorized => (
            texts.errors().unauthorized_title,
            texts.errors().unauthorized_body.to_owned(),
            texts.errors().unauthorized_next,
        ),
        ApiError::NotFound | ApiError::UnknownCode(_) => (
            texts.errors().not_found_title,
            texts.errors().not_found_body.to_owned(),
            texts.errors().not_found_next,
        ),
        ApiError::Invalid(message)
        | ApiError::InvalidItem { message, .. }
        | ApiError::NotDeclarable { message, .. } => {
            (texts.errors().invalid_title, message.clone(), texts.errors().invalid_next)
        }
        // The next step is a countdown: see `Countdown`.
        ApiError::RateLimited { .. } => (texts.errors().rate_title, texts.errors().rate_body.to_owned(), ""),
        ApiError::OutOfCredits => (
            texts.errors().credits_title,
            texts.errors().credits_body.to_owned(),
            texts.errors().credits_next,
        ),
        ApiError::Server(status) => (
            texts.errors().server_title,
            (texts.errors().server_body)(&status.to_string()),
            texts.errors().server_next,
        ),
        ApiError::Unreachable => (
            texts.errors().unreachable_title,
            texts.errors().unreachable_body.to_owned(),
            texts.errors().unreachable_next,
        ),
        ApiError::Timeout => (
            texts.errors().timeout_title,
            texts.errors().timeout_body.to_owned(),
            texts.errors().timeout_next,
        ),
        ApiError::Unreadable(detail) => (
            texts.errors().unreadable_title,
            (texts.errors().unreadable_body)(detail),
            texts.errors().unreadable_next,
        ),
        ApiError::Unexpected(status) => (
            texts.errors().unexpected_title,
            (texts.errors().unexpected_body)(&status.to_string()),
            texts.errors().unexpected_next,
        ),
    };
    Explanation { title, body, next }
}

/// An error in place of content, with a retry button and a way out.
#[component]
pub fn Failure(
    /// The error.
    error: ApiError,
    /// Retries the request.
    retry: Callback<()>,
) -> impl IntoView {
    let (session, texts) = (use_session(), use_texts());
    let Explanation { title, body, next } = explain(&error, texts);
    // A 401 or 404 may be temporary too, for example while the service restarts.
    let is_retried = !matches!(error, ApiError::RateLimited { .. });
    let way_on = match error {
        ApiError::Unauthorized if untrack(|| session.held_keys()).len() > 1 => view! {
            <A href=routes::KEYS attr:class="button secondary">
                {texts.shell().nav_keys}
            </A>
        }
        .into_any(),
        ApiError::Unauthorized => view! {
            <button type="button" class="secondary" on:click=move |_| session.forget_key_in_use()>
                {texts.shell().sign_out}
            </button>
        }
        .into_any(),
        ApiError::NotFound => view! {
            <A href=routes::HISTORY attr:class="button secondary">
                {texts.shell().nav_history}
            </A>
        }
        .into_any(),
        ApiError::RateLimited { seconds } => view! { <Countdown seconds ended=retry /> }.into_any(),
        _ => ().into_any(),
    };
    let again = is_retried.then(|| {
        view! {
            <button type="button" class="secondary" on:click=move |_| retry.run(())>
                {texts.common().try_again}
            </button>
        }
    });
    view! {
        <section class="failure" role="alert">
            <h2>{title}</h2>
            <p>{body} " " {next}</p>
            <div class="actions">{again} {way_on}</div>
        </section>
    }
}

/// Countdown of a rate-limit pause. At the end it says so and calls `ended`. The person may end the pause
/// early.
#[component]
pub fn Countdown(
    /// Length of the pause, in seconds.
    seconds: u32,
    /// Called once, at the end.
    ended: Callback<()>,
) -> impl IntoView {
    let (texts, gate) = (use_texts(), use_gate());
    let left = RwSignal::new(seconds);
    // Measured by the clock, because timers run late.
    let ends_at = format::now() + u64::from(seconds) * 1_000;
    let tick = move || {
        let now = ends_at.saturating_sub(format::now()).div_ceil(1_000);
        let is_shown = left.try_set(u32::try_from(now).unwrap_or(seconds)).is_none();
        if is_shown && now == 0 {
            ended.run(());
        }
    };
    effect(move || {
        let seconds = left.get();
        // A hidden tab counts nothing; the clock says what is left when it is visible again.
        if !is_seen() {
            return;
        }
        let next = ends_at.saturating_sub(u64::from(seconds.saturating_sub(1)) * 1_000);
        let wait = Duration::from_millis(next.saturating_sub(format::now()));
        if seconds > 0
            && let Ok(timer) = set_timeout_with_handle(tick, wait)
        {
            on_cleanup(move || timer.clear());
        }
    });
    let sentence = move || match left.get() {
        0 => texts.errors().rate_ready.to_owned(),
        seconds => (texts.errors().rate_wait)(&seconds.to_string()),
    };
    let end = move |_| {
        gate.end_pause();
        left.set(0);
        ended.run(());
    };
    view! {
        <p class="countdown">{sentence}</p>
        <Show when=move || left.get() != 0>
            <button type="button" class="link" on:click=end>
                {texts.errors().rate_go_on}
            </button>
        </Show>
    }
}

/// A pause longer than this many seconds can be ended by the person.
const LONG_WAIT: u32 = 60;

/// A button that ends a long rate-limit pause for the whole tab.
#[component]
pub fn EndWait(
    /// Seconds left of the pause.
    seconds: u32,
) -> impl IntoView {
    let (texts, gate) = (use_texts(), use_gate());
    (seconds > LONG_WAIT).then(|| {
        view! {
            <button type="button" class="link" on:click=move |_| gate.end_pause()>
                {texts.errors().rate_go_on}
            </button>
        }
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::i18n::Language;

    #[test]
    fn every_error_has_its_own_sentences_in_every_language() {
        let errors = [
            ApiError::Unauthorized,
            ApiError::NotFound,
            ApiError::Invalid("x".to_owned()),
            ApiError::RateLimited { seconds: 30 },
            ApiError::OutOfCredits,
            ApiError::Server(500),
            ApiError::Unreachable,
            ApiError::Timeout,
            ApiError::Unreadable("x".to_owned()),
            ApiError::Unexpected(418),
        ];
        for language in Language::ALL {
            let said: Vec<_> = errors.iter().map(|error| explain(error, language.texts())).collect();
            assert_eq!(said.iter().map(|e| e.title).collect::<BTreeSet<_>>().len(), errors.len());
            assert_eq!(said.iter().map(|e| e.body.as_str()).collect::<BTreeSet<_>>().len(), errors.len());
        }
    }
}
