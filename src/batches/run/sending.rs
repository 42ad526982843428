//! Batches that are sent, and what becomes of those whose answer is lost.

use std::collections::HashSet;

use import8_api::{BatchAccepted, BatchRequest, Extension};
use leptos::prelude::*;

use super::Runner;
use crate::api::ApiError;
use crate::batches::Hold;
use crate::batches::journal::{self, Batch, Finding, Item, Progress};
use crate::batches::locks::turn;
use crate::batches::reconcile::look_for;
use crate::database::NotKept;
use crate::format;

/// How long a request may be on its way, in milliseconds: the client gives up after 30 seconds.
const ON_ITS_WAY: u64 = 35_000;

/// How long a service is trusted to know a key again, in milliseconds: ours does for 30 days.
const KEY_IS_KNOWN: u64 = 29 * 24 * 60 * 60 * 1_000;

impl Runner {
    /// Sends a batch, after it was written down that it is sent.
    pub(super) async fn send(&mut self, batch: Batch) -> Result<(), NotKept> {
        let turn = turn(&batch.catalogue).await;
        let kept = journal::batch(&batch.catalogue, batch.number).await?;
        if kept.is_none_or(|kept| kept.progress != Progress::Planned) {
            // The person has had it taken apart meanwhile.
            return Ok(());
        }
        let orders = journal::orders(&batch).await?;
        let sent = Batch {
            progress: Progress::Sent,
            sent_at: format::now(),
            credits_before: untrack(|| self.batches.session.credits()),
            ..batch
        };
        self.batches.keep(sent.clone()).await?;
        drop(turn);
        let request = BatchRequest { items: orders.into_iter().map(|order| order.request).collect() };
        let client = self.client();
        let outcome = self.patience.ask(|| client.classify_batch(&request, &sent.key)).await;
        match outcome {
            Ok(accepted) => self.accepted(sent, accepted).await,
            Err(error) if error.is_uncertain() => {
                self.wait(&sent.catalogue, sent.number);
                self.batches.set_hold(&sent.catalogue, Hold::Error(error));
                self.batches.keep(Batch { progress: Progress::Uncertain, ..sent }).await
            }
            Err(error) => self.refused(sent, error).await,
        }
    }

    /// Finds out what became of a batch whose answer was lost. A service that knows keys says it when it is
    /// asked the same again, and does nothing twice; at others it is looked for.
    pub(super) async fn reconcile(&mut self, batch: Batch) -> Result<(), NotKept> {
        let (id, number) = (batch.catalogue.clone(), batch.number);
        let age = format::now().saturating_sub(batch.sent_at);
        let knows_keys = untrack(|| self.batches.session.has(&Extension::IdempotencyKey));
        let orders = journal::orders(&batch).await?;
        let client = self.client();
        if knows_keys && age < KEY_IS_KNOWN {
            let request = BatchRequest { items: orders.into_iter().map(|order| order.request).collect() };
            return match self.patience.ask(|| client.classify_batch(&request, &batch.key)).await {
                Ok(accepted) => self.accepted(batch, accepted).await,
                Err(error) if is_about_its_key(&error) => self.found(batch, None).await,
                Err(error) if error.is_uncertain() || error == ApiError::Unauthorized => {
                    self.trouble(&id, number, error);
                    Ok(())
                }
                // It was not accepted then, or the answer of then would have come.
                Err(error) => self.refused(batch, error).await,
            };
        }
        if age < ON_ITS_WAY {
            self.wait(&id, number);
            return Ok(());
        }
        let known: HashSet<String> = self.batches.journals.with_untracked(|journals| {
            let batches = journals.values().flat_map(|journal| &journal.batches);
            batches.flat_map(|batch| &batch.items).map(|item| item.id.clone()).collect()
        });
        let found = look_for(&client, self.patience, &batch, &orders, |id| known.contains(id)).await;
        let found = match found {
            Ok(Some(ids)) => {
                let items = ids.into_iter().map(Item::accepted).collect();
                self.batches.release(&id);
                return self.batches.keep(Batch { progress: Progress::Accepted, items, ..batch }).await;
            }
            Ok(None) => self.patience.ask(|| client.account()).await,
            Err(error) => Err(error),
        };
        match found {
            Ok(account) => {
                let credits = account.credits.remaining;
                self.batches.session.set_account(&client, account);
                let credits_gone = batch.credits_before.map(|before| before.saturating_sub(credits));
                self.found(batch, credits_gone).await
            }
            Err(error) => {
                self.trouble(&id, number, error);
                Ok(())
            }
        }
    }

