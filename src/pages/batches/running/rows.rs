//! The table of a catalogue's products, filtered by view and paginated.

use std::collections::HashMap;

use import8_api::{Confidence, HsCode};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::super::labels::reason_words;
use super::super::product_table::ProductTable;
use super::product::{Decide, Product, deciding};
use super::views::{Standings, View, address, left_out};
use crate::browser::database::NotKept;
use crate::browser::memo::Memo;
use crate::browser::task::{effect, spawn_while_shown};
use crate::components::code::code_in_place_of;
use crate::components::confidence::ConfidenceWord;
use crate::components::keyed::For;
use crate::components::page_nav::{ListPage, PageLink, PageNav};
use crate::components::show::Show;
use crate::i18n::{format, use_language, use_texts};
use crate::outbox::batches::journal::{self, Order};
use crate::outbox::batches::state::State;
use crate::outbox::batches::{Journal, use_batches};
use crate::outbox::reviews::use_reviews;
use crate::routes;

/// Products per page.
const PER_PAGE: usize = 50;

/// A table row.
#[derive(Debug, Clone, PartialEq)]
struct Shown {
    number: u32,
    /// The view that the row belongs to.
    view: View,
    /// The position of its order: batch number and index in that batch.
    order: Option<(u32, usize)>,
    id: Option<String>,
    name: Option<String>,
    code: Option<HsCode>,
    /// The classifier's code if a person replaced it.
    overruled: Option<HsCode>,
    /// The classifier's confidence. `None` if the code is not the classifier's, `Some(None)` if it gave no
    /// confidence.
    confidence: Option<Option<Confidence>>,
    /// Whether a person has decided the code.
    is_reviewed: bool,
    reason: Option<String>,
}

