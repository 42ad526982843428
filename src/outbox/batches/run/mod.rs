//! The batch runner: sends planned batches and polls those in flight. One tab runs it per organisation (Web Lock),
//! within the rate limit that it shares with the person.

mod poll;
mod send;

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use import8_api::Extension;
use leptos::prelude::*;

use super::journal::{Batch, BatchStatus, Catalogue, Stage};
use super::locks::Lock;
use super::next::{Conditions, NextStep, Waits, due, lacks_detail, next};
use super::{Batches, BlockReason, Throughput};
use crate::api::{ApiError, Client};
use crate::browser::database::{self, NotKept, Store};
use crate::browser::rest::Rest;
use crate::browser::task::effect;
use crate::browser::visibility::{every_second, is_seen};
use crate::i18n::{Language, format};
use crate::queries::rate_limit::RateLimitGate;
use crate::session::Reach;

/// The interval after which a journal that could not be read is read again, in milliseconds.
const READ_AGAIN: u64 = 5_000;

/// Runs the catalogues of the session's organisation whenever this tab has the lock, until the task is dropped. Call it
/// in a task of a reactive owner.
pub async fn run(batches: Batches, language: RwSignal<Language>) {
    follow(batches);
    batches.begin().await;
    let organization = untrack(|| batches.session.organization());
    let gate = batches.gate.telling(batches.waiting);
    loop {
        let lock = Lock::wait(&format!("import8.batches.{organization}")).await;
        batches.is_runner.set(true);
        let mut runner = Runner {
            batches,
            language,
            gate,
            is_alone: lock.is_ok(),
            recovered: HashSet::new(),
            waits: HashMap::new(),
            due: None,
        };
        // A hidden tab polls nothing, so it gives way to a visible one.
        while !(document().hidden() && batches.is_wished.try_update_value(std::mem::take) == Some(true)) {
            batches.is_woken.set_value(false);
            if runner.work().await || batches.is_woken.get_value() {
                continue;
            }
            let rest = Rest::begin();
            batches.wake.set_value(Some(rest.end.clone()));
            // A timer may be a moment too early.
            let left = runner.due.map(|due| due.saturating_sub(format::now()).max(1));
            rest.wait(left.map(Duration::from_millis)).await;
        }
        batches.is_runner.set(false);
    }
}

/// Ends the pause of the runner when anything changes that its next step depends on. While another tab runs the batches
/// and this one is visible, tells every second that this one would run them.
fn follow(batches: Batches) {
    effect(move || {
        batches.catalogues.track();
        batches.journals.track();
        batches.holds.track();
        let session = batches.session;
        let _follow = (is_seen(), session.reach(), session.credits(), session.account());
        batches.wake_runner();
    });
    every_second(move || {
        if !batches.is_runner.get_untracked() {
            batches.tell_wish();
        }
    });
}

struct Runner {
    batches: Batches,
    language: RwSignal<Language>,
    gate: RateLimitGate,
    /// Whether a Web Lock guarantees that no other tab runs the batches.
    is_alone: bool,
    /// The catalogues whose journal was read since this tab became the runner.
    recovered: HashSet<String>,
    waits: HashMap<String, Waits>,
    /// When there is something to do next, in milliseconds since 1970; none when not before something changes.
    due: Option<u64>,
}

impl Runner {
    /// Takes one step. Returns `false` if there was nothing to do.
    async fn work(&mut self) -> bool {
        if self.batches.is_changed.try_update_value(std::mem::take).unwrap_or_default() {
            self.batches.read_catalogues().await;
        }
        let is_open =
            |one: &&Catalogue| one.stage != Stage::Draft && (!one.tally.is_done() || one.wants_details);
        let mut open: Vec<_> = self
            .batches
            .catalogues
            .with_untracked(|all| all.iter().flatten().filter(is_open).cloned().collect());
        open.sort_by_key(|one| one.created_at);
        self.due = None;
        for catalogue in open {
            match self.step_of(&catalogue).await {
                Ok(Some(step)) => {
                    match self.take(&catalogue, step).await {
                        Ok(()) if self.hold_of(&catalogue.id) == Some(BlockReason::Storage) => {
                            self.batches.release(&catalogue.id);
                        }
                        Ok(()) => {}
                        Err(NotKept) => {
                            self.batches.set_hold(&catalogue.id, BlockReason::Storage);
                            self.wait(&catalogue.id, step.number());
                        }
                    }
                    return true;
                }
                Ok(None) => {}
                Err(NotKept) => {
                    self.batches.set_hold(&catalogue.id, BlockReason::Storage);
                    self.note_due(Some(format::now() + READ_AGAIN));
                }
            }
        }
        false
    }

    /// Notes when there is something to do next, if that is before all that is known.
    fn note_due(&mut self, due: Option<u64>) {
        self.due = self.due.into_iter().chain(due).min();
    }

