//! Status of a classification as a word.

use import8_api::Status;
use leptos::prelude::*;

use crate::i18n::{Texts, use_texts};

/// The word for a status. An undocumented status is shown as it is.
#[must_use]
pub fn word(status: &Status, texts: Texts) -> String {
    match status {
        Status::Pending => texts.status().pending.to_owned(),
        Status::Completed => texts.status().completed.to_owned(),
        Status::Failed => texts.status().failed.to_owned(),
        Status::Other(word) => word.clone(),
    }
}

/// A status as a word with a colour.
#[component]
pub fn StatusWord(
    /// The status.
    status: Status,
) -> impl IntoView {
    let text = word(&status, use_texts());
    view! {
        <span class="status" data-status=status.as_str().to_owned()>
            {text}
        </span>
    }
}
