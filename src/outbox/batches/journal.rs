//! What this browser keeps of catalogues that are classified in batches. A batch is written down before it is
//! sent, under the `Idempotency-Key` it is sent with; what each of its products became is written down as it
//! is learned. So a reload, a crash or a closed tab loses nothing and pays for nothing twice.

use std::collections::HashMap;

use import8_api::{ClassifyRequest, Status};
use import8_catalogue::columns::Mapping;
use import8_catalogue::report::{Edits, Known, Row};
use serde::{Deserialize, Serialize};

use super::item::{DecisionUpdate, Item};
use super::state::{State, Tally};
use crate::api::ApiError;
use crate::browser::database::{self, NotKept, Store};
use crate::outbox::sending::{self, Event};

/// A catalogue: a file with products, how it is read, and how far it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Catalogue {
    /// Its name here.
    pub id: String,
    /// Whose it is: see `owner`.
    pub organization: String,
    /// What the file is called.
    pub name: String,
    /// When it was opened, in milliseconds since 1970.
    pub created_at: u64,
    /// The sheet that is read, where it is not the first.
    #[serde(default)]
    pub sheet: Option<String>,
    /// How it is read; none before it was first looked at.
    #[serde(default)]
    pub mapping: Option<Mapping>,
    /// What the person has changed.
    #[serde(default)]
    pub edits: Edits,
    /// Whether products that were classified before are classified anew.
    #[serde(default)]
    pub ignores_known: bool,
    /// How far it is.
    pub stage: Stage,
    /// Whether what the service tells of each product alone is wanted too.
    #[serde(default)]
    pub wants_details: bool,
    /// How many products are in which state, as it was written down last.
    #[serde(default)]
    pub tally: Tally,
}

/// How far a catalogue is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Stage {
    /// It is being looked at; nothing was sent.
    Draft,
    /// It is being classified, or it is done.
    Running,
    /// The person has stopped it.
    Paused,
}

/// What the rows of a catalogue were when it was begun: it does not change any more.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Plan {
    /// Every row of the file.
    pub rows: Vec<Row>,
    /// How many products there are.
    pub products: u32,
    /// The products with a code that they had before.
    pub known: Vec<(u32, Known)>,
}

/// What a product asks, in the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// What is asked.
    pub request: ClassifyRequest,
    /// The person's own name for it; empty when there is none.
    pub reference: String,
    /// How many rows it is in.
    pub rows: u32,
}

/// Products that are sent in one request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batch {
    /// The catalogue's name.
    pub catalogue: String,
    /// Its number in the catalogue, from 0.
    pub number: u32,
    /// The `Idempotency-Key` it is sent with.
    pub key: String,
    /// The numbers of its products.
    pub products: Vec<u32>,
    /// How far it is.
    pub progress: BatchStatus,
    /// When it was sent first, in milliseconds since 1970.
    #[serde(default)]
    pub sent_at: u64,
    /// When it was sent last.
    #[serde(default)]
    pub tried_at: u64,
    /// Whether an answer to it was lost: the service may have accepted it then, whatever it says now.
    #[serde(default)]
    pub was_lost: bool,
    /// The credits there were before.
    #[serde(default)]
    pub credits_before: Option<u64>,
    /// The service's name for it, where that is known.
    #[serde(default)]
    pub batch_id: Option<String>,
    /// What its products became, in their order; none before it was accepted.
    #[serde(default)]
    pub items: Vec<Item>,
    /// Why the service did not accept it, in English; where an answer was lost, why not again.
    #[serde(default)]
    pub message: Option<String>,
    /// What is known of it while it is uncertain.
    #[serde(default)]
    pub finding: Option<Finding>,
}

/// How far a batch is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum BatchStatus {
    /// Not sent.
    Planned,
    /// On its way.
    Sent,
    /// It was sent, and no answer came: the service may have accepted it.
    Uncertain,
    /// Accepted.
    Accepted,
    /// All of its products have ended.
    Ended,
    /// The service did not accept it.
    Refused,
    /// Its products are in other batches now.
    Divided,
}

/// What was found of a batch whose answer was lost, where the service does not know it again by its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Finding {
    /// How many credits fewer there are than before; none if that is not known.
    pub credits_gone: Option<u64>,
}

impl Batch {
    /// A batch that is yet to be sent.
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

    /// The same on its way. What is looked for after a lost answer is as old as the first try.
    #[must_use]
    pub fn sent(self, now: u64, credits: Option<u64>) -> Self {
        let first = if self.was_lost { (self.sent_at, self.credits_before) } else { (now, credits) };
        let (sent_at, credits_before) = first;
        Self { progress: BatchStatus::Sent, sent_at, tried_at: now, credits_before, finding: None, ..self }
    }

    /// The same, accepted as these, under the service's own name where that is known.
    #[must_use]
    pub fn accepted(self, batch_id: Option<String>, items: Vec<Item>) -> Self {
        Self { progress: BatchStatus::Accepted, batch_id, items, message: None, finding: None, ..self }
    }

    /// The same without an answer.
    #[must_use]
    pub fn lost(self) -> Self {
        Self { progress: BatchStatus::Uncertain, was_lost: true, finding: None, ..self }
    }

    /// What an error makes of it while it is on its way.
    #[must_use]
    pub fn after(&self, error: &ApiError) -> sending::State {
        let state = if self.was_lost { sending::State::SendingAgain } else { sending::State::Sending };
        state.on(Event::Failed(error))
    }

    /// The name under which it is kept.
    #[must_use]
    pub fn name(&self) -> String {
        batch_name(&self.catalogue, self.number)
    }

