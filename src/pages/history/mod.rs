//! What has been classified: pages, filters and search in the address, rows to select and to export.

pub mod export;
pub mod filters;
pub mod gather;
pub mod pages;
pub mod plan;
pub mod reading;
pub mod selection;
pub mod words;

use import8_api::{ClassificationSummary, PageMeta};
use leptos::html::{Details, P};
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_query_map;

use crate::components::failure::Failure;
use crate::components::page::Page;
use crate::components::table::{ClassificationTable, TableSkeleton};
use crate::format;
use crate::i18n::{use_language, use_texts};
use crate::listing::{Filter, Listing, Sort};
use crate::load::Load;
use crate::routes;
use crate::session::{Session, use_session};

use self::export::{Everything, Export, Exportable};
use self::filters::{Filters, Turn, use_turn};
use self::gather::Gathered;
use self::pages::Pages;
use self::plan::{Lack, Plan, Support};
use self::reading::{Reading, ReadingProgress};
use self::selection::{Selected, SelectionBar};

/// What the history keeps while other screens are looked at, until the key changes: a handle, cheap to
/// copy.
#[derive(Debug, Clone, Copy, Default)]
pub struct Visit {
    gathered: RwSignal<Gathered>,
    selected: Selected,
}

impl Visit {
    /// The visit of the session's key.
    #[must_use]
    pub fn of(session: Session) -> Self {
        let visit = Self::default();
        Effect::new(move |_| {
            // What one key may see is not the next one's.
            let _ = session.masked_key();
            visit.gathered.update(|gathered| *gathered = Gathered::default());
            visit.selected.clear();
        });
        visit
    }
}

/// A page as it is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// What it is a page of.
    pub listing: Listing,
    /// Its rows.
    pub rows: Vec<ClassificationSummary>,
    /// Where it stands.
    pub meta: PageMeta,
    /// Whether rows may still come in.
    pub is_open: bool,
}

/// What there is to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Content {
    Nothing,
    Skeleton,
    NothingClassified,
    NothingMatches,
    Beyond,
    Rows,
}

/// The history.
#[component]
pub fn HistoryPage() -> impl IntoView {
    let (session, texts, language) = (use_session(), use_texts(), use_language());
    let visit: Visit = expect_context();
    let query = use_query_map();
    let asked = Memo::new(move |_| query.with(|query| Listing::read(|name| query.get(name))));
    let support = Memo::new(move |_| session.account().map(|account| Support::of(&account.extensions)));
    let planned = Memo::new(move |_| {
        let listing = asked.get();
        let support = support.get().or(Plan::is_plain(&listing).then(Support::default))?;
        Some(Plan::of(&listing, support))
    });
    let plan = Memo::new(move |_| planned.with(|planned| planned.as_ref().map(|(plan, _)| plan.clone())));
    let list = Load::new(move || {
        let client = session.client(language.code());
        let plan = plan.get();
        async move {
            match plan {
                // With the question, because the answer to another one may be the same.
                Some(Plan::Asked(listing)) => {
                    client.classifications(&listing).await.map(|answer| Some((listing, answer)))
                }
                Some(Plan::Gathered { .. }) => Ok(None),
                // It is not known yet what the service can do: that comes first.
                None => client.account().await.map(|account| {
                    session.set_account(account);
                    None
                }),
            }
        }
    });
    let reading = Reading::new(visit.gathered, plan);
    let is_gathered = Memo::new(move |_| plan.with(|plan| matches!(plan, Some(Plan::Gathered { .. }))));
    let shown = Memo::new(move |old: Option<&Option<Shown>>| match plan.get() {
        Some(Plan::Gathered { wanted, .. }) => Some(gathered_page(wanted, reading)),
        _ => list
            .with(|list| {
                list?.as_ref().map(|(listing, page)| Shown {
                    listing: listing.clone(),
                    rows: page.data.clone(),
                    meta: page.meta,
                    is_open: false,
                })
            })
            .or_else(|| old.cloned().flatten()),
    });
    let content = Memo::new(move |_| {
        shown.with(|shown| match shown {
            Some(shown) => content_of(shown),
            None if list.is_slow() && list.error().is_none() => Content::Skeleton,
            None => Content::Nothing,
        })
    });
    let total =
        Signal::derive(move || shown.with(|shown| shown.as_ref().map_or(0, |shown| shown.meta.total)));
    let lead = Signal::derive(move || {
        shown
            .with(|shown| {
                shown.as_ref().map(|shown| {
                    let total = format::count(shown.meta.total, language);
                    if shown.listing.filter.is_empty() {
                        (texts.history.lead)(&total)
                    } else {
                        (texts.history.found)(&total)
                    }
                })
            })
            .unwrap_or_default()
    });
    // All that match are others when the filter is another.
    let filter = Memo::new(move |_| asked.with(|asked| asked.filter.clone()));
    Effect::new(move |_| {
        filter.track();
        visit.selected.all.set(false);
    });
    let error = move || if is_gathered.get() { reading.error() } else { list.error() };
    let retry = Callback::new(move |()| {
        list.reload();
        reading.retry();
    });
    let lacks = move || {
        let lacks = planned.with(|planned| planned.as_ref().map(|(_, lacks)| lacks.clone()));
        let sentence = |lack: Lack| match lack {
            Lack::Sort => texts.history.lack_sort,
            Lack::Verdicts => texts.history.lack_verdicts,
        };
        let notice = |lack| view! { <p class="notice">{sentence(lack)}</p> };
        lacks.unwrap_or_default().into_iter().map(notice).collect_view()
    };
    let rows = Signal::derive(move || {
        shown.with(|shown| shown.as_ref().map(|shown| shown.rows.clone()).unwrap_or_default())
    });
    // Rows of another question stay, and are said to be old, until this one is answered.
    let is_old = move || {
        let shown = shown.with(|shown| shown.as_ref().map(|shown| shown.listing.clone()));
        let wanted = plan.with(|plan| match plan {
            Some(Plan::Asked(listing) | Plan::Gathered { wanted: listing, .. }) => Some(listing.clone()),
            None => None,
        });
        shown != wanted
    };
    let has_stakes = Signal::derive(move || asked.with(|asked| asked.sort == Sort::AtStake));
    let everything = Signal::derive(move || match plan.get() {
        Some(Plan::Asked(listing)) => Everything::Asked(listing.on_page(1)),
        _ => Everything::Found,
    });
    let exportable = Exportable {
        selected: visit.selected,
        page: rows,
        total,
        everything,
        found: Callback::new(move |()| reading.with(|gathered, matches| matches.rows(gathered))),
    };
    let fold = NodeRef::<Details>::new();
    let open_export = Callback::new(move |()| {
        if let Some(fold) = fold.get_untracked() {
            fold.set_open(true);
            fold.scroll_into_view();
        }
    });
    // Once it is there, it stays: a file may be on its way.
    let has_rows = Memo::new(move |had: Option<&bool>| had == Some(&true) || content.get() == Content::Rows);
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
        <Page title=texts.history.title lead>
            <Filters asked support=Signal::derive(move || support.get().unwrap_or_default()) />
            {lacks}
            <Show when=move || is_gathered.get()>
                <ReadingProgress reading />
            </Show>
            {move || error().map(|error| view! { <Failure error retry /> })}
            <div class="listed" aria-busy=move || is_old().to_string()>
                <Show when=move || has_rows.get()>
                    <Export rows=exportable fold />
                </Show>
                {content}
            </div>
            <SelectionBar selected=visit.selected total export=open_export />
        </Page>
    }
}

