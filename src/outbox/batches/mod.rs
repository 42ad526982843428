//! Catalogues that are classified in batches of up to 100: their journal and the commands of the person. One tab of
//! the browser sends the batches (`run`); the others show the journal.

mod commands;
mod corrections;
pub mod item;
pub mod journal;
mod locks;
mod next;
mod open;
pub mod places;
mod reconcile;
pub mod run;
pub mod state;
mod throughput;

use std::collections::{HashMap, HashSet};

use js_sys::{Function, Uint8Array};
use leptos::prelude::*;

use self::journal::{Batch, Catalogue, Plan, Stage};
use self::locks::Channel;
pub use self::open::Journal;
use self::state::Tally;
pub use self::throughput::{Throughput, seconds_left};
use crate::api::{ApiError, random_key};
use crate::browser::database::{self, NotKept, Store};
use crate::browser::rest::settle;
use crate::browser::task::spawn_local;
use crate::i18n::format;
use crate::queries::rate_limit::RateLimitGate;
use crate::session::Session;

/// Why a catalogue with products to send sends nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockReason {
    /// Fewer credits are left than the next batch has products.
    Credits,
    /// The service does not accept the key.
    Key,
    /// The API cannot be reached.
    Offline,
    /// This browser stores nothing, so a crash could pay twice.
    Storage,
    /// The browser has no Web Locks and the service does not recognise `Idempotency-Key`, so two tabs could send the
    /// same batch.
    Tabs,
    /// Another error; the runner tries again.
    Error(ApiError),
}

/// How many of the stored catalogues cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unlisted {
    /// This number of catalogues is not in the expected shape.
    Some(usize),
    /// The database returns none.
    All,
}

/// The catalogues of the session's organisation: a handle, cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct Batches {
    session: Session,
    gate: RateLimitGate,
    catalogues: RwSignal<Option<Vec<Catalogue>>>,
    journals: RwSignal<HashMap<String, Journal>>,
    unlisted: RwSignal<Option<Unlisted>>,
    /// The identifiers of catalogues whose journal this tab could not read.
    unread: RwSignal<HashSet<String>>,
    /// The catalogue whose last command could not be stored.
    not_done: RwSignal<Option<String>>,
    /// Whether this tab runs the batches.
    is_runner: RwSignal<bool>,
    holds: RwSignal<HashMap<String, BlockReason>>,
    /// Seconds left of a pause for the rate limit.
    waiting: RwSignal<u32>,
    paces: RwSignal<HashMap<String, Throughput>>,
    /// Whether something was stored that the runner has not read.
    is_changed: StoredValue<bool>,
    /// The number of changes by other tabs. A read that a change overtakes is repeated.
    heard: StoredValue<u32>,
    /// Whether another tab, which is visible, asks to run the batches.
    is_wished: StoredValue<bool>,
    /// Whether something has ended the runner's pause, or would have.
    is_woken: StoredValue<bool>,
    /// Ends the runner's pause.
    wake: StoredValue<Option<Function>, LocalStorage>,
    channel: StoredValue<Option<Channel>, LocalStorage>,
}

impl Batches {
    /// Creates the catalogues of a session.
    #[must_use]
    pub fn new(session: Session, gate: RateLimitGate) -> Self {
        Self {
            session,
            gate,
            catalogues: RwSignal::new(None),
            journals: RwSignal::default(),
            unlisted: RwSignal::new(None),
            unread: RwSignal::default(),
            not_done: RwSignal::new(None),
            is_runner: RwSignal::new(false),
            holds: RwSignal::default(),
            waiting: RwSignal::new(0),
            paces: RwSignal::default(),
            is_changed: StoredValue::new(false),
            heard: StoredValue::new(0),
            is_wished: StoredValue::new(false),
            is_woken: StoredValue::new(false),
            wake: StoredValue::new_local(None),
            channel: StoredValue::new_local(None),
        }
    }

