//! From page to page.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::filters::{Turn, use_turn};
use super::listed::Shown;
use crate::format;
use crate::i18n::{use_language, use_texts};
use crate::listing::Listing;
use crate::routes;

/// How many rows a page may have.
const SIZES: [u32; 3] = [20, 50, 100];

/// The ways to other pages, and how long a page is.
#[component]
pub fn Pages(
    /// What the address asks for.
    asked: Memo<Listing>,
    /// The page in view.
    shown: Memo<Option<Shown>>,
) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let pages = Memo::new(move |_| {
        shown.with(|shown| {
            shown.as_ref().map_or((1, 1), |shown| (shown.meta.current_page, shown.meta.last_page))
        })
    });
    let place = move || {
        let (page, last) = pages.get();
        (texts.history().page_of)(&format::count(page, language), &format::count(last, language))
    };
    // What cannot be turned to is said instead of left out, so that nothing jumps.
    let way = move |text: &'static str, rel: &'static str, page: fn(u64, u64) -> Option<u64>| {
        move || match pages.with(|(current, last)| page(*current, *last)) {
            Some(page) => {
                let address = asked.with(|asked| routes::history(&asked.on_page(page).to_string()));
                view! {
                    <a href=address class="button secondary small" rel=rel>
                        {text}
                    </a>
                }
                .into_any()
            }
            None => view! {
                <span class="button secondary small" aria-disabled="true">
                    {text}
                </span>
            }
            .into_any(),
        }
    };
    view! {
        <nav class="pages" aria-label=texts.history().pages_label>
            <span class="page-place">{place}</span>
            {way(texts.history().first_page, "first", |page, _| (page > 1).then_some(1))}
            {way(texts.history().previous, "prev", |page, _| (page > 1).then(|| page - 1))}
            {way(texts.history().next, "next", |page, last| (page < last).then(|| page + 1))}
            {way(texts.history().last_page, "last", |page, last| (page < last).then_some(last))}
        </nav>
        <div class="page-options">
            <GoTo asked last=Signal::derive(move || pages.with(|(_, last)| *last)) />
            <PerPage asked />
        </div>
    }
}

/// A page by its number.
#[component]
fn GoTo(asked: Memo<Listing>, last: Signal<u64>) -> impl IntoView {
    let (texts, language, turn) = (use_texts(), use_language(), use_turn());
    let (typed, is_wrong) = (RwSignal::new(String::new()), RwSignal::new(false));
    let go = move |event: SubmitEvent| {
        event.prevent_default();
        let page = typed.with_untracked(|typed| typed.trim().parse::<u64>());
        match page {
            Ok(page) if (1..=last.get_untracked()).contains(&page) => {
                is_wrong.set(false);
                typed.set(String::new());
                turn.run((asked.get_untracked().on_page(page), Turn::Push));
            }
            _ => is_wrong.set(true),
        }
    };
    let problem =
        move || is_wrong.get().then(|| (texts.history().page_problem)(&format::count(last.get(), language)));
    view! {
        <Show when=move || { last.get() > 2 }>
            <form class="go-to" on:submit=go novalidate>
                <label for="go-to-page">{texts.history().go_to_page}</label>
                <input
                    id="go-to-page"
                    inputmode="numeric"
                    autocomplete="off"
                    aria-invalid=move || is_wrong.get().to_string()
                    aria-describedby="go-to-problem"
                    prop:value=typed
                    on:input=move |event| typed.set(event_target_value(&event))
                />
                <button type="submit" class="secondary small">
                    {texts.history().go}
                </button>
                <p class="problem" id="go-to-problem" role="alert">
                    {problem}
                </p>
            </form>
        </Show>
    }
}

#[component]
fn PerPage(asked: Memo<Listing>) -> impl IntoView {
    let (texts, turn) = (use_texts(), use_turn());
    let chosen = Memo::new(move |_| asked.with(|asked| asked.per_page));
    let options = move || {
        // An address may ask for any number up to a hundred.
        let other = Some(chosen.get()).filter(|rows| !SIZES.contains(rows));
        let option = |rows: u32| {
            view! {
                <option value=rows.to_string() prop:selected=move || chosen.get() == rows>
                    {rows.to_string()}
                </option>
            }
        };
        SIZES.into_iter().chain(other).map(option).collect_view()
    };
    let choose = move |event| {
        if let Ok(per_page) = event_target_value(&event).parse() {
            turn.run((Listing { per_page, page: 1, ..asked.get_untracked() }, Turn::Push));
        }
    };
    view! {
        <label class="per-page">
            <span>{texts.history().per_page}</span>
            <select id="per-page" class="choice" on:change=choose>
                {options}
            </select>
        </label>
    }
}
