//! Taking a verdict back, wherever one is.

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::{done, said};
use crate::api::ApiError;
use crate::components::failure::explain;
use crate::i18n::use_texts;
use crate::locales::Texts;
use crate::reviews::{Given, Refused, Reviews, use_reviews};
use crate::session::{Reach, use_session};
use crate::shortcuts::{Shortcuts, is_typing, use_shortcuts};

/// How long it is said that a verdict was taken back.
const SAID: Duration = Duration::from_secs(4);

/// A key that does what is beside it, while there are such shortcuts.
#[component]
pub fn Key(
    /// The key.
    letter: &'static str,
) -> impl IntoView {
    let shortcuts = use_shortcuts();
    move || {
        shortcuts.are_on().then(|| {
            view! {
                <kbd class="shortcut" aria-hidden="true">
                    {letter}
                </kbd>
            }
        })
    }
}

/// Takes the verdict on a classification back, as long as it is still only here.
#[component]
pub fn UndoButton(
    /// The classification.
    #[prop(into)]
    id: Signal<Option<String>>,
    /// Told afterwards.
    undone: Callback<()>,
) -> impl IntoView {
    let (reviews, texts) = (use_reviews(), use_texts());
    let left = Memo::new(move |_| {
        let given = reviews.waiting_of(&id.get()?)?;
        let now = reviews.now();
        given.can_be_undone(now).then(|| given.seconds_left(now))
    });
    let seconds = move || {
        let left = left.get().filter(|left| *left > 0);
        left.map(|left| (texts.undo().undo_seconds)(&left.to_string()))
    };
    let undo = move |_| {
        if let Some(id) = id.get_untracked() {
            reviews.undo(&id);
            undone.run(());
        }
    };
    view! {
        <Show when=move || left.with(Option::is_some)>
            <button type="button" class="secondary small undo" on:click=undo>
                {texts.undo().undo}
                <Key letter="z" />
                // Not for who listens: it would be read anew every second.
                <span class="seconds" aria-hidden="true">
                    {seconds}
                </span>
            </button>
        </Show>
    }
}

/// What was last given, with the way back, at the bottom of the window: it takes no focus.
#[component]
pub fn UndoBar() -> impl IntoView {
    let (reviews, texts, shortcuts) = (use_reviews(), use_texts(), use_shortcuts());
    let latest = Memo::new(move |_| latest(reviews));
    let id = Signal::derive(move || latest.with(|latest| latest.as_ref().map(|given| given.id.clone())));
    let is_undone = RwSignal::new(false);
    Effect::new(move |_| {
        // What is given next is the news.
        if latest.with(Option::is_some) {
            is_undone.set(false);
        } else if is_undone.get()
            && let Ok(timer) = set_timeout_with_handle(move || is_undone.set(false), SAID)
        {
            on_cleanup(move || timer.clear());
        }
    });
    let undone = Callback::new(move |()| {
        is_undone.set(true);
        // The button that had the focus is gone.
        if !focus("#review-title") {
            focus("#content");
        }
    });
    let undo_by_key = window_event_listener(ev::keydown, move |event| {
        if !is_undo(&event, shortcuts) {
            return;
        }
        if let Some(id) = id.get_untracked() {
            event.prevent_default();
            reviews.undo(&id);
            is_undone.set(true);
        }
    });
    on_cleanup(move || undo_by_key.remove());
    let others = Memo::new(move |_| reviews.waiting().len().saturating_sub(1));
    let line = move || match latest.get() {
        Some(given) => {
            let more = match others.get() {
                0 => String::new(),
                others => format!(" {}", (texts.undo().and_more)(&others.to_string())),
            };
            format!("{}{more}", done(&given.feedback, given.code, given.before, texts))
        }
        None if is_undone.get() => texts.undo().undone.to_owned(),
        None => String::new(),
    };
    let delay = delay(reviews, texts);
    let is_shown = move || latest.with(Option::is_some) || is_undone.get() || !reviews.refused().is_empty();
    view! {
        <div class="undo-bar" id="undo-bar" class:shown=is_shown>
            <div class="undo-line">
                <div role="status" class="undo-said">
                    <p>{line}</p>
                    {move || delay.get().map(|sentence| view! { <p class="undo-delay">{sentence}</p> })}
                </div>
                <Show when=move || delay.get() == Some(texts.undo().not_sent_key)>
                    <button type="button" class="secondary small" id="send-again" on:click=move |_| reviews.try_again()>
                        {texts.common().try_again}
                    </button>
                </Show>
                <UndoButton id undone />
            </div>
            <div role="alert">{move || refusals(reviews, texts)}</div>
        </div>
    }
}

