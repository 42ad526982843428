//! What has been classified, page by page.

use import8_api::{ClassificationSummary, Page as ListPage, PageMeta};
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_query_map;

use crate::components::failure::Failure;
use crate::components::page::Page;
use crate::components::table::{ClassificationTable, TableSkeleton};
use crate::format;
use crate::i18n::{use_language, use_texts};
use crate::listing::Listing;
use crate::load::Load;
use crate::routes;
use crate::session::use_session;

/// The history; its page is in the address.
#[component]
pub fn HistoryPage() -> impl IntoView {
    let (session, texts, language) = (use_session(), use_texts(), use_language());
    let query = use_query_map();
    let asked = Memo::new(move |_| query.with(|query| Listing::read(|name| query.get(name))));
    let list = Load::new(move || {
        let client = session.client(language.code());
        let listing = asked.get();
        // With the question, because the answer to another one may be the same.
        async move { client.classifications(&listing).await.map(|answer| (listing, answer)) }
    });
    let lead = Signal::derive(move || {
        list.with(|list| {
            list.map(|(_, page)| (texts.history.lead)(&format::count(page.meta.total, language)))
        })
        .unwrap_or_default()
    });
    let retry = Callback::new(move |()| list.reload());
    let content = move || match list.value() {
        Some((asked, page)) => view! { <Rows asked page /> }.into_any(),
        None if list.is_slow() && list.error().is_none() => view! { <TableSkeleton rows=8 /> }.into_any(),
        None => ().into_any(),
    };
    view! {
        <Page title=texts.history.title lead>
            {move || list.error().map(|error| view! { <Failure error retry /> })}
            {content}
        </Page>
    }
}

#[component]
fn Rows(asked: Listing, page: ListPage<ClassificationSummary>) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let meta = page.meta;
    if meta.total == 0 {
        return view! {
            <section class="empty">
                <h2>{texts.history.empty_title}</h2>
                <p>{texts.history.empty_body}</p>
                <A href=routes::CLASSIFY attr:class="button primary">
                    {texts.overview.start_action}
                </A>
            </section>
        }
        .into_any();
    }
    if page.data.is_empty() {
        return view! {
            <section class="empty">
                <h2>{texts.history.beyond}</h2>
                <A href=routes::HISTORY attr:class="button secondary">
                    {texts.history.first}
                </A>
            </section>
        }
        .into_any();
    }
    // `page` is no documented parameter, so a service may well answer another page.
    let ignored = (meta.current_page != asked.page).then(|| {
        let number = |page: u64| format::count(page, language);
        let sentence = (texts.history.page_ignored)(&number(asked.page), &number(meta.current_page));
        view! { <p class="notice">{sentence}</p> }
    });
    view! {
        {ignored}
        <ClassificationTable rows=page.data />
        <Pages asked meta />
    }
    .into_any()
}

#[component]
fn Pages(asked: Listing, meta: PageMeta) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let newer =
        (meta.current_page > 1).then(|| routes::history(&asked.on_page(meta.current_page - 1).to_string()));
    let older = (meta.current_page < meta.last_page)
        .then(|| routes::history(&asked.on_page(meta.current_page + 1).to_string()));
    let place = (texts.history.page_of)(
        &format::count(meta.current_page, language),
        &format::count(meta.last_page, language),
    );
    let link = |href: Option<String>, text: &'static str, rel: &'static str| {
        href.map(|href| {
            view! {
                <A href=href attr:class="button secondary" attr:rel=rel>
                    {text}
                </A>
            }
        })
    };
    view! {
        <nav class="pages" aria-label=texts.history.pages_label>
            <span>{place}</span>
            {link(newer, texts.history.previous, "prev")}
            {link(older, texts.history.next, "next")}
        </nav>
    }
}
