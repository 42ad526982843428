//! The page for unknown addresses.

use leptos::prelude::*;
use leptos_router::components::A;

use crate::components::page::Page;
use crate::i18n::use_texts;
use crate::routes;

/// The page for unknown addresses.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    let texts = use_texts();
    view! {
        <Page title=texts.not_found().title lead=texts.not_found().body>
            <A href=routes::OVERVIEW attr:class="button secondary">
                {texts.not_found().back}
            </A>
        </Page>
    }
}