/// The tabs of the views and the table of one view. View and page number are in the address.
#[component]
pub fn Rows(
    /// The identifier of the catalogue.
    id: StoredValue<String>,
    /// The standing of each product.
    standings: Memo<Option<Standings>>,
    /// Number of products in each view.
    counts: Memo<Vec<(View, u32)>>,
    /// Number of products in all.
    all: Signal<u32>,
) -> impl IntoView {
    let (batches, texts, language) = (use_batches(), use_texts(), use_language());
    let (query, reviews) = (use_query_map(), use_reviews());
    let view = Memo::new(move |_| View::parse(&query.with(|query| query.get("state")).unwrap_or_default()));
    let numbers = Memo::new(move |_| {
        standings.with(|standings| {
            let Some(standings) = standings else { return Vec::new() };
            view.get().map_or_else(|| sent(standings), |view| view.products(standings))
        })
    });
    let total = Memo::new(move |_| numbers.with(Vec::len));
    let page = Memo::new(move |_| {
        ListPage::new(query.with(|query| query.get("page")).as_deref(), total.get(), PER_PAGE)
    });
    let on_page = Memo::new(move |_| {
        let ListPage { start, end, .. } = page.get();
        numbers.with(|numbers| numbers.iter().take(end).skip(start).copied().collect::<Vec<_>>())
    });
    let shown = Memo::new(move |_| {
        let on_page = on_page.get();
        reviews.track();
        let decide = deciding(reviews);
        id.with_value(|id| {
            batches.with_journal(id, |journal| {
                let Some(journal) = journal else { return Vec::new() };
                let shown = on_page.into_iter().filter_map(|number| shown_of(journal, number, &decide));
                shown.collect::<Vec<_>>()
            })
        })
    });
    // Descriptions are read from the database for the batches in view only.
    let orders = RwSignal::new(HashMap::<u32, Vec<Order>>::new());
    let wanted = Memo::new(move |_| {
        let mut wanted: Vec<u32> =
            shown.with(|shown| shown.iter().filter_map(|one| one.order.map(|(batch, _)| batch)).collect());
        wanted.sort_unstable();
        wanted.dedup();
        wanted
    });
    effect(move || {
        let wanted = wanted.get();
        spawn_while_shown(async move {
            let mut read = HashMap::new();
            for number in wanted {
                let known = orders.with_untracked(|orders| orders.get(&number).cloned());
                let batch = || {
                    let of = |journal: Option<&Journal>| journal?.batch(number).cloned();
                    untrack(|| id.with_value(|id| batches.with_journal(id, of)))
                };
                let own = match (known, batch()) {
                    (Some(own), _) => own,
                    // Orders that cannot be read leave their rows without a name, and the page says so.
                    (None, Some(batch)) => journal::orders(&batch).await.unwrap_or_else(|NotKept| {
                        batches.note_unread(&batch.catalogue);
                        Vec::new()
                    }),
                    (None, None) => Vec::new(),
                };
                read.insert(number, own);
            }
            orders.set(read);
        });
    });
    let address = move |view: Option<View>, page: usize| id.with_value(|id| address(id, view, page));
    let tab = move |own: Option<View>| {
        let count = Memo::new(move |_| match own {
            None => all.get(),
            Some(own) => counts.with(|counts| count_of(counts, own)),
        });
        let is_shown = Memo::new(move |_| own.is_none() || count.get() > 0 || view.get() == own);
        let words = own.map_or(texts.running().state_all, |view| view.word(texts));
        move || {
            is_shown.get().then(|| {
                view! {
                    <li>
                        <a
                            href=address(own, 1)
                            class="tab"
                            aria-current=move || (view.get() == own).then_some("true")
                        >
                            {words}
                            " "
                            <span class="quiet">{move || format::count(count.get().into(), language)}</span>
                        </a>
                    </li>
                }
            })
        }
    };
    let tabs = std::iter::once(None).chain(View::ALL.map(Some)).map(tab).collect_view();
    let place = Signal::derive(move || {
        let (ListPage { start, end, .. }, total) = (page.get(), total.get());
        let count = |number: usize| format::count(number as u64, language);
        if total == 0 {
            return String::new();
        }
        (texts.running().place)(&count(start + 1), &count(end), &count(total))
    });
    let pages = Signal::derive(move || page.get().pages());
    let to = Callback::new(move |page: u64| address(view.get(), usize::try_from(page).unwrap_or(1)));
    let links = vec![(PageLink::Previous, texts.running().previous), (PageLink::Next, texts.running().next)];
    view! {
        <section class="block" id="products">
            <h2 class="visually-hidden">{texts.running().rows_label}</h2>
            <ul class="tabs">{tabs}</ul>
            <Show when=move || view.get() == Some(View::LeftOut)>
                <LeftOut id />
            </Show>
            <ProductTable has_confidence=true>
                <For each=move || on_page.get() key=|number| *number let:number>
                    <Row number shown orders />
                </For>
            </ProductTable>
            <Show when=move || total.get() == 0 && view.get() != Some(View::LeftOut)>
                <p class="quiet">{texts.running().nothing_here}</p>
            </Show>
            <PageNav label=texts.running().pages_label place pages links address=to />
        </section>
    }
}

/// The numbers of all products that were planned to be sent or are known.
fn sent(standings: &Standings) -> Vec<u32> {
    let all = (0..).zip(standings);
    all.filter(|(_, standing)| standing.is_some()).map(|(number, _)| number).collect()
}

/// The number of products in a view.
#[must_use]
pub fn count_of(counts: &[(View, u32)], view: View) -> u32 {
    counts.iter().find(|(own, _)| *own == view).map_or(0, |(_, count)| *count)
}

/// The number of rows left out, by reason.
#[component]
fn LeftOut(id: StoredValue<String>) -> impl IntoView {
    let (batches, texts, language) = (use_batches(), use_texts(), use_language());
    let lines = move || {
        let rows = id.with_value(|id| batches.with_journal(id, |journal| journal.map(left_out)));
        let line = |(reason, count): (_, u32)| {
            let count = (texts.running().row_count)(&format::count(count.into(), language));
            view! { <li>{reason_words(reason, texts)} ": " {count}</li> }
        };
        rows.unwrap_or_default().into_iter().map(line).collect_view()
    };
    view! {
        <ul class="left-out">{lines}</ul>
        <p class="hint">{texts.running().left_out_hint}</p>
    }
}

