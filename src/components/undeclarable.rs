//! Ways from a code that goods cannot be declared under to a declarable one.

use import8_api::{CodeChoice, HsCode};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::api::{ApiError, UnknownCode};
use crate::browser::style::adopt;
use crate::components::code::Code;
use crate::i18n::{Language, format, use_language, use_texts};

/// What styles the form and the offers.
const STYLE: &str = include_str!("../../style/answer.css");

/// The sentence why the service has no data for a code.
#[must_use]
pub fn reason(refusal: &ApiError, code: HsCode, language: Language) -> String {
    let texts = language.texts();
    let of_day = |sentence: fn(&str, &str) -> String, day: &str| {
        sentence(&code.spaced(), &format::universal_date(day, language))
    };
    match refusal {
        ApiError::UnknownCode(UnknownCode { begins: Some(day), .. }) => {
            of_day(texts.declaration().begins, day)
        }
        ApiError::UnknownCode(UnknownCode { ended: Some(day), .. }) => of_day(texts.declaration().ended, day),
        ApiError::Invalid(message) => message.clone(),
        ApiError::NotDeclarable { .. } => (texts.declaration().not_declarable)(&code.spaced()),
        _ => (texts.declaration().not_known_here)(&code.spaced()),
    }
}

/// The reason why the service refused a code, and the codes that it offers instead.
#[component]
pub fn Refused(
    /// The refused code.
    code: HsCode,
    /// The error of the request.
    refusal: ApiError,
    /// Called with the code chosen instead.
    choose: Callback<HsCode>,
) -> impl IntoView {
    adopt(STYLE);
    let texts = use_texts();
    let sentence = reason(&refusal, code, use_language());
    let (codes, which) = match refusal {
        ApiError::NotDeclarable { codes, .. } => (codes, texts.declaration().below_it),
        ApiError::UnknownCode(UnknownCode { nearest: Some(nearest), .. }) => {
            (vec![nearest], texts.declaration().nearest)
        }
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

/// A code that cannot be declared: offers the declarable codes below it, or asks for the missing digits.
#[component]
pub fn Undeclarable(
    /// The refused code.
    code: HsCode,
    /// The error of the request.
    refusal: ApiError,
    /// Called with the code chosen instead.
    choose: Callback<HsCode>,
) -> impl IntoView {
    let is_short = code.digit_count() < 10 && matches!(refusal, ApiError::Invalid(_));
    let refused = view! { <Refused code refusal choose /> };
    if is_short {
        view! { <LastDigits known=code choose>{refused}</LastDigits> }.into_any()
    } else {
        refused.into_any()
    }
}

/// Form for the missing digits of a commodity code of ten digits.
#[component]
pub fn LastDigits(
    /// The known first digits.
    known: HsCode,
    /// The commodity code that was tried last, if any.
    #[prop(optional_no_strip)]
    tried: Option<HsCode>,
    /// Called with the completed commodity code.
    choose: Callback<HsCode>,
    /// Result of the last try.
    children: Children,
) -> impl IntoView {
    adopt(STYLE);
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
