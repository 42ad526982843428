//! Searches the history for a batch without an answer, at a service that does not recognise `Idempotency-Key`. Sends
//! read requests only.

use import8_api::{ClassificationSummary, MAX_PER_PAGE};
use import8_catalogue::summary::{one_line, summary};

use super::journal::{Batch, Order};
use crate::api::listing::Listing;
use crate::api::{ApiError, Client};
use crate::i18n::format;
use crate::queries::rate_limit::RateLimitGate;
use crate::queries::times::CLOCK_SKEW;

/// The number of history pages that are searched: a batch fits on one page, but newer rows may precede it.
const PAGES: u64 = 3;

/// The identifiers of a batch's classifications, in the order of its products, if all are in the history. `is_known`
/// is true for rows that belong to something else.
///
/// # Errors
/// See [`ApiError`].
pub(super) async fn look_for(
    client: &Client,
    gate: RateLimitGate,
    batch: &Batch,
    orders: &[Order],
    is_known: impl Fn(&str) -> bool,
) -> Result<Option<Vec<String>>, ApiError> {
    let since = batch.sent_at.saturating_sub(CLOCK_SKEW);
    let is_older = |row: &ClassificationSummary| {
        row.created_at.as_deref().and_then(format::milliseconds).is_some_and(|at| at < since)
    };
    let mut rows = Vec::new();
    for number in 1..=PAGES {
        let listing = Listing::newest(MAX_PER_PAGE).on_page(number);
        let page = gate.ask(|| client.classifications(&listing)).await?;
        // Some services always answer the first page.
        let is_other = page.meta.current_page != number;
        let is_last = page.meta.last_page <= number || page.data.iter().any(is_older);
        if !is_other {
            rows.extend(page.data.into_iter().filter(|row| !is_older(row) && !is_known(&row.id)));
        }
        if is_other || is_last {
            break;
        }
    }
    // Oldest first: a batch is classified in the order of its items.
    rows.reverse();
    Ok(found_in(&rows, orders))
}

/// The identifiers of the rows that match these products, in order; `None` if one is missing. A row is recognised by
/// its description, so the rows of a service that rewords descriptions are not found.
fn found_in(rows: &[ClassificationSummary], orders: &[Order]) -> Option<Vec<String>> {
    let mut rows = rows.iter();
    let mut row_of = |order: &Order| {
        let wanted = summary(order.request.description.as_deref().unwrap_or_default());
        let said = |row: &ClassificationSummary| one_line(row.product_summary.as_deref().unwrap_or_default());
        rows.find(|row| said(row) == wanted).map(|row| row.id.clone())
    };
    orders.iter().map(&mut row_of).collect()
}

#[cfg(test)]
mod tests {
    use import8_api::{ClassifyRequest, Status};

    use super::*;

    fn row(id: &str, product: &str) -> ClassificationSummary {
        ClassificationSummary {
            id: id.to_owned(),
            status: Status::Pending,
            product_summary: Some(product.to_owned()),
            hs_code: None,
            confidence: None,
            created_at: None,
            feedback: None,
            at_stake: None,
            decided: None,
        }
    }

    fn order(product: &str) -> Order {
        let request = ClassifyRequest { description: Some(product.to_owned()), ..ClassifyRequest::default() };
        Order { request, reference: String::new(), rows: 1 }
    }

    #[test]
    fn a_batch_is_found_by_all_of_its_products_in_their_order() {
        let rows = [row("1", "Mug"), row("x", "other"), row("2", "Steel bottle"), row("3", "Mug")];
        let check = |products: &[&str], expected: Option<&[&str]>| {
            let orders: Vec<_> = products.iter().map(|product| order(product)).collect();
            let expected = expected.map(|ids| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>());
            assert_eq!(found_in(&rows, &orders), expected, "{products:?}");
        };
        check(&["mug", "steel  bottle", "Mug"], Some(&["1", "2", "3"]));
        check(&["Mug"], Some(&["1"]));
        check(&["Mug", "Mug", "Mug"], None);
        check(&["Steel bottle", "other"], None);
        check(&["Chair"], None);
    }
}
