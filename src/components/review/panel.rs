//! Review panel: asks whether a code is the right one.

use import8_api::{AlternativeCode, HsCode, Verdict};
use leptos::ev;
use leptos::html::H2;
use leptos::prelude::*;

use super::correction::Correction;
use super::undo::{Key, UndoButton, focus_soon};
use super::{completion, counted, verdict_for, verdict_text};
use crate::browser::focus::focus_element;
use crate::browser::memo::Memo;
use crate::browser::shortcuts::use_shortcuts;
use crate::browser::style::adopt;
use crate::components::show::Show;
use crate::i18n::{format, use_language, use_texts};
use crate::outbox::reviews::use_reviews;
use crate::session::use_session;

/// The classification under review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// Id of the classification.
    pub id: String,
    /// Name of the product.
    pub name: String,
    /// The classifier's code. A failed classification has none and can only be given a code.
    pub code: Option<HsCode>,
}

/// A choice of the digits that the classifier's code lacks. The verdict is on the chosen code.
#[derive(Clone)]
pub struct Offer {
    /// The view of the choice.
    pub choice: ViewFn,
    /// The question in place of “is this the right code?”, if the choice asks another one.
    pub question: Signal<Option<&'static str>>,
    /// Whether digits are still undecided.
    pub is_open: Signal<bool>,
    /// The chosen code while there is no verdict on it.
    pub chosen: Signal<Option<HsCode>>,
    /// Clears the choice.
    pub clear: Callback<()>,
}

impl Offer {
    /// An offer without a choice.
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

/// State of the panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// The panel asks for a verdict.
    Asking,
    /// The panel offers ways to another code.
    Correcting,
    /// A verdict was given in this browser and is not delivered yet.
    Waiting,
    /// The service has a verdict.
    Reviewed,
}

/// “Is this the right code?”, answered by pointer, keyboard or voice control.
#[component]
pub fn ReviewPanel(
    /// The classification under review.
    subject: Subject,
    /// The classifier's alternatives.
    #[prop(into)]
    alternatives: Signal<Vec<AlternativeCode>>,
    /// The choice of missing digits.
    #[prop(optional)]
    offer: Option<Offer>,
    /// The verdict that the service has.
    #[prop(optional, into)]
    verdict: Signal<Option<Verdict>>,
    /// Called with the classification's id after a verdict.
    #[prop(optional)]
    on_given: Option<Callback<String>>,
) -> impl IntoView {
    adopt(include_str!("../../../style/review.css"));
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
    // A verdict is stored for an organisation, so the account must be known.
    let is_ready = Memo::new(move |_| session.account().is_some());
    let give = move |code: HsCode| {
        // The pressed button is removed; the focus stays in the panel.
        if has_focus_inside("#review")
            && let Some(heading) = heading.get_untracked()
        {
            focus_element(&heading);
        }
        // After a verdict the code is more than a choice.
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
    // A chosen commodity code of ten digits says more than a confirmation of eight, so it is sent as a
    // correction. A correction that only adds digits counts as right. Digits chosen earlier are kept.
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
    // The button names the code unless it is the only one that can be confirmed.
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
            Some(verdict_text(&verdict.feedback, own, texts))
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
            let verdict_text = verdict_text(&verdict, own, texts);
            Some(match at {
                Some(at) => (texts.review().said_on)(&verdict_text, &format::date_time(&at, language)),
                None => verdict_text,
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

/// Whether the focused element is inside the element of a selector.
fn has_focus_inside(selector: &str) -> bool {
    let outer = document().query_selector(selector).ok().flatten();
    outer.is_some_and(|outer| outer.contains(document().active_element().as_deref()))
}

/// Switches single-key shortcuts off or on, for people who use voice control or have an unsteady hand.
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
