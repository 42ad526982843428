//! Classifications as rows.

use import8_api::{ClassificationSummary, FeedbackStatus};
use leptos::prelude::*;
use leptos_router::components::A;

use crate::components::code::Code;
use crate::components::confidence::ConfidenceWord;
use crate::components::review::said;
use crate::components::status::StatusWord;
use crate::format;
use crate::i18n::{use_language, use_texts};
use crate::locales::Texts;
use crate::reviews::use_reviews;
use crate::routes;

/// Rows that a person has ticked, whatever page they are on: a handle, cheap to copy.
#[derive(Debug, Clone, Copy, Default)]
pub struct Selection(RwSignal<Vec<ClassificationSummary>>);

impl Selection {
    /// How many there are.
    #[must_use]
    pub fn count(self) -> usize {
        self.0.with(Vec::len)
    }

    /// The rows, in the order in which they were ticked.
    #[must_use]
    pub fn rows(self) -> Vec<ClassificationSummary> {
        self.0.get()
    }

    /// Their identifiers.
    #[must_use]
    pub fn ids(self) -> Vec<String> {
        self.0.with(|rows| rows.iter().map(|row| row.id.clone()).collect())
    }

    /// Unticks all.
    pub fn clear(self) {
        self.0.set(Vec::new());
    }

    /// Ticks rows, or unticks them.
    pub fn tick(self, rows: &[ClassificationSummary], is_ticked: bool) {
        self.0.update(|ticked| {
            ticked.retain(|old| rows.iter().all(|row| row.id != old.id));
            if is_ticked {
                ticked.extend_from_slice(rows);
            }
        });
    }

    fn has(self, id: &str) -> bool {
        self.0.with(|rows| rows.iter().any(|row| row.id == id))
    }
}

/// The word for a verdict; one that is not documented speaks for itself.
#[must_use]
pub fn verdict_word(verdict: &FeedbackStatus, texts: Texts) -> String {
    match verdict {
        FeedbackStatus::Confirmed => texts.rows().confirmed.to_owned(),
        FeedbackStatus::Corrected => texts.rows().corrected.to_owned(),
        FeedbackStatus::Other(word) => word.clone(),
    }
}

/// A table of classifications; each row leads to its result.
#[component]
pub fn ClassificationTable(
    /// The rows, in their order.
    #[prop(into)]
    rows: Signal<Vec<ClassificationSummary>>,
    /// Lets a person tick rows.
    #[prop(optional)]
    selection: Option<Selection>,
    /// Whether to show what a wrong code would cost.
    #[prop(optional, into)]
    has_stakes: Signal<bool>,
) -> impl IntoView {
    let texts = use_texts();
    // A row that looks the same is the same: what is focused stays while others come in.
    let key = |row: &ClassificationSummary| {
        let status = row.status.as_str().to_owned();
        (
            row.id.clone(),
            status,
            row.hs_code,
            row.feedback.as_ref().map(|verdict| verdict.as_str().to_owned()),
        )
    };
    view! {
        <table class="rows" class:pickable=selection.is_some() class:staked=has_stakes>
            <thead>
                <tr>
                    {selection.map(|selection| view! { <PickAll rows selection /> })}
                    <th scope="col" class="product-cell">
                        {texts.rows().product}
                    </th>
                    <th scope="col" class="code-cell">
                        {texts.rows().code}
                    </th>
                    <th scope="col" class="confidence-cell">
                        {texts.rows().confidence}
                    </th>
                    <th scope="col" class="stake">
                        {texts.rows().at_stake}
                    </th>
                    <th scope="col" class="status-cell">
                        {texts.rows().status}
                    </th>
                    <th scope="col" class="date">
                        {texts.rows().date}
                    </th>
                </tr>
            </thead>
            <tbody>
                <For each=move || rows.get() key=key children=move |row| view! { <Row row selection /> } />
            </tbody>
        </table>
    }
}

#[component]
fn PickAll(rows: Signal<Vec<ClassificationSummary>>, selection: Selection) -> impl IntoView {
    let texts = use_texts();
    let ticked = Memo::new(move |_| {
        rows.with(|rows| (rows.iter().filter(|row| selection.has(&row.id)).count(), rows.len()))
    });
    let is_all = move || ticked.with(|(ticked, all)| ticked == all && *all > 0);
    let tick = move |event| rows.with_untracked(|rows| selection.tick(rows, event_target_checked(&event)));
    let is_some = move || ticked.with(|(ticked, all)| *ticked > 0 && ticked < all);
    view! {
        <th scope="col" class="pick">
            <label data-label=texts.rows().pick_all>
                <input
                    type="checkbox"
                    id="pick-all"
                    aria-label=texts.rows().pick_all
                    prop:checked=is_all
                    prop:indeterminate=is_some
                    on:change=tick
                />
            </label>
        </th>
    }
}

#[component]
fn Row(row: ClassificationSummary, selection: Option<Selection>) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let name = row.product_summary.clone().unwrap_or_else(|| texts.rows().unnamed.to_owned());
    let time = row.created_at.clone().unwrap_or_default();
    let address = routes::classification(&row.id);
    let stake = row.at_stake.as_ref().map(|stake| format::money(stake.amount, &stake.currency, language));
    let reviews = use_reviews();
    let (own, known) = (row.hs_code, row.feedback.as_ref().map(|verdict| verdict_word(verdict, texts)));
    let reviewed = row.id.clone();
    // One that was given here is shown at once, also while it can be taken back.
    let verdict = move || match reviews.verdict_of(&reviewed) {
        Some(verdict) => Some(said(&verdict, own, texts)),
        None => known.clone(),
    };
    let code = row.hs_code.map(|code| view! { <Code code /> });
    let confidence = row.hs_code.map(|_| view! { <ConfidenceWord confidence=row.confidence /> });
    let status = view! { <StatusWord status=row.status.clone() /> };
    let pick = selection.map(|selection| {
        let label = (texts.rows().pick)(&name);
        let id = row.id.clone();
        let tick = move |event| selection.tick(std::slice::from_ref(&row), event_target_checked(&event));
        view! {
            <td class="pick">
                <label>
                    <input
                        type="checkbox"
                        aria-label=label
                        prop:checked=move || selection.has(&id)
                        on:change=tick
                    />
                </label>
            </td>
        }
    });
    view! {
        <tr>
            {pick} <td class="product">
                <A href=address>{name}</A>
            </td> <td class="code-cell">{code}</td> <td class="confidence-cell">{confidence}</td>
            <td class="stake">{stake}</td> <td class="status-cell">
                {status} {move || verdict().map(|verdict| view! { <span class="verdict-word">{verdict}</span> })}
            </td> <td class="date">{format::date_time(&time, language)}</td>
        </tr>
    }
}

/// The shape of rows that are on their way.
#[component]
pub fn TableSkeleton(
    /// How many.
    rows: usize,
) -> impl IntoView {
    let texts = use_texts();
    let lines =
        (0..rows).map(|_| view! { <div class="skeleton">{texts.common().loading}</div> }).collect_view();
    view! {
        <div class="skeletons" role="status" aria-busy="true">
            {lines}
        </div>
    }
}
