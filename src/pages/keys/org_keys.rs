//! The API keys of the organisation, for services that issue keys through the API.

use import8_api::KeyInfo;
use leptos::prelude::*;

use super::create::Making;
use crate::api::ApiError;
use crate::browser::memo::Memo;
use crate::components::confirm::Confirm;
use crate::components::failure::{Explanation, Failure, explain};
use crate::components::table::TableSkeleton;
use crate::i18n::{Texts, format, use_language, use_texts};
use crate::queries::load::Load;
use crate::session::use_session;

/// The displayable form of a key: prefix and last four characters.
fn masked(key: &KeyInfo) -> String {
    format!("{}…{}", key.prefix, key.last_four)
}

/// The keys of the organisation: list, creation and revocation.
#[component]
pub fn IssuedKeys(
    /// The name of the organisation.
    organization: String,
    /// The maximum number of keys, if the service returns it.
    max: Option<u32>,
) -> impl IntoView {
    let (session, texts, language) = (use_session(), use_texts(), use_language());
    let part = texts.keys();
    let keys = Load::new(move || {
        let client = session.client(language.code());
        async move { client.api_keys().await }
    });
    let reload = Callback::new(move |()| keys.reload());
    let (asked, refused) = (RwSignal::new(None::<String>), RwSignal::new(None::<ApiError>));
    let count = Memo::new(move |_| keys.with(|keys| keys.map(Vec::len)));
    let table = move || match keys.value() {
        Some(keys) if keys.is_empty() => view! { <p class="quiet">{part.none}</p> }.into_any(),
        Some(keys) => view! { <Issued keys asked refused reload /> }.into_any(),
        None if keys.is_slow() && keys.error().is_none() => view! { <TableSkeleton rows=3 /> }.into_any(),
        None => ().into_any(),
    };
    let counted = move || {
        let count = format::count(count.get()?.try_into().ok()?, language);
        Some((part.issued_count)(&count, &format::count(max?.into(), language)))
    };
    let is_full = Memo::new(move |_| {
        let max = max.and_then(|max| usize::try_from(max).ok());
        count.get().zip(max).is_some_and(|(count, max)| count >= max)
    });
    view! {
        <section class="block" id="issued">
            <h2>{(part.issued)(&organization)}</h2>
            <p class="quiet">{counted}</p>
            {move || keys.error().map(|error| view! { <Failure error retry=reload /> })}
            {table}
            <Making max is_full reload />
        </section>
    }
}

#[component]
fn Issued(
    keys: Vec<KeyInfo>,
    asked: RwSignal<Option<String>>,
    refused: RwSignal<Option<ApiError>>,
    reload: Callback<()>,
) -> impl IntoView {
    let texts = use_texts();
    let part = texts.keys();
    let rows = keys.into_iter().map(|key| view! { <Row key_info=key asked refused reload /> }).collect_view();
    view! {
        <table class="keys">
            <thead>
                <tr>
                    <th scope="col">{part.name}</th>
                    <th scope="col">{part.key}</th>
                    <th scope="col">{part.made}</th>
                    <th scope="col">{part.last_used}</th>
                    <th scope="col" class="row-action">
                        <span class="visually-hidden">{part.revoke}</span>
                    </th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

/// The reason why a key was not revoked, as text.
fn refusal(error: &ApiError, texts: Texts) -> String {
    let Explanation { title, body, next } = explain(error, texts);
    let next = if error.is_uncertain() { texts.keys().maybe_revoked } else { next };
    format!("{title}. {body} {next}")
}

#[component]
fn Row(
    key_info: KeyInfo,
    asked: RwSignal<Option<String>>,
    refused: RwSignal<Option<ApiError>>,
    reload: Callback<()>,
) -> impl IntoView {
    let (session, texts, language) = (use_session(), use_texts(), use_language());
    let part = texts.keys();
    let id = StoredValue::new(key_info.id.clone());
    let is_own = key_info.current;
    let revoke = Action::new_local(move |(): &()| {
        let (client, id) = (session.client(language.code()), id.get_value());
        async move {
            match client.revoke_api_key(&id).await {
                // A key that no longer exists is as good as revoked.
                Ok(()) | Err(ApiError::NotFound) if is_own => {
                    if let Some(key) = client.key() {
                        session.forget_key(key);
                    }
                }
                Ok(()) | Err(ApiError::NotFound) => {
                    asked.try_set(None);
                    reload.run(());
                }
                Err(error) => {
                    let is_uncertain = error.is_uncertain();
                    // The page may have been left.
                    refused.try_set(Some(error));
                    if is_uncertain {
                        // The outcome is uncertain: the list shows it.
                        reload.run(());
                    }
                }
            }
        }
    });
    let last_used = key_info.last_used_at.as_deref().map(|time| format::date_time(time, language));
    let consequence = [
        (part.revoke_explained)(&masked(&key_info)),
        last_used.as_ref().map_or(part.revoke_never_used.to_owned(), |time| (part.revoke_last_used)(time)),
        if is_own { part.revoke_own.to_owned() } else { String::new() },
    ]
    .join(" ");
    let question = (part.revoke_question)(&key_info.name);
    let confirm_name = (part.revoke_named)(&key_info.name);
    let revoke_label = confirm_name.clone();
    let confirm = move || {
        let is_asked = asked.with(|asked| id.with_value(|id| asked.as_ref() == Some(id)));
        let (question, consequence, name) = (question.clone(), consequence.clone(), confirm_name.clone());
        is_asked.then(|| {
            view! {
                <Confirm
                    question
                    consequence
                    problem=Signal::derive(move || {
                        refused.get().map(|error| refusal(&error, texts)).unwrap_or_default()
                    })
                    action=Signal::derive(move || {
                        if revoke.pending().get() { part.revoking.to_owned() } else { name.clone() }
                    })
                    keep=part.cancel
                    is_busy=revoke.pending()
                    on_confirm=move |()| {
                        revoke.dispatch(());
                    }
                    on_cancel=move |()| asked.set(None)
                />
            }
        })
    };
    let ask = move |_| {
        refused.set(None);
        asked.set(Some(id.get_value()));
    };
    view! {
        <tr>
            <td data-label=part.name class="name">
                {key_info.name.clone()}
                {is_own.then(|| view! { <span class="in-use">{part.this_key}</span> })}
                {confirm}
            </td>
            <td data-label=part.key class="key-mask">
                {masked(&key_info)}
            </td>
            <td data-label=part.made>{format::date_time(&key_info.created_at, language)}</td>
            <td data-label=part.last_used>{last_used.unwrap_or_else(|| part.never_used.to_owned())}</td>
            <td class="row-action">
                <button type="button" class="link" aria-label=revoke_label on:click=ask>
                    {part.revoke}
                </button>
            </td>
        </tr>
    }
}
