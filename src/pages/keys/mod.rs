//! The page of the API keys: those held in this tab, and those of the organisation.

pub mod create;
pub mod org_keys;
pub mod tab_keys;

use import8_api::{Account, Extension};
use leptos::prelude::*;

use self::org_keys::IssuedKeys;
use self::tab_keys::HeldKeys;
use crate::browser::memo::Memo;
use crate::components::page::Page;
use crate::i18n::use_texts;
use crate::session::use_session;

/// The page of the API keys.
#[component]
pub fn KeysPage() -> impl IntoView {
    let (session, texts) = (use_session(), use_texts());
    // A memo, so that a changed balance does not mount the section again.
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

/// The section for a service that does not issue keys through its API.
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
