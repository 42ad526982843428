//! The journal of catalogues that are classified in batches, in IndexedDB. A batch is written before it is sent, with
//! the `Idempotency-Key` of its request; the result of each product is written when it is received. So a reload, a
//! crash or a closed tab loses nothing and pays for nothing twice.

use std::collections::HashMap;

use import8_api::{ClassifyRequest, Status};
use import8_catalogue::columns::Mapping;
use import8_catalogue::report::{Edits, Known, Row};
use serde::{Deserialize, Serialize};

use super::item::{DecisionUpdate, Item};
use super::state::{State, Tally};
use crate::api::ApiError;
use crate::browser::database::{self, NotKept, Store};
use crate::browser::sheet_worker::FileKind;
use crate::outbox::sending::{self, Event};

/// A catalogue: a file with products, how it is read, and its stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Catalogue {
    /// Its identifier in this browser.
    pub id: String,
    /// The owner of the data: see [`crate::session::owner`].
    pub organization: String,
    /// The name of the file.
    pub name: String,
    /// The kind of the file, by its content; `None` before it was read, and in catalogues of older versions.
    #[serde(default)]
    pub kind: Option<FileKind>,
    /// When it was opened, in milliseconds since 1970.
    pub created_at: u64,
    /// The sheet with the products; `None` for the first.
    #[serde(default)]
    pub sheet: Option<String>,
    /// Which column has which role; `None` before the file was first read.
    #[serde(default)]
    pub mapping: Option<Mapping>,
    /// The person's corrections to the rows.
    #[serde(default)]
    pub edits: Edits,
    /// Whether products that were classified before are classified again.
    #[serde(default)]
    pub ignores_known: bool,
    /// Its stage.
    pub stage: Stage,
    /// Whether the classification of each product is requested too, for the fields of
    /// [`Detail`](super::item::Detail).
    #[serde(default)]
    pub wants_details: bool,
    /// The number of products in each state, as stored last.
    #[serde(default)]
    pub tally: Tally,
}

/// The stage of a catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Stage {
    /// In preparation; nothing was sent.
    Draft,
    /// In progress or done.
    Running,
    /// Paused by the person.
    Paused,
}

/// The rows of a catalogue at its start. They do not change afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Plan {
    /// Every row of the file.
    pub rows: Vec<Row>,
    /// The number of products.
    pub products: u32,
    /// The products with the code of an earlier classification, by product number.
    pub known: Vec<(u32, Known)>,
}

/// The request for a product, as stored in the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// The request.
    pub request: ClassifyRequest,
    /// The person's reference for the product; may be empty.
    pub reference: String,
    /// The number of rows with this product.
    pub rows: u32,
}

/// Up to 100 products that are sent in one request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batch {
    /// The identifier of the catalogue.
    pub catalogue: String,
    /// Its number in the catalogue, from 0.
    pub number: u32,
    /// The `Idempotency-Key` of its request.
    pub key: String,
    /// The product numbers of its products.
    pub products: Vec<u32>,
    /// Its status.
    pub progress: BatchStatus,
    /// When it was first sent, in milliseconds since 1970.
    #[serde(default)]
    pub sent_at: u64,
    /// When it was last sent, in milliseconds since 1970.
    #[serde(default)]
    pub tried_at: u64,
    /// Whether an answer to it was ever lost. The service may have accepted it then, even if it refuses a repetition.
    #[serde(default)]
    pub was_lost: bool,
    /// The credits left before it was sent.
    #[serde(default)]
    pub credits_before: Option<u64>,
    /// The service's identifier for it, where known.
    #[serde(default)]
    pub batch_id: Option<String>,
    /// The results of its products, in their order; empty before it was accepted.
    #[serde(default)]
    pub items: Vec<Item>,
    /// Why the service refused it, in English; after a lost answer, why it refused the repetition.
    #[serde(default)]
    pub message: Option<String>,
    /// The result of the search for it while it is uncertain.
    #[serde(default)]
    pub finding: Option<Finding>,
}

/// The status of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum BatchStatus {
    /// Not sent yet.
    Planned,
    /// Sent; the answer is awaited.
    Sent,
    /// Sent without an answer: the service may have accepted it.
    Uncertain,
    /// Accepted by the service.
    Accepted,
    /// The classifications of all its products have ended.
    Ended,
    /// Refused by the service.
    Refused,
    /// Replaced by other batches with the same products.
    Divided,
}

/// The result of the search for a batch without an answer, at a service that does not recognise `Idempotency-Key`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Finding {
    /// How many credits fewer there are than before the batch; `None` if unknown.
    pub credits_gone: Option<u64>,
}

