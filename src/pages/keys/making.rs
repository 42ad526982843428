//! Making a key. Its secret is shown once.

use import8_api::{Fault, KeyInfo, KeyRequest, KeySecret};
use leptos::ev::SubmitEvent;
use leptos::html::{Div, Input};
use leptos::prelude::*;

use crate::api::{ApiError, ApiKey};
use crate::components::code::CopyButton;
use crate::components::failure::{Explanation, explain};
use crate::download::download_text;
use crate::i18n::{use_language, use_texts};
use crate::locales::Texts;
use crate::session::use_session;

/// Why no key was made.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Refusal {
    Name(Fault),
    Api(ApiError),
}

fn sentence(refusal: &Refusal, texts: Texts) -> String {
    let part = texts.keys();
    match refusal {
        Refusal::Name(Fault::TooLong { max }) => (part.problem_long)(&max.to_string()),
        Refusal::Name(Fault::ControlCharacter) => part.problem_control.to_owned(),
        Refusal::Name(_) => part.problem_missing.to_owned(),
        Refusal::Api(error) => {
            let Explanation { title, body, next } = explain(error, texts);
            let next = if error.may_be_done() { part.maybe_made } else { next };
            format!("{title}. {body} {next}")
        }
    }
}

/// What is left of a key that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Made {
    key: KeyInfo,
    secret: Option<KeySecret>,
}

/// The form for a new key, and the key itself until the person has saved it.
#[component]
pub fn Making(
    /// How many keys there may be.
    max: Option<u32>,
    /// Whether there are so many.
    is_full: Memo<bool>,
    /// Told when there may be another key on the list.
    reload: Callback<()>,
) -> impl IntoView {
    let (session, texts, language) = (use_session(), use_texts(), use_language());
    let part = texts.keys();
    let field = NodeRef::<Input>::new();
    let refusal = RwSignal::new(None::<Refusal>);
    let made = RwSignal::new(None::<Made>);
    let make = Action::new_local(move |request: &KeyRequest| {
        let (client, request) = (session.client(language.code()), request.clone());
        async move {
            let outcome = client.make_api_key(&request).await;
            // The screen may be another one by now; then the key can be revoked from the list.
            match outcome {
                Ok(answer) => {
                    let _ = made.try_set(Some(Made { key: answer.key, secret: answer.secret }));
                    if let Some(field) = field.try_get_untracked().flatten() {
                        field.set_value("");
                    }
                }
                Err(error) => {
                    let _ = refusal.try_set(Some(Refusal::Api(error)));
                }
            }
            reload.run(());
        }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if make.pending().get_untracked() {
            return;
        }
        let name = field.get_untracked().map(|field| field.value()).unwrap_or_default();
        let request = KeyRequest { name: name.trim().to_owned() };
        match request.validate() {
            Ok(()) => {
                refusal.set(None);
                made.set(None);
                make.dispatch(request);
            }
            Err(problems) => {
                refusal.set(problems.into_iter().next().map(|problem| Refusal::Name(problem.fault)));
                if let Some(field) = field.get_untracked() {
                    // A field that cannot take the focus can still be read.
                    let _ = field.focus();
                }
            }
        }
    };
    let form = move || {
        if is_full.get() {
            let max = max.unwrap_or_default().to_string();
            return view! { <p class="quiet">{(part.full)(&max)}</p> }.into_any();
        }
        view! {
            <form class="make-key" on:submit=submit novalidate>
                <div class="field">
                    <label for="key-name">{part.make_name}</label>
                    <p class="hint" id="key-name-hint">
                        {part.make_hint}
                    </p>
                    <div class="with-button">
                        <input
                            id="key-name"
                            node_ref=field
                            autocomplete="off"
                            aria-describedby="key-name-hint key-name-problem"
                            aria-invalid=move || refusal.with(Option::is_some).to_string()
                        />
                        <button type="submit" class="secondary" disabled=move || make.pending().get()>
                            {move || if make.pending().get() { part.making } else { part.make_submit }}
                        </button>
                    </div>
                    <p class="problem" id="key-name-problem" role="alert">
                        {move || refusal.get().map(|refusal| sentence(&refusal, texts))}
                    </p>
                </div>
            </form>
        }
        .into_any()
    };
    view! {
        {move || made.get().map(|one| view! { <Secret one made /> })}
        <h3>{part.make}</h3>
        {form}
    }
}

/// The key, this once.
#[component]
fn Secret(one: Made, made: RwSignal<Option<Made>>) -> impl IntoView {
    let (session, texts) = (use_session(), use_texts());
    let part = texts.keys();
    let heading = NodeRef::<Div>::new();
    heading.on_load(|heading| {
        // An element that cannot take the focus is still readable.
        let _ = heading.focus();
    });
    let Made { key, secret } = one;
    let done = move |_| made.set(None);
    let content = match secret {
        None => view! { <p>{part.secret_gone}</p> }.into_any(),
        Some(KeySecret(secret)) => {
            let (text, name) = (StoredValue::new(secret.clone()), StoredValue::new(key.name.clone()));
            let download = move |_| {
                let file = (part.file)(&name.get_value(), &text.get_value());
                // A browser without room for a line has none for anything; the key can still be copied.
                let _ = download_text("import8-key.env", "text/plain", &file);
            };
            let hold = move |_| {
                if let Some(key) = text.with_value(|text| ApiKey::new(text)) {
                    session.hold_key(key, name.get_value());
                }
            };
            let is_held = move || {
                session
                    .held_keys()
                    .iter()
                    .any(|held| text.with_value(|text| ApiKey::new(text).as_ref() == Some(&held.key)))
            };
            view! {
                <p>{part.secret_explained}</p>
                <p class="secret" id="secret">
                    {secret.clone()}
                </p>
                <div class="actions">
                    <CopyButton label=part.copy text=secret />
                    <button type="button" class="secondary small" on:click=download>
                        {part.download}
                    </button>
                    <button type="button" class="secondary small" disabled=is_held on:click=hold>
                        {move || if is_held() { part.is_here } else { part.hold_here }}
                    </button>
                </div>
            }
            .into_any()
        }
    };
    view! {
        <div class="notice made-key" role="region" aria-label=part.make tabindex="-1" node_ref=heading>
            <p>
                <strong>{(part.secret_title)(&key.name)}</strong>
            </p>
            {content}
            <button type="button" class="primary" id="secret-saved" on:click=done>
                {part.saved}
            </button>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    #[test]
    fn a_refusal_is_told_as_one() {
        let texts = Language::En.texts();
        let check = |error: ApiError, beginning: &str, is_open: bool| {
            let said = sentence(&Refusal::Api(error.clone()), texts);
            assert!(said.starts_with(beginning), "{error:?}: {said}");
            assert_eq!(said.ends_with(texts.keys().maybe_made), is_open, "{error:?}: {said}");
        };
        check(ApiError::Unexpected(403), "Unexpected answer. Status 403", false);
        check(ApiError::Unexpected(405), "Unexpected answer", false);
        check(ApiError::NotFound, "Not found", false);
        check(ApiError::Invalid("name: is taken".to_owned()), "The input was refused. name: is taken", false);
        check(ApiError::Server(503), "API error. The API answered with an internal error", true);
        check(ApiError::Unreadable("data.key".to_owned()), "Unreadable answer", true);
        check(ApiError::Timeout, "No answer in time", true);
    }
}
