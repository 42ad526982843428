//! Undo of a verdict, from every screen.

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::{done, verdict_text};
use crate::api::ApiError;
use crate::browser::memo::Memo;
use crate::browser::shortcuts::{Shortcuts, is_typing, use_shortcuts};
use crate::browser::task::effect;
use crate::components::failure::explain;
use crate::components::show::Show;
use crate::i18n::{Texts, use_texts};
use crate::outbox::reviews::{Given, Refused, Reviews, use_reviews};
use crate::session::{Reach, use_session};

/// How long the message that a verdict was undone is shown.
const SAID: Duration = Duration::from_secs(4);

/// The key of a shortcut beside its button, shown while single-key shortcuts are on.
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

/// A button that undoes the verdict on a classification while it is not sent yet.
#[component]
pub fn UndoButton(
    /// The classification.
    #[prop(into)]
    id: Signal<Option<String>>,
    /// Called after the verdict was undone.
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
                // Hidden from screen readers, which would announce every second.
                <span class="seconds" aria-hidden="true">
                    {seconds}
                </span>
            </button>
        </Show>
    }
}

/// The latest verdict with an undo button, at the bottom of the window. The bar takes no focus.
#[component]
pub fn UndoBar() -> impl IntoView {
    let (reviews, texts, shortcuts) = (use_reviews(), use_texts(), use_shortcuts());
    let latest = Memo::new(move |_| latest(reviews));
    let id = Signal::derive(move || latest.with(|latest| latest.as_ref().map(|given| given.id.clone())));
    let is_undone = RwSignal::new(false);
    effect(move || {
        // The next verdict replaces the message.
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
        // The focused button is removed.
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

/// The verdict that undo applies to: the latest one that can still be undone, else the latest one.
fn latest(reviews: Reviews) -> Option<Given> {
    let waiting = reviews.waiting();
    let now = reviews.now();
    let undoable = waiting.iter().rev().find(|given| given.can_be_undone(now));
    undoable.or(waiting.last()).cloned()
}

/// The sentence why a due verdict has not been sent.
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
            // The verdict is being sent.
            None => return None,
        })
    })
}

/// Whether a key press undoes the latest verdict: `z`, or Ctrl+Z outside text fields.
fn is_undo(event: &ev::KeyboardEvent, shortcuts: Shortcuts) -> bool {
    let has_control = (event.ctrl_key() || event.meta_key()) && !event.alt_key() && !event.shift_key();
    let by_control = has_control && event.key() == "z" && !event.default_prevented() && !is_typing();
    by_control || shortcuts.pressed(event).as_deref() == Some("z")
}

/// The verdicts that the service refused, with the reasons.
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
        let why = (texts.undo().refused_why)(&verdict_text(&given.feedback, given.code, texts), &reason);
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

/// Moves the focus to the element of a selector. Returns whether it could.
pub fn focus(selector: &str) -> bool {
    let found = document().query_selector(selector).ok().flatten();
    let element = found.and_then(|element| element.dyn_into::<HtmlElement>().ok());
    element.is_some_and(|element| element.focus().is_ok())
}

/// Moves the focus to the element of a selector in the next animation frame, when a new element is drawn.
pub fn focus_soon(selector: &'static str) {
    request_animation_frame(move || {
        // If the focus cannot move, the element is still readable.
        focus(selector);
    });
}
