//! The webhook setting: current address, forms to change or remove it, and its new secret.

use import8_api::{Extension, Webhook, WebhookRequest};
use leptos::prelude::*;

use super::deliveries::Deliveries;
use super::form::{AddressForm, Intent, Refused, Removing, WebhookEditor, WebhookRefusal};
use super::secret::{Fresh, SecretBox};
use crate::browser::memo::Memo;
use crate::browser::task::effect;
use crate::components::failure::Failure;
use crate::components::review::undo::focus_soon;
use crate::components::show::Show;
use crate::components::table::TableSkeleton;
use crate::i18n::{format, use_language, use_texts};
use crate::queries::load::Load;
use crate::session::use_session;

/// The webhook, as far as the service returns it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum KnownWebhook {
    /// Unknown: the documented API has no request for it.
    Nothing,
    /// The current setting, which may be empty.
    Webhook(Webhook),
}

impl KnownWebhook {
    /// The current address, if known.
    fn address(&self) -> Option<&str> {
        match self {
            Self::Nothing => None,
            Self::Webhook(webhook) => webhook.url.as_deref(),
        }
    }

    /// Whether setting an address may invalidate the secret of a current webhook.
    fn may_be_set(&self) -> bool {
        *self == Self::Nothing || self.address().is_some()
    }
}

/// The webhook section: setting, new secret and deliveries.
#[component]
pub fn Setting() -> impl IntoView {
    let (session, texts, language) = (use_session(), use_texts(), use_language());
    let part = texts.webhook();
    let can_tell = Memo::new(move |_| session.account().map(|_| session.has(&Extension::Webhook)));
    let changes = RwSignal::new(0_u32);
    let told = Load::new(move || {
        changes.track();
        let (client, can_tell) = (session.client(language.code()), can_tell.get());
        async move {
            match can_tell {
                Some(true) => client.webhook().await.map(|webhook| Some(KnownWebhook::Webhook(webhook))),
                Some(false) => Ok(Some(KnownWebhook::Nothing)),
                // The extensions are not known yet: load the account first.
                None => client.account().await.map(|account| {
                    session.set_account(&client, account);
                    None
                }),
            }
        }
    });
    let fresh = RwSignal::new(None::<Fresh>);
    let said = RwSignal::new(None::<&'static str>);
    let (typed, intent) = (RwSignal::new(String::new()), RwSignal::new(Intent::None));
    let refusal = RwSignal::new(None::<WebhookRefusal>);
    // If the page was left meanwhile, the next visit shows the new setting. Its secret is lost; setting the
    // webhook again makes a new one.
    let ended = move |outcome: Option<WebhookRefusal>| {
        // A refused address stays in the field for correction.
        let next =
            if matches!(outcome, Some(WebhookRefusal::Set(_))) { Intent::Change } else { Intent::None };
        intent.try_set(next);
        changes.try_update(|changes| *changes += 1);
        refusal.try_set(outcome);
    };
    let set = Action::new_local(move |request: &WebhookRequest| {
        let (client, request) = (session.client(language.code()), request.clone());
        async move {
            match client.set_webhook(&request).await {
                Ok(answer) => {
                    ended(None);
                    typed.try_set(String::new());
                    let secret = answer.secret.map(|secret| secret.0);
                    fresh.try_set(Some(Fresh { url: answer.url, secret }));
                }
                Err(error) => {
                    ended(Some(WebhookRefusal::Set(error)));
                    focus_soon("#hook-url");
                }
            }
        }
    });
    let remove = Action::new_local(move |(): &()| {
        let client = session.client(language.code());
        async move {
            let outcome = client.remove_webhook().await;
            if outcome.is_ok() {
                fresh.try_set(None);
                said.try_set(Some(part.removed));
            }
            ended(outcome.err().map(WebhookRefusal::Remove));
            focus_soon("#hook-said");
        }
    });
    let editor = WebhookEditor { typed, intent, refusal, set, remove };
    // A confirmation refers to the last action only.
    effect(move || {
        if intent.with(|intent| *intent != Intent::None) || fresh.with(Option::is_some) {
            said.set(None);
        }
    });
    let saved = Callback::new(move |()| {
        fresh.set(None);
        said.set(Some(part.saved_said));
        focus_soon("#hook-said");
    });
    let content = move || match told.value() {
        Some(Some(told)) => view! { <State told editor /> }.into_any(),
        _ if told.is_slow() && told.error().is_none() => view! { <TableSkeleton rows=2 /> }.into_any(),
        _ => ().into_any(),
    };
    let retry = Callback::new(move |()| told.reload());
    let is_told = move || can_tell.get() == Some(true);
    view! {
        <section id="hook">
            <p class="hook-said" id="hook-said" role="status" tabindex="-1">
                {move || said.get()}
            </p>
            {move || fresh.get().map(|fresh| view! { <SecretBox fresh saved /> })}
            {move || told.error().map(|error| view! { <Failure error retry /> })}
            {content}
        </section>
        <Show when=is_told>
            <Deliveries changes />
        </Show>
    }
}

/// The current setting with its buttons.
#[component]
fn State(told: KnownWebhook, editor: WebhookEditor) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let part = texts.webhook();
    let WebhookEditor { intent, typed, .. } = editor;
    let address = StoredValue::new(told.address().map(str::to_owned));
    let is_set = told.address().is_some();
    let may_be_set = told.may_be_set();
    let is_form = Memo::new(move |_| {
        let is_changing = intent.with(|intent| matches!(intent, Intent::Change | Intent::Replace(_)));
        !is_set || is_changing
    });
    let is_removing = Memo::new(move |_| intent.with(|intent| *intent == Intent::Remove));
    let change = move |_| {
        typed.set(address.get_value().unwrap_or_default());
        editor.intend(Intent::Change);
        focus_soon("#hook-url");
    };
    let ask_to_remove = move |_| {
        editor.intend(Intent::Remove);
        focus_soon(".confirm .danger");
    };
    let what = match told {
        KnownWebhook::Nothing => view! { <p class="notice">{part.untold}</p> }.into_any(),
        KnownWebhook::Webhook(Webhook { url: None, .. }) => {
            view! { <p class="quiet">{part.none_set}</p> }.into_any()
        }
        KnownWebhook::Webhook(Webhook { url: Some(url), created_at }) => {
            let since = created_at.map(|time| (part.since)(&format::date_time(&time, language)));
            view! {
                <h2 class="hook-title">{part.delivers_to}</h2>
                <p class="hook-address">{url}</p>
                <p class="quiet">{since}</p>
            }
            .into_any()
        }
    };
    view! {
        <div class="hook-state">
            {what} <Show when=move || is_form.get()>
                <AddressForm editor is_replacing=is_set may_be_set />
            </Show>
            <Show when=move || may_be_set && !is_removing.get() && !(is_set && is_form.get())>
                <div class="actions">
                    <Show when=move || is_set>
                        <button type="button" class="secondary" id="change" on:click=change>
                            {part.change}
                        </button>
                    </Show>
                    <button type="button" class="secondary" id="remove" on:click=ask_to_remove>
                        {part.remove}
                    </button>
                </div>
            </Show>
            <Show when=move || is_removing.get()>
                <Removing editor />
            </Show>
            <Refused editor is_about_removing=true />
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_service_cannot_tell_may_be_set() {
        let set = |url: Option<&str>| {
            KnownWebhook::Webhook(Webhook { url: url.map(str::to_owned), created_at: None })
        };
        assert!(KnownWebhook::Nothing.may_be_set());
        assert!(set(Some("x")).may_be_set());
        assert!(!set(None).may_be_set());
    }
}
