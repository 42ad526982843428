//! Sending of batches, and the search for those without an answer.

use std::collections::HashSet;

use import8_api::{BatchAccepted, BatchRequest, Extension};
use leptos::prelude::*;

use super::Runner;
use crate::api::ApiError;
use crate::browser::database::NotKept;
use crate::i18n::format;
use crate::outbox::batches::BlockReason;
use crate::outbox::batches::item::Item;
use crate::outbox::batches::journal::{self, Batch, BatchStatus, Finding, Order};
use crate::outbox::batches::locks::lock_catalogue;
use crate::outbox::batches::reconcile::look_for;
use crate::outbox::sending::State;
use crate::queries::times::ON_ITS_WAY;

/// How long a batch is sent again while the service does not answer, in milliseconds. After that it is searched for
/// in the history.
const PASSING: u64 = 5 * 60 * 1_000;

/// How long a service is trusted to recognise an `Idempotency-Key`, in milliseconds. Ours does for 30 days.
const KEY_IS_KNOWN: u64 = 29 * 24 * 60 * 60 * 1_000;

impl Runner {
    /// Sends a batch, after its status `Sent` was stored.
    pub(super) async fn send(&mut self, batch: Batch) -> Result<(), NotKept> {
        let lock_catalogue = lock_catalogue(&batch.catalogue).await;
        let kept = journal::batch(&batch.catalogue, batch.number).await?;
        let Some(batch) = kept.filter(|kept| kept.progress == BatchStatus::Planned) else {
            // Another tab has sent or divided it meanwhile.
            return Ok(());
        };
        let orders = journal::orders(&batch).await?;
        let sent = batch.sent(format::now(), untrack(|| self.batches.session.credits()));
        self.batches.keep(sent.clone()).await?;
        drop(lock_catalogue);
        if !self.batches.is_listed(&sent.catalogue) {
            // The catalogue was deleted.
            return Ok(());
        }
        match self.request(&sent, &orders).await {
            Ok(accepted) => self.accepted(sent, accepted).await,
            Err(error) if sent.after(&error) == State::Lost => self.lost(sent, error).await,
            Err(error) => self.refused(sent, error).await,
        }
    }

    /// Asks the service to accept a batch, under the batch's own key.
    async fn request(&self, batch: &Batch, orders: &[Order]) -> Result<BatchAccepted, ApiError> {
        let request = BatchRequest { items: orders.iter().map(|order| order.request.clone()).collect() };
        let client = self.client();
        self.gate.ask(|| client.classify_batch(&request, &batch.key)).await
    }

    /// Marks a batch as uncertain, to be reconciled later.
    async fn lost(&mut self, batch: Batch, error: ApiError) -> Result<(), NotKept> {
        let (id, number) = (batch.catalogue.clone(), batch.number);
        let message = refusal(&error);
        if error.is_uncertain() || error == ApiError::Unauthorized {
            self.trouble(&id, number, error);
        } else {
            self.wait(&id, number);
        }
        self.batches.keep(Batch { message, ..batch.lost() }).await
    }

    /// Finds out whether the service has accepted a batch without an answer. A service that recognises
    /// `Idempotency-Key` says so when it gets the same request again, and charges nothing twice. Otherwise the
    /// history is searched.
    pub(super) async fn reconcile(&mut self, batch: Batch) -> Result<(), NotKept> {
        let (id, number) = (batch.catalogue.clone(), batch.number);
        let now = format::now();
        let age = now.saturating_sub(batch.sent_at);
        let knows_keys = untrack(|| self.batches.session.has(&Extension::IdempotencyKey));
        let orders = journal::orders(&batch).await?;
        let mut message = batch.message.clone();
        if knows_keys && age < KEY_IS_KNOWN {
            match self.request(&batch, &orders).await {
                Ok(accepted) => return self.accepted(batch, accepted).await,
                Err(error) if may_pass(&error, age) => {
                    self.trouble(&id, number, error);
                    return Ok(());
                }
                Err(error) => message = refusal(&error),
            }
        } else if now.saturating_sub(batch.tried_at.max(batch.sent_at)) < ON_ITS_WAY {
            self.wait(&id, number);
            return Ok(());
        }
        let batch = Batch { message, ..batch };
        let client = self.client();
        let known: HashSet<String> = self.batches.journals.with_untracked(|journals| {
            let batches = journals.values().flat_map(|journal| &journal.batches);
            batches.flat_map(|batch| &batch.items).map(|item| item.id.clone()).collect()
        });
        let found = look_for(&client, self.gate, &batch, &orders, |id| known.contains(id)).await;
        let found = match found {
            Ok(Some(ids)) => {
                let items = ids.into_iter().map(Item::accepted).collect();
                self.batches.release(&id);
                return self.batches.keep(batch.accepted(None, items)).await;
            }
            Ok(None) => self.gate.ask(|| client.account()).await,
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
            // The credits show that it was accepted, but its rows cannot be identified.
            let credits = batch.products.len() as u64;
            return self.found(batch, Some(credits)).await;
        }
        self.waits.entry(id).or_default().note(batch.number, format::now(), true);
        let items = classification_ids.into_iter().map(Item::accepted).collect();
        self.batches.keep(batch.accepted(Some(batch_id), items)).await
    }

