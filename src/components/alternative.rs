//! An alternative code in a list.

use import8_api::AlternativeCode;
use leptos::prelude::*;

use crate::components::code::Code;
use crate::i18n::format;

/// The code, what it covers and why it was considered. The children stand beside it.
#[component]
pub fn Alternative(
    /// The code.
    alternative: AlternativeCode,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <li>
            <Code code=alternative.code />
            <div>
                <p class="covers">{alternative.description}</p>
                <p class="quiet">{alternative.reasoning.as_deref().map(format::spaced_codes)}</p>
            </div>
            {children.map(|children| children())}
        </li>
    }
}