/// A page of what was found among the rows that are read here.
fn gathered_page(listing: Listing, reading: Reading) -> Shown {
    reading.with(|gathered, matches| {
        let (total, per_page) = (matches.count(), u64::from(listing.per_page));
        let last_page = total.div_ceil(per_page).max(1);
        let meta = PageMeta { current_page: listing.page, per_page, total, last_page };
        Shown { rows: matches.page(&listing, gathered), listing, meta, is_open: !reading.is_over() }
    })
}

fn content_of(shown: &Shown) -> Content {
    let is_filtered = !shown.listing.filter.is_empty();
    match (shown.rows.is_empty(), shown.meta.total) {
        (false, _) => Content::Rows,
        (true, _) if shown.is_open => Content::Nothing,
        (true, 0) if is_filtered => Content::NothingMatches,
        (true, 0) => Content::NothingClassified,
        (true, _) => Content::Beyond,
    }
}

#[component]
fn NothingClassified() -> impl IntoView {
    let texts = use_texts();
    view! {
        <section class="empty">
            <h2>{texts.history.empty_title}</h2>
            <p>{texts.history.empty_body}</p>
            <A href=routes::CLASSIFY attr:class="button primary">
                {texts.overview.start_action}
            </A>
        </section>
    }
}

#[component]
fn NothingMatches(asked: Memo<Listing>) -> impl IntoView {
    let (texts, turn) = (use_texts(), use_turn());
    let clear = move |_| turn.run((asked.get_untracked().filtered(Filter::default()), Turn::Push));
    view! {
        <section class="empty">
            <h2>{texts.history.no_match_title}</h2>
            <p>{texts.history.no_match_body}</p>
            <button type="button" class="secondary" on:click=clear>
                {texts.history.clear_all}
            </button>
        </section>
    }
}

#[component]
fn Beyond(asked: Memo<Listing>, shown: Memo<Option<Shown>>) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let last = shown.with_untracked(|shown| shown.as_ref().map_or(1, |shown| shown.meta.last_page));
    let to = |page| asked.with_untracked(|asked| routes::history(&asked.on_page(page).to_string()));
    view! {
        <section class="empty">
            <h2>{texts.history.beyond}</h2>
            <p>{(texts.history.pages_in_all)(&format::count(last, language))}</p>
            <p class="ways">
                <a href=to(1) class="button secondary">
                    {texts.history.first}
                </a>
                <a href=to(last) class="button secondary">
                    {texts.history.last}
                </a>
            </p>
        </section>
    }
}

/// Which rows these are. A page that was turned takes the focus here, so that a screen reader says where
/// one is.
#[component]
fn Place(shown: Memo<Option<Shown>>) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let sentence = move || {
        shown.with(|shown| {
            let Shown { rows, meta, .. } = shown.as_ref()?;
            let before = meta.current_page.saturating_sub(1).saturating_mul(meta.per_page);
            let last = before + u64::try_from(rows.len()).unwrap_or(u64::MAX);
            let count = |number| format::count(number, language);
            Some((texts.history.place)(&count(before + 1), &count(last), &count(meta.total)))
        })
    };
    // `page` is no documented parameter, so a service may well answer another page.
    let ignored = move || {
        shown.with(|shown| {
            let Shown { listing, meta, .. } = shown.as_ref()?;
            let count = |number| format::count(number, language);
            (listing.page != meta.current_page).then(|| {
                let sentence = (texts.history.page_ignored)(&count(listing.page), &count(meta.current_page));
                view! { <p class="notice">{sentence}</p> }
            })
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
            // What cannot take the focus can still be read.
            let _ = element.focus();
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
