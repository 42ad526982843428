//! The webhook form: address field, confirmations and refusals.

use import8_api::{Fault, WebhookRequest};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::api::ApiError;
use crate::browser::memo::Memo;
use crate::components::confirm::Confirm;
use crate::components::failure::{Countdown, Explanation, explain};
use crate::components::review::undo::{focus, focus_soon};
use crate::components::show::Show;
use crate::i18n::{Texts, use_texts};

/// The action that the person is about to take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Intent {
    /// None.
    None,
    /// Entering another address.
    Change,
    /// Setting this address, which may invalidate the secret of the current webhook.
    Replace(WebhookRequest),
    /// Removing the webhook.
    Remove,
}

/// The reason why an action was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WebhookRefusal {
    /// No address is entered.
    Missing,
    /// The address is invalid.
    Address(Fault),
    /// The service refused to set it, or the request failed.
    Set(ApiError),
    /// The service refused to remove it, or the request failed.
    Remove(ApiError),
}

impl WebhookRefusal {
    /// The message: the error, its possible effect, and the next step.
    fn sentence(&self, texts: Texts) -> String {
        let part = texts.webhook();
        let (error, uncertain) = match self {
            Self::Missing => return part.problem_missing.to_owned(),
            Self::Address(Fault::TooLong { max }) => return (part.problem_long)(&max.to_string()),
            Self::Address(_) => return part.problem_address.to_owned(),
            Self::Set(ApiError::Invalid(message)) => {
                return (part.refused)(message.trim_start_matches("url: "));
            }
            Self::Set(error) => (error, part.maybe_set),
            Self::Remove(error) => (error, part.maybe_removed),
        };
        let Explanation { title, body, next } = explain(error, texts);
        let next = if error.may_be_done() { uncertain } else { next };
        format!("{title}. {body} {next}")
    }

    fn seconds(&self) -> Option<u32> {
        match self {
            Self::Set(ApiError::RateLimited { seconds })
            | Self::Remove(ApiError::RateLimited { seconds }) => Some(*seconds),
            _ => None,
        }
    }

    fn is_about_removing(&self) -> bool {
        matches!(self, Self::Remove(_))
    }
}

/// Validates an address and returns its request.
fn request(typed: &str) -> Result<WebhookRequest, WebhookRefusal> {
    let url = typed.trim().to_owned();
    if url.is_empty() {
        return Err(WebhookRefusal::Missing);
    }
    let request = WebhookRequest { url };
    match request.validate().map_err(|problems| problems.into_iter().next()) {
        Ok(()) | Err(None) => Ok(request),
        Err(Some(problem)) => Err(WebhookRefusal::Address(problem.fault)),
    }
}

/// The state shared by the parts of the form.
#[derive(Clone, Copy)]
pub struct WebhookEditor {
    /// The address field.
    pub typed: RwSignal<String>,
    /// The action that the person is about to take.
    pub intent: RwSignal<Intent>,
    /// The reason why the last action was not taken.
    pub refusal: RwSignal<Option<WebhookRefusal>>,
    /// Sets the webhook.
    pub set: Action<WebhookRequest, ()>,
    /// Removes the webhook.
    pub remove: Action<(), ()>,
}

impl WebhookEditor {
    fn is_busy(self) -> bool {
        self.set.pending().get() || self.remove.pending().get()
    }

    /// Changes the intended action and clears the refusal.
    pub fn intend(self, intent: Intent) {
        self.refusal.set(None);
        self.intent.set(intent);
    }
}

/// The refusal of an action, shown beside that action.
#[component]
pub fn Refused(
    /// The state of the form.
    editor: WebhookEditor,
    /// Whether this place shows refusals to remove, rather than to set.
    is_about_removing: bool,
) -> impl IntoView {
    let texts = use_texts();
    let refusal = editor.refusal;
    let shown = move || refusal.get().filter(|refusal| refusal.is_about_removing() == is_about_removing);
    let countdown = move || {
        let seconds = shown()?.seconds()?;
        let ended = Callback::new(move |()| refusal.set(None));
        Some(view! { <Countdown seconds ended /> })
    };
    let id = if is_about_removing { "remove-problem" } else { "hook-problem" };
    view! {
        <p class="problem" id=id role="alert">
            {move || shown().map(|refusal| refusal.sentence(texts))}
        </p>
        {countdown}
    }
}

