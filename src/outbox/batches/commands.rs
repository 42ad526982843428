//! Commands of a person on a catalogue, such as start, pause and send again. Each is written to the journal before it
//! counts as done, whichever tab runs the batches.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use import8_api::MAX_BATCH_ITEMS;
use leptos::prelude::*;

use super::journal::{self, Batch, BatchStatus, Catalogue, Order, Plan, Stage};
use super::locks::lock_catalogue;
use super::open::Journal;
use super::state::State;
use super::{Batches, BlockReason};
use crate::api::random_key;
use crate::browser::database::{self, NotKept, Store};

/// The number of batches whose orders are written in one transaction.
const PART: usize = 10;

impl Batches {
    /// Writes the plan and the batches of a catalogue and starts it. A plan that was written without a start is
    /// replaced; a catalogue that another tab has started is left as it is.
    ///
    /// # Errors
    /// [`NotKept`] if this browser cannot store it; then nothing has started.
    pub async fn start(self, id: &str, plan: Plan, orders: Vec<(u32, Order)>) -> Result<(), NotKept> {
        let _turn = lock_catalogue(id).await;
        let kept: Catalogue = database::get(Store::Catalogues, id).await?.ok_or(NotKept)?;
        if kept.stage != Stage::Draft {
            return Ok(());
        }
        journal::remove_batches(id).await?;
        let (batches, asked) = planned(id, 0, orders)?;
        // In parts, so that the page stays responsive.
        for part in asked.chunks(PART) {
            journal::put_orders(id, part).await?;
        }
        database::put(Store::Plans, id, &plan).await?;
        journal::put_batches(&batches).await?;
        let journal = Journal::new(plan, batches);
        let tally = journal.tally();
        self.journals.update(|journals| {
            journals.insert(id.to_owned(), journal);
        });
        self.change(id, |catalogue| (catalogue.stage, catalogue.tally) = (Stage::Running, tally)).await
    }

    /// Pauses the catalogue: no further batch is sent. Batches that were sent are still polled.
    ///
    /// # Errors
    /// [`NotKept`] if this browser cannot store it.
    pub async fn pause(self, id: &str) -> Result<(), NotKept> {
        self.change(id, |catalogue| catalogue.stage = Stage::Paused).await
    }

    /// Resumes sending.
    ///
    /// # Errors
    /// [`NotKept`] if this browser cannot store it.
    pub async fn resume(self, id: &str) -> Result<(), NotKept> {
        self.release(id);
        self.change(id, |catalogue| catalogue.stage = Stage::Running).await
    }

    /// Uses the key again after a 401, because the reason for it may have passed.
    pub fn try_key_again(self) {
        self.holds.update(|holds| holds.retain(|_, hold| *hold != BlockReason::Key));
    }

    /// Puts failed products into new batches, which are sent as soon as the catalogue is not paused. Products that a
    /// person has given a code are left out: by the journal, or because `has_code` is true for the classification.
    /// Each product sent costs a credit again.
    ///
    /// # Errors
    /// [`NotKept`] if this browser cannot store it.
    pub async fn retry_failed(self, id: &str, has_code: impl Fn(&str) -> bool) -> Result<(), NotKept> {
        self.send_failed_anew(id, has_code).await?;
        self.store_tally(id).await
    }

    /// Sends a batch without an answer again under its own `Idempotency-Key`, as soon as the catalogue is not paused.
    ///
    /// # Errors
    /// [`NotKept`] if this browser cannot store it.
    pub async fn send_again(self, id: &str, number: u32) -> Result<(), NotKept> {
        let again = |batch: &mut Batch| (batch.progress, batch.finding) = (BatchStatus::Planned, None);
        if self.change_lost(id, number, again).await? {
            self.store_tally(id).await?;
        }
        Ok(())
    }

    /// Searches the history again for a batch without an answer.
    ///
    /// # Errors
    /// [`NotKept`] if this browser cannot store it.
    pub async fn look_again(self, id: &str, number: u32) -> Result<(), NotKept> {
        if self.change_lost(id, number, |batch| batch.finding = None).await? {
            self.note_change();
        }
        Ok(())
    }

    /// Gives up a batch without an answer: its products count as failed.
    ///
    /// # Errors
    /// [`NotKept`] if this browser cannot store it.
    pub async fn give_up(self, id: &str, number: u32) -> Result<(), NotKept> {
        if self.change_lost(id, number, |batch| batch.progress = BatchStatus::Refused).await? {
            self.store_tally(id).await?;
        }
        Ok(())
    }

    /// Changes a batch if its answer is still missing. Returns whether it was.
    async fn change_lost(
        self,
        id: &str,
        number: u32,
        change: impl FnOnce(&mut Batch),
    ) -> Result<bool, NotKept> {
        let mut is_lost = false;
        let kept = journal::change_batch(id, number, |batch| {
            is_lost = batch.progress == BatchStatus::Uncertain;
            if is_lost {
                batch.was_lost = true;
                change(batch);
            }
        });
        if let Some(batch) = kept.await? {
            self.show(id, &[batch]);
        }
        Ok(is_lost)
    }

