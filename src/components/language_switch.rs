//! Language switch.

use leptos::prelude::*;

use crate::i18n::{Language, use_language, use_texts};

/// A toggle button for each language.
#[component]
pub fn LanguageSwitch() -> impl IntoView {
    let chosen = expect_context::<RwSignal<Language>>();
    let current = use_language();
    let texts = use_texts();
    let buttons = Language::ALL.map(|language| {
        let choose = move |_| {
            language.choose();
            chosen.set(language);
        };
        view! {
            <button
                type="button"
                lang=language.code()
                title=language.name()
                aria-pressed=(language == current).to_string()
                on:click=choose
            >
                {language.code().to_uppercase()}
            </button>
        }
    });
    view! {
        <div class="switch" role="group" aria-label=texts.shell().language_label>
            {buttons.collect_view()}
        </div>
    }
}