fn shown_of(journal: &Journal, number: u32, decide: Decide<'_>) -> Option<Shown> {
    let place = journal.places.get(usize::try_from(number).ok()?).copied().flatten()?;
    let product = Product::at(journal, place, decide);
    let (code, overruled) = (product.code(), product.overruled());
    let is_answered = product.state == State::Completed && code.is_some() && overruled.is_none();
    let known = journal.plan.known.get(place.at).filter(|_| place.batch.is_none());
    Some(Shown {
        number,
        view: product.depth().map_or(View::At(product.state), View::Code),
        order: place.batch.map(|batch| (batch, place.at)),
        id: product.id.map(str::to_owned),
        name: known.map(|(_, known)| known.summary.clone()),
        code,
        overruled,
        confidence: (is_answered && product.answered.is_some()).then(|| product.confidence()),
        is_reviewed: product.is_reviewed(),
        reason: product.reason().filter(|_| product.state == State::Failed).map(str::to_owned),
    })
}

/// A row of the table. It stays the same element while its product changes: only the cells that show the change are
/// drawn again.
#[component]
fn Row(
    /// The number of the product.
    number: u32,
    /// The rows of the page, in the order of their numbers.
    shown: Memo<Vec<Shown>>,
    orders: RwSignal<HashMap<u32, Vec<Order>>>,
) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let one = Memo::new(move |before: Option<&Option<Shown>>| {
        let found = shown.with(|shown| {
            let at = shown.binary_search_by_key(&number, |one| one.number).ok()?;
            shown.get(at).cloned()
        });
        // The last look of a row that is about to leave the page.
        found.or_else(|| before.cloned().flatten())
    });
    let order = Memo::new(move |_| {
        let (batch, at) = one.with(|one| one.as_ref()?.order)?;
        orders.with(|orders| orders.get(&batch)?.get(at).cloned())
    });
    let words = Memo::new(move |_| {
        let name = one.with(|one| one.as_ref()?.name.clone());
        let described = || order.with(|order| order.as_ref()?.request.description.clone());
        let reference = || order.with(|order| order.as_ref().map(|order| order.reference.clone()));
        name.or_else(described).or_else(reference).unwrap_or_default()
    });
    let id = Memo::new(move |_| one.with(|one| one.as_ref()?.id.clone()));
    let product = move || match id.get() {
        Some(id) => view! { <a href=routes::classification(&id)>{move || words.get()}</a> }.into_any(),
        None => view! { <span>{move || words.get()}</span> }.into_any(),
    };
    let reference = move || {
        order.with(|order| {
            let order = order.as_ref()?;
            let rows = (order.rows > 1)
                .then(|| (texts.running().row_count)(&format::count(order.rows.into(), language)));
            let parts: Vec<_> = [Some(order.reference.clone()).filter(|text| !text.is_empty()), rows]
                .into_iter()
                .flatten()
                .collect();
            (!parts.is_empty()).then(|| view! { <span class="hint">{parts.join(" · ")}</span> })
        })
    };
    let reason = move || {
        let reason = one.with(|one| one.as_ref()?.reason.clone());
        reason.map(|reason| view! { <span class="hint">{reason}</span> })
    };
    let code = move || {
        let (code, overruled) = one.with(|one| one.as_ref().map(|one| (one.code, one.overruled)))?;
        code.map(|code| code_in_place_of(code, overruled, texts))
    };
    let confidence = move || {
        let (confidence, is_reviewed) =
            one.with(|one| one.as_ref().map(|one| (one.confidence, one.is_reviewed)))?;
        Some(view! {
            {confidence.map(|confidence| view! { <ConfidenceWord confidence /> })}
            {is_reviewed.then(|| view! { <span class="hint">{texts.running().by_person}</span> })}
        })
    };
    let view = Memo::new(move |_| one.with(|one| one.as_ref().map(|one| one.view)));
    view! {
        <tr>
            <td class="product">{product} {reference} {reason}</td>
            <td class="code-cell">{code}</td>
            <td class="confidence-cell">{confidence}</td>
            <td class="status-cell">
                <span class="state" data-state=move || view.get().map(View::as_str)>
                    {move || view.get().map(|view| view.word(texts))}
                </span>
            </td>
        </tr>
    }
}
