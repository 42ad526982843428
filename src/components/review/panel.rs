//! Asking whether a code is the right one.

use import8_api::{AlternativeCode, HsCode, Verdict};
use leptos::ev;
use leptos::html::H2;
use leptos::prelude::*;

use super::correction::Correction;
use super::undo::{Key, UndoButton, focus_soon};
use super::{completion, counted, said, verdict_for};
use crate::focus::focus_element;
use crate::format;
use crate::i18n::{use_language, use_texts};
use crate::reviews::use_reviews;
use crate::session::use_session;
use crate::shortcuts::use_shortcuts;

/// What is reviewed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The classification.
    pub id: String,
    /// What the product is called.
    pub name: String,
    /// The code that was found; a failed classification has none, and can only be given one.
    pub code: Option<HsCode>,
}

/// The digits that the code lacks, to be chosen: the verdict is on what is chosen.
#[derive(Clone)]
pub struct Offer {
    /// The choice.
    pub choice: ViewFn,
    /// What it asks, where that is another question than whether the code is right.
    pub question: Signal<Option<&'static str>>,
    /// Whether digits are still open.
    pub is_open: Signal<bool>,
    /// What is chosen, and not decided yet.
    pub chosen: Signal<Option<HsCode>>,
    /// Takes the choice back.
    pub clear: Callback<()>,
}

impl Offer {
    /// Nothing to choose from.
    fn none() -> Self {
        Self {
            choice: ViewFn::default(),
            question: Signal::stored(None),
            is_open: Signal::stored(false),
            chosen: Signal::stored(None),
            clear: Callback::new(|()| ()),
        }
    }
}

/// What the panel shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// The question.
    Asking,
    /// The ways to another code.
    Correcting,
    /// A verdict that can be taken back.
    Waiting,
    /// A verdict that the service has.
    Reviewed,
}

