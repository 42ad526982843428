//! The search field of the history.

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;

use super::navigation::{Navigation, use_list_navigation};
use crate::api::listing::{Fault, Listing};
use crate::browser::memo::Memo;
use crate::browser::task::effect;
use crate::i18n::use_texts;

/// Debounce delay between the last keystroke and the search.
const REST: Duration = Duration::from_millis(300);

/// The search field. It searches after the debounce delay, or at once on Enter.
#[component]
pub fn Search(
    /// The query in the address.
    asked: Memo<Listing>,
    /// The validation faults of the query.
    faults: Memo<Vec<Fault>>,
) -> impl IntoView {
    let (texts, navigate) = (use_texts(), use_list_navigation());
    let typed = RwSignal::new(String::new());
    // The last text that this field put into the address. Any other text there comes from elsewhere and
    // replaces the field's content.
    let own = StoredValue::new(None::<String>);
    effect(move || {
        let words = asked.with(|asked| asked.filter.q.clone());
        if own.with_value(|own| own.as_ref() != Some(&words)) {
            own.set_value(Some(words.clone()));
            typed.set(words);
        }
    });
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(timer) = timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    };
    on_cleanup(stop);
    let search = move || {
        let mut listing = asked.get_untracked();
        let words = typed.with_untracked(|typed| typed.trim().to_owned());
        if listing.filter.q != words {
            own.set_value(Some(words.clone()));
            listing.filter.q = words;
            navigate.run((Listing { page: 1, ..listing }, Navigation::Replace));
        }
    };
    let type_on = move |event| {
        typed.set(event_target_value(&event));
        stop();
        timer.set_value(set_timeout_with_handle(search, REST).ok());
    };
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        stop();
        search();
    };
    let is_wrong = move || faults.with(|faults| faults.contains(&Fault::Words));
    view! {
        <form class="search" on:submit=submit>
            <input
                type="search"
                id="search"
                data-search="words"
                aria-label=texts.history().search
                placeholder=texts.history().search
                aria-keyshortcuts="/"
                aria-invalid=move || is_wrong().to_string()
                aria-describedby="search-problem"
                autocomplete="off"
                enterkeyhint="search"
                prop:value=typed
                on:input=type_on
            />
            <p class="problem" id="search-problem">
                {move || is_wrong().then_some(texts.history().search_problem)}
            </p>
        </form>
    }
}
