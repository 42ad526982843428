//! Links to other pages, and the choice of the page length.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::listed::Shown;
use super::navigation::{Navigation, use_list_navigation};
use crate::api::listing::Listing;
use crate::browser::memo::Memo;
use crate::components::page_nav::{PageLink, PageNav};
use crate::components::show::Show;
use crate::i18n::{format, use_language, use_texts};
use crate::routes;

/// The page lengths that can be chosen, in rows.
const SIZES: [u32; 3] = [20, 50, 100];

/// Links to other pages, and the page length.
#[component]
pub fn Pages(
    /// The query in the address.
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
    let place = Signal::derive(move || {
        let (page, last) = pages.get();
        (texts.history().page_of)(&format::count(page, language), &format::count(last, language))
    });
    let address =
        Callback::new(move |page| asked.with(|asked| routes::history(&asked.on_page(page).to_string())));
    let part = texts.history();
    let links = vec![
        (PageLink::First, part.first_page),
        (PageLink::Previous, part.previous),
        (PageLink::Next, part.next),
        (PageLink::Last, part.last_page),
    ];
    view! {
        <PageNav label=part.pages_label place pages links address />
        <div class="page-options">
            <GoTo asked last=Signal::derive(move || pages.with(|(_, last)| *last)) />
            <PerPage asked />
        </div>
    }
}

/// A field for a page number.
#[component]
fn GoTo(asked: Memo<Listing>, last: Signal<u64>) -> impl IntoView {
    let (texts, language, navigate) = (use_texts(), use_language(), use_list_navigation());
    let (typed, is_wrong) = (RwSignal::new(String::new()), RwSignal::new(false));
    let go = move |event: SubmitEvent| {
        event.prevent_default();
        let page = typed.with_untracked(|typed| typed.trim().parse::<u64>());
        match page {
            Ok(page) if (1..=last.get_untracked()).contains(&page) => {
                is_wrong.set(false);
                typed.set(String::new());
                navigate.run((asked.get_untracked().on_page(page), Navigation::Push));
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
    let (texts, navigate) = (use_texts(), use_list_navigation());
    let chosen = Memo::new(move |_| asked.with(|asked| asked.per_page));
    let options = move || {
        // An address may have any page length up to a hundred.
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
            navigate.run((Listing { per_page, page: 1, ..asked.get_untracked() }, Navigation::Push));
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