/// “Is this the right code?”, by mouse, by key and by voice.
#[component]
pub fn ReviewPanel(
    /// What is reviewed.
    subject: Subject,
    /// The codes that were considered and left.
    #[prop(into)]
    alternatives: Signal<Vec<AlternativeCode>>,
    /// The digits that the code lacks.
    #[prop(optional)]
    offer: Option<Offer>,
    /// The verdict that the service has.
    #[prop(optional, into)]
    verdict: Signal<Option<Verdict>>,
    /// Told which classification a verdict was given on.
    #[prop(optional)]
    on_given: Option<Callback<String>>,
) -> impl IntoView {
    let (reviews, session, shortcuts) = (use_reviews(), use_session(), use_shortcuts());
    let (texts, language) = (use_texts(), use_language());
    let Offer { choice, question, is_open, chosen, clear } = offer.unwrap_or_else(Offer::none);
    let own = subject.code;
    let subject = StoredValue::new(subject);
    let id = Signal::derive(move || Some(subject.with_value(|subject| subject.id.clone())));
    let (is_correcting, is_changing) = (RwSignal::new(false), RwSignal::new(false));
    let heading = NodeRef::<H2>::new();
    let is_waiting =
        Memo::new(move |_| subject.with_value(|subject| reviews.waiting_of(&subject.id).is_some()));
    let known = Memo::new(move |_| subject.with_value(|subject| reviews.latest(&subject.id, verdict.get())));
    let stage = Memo::new(move |_| match () {
        () if is_correcting.get() => Stage::Correcting,
        () if is_waiting.get() => Stage::Waiting,
        () if known.with(Option::is_some) && !is_changing.get() && chosen.get().is_none() => Stage::Reviewed,
        () => Stage::Asking,
    });
    // Under which organisation a verdict is kept must be known first.
    let is_ready = Memo::new(move |_| session.account().is_some());
    let give = move |code: HsCode| {
        // What is pressed goes away; the focus stays in the panel.
        if has_focus_inside("#review")
            && let Some(heading) = heading.get_untracked()
        {
            focus_element(&heading);
        }
        // What is decided on is not only looked at any more.
        let is_chosen = chosen.get_untracked().is_some();
        subject.with_value(|subject| {
            let waiting = untrack(|| reviews.waiting_of(&subject.id)).map(|given| given.feedback);
            let verdict = waiting.or_else(|| known.get_untracked().map(|(verdict, _)| verdict));
            let codes = (own, counted(verdict.as_ref(), own));
            reviews.give(&subject.id, &subject.name, codes, verdict_for(own, code));
        });
        is_correcting.set(false);
        is_changing.set(false);
        if is_chosen {
            clear.run(());
        }
        if let Some(on_given) = on_given {
            on_given.run(subject.with_value(|subject| subject.id.clone()));
        }
    };
    // Ten digits that a person has chosen say more than that the eight are right, so they are sent: a
    // correction that only adds digits counts as right. So do those that were chosen before.
    let target = Memo::new(move |_| {
        let before = || known.with(|known| completion(&known.as_ref()?.0, own));
        chosen.get().or_else(before).or(own)
    });
    let confirm = move || {
        if let Some(code) = target.get_untracked() {
            give(code);
        }
    };
    let picked = Callback::new(give);
    let closed = Callback::new(move |()| {
        is_correcting.set(false);
        focus_soon("#correct");
    });
    let press = window_event_listener(ev::keydown, move |event| {
        if stage.get_untracked() != Stage::Asking || !is_ready.get_untracked() {
            return;
        }
        match shortcuts.pressed(&event).as_deref() {
            Some("c") if target.get_untracked().is_some() => {
                event.prevent_default();
                confirm();
            }
            Some("x") => {
                event.prevent_default();
                is_correcting.set(true);
            }
            _ => {}
        }
    });
    on_cleanup(move || press.remove());
    let is_offering = Memo::new(move |_| match stage.get() {
        Stage::Asking => true,
        Stage::Reviewed => is_open.get(),
        Stage::Correcting | Stage::Waiting => false,
    });
    let title = move || match (stage.get(), question.get().filter(|_| is_offering.get())) {
        (_, Some(question)) => question,
        (Stage::Asking, None) if own.is_none() => texts.review().question_failed,
        (Stage::Asking, None) => texts.review().question,
        (Stage::Correcting, None) => texts.review().which,
        (Stage::Waiting | Stage::Reviewed, None) => texts.review().your_verdict,
    };
    // What is confirmed goes without saying only while it is the one thing that can be.
    let is_plain = move |code| Some(code) == own && !is_open.get() && known.with(Option::is_none);
    let confirm_label = move || {
        let code = target.get()?;
        Some(if is_plain(code) {
            texts.review().confirm.to_owned()
        } else {
            (texts.review().confirm_as)(&code.spaced())
        })
    };
    let shortcut = move |letter: &'static str| move || shortcuts.are_on().then_some(letter);
    let keep = move |_| {
        is_changing.set(false);
        if chosen.get_untracked().is_some() {
            clear.run(());
        }
        focus_soon("#change");
    };
    let asking = move || {
        view! {
            <div class="actions">
                <Show when=move || target.get().is_some()>
                    <button
                        type="button"
                        class="primary"
                        id="confirm"
                        aria-keyshortcuts=shortcut("c")
                        disabled=move || !is_ready.get()
                        on:click=move |_| confirm()
                    >
                        {confirm_label}
                        <Key letter="c" />
                    </button>
                </Show>
                <button
                    type="button"
                    class="secondary"
                    id="correct"
                    aria-keyshortcuts=shortcut("x")
                    disabled=move || !is_ready.get()
                    on:click=move |_| is_correcting.set(true)
                >
                    {if own.is_some() { texts.review().correct } else { texts.review().give_code }}
                    <Key letter="x" />
                </button>
                <Show when=move || known.with(Option::is_some)>
                    <button type="button" class="link" on:click=keep>
                        {texts.review().keep}
                    </button>
                </Show>
            </div>
            <Show when=move || chosen.get().is_some()>
                <p class="hint">{texts.review().confirm_as_hint}</p>
            </Show>
        }
    };
    let waiting = move || {
        let sentence = move || {
            let verdict = subject.with_value(|subject| reviews.waiting_of(&subject.id))?;
            Some(said(&verdict.feedback, own, texts))
        };
        let undone = Callback::new(|()| focus_soon("#confirm, #correct"));
        view! {
            <div class="given">
                <p class="said">{sentence}</p>
                <UndoButton id undone />
            </div>
        }
    };
    let reviewed = move || {
        let sentence = move || {
            let (verdict, at) = known.get()?;
            let said = said(&verdict, own, texts);
            Some(match at {
                Some(at) => (texts.review().said_on)(&said, &format::date_time(&at, language)),
                None => said,
            })
        };
        let change = move |_| {
            is_changing.set(true);
            focus_soon("#confirm, #correct");
        };
        view! {
            <div class="given">
                <p class="said">{sentence}</p>
                <button type="button" class="secondary small" id="change" on:click=change>
                    {texts.review().change}
                </button>
            </div>
        }
    };
    view! {
        <section class="block review" id="review" aria-labelledby="review-title">
            <h2 id="review-title" tabindex="-1" node_ref=heading>
                {title}
            </h2>
            <Show when=move || is_offering.get()>{choice.run()}</Show>
            {move || match stage.get() {
                Stage::Asking => asking().into_any(),
                Stage::Correcting => view! { <Correction alternatives picked closed /> }.into_any(),
                Stage::Waiting => waiting().into_any(),
                Stage::Reviewed => reviewed().into_any(),
            }}
            <ShortcutSwitch />
        </section>
    }
}

/// Whether what has the focus is inside of what a selector finds.
fn has_focus_inside(selector: &str) -> bool {
    let outer = document().query_selector(selector).ok().flatten();
    outer.is_some_and(|outer| outer.contains(document().active_element().as_deref()))
}

/// Switches shortcuts of a single key off, for who speaks to the computer or has an unsteady hand.
#[component]
fn ShortcutSwitch() -> impl IntoView {
    let (texts, shortcuts) = (use_texts(), use_shortcuts());
    view! {
        <label class="shortcut-switch">
            <input
                type="checkbox"
                id="shortcuts"
                prop:checked=move || shortcuts.are_on()
                on:change=move |event| shortcuts.switch(event_target_checked(&event))
            />
            <span>{texts.review().shortcuts} ": " {texts.review().shortcuts_hint}</span>
        </label>
    }
}
