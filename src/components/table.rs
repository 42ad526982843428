//! Table of classifications, with a selection of rows.

use std::hash::Hash;

use import8_api::{ClassificationSummary, FeedbackStatus, HsCode, Status};
use leptos::prelude::*;

use crate::api::decided::Decided;
use crate::browser::memo::Memo;
use crate::components::code::ProductCode;
use crate::components::confidence::AnswerConfidence;
use crate::components::keyed::For;
use crate::components::status::StatusWord;
use crate::i18n::{Texts, format, use_language, use_texts};
use crate::outbox::reviews::use_reviews;
use crate::routes;

/// Selected rows, across pages: a handle, cheap to copy.
#[derive(Debug, Clone, Copy, Default)]
pub struct Selection(RwSignal<Vec<ClassificationSummary>>);

impl Selection {
    /// Number of selected rows.
    #[must_use]
    pub fn count(self) -> usize {
        self.0.with(Vec::len)
    }

    /// The selected rows, in the order in which they were selected.
    #[must_use]
    pub fn rows(self) -> Vec<ClassificationSummary> {
        self.0.get()
    }

    /// Identifiers of the selected rows.
    #[must_use]
    pub fn ids(self) -> Vec<String> {
        self.0.with(|rows| rows.iter().map(|row| row.id.clone()).collect())
    }

    /// Clears the selection.
    pub fn clear(self) {
        self.0.set(Vec::new());
    }

