//! The secret of a webhook that was just set. It is in this view and nowhere else.

use leptos::html::Div;
use leptos::prelude::*;

use crate::components::code::CopyButton;
use crate::focus::focus_element;
use crate::i18n::use_texts;

/// What the service answered.
#[derive(Clone, PartialEq, Eq)]
pub struct Fresh {
    /// Where it delivers.
    pub url: String,
    /// What it signs with, if it said so.
    pub secret: Option<String>,
}

/// The secret, until the person has saved it.
#[component]
pub fn SecretBox(
    /// What the service answered.
    fresh: Fresh,
    /// The person has it.
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
