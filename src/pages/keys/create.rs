//! Creation of an API key. Its secret is shown once.

use import8_api::{Fault, KeyInfo, KeyRequest, KeySecret};
use leptos::ev::SubmitEvent;
use leptos::html::{Div, Input};
use leptos::prelude::*;

use crate::api::{ApiError, ApiKey};
use crate::browser::download::download_text;
use crate::browser::focus::focus_element;
use crate::browser::memo::Memo;
use crate::components::code::CopyButton;
use crate::components::failure::{Explanation, explain};
use crate::i18n::{Texts, use_language, use_texts};
use crate::session::use_session;

/// The reason why no key was created.
#[derive(Debug, Clone, PartialEq, Eq)]
enum CreateRefusal {
    Name(Fault),
    Api(ApiError),
}

fn sentence(refusal: &CreateRefusal, texts: Texts) -> String {
    let part = texts.keys();
    match refusal {
        CreateRefusal::Name(Fault::TooLong { max }) => (part.problem_long)(&max.to_string()),
        CreateRefusal::Name(Fault::ControlCharacter) => part.problem_control.to_owned(),
        CreateRefusal::Name(_) => part.problem_missing.to_owned(),
        CreateRefusal::Api(error) => {
            let Explanation { title, body, next } = explain(error, texts);
            let next = if error.may_be_done() { part.maybe_made } else { next };
            format!("{title}. {body} {next}")
        }
    }
}

/// A created key, with its secret if the response still has it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Made {
    key: KeyInfo,
    secret: Option<KeySecret>,
}

/// The form for a new key; after creation, the secret until the person dismisses it.
#[component]
pub fn Making(
    /// The maximum number of keys.
    max: Option<u32>,
    /// Whether the maximum is reached.
    is_full: Memo<bool>,
    /// Reloads the list of keys.
    reload: Callback<()>,
) -> impl IntoView {
    let (session, texts, language) = (use_session(), use_texts(), use_language());
    let part = texts.keys();
    let field = NodeRef::<Input>::new();
    let refusal = RwSignal::new(None::<CreateRefusal>);
    let made = RwSignal::new(None::<Made>);
    let make = Action::new_local(move |request: &KeyRequest| {
        let (client, request) = (session.client(language.code()), request.clone());
        async move {
            let outcome = client.make_api_key(&request).await;
            // If the page was left meanwhile, the key can still be revoked from the list.
            match outcome {
                Ok(answer) => {
                    made.try_set(Some(Made { key: answer.key, secret: answer.secret }));
                    if let Some(field) = field.try_get_untracked().flatten() {
                        field.set_value("");
                    }
                }
                Err(error) => {
                    refusal.try_set(Some(CreateRefusal::Api(error)));
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
                refusal.set(problems.into_iter().next().map(|problem| CreateRefusal::Name(problem.fault)));
                if let Some(field) = field.get_untracked() {
                    focus_element(&field);
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

/// The secret of the created key, to copy, save or use in this tab.
#[component]
fn Secret(one: Made, made: RwSignal<Option<Made>>) -> impl IntoView {
    let (session, texts) = (use_session(), use_texts());
    let part = texts.keys();
    let heading = NodeRef::<Div>::new();
    heading.on_load(|heading| {
        focus_element(&heading);
    });
    let Made { key, secret } = one;
    let done = move |_| made.set(None);
    let content = match secret {
        None => view! { <p>{part.secret_gone}</p> }.into_any(),
        Some(KeySecret(secret)) => {
            let (text, name) = (StoredValue::new(secret.clone()), StoredValue::new(key.name.clone()));
            let has_no_file = RwSignal::new(false);
            let download = move |_| {
                let file = (part.file)(&name.get_value(), &text.get_value());
                has_no_file.set(download_text("import8-key.env", "text/plain", &file).is_err());
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
                <p class="problem" role="alert">
                    {move || has_no_file.get().then_some(part.no_file)}
                </p>
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
            let said = sentence(&CreateRefusal::Api(error.clone()), texts);
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
