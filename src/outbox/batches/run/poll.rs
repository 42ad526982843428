//! Polling of batches in flight.

use std::collections::HashMap;

use import8_api::{Extension, Status};
use leptos::prelude::*;

use super::Runner;
use crate::api::{ApiError, Client};
use crate::browser::database::NotKept;
use crate::i18n::format;
use crate::outbox::batches::BlockReason;
use crate::outbox::batches::item::is_end;
use crate::outbox::batches::journal::{Batch, BatchStatus};

/// The number of classifications that are requested before the journal is written.
const DETAILS: usize = 10;

impl Runner {
    /// Polls a batch.
    pub(super) async fn ask(&mut self, mut batch: Batch) -> Result<(), NotKept> {
        let (id, number, open) = (batch.catalogue.clone(), batch.number, batch.open());
        let client = self.client();
        match self.update_from(&client, &mut batch).await {
            Ok(()) => self.recovered(&id),
            Err(ApiError::NotFound) => batch.progress = BatchStatus::Ended,
            Err(error) => {
                self.trouble(&id, number, error);
                return Ok(());
            }
        }
        let has_changed = batch.open() != open || batch.progress == BatchStatus::Ended;
        self.waits.entry(id).or_default().note(number, format::now(), has_changed);
        if has_changed { self.batches.keep(batch).await } else { Ok(()) }
    }

    /// Removes the block of a catalogue after the service has answered.
    fn recovered(&self, id: &str) {
        if matches!(self.hold_of(id), Some(BlockReason::Error(_))) {
            self.batches.release(id);
        }
    }

    async fn update_from(&self, client: &Client, batch: &mut Batch) -> Result<(), ApiError> {
        let Some(batch_id) = batch.batch_id.clone() else {
            // A batch that was found in the history has no identifier, so its products are polled one by one.
            if let Some(item) = batch.items.iter_mut().find(|item| !item.has_ended()) {
                let asked = item.id.clone();
                match self.gate.ask(|| client.classification(&asked)).await {
                    Ok(answer) => item.update_from_classification(answer.value.data),
                    // This classification is gone; the others may still exist.
                    Err(ApiError::NotFound) => item.status = Status::Failed,
                    Err(error) => return Err(error),
                }
            }
            if batch.open() == 0 {
                batch.progress = BatchStatus::Ended;
            }
            return Ok(());
        };
        let mut status = self.gate.ask(|| client.batch(&batch_id, false)).await?;
        let has_results = untrack(|| self.batches.session.has(&Extension::BatchResults));
        let is_over = status.classifications.iter().all(|item| is_end(&item.status));
        if is_over && has_results {
            status = self.gate.ask(|| client.batch(&batch_id, true)).await?;
        }
        let mut said: HashMap<_, _> =
            status.classifications.into_iter().map(|item| (item.id.clone(), item)).collect();
        for item in &mut batch.items {
            if let Some(news) = said.remove(&item.id) {
                item.update_from(news);
            }
        }
        if batch.open() == 0 {
            batch.progress = BatchStatus::Ended;
        }
        Ok(())
    }

    /// Requests the classifications of some products of a batch.
    pub(super) async fn detail(&mut self, mut batch: Batch) -> Result<(), NotKept> {
        let (id, number) = (batch.catalogue.clone(), batch.number);
        let client = self.client();
        let mut is_answered = true;
        for item in batch.items.iter_mut().filter(|item| item.detail.is_none()).take(DETAILS) {
            let asked = item.id.clone();
            match self.gate.ask(|| client.classification(&asked)).await {
                Ok(answer) => item.update_from_classification(answer.value.data),
                // The classification is gone or its answer is unreadable: it is not requested again.
                Err(ApiError::NotFound | ApiError::Unreadable(_)) => item.detail = Some(Default::default()),
                Err(error) => {
                    self.trouble(&id, number, error);
                    is_answered = false;
                    // The answers for the other products are stored first, so they are not requested again.
                    break;
                }
            }
        }
        if is_answered {
            self.recovered(&id);
        }
        self.batches.keep(batch).await
    }
}