    /// What its product at a place is at; none when it is in other batches now.
    #[must_use]
    pub fn state(&self, place: usize) -> Option<State> {
        Some(match self.progress {
            BatchStatus::Planned => State::Waiting,
            BatchStatus::Sent | BatchStatus::Uncertain => State::Uncertain,
            BatchStatus::Refused => State::Failed,
            BatchStatus::Divided => return None,
            BatchStatus::Accepted | BatchStatus::Ended => match self.items.get(place) {
                // A person may have given a code to what the classifier had none for.
                Some(item) if item.decided.is_some() && item.has_ended() => State::Completed,
                Some(Item { status: Status::Completed, .. }) => State::Completed,
                Some(Item { status: Status::Failed, .. }) => State::Failed,
                // The service no longer has what is not at its end in a batch that is.
                _ if self.progress == BatchStatus::Ended => State::Failed,
                _ => State::Pending,
            },
        })
    }

    /// Takes what was told of classifications; whether that is news of any of its products.
    pub fn apply(&mut self, told: &HashMap<String, DecisionUpdate>) -> bool {
        let apply = |item: &mut Item| told.get(&item.id).is_some_and(|told| item.apply(told));
        self.items.iter_mut().map(apply).fold(false, |has_changed, is_news| has_changed | is_news)
    }

    /// How many of its products have not ended.
    #[must_use]
    pub fn open(&self) -> usize {
        self.items.iter().filter(|item| !item.has_ended()).count()
    }
}

impl Plan {
    /// Takes what was told of classifications; whether that is news of any product that was known.
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

/// What a batch asks, in the order of its products.
///
/// # Errors
/// [`NotKept`], here and below; here also where not each of its products has its own.
pub async fn orders(batch: &Batch) -> Result<Vec<Order>, NotKept> {
    let orders: Option<Vec<Order>> = database::get(Store::Orders, &batch.name()).await?;
    orders.filter(|orders| orders.len() == batch.products.len()).ok_or(NotKept)
}

/// Keeps what batches ask.
///
/// # Errors
/// [`NotKept`].
pub async fn put_orders(catalogue: &str, orders: &[(u32, Vec<Order>)]) -> Result<(), NotKept> {
    let named = orders.iter().map(|(number, orders)| (batch_name(catalogue, *number), orders));
    database::put_all(Store::Orders, named).await
}

/// The batches of a catalogue, in their order.
///
/// # Errors
/// [`NotKept`].
pub async fn batches(catalogue: &str) -> Result<Vec<Batch>, NotKept> {
    database::all_under(Store::Batches, &format!("{catalogue}/")).await
}

/// The number that the next batch of a catalogue has.
///
/// # Errors
/// [`NotKept`].
pub async fn next_number(catalogue: &str) -> Result<u32, NotKept> {
    let under = format!("{catalogue}/");
    let last = database::last_name_under(Store::Batches, &under).await?;
    let Some(last) = last else { return Ok(0) };
    let number: u32 = last.strip_prefix(&under).and_then(|number| number.parse().ok()).ok_or(NotKept)?;
    Ok(number + 1)
}

/// One of them.
///
/// # Errors
/// [`NotKept`].
pub async fn batch(catalogue: &str, number: u32) -> Result<Option<Batch>, NotKept> {
    database::get(Store::Batches, &batch_name(catalogue, number)).await
}

/// Changes a batch, whatever other tabs do meanwhile; answers it as it is kept.
///
/// # Errors
/// [`NotKept`].
pub async fn change_batch(
    catalogue: &str,
    number: u32,
    change: impl FnOnce(&mut Batch),
) -> Result<Option<Batch>, NotKept> {
    database::update(Store::Batches, &batch_name(catalogue, number), change).await
}

/// Keeps batches: all of them, or none.
///
/// # Errors
/// [`NotKept`].
pub async fn put_batches(batches: &[Batch]) -> Result<(), NotKept> {
    database::put_all(Store::Batches, batches.iter().map(|batch| (batch.name(), batch))).await
}

/// Forgets what a catalogue was to be sent as.
///
/// # Errors
/// [`NotKept`].
pub async fn remove_batches(catalogue: &str) -> Result<(), NotKept> {
    let under = format!("{catalogue}/");
    database::remove_under(Store::Batches, &under).await?;
    database::remove_under(Store::Orders, &under).await?;
    database::remove(Store::Plans, catalogue).await
}

/// Forgets a catalogue and all that belongs to it.
///
/// # Errors
/// [`NotKept`].
pub async fn remove(catalogue: &str) -> Result<(), NotKept> {
    // Without this one nothing else is ever looked for.
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
    fn a_batch_that_was_lost_stays_so_when_it_is_refused_later() {
        let message = "items[0].description: is required".to_owned();
        let invalid = ApiError::InvalidItem { item: 0, message };
        let sent = Batch::planned("one", 3, "key".to_owned(), vec![7]).sent(1_000, Some(30));
        assert_eq!(sent.after(&invalid), sending::State::Over, "the service has never had it");
        assert_eq!(sent.after(&ApiError::Server(502)), sending::State::Lost);
        // As the person sends it again, and a reload in between.
        let again = Batch { progress: BatchStatus::Planned, ..sent.lost() };
        let kept = serde_json::to_string(&again).expect("JSON");
        let again = serde_json::from_str::<Batch>(&kept).expect("a batch").sent(900_000, Some(26));
        assert_eq!(again.after(&invalid), sending::State::Lost);
        assert_eq!((again.sent_at, again.tried_at, again.credits_before), (1_000, 900_000, Some(30)));
    }
}