    /// Stores that the search has ended without a result: the person decides.
    async fn found(&mut self, batch: Batch, credits_gone: Option<u64>) -> Result<(), NotKept> {
        self.batches.release(&batch.catalogue);
        let finding = Some(Finding { credits_gone });
        self.batches.keep(Batch { finding, ..batch.lost() }).await
    }

    /// Stores that the service has refused a batch without taking a credit.
    async fn refused(&mut self, batch: Batch, error: ApiError) -> Result<(), NotKept> {
        let id = batch.catalogue.clone();
        let planned = Batch { progress: BatchStatus::Planned, ..batch.clone() };
        match error {
            ApiError::OutOfCredits => {
                self.batches.set_hold(&id, BlockReason::Credits);
                self.wait(&id, batch.number);
                self.batches.keep(planned).await?;
                // The person is shown the current credits.
                let client = self.client();
                if let Ok(account) = self.gate.ask(|| client.account()).await {
                    self.batches.session.set_account(&client, account);
                }
                Ok(())
            }
            ApiError::Unauthorized => {
                self.batches.set_hold(&id, BlockReason::Key);
                self.batches.keep(planned).await
            }
            ApiError::InvalidItem { item, message } => self.set_apart(batch, Some(item), message).await,
            ApiError::Invalid(message) | ApiError::NotDeclarable { message, .. } => {
                self.set_apart(batch, None, message).await
            }
            other => {
                self.trouble(&id, batch.number, other);
                self.batches.keep(planned).await
            }
        }
    }

    /// Isolates a product that the service refuses, because it keeps the whole batch out. Divides the batch into
    /// halves if the service does not name the product.
    async fn set_apart(&mut self, batch: Batch, item: Option<usize>, message: String) -> Result<(), NotKept> {
        let count = batch.products.len();
        if count <= 1 {
            let refused = Batch { progress: BatchStatus::Refused, message: Some(message), ..batch };
            return self.batches.keep(refused).await;
        }
        match item.filter(|at| *at < count) {
            Some(at) => self.batches.divide(batch, &[at, at + 1]).await,
            None => self.batches.divide(batch, &[count / 2]).await,
        }
    }
}

/// Whether the error may pass, so that the service may still recognise a batch of this age (milliseconds).
fn may_pass(error: &ApiError, age: u64) -> bool {
    match error {
        ApiError::Unauthorized | ApiError::RateLimited { .. } => true,
        ApiError::Unreachable | ApiError::Timeout | ApiError::Server(_) => age < PASSING,
        _ => false,
    }
}

/// The service's sentence for a refusal, in English.
fn refusal(error: &ApiError) -> Option<String> {
    match error {
        ApiError::Invalid(message)
        | ApiError::InvalidItem { message, .. }
        | ApiError::NotDeclarable { message, .. } => Some(message.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_that_says_something_else_is_not_asked_for_ever() {
        for error in [ApiError::Unreachable, ApiError::Timeout, ApiError::Server(502)] {
            assert!(may_pass(&error, 0) && !may_pass(&error, PASSING), "{error:?}");
        }
        assert!(may_pass(&ApiError::Unauthorized, PASSING), "another key may be entered");
        let invalid = ApiError::Invalid("Idempotency-Key: was used for another request".to_owned());
        for error in [invalid, ApiError::OutOfCredits, ApiError::NotFound, ApiError::Unexpected(422)] {
            assert!(!may_pass(&error, 0), "{error:?}");
        }
        assert!(!may_pass(&ApiError::Unreadable("x".to_owned()), 0));
    }
}
