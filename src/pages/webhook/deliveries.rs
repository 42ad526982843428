//! The latest deliveries of the webhook with their attempts.

use std::collections::HashSet;

use import8_api::{Delivery, DeliveryAttempt, DeliveryState};
use leptos::prelude::*;
use leptos_router::components::A;

use crate::browser::memo::Memo;
use crate::components::failure::Failure;
use crate::components::keyed::For;
use crate::components::table::TableSkeleton;
use crate::i18n::{Language, Texts, format, use_language, use_texts};
use crate::queries::load::Load;
use crate::queries::poll::{Open, poll_load};
use crate::queries::times;
use crate::routes;
use crate::session::use_session;

/// The number of deliveries shown before the list is expanded.
const SHOWN: usize = 10;

/// The number of characters of an identifier shown in a row: enough to tell a few dozen apart.
const SHORT: usize = 8;

/// The word for the state of a delivery.
fn state_word(state: &DeliveryState, texts: Texts) -> String {
    let part = texts.webhook();
    match state {
        DeliveryState::Waiting => part.waiting.to_owned(),
        DeliveryState::Delivered => part.delivered.to_owned(),
        DeliveryState::Abandoned => part.abandoned.to_owned(),
        DeliveryState::Other(state) => state.clone(),
    }
}

/// The colour of its dot, as that of the corresponding classification status.
fn dot(state: &DeliveryState) -> &'static str {
    match state {
        DeliveryState::Waiting => "pending",
        DeliveryState::Delivered => "completed",
        DeliveryState::Abandoned => "failed",
        DeliveryState::Other(_) => "",
    }
}

/// The outcome of an attempt, in one line.
fn outcome(attempt: &DeliveryAttempt, texts: Texts, language: Language) -> String {
    let part = texts.webhook();
    let took = (part.took)(&format::count(attempt.milliseconds, language));
    let said = match (attempt.status, &attempt.error) {
        (Some(status), _) => (part.answered)(&status.to_string()),
        (None, Some(error)) => (part.no_answer_because)(error),
        (None, None) => part.no_answer.to_owned(),
    };
    format!("{said}, {took}")
}

/// The time until the next attempt, in words.
fn next_in(seconds: u64, texts: Texts) -> String {
    let part = texts.webhook();
    match seconds {
        0 => part.next_now.to_owned(),
        1..=90 => (part.next_seconds)(&seconds.to_string()),
        _ => (part.next_minutes)(&seconds.div_ceil(60).to_string()),
    }
}

/// The beginning of an identifier.
fn short(id: &str) -> String {
    id.chars().take(SHORT).collect()
}

/// The key of a row. A delivery with an unchanged state keeps its element.
fn version(delivery: &Delivery) -> (String, String, u64) {
    (delivery.id.clone(), delivery.state.as_str().to_owned(), delivery.attempt_count)
}

/// The latest deliveries, polled while some of them wait and the tab is visible.
#[component]
pub fn Deliveries(
    /// Counts the changes of the webhook, each of which may end deliveries.
    changes: RwSignal<u32>,
) -> impl IntoView {
    let (session, texts, language) = (use_session(), use_texts(), use_language());
    let part = texts.webhook();
    let load = Load::new(move || {
        changes.track();
        let client = session.client(language.code());
        async move { client.deliveries().await }
    });
    look_again_while_waiting(load);
    let is_whole = RwSignal::new(false);
    let opened = RwSignal::new(HashSet::<String>::new());
    let count = Memo::new(move |_| load.with(|all| all.map(Vec::len)));
    let shown = Memo::new(move |_| {
        let mut all = load.value().unwrap_or_default();
        if !is_whole.get() {
            all.truncate(SHOWN);
        }
        all
    });
    let retry = Callback::new(move |()| load.reload());
    let rest = move || {
        let count = count.get().filter(|count| *count > SHOWN && !is_whole.get())?;
        let words = (part.all_deliveries)(&count.to_string());
        Some(view! {
            <button type="button" class="secondary" id="all-deliveries" on:click=move |_| is_whole.set(true)>
                {words}
            </button>
        })
    };
    let content = move || match count.get() {
        Some(0) => view! {
            <p class="quiet">
                {part.no_deliveries} " " <A href=routes::CLASSIFY>{texts.shell().nav_classify}</A>
            </p>
        }
        .into_any(),
        Some(_) => view! {
            <table class="deliveries">
                <thead>
                    <tr>
                        <th scope="col">{part.state}</th>
                        <th scope="col">{part.event}</th>
                        <th scope="col">{part.classification}</th>
                        <th scope="col">{part.attempts}</th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || shown.get() key=version let:delivery>
                        <Row delivery load opened />
                    </For>
                </tbody>
            </table>
            {rest}
        }
        .into_any(),
        None if load.is_slow() && load.error().is_none() => view! { <TableSkeleton rows=3 /> }.into_any(),
        None => ().into_any(),
    };
    view! {
        <section class="block" id="deliveries">
            <div class="block-head">
                <h2>{part.deliveries}</h2>
                <button type="button" class="secondary small" id="refresh" on:click=move |_| load.reload()>
                    {part.refresh}
                </button>
            </div>
            {move || load.error().map(|error| view! { <Failure error retry /> })}
            {content}
        </section>
    }
}

