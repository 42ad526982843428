//! Texts to copy, of which one is shown.

use leptos::prelude::*;

use crate::components::code::CopyButton;
use crate::i18n::use_texts;

/// A text and what it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// On its button.
    pub name: &'static str,
    /// To copy.
    pub text: String,
}

/// Texts to copy.
#[component]
pub fn Listing(
    /// What is chosen between.
    label: &'static str,
    /// At least one.
    sheets: Vec<Sheet>,
    /// Whether long lines are broken; program code is not.
    is_wrapped: bool,
) -> impl IntoView {
    let texts = use_texts();
    let chosen = RwSignal::new(0);
    let button = |(at, sheet): (usize, &Sheet)| {
        let name = sheet.name;
        view! {
            <button
                type="button"
                aria-pressed=move || (chosen.get() == at).to_string()
                on:click=move |_| chosen.set(at)
            >
                {name}
            </button>
        }
    };
    let buttons = sheets.iter().enumerate().map(button).collect_view();
    let sheets = StoredValue::new(sheets);
    let text = Signal::derive(move || {
        let at = chosen.get();
        sheets.with_value(|sheets| sheets.get(at).map(|sheet| sheet.text.clone())).unwrap_or_default()
    });
    let name = move || {
        let at = chosen.get();
        sheets.with_value(|sheets| sheets.get(at).map(|sheet| sheet.name))
    };
    view! {
        <div class="sample-head">
            <div class="switch" role="group" aria-label=label>
                {buttons}
            </div>
            <CopyButton label=texts.webhook().copy text />
        </div>
        <pre class="listing" class:wrapped=is_wrapped tabindex="0" role="region" aria-label=name>
            {text}
        </pre>
    }
}