/// The form for the address.
#[component]
pub fn AddressForm(
    /// The state of the form.
    editor: WebhookEditor,
    /// Whether a webhook is set.
    is_replacing: bool,
    /// Whether a webhook is set, or may be, because the service does not say.
    may_be_set: bool,
) -> impl IntoView {
    let texts = use_texts();
    let part = texts.webhook();
    let WebhookEditor { typed, intent, refusal, set, .. } = editor;
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if untrack(|| editor.is_busy()) {
            return;
        }
        match typed.with_untracked(|typed| request(typed)) {
            Err(problem) => {
                refusal.set(Some(problem));
                // A field that cannot take the focus is still visible.
                focus("#hook-url");
            }
            Ok(request) if may_be_set => {
                editor.intend(Intent::Replace(request));
                focus_soon(".confirm .danger");
            }
            Ok(request) => {
                refusal.set(None);
                set.dispatch(request);
            }
        }
    };
    let cancel = move |_| {
        editor.intend(Intent::None);
        focus_soon("#change");
    };
    let change = move |event| {
        typed.set(event_target_value(&event));
        refusal.set(None);
        // The confirmation was for another address.
        if intent.with_untracked(|intent| matches!(intent, Intent::Replace(_))) {
            intent.set(Intent::Change);
        }
    };
    let asked = Memo::new(move |_| match intent.get() {
        Intent::Replace(request) => Some(request),
        _ => None,
    });
    let is_wrong = move || refusal.with(|one| one.as_ref().is_some_and(|one| !one.is_about_removing()));
    let submit_words = if is_replacing { part.replace } else { part.set };
    view! {
        <form class="form" id="hook-form" on:submit=submit novalidate>
            <div class="field">
                <label for="hook-url">{if is_replacing { part.new_address } else { part.address }}</label>
                <p class="hint" id="hook-hint">
                    {part.address_hint}
                </p>
                <input
                    id="hook-url"
                    type="url"
                    inputmode="url"
                    autocomplete="off"
                    spellcheck="false"
                    aria-describedby="hook-hint hook-problem"
                    aria-invalid=move || is_wrong().to_string()
                    prop:value=move || typed.get()
                    on:input=change
                />
                <Refused editor is_about_removing=false />
            </div>
            <Show when=move || asked.with(Option::is_none)>
                <div class="actions">
                    <button type="submit" class="primary" disabled=move || editor.is_busy()>
                        {move || if set.pending().get() { part.setting } else { submit_words }}
                    </button>
                    <Show when=move || is_replacing>
                        <button type="button" class="secondary" on:click=cancel>
                            {part.cancel}
                        </button>
                    </Show>
                </div>
            </Show>
        </form>
        {move || asked.get().map(|request| view! { <Replacing editor request is_replacing /> })}
    }
}

/// The confirmation before a secret that may be in use becomes invalid.
#[component]
fn Replacing(editor: WebhookEditor, request: WebhookRequest, is_replacing: bool) -> impl IntoView {
    let part = use_texts().webhook();
    let question = if is_replacing { part.replace_question } else { part.maybe_question };
    let back = move |()| {
        editor.intend(if is_replacing { Intent::Change } else { Intent::None });
        focus_soon("#hook-url");
    };
    let go = move |()| {
        editor.set.dispatch(request.clone());
    };
    view! {
        <Confirm
            question
            consequence=part.replace_explained
            action=Signal::derive(move || if editor.is_busy() { part.setting } else { part.replace_now }.to_owned())
            keep=part.cancel
            is_busy=Signal::derive(move || editor.is_busy())
            on_confirm=go
            on_cancel=back
        />
    }
}

/// The confirmation before the webhook is removed.
#[component]
pub fn Removing(
    /// The state of the form.
    editor: WebhookEditor,
) -> impl IntoView {
    let part = use_texts().webhook();
    let back = move |()| {
        editor.intend(Intent::None);
        focus_soon("#remove");
    };
    let go = move |()| {
        editor.remove.dispatch(());
    };
    view! {
        <Confirm
            question=part.remove_question
            consequence=part.remove_explained
            action=Signal::derive(move || if editor.is_busy() { part.removing } else { part.remove_now }.to_owned())
            keep=part.cancel
            is_busy=Signal::derive(move || editor.is_busy())
            on_confirm=go
            on_cancel=back
        />
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    #[test]
    fn an_address_is_looked_at_before_it_is_sent() {
        let check = |typed: &str, expected: Result<&str, WebhookRefusal>| {
            assert_eq!(request(typed).map(|request| request.url), expected.map(str::to_owned), "{typed:?}");
        };
        let scheme = |rest: &str| format!("{}://{rest}", "https");
        let not_one = || Err(WebhookRefusal::Address(Fault::NotAnAddress));
        check("  ", Err(WebhookRefusal::Missing));
        check(&format!(" {} ", scheme("example.com/hook")), Ok(&scheme("example.com/hook")));
        check("example.com/hook", not_one());
        check(&scheme(""), not_one());
        check(&scheme("exa mple.com"), not_one());
        check(&scheme(&"x".repeat(2_000)), Err(WebhookRefusal::Address(Fault::TooLong { max: 2_000 })));
    }

    #[test]
    fn an_error_that_leaves_it_open_says_what_may_have_been_done() {
        let texts = Language::En.texts();
        let (set, removed) = (texts.webhook().maybe_set, texts.webhook().maybe_removed);
        assert!(WebhookRefusal::Set(ApiError::Timeout).sentence(texts).ends_with(set));
        assert!(WebhookRefusal::Remove(ApiError::Server(500)).sentence(texts).ends_with(removed));
        assert!(!WebhookRefusal::Set(ApiError::Unexpected(403)).sentence(texts).ends_with(set));
        let refused = WebhookRefusal::Set(ApiError::Invalid("url: must be public".to_owned()));
        assert_eq!(refused.sentence(texts), "The service refuses this address: must be public");
    }
}
