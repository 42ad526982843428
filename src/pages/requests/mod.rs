//! What this tab has asked the API.

pub mod archive;

use leptos::prelude::*;
use serde_json::Value;

use crate::api::{Body, Exchange};
use crate::components::failure::{Explanation, explain};
use crate::components::page::Page;
use crate::components::samples::{Call, Sample};
use crate::download::download_text;
use crate::format;
use crate::i18n::{use_language, use_texts};
use crate::session::use_session;

/// What this tab has asked the API.
#[component]
pub fn RequestsPage() -> impl IntoView {
    let (session, texts, language) = (use_session(), use_texts(), use_language());
    let part = texts.requests();
    let only_failed = RwSignal::new(false);
    let opened = RwSignal::new(None::<u64>);
    let shown = Memo::new(move |_| {
        let mut log = session.log();
        log.retain(|exchange| !only_failed.get() || exchange.error.is_some());
        log
    });
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
    let choice = move |failed: bool, words: &'static str| {
        view! {
            <button
                type="button"
                aria-pressed=move || (only_failed.get() == failed).to_string()
                on:click=move |_| only_failed.set(failed)
            >
                {words}
            </button>
        }
    };
    view! {
        <Page title=part.title lead=part.lead>
            <div class="log-head">
                <div class="switch" role="group" aria-label=part.title>
                    {choice(false, part.all)}
                    {choice(true, part.only_failed)}
                </div>
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
                <For each=move || shown.get() key=|exchange| exchange.number let:exchange>
                    <Row exchange opened />
                </For>
            </table>
        </Page>
    }
}

/// Where the API is, for programs.
fn address() -> String {
    format!("{}/api", window().location().origin().unwrap_or_default())
}

#[component]
fn Row(exchange: Exchange, opened: RwSignal<Option<u64>>) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let part = texts.requests();
    let number = exchange.number;
    let is_open = Memo::new(move |_| opened.get() == Some(number));
    let name = format!("{} {}", exchange.method, exchange.path);
    let status = match exchange.status {
        Some(status) => status.to_string(),
        None => part.no_answer.to_owned(),
    };
    let duration = format!("{}\u{a0}ms", format::count(exchange.milliseconds, language));
    let headroom = exchange.rate.map(|rate| {
        let count = |number: u32| format::count(number.into(), language);
        (part.headroom_of)(&count(rate.remaining), &count(rate.limit))
    });
    let toggle = move |_| opened.update(|opened| *opened = (*opened != Some(number)).then_some(number));
    let is_failed = exchange.error.is_some();
    let (method, path) = (exchange.method.clone(), exchange.path.clone());
    let time = format::clock_seconds(exchange.at, language);
    let exchange = StoredValue::new(exchange);
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
                                    <Details exchange=exchange.get_value() />
                                </td>
                            </tr>
                        }
                    })
            }}
        </tbody>
    }
}

/// JSON as a person reads it; what is none, as it is.
fn spaced(json: &str) -> String {
    let value: Result<Value, _> = serde_json::from_str(json);
    value.and_then(|value| serde_json::to_string_pretty(&value)).unwrap_or_else(|_| json.to_owned())
}

#[component]
fn Details(exchange: Exchange) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let part = texts.requests();
    let happened = exchange.error.as_ref().map(|error| {
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
    let sent = match &exchange.body {
        None => view! { <p class="quiet">{part.sent_nothing}</p> }.into_any(),
        Some(Body::Kept(body)) => view! { <pre tabindex="0">{spaced(body)}</pre> }.into_any(),
        Some(Body::TooLong(bytes)) => {
            let bytes = format::count((*bytes).try_into().unwrap_or(u64::MAX), language);
            view! { <p class="quiet">{(part.sent_too_long)(&bytes)}</p> }.into_any()
        }
    };
    // A request whose body was not kept cannot be made again.
    let call = match &exchange.body {
        Some(Body::TooLong(_)) => None,
        Some(Body::Kept(body)) => Some(Some(spaced(body))),
        None => Some(None),
    };
    let sample = call.map(|body| {
        let call = Call {
            method: exchange.method.clone(),
            address: format!("{}{}", address(), exchange.path),
            body,
        };
        view! {
            <h3>{part.as_code}</h3>
            <p class="quiet">{part.as_code_hint}</p>
            <Sample call />
        }
    });
    let id = exchange.request_id.clone().unwrap_or_else(|| texts.common().none_given.to_owned());
    view! {
        {happened}
        <h3>{part.request_id}</h3>
        <p class="request-id">{id}</p>
        <h3>{part.sent}</h3>
        {sent}
        {sample}
    }
}
