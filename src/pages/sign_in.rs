//! The sign-in page, shown in any tab without a key.

use leptos::prelude::*;

use crate::browser::database::{self, NotKept};
use crate::browser::storage;
use crate::browser::task::{effect, spawn_while_shown};
use crate::components::key_form::KeyForm;
use crate::components::language_switch::LanguageSwitch;
use crate::components::page::Page;
use crate::i18n::{format, use_language, use_texts};
use crate::routes;
use crate::session::use_session;

/// The sign-in page.
#[component]
pub fn SignInPage() -> impl IntoView {
    let (session, texts, language) = (use_session(), use_texts(), use_language());
    // A health check without a key tells which service will receive the key.
    let where_to = move || session.upstream().map(|service| (texts.sign_in().forwarded)(&service));
    effect(move || {
        let client = session.client_with(None, language.code());
        spawn_while_shown(async move {
            #[expect(clippy::let_underscore_must_use, reason = "any error is shown when the key is tried")]
            let _ = client.health().await;
        });
    });
    let locked = move || {
        session.is_locked().then(|| {
            view! {
                <div class="notice" role="status" id="locked">
                    <p>
                        <strong>{texts.sign_in().locked}</strong>
                        " "
                        {texts.sign_in().locked_explained}
                    </p>
                </div>
            }
        })
    };
    let is_wiped = window()
        .location()
        .search()
        .is_ok_and(|search| routes::WIPED.ends_with(&search) && !search.is_empty());
    view! {
        <div class="gate">
            <header class="gate-head">
                <span class="brand">{texts.shell().brand}</span>
                <LanguageSwitch />
            </header>
            <main id="content">
                <Page title=texts.sign_in().title lead=texts.sign_in().lead>
                    {locked}
                    {is_wiped.then(|| view! { <Wiped /> })}
                    <KeyForm submit=texts.sign_in().submit>
                        <p class="hint">{texts.sign_in().kept}</p>
                        <p class="hint">{where_to}</p>
                    </KeyForm>
                </Page>
            </main>
        </div>
    }
}

/// The notice after deleting all data, with a fresh count of what is left.
#[component]
fn Wiped() -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let part = texts.sign_in();
    let left = RwSignal::new(None::<Result<[u64; 3], NotKept>>);
    effect(move || {
        spawn_while_shown(async move {
            let contents = database::contents().await;
            let values =
                contents.map(|contents| contents.iter().map(|content| content.count as u64).sum::<u64>());
            let count = |kept| u64::from(storage::contents(kept).0);
            left.set(Some(values.map(|values| [values, count(storage::local()), count(storage::session())])));
        });
    });
    let proof = move || {
        left.get().map(|left| {
            let Ok(left) = left else { return view! { <p>{part.wiped_uncounted}</p> }.into_any() };
            let [values, texts, keys] = left.map(|count| format::count(count, language));
            let is_empty = left == [0; 3];
            view! {
                <p>{(part.wiped_proof)(&values, &texts, &keys)} " " {(!is_empty).then_some(part.wiped_not)}</p>
            }
            .into_any()
        })
    };
    view! {
        <div class="notice" role="status" id="wiped">
            <p>
                <strong>{part.wiped}</strong>
            </p>
            {proof}
        </div>
    }
}