/// One delivery: its state and its attempts.
#[component]
fn Row(
    delivery: Delivery,
    /// The deliveries with the time of the answer, from which the next attempt is counted.
    load: Load<Vec<Delivery>>,
    /// Identifiers of the expanded deliveries, which stay expanded after a new attempt.
    opened: RwSignal<HashSet<String>>,
) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let part = texts.webhook();
    let time = |time: &str| format::date_time(time, language);
    let next_at = delivery.next_attempt_at.as_deref().and_then(format::milliseconds);
    let next = move || {
        load.track_answers();
        next_at.map(|at| next_in(at.saturating_sub(format::now()).div_ceil(1_000), texts))
    };
    let last = delivery.attempts.last().map(|attempt| outcome(attempt, texts, language));
    let last = last.unwrap_or_else(|| part.no_attempt.to_owned());
    let id = StoredValue::new(delivery.id.clone());
    let is_open = move || opened.with(|opened| id.with_value(|id| opened.contains(id)));
    let toggle = move |event: leptos::ev::Event| {
        let is_open = event_target::<web_sys::Element>(&event).has_attribute("open");
        opened.update(|opened| {
            if is_open {
                opened.insert(id.get_value());
            } else {
                opened.remove(&id.get_value());
            }
        });
    };
    let attempts = (!delivery.attempts.is_empty()).then(|| {
        let lines = delivery.attempts.iter().map(|attempt| {
            let line = (part.attempt)(
                &attempt.number.to_string(),
                &time(&attempt.attempted_at),
                &outcome(attempt, texts, language),
            );
            let url = attempt.url.clone();
            view! {
                <li>
                    {line} <span class="hint">{url}</span>
                </li>
            }
        });
        let lines = lines.collect_view();
        let summary = match delivery.attempt_count {
            1 => part.one_attempt.to_owned(),
            count => (part.several_attempts)(&format::count(count, language)),
        };
        view! {
            <details open=is_open on:toggle=toggle>
                <summary>{summary}</summary>
                <ul>{lines}</ul>
            </details>
        }
    });
    let (result, short_id) = (delivery.classification_id.clone(), short(&delivery.classification_id));
    view! {
        <tr>
            <td class="state">
                <span class="status" data-status=dot(&delivery.state)>
                    {state_word(&delivery.state, texts)}
                </span>
                <span class="hint">{next}</span>
            </td>
            <td class="event">
                <span class="code">{delivery.event.as_str().to_owned()}</span>
                <span class="hint">{time(&delivery.created_at)}</span>
            </td>
            <td>
                <A href=routes::classification(&result) attr:class="code" attr:title=result>
                    {short_id}
                </A>
            </td>
            <td class="attempts">
                <span class="last">{last}</span>
                {attempts}
            </td>
        </tr>
    }
}

/// Polls while deliveries are waiting. The intervals start anew when a delivery changes.
fn look_again_while_waiting(load: Load<Vec<Delivery>>) {
    let seen = StoredValue::new(Vec::new());
    poll_load(load, times::RESULT, move |all| {
        let now: Vec<_> = all.iter().map(version).collect();
        let has_changed = seen.with_value(|seen| *seen != now);
        seen.set_value(now);
        let is_waiting = all.iter().any(|one| one.state == DeliveryState::Waiting);
        is_waiting.then_some(Open { is_wanted: false, has_changed })
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attempt(status: Option<u16>, error: Option<&str>) -> DeliveryAttempt {
        DeliveryAttempt {
            number: 1,
            attempted_at: "2026-03-09T08:15:27+00:00".to_owned(),
            url: String::new(),
            status,
            error: error.map(str::to_owned),
            milliseconds: 34,
        }
    }

    #[test]
    fn states_are_words() {
        let check = |state: &str, word: &str, colour: &str| {
            let state: DeliveryState = state.parse().expect(state);
            assert_eq!((state_word(&state, Language::En.texts()).as_str(), dot(&state)), (word, colour));
        };
        check("waiting", "Waiting", "pending");
        check("delivered", "Delivered", "completed");
        check("abandoned", "Given up", "failed");
        check("on_hold", "on_hold", "");
    }

    #[test]
    fn the_next_attempt_is_so_far_away() {
        let check = |seconds, expected| assert_eq!(next_in(seconds, Language::En.texts()), expected);
        check(0, "next attempt now");
        check(8, "next attempt in 8\u{a0}s");
        check(91, "next attempt in 2 min");
        check(3_600, "next attempt in 60 min");
    }

    #[test]
    fn identifiers_are_cut_by_characters() {
        assert_eq!(short("550e8400-e29b-41d4"), "550e8400");
        assert_eq!(short("ééééééééé"), "éééééééé");
        assert_eq!(short("1"), "1");
    }

    #[test]
    fn another_attempt_is_another_row() {
        let json = r#"{"id": "d", "event": "classification.failed", "classification_id": "c", "state": "waiting",
            "created_at": "2026-03-09T08:15:27+00:00", "attempt_count": 1}"#;
        let one: Delivery = serde_json::from_str(json).expect("a delivery");
        let two = Delivery { attempts: vec![attempt(Some(500), None)], ..one.clone() };
        assert_eq!(version(&one), version(&two));
        assert_ne!(version(&one), version(&Delivery { attempt_count: 2, ..one.clone() }));
        assert_ne!(version(&one), version(&Delivery { state: DeliveryState::Delivered, ..one.clone() }));
    }
}