    /// Selects rows, or removes them from the selection.
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

/// The word for a verdict, shown beside the decided code. An undocumented verdict is shown as it is.
#[must_use]
pub fn verdict_word(
    verdict: &FeedbackStatus,
    decided: Option<&Decided>,
    answered: Option<HsCode>,
    texts: Texts,
) -> String {
    // A correction that only adds digits confirms the code.
    let is_right = answered.is_some()
        && matches!(decided, Some(Decided::Code(_)))
        && decided.and_then(|decided| decided.replaced(answered)).is_none();
    match verdict {
        // A failed classification has no code that could be corrected.
        FeedbackStatus::Corrected if answered.is_none() => texts.rows().given.to_owned(),
        FeedbackStatus::Corrected if !is_right => texts.rows().corrected.to_owned(),
        FeedbackStatus::Confirmed | FeedbackStatus::Corrected => texts.rows().confirmed.to_owned(),
        FeedbackStatus::Other(word) => word.clone(),
    }
}

/// Key of a row: everything that is drawn. A row that looks the same keeps its element, and so the focus,
/// while other rows arrive.
fn key(row: &ClassificationSummary) -> impl Eq + Hash + use<> {
    let decided = Decided::from_row(row);
    let (is_decided, code) = (decided.is_some(), decided.as_ref().and_then(Decided::code));
    // A newer decision of the service replaces a verdict given in this browser.
    let reviewed_at = decided.as_ref().and_then(Decided::reviewed_at).map(str::to_owned);
    (
        (row.id.clone(), row.product_summary.clone(), row.created_at.clone()),
        (row.status.as_str().to_owned(), row.feedback.as_ref().map(|verdict| verdict.as_str().to_owned())),
        (row.hs_code, row.confidence, is_decided, code, reviewed_at),
        row.at_stake.as_ref().map(|stake| (stake.amount, stake.currency.clone())),
    )
}

/// A table of classifications. Each row links to its result.
#[component]
pub fn ClassificationTable(
    /// The rows, in order.
    #[prop(into)]
    rows: Signal<Vec<ClassificationSummary>>,
    /// The selection that the checkboxes change. Without it there are no checkboxes.
    #[prop(optional)]
    selection: Option<Selection>,
    /// Whether to show the amount at stake, the cost of a wrong code.
    #[prop(optional, into)]
    has_stakes: Signal<bool>,
) -> impl IntoView {
    let texts = use_texts();
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
    let (own, answered) = (StoredValue::new(row.clone()), row.hs_code);
    // A verdict given in this browser is shown at once, even while it can be undone.
    let decided = Memo::new(move |_| own.with_value(|row| reviews.decided_of(row)));
    let verdict = move || {
        let verdict = own.with_value(|row| reviews.verdict_on(row))?;
        Some(decided.with(|decided| verdict_word(&verdict, decided.as_ref(), answered, texts)))
    };
    let code = view! { <ProductCode decided answered confidence=row.confidence address=address.clone() /> };
    let confidence = view! { <AnswerConfidence decided answered confidence=row.confidence /> };
    // A code says that a classification is completed.
    let status = (row.status != Status::Completed || answered.is_none())
        .then(|| view! { <StatusWord status=row.status.clone() /> });
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
    // A plain link: the router's own component follows the address, which no row is at.
    view! {
        <tr>
            {pick} <td class="product">
                <a href=address>{name}</a>
            </td> <td class="code-cell">{code}</td> <td class="confidence-cell">{confidence}</td>
            <td class="stake">{stake}</td> <td class="status-cell">
                {status} {move || verdict().map(|verdict| view! { <span class="verdict-word">{verdict}</span> })}
            </td> <td class="date">{format::date_time(&time, language)}</td>
        </tr>
    }
}

/// Placeholder for rows that are being loaded.
#[component]
pub fn TableSkeleton(
    /// Number of rows.
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

#[cfg(test)]
mod tests {
    use import8_api::decode;

    use super::*;
    use crate::i18n::Language;

    fn row(fields: &str) -> ClassificationSummary {
        let json = format!(r#"{{"id": "1", "status": "completed"{fields}}}"#);
        decode(&json).expect(&json)
    }

    #[test]
    fn a_row_that_looks_another_way_is_another() {
        let plain = r#", "hs_code": "7323.93.00", "feedback": "corrected""#;
        let decided = |code: &str, at: &str| {
            format!(r#", "decided": {{"code": "{code}", "by": "person", "at": "{at}", "open_digits": 2}}"#)
        };
        let looks = [
            String::new(),
            r#", "product_summary": "pan""#.to_owned(),
            r#", "created_at": "2026-03-03T12:00:00+00:00""#.to_owned(),
            r#", "confidence": 81"#.to_owned(),
            r#", "at_stake": {"amount": 2, "currency": "EUR"}"#.to_owned(),
            r#", "decided": {"code": "9617.00.00", "by": "person", "open_digits": 2}"#.to_owned(),
            decided("9617.00.00", "2026-03-03"),
            decided("9617.00.00", "2026-03-04"),
            decided("7323.93.00", "2026-03-03"),
        ];
        let keys = looks.each_ref().map(|more| key(&row(&format!("{plain}{more}"))));
        for (place, one) in keys.iter().enumerate() {
            assert!(*one == key(&row(&format!("{plain}{}", looks[place]))), "{place}");
            let other = keys.iter().skip(place + 1).position(|other| other == one);
            assert_eq!(other.map(|other| &looks[place + 1 + other]), None, "{}", looks[place]);
        }
    }

    #[test]
    fn a_verdict_is_a_word_beside_the_code_that_counts() {
        let check = |fields: &str, expected: &str| {
            let row = row(fields);
            let verdict = row.feedback.clone().expect(fields);
            let decided = Decided::from_row(&row);
            let word = verdict_word(&verdict, decided.as_ref(), row.hs_code, Language::En.texts());
            assert_eq!(word, expected, "{fields}");
        };
        let decided =
            |code: &str| format!(r#""decided": {{"code": "{code}", "by": "person", "open_digits": 0}}"#);
        check(r#", "hs_code": "7323.93.00", "feedback": "confirmed""#, "confirmed");
        check(r#", "hs_code": "7323.93.00", "feedback": "corrected""#, "corrected");
        check(
            &format!(r#", "hs_code": "7323.93.00", "feedback": "corrected", {}"#, decided("9617.00")),
            "corrected",
        );
        check(
            &format!(r#", "hs_code": "7323.93.00", "feedback": "corrected", {}"#, decided("7323930000")),
            "confirmed",
        );
        // A code given to a classification without one.
        check(&format!(r#", "feedback": "corrected", {}"#, decided("9617.00")), "code given");
        check(r#", "feedback": "corrected""#, "code given");
        check(r#", "hs_code": "7323.93.00", "feedback": "disputed""#, "disputed");
    }
}