    /// Clears everything that was read, for the next key.
    pub fn forget(self) {
        self.catalogues.set(None);
        self.journals.set(HashMap::new());
        self.unlisted.set(None);
        self.unread.set(HashSet::new());
        self.not_done.set(None);
        self.holds.set(HashMap::new());
        self.paces.set(HashMap::new());
        self.is_runner.set(false);
        self.waiting.set(0);
        self.channel.set_value(None);
    }

    /// The owner of the catalogues.
    #[must_use]
    pub fn organization(self) -> String {
        self.session.organization()
    }

    /// All catalogues, newest first; `None` before they were read.
    #[must_use]
    pub fn all(self) -> Option<Vec<Catalogue>> {
        self.catalogues.get()
    }

    /// A catalogue; `None` if this browser does not have it or has not read it yet.
    #[must_use]
    pub fn get(self, id: &str) -> Option<Catalogue> {
        self.catalogues.with(|all| all.iter().flatten().find(|catalogue| catalogue.id == id).cloned())
    }

    /// Whether the list of catalogues was read.
    #[must_use]
    pub fn are_read(self) -> bool {
        self.catalogues.with(Option::is_some)
    }

    /// How many catalogues cannot be read; `None` if all can.
    #[must_use]
    pub fn unlisted(self) -> Option<Unlisted> {
        self.unlisted.get()
    }

    /// Whether the journal of a catalogue could not be read completely.
    #[must_use]
    pub fn is_unread(self, id: &str) -> bool {
        self.unread.with(|unread| unread.contains(id))
    }

    /// Whether the last command on a catalogue could not be stored.
    #[must_use]
    pub fn is_not_done(self, id: &str) -> bool {
        self.not_done.with(|not_done| not_done.as_deref() == Some(id))
    }

    /// Marks the journal of a catalogue as not completely readable.
    pub fn note_unread(self, id: &str) {
        self.unread.maybe_update(|unread| unread.insert(id.to_owned()));
    }

    /// Notes whether a command on a catalogue could be stored, for the notice beside the command.
    pub fn note_word(self, id: &str, outcome: Result<(), NotKept>) {
        self.not_done.set(outcome.is_err().then(|| id.to_owned()));
    }

    /// The progress of the running catalogues: products that have ended, and all products. `None` when none runs.
    #[must_use]
    pub fn progress(self) -> Option<(u32, u32)> {
        let tallies = self.catalogues.with(|all| {
            let is_open = |one: &&Catalogue| one.stage == Stage::Running && !one.tally.is_done();
            all.iter().flatten().filter(is_open).map(|one| one.tally).collect::<Vec<_>>()
        });
        let sum = |part: fn(Tally) -> u32| tallies.iter().map(|tally| part(*tally)).sum::<u32>();
        (!tallies.is_empty()).then(|| (sum(Tally::ended), sum(Tally::total)))
    }

    /// Reads the journal of a catalogue with `read`; `None` is passed before it was read.
    pub fn with_journal<T>(self, id: &str, read: impl FnOnce(Option<&Journal>) -> T) -> T {
        self.journals.with(|journals| read(journals.get(id)))
    }

    /// Whether this tab runs the batches.
    #[must_use]
    pub fn is_runner(self) -> bool {
        self.is_runner.get()
    }

    /// Why a catalogue sends nothing; `None` if nothing prevents it.
    #[must_use]
    pub fn hold(self, id: &str) -> Option<BlockReason> {
        self.holds.with(|holds| holds.get(id).cloned())
    }

    /// Seconds that are left of a pause for the rate limit; 0 while there is none.
    #[must_use]
    pub fn waiting(self) -> u32 {
        self.waiting.get()
    }

    /// The throughput of a catalogue, as measured by this tab.
    #[must_use]
    pub fn throughput(self, id: &str) -> Option<Throughput> {
        self.paces.with(|paces| paces.get(id).copied())
    }

