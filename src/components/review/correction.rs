//! Correction of a code: an alternative, a row of the tariff, or a typed code.

use import8_api::{AlternativeCode, Extension, HsCode};
use leptos::ev::{self, KeyboardEvent, SubmitEvent};
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::undo::{focus, focus_soon};
use crate::api::ApiError;
use crate::browser::memo::Memo;
use crate::browser::shortcuts::is_typing;
use crate::browser::style::adopt;
use crate::browser::task::spawn_local;
use crate::components::code::Code;
use crate::components::show::Show;
use crate::components::tariff::{Question, TariffRows, focus_rows, walk};
use crate::i18n::{use_language, use_texts};
use crate::session::use_session;

/// Selector of the code field.
const SEARCH: &str = "#right-code";

/// Selector of the last alternative, right above the field.
const LAST_ALTERNATIVE: &str = "#correction ol li:last-child .pick";

/// Least number of digits of a corrected code.
const LEAST_DIGITS: usize = 6;

/// The most characters of a search in the tariff.
const MAX_SEARCH: &str = "200";

/// The choice of the right code.
#[component]
pub fn Correction(
    /// The classifier's alternatives.
    alternatives: Signal<Vec<AlternativeCode>>,
    /// Called with the chosen code.
    picked: Callback<HsCode>,
    /// Called when the choice is cancelled.
    closed: Callback<()>,
) -> impl IntoView {
    adopt(include_str!("../../../style/review.css"));
    adopt(include_str!("../../../style/tariff.css"));
    let (texts, session) = (use_texts(), use_session());
    let has_tariff = Memo::new(move |_| session.has(&Extension::Nomenclature));
    let text = RwSignal::new(String::new());
    let codes = Memo::new(move |_| alternatives.get());
    let press = window_event_listener(ev::keydown, move |event| {
        if is_searched_for(&event) {
            // The browser then writes the letter into the field.
            focus(SEARCH);
        }
    });
    on_cleanup(move || press.remove());
    let escape = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.prevent_default();
            closed.run(());
        }
    };
    let element = NodeRef::<Div>::new();
    element.on_load(|_| focus_soon(SEARCH));
    let offers = move || {
        let offer = |alternative: AlternativeCode| {
            let code = alternative.code;
            view! {
                <li>
                    <button type="button" class="pick" on:click=move |_| picked.run(code)>
                        <Code code />
                        <span>{alternative.description}</span>
                    </button>
                </li>
            }
        };
        let codes = codes.get();
        (!codes.is_empty()).then(|| {
            view! {
                <p class="part" id="considered">
                    {texts.review().pick_alternative}
                </p>
                <ol class="picks" aria-labelledby="considered" on:keydown=walk>
                    {codes.into_iter().map(offer).collect_view()}
                </ol>
            }
        })
    };
    view! {
        <div class="correction" id="correction" node_ref=element on:keydown=escape>
            {offers}
            <Typed text picked has_tariff />
            <Show when=move || has_tariff.get()>
                <TariffRows text picked />
            </Show>
            <button type="button" class="link" id="cancel-correction" on:click=move |_| closed.run(())>
                {texts.review().cancel}
            </button>
        </div>
    }
}

