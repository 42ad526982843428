//! The panel for a product whose decided code is not in the imported tariff: the codes that may follow it, one key press
//! each, or any other code. The answer is a correction, as of any other code.

use import8_api::{ClassificationSummary, Feedback, FeedbackStatus, HsCode};
use leptos::ev;
use leptos::prelude::*;

use super::queue::is_open;
use crate::api::decided::Decided;
use crate::api::tariff_changes::{Changes, Following};
use crate::browser::memo::Memo;
use crate::browser::shortcuts::use_shortcuts;
use crate::browser::style::adopt;
use crate::components::code::Code;
use crate::components::review::correction::Correction;
use crate::components::review::undo::{Key, UndoButton, focus_soon};
use crate::components::review::verdict_text;
use crate::i18n::{format, use_language, use_texts};
use crate::outbox::reviews::use_reviews;
use crate::queries::load::Load;
use crate::session::use_session;

/// The keys of the first candidates.
const KEYS: [&str; 9] = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/// The panel. `given` is called with the identifier of the classification after a verdict.
pub fn returned(
    row: ClassificationSummary,
    changes: Load<Option<Changes>>,
    given: Callback<String>,
) -> AnyView {
    adopt(include_str!("../../../style/review.css"));
    adopt(include_str!("../../../style/tariff.css"));
    let (texts, language, reviews, session) = (use_texts(), use_language(), use_reviews(), use_session());
    let (part, shortcuts) = (texts.queue(), use_shortcuts());
    let own = row.hs_code;
    let ended = Decided::from_row(&row).and_then(|decided| decided.code());
    let row = StoredValue::new(row);
    let id = Signal::derive(move || Some(row.with_value(|row| row.id.clone())));
    let candidates = Memo::new(move |_| {
        changes.with(|changes| {
            let changes = changes?.as_ref()?;
            let change = changes.codes.iter().find(|change| Some(change.code) == ended);
            Some(change.map(|change| change.becomes.clone()).unwrap_or_default())
        })
    });
    // The verdict with another code, from this browser.
    let verdict = Memo::new(move |_| {
        row.with_value(|row| reviews.verdict_of(&row.id).filter(|one| !is_open(row, Some(one), true)))
    });
    let is_correcting = RwSignal::new(false);
    // A verdict is stored for an organisation, so the account must be known.
    let is_ready = Memo::new(move |_| session.account().is_some());
    let give = move |code: HsCode| {
        is_correcting.set(false);
        // The classifier's own code too is a correction of the one that is decided.
        let feedback = Feedback { status: FeedbackStatus::Corrected, corrected_code: Some(code) };
        row.with_value(|row| {
            let name = row.product_summary.clone().unwrap_or_default();
            reviews.give(&row.id, &name, (own, ended), feedback);
        });
        given.run(row.with_value(|row| row.id.clone()));
    };
    let press = window_event_listener(ev::keydown, move |event| {
        if verdict.with_untracked(Option::is_some) || !is_ready.get_untracked() {
            return;
        }
        let Some(key) = shortcuts.pressed(&event) else { return };
        let place = KEYS.iter().position(|own| *own == key);
        let code = candidates.with_untracked(|all| Some(all.as_ref()?.get(place?)?.code));
        match code {
            Some(code) => give(code),
            None if key == "x" => is_correcting.set(true),
            None => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || press.remove());
    let lead = move || {
        let edition = changes.with(|changes| {
            let to = &changes?.as_ref()?.to;
            let day = format::universal_date(&to.day, language);
            Some((texts.tariff_changes().edition)(&to.publication, &day))
        })?;
        Some((part.ended_lead)(&ended?.spaced(), &edition))
    };
    let offer = move |(place, one): (usize, Following)| {
        let code = one.code;
        let key = KEYS.get(place).map(|letter| view! { <Key letter /> });
        view! {
            <li>
                <button
                    type="button"
                    class="pick"
                    disabled=move || !is_ready.get()
                    aria-keyshortcuts=KEYS.get(place).copied()
                    on:click=move |_| give(code)
                >
                    <Code code />
                    <span>{one.text.clone()} " " <small class="quiet">{known_of(&one)}</small></span>
                    {key}
                </button>
            </li>
        }
        .into_any()
    };
    let offers = move || match candidates.get() {
        None if changes.error().is_some() => ().into_any(),
        None => view! { <p class="quiet">{part.ended_untold}</p> }.into_any(),
        Some(codes) if codes.is_empty() => view! { <p class="quiet">{part.ended_none}</p> }.into_any(),
        Some(codes) => {
            let codes = codes.into_iter().enumerate().map(offer).collect_view();
            view! { <ol class="picks">{codes}</ol> }.into_any()
        }
    };
    let asking = move || {
        view! {
            {offers}
            <div class="actions">
                <button
                    type="button"
                    class="secondary"
                    id="correct"
                    aria-keyshortcuts=move || shortcuts.are_on().then_some("x")
                    disabled=move || !is_ready.get()
                    on:click=move |_| is_correcting.set(true)
                >
                    {part.ended_other}
                    <Key letter="x" />
                </button>
            </div>
        }
        .into_any()
    };
    let picked = Callback::new(give);
    let closed = Callback::new(move |()| {
        is_correcting.set(false);
        focus_soon("#correct");
    });
    let undone = Callback::new(|()| focus_soon("#correct"));
    let content = move || match verdict.get() {
        Some(verdict) => view! {
            <div class="given">
                <p class="said">{verdict_text(&verdict, own, texts)}</p>
                <UndoButton id undone />
            </div>
        }
        .into_any(),
        None if is_correcting.get() => {
            view! { <Correction alternatives=Signal::stored(Vec::new()) picked closed /> }.into_any()
        }
        None => asking(),
    };
    view! {
        <section class="block review" id="review" aria-labelledby="review-title">
            <h2 id="review-title" tabindex="-1">
                {part.ended_question}
            </h2>
            <p class="quiet">{lead}</p>
            {content}
        </section>
    }
    .into_any()
}

/// How sure a candidate is, and its third-country duty, as far as they are known.
fn known_of(one: &Following) -> String {
    let language = use_language();
    let part = language.texts().tariff_changes();
    let sure = match one.overlap {
        _ if one.is_certain => part.certain.to_owned(),
        Some(percent) => (part.overlap)(&format::percent(percent.into(), language)),
        None => String::new(),
    };
    let duty = one.duty.parse().map(|rate| format::rate(&rate, language)).unwrap_or_default();
    let known: Vec<_> = [sure, duty].into_iter().filter(|text| !text.is_empty()).collect();
    known.join(" · ")
}
