//! The rows of the review queue, one of them current.

use import8_api::ClassificationSummary;
use leptos::ev::{self, KeyboardEvent};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::queue::{is_open, stepped};
use crate::browser::memo::Memo;
use crate::browser::shortcuts::use_shortcuts;
use crate::components::code::ProductCode;
use crate::components::confidence::AnswerConfidence;
use crate::components::keyed::For;
use crate::components::review::undo::focus_soon;
use crate::components::review::verdict_text;
use crate::components::show::Show;
use crate::i18n::{format, use_language, use_texts};
use crate::outbox::reviews::use_reviews;
use crate::routes;

/// Focuses the current row as soon as it is rendered.
pub fn focus_current() {
    focus_soon("#queue [aria-selected=true]");
}

/// The listbox of rows. Arrow keys move within it; `j` and `k` work anywhere on the page.
#[component]
pub fn List(
    /// The rows.
    rows: Memo<Vec<ClassificationSummary>>,
    /// The current row.
    current: Memo<Option<ClassificationSummary>>,
    /// Receives the identifier of the row to make current.
    wanted: RwSignal<Option<String>>,
    /// Whether the list is of codes that are not in the tariff.
    is_ended: Memo<bool>,
) -> impl IntoView {
    let (texts, shortcuts) = (use_texts(), use_shortcuts());
    let navigate = StoredValue::new_local(use_navigate());
    let current_id = Memo::new(move |_| current.with(|row| row.as_ref().map(|row| row.id.clone())));
    let step = move |step: isize| {
        let ids = rows.with_untracked(|rows| rows.iter().map(|row| row.id.clone()).collect::<Vec<_>>());
        let next = current_id.with_untracked(|current| stepped(&ids, current.as_deref(), step));
        wanted.set(next);
        focus_current();
    };
    let open = move || {
        if let Some(id) = current_id.get_untracked() {
            navigate.with_value(|go| go(&routes::classification(&id), NavigateOptions::default()));
        }
    };
    let press = window_event_listener(ev::keydown, move |event| {
        match shortcuts.pressed(&event).as_deref() {
            Some("j") => step(1),
            Some("k") => step(-1),
            Some("o") => open(),
            _ => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || press.remove());
    // Keys of the listbox pattern, active even if single-key shortcuts are disabled.
    let press_in_list = move |event: KeyboardEvent| {
        match event.key().as_str() {
            "ArrowDown" => step(1),
            "ArrowUp" => step(-1),
            "Home" => step(isize::MIN),
            "End" => step(isize::MAX),
            "Enter" => open(),
            _ => return,
        }
        event.prevent_default();
    };
    view! {
        <div class="queue-list">
            <ul class="queue-rows" id="queue" role="listbox" aria-label=texts.queue().list on:keydown=press_in_list>
                <For
                    each=move || rows.get()
                    key=|row| row.id.clone()
                    children=move |row| view! { <Row row current_id wanted is_ended /> }
                />
            </ul>
            <Show when=move || shortcuts.are_on()>
                <p class="hint">{texts.queue().keys}</p>
            </Show>
        </div>
    }
}

#[component]
fn Row(
    row: ClassificationSummary,
    current_id: Memo<Option<String>>,
    wanted: RwSignal<Option<String>>,
    is_ended: Memo<bool>,
) -> impl IntoView {
    let (texts, language, reviews) = (use_texts(), use_language(), use_reviews());
    let (told, of_row) = (row.clone(), row.clone());
    let decided = Memo::new(move |_| reviews.decided_of(&told));
    let ClassificationSummary { id, product_summary, hs_code: own, confidence, at_stake, .. } = row;
    let address = routes::classification(&id);
    let id = StoredValue::new(id);
    let is_current =
        Memo::new(move |_| id.with_value(|id| current_id.with(|current| current.as_ref() == Some(id))));
    let verdict = Memo::new(move |_| {
        let verdict = id.with_value(|id| reviews.verdict_of(id));
        verdict.filter(|verdict| !is_open(&of_row, Some(verdict), is_ended.get()))
    });
    let stake = at_stake.map(|stake| format::money(stake.amount, &stake.currency, language));
    let name = product_summary.unwrap_or_else(|| texts.rows().unnamed.to_owned());
    view! {
        <li
            role="option"
            class="queue-row"
            class:done=move || verdict.with(Option::is_some)
            tabindex=move || if is_current.get() { "0" } else { "-1" }
            aria-selected=move || is_current.get().to_string()
            on:click=move |_| wanted.set(Some(id.get_value()))
        >
            <span class="name">{name}</span>
            <span class="line">
                <ProductCode decided answered=own confidence address />
                <AnswerConfidence decided answered=own confidence />
                <span class="stake">{stake}</span>
            </span>
            <span class="said">{move || verdict.get().map(|verdict| verdict_text(&verdict, own, texts))}</span>
        </li>
    }
}
