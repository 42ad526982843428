//! Commodity codes.

use import8_api::HsCode;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

use crate::i18n::use_texts;
use crate::locales::Texts;

/// A code in a list: its parts apart, as the tariff prints them.
#[component]
pub fn Code(
    /// The code.
    code: HsCode,
) -> impl IntoView {
    view! { <span class="code">{code.spaced()}</span> }
}

/// The code a person came for: large, its parts explained, copyable in both forms.
#[component]
pub fn CodeHero(
    /// The code.
    code: HsCode,
) -> impl IntoView {
    let texts = use_texts();
    let parts = code
        .segments()
        .zip(segment_names(texts))
        .map(|(digits, name)| {
            view! {
                <div class="segment">
                    <dt>{name}</dt>
                    <dd>{digits.to_owned()}</dd>
                </div>
            }
        })
        .collect_view();
    view! {
        <div class="code-hero">
            <dl aria-label=texts.result.code data-code=code.bare().to_owned()>
                {parts}
            </dl>
            <div class="actions">
                <CopyButton label=texts.result.copy_dotted text=code.dotted() />
                <CopyButton label=texts.result.copy_bare text=code.bare().to_owned() />
            </div>
        </div>
    }
}

/// What each part of a code adds to the part before it.
fn segment_names(texts: &Texts) -> [&'static str; 4] {
    [texts.result.heading, texts.result.subheading, texts.result.cn, texts.result.taric]
}

/// Copies a text, and says so.
#[component]
fn CopyButton(label: &'static str, text: String) -> impl IntoView {
    let texts = use_texts();
    let is_copied = RwSignal::new(false);
    let copy = move |_| {
        let written = window().navigator().clipboard().write_text(&text);
        spawn_local(async move {
            // The person may have gone on to another screen by now.
            let _ = is_copied.try_set(JsFuture::from(written).await.is_ok());
        });
    };
    view! {
        <button type="button" class="secondary small" on:click=copy>
            {move || if is_copied.get() { texts.common.copied } else { label }}
        </button>
    }
}
