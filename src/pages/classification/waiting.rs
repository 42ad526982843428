//! The page of a pending classification: polling with growing intervals, and the notification of its end.

use import8_api::{Classification, Document, Envelope, Status};
use leptos::prelude::*;

use crate::browser::memo::Memo;
use crate::browser::notifications::{Permission, ask_permission, permission, use_notifications};
use crate::browser::task::{effect, spawn_local};
use crate::browser::visibility::{every_second, is_seen, is_seen_now};
use crate::components::watch::said_of;
use crate::i18n::{format, use_language, use_texts};
use crate::outbox::submissions::use_submissions;
use crate::queries::load::Load;
use crate::queries::poll::{Open, poll_load};
use crate::queries::times;
use crate::session::{Reach, use_session};

/// The usual duration of a classification, in seconds.
const USUAL: u32 = 35;

/// The longest wait that is shown as a count, in seconds. After it, the time of the request is shown instead.
const COUNTED: u32 = 3_600;

/// The answer that is polled.
pub type Answer = Document<Envelope<Classification>>;

/// Whether the classification has ended. An undocumented status counts as pending.
fn has_ended(answer: &Answer) -> bool {
    matches!(answer.value.data.status, Status::Completed | Status::Failed)
}

/// Polls until the classification has ended, in a hidden tab only if the person wants to be notified.
pub fn poll(load: Load<Answer>, id: StoredValue<String>) {
    let attention = use_notifications();
    poll_load(load, times::RESULT, move |answer| {
        let is_wanted = id.with_value(|id| attention.is_wanted(id));
        (!has_ended(answer)).then_some(Open { is_wanted, has_changed: false })
    });
}

/// Notifies the person if the classification ends while the tab is hidden, and marks it as seen once the person has
/// seen its end.
pub fn tell_end(load: Load<Answer>, id: StoredValue<String>) {
    let (texts, attention, submissions) = (use_texts(), use_notifications(), use_submissions());
    let was_pending = StoredValue::new(false);
    effect(move || {
        load.track_answers();
        let ended = load.with(|found| found.map(|found| has_ended(found).then(|| found.value.data.clone())));
        match ended {
            None => {}
            Some(None) => was_pending.set_value(true),
            Some(Some(classification)) => {
                if was_pending.get_value() && !is_seen_now() {
                    attention.note_news();
                    let sentence = said_of(&classification, texts);
                    id.with_value(|id| attention.tell(id, texts.result().title, &sentence, || {}));
                }
                was_pending.set_value(false);
                id.with_value(|id| attention.set_wanted(id, false));
            }
        }
    });
    effect(move || {
        load.track_answers();
        // The submission may be stored only after the answer has arrived.
        let is_sent_from_here =
            submissions.all().iter().any(|sent| id.with_value(|id| sent.id.as_ref() == Some(id)));
        if is_sent_from_here && is_seen() && load.with(|found| found.is_some_and(has_ended)) {
            id.with_value(|id| submissions.seen(id));
        }
    });
}

/// The view of a pending classification.
#[component]
pub fn Pending(
    /// The identifier of the classification.
    id: String,
    /// The time of the request (RFC 3339).
    asked: String,
) -> impl IntoView {
    let (session, texts, language) = (use_session(), use_texts(), use_language());
    let seconds = RwSignal::new(format::seconds_since(&asked));
    let since = format::date_time(&asked, language);
    every_second(move || seconds.set(format::seconds_since(&asked)));
    let elapsed = move || match seconds.get()? {
        counted @ ..=COUNTED => Some((texts.waiting().elapsed)(&counted.to_string())),
        _ => Some((texts.waiting().since)(&since)),
    };
    // Without a value the bar only shows activity, because the remaining time is unknown by then.
    let progress =
        move || seconds.get().filter(|seconds| *seconds < USUAL).map(|seconds| seconds.to_string());
    let is_long = Memo::new(move |_| seconds.get().is_some_and(|seconds| seconds >= USUAL));
    let expected = move || if is_long.get() { texts.waiting().longer } else { texts.waiting().usual };
    let paused = move || (session.reach() == Reach::Unreachable).then_some(texts.waiting().paused_offline);
    view! {
        <section class="pending" id="pending">
            <h2 role="status">{texts.waiting().title}</h2>
            <progress aria-label=texts.waiting().title max=USUAL.to_string() value=progress></progress>
            <p>
                <span class="elapsed">{elapsed}</span>
                " · "
                <span role="status">{expected}</span>
                " "
                {paused}
            </p>
            <p class="quiet">{texts.waiting().leave}</p>
            <TellMe id />
        </section>
    }
}

/// The button that asks for a notification of the end.
#[component]
fn TellMe(id: String) -> impl IntoView {
    let (texts, attention) = (use_texts(), use_notifications());
    let id = StoredValue::new(id);
    let allowed = RwSignal::new(permission());
    let want = move |_| {
        spawn_local(async move {
            let answer = ask_permission().await;
            if answer == Permission::Granted {
                id.try_with_value(|id| attention.set_wanted(id, true));
            }
            // The person may have left the screen.
            allowed.try_set(answer);
        });
    };
    let do_not = move |_| id.with_value(|id| attention.set_wanted(id, false));
    let is_wanted = Memo::new(move |_| id.with_value(|id| attention.is_wanted(id)));
    let offer = move || match (allowed.get(), is_wanted.get()) {
        (Permission::Unsupported, _) => ().into_any(),
        (Permission::Denied, _) => view! { <p class="quiet">{texts.waiting().tell_denied}</p> }.into_any(),
        (Permission::Granted, true) => view! {
            <p>{texts.waiting().will_tell}</p>
            <button type="button" class="link" on:click=do_not>
                {texts.waiting().do_not_tell}
            </button>
        }
        .into_any(),
        (Permission::Granted | Permission::Unasked, _) => view! {
            <button type="button" class="secondary" on:click=want>
                {texts.waiting().tell_me}
            </button>
        }
        .into_any(),
    };
    view! { <div class="tell" id="tell" role="status">{offer}</div> }
}