/// The verdict to be taken back next: the last one given that still can be; else the last one.
fn latest(reviews: Reviews) -> Option<Given> {
    let waiting = reviews.waiting();
    let now = reviews.now();
    let undoable = waiting.iter().rev().find(|given| given.can_be_undone(now));
    undoable.or(waiting.last()).cloned()
}

/// Why what should have been sent by now has not been.
fn delay(reviews: Reviews, texts: Texts) -> Memo<Option<&'static str>> {
    let session = use_session();
    let is_late = Memo::new(move |_| {
        let now = reviews.now();
        reviews.waiting().iter().any(|given| given.seconds_left(now) == 0)
    });
    Memo::new(move |_| {
        let is_away = session.reach() == Reach::Unreachable;
        let may_be_there = reviews.waiting().iter().any(Given::is_tried);
        is_late.get().then_some(match reviews.trouble() {
            Some(ApiError::Unauthorized) if !is_away => texts.undo().not_sent_key,
            trouble if may_be_there && (is_away || trouble.is_some()) => texts.undo().not_known,
            _ if is_away => texts.undo().not_sent_offline,
            Some(_) => texts.undo().not_sent,
            // It is on its way.
            None => return None,
        })
    })
}

/// Whether a key asks for the last verdict back: `z`, or Ctrl+Z where no text is to be undone.
fn is_undo(event: &ev::KeyboardEvent, shortcuts: Shortcuts) -> bool {
    let has_control = (event.ctrl_key() || event.meta_key()) && !event.alt_key() && !event.shift_key();
    let by_control = has_control && event.key() == "z" && !event.default_prevented() && !is_typing();
    by_control || shortcuts.pressed(event).as_deref() == Some("z")
}

/// What the service has refused, and why.
fn refusals(reviews: Reviews, texts: Texts) -> Option<impl IntoView> {
    let refused = reviews.refused();
    if refused.is_empty() {
        return None;
    }
    let refusal = |Refused { given, error, was_lost }: Refused| {
        let name = if given.name.is_empty() { texts.rows().unnamed } else { &given.name };
        let reason = match error {
            ApiError::NotFound => texts.undo().refused_gone.to_owned(),
            error => explain(&error, texts).body,
        };
        let why = (texts.undo().refused_why)(&said(&given.feedback, given.code, texts), &reason);
        view! {
            <p>
                <strong>{(texts.undo().refused)(name)}</strong>
                ". "
                {why}
                " "
                {if was_lost { texts.undo().refused_lost } else { texts.undo().refused_next }}
            </p>
        }
    };
    Some(view! {
        <div class="undo-refused">
            <div>{refused.into_iter().map(refusal).collect_view()}</div>
            <button type="button" class="secondary small" on:click=move |_| reviews.dismiss_refused()>
                {texts.undo().understood}
            </button>
        </div>
    })
}

/// Moves the focus to what a selector finds; whether it could.
pub fn focus(selector: &str) -> bool {
    let found = document().query_selector(selector).ok().flatten();
    let element = found.and_then(|element| element.dyn_into::<HtmlElement>().ok());
    element.is_some_and(|element| element.focus().is_ok())
}

/// Moves the focus to what a selector finds as soon as it is drawn.
pub fn focus_soon(selector: &'static str) {
    request_animation_frame(move || {
        // What cannot take the focus can still be read.
        focus(selector);
    });
}
