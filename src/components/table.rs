//! Classifications as rows.

use import8_api::ClassificationSummary;
use leptos::prelude::*;
use leptos_router::components::A;

use crate::components::code::Code;
use crate::components::confidence::ConfidenceWord;
use crate::components::status::StatusWord;
use crate::format;
use crate::i18n::{use_language, use_texts};
use crate::routes;

/// A table of classifications; each row leads to its result.
#[component]
pub fn ClassificationTable(
    /// The rows, in their order.
    rows: Vec<ClassificationSummary>,
) -> impl IntoView {
    let texts = use_texts();
    view! {
        <table class="rows">
            <thead>
                <tr>
                    <th scope="col">{texts.history.product}</th>
                    <th scope="col">{texts.history.code}</th>
                    <th scope="col">{texts.history.confidence}</th>
                    <th scope="col">{texts.history.status}</th>
                    <th scope="col" class="date">
                        {texts.history.date}
                    </th>
                </tr>
            </thead>
            <tbody>{rows.into_iter().map(|row| view! { <Row row /> }).collect_view()}</tbody>
        </table>
    }
}

#[component]
fn Row(row: ClassificationSummary) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let name = row.product_summary.unwrap_or_else(|| texts.history.unnamed.to_owned());
    let time = row.created_at.unwrap_or_default();
    view! {
        <tr>
            <td class="product">
                <A href=routes::classification(&row.id)>{name}</A>
            </td>
            <td class="code-cell">{row.hs_code.map(|code| view! { <Code code /> })}</td>
            <td>{row.hs_code.map(|_| view! { <ConfidenceWord confidence=row.confidence /> })}</td>
            <td>
                <StatusWord status=row.status />
            </td>
            <td class="date">{format::date_time(&time, language)}</td>
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
        (0..rows).map(|_| view! { <div class="skeleton">{texts.common.loading}</div> }).collect_view();
    view! {
        <div class="skeletons" role="status" aria-busy="true">
            {lines}
        </div>
    }
}
