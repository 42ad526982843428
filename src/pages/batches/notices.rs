//! Notices on catalogues that this browser could not read or write.

use leptos::prelude::*;

use crate::i18n::{format, use_language, use_texts};
use crate::outbox::batches::{Unlisted, use_batches};

/// The notice on catalogues that cannot be read.
#[component]
pub fn Unread() -> impl IntoView {
    let (batches, texts, language) = (use_batches(), use_texts(), use_language());
    let sentence = move || {
        batches.unlisted().map(|unlisted| match unlisted {
            Unlisted::All => texts.batches().unlisted_all.to_owned(),
            Unlisted::Some(count) => {
                (texts.batches().unlisted)(&format::count(u64::try_from(count).unwrap_or(u64::MAX), language))
            }
        })
    };
    // An empty notice is not shown.
    view! {
        <p class="notice" id="unlisted" role="status">
            {sentence}
        </p>
    }
}

/// The notice that the last command on a catalogue could not be stored.
#[component]
pub fn NotDone(
    /// The identifier of the catalogue.
    id: StoredValue<String>,
) -> impl IntoView {
    let (batches, texts) = (use_batches(), use_texts());
    let is_shown = move || id.with_value(|id| batches.is_not_done(id));
    view! {
        <p class="problem not-done" role="alert">
            {move || is_shown().then_some(texts.batches().not_done)}
        </p>
    }
}