    /// Opens the channel to the other tabs and reads the list of catalogues. Call once for each session.
    pub(crate) async fn begin(self) {
        let apply = move |catalogue: String, batch| {
            spawn_local(async move { self.on_message(&catalogue, batch).await });
        };
        self.channel.set_value(Channel::open(apply));
        self.read_catalogues().await;
    }

    /// Stores a new catalogue and returns its identifier.
    ///
    /// # Errors
    /// [`NotKept`] if this browser cannot store it.
    pub async fn add(self, name: &str, file: &Uint8Array) -> Result<String, NotKept> {
        let id = random_key().ok_or(NotKept)?;
        // The entry last: without it the file is never read.
        database::put_file(&id, file).await?;
        let catalogue = Catalogue {
            id: id.clone(),
            organization: untrack(|| self.session.organization()),
            name: name.to_owned(),
            kind: None,
            created_at: format::now(),
            sheet: None,
            mapping: None,
            edits: Default::default(),
            ignores_known: false,
            stage: Stage::Draft,
            wants_details: false,
            tally: Tally::default(),
        };
        database::put(Store::Catalogues, &id, &catalogue).await?;
        self.catalogues.update(|all| all.get_or_insert_default().insert(0, catalogue));
        self.tell(&id, None);
        Ok(id)
    }

    /// Changes a catalogue, here and in the other tabs.
    ///
    /// # Errors
    /// [`NotKept`] if this browser cannot store it.
    pub async fn change(self, id: &str, change: impl FnOnce(&mut Catalogue)) -> Result<(), NotKept> {
        if let Some(changed) = database::update(Store::Catalogues, id, change).await? {
            self.catalogues.update(|all| {
                if let Some(own) = all.iter_mut().flatten().find(|own| own.id == id) {
                    *own = changed;
                }
            });
        }
        self.note_change();
        self.tell(id, None);
        Ok(())
    }

    /// Reads the journal of a catalogue unless this tab has it.
    ///
    /// # Errors
    /// [`NotKept`] if this browser cannot read it.
    pub async fn read_journal(self, id: &str) -> Result<(), NotKept> {
        if self.journals.with_untracked(|journals| journals.contains_key(id)) {
            return Ok(());
        }
        let journal = self.kept_journal(id).await?;
        self.journals.update(|journals| {
            // Another reader may have been quicker, and the runner may have changed the journal since.
            journals.entry(id.to_owned()).or_insert(journal);
        });
        Ok(())
    }

    /// Reads the journal of a catalogue from the database, and repeats that while other tabs change it. A journal
    /// that cannot be read is reported on its page.
    async fn kept_journal(self, id: &str) -> Result<Journal, NotKept> {
        let read = async {
            loop {
                let heard = self.heard.get_value();
                // A draft has no plan.
                let plan: Plan = database::get(Store::Plans, id).await?.unwrap_or_default();
                let batches = journal::batches(id).await?;
                if heard == self.heard.get_value() {
                    return Ok::<Journal, NotKept>(Journal::new(plan, batches));
                }
            }
        };
        let journal = read.await;
        self.unread.maybe_update(|unread| match &journal {
            Ok(_) => unread.remove(id),
            Err(NotKept) => unread.insert(id.to_owned()),
        });
        journal
    }

    /// Removes the reason that kept a catalogue from being sent.
    fn release(self, id: &str) {
        self.holds.update(|holds| {
            holds.remove(id);
        });
    }

    fn set_hold(self, id: &str, hold: BlockReason) {
        if self.holds.with_untracked(|holds| holds.get(id) != Some(&hold)) {
            self.holds.update(|holds| {
                holds.insert(id.to_owned(), hold);
            });
        }
    }

    /// Stores a batch and updates it in this tab and the others.
    async fn keep(self, batch: Batch) -> Result<(), NotKept> {
        self.keep_all(vec![batch]).await
    }