    /// Sends as many products of the next batch as there are credits for; the others go into a batch of their own.
    ///
    /// # Errors
    /// [`NotKept`] if this browser cannot store it.
    pub async fn send_what_credits_cover(self, id: &str) -> Result<(), NotKept> {
        let credits = untrack(|| self.session.credits()).unwrap_or_default();
        let next = self.with_journal_now(id, |journal| {
            journal.batches.iter().find(|batch| batch.progress == BatchStatus::Planned).cloned()
        });
        let covered = usize::try_from(credits).unwrap_or(usize::MAX);
        if let Some(batch) = next.flatten().filter(|batch| (1..batch.products.len()).contains(&covered)) {
            self.divide(batch, &[covered]).await?;
        }
        self.resume(id).await
    }

    /// Removes a catalogue from this browser. Its classifications stay at the service.
    ///
    /// # Errors
    /// [`NotKept`] if this browser cannot remove it.
    pub async fn remove(self, id: &str) -> Result<(), NotKept> {
        // Off the list first: the runner writes nothing for a catalogue that is not listed.
        self.catalogues.update(|all| all.iter_mut().for_each(|all| all.retain(|own| own.id != id)));
        if let Err(NotKept) = journal::remove(id).await {
            self.read_catalogues().await;
            return Err(NotKept);
        }
        self.journals.update(|journals| {
            journals.remove(id);
        });
        self.note_change();
        self.tell(id, None);
        Ok(())
    }

    /// Divides a batch before the given positions into new batches, each with its own key. A batch that the service
    /// may have accepted is left whole, because its products would be paid for twice.
    pub(super) async fn divide(self, batch: Batch, at: &[usize]) -> Result<(), NotKept> {
        let _turn = lock_catalogue(&batch.catalogue).await;
        let kept = journal::batch(&batch.catalogue, batch.number).await?;
        if kept.is_none_or(|kept| kept.progress != batch.progress || kept.was_lost) {
            // Another tab has sent or divided it meanwhile.
            return Ok(());
        }
        let orders = journal::orders(&batch).await?;
        let first = journal::next_number(&batch.catalogue).await?;
        let mut left: Vec<_> = batch.products.iter().copied().zip(orders).collect();
        let mut parts: Vec<_> = at.iter().rev().map(|at| left.split_off(*at)).collect();
        parts.push(left);
        let (mut kept, mut asked) = (Vec::new(), Vec::new());
        for (number, part) in (first..).zip(parts.into_iter().rev().filter(|part| !part.is_empty())) {
            let (batches, orders) = planned(&batch.catalogue, number, part)?;
            kept.extend(batches);
            asked.extend(orders);
        }
        // Orders first: nobody reads them before the batches exist, and the new batches are stored in one transaction
        // with the batch they replace.
        journal::put_orders(&batch.catalogue, &asked).await?;
        kept.push(Batch { progress: BatchStatus::Divided, ..batch });
        self.keep_all(kept).await
    }

    /// Puts failed products into new batches.
    async fn send_failed_anew(self, id: &str, has_code: impl Fn(&str) -> bool) -> Result<(), NotKept> {
        let _turn = lock_catalogue(id).await;
        // Another tab may have put failed products into new batches since this tab read the journal.
        let journal = self.kept_journal(id).await?;
        let failed = |product: u32| {
            let place = journal.places.get(usize::try_from(product).ok()?).copied().flatten()?;
            let batch = journal.batch(place.batch?)?;
            let is_done = batch.items.get(place.at).is_some_and(|item| has_code(&item.id));
            (!is_done).then_some((product, batch, place.at))
        };
        let mut read: HashMap<u32, Vec<Order>> = HashMap::new();
        let mut orders = Vec::new();
        for (product, batch, at) in journal.products_in(Some(State::Failed)).into_iter().filter_map(failed) {
            let own = match read.entry(batch.number) {
                Entry::Occupied(entry) => entry.into_mut(),
                Entry::Vacant(entry) => entry.insert(journal::orders(batch).await?),
            };
            orders.extend(own.get(at).map(|order| (product, order.clone())));
        }
        let (batches, asked) = planned(id, journal::next_number(id).await?, orders)?;
        journal::put_orders(id, &asked).await?;
        self.keep_all(batches).await
    }

    /// Stores the tally after a command, because the runner decides by the tally whether there is work left.
    async fn store_tally(self, id: &str) -> Result<(), NotKept> {
        self.release(id);
        let tally = self.with_journal_now(id, Journal::tally).unwrap_or_default();
        self.change(id, |catalogue| catalogue.tally = tally).await
    }
}

/// The orders of each batch, by batch number.
type Asked = Vec<(u32, Vec<Order>)>;

/// Splits products into planned batches, numbered from `first`, and returns these with their orders.
fn planned(id: &str, first: u32, orders: Vec<(u32, Order)>) -> Result<(Vec<Batch>, Asked), NotKept> {
    let (mut batches, mut asked) = (Vec::new(), Vec::new());
    let mut orders = orders.into_iter();
    for number in first.. {
        let (products, own): (Vec<u32>, Vec<Order>) = orders.by_ref().take(MAX_BATCH_ITEMS).unzip();
        if products.is_empty() {
            break;
        }
        let key = random_key().ok_or(NotKept)?;
        batches.push(Batch::planned(id, number, key, products));
        asked.push((number, own));
    }
    Ok((batches, asked))
}
