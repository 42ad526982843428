//! The request log: the API requests of this tab.

pub mod archive;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use serde_json::Value;

use crate::api::{Body, RequestLogEntry};
use crate::browser::download::download_text;
use crate::browser::memo::Memo;
use crate::components::failure::{Explanation, explain};
use crate::components::keyed::For;
use crate::components::page::Page;
use crate::components::page_nav::{ListPage, PageLink, PageNav};
use crate::components::samples::{Call, Sample};
use crate::components::show::Show;
use crate::components::switch::Switch;
use crate::i18n::{format, use_language, use_texts};
use crate::routes;
use crate::session::use_session;

/// Requests per page.
const PER_PAGE: usize = 100;

/// The page of the request log.
#[component]
pub fn RequestsPage() -> impl IntoView {
    let (session, texts, language) = (use_session(), use_texts(), use_language());
    let part = texts.requests();
    let only_failed = RwSignal::new(false);
    let opened = RwSignal::new(None::<u64>);
    let shown = Memo::new(move |_| {
        let mut log = session.log();
        log.retain(|request| !only_failed.get() || request.error.is_some());
        log
    });
    let query = use_query_map();
    let page = Memo::new(move |_| {
        let number = query.with(|query| query.get("page"));
        ListPage::new(number.as_deref(), shown.with(Vec::len), PER_PAGE)
    });
    let on_page = move || {
        let ListPage { start, end, .. } = page.get();
        shown.with(|log| log.iter().take(end).skip(start).cloned().collect::<Vec<_>>())
    };
    let place = Signal::derive(move || {
        let (ListPage { start, end, .. }, total) = (page.get(), shown.with(Vec::len));
        let count = |number: usize| format::count(number as u64, language);
        (part.place)(&count(start + 1), &count(end), &count(total))
    });
    let pages = Signal::derive(move || page.get().pages());
    let has_pages = Memo::new(move |_| page.with(|page| page.last > 1));
    let links = StoredValue::new(vec![(PageLink::Previous, part.newer), (PageLink::Next, part.older)]);
    let to = Callback::new(|page: u64| format!("{}?page={page}", routes::REQUESTS));
    let has_no_file = RwSignal::new(false);
    let export = move |_| {
        let archive = archive::har(&untrack(|| session.log()), &address());
        has_no_file.set(download_text("import8-requests.har", "application/json", &archive).is_err());
    };
    let clear = move |_| session.clear_log();
    let count = move || {
        let count = shown.with(Vec::len).try_into().unwrap_or_default();
        (part.count)(&format::count(count, language))
    };
    let is_empty = Memo::new(move |_| shown.with(Vec::is_empty));
    let empty = move || {
        let (title, body) =
            if only_failed.get() { ("", part.none_failed) } else { (part.none_title, part.none_body) };
        is_empty.get().then(|| {
            view! {
                <div class="empty">
                    <h2>{title}</h2>
                    <p>{body}</p>
                </div>
            }
        })
    };
    let options = [part.all, part.only_failed].map(str::to_owned).to_vec();
    let chosen = Signal::derive(move || usize::from(only_failed.get()));
    let choose = Callback::new(move |at| only_failed.set(at == 1));
    view! {
        <Page title=part.title lead=part.lead>
            <div class="log-head">
                <Switch label=part.title options chosen on_choose=choose />
                <p class="quiet" role="status" aria-live="off">
                    {count}
                </p>
                <div class="actions">
                    <button type="button" class="secondary small" id="export-log" on:click=export>
                        {part.export}
                    </button>
                    <button type="button" class="secondary small" on:click=clear>
                        {part.clear}
                    </button>
                </div>
            </div>
            <p class="problem" role="alert">
                {move || has_no_file.get().then_some(part.no_file)}
            </p>
            {empty}
            <table class="log" hidden=move || is_empty.get()>
                <thead>
                    <tr>
                        <th scope="col">{part.time}</th>
                        <th scope="col">{part.request}</th>
                        <th scope="col">{part.status}</th>
                        <th scope="col" class="amount">
                            {part.duration}
                        </th>
                        <th scope="col" class="amount">
                            {part.headroom}
                        </th>
                    </tr>
                </thead>
                <For each=on_page key=|request| request.number let:request>
                    <Row request opened />
                </For>
            </table>
            <Show when=move || has_pages.get()>
                <PageNav label=part.pages_label place pages links=links.get_value() address=to />
            </Show>
        </Page>
    }
}

