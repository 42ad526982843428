//! Evidence sheets: printable records of a request, its answer and its reasoning, each with a digest.

pub mod address;
pub mod canonical;
pub mod confidence;
pub mod content;
pub mod cost;
pub mod cover;
pub mod draft;
pub mod labels;
pub mod loading;
pub mod sheet;
pub mod sheet_view;
pub mod value;

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::tick;
use leptos_router::NavigateOptions;
use leptos_router::components::A;
use leptos_router::hooks::{use_location, use_navigate};

use self::address::{Address, MAX_SHEETS};
use self::cover::Cover;
use self::draft::{Draft, Printed};
use self::loading::Items;
use self::sheet_view::Paper;
use crate::browser::memo::Memo;
use crate::browser::task::spawn_local;
use crate::components::failure::{EndWait, Failure};
use crate::components::page::Page;
use crate::components::table::TableSkeleton;
use crate::i18n::{Language, use_language, use_texts};
use crate::queries::load::Load;
use crate::routes;
use crate::session::use_session;

/// Delay before the loading state is shown.
const PATIENCE: Duration = Duration::from_millis(500);

/// The page of the evidence sheets that the address names.
#[component]
pub fn EvidencePage() -> impl IntoView {
    let search = use_location().search;
    let address = Memo::new(move |_| search.with(|search| Address::parse(search)));
    let ids = Memo::new(move |_| address.with(|address| address.ids.clone()));
    move || match ids.get() {
        ids if ids.is_empty() => view! { <Empty /> }.into_any(),
        ids => view! { <Sheets ids address /> }.into_any(),
    }
}

#[component]
fn Empty() -> impl IntoView {
    let texts = use_texts();
    view! {
        <Page title=texts.evidence().title>
            <section class="empty">
                <h2>{texts.evidence().empty_title}</h2>
                <p>{texts.evidence().empty_body}</p>
                <A href=routes::HISTORY attr:class="button secondary">
                    {texts.evidence().empty_action}
                </A>
            </section>
        </Page>
    }
}

#[component]
fn Sheets(ids: Vec<String>, address: Memo<Address>) -> impl IntoView {
    let (session, texts, dashboard) = (use_session(), use_texts(), use_language());
    let language = Memo::new(move |_| address.with(|address| address.language).unwrap_or(dashboard));
    let chosen = Memo::new(move |_| address.with(|address| address.chosen().ok().flatten()));
    let account = Load::new(move || {
        let (known, client) = (session.account(), session.client(dashboard.code()));
        async move {
            match known {
                Some(account) => Ok(account),
                None => client.account().await,
            }
        }
    });
    let is_bundle = ids.len() > 1;
    let items = Items::load(ids, session.client(dashboard.code()));
    let printed = Printed::watched();
    let owner = Signal::derive(move || account.value());
    let drafts: Vec<_> =
        items.all().into_iter().map(|item| Draft::new(item, owner, chosen, language)).collect();
    let drafts = StoredValue::new(drafts);
    let title = Signal::derive(move || {
        drafts.with_value(|drafts| match drafts.as_slice() {
            [draft] => draft.title().unwrap_or_else(|| texts.evidence().title.to_owned()),
            drafts => (language.get().texts().evidence().bundle_title)(&drafts.len().to_string()),
        })
    });
    // All records have loaded or failed, and at least one has a sheet.
    let can_print = Signal::derive(move || {
        let is_over = items.counts().0 == items.all().len();
        is_over && drafts.with_value(|drafts| drafts.iter().any(|draft| draft.has_sheet()))
    });
    let retry_account = Callback::new(move |()| account.reload());
    let papers = drafts.with_value(|drafts| {
        let papers = drafts.iter().copied().zip(1..);
        papers.map(|(draft, number)| view! { <Paper draft number items printed /> }).collect_view()
    });
    view! {
        <div class="evidence" class:bundle=is_bundle>
            <Page title lead=texts.evidence().lead>
                <Controls address language can_print printed />
                {move || remarks(address, drafts)}
                {move || account.error().map(|error| view! { <Failure error retry=retry_account /> })}
                <Progress items is_bundle />
                {is_bundle.then(|| view! { <Cover drafts owner language printed /> })}
                {papers}
            </Page>
        </div>
    }
}

