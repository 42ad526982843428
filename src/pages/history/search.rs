//! The field for words.

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;

use super::filters::{Turn, use_turn};
use crate::i18n::use_texts;
use crate::listing::{Fault, Listing};

/// How long typing must rest before it is searched for.
const REST: Duration = Duration::from_millis(300);

/// The words. What is typed is searched for when typing rests, or at once with Enter.
#[component]
pub fn Search(
    /// What the address asks for.
    asked: Memo<Listing>,
    /// What is wrong with it.
    faults: Memo<Vec<Fault>>,
) -> impl IntoView {
    let (texts, turn) = (use_texts(), use_turn());
    let typed = RwSignal::new(String::new());
    // The last words that were put into the address from here: all others come from outside, and are
    // shown in the field.
    let own = StoredValue::new(None::<String>);
    Effect::new(move |_| {
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
            turn.run((Listing { page: 1, ..listing }, Turn::Replace));
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
