//! The tariff to browse and to search: sections, chapters, headings and codes down to ten digits. The address has the
//! row that is open.

pub mod branches;
pub mod hits;
pub mod keyboard;

use std::collections::{BTreeMap, BTreeSet};

use import8_api::{Extension, HsCode, NomenclatureEntry, NomenclatureRow};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::query_signal_with_options;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use self::branches::{Known, Tree, level};
use self::hits::hits;
use crate::api::{ApiError, Client};
use crate::browser::focus::focus_element;
use crate::browser::memo::Memo;
use crate::browser::task::effect;
use crate::components::failure::Failure;
use crate::components::page::Page;
use crate::components::table::TableSkeleton;
use crate::i18n::{use_language, use_texts};
use crate::queries::load::Load;
use crate::session::use_session;

/// The answer about a code.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Found {
    code: String,
    /// The rows below each code of the path, from the sections down.
    levels: Vec<(String, Vec<NomenclatureRow>)>,
    /// Whether the tariff has the code.
    is_known: bool,
}

/// Asks for the rows below a code and, with `levels`, for those on each level above it.
async fn find(client: Client, code: String, levels: bool) -> Result<Option<Found>, ApiError> {
    let answer = if code.is_empty() { None } else { Some(client.nomenclature_levels(&code, levels).await) };
    let (levels, is_known) = match answer {
        Some(Ok(entry)) => (in_levels(entry), true),
        None => (vec![(String::new(), client.nomenclature_search("").await?)], true),
        Some(Err(ApiError::NotFound | ApiError::UnknownCode(_))) => {
            (vec![(String::new(), client.nomenclature_search("").await?)], false)
        }
        Some(Err(error)) => return Err(error),
    };
    Ok(Some(Found { code, levels, is_known }))
}

fn in_levels(entry: NomenclatureEntry) -> Vec<(String, Vec<NomenclatureRow>)> {
    let NomenclatureEntry { row, path, children, levels, .. } = entry;
    let above = [String::new()].into_iter().chain(path.into_iter().map(|row| row.code));
    above.zip(levels).chain([(row.code, children)]).collect()
}

/// A code of an address or a link as the tree has it.
fn bare(code: &str) -> String {
    code.parse::<HsCode>().map_or_else(|_| code.trim().to_uppercase(), |code| code.bare().to_owned())
}

/// The tariff page.
#[component]
pub fn TariffPage() -> impl IntoView {
    let (session, texts, language) = (use_session(), use_texts(), use_language());
    let part = texts.tree();
    let stay = NavigateOptions { scroll: false, ..NavigateOptions::default() };
    let (code, set_code) = query_signal_with_options::<String>("code", stay);
    let here = Memo::new(move |_| code.get().map(|code| bare(&code)).unwrap_or_default());
    let has_tree = Memo::new(move |_| session.has(&Extension::Nomenclature));
    let (known, open) = (RwSignal::new(Known::new()), RwSignal::new(BTreeSet::new()));
    // A row that a link or a search leads to is brought into view; one that the person opens stays where it is.
    let (is_sought, is_chosen) = (StoredValue::new(true), StoredValue::new(false));
    let found = Load::new(move || {
        let (client, code) = (session.client(language.code()), here.get());
        let (is_known, has_levels) =
            known.with_untracked(|known| (known.contains_key(&code), branches::is_reached(known, &code)));
        let is_asked = has_tree.get() && !is_known;
        async move { if is_asked { find(client, code, !has_levels).await } else { Ok(None) } }
    });
    let show = move |code: &str| {
        if is_sought.get_value() {
            is_sought.set_value(false);
            bring_into_view(code.to_owned(), is_chosen.get_value());
        }
    };
    effect(move || {
        let Some(Some(Found { code, levels, .. })) = found.value() else { return };
        known.update(|known| {
            known.extend(levels.into_iter().map(|(above, rows)| (above, branches::drawn_once(rows))));
        });
        open_way(known, open, &code);
        show(&code);
    });
    effect(move || {
        let code = here.get();
        if known.with_untracked(|known| branches::is_reached(known, &code)) {
            open_way(known, open, &code);
            show(&code);
        }
    });
    let turn = Callback::new(move |code: String| {
        if open.with_untracked(|open| open.contains(&code)) {
            open.update(|open| open.retain(|one| *one != code));
            return;
        }
        open.update(|open| open.extend([code.clone()]));
        set_code.set(Some(code));
    });
    let tree = Tree { known, open, here, turn };
    let words = RwSignal::new(String::new());
    let choose = Callback::new(move |code: String| {
        words.set(String::new());
        is_sought.set_value(true);
        is_chosen.set_value(true);
        if here.get_untracked() == code {
            show(&code);
        }
        set_code.set(Some(code));
    });
    let missing = move || {
        let found = found.value().flatten().filter(|found| !found.is_known && found.code == here.get())?;
        Some(view! { <p class="notice" id="no-row">{(part.unknown)(&found.code)}</p> })
    };
    let failure = move || {
        let retry = Callback::new(move |()| found.reload());
        found.error().map(|error| view! { <Failure error retry /> })
    };
    // The rows are drawn once: each level draws its own changes.
    let is_empty = Memo::new(move |_| known.with(BTreeMap::is_empty));
    let rows = move || (!is_empty.get()).then(|| level(tree, String::new(), texts));
    let drawn = move || {
        let is_slow = is_empty.get() && found.is_slow();
        if is_slow { Some(view! { <TableSkeleton rows=8 /> }.into_any()) } else { untrack(rows) }
    };
    let is_unavailable = move || session.account().is_some() && !has_tree.get();
    view! {
        <Page title=Signal::stored(part.title.to_owned()) lead=Signal::stored(part.lead.to_owned())>
            {move || is_unavailable().then(|| view! { <p class="notice">{part.unavailable}</p> })}
            {hits(words, choose, has_tree)}
            {failure}
            {missing}
            <div
                class="tree"
                id="tree"
                hidden=move || words.with(|words| !words.trim().is_empty())
                on:keydown=keyboard::walk
            >
                {drawn}
            </div>
        </Page>
    }
}

/// Opens the rows from the section down to a code.
fn open_way(known: RwSignal<Known>, open: RwSignal<BTreeSet<String>>, code: &str) {
    let way = known.with_untracked(|known| branches::way_to(known, code));
    open.update(|open| open.extend(way));
}

/// Scrolls to the row of a code once it is drawn, and moves the focus there if the person chose it.
fn bring_into_view(code: String, has_focus: bool) {
    request_animation_frame(move || {
        let Some(row) = document().get_element_by_id(&format!("row-{code}")) else { return };
        row.scroll_into_view();
        let stop = row.query_selector(keyboard::STOP).ok().flatten().filter(|_| has_focus);
        if let Some(stop) = stop.and_then(|stop| stop.dyn_into::<HtmlElement>().ok()) {
            focus_element(&stop);
        }
    });
}