/// Notices on parts of the address that were ignored.
fn remarks(address: Memo<Address>, drafts: StoredValue<Vec<Draft>>) -> impl IntoView {
    let words = use_texts().evidence();
    let (left_out, chosen) = address.with(|address| (address.left_out, address.chosen()));
    let refused = drafts.with_value(|drafts| drafts.iter().any(|draft| draft.refuses_chosen()));
    let remarks = [
        (left_out > 0).then(|| (words.left_out)(&MAX_SHEETS.to_string(), &left_out.to_string())),
        chosen.as_ref().err().map(|text| (words.code_refused)(text)),
        chosen.ok().flatten().filter(|_| refused).map(|code| (words.code_elsewhere)(&code.dotted())),
    ];
    let notice = |remark: String| view! { <p class="notice">{remark}</p> };
    remarks.into_iter().flatten().map(notice).collect_view()
}

/// The language switch of the sheets and the print button.
#[component]
fn Controls(
    address: Memo<Address>,
    language: Memo<Language>,
    can_print: Signal<bool>,
    printed: Printed,
) -> impl IntoView {
    let texts = use_texts();
    let navigate = StoredValue::new_local(use_navigate());
    let button = move |of: Language| {
        let choose = move |_| {
            let path = address.with_untracked(|address| address.in_language(of));
            let options = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
            navigate.with_value(|navigate| navigate(&path, options));
        };
        view! {
            <button
                type="button"
                lang=of.code()
                title=of.name()
                aria-pressed=move || (language.get() == of).to_string()
                on:click=choose
            >
                {of.code().to_uppercase()}
            </button>
        }
    };
    let print = move |_| {
        printed.now();
        spawn_local(async {
            tick().await;
            #[expect(
                clippy::let_underscore_must_use,
                reason = "a browser that may not print tells the person itself"
            )]
            let _ = window().print();
        });
    };
    view! {
        <div class="sheet-controls">
            <div class="switch" id="sheet-language" role="group" aria-label=texts.evidence().language>
                {Language::ALL.map(button).collect_view()}
            </div>
            <button
                type="button"
                class="primary"
                id="print"
                disabled=move || !can_print.get()
                on:click=print
            >
                {texts.evidence().print}
            </button>
        </div>
    }
}

/// The loading progress of the records.
#[component]
fn Progress(items: Items, is_bundle: bool) -> impl IntoView {
    let texts = use_texts();
    let is_slow = RwSignal::new(false);
    let show_wait = move || {
        // The page may have been left.
        is_slow.try_set(true);
    };
    set_timeout(show_wait, PATIENCE);
    let total = items.all().len();
    let counts = Memo::new(move |_| items.counts());
    let is_over = move || counts.get().0 == total;
    let bar = move || {
        let words = move || (texts.evidence().progress)(&counts.get().0.to_string(), &total.to_string());
        view! {
            <div class="sheet-progress" id="progress">
                <progress
                    aria-label=texts.evidence().progress_label
                    max=total.to_string()
                    value=move || counts.get().0.to_string()
                ></progress>
                <strong>{words}</strong>
            </div>
        }
    };
    let wait = move || match (is_over(), is_bundle) {
        (true, _) => ().into_any(),
        (false, true) => bar().into_any(),
        (false, false) if is_slow.get() => view! { <TableSkeleton rows=6 /> }.into_any(),
        (false, false) => ().into_any(),
    };
    let sentence = move || match (items.pause(), counts.get()) {
        (_, (done, 0)) if done == total => (texts.evidence().all_here)(&total.to_string()),
        (_, (done, failed)) if done == total => {
            (texts.evidence().not_here)(&failed.to_string(), &total.to_string())
        }
        (0, _) => String::new(),
        (seconds, _) => (texts.evidence().waiting)(&seconds.to_string()),
    };
    view! {
        {wait}
        <p class="hint sheet-standing" role="status" hidden=move || is_over() && !is_bundle>
            {sentence} " " {move || view! { <EndWait seconds=items.pause() /> }}
        </p>
    }
}