/// The field for a code, or for words to search in the tariff.
#[component]
fn Typed(text: RwSignal<String>, picked: Callback<HsCode>, has_tariff: Memo<bool>) -> impl IntoView {
    let (texts, language, session) = (use_texts(), use_language(), use_session());
    let (problem, is_checking) = (RwSignal::new(None::<String>), RwSignal::new(false));
    // A code that the service does not know. A second submit takes it, because the person may know better.
    let unchecked = RwSignal::new(None::<HsCode>);
    let check = move |code: HsCode| {
        let client = session.client(language.code());
        is_checking.set(true);
        spawn_local(async move {
            // The nomenclature does not have all TARIC digits (the last two).
            let known = code.bare().get(..8).unwrap_or(code.bare());
            let found = client.nomenclature(known).await;
            // The screen may be gone by now.
            if is_checking.try_set(false).is_some() {
                return;
            }
            match found {
                Err(ApiError::NotFound) => {
                    let unknown = (texts.review().code_unknown)(&code.spaced());
                    problem.set(Some(format!("{unknown} {}", texts.review().not_checked)));
                    unchecked.set(Some(code));
                }
                // If the lookup fails, the service checks the code with the verdict.
                Ok(_) | Err(_) => picked.run(code),
            }
        });
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let typed = text.get_untracked();
        match right_code(&typed) {
            Some(_) if is_checking.get_untracked() => {}
            Some(code) if has_tariff.get_untracked() && unchecked.get_untracked() != Some(code) => {
                check(code)
            }
            Some(code) => picked.run(code),
            None if has_tariff.get_untracked() && matches!(Question::parse(&typed), Question::Words(_)) => {
                focus_rows();
            }
            None => problem.set(Some(texts.review().code_problem.to_owned())),
        }
    };
    let go = move |event: KeyboardEvent| match event.key().as_str() {
        "ArrowDown" => {
            event.prevent_default();
            focus_rows();
        }
        "ArrowUp" => {
            event.prevent_default();
            focus(LAST_ALTERNATIVE);
        }
        _ => {}
    };
    let label = move || if has_tariff.get() { texts.review().field } else { texts.review().field_plain };
    let hint =
        move || if has_tariff.get() { texts.review().field_hint } else { texts.review().field_hint_plain };
    view! {
        <form class="right-code" on:submit=submit novalidate>
            <label for="right-code">{label}</label>
            <div class="with-button">
                <input
                    id="right-code"
                    data-tariff="field"
                    type="text"
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    maxlength=MAX_SEARCH
                    aria-describedby="right-code-problem right-code-hint"
                    aria-invalid=move || problem.with(Option::is_some).to_string()
                    prop:value=text
                    on:keydown=go
                    on:input=move |event| {
                        problem.set(None);
                        unchecked.set(None);
                        text.set(event_target_value(&event));
                    }
                />
                <button type="submit" class="secondary" aria-busy=move || is_checking.get().to_string()>
                    {move || if unchecked.get().is_some() { texts.review().use_unchecked } else { texts.review().use_code }}
                </button>
            </div>
            <p class="problem" id="right-code-problem" role="alert">
                {problem}
            </p>
            <p class="hint" id="right-code-hint">
                {hint}
            </p>
        </form>
    }
}

/// Whether a key press is text for the search field although the field does not have the focus. Space presses
/// the focused button or link, but never a row of the list: that would give a verdict in the middle of a
/// word.
fn is_searched_for(event: &KeyboardEvent) -> bool {
    let key = event.key();
    let is_letter = key.chars().count() == 1 && !event.ctrl_key() && !event.alt_key() && !event.meta_key();
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let is_of = |selector| {
        target.as_ref().is_some_and(|target| target.closest(selector).is_ok_and(|of| of.is_some()))
    };
    let presses = key == " " && !is_of(".pick") && is_of("a, button, input, summary");
    is_letter && !presses && !is_typing() && !is_of("dialog")
}

/// A typed or pasted code of at least [`LEAST_DIGITS`] digits.
fn right_code(typed: &str) -> Option<HsCode> {
    typed.parse().ok().filter(|code: &HsCode| code.digit_count() >= LEAST_DIGITS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_six_to_ten_digits_can_be_right() {
        let check = |typed: &str, expected: Option<&str>| {
            assert_eq!(right_code(typed).map(|code| code.dotted()).as_deref(), expected, "{typed:?}");
        };
        check("851830", Some("8518.30"));
        check(" 8518.30.00 ", Some("8518.30.00"));
        check("8518 30 00 90", Some("8518.30.00.90"));
        check("0101.21", Some("0101.21"));
        for typed in ["", "8518", "85183", "headphones", "8518.30.00.9", "85-18-30"] {
            check(typed, None);
        }
    }
}