    async fn accepted(&mut self, batch: Batch, accepted: BatchAccepted) -> Result<(), NotKept> {
        let id = batch.catalogue.clone();
        self.batches.release(&id);
        let BatchAccepted { batch_id, classification_ids, .. } = accepted;
        if classification_ids.len() != batch.products.len() {
            // It was accepted, and which is which cannot be told.
            let credits = batch.products.len() as u64;
            return self.found(batch, Some(credits)).await;
        }
        self.waits.entry(id).or_default().note(batch.number, format::now(), true);
        let items = classification_ids.into_iter().map(Item::accepted).collect();
        self.batches
            .keep(Batch { progress: Progress::Accepted, batch_id: Some(batch_id), items, ..batch })
            .await
    }

    /// Nothing more can be found out of a batch whose answer was lost: the person decides.
    async fn found(&mut self, batch: Batch, credits_gone: Option<u64>) -> Result<(), NotKept> {
        self.batches.release(&batch.catalogue);
        let finding = Some(Finding { credits_gone });
        self.batches.keep(Batch { progress: Progress::Uncertain, finding, ..batch }).await
    }

    /// The service did not take a batch, and took no credit for it.
    async fn refused(&mut self, batch: Batch, error: ApiError) -> Result<(), NotKept> {
        let id = batch.catalogue.clone();
        let planned = Batch { progress: Progress::Planned, ..batch.clone() };
        match error {
            ApiError::OutOfCredits => {
                self.batches.set_hold(&id, Hold::Credits);
                self.wait(&id, batch.number);
                self.batches.keep(planned).await?;
                // How many there are is what the person is told.
                let client = self.client();
                if let Ok(account) = self.patience.ask(|| client.account()).await {
                    self.batches.session.set_account(&client, account);
                }
                Ok(())
            }
            ApiError::Unauthorized => {
                self.batches.set_hold(&id, Hold::Key);
                self.batches.keep(planned).await
            }
            ApiError::Invalid(message) | ApiError::NotDeclarable { message, .. } => {
                self.set_apart(batch, message).await
            }
            other => {
                self.trouble(&id, batch.number, other);
                self.batches.keep(planned).await
            }
        }
    }

    /// One product that the service refuses keeps a whole batch out, so it is set apart: where the message
    /// does not name it, by halves.
    async fn set_apart(&mut self, batch: Batch, message: String) -> Result<(), NotKept> {
        let count = batch.products.len();
        if count <= 1 {
            let refused = Batch { progress: Progress::Refused, message: Some(message), ..batch };
            return self.batches.keep(refused).await;
        }
        match named_item(&message).filter(|at| *at < count) {
            Some(at) => self.batches.divide(batch, &[at, at + 1]).await,
            None => self.batches.divide(batch, &[count / 2]).await,
        }
    }
}

/// Whether a refusal says that something else was sent under the same key.
fn is_about_its_key(error: &ApiError) -> bool {
    matches!(error, ApiError::Invalid(message) if message.contains("Idempotency-Key"))
}

/// The item that a message is about: `items[3].description`, or `items.3.description` as some frameworks write.
fn named_item(message: &str) -> Option<usize> {
    let after = message.split_once("items")?.1.trim_start_matches(['[', '.']);
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    after[..digits].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_names_its_item() {
        assert_eq!(named_item("items[3].description: is required"), Some(3));
        assert_eq!(named_item("The items.17.origin_country field is invalid."), Some(17));
        assert_eq!(named_item("items: is required"), None);
        assert_eq!(named_item("something else"), None);
    }
}