/// The address of the API for programs.
fn address() -> String {
    format!("{}/api", window().location().origin().unwrap_or_default())
}

#[component]
fn Row(request: RequestLogEntry, opened: RwSignal<Option<u64>>) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let part = texts.requests();
    let number = request.number;
    let is_open = Memo::new(move |_| opened.get() == Some(number));
    let name = format!("{} {}", request.method, request.path);
    let status = match request.status {
        Some(status) => status.to_string(),
        None => part.no_answer.to_owned(),
    };
    let duration = format!("{}\u{a0}ms", format::count(request.milliseconds, language));
    let headroom = request.rate.map(|rate| {
        let count = |number: u32| format::count(number.into(), language);
        (part.headroom_of)(&count(rate.remaining), &count(rate.limit))
    });
    let toggle = move |_| opened.update(|opened| *opened = (*opened != Some(number)).then_some(number));
    let is_failed = request.error.is_some();
    let (method, path) = (request.method.clone(), request.path.clone());
    let time = format::clock_seconds(request.at, language);
    let request = StoredValue::new(request);
    view! {
        <tbody>
            <tr data-failed=is_failed.to_string()>
                <td class="date">{time}</td>
                <td class="request">
                    <button
                        type="button"
                        class="link"
                        aria-expanded=move || is_open.get().to_string()
                        aria-label=(part.details)(&name)
                        on:click=toggle
                    >
                        <b>{method}</b>
                        " "
                        <span>{path}</span>
                    </button>
                </td>
                <td class="http-status">{status}</td>
                <td class="amount">{duration}</td>
                <td class="amount headroom">{headroom}</td>
            </tr>
            {move || {
                is_open
                    .get()
                    .then(|| {
                        view! {
                            <tr class="of-request">
                                <td colspan="5">
                                    <Details request=request.get_value() />
                                </td>
                            </tr>
                        }
                    })
            }}
        </tbody>
    }
}

/// JSON with indentation; other text unchanged.
fn spaced(json: &str) -> String {
    let value: Result<Value, _> = serde_json::from_str(json);
    value.and_then(|value| serde_json::to_string_pretty(&value)).unwrap_or_else(|_| json.to_owned())
}

#[component]
fn Details(request: RequestLogEntry) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let part = texts.requests();
    let happened = request.error.as_ref().map(|error| {
        let Explanation { title, body, next } = explain(error, texts);
        view! {
            <h3>{part.what_happened}</h3>
            <p>
                <strong>{title}</strong>
                " "
                {body}
                " "
                {next}
            </p>
        }
    });
    let sent = match &request.body {
        None => view! { <p class="quiet">{part.sent_nothing}</p> }.into_any(),
        Some(Body::Kept(body)) => view! { <pre tabindex="0">{spaced(body)}</pre> }.into_any(),
        Some(Body::TooLong(bytes)) => {
            let bytes = format::count((*bytes).try_into().unwrap_or(u64::MAX), language);
            view! { <p class="quiet">{(part.sent_too_long)(&bytes)}</p> }.into_any()
        }
    };
    // Without its body, a request cannot be repeated.
    let call = match &request.body {
        Some(Body::TooLong(_)) => None,
        Some(Body::Kept(body)) => Some(Some(spaced(body))),
        None => Some(None),
    };
    let sample = call.map(|body| {
        let call =
            Call { method: request.method.clone(), address: format!("{}{}", address(), request.path), body };
        view! {
            <h3>{part.as_code}</h3>
            <p class="quiet">{part.as_code_hint}</p>
            <Sample call />
        }
    });
    let id = request.request_id.clone().unwrap_or_else(|| texts.common().none_given.to_owned());
    view! {
        {happened}
        <h3>{part.request_id}</h3>
        <p class="request-id">{id}</p>
        <h3>{part.sent}</h3>
        {sent}
        {sample}
    }
}
