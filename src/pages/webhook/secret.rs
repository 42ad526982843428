//! The secret of a newly set webhook. It is held in this view only.

use leptos::html::Div;
use leptos::prelude::*;

use crate::browser::focus::focus_element;
use crate::components::code::CopyButton;
use crate::i18n::use_texts;

/// The response to setting a webhook.
#[derive(Clone, PartialEq, Eq)]
pub struct Fresh {
    /// The address.
    pub url: String,
    /// The signing secret, if the response has it.
    pub secret: Option<String>,
}

/// The secret, shown until the person confirms having saved it.
#[component]
pub fn SecretBox(
    /// The response to setting the webhook.
    fresh: Fresh,
    /// Called when the person has saved the secret.
    saved: Callback<()>,
) -> impl IntoView {
    let part = use_texts().webhook();
    let place = NodeRef::<Div>::new();
    place.on_load(|place| {
        focus_element(&place);
    });
    let copy = fresh.secret.clone().map(|text| view! { <CopyButton label=part.copy_secret text /> });
    let content = match fresh.secret {
        None => view! { <p>{part.secret_absent}</p> }.into_any(),
        Some(secret) => view! {
            <p>{part.secret_explained}</p>
            <p class="fresh-secret" id="secret">
                {secret}
            </p>
        }
        .into_any(),
    };
    view! {
        <div class="fresh" role="region" aria-label=part.secret_title tabindex="-1" node_ref=place>
            <h2>{part.secret_title}</h2>
            <p class="quiet">{(part.set_to)(&fresh.url)}</p>
            {content}
            <div class="actions">
                {copy}
                <button type="button" class="primary small" id="secret-saved" on:click=move |_| saved.run(())>
                    {part.saved}
                </button>
            </div>
        </div>
    }
}
