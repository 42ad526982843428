//! Setting, replacing and removing it: what is typed, what is asked first, and what was refused.

use import8_api::{Fault, WebhookRequest};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::api::ApiError;
use crate::components::confirm::Confirm;
use crate::components::failure::{Countdown, Explanation, explain};
use crate::components::review::undo::{focus, focus_soon};
use crate::i18n::use_texts;
use crate::locales::Texts;

/// What the person is about to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Intent {
    /// Nothing in particular.
    None,
    /// To type another address.
    Change,
    /// To set this one, which may end the secret of another.
    Replace(WebhookRequest),
    /// To remove it.
    Remove,
}

/// What was asked of the service and refused, or why it was not asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// No address is typed.
    Missing,
    /// What is typed is none.
    Address(Fault),
    /// Setting it did not succeed.
    Set(ApiError),
    /// Removing it did not.
    Remove(ApiError),
}

impl Refusal {
    /// What happened, what may have been done, and what to do.
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

/// An address as typed.
fn request(typed: &str) -> Result<WebhookRequest, Refusal> {
    let url = typed.trim().to_owned();
    if url.is_empty() {
        return Err(Refusal::Missing);
    }
    let request = WebhookRequest { url };
    match request.validate().map_err(|problems| problems.into_iter().next()) {
        Ok(()) | Err(None) => Ok(request),
        Err(Some(problem)) => Err(Refusal::Address(problem.fault)),
    }
}

/// What the parts of this share.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The address, as typed.
    pub typed: RwSignal<String>,
    /// What the person is about to do.
    pub intent: RwSignal<Intent>,
    /// Why the last thing was not done.
    pub refusal: RwSignal<Option<Refusal>>,
    /// Sets it.
    pub set: Action<WebhookRequest, ()>,
    /// Removes it.
    pub remove: Action<(), ()>,
}

impl Desk {
    fn is_busy(self) -> bool {
        self.set.pending().get() || self.remove.pending().get()
    }

    /// Goes on to something else.
    pub fn intend(self, intent: Intent) {
        self.refusal.set(None);
        self.intent.set(intent);
    }
}

/// What was refused, where it belongs.
#[component]
pub fn Refused(
    /// Where it was refused.
    desk: Desk,
    /// Which of the two this is the place of.
    is_about_removing: bool,
) -> impl IntoView {
    let texts = use_texts();
    let refusal = desk.refusal;
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

/// Where to deliver.
#[component]
pub fn AddressForm(
    /// What is typed, and what becomes of it.
    desk: Desk,
    /// Whether one is set.
    is_replacing: bool,
    /// Whether one is set, or nobody knows.
    may_be_set: bool,
) -> impl IntoView {
    let texts = use_texts();
    let part = texts.webhook();
    let Desk { typed, intent, refusal, set, .. } = desk;
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if untrack(|| desk.is_busy()) {
            return;
        }
        match typed.with_untracked(|typed| request(typed)) {
            Err(problem) => {
                refusal.set(Some(problem));
                // A field that cannot take the focus can still be read.
                focus("#hook-url");
            }
            Ok(request) if may_be_set => {
                desk.intend(Intent::Replace(request));
                focus_soon(".confirm .danger");
            }
            Ok(request) => {
                refusal.set(None);
                set.dispatch(request);
            }
        }
    };
    let cancel = move |_| {
        desk.intend(Intent::None);
        focus_soon("#change");
    };
    let change = move |event| {
        typed.set(event_target_value(&event));
        refusal.set(None);
        // What was asked was about another address.
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
                <Refused desk is_about_removing=false />
            </div>
            <Show when=move || asked.with(Option::is_none)>
                <div class="actions">
                    <button type="submit" class="primary" disabled=move || desk.is_busy()>
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
        {move || asked.get().map(|request| view! { <Replacing desk request is_replacing /> })}
    }
}

/// Asks before a secret ends that may be in use.
#[component]
fn Replacing(desk: Desk, request: WebhookRequest, is_replacing: bool) -> impl IntoView {
    let part = use_texts().webhook();
    let question = if is_replacing { part.replace_question } else { part.maybe_question };
    let back = move |()| {
        desk.intend(if is_replacing { Intent::Change } else { Intent::None });
        focus_soon("#hook-url");
    };
    let go = move |()| {
        desk.set.dispatch(request.clone());
    };
    view! {
        <Confirm
            question
            consequence=part.replace_explained
            action=Signal::derive(move || if desk.is_busy() { part.setting } else { part.replace_now }.to_owned())
            keep=part.cancel
            is_busy=Signal::derive(move || desk.is_busy())
            on_confirm=go
            on_cancel=back
        />
    }
}

/// Asks before deliveries end.
#[component]
pub fn Removing(
    /// Where it is asked.
    desk: Desk,
) -> impl IntoView {
    let part = use_texts().webhook();
    let back = move |()| {
        desk.intend(Intent::None);
        focus_soon("#remove");
    };
    let go = move |()| {
        desk.remove.dispatch(());
    };
    view! {
        <Confirm
            question=part.remove_question
            consequence=part.remove_explained
            action=Signal::derive(move || if desk.is_busy() { part.removing } else { part.remove_now }.to_owned())
            keep=part.cancel
            is_busy=Signal::derive(move || desk.is_busy())
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
        let check = |typed: &str, expected: Result<&str, Refusal>| {
            assert_eq!(request(typed).map(|request| request.url), expected.map(str::to_owned), "{typed:?}");
        };
        let scheme = |rest: &str| format!("{}://{rest}", "https");
        let not_one = || Err(Refusal::Address(Fault::NotAnAddress));
        check("  ", Err(Refusal::Missing));
        check(&format!(" {} ", scheme("example.com/hook")), Ok(&scheme("example.com/hook")));
        check("example.com/hook", not_one());
        check(&scheme(""), not_one());
        check(&scheme("exa mple.com"), not_one());
        check(&scheme(&"x".repeat(2_000)), Err(Refusal::Address(Fault::TooLong { max: 2_000 })));
    }

    #[test]
    fn an_error_that_leaves_it_open_says_what_may_have_been_done() {
        let texts = Language::En.texts();
        let (set, removed) = (texts.webhook().maybe_set, texts.webhook().maybe_removed);
        assert!(Refusal::Set(ApiError::Timeout).sentence(texts).ends_with(set));
        assert!(Refusal::Remove(ApiError::Server(500)).sentence(texts).ends_with(removed));
        assert!(!Refusal::Set(ApiError::Unexpected(403)).sentence(texts).ends_with(set));
        let refused = Refusal::Set(ApiError::Invalid("url: must be public".to_owned()));
        assert_eq!(refused.sentence(texts), "The service refuses this address: must be public");
    }
}