    /// The next step for a catalogue; `None` if there is nothing to do now.
    async fn step_of(&mut self, catalogue: &Catalogue) -> Result<Option<NextStep>, NotKept> {
        let id = &catalogue.id;
        self.recover(id).await?;
        let session = self.batches.session;
        let hold = self.batches.holds.with_untracked(|holds| holds.get(id).cloned());
        if session.reach_now() == Reach::Unreachable {
            self.batches.set_hold(id, BlockReason::Offline);
            return Ok(None);
        }
        match hold {
            Some(BlockReason::Key) => return Ok(None),
            Some(BlockReason::Offline) => self.batches.release(id),
            _ => {}
        }
        let knows_keys = untrack(|| session.has(&Extension::IdempotencyKey));
        let is_safe = self.is_alone || knows_keys;
        if !is_safe {
            self.batches.set_hold(id, BlockReason::Tabs);
        }
        let conditions = Conditions {
            now: format::now(),
            may_send: catalogue.stage == Stage::Running && is_safe && self.can_pay(id, hold.as_ref()),
            is_seen: !document().hidden(),
            wants_details: catalogue.wants_details,
        };
        let waits = self.waits.entry(id.clone()).or_default();
        let found = self.batches.with_journal_now(id, |journal| {
            (next(&journal.batches, waits, conditions), due(&journal.batches, waits, conditions))
        });
        let (step, due) = found.unwrap_or_default();
        self.note_due(due);
        let is_detailed = || {
            let lacks = |journal: &super::Journal| journal.batches.iter().any(|batch| lacks_detail(&batch));
            !self.batches.with_journal_now(id, lacks).unwrap_or_default()
        };
        if step.is_none() && catalogue.wants_details && catalogue.tally.is_done() && is_detailed() {
            self.batches.change(id, |catalogue| catalogue.wants_details = false).await?;
        }
        Ok(step)
    }

    /// Whether the known credits cover the next batch. If not, the catalogue is blocked for lack of credits.
    fn can_pay(&self, id: &str, hold: Option<&BlockReason>) -> bool {
        let next = self.batches.with_journal_now(id, |journal| {
            let planned = journal.batches.iter().find(|batch| batch.progress == BatchStatus::Planned);
            // A batch that the service may have accepted may be paid for already.
            planned.filter(|batch| !batch.was_lost).map(|batch| batch.products.len() as u64)
        });
        let credits = untrack(|| self.batches.session.credits());
        let is_enough = match (next.flatten(), credits) {
            (Some(needed), Some(credits)) => needed <= credits,
            _ => true,
        };
        match (is_enough, hold) {
            (false, _) => self.batches.set_hold(id, BlockReason::Credits),
            (true, Some(BlockReason::Credits)) => self.batches.release(id),
            (true, _) => {}
        }
        is_enough
    }

    /// Reads the journal once after this tab became the runner. Batches in flight were sent by a tab that is gone, so
    /// their answers are lost.
    async fn recover(&mut self, id: &str) -> Result<(), NotKept> {
        if self.recovered.contains(id) {
            return Ok(());
        }
        let journal = self.batches.kept_journal(id).await?;
        self.batches.journals.update(|journals| {
            journals.insert(id.to_owned(), journal);
        });
        let sent = self.batches.with_journal_now(id, |journal| {
            journal
                .batches
                .iter()
                .filter(|batch| batch.progress == BatchStatus::Sent)
                .cloned()
                .collect::<Vec<_>>()
        });
        let lost = sent.unwrap_or_default().into_iter();
        let lost: Vec<_> = lost.map(Batch::lost).collect();
        self.batches.keep_all(lost).await?;
        self.recovered.insert(id.to_owned());
        self.note(id).await
    }

    async fn take(&mut self, catalogue: &Catalogue, step: NextStep) -> Result<(), NotKept> {
        let id = &catalogue.id;
        let batch = self.batches.with_journal_now(id, |journal| journal.batch(step.number()).cloned());
        let Some(batch) = batch.flatten() else { return Ok(()) };
        match step {
            NextStep::Send(_) => self.send(batch).await?,
            NextStep::Reconcile(_) => self.reconcile(batch).await?,
            NextStep::Ask(_) => self.ask(batch).await?,
            NextStep::Detail(_) => self.detail(batch).await?,
        }
        self.note(id).await
    }

    /// Notes a temporary error and schedules the next try.
    pub(super) fn trouble(&mut self, id: &str, number: u32, error: ApiError) {
        let hold = if error == ApiError::Unauthorized { BlockReason::Key } else { BlockReason::Error(error) };
        self.batches.set_hold(id, hold);
        self.wait(id, number);
    }

    pub(super) fn wait(&mut self, id: &str, number: u32) {
        self.waits.entry(id.to_owned()).or_default().note(number, format::now(), false);
    }

    pub(super) fn hold_of(&self, id: &str) -> Option<BlockReason> {
        self.batches.holds.with_untracked(|holds| holds.get(id).cloned())
    }

    pub(super) fn client(&self) -> Client {
        self.batches.session.client(self.language.get_untracked().code())
    }

    /// Stores the tally of a catalogue if it has changed.
    async fn note(&self, id: &str) -> Result<(), NotKept> {
        let Some(tally) = self.batches.with_journal_now(id, super::Journal::tally) else { return Ok(()) };
        let now = format::now();
        self.batches.paces.update(|paces| {
            paces
                .entry(id.to_owned())
                .or_insert_with(|| Throughput::new(now, tally.ended()))
                .note(now, tally.ended());
        });
        let is_told = self.batches.catalogues.with_untracked(|all| {
            all.iter().flatten().any(|catalogue| catalogue.id == id && catalogue.tally == tally)
        });
        if is_told {
            return Ok(());
        }
        let changed: Option<Catalogue> =
            database::update(Store::Catalogues, id, |catalogue: &mut Catalogue| catalogue.tally = tally)
                .await?;
        if let Some(changed) = changed {
            self.batches.catalogues.update(|all| {
                if let Some(own) = all.iter_mut().flatten().find(|own| own.id == id) {
                    *own = changed;
                }
            });
            self.batches.tell(id, None);
        }
        Ok(())
    }
}
