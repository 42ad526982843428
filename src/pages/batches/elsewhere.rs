//! The page of a batch that another client has sent, opened by the service's identifier for it.

use import8_api::{BatchItem, BatchStatus};
use leptos::prelude::*;
use leptos_router::components::A;

use super::product_table::ProductTable;
use crate::api::ApiError;
use crate::api::decided::Decided;
use crate::browser::memo::Memo;
use crate::components::code::ProductCode;
use crate::components::failure::Failure;
use crate::components::page::Page;
use crate::components::status::StatusWord;
use crate::components::table::TableSkeleton;
use crate::i18n::{format, use_language, use_texts};
use crate::outbox::reviews::use_reviews;
use crate::queries::load::Load;
use crate::queries::poll::{Open, poll_load};
use crate::queries::times;
use crate::routes;
use crate::session::use_session;

/// The page of a batch of the service.
#[component]
pub fn Elsewhere(
    /// The service's identifier for it.
    id: String,
) -> impl IntoView {
    let (session, texts, language) = (use_session(), use_texts(), use_language());
    let id = StoredValue::new(id);
    let load = Load::new(move || {
        let client = session.client(language.code());
        async move { client.batch(&id.get_value(), false).await }
    });
    poll_load(load, times::RESULT, |status| (status.pending > 0).then(Open::default));
    let lead = Signal::derive(move || {
        let total = load.with(|status| status.map(|status| status.total));
        total.map(|total| (texts.running().batch_lead)(&format::count(total, language))).unwrap_or_default()
    });
    let retry = Callback::new(move |()| load.reload());
    let content = move || match (load.value(), load.error()) {
        (None, Some(ApiError::NotFound)) => view! { <Gone /> }.into_any(),
        (None, Some(error)) => view! { <Failure error retry /> }.into_any(),
        (None, None) => load.is_slow().then(|| view! { <TableSkeleton rows=4 /> }).into_any(),
        (Some(status), error) => view! {
            {error.map(|error| view! { <Failure error retry /> })}
            <Items status />
        }
        .into_any(),
    };
    view! {
        <Page title=texts.running().batch_title lead>
            {content}
        </Page>
    }
}

#[component]
fn Gone() -> impl IntoView {
    let texts = use_texts();
    view! {
        <section class="empty">
            <h2>{texts.batches().gone_title}</h2>
            <p>{texts.batches().gone_body}</p>
            <A href=routes::BATCHES attr:class="button secondary">
                {texts.batches().all_batches}
            </A>
        </section>
    }
}

#[component]
fn Items(status: BatchStatus) -> impl IntoView {
    let (texts, language, reviews) = (use_texts(), use_language(), use_reviews());
    let done = status.completed + status.failed;
    let words = (texts.running().of)(&format::count(done, language), &format::count(status.total, language));
    let row = |(at, item): (usize, BatchItem)| {
        let name = format!("{} {}", texts.running().product, at + 1);
        let address = routes::classification(&item.id);
        let (id, told, answered) = (item.id.clone(), Decided::from_item(&item), item.hs_code);
        // A verdict given in this browser is shown at once, even on a failed classification.
        let decided = Memo::new(move |_| reviews.decided(&id, told.clone(), answered));
        view! {
            <tr>
                <td class="product">
                    <A href=address.clone()>{name}</A>
                    " "
                    <span class="hint">{item.id}</span>
                </td>
                <td class="code-cell">
                    <ProductCode decided answered confidence=None address />
                </td>
                <td class="status-cell">
                    <StatusWord status=item.status />
                </td>
            </tr>
        }
    };
    let rows = status.classifications.into_iter().enumerate().map(row).collect_view();
    view! {
        <section class="how-far">
            <p class="number">{words}</p>
            <progress
                aria-label=texts.running().progress_label
                max=status.total.max(1).to_string()
                value=done.to_string()
            ></progress>
        </section>
        <ProductTable has_confidence=false>{rows}</ProductTable>
    }
}
