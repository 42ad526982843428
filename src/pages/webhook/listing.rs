//! A tabbed listing of texts to copy.

use leptos::prelude::*;

use crate::components::code::CopyButton;
use crate::components::switch::Switch;
use crate::i18n::use_texts;

/// A text of a listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The label of its tab.
    pub name: &'static str,
    /// The text.
    pub text: String,
}

/// A tabbed listing with a copy button.
#[component]
pub fn Listing(
    /// The label of the tab group.
    label: &'static str,
    /// The texts; at least one.
    sheets: Vec<Sheet>,
    /// Whether long lines wrap. Program code does not.
    is_wrapped: bool,
) -> impl IntoView {
    let texts = use_texts();
    let chosen = RwSignal::new(0_usize);
    let options = sheets.iter().map(|sheet| sheet.name.to_owned()).collect::<Vec<_>>();
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
            <Switch label options chosen on_choose=Callback::new(move |at| chosen.set(at)) />
            <CopyButton label=texts.webhook().copy text />
        </div>
        <pre class="listing" class:wrapped=is_wrapped tabindex="0" role="region" aria-label=name>
            {text}
        </pre>
    }
}
