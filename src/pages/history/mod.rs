//! The history page: classifications with filters, search and page number in the address, and rows to select and
//! export.

pub mod export;
pub mod filters;
pub mod labels;
pub mod listed;
pub mod matches;
pub mod navigation;
pub mod pages;
pub mod plan;
pub mod reading;
pub mod search;
pub mod selection;
pub mod states;
pub mod visit;

use leptos::html::Details;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use self::export::{Export, Exportable};
use self::filters::Filters;
use self::listed::{Content, Listed};
use self::pages::Pages;
use self::plan::Lack;
use self::reading::ReadingProgress;
use self::selection::{Selected, SelectionBar};
use self::states::{Beyond, NothingClassified, NothingMatches, Place};
use self::visit::Visit;
use crate::api::listing::{Listing, Sort};
use crate::browser::focus::focus_element;
use crate::browser::memo::Memo;
use crate::browser::task::effect;
use crate::components::failure::Failure;
use crate::components::page::Page;
use crate::components::show::Show;
use crate::components::table::{ClassificationTable, TableSkeleton};
use crate::i18n::{format, use_language, use_texts};

/// The history page.
#[component]
pub fn HistoryPage() -> impl IntoView {
    let texts = use_texts();
    let visit: Visit = expect_context();
    let query = use_query_map();
    let asked = Memo::new(move |_| query.with(|query| Listing::read(|name| query.get(name))));
    let listed = Listed::new(asked, visit);
    let total = Signal::derive(move || listed.total());
    forget_all_that_match(asked, visit.selected);
    let support = Signal::derive(move || listed.support.get().unwrap_or_default());
    let retry = Callback::new(move |()| listed.retry());
    let fold = NodeRef::<Details>::new();
    let open_export = Callback::new(move |()| unfold(fold));
    view! {
        <Page title=texts.history().title lead=lead(listed)>
            <Filters asked support />
            <Lacks listed />
            <Show when=move || listed.is_gathered()>
                <ReadingProgress reading=listed.reading matches=listed.matches />
            </Show>
            {move || listed.error().map(|error| view! { <Failure error retry /> })}
            <div class="listed" aria-busy=move || listed.is_old().to_string()>
                <List listed visit fold />
            </div>
            <SelectionBar selected=visit.selected total export=open_export />
        </Page>
    }
}

/// The number of classifications, or of those that match, in a sentence.
fn lead(listed: Listed) -> Signal<String> {
    let (texts, language) = (use_texts(), use_language());
    Signal::derive(move || {
        listed.shown.with(|shown| {
            let Some(shown) = shown else { return String::new() };
            let total = format::count(shown.meta.total, language);
            let is_all = shown.listing.filter.is_empty();
            if is_all { (texts.history().lead)(&total) } else { (texts.history().found)(&total) }
        })
    })
}

/// Clears "all matching rows selected" when the filter changes, because other rows match then.
fn forget_all_that_match(asked: Memo<Listing>, selected: Selected) {
    let filter = Memo::new(move |_| asked.with(|asked| asked.filter.clone()));
    effect(move || {
        // Read, not tracked: a memo that is only tracked never reports a change.
        filter.with(|_| ());
        selected.all.set(false);
    });
}

/// Opens a `<details>` element and scrolls to it.
fn unfold(fold: NodeRef<Details>) {
    let Some(fold) = fold.get_untracked() else { return };
    fold.set_open(true);
    let summary = fold.first_element_child().and_then(|summary| summary.dyn_into::<HtmlElement>().ok());
    if let Some(summary) = summary {
        focus_element(&summary);
    }
}

/// The notice on parts of the query that cannot be applied with this service.
#[component]
fn Lacks(listed: Listed) -> impl IntoView {
    let texts = use_texts();
    let sentence = move |lack: Lack| match lack {
        Lack::Sort => texts.history().lack_sort,
        Lack::Verdicts => texts.history().lack_verdicts,
    };
    let notice = move |lack| view! { <p class="notice">{sentence(lack)}</p> };
    move || listed.lacks().into_iter().map(notice).collect_view()
}

/// The rows, or the message in their place.
#[component]
fn List(listed: Listed, visit: Visit, fold: NodeRef<Details>) -> impl IntoView {
    let Listed { asked, shown, .. } = listed;
    let rows = Signal::derive(move || {
        shown.with(|shown| shown.as_ref().map(|shown| shown.rows.clone()).unwrap_or_default())
    });
    let has_stakes = Signal::derive(move || asked.with(|asked| asked.sort == Sort::AtStake));
    let exportable = Exportable {
        selected: visit.selected,
        page: rows,
        total: Signal::derive(move || listed.total()),
        list: Signal::derive(move || listed.whole()),
        found: Callback::new(move |()| listed.found()),
    };
    let content = Memo::new(move |_| listed.content());
    // Once shown, the section stays, because a file may be in progress.
    let has_export =
        Memo::new(move |had: Option<&bool>| had == Some(&true) || content.get() == Content::Rows);
    let content = move || match content.get() {
        Content::Nothing => ().into_any(),
        Content::Skeleton => view! { <TableSkeleton rows=8 /> }.into_any(),
        Content::NothingClassified => view! { <NothingClassified /> }.into_any(),
        Content::NothingMatches => view! { <NothingMatches asked /> }.into_any(),
        Content::Beyond => view! { <Beyond asked shown /> }.into_any(),
        Content::Rows => view! {
            <Place shown />
            <ClassificationTable rows selection=visit.selected.rows has_stakes />
            <Pages asked shown />
        }
        .into_any(),
    };
    view! {
        <Show when=move || has_export.get()>
            <Export rows=exportable fold />
        </Show>
        {content}
    }
}