    async fn keep_all(self, batches: Vec<Batch>) -> Result<(), NotKept> {
        let Some(id) = batches.first().map(|batch| batch.catalogue.clone()) else { return Ok(()) };
        if !self.is_listed(&id) {
            // The catalogue was deleted while its batch was in flight, so nothing would ever read its records.
            return Ok(());
        }
        journal::put_batches(&batches).await?;
        self.show(&id, &batches);
        Ok(())
    }

    fn is_listed(self, id: &str) -> bool {
        self.catalogues.with_untracked(|all| all.iter().flatten().any(|own| own.id == id))
    }

    /// Updates stored batches in this tab and the others.
    fn show(self, id: &str, batches: &[Batch]) {
        self.journals.update(|journals| {
            if let Some(journal) = journals.get_mut(id) {
                journal.take(batches);
            }
        });
        batches.iter().for_each(|batch| self.tell(id, Some(batch.number)));
    }

    fn with_journal_now<T>(self, id: &str, read: impl FnOnce(&Journal) -> T) -> Option<T> {
        self.journals.with_untracked(|journals| journals.get(id).map(read))
    }

    async fn read_catalogues(self) {
        let organization = untrack(|| self.session.organization());
        let read = database::all_of::<Catalogue>(Store::Catalogues, &organization).await;
        if untrack(|| self.session.organization()) != organization {
            // Another key is in use now; its catalogues are read by the caller that changed it.
            return;
        }
        let Ok((mut all, unreadable)) = read else {
            // Catalogues that were read before stay.
            return self.unlisted.set(Some(Unlisted::All));
        };
        self.unlisted.set((unreadable > 0).then_some(Unlisted::Some(unreadable)));
        all.sort_by_key(|catalogue| std::cmp::Reverse(catalogue.created_at));
        let is_news = self.catalogues.with_untracked(|old| old.as_ref() != Some(&all));
        if is_news {
            self.catalogues.set(Some(all));
        }
    }

    /// Notes that something was stored that the runner has not read, and ends its pause.
    fn note_change(self) {
        self.is_changed.set_value(true);
        self.wake_runner();
    }

    /// Ends the runner's pause, if there is one.
    fn wake_runner(self) {
        self.is_woken.set_value(true);
        if let Some(wake) = self.wake.get_value() {
            settle(&wake);
        }
    }

    /// Informs the other tabs that this one asks to run the batches.
    fn tell_wish(self) {
        self.tell("", None);
    }

    /// Reads what another tab has changed. An empty identifier means that the other tab asks to run the batches.
    async fn on_message(self, id: &str, number: Option<u32>) {
        if id.is_empty() {
            self.is_wished.set_value(true);
            return self.wake_runner();
        }
        self.heard.update_value(|heard| *heard = heard.wrapping_add(1));
        match number {
            None => {
                self.read_catalogues().await;
                let total = self.catalogues.with_untracked(|all| {
                    let catalogue = all.iter().flatten().find(|catalogue| catalogue.id == id);
                    catalogue.map(|catalogue| catalogue.tally.total())
                });
                // A catalogue that was started again has other batches.
                let read = self.with_journal_now(id, |journal| journal.tally().total());
                if read.is_some()
                    && read != total
                    && !self.is_runner.get_untracked()
                    && let Ok(journal) = self.kept_journal(id).await
                {
                    self.journals.update(|journals| {
                        journals.insert(id.to_owned(), journal);
                    });
                }
            }
            Some(number) => match journal::batch(id, number).await {
                Ok(Some(batch)) => self.journals.update(|journals| {
                    if let Some(journal) = journals.get_mut(id) {
                        journal.take(&[batch]);
                    }
                }),
                // The catalogue was deleted meanwhile.
                Ok(None) => {}
                Err(NotKept) => self.note_unread(id),
            },
        }
        self.note_change();
    }

    fn tell(self, id: &str, number: Option<u32>) {
        self.channel.with_value(|channel| {
            if let Some(channel) = channel {
                channel.tell(id, number);
            }
        });
    }
}

/// The catalogues of the session's organisation.
#[must_use]
pub fn use_batches() -> Batches {
    expect_context()
}