impl Batch {
    /// A batch that is not sent yet.
    #[must_use]
    pub fn planned(catalogue: &str, number: u32, key: String, products: Vec<u32>) -> Self {
        Self {
            catalogue: catalogue.to_owned(),
            number,
            key,
            products,
            progress: BatchStatus::Planned,
            sent_at: 0,
            tried_at: 0,
            was_lost: false,
            credits_before: None,
            batch_id: None,
            items: Vec::new(),
            message: None,
            finding: None,
        }
    }

    /// This batch as sent at `now`. `sent_at` stays that of the first try, because the search in the history starts
    /// there.
    #[must_use]
    pub fn sent(self, now: u64, credits: Option<u64>) -> Self {
        let first = if self.was_lost { (self.sent_at, self.credits_before) } else { (now, credits) };
        let (sent_at, credits_before) = first;
        Self { progress: BatchStatus::Sent, sent_at, tried_at: now, credits_before, finding: None, ..self }
    }

    /// This batch as accepted, with its items and, where known, the service's identifier.
    #[must_use]
    pub fn accepted(self, batch_id: Option<String>, items: Vec<Item>) -> Self {
        Self { progress: BatchStatus::Accepted, batch_id, items, message: None, finding: None, ..self }
    }

    /// This batch without an answer.
    #[must_use]
    pub fn lost(self) -> Self {
        Self { progress: BatchStatus::Uncertain, was_lost: true, finding: None, ..self }
    }

    /// The state of its request after an error.
    #[must_use]
    pub fn after(&self, error: &ApiError) -> sending::State {
        let state = if self.was_lost { sending::State::SendingAgain } else { sending::State::Sending };
        state.on(Event::Failed(error))
    }

    /// The key of its record in the database.
    #[must_use]
    pub fn name(&self) -> String {
        batch_name(&self.catalogue, self.number)
    }

    /// The state of the product at a position of the batch; `None` if the product has moved to another batch.
    #[must_use]
    pub fn state(&self, place: usize) -> Option<State> {
        Some(match self.progress {
            BatchStatus::Planned => State::Waiting,
            BatchStatus::Sent | BatchStatus::Uncertain => State::Uncertain,
            BatchStatus::Refused => State::Failed,
            BatchStatus::Divided => return None,
            BatchStatus::Accepted | BatchStatus::Ended => match self.items.get(place) {
                // A person may have decided on a code for a product that the classifier had none for.
                Some(item) if item.decided.is_some() && item.has_ended() => State::Completed,
                Some(Item { status: Status::Completed, .. }) => State::Completed,
                Some(Item { status: Status::Failed, .. }) => State::Failed,
                // The batch has ended, so the service no longer has an item that has not.
                _ if self.progress == BatchStatus::Ended => State::Failed,
                _ => State::Pending,
            },
        })
    }

    /// Applies updates of classifications. Returns whether any of its products changes.
    pub fn apply(&mut self, told: &HashMap<String, DecisionUpdate>) -> bool {
        let apply = |item: &mut Item| told.get(&item.id).is_some_and(|told| item.apply(told));
        self.items.iter_mut().map(apply).fold(false, |has_changed, is_news| has_changed | is_news)
    }

    /// The number of its products whose classification has not ended.
    #[must_use]
    pub fn open(&self) -> usize {
        self.items.iter().filter(|item| !item.has_ended()).count()
    }
}

impl Plan {
    /// Applies updates of classifications to the known products. Returns whether any of them changes.
    pub fn apply(&mut self, told: &HashMap<String, DecisionUpdate>) -> bool {
        let mut has_changed = false;
        for (_, known) in &mut self.known {
            if let Some(decided) = told.get(&known.id).and_then(DecisionUpdate::decided)
                && known.decided.as_ref() != Some(&decided)
            {
                known.decide(decided);
                has_changed = true;
            }
        }
        has_changed
    }
}

fn batch_name(catalogue: &str, number: u32) -> String {
    format!("{catalogue}/{number:06}")
}

/// The orders of a batch, in the order of its products.
///
/// # Errors
/// [`NotKept`] if this browser cannot read them, or if their number differs from that of the products.
pub async fn orders(batch: &Batch) -> Result<Vec<Order>, NotKept> {
    let orders: Option<Vec<Order>> = database::get(Store::Orders, &batch.name()).await?;
    orders.filter(|orders| orders.len() == batch.products.len()).ok_or(NotKept)
}

/// Stores the orders of batches.
///
/// # Errors
/// [`NotKept`] if this browser cannot store them.
pub async fn put_orders(catalogue: &str, orders: &[(u32, Vec<Order>)]) -> Result<(), NotKept> {
    let named = orders.iter().map(|(number, orders)| (batch_name(catalogue, *number), orders));
    database::put_all(Store::Orders, named).await
}

/// The batches of a catalogue, in the order of their numbers.
///
/// # Errors
/// [`NotKept`] if this browser cannot read them.
pub async fn batches(catalogue: &str) -> Result<Vec<Batch>, NotKept> {
    database::all_under(Store::Batches, &format!("{catalogue}/")).await
}

