//! API keys: those this tab holds, and those of the organisation.

pub mod held;
pub mod issued;
pub mod making;

use import8_api::{Account, Extension};
use leptos::prelude::*;

use self::held::HeldKeys;
use self::issued::IssuedKeys;
use crate::components::page::Page;
use crate::i18n::use_texts;
use crate::session::use_session;

/// API keys: those this tab holds, and those of the organisation.
#[component]
pub fn KeysPage() -> impl IntoView {
    let (session, texts) = (use_session(), use_texts());
    // What the owner may do does not change with the credits.
    let owner = Memo::new(move |_| {
        session.account().map(|Account { organization, limits, .. }| {
            (organization.name, limits.max_api_keys, session.has(&Extension::ApiKeys))
        })
    });
    let issued = move || {
        owner.get().map(|(organization, max, issues_keys)| {
            if issues_keys {
                view! { <IssuedKeys organization max /> }.into_any()
            } else {
                view! { <MadeElsewhere max /> }.into_any()
            }
        })
    };
    view! {
        <Page title=texts.keys().title lead=texts.keys().lead>
            <HeldKeys />
            {issued}
        </Page>
    }
}

/// What to do where the service makes no keys through its API.
#[component]
fn MadeElsewhere(max: Option<u32>) -> impl IntoView {
    let texts = use_texts();
    view! {
        <section class="block" id="made-elsewhere">
            <h2>{texts.keys().not_here_title}</h2>
            <p class="quiet">
                {texts.keys().not_here_body} " "
                {max.map(|max| (texts.keys().not_here_max)(&max.to_string()))}
            </p>
        </section>
    }
}
