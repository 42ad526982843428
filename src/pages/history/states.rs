//! The empty states of the history, and the position of the page in the list.

use leptos::html::P;
use leptos::prelude::*;
use leptos_router::components::A;

use super::listed::Shown;
use super::navigation::{Navigation, use_list_navigation};
use crate::api::listing::{Filter, Listing};
use crate::browser::focus::focus_element;
use crate::browser::memo::Memo;
use crate::i18n::{format, use_language, use_texts};
use crate::routes;

/// The empty state of an organisation without classifications.
#[component]
pub fn NothingClassified() -> impl IntoView {
    let texts = use_texts();
    view! {
        <section class="empty">
            <h2>{texts.history().empty_title}</h2>
            <p>{texts.history().empty_body}</p>
            <A href=routes::CLASSIFY attr:class="button primary">
                {texts.overview().start_action}
            </A>
        </section>
    }
}

/// The empty state of a filter without matches.
#[component]
pub fn NothingMatches(
    /// The query in the address.
    asked: Memo<Listing>,
) -> impl IntoView {
    let (texts, navigate) = (use_texts(), use_list_navigation());
    let clear = move |_| navigate.run((asked.get_untracked().filtered(Filter::default()), Navigation::Push));
    view! {
        <section class="empty">
            <h2>{texts.history().no_match_title}</h2>
            <p>{texts.history().no_match_body}</p>
            <button type="button" class="secondary" on:click=clear>
                {texts.history().clear_filters}
            </button>
        </section>
    }
}

/// The empty state of a page number beyond the last page.
#[component]
pub fn Beyond(
    /// The query in the address.
    asked: Memo<Listing>,
    /// The page shown.
    shown: Memo<Option<Shown>>,
) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let last = shown.with_untracked(|shown| shown.as_ref().map_or(1, |shown| shown.meta.last_page));
    let to = |page| asked.with_untracked(|asked| routes::history(&asked.on_page(page).to_string()));
    view! {
        <section class="empty">
            <h2>{texts.history().beyond}</h2>
            <p>{(texts.history().pages_in_all)(&format::count(last, language))}</p>
            <p class="ways">
                <a href=to(1) class="button secondary">
                    {texts.history().first}
                </a>
                <a href=to(last) class="button secondary">
                    {texts.history().last}
                </a>
            </p>
        </section>
    }
}

/// The range of the rows shown. Takes the focus when the page changes, so that screen readers announce the
/// new range.
#[component]
pub fn Place(
    /// The page shown.
    shown: Memo<Option<Shown>>,
) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let count = move |number| format::count(number, language);
    let sentence = move || {
        shown.with(|shown| {
            let Shown { rows, meta, .. } = shown.as_ref()?;
            let before = meta.current_page.saturating_sub(1).saturating_mul(meta.per_page);
            let last = before + u64::try_from(rows.len()).unwrap_or(u64::MAX);
            Some((texts.history().place)(&count(before + 1), &count(last), &count(meta.total)))
        })
    };
    // `page` is not a documented parameter, so a service may return another page.
    let ignored = move || {
        shown.with(|shown| {
            let Shown { listing, meta, .. } = shown.as_ref()?;
            let sentence = (texts.history().page_ignored)(&count(listing.page), &count(meta.current_page));
            (listing.page != meta.current_page).then(|| view! { <p class="notice">{sentence}</p> })
        })
    };
    let element = NodeRef::<P>::new();
    let page = Memo::new(move |_| shown.with(|shown| shown.as_ref().map(|shown| shown.listing.page)));
    Effect::new(move |before: Option<Option<u64>>| {
        let page = page.get();
        let is_turned = before.is_some_and(|before| before != page);
        let is_typing = document().active_element().is_some_and(|element| element.tag_name() == "INPUT");
        if is_turned
            && !is_typing
            && let Some(element) = element.get_untracked()
        {
            focus_element(&element);
        }
        page
    });
    view! {
        {ignored}
        <p class="place" tabindex="-1" role="status" node_ref=element>
            {sentence}
        </p>
    }
}
