//! From a code that nothing can be declared under to one that something can.

use import8_api::{CodeChoice, HsCode};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::api::ApiError;
use crate::components::code::Code;
use crate::i18n::use_texts;
use crate::locales::Texts;

/// Why there is no answer about a code, in a sentence.
#[must_use]
pub fn reason(refusal: &ApiError, code: HsCode, texts: Texts) -> String {
    match refusal {
        ApiError::Invalid(message) => message.clone(),
        ApiError::NotDeclarable { .. } => (texts.declaration().not_declarable)(&code.spaced()),
        _ => (texts.declaration().not_known_here)(&code.spaced()),
    }
}

/// Why the service has no answer about a code, and the codes that it offers instead.
#[component]
pub fn Refused(
    /// The code.
    code: HsCode,
    /// What the service says.
    refusal: ApiError,
    /// Told the one that is chosen instead.
    choose: Callback<HsCode>,
) -> impl IntoView {
    let texts = use_texts();
    let sentence = reason(&refusal, code, texts);
    let (codes, which) = match refusal {
        ApiError::NotDeclarable { codes, .. } => (codes, texts.declaration().below_it),
        ApiError::UnknownCode(nearest) => (vec![nearest], texts.declaration().nearest),
        _ => (Vec::new(), ""),
    };
    let offer = move |choice: CodeChoice| {
        let code = choice.code;
        view! {
            <li>
                <button type="button" class="link" on:click=move |_| choose.run(code)>
                    <Code code />
                </button>
                " "
                {choice.description}
            </li>
        }
    };
    let offers = (!codes.is_empty()).then(|| {
        view! {
            <p>{which}</p>
            <ul class="below">{codes.into_iter().map(offer).collect_view()}</ul>
        }
    });
    view! {
        <div class="notice" id="refused">
            <p>{sentence}</p>
            {offers}
        </div>
    }
}

/// The digits that are missing, to be typed and tried.
#[component]
pub fn LastDigits(
    /// The digits that are known.
    known: HsCode,
    /// All ten, where they were tried already.
    #[prop(optional_no_strip)]
    tried: Option<HsCode>,
    /// Told the ten to try.
    choose: Callback<HsCode>,
    /// What trying them has led to.
    children: Children,
) -> impl IntoView {
    let texts = use_texts();
    let missing = (10 - known.digit_count()).to_string();
    let rest = move |code: HsCode| code.bare().get(known.digit_count()..).map(str::to_owned);
    let typed = RwSignal::new(tried.and_then(rest).unwrap_or_default());
    let is_wrong = RwSignal::new(false);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let code = typed.with_untracked(|typed| known.completed(typed));
        is_wrong.set(code.is_none());
        if let Some(code) = code {
            choose.run(code);
        }
    };
    let problem = (texts.declaration().problem_digits)(&missing);
    view! {
        <form class="completion" id="ten-digits" on:submit=submit novalidate aria-labelledby="ten-digits-title">
            <h2 id="ten-digits-title">{texts.declaration().other_digits}</h2>
            <p class="quiet" id="digits-hint">
                {(texts.declaration().other_digits_hint)(&known.spaced())}
            </p>
            <label for="digits">{(texts.declaration().digits_label)(&missing)}</label>
            <div class="digits-row">
                <span class="code" aria-hidden="true">
                    {known.spaced()}
                </span>
                <input
                    id="digits"
                    inputmode="numeric"
                    autocomplete="off"
                    placeholder="0".repeat(10 - known.digit_count())
                    aria-describedby="digits-problem digits-hint"
                    aria-invalid=move || is_wrong.get().then_some("true")
                    prop:value=typed
                    on:input=move |event| {
                        typed.set(event_target_value(&event));
                        is_wrong.set(false);
                    }
                />
                <button type="submit" class="secondary">
                    {texts.declaration().try_code}
                </button>
            </div>
            <p class="problem" id="digits-problem">
                {move || is_wrong.get().then(|| problem.clone())}
            </p>
            <div role="status">{children()}</div>
        </form>
    }
}