/// The number of the next new batch of a catalogue.
///
/// # Errors
/// [`NotKept`] if this browser cannot read the batches.
pub async fn next_number(catalogue: &str) -> Result<u32, NotKept> {
    let under = format!("{catalogue}/");
    let last = database::last_name_under(Store::Batches, &under).await?;
    let Some(last) = last else { return Ok(0) };
    let number: u32 = last.strip_prefix(&under).and_then(|number| number.parse().ok()).ok_or(NotKept)?;
    Ok(number + 1)
}

/// A batch of a catalogue by its number.
///
/// # Errors
/// [`NotKept`] if this browser cannot read it.
pub async fn batch(catalogue: &str, number: u32) -> Result<Option<Batch>, NotKept> {
    database::get(Store::Batches, &batch_name(catalogue, number)).await
}

/// Changes a batch in one transaction, so that other tabs cannot interfere. Returns it as stored.
///
/// # Errors
/// [`NotKept`] if this browser cannot store it.
pub async fn change_batch(
    catalogue: &str,
    number: u32,
    change: impl FnOnce(&mut Batch),
) -> Result<Option<Batch>, NotKept> {
    database::update(Store::Batches, &batch_name(catalogue, number), change).await
}

/// Stores all of these batches, or none.
///
/// # Errors
/// [`NotKept`] if this browser cannot store them.
pub async fn put_batches(batches: &[Batch]) -> Result<(), NotKept> {
    database::put_all(Store::Batches, batches.iter().map(|batch| (batch.name(), batch))).await
}

/// Removes the plan, the batches and the orders of a catalogue.
///
/// # Errors
/// [`NotKept`] if this browser cannot remove them.
pub async fn remove_batches(catalogue: &str) -> Result<(), NotKept> {
    let under = format!("{catalogue}/");
    database::remove_under(Store::Batches, &under).await?;
    database::remove_under(Store::Orders, &under).await?;
    database::remove(Store::Plans, catalogue).await
}

/// Removes a catalogue and everything that belongs to it.
///
/// # Errors
/// [`NotKept`] if this browser cannot remove it.
pub async fn remove(catalogue: &str) -> Result<(), NotKept> {
    // The entry first: without it nothing else is ever read.
    database::remove(Store::Catalogues, catalogue).await?;
    remove_batches(catalogue).await?;
    database::remove(Store::Files, catalogue).await
}

#[cfg(test)]
mod tests {
    use import8_api::{BatchRequest, decode};

    use super::*;

    #[test]
    fn what_is_sent_again_is_the_same_to_the_byte() {
        let sent = r#"{"items":[{"description":"“Fles”,\n750 ml","origin_country":"CN","destination_country":"NL","goods_value":25.00,"quantity":100,"shipping_cost":0.10,"currency":"EUR"},{"image_url":["a.example/1.jpg","a.example/2.jpg"]}]}"#;
        let request: BatchRequest = decode(sent).expect("a batch");
        assert_eq!(serde_json::to_string(&request).expect("JSON"), sent);
        let order = |request| Order { request, reference: "007".to_owned(), rows: 2 };
        let orders: Vec<_> = request.items.into_iter().map(order).collect();
        let kept = serde_json::to_string(&orders).expect("JSON");
        let orders: Vec<Order> = serde_json::from_str(&kept).expect("orders");
        let again = BatchRequest { items: orders.into_iter().map(|order| order.request).collect() };
        assert_eq!(serde_json::to_string(&again).expect("JSON"), sent);
    }

    #[test]
    fn a_catalogue_of_an_older_version_is_read() {
        let kept = r#"{"id":"a","organization":"o","name":"shop.xlsx","created_at":1,"stage":"Draft"}"#;
        let catalogue: Catalogue = serde_json::from_str(kept).expect("a catalogue");
        assert_eq!((catalogue.kind, catalogue.name.as_str()), (None, "shop.xlsx"));
    }

    #[test]
    fn a_batch_that_was_lost_stays_so_when_it_is_refused_later() {
        let message = "items[0].description: is required".to_owned();
        let invalid = ApiError::InvalidItem { item: 0, message };
        let sent = Batch::planned("one", 3, "key".to_owned(), vec![7]).sent(1_000, Some(30));
        assert_eq!(sent.after(&invalid), sending::State::Over, "the service has never had it");
        assert_eq!(sent.after(&ApiError::Server(502)), sending::State::Lost);
        // The person sends it again, and a reload happens in between.
        let again = Batch { progress: BatchStatus::Planned, ..sent.lost() };
        let kept = serde_json::to_string(&again).expect("JSON");
        let again = serde_json::from_str::<Batch>(&kept).expect("a batch").sent(900_000, Some(26));
        assert_eq!(again.after(&invalid), sending::State::Lost);
        assert_eq!((again.sent_at, again.tried_at, again.credits_before), (1_000, 900_000, Some(30)));
    }
}
