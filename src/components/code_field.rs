//! Input field for a commodity code: typed, pasted or picked from the tariff.

use import8_api::{Extension, HsCode};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use crate::browser::memo::Memo;
use crate::browser::style::adopt;
use crate::browser::task::effect;
use crate::components::show::Show;
use crate::components::tariff::{Question, TariffRows, focus_rows};
use crate::i18n::use_texts;
use crate::session::use_session;

/// The most characters of a search in the tariff.
const MAX_SEARCH: &str = "200";

/// Digits of a declarable commodity code. A typed code of this length is taken at once.
const TEN: usize = 10;

/// Input field for a code of four to ten digits. Words search the tariff if the service has a nomenclature.
#[component]
pub fn CodeField(
    /// Id of the input element.
    id: &'static str,
    /// The current code.
    #[prop(into)]
    code: Signal<Option<HsCode>>,
    /// Called with the typed, pasted or picked code.
    choose: Callback<HsCode>,
) -> impl IntoView {
    adopt(include_str!("../../style/tariff.css"));
    let (texts, session) = (use_texts(), use_session());
    let has_tariff = Memo::new(move |_| session.has(&Extension::Nomenclature));
    let text = RwSignal::new(String::new());
    let (is_looking, is_wrong) = (RwSignal::new(false), RwSignal::new(false));
    let settle = move |code: Option<HsCode>| {
        text.set(code.map(|code| code.spaced()).unwrap_or_default());
        is_looking.set(false);
        is_wrong.set(false);
    };
    effect(move || settle(code.get()));
    let take = move |chosen: HsCode| {
        settle(Some(chosen));
        choose.run(chosen);
    };
    let type_on = move |event| {
        let typed = event_target_value(&event);
        is_wrong.set(false);
        match typed.parse::<HsCode>() {
            Ok(code) if code.digit_count() == TEN => take(code),
            _ => {
                is_looking.set(!typed.trim().is_empty());
                text.set(typed);
            }
        }
    };
    let press = move |event: KeyboardEvent| match event.key().as_str() {
        "ArrowDown" if is_looking.get_untracked() => {
            event.prevent_default();
            focus_rows();
        }
        "Escape" if is_looking.get_untracked() => {
            event.prevent_default();
            settle(code.get_untracked());
        }
        "Enter" => {
            event.prevent_default();
            let typed = text.get_untracked();
            match typed.parse() {
                Ok(code) => take(code),
                Err(_) if has_tariff.get_untracked() && Question::parse(&typed) != Question::Nothing => {
                    focus_rows();
                }
                Err(_) => is_wrong.set(true),
            }
        }
        _ => {}
    };
    let hint =
        move || if has_tariff.get() { texts.duties().code_hint } else { texts.duties().code_hint_plain };
    let problem = move || is_wrong.get().then_some(texts.duties().code_problem);
    let shows_rows = move || is_looking.get() && has_tariff.get();
    view! {
        <div class="field code-field">
            <label for=id>{texts.duties().code}</label>
            <input
                id=id
                data-tariff="field"
                data-search="tariff"
                type="text"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                maxlength=MAX_SEARCH
                aria-describedby=format!("{id}-hint {id}-problem")
                aria-invalid=move || is_wrong.get().then_some("true")
                prop:value=text
                on:input=type_on
                on:keydown=press
            />
            <p class="hint" id=format!("{id}-hint")>
                {hint}
            </p>
            <p class="problem" id=format!("{id}-problem")>
                {problem}
            </p>
            <Show when=shows_rows>
                <TariffRows text picked=Callback::new(take) />
            </Show>
        </div>
    }
}
