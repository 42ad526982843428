//! Form for an API key. The key is tried before it is stored.

use import8_api::Account;
use leptos::ev::SubmitEvent;
use leptos::html::{Div, Input};
use leptos::prelude::*;

use crate::api::{ApiError, ApiKey};
use crate::browser::focus::focus_element;
use crate::browser::task::effect;
use crate::components::failure::{Countdown, Explanation, explain};
use crate::i18n::{Texts, use_language, use_texts};
use crate::session::use_session;

/// Reason why a key was not accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
enum KeyRefusal {
    Missing,
    Malformed,
    Api(ApiError),
}

/// Validates the typed text.
fn validate(text: &str) -> Result<ApiKey, KeyRefusal> {
    if text.trim().is_empty() {
        Err(KeyRefusal::Missing)
    } else {
        ApiKey::new(text).ok_or(KeyRefusal::Malformed)
    }
}

fn sentence(refusal: &KeyRefusal, texts: Texts) -> String {
    match refusal {
        KeyRefusal::Missing => texts.sign_in().missing.to_owned(),
        KeyRefusal::Malformed => texts.sign_in().malformed.to_owned(),
        KeyRefusal::Api(ApiError::Unauthorized) => texts.sign_in().refused.to_owned(),
        KeyRefusal::Api(error) => {
            // The next step of `explain` is for screens that retry by themselves; here the person does.
            let Explanation { title, body, .. } = explain(error, texts);
            format!("{title}: {body} {}", texts.sign_in().again)
        }
    }
}

/// Form for an API key. The session starts to use the key when the API accepts it.
#[component]
pub fn KeyForm(
    /// Label of the submit button.
    submit: &'static str,
    /// Content below the button.
    children: Children,
) -> impl IntoView {
    let (session, texts, language) = (use_session(), use_texts(), use_language());
    let field = NodeRef::<Input>::new();
    let problem = NodeRef::<Div>::new();
    let refusal = RwSignal::new(None::<KeyRefusal>);
    let is_shown = RwSignal::new(false);
    let attempt = Action::new_local(move |key: &ApiKey| {
        let key = key.clone();
        async move {
            let outcome: Result<Account, _> =
                session.client_with(Some(key.clone()), language.code()).account().await;
            match outcome {
                Ok(account) => session.sign_in(key, account),
                Err(error) => {
                    // The screen may have been drawn anew in another language.
                    refusal.try_set(Some(KeyRefusal::Api(error)));
                }
            }
        }
    });
    let try_key = move |event: SubmitEvent| {
        event.prevent_default();
        let text = field.get_untracked().map(|field| field.value()).unwrap_or_default();
        if attempt.pending().get_untracked() {
            return;
        }
        match validate(&text) {
            Ok(key) => {
                refusal.set(None);
                attempt.dispatch(key);
            }
            Err(why) => refusal.set(Some(why)),
        }
    };
    effect(move || {
        if refusal.with(Option::is_some)
            && let Some(problem) = problem.get()
        {
            focus_element(&problem);
        }
    });
    let said = move || {
        refusal.get().map(|why| {
            let wait = match why {
                KeyRefusal::Api(ApiError::RateLimited { seconds }) => {
                    Some(view! { <Countdown seconds ended=Callback::new(|()| ()) /> })
                }
                _ => None,
            };
            view! {
                <div class="summary" role="alert" tabindex="-1" node_ref=problem id="problem">
                    <p>
                        <a href="#key" rel="external">
                            {sentence(&why, texts)}
                        </a>
                    </p>
                    {wait}
                </div>
            }
        })
    };
    view! {
                    {said}
                    <form class="form" on:submit=try_key novalidate>
                        <div class="field">
                            <label for="key">{texts.sign_in().key}</label>
                            <p class="hint" id="key-hint">
                                {texts.sign_in().key_hint}
                            </p>
                            <div class="with-button">
                                <input
                                    id="key"
                                    node_ref=field
                                    type=move || if is_shown.get() { "text" } else { "password" }
                                    autocomplete="off"
                                    autocapitalize="off"
                                    spellcheck="false"
                                    aria-describedby="key-hint"
                                    aria-invalid=move || refusal.with(Option::is_some).to_string()
                                />
                                <button
                                    type="button"
                                    class="secondary"
                                    on:click=move |_| is_shown.update(|shown| *shown = !*shown)
                                >
                                    {move || if is_shown.get() { texts.sign_in().hide } else { texts.sign_in().show }}
                                </button>
                            </div>
                        </div>
                        <button type="submit" class="primary" disabled=move || attempt.pending().get()>
                            {move || if attempt.pending().get() { texts.sign_in().trying } else { submit }}
                        </button>
                        {children()}
                    </form>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_looked_at_before_it_is_tried() {
        assert_eq!(validate("  ").err(), Some(KeyRefusal::Missing));
        assert_eq!(validate("c8 key").err(), Some(KeyRefusal::Malformed));
        assert!(validate(" c8_abcdef ").is_ok());
    }
}
