//! Catalogues that are classified in batches of up to 100: what is kept of them, and what a person does with
//! them. One tab of the browser runs them (`run`), the others show what it writes down.

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
use crate::i18n::format;
use crate::queries::rate_limit::RateLimitGate;
use crate::session::Session;

/// Why nothing is sent although something is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockReason {
    /// There are fewer credits than the next batch has products.
    Credits,
    /// The key opens nothing, any more or for a moment.
    Key,
    /// There is no connection.
    Offline,
    /// This browser keeps nothing, so a crash could pay twice.
    Storage,
    /// Tabs cannot agree which one sends, and the service would not notice.
    Tabs,
    /// Something else, which is tried again.
    Error(ApiError),
}

/// What of the catalogues that this browser has kept cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unlisted {
    /// So many are not in the shape that they should have.
    Some(usize),
    /// The browser gives back none.
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
    /// Those whose journal this tab could not read.
    unread: RwSignal<HashSet<String>>,
    /// The one of which the person's last word could not be written down.
    not_done: RwSignal<Option<String>>,
    /// Whether this tab runs them.
    is_runner: RwSignal<bool>,
    holds: RwSignal<HashMap<String, BlockReason>>,
    /// Seconds that are left of a pause for the rate limit.
    waiting: RwSignal<u32>,
    paces: RwSignal<HashMap<String, Throughput>>,
    /// Whether something was written down that the runner has not read.
    is_changed: StoredValue<bool>,
    /// How often another tab has changed something: what was read meanwhile may be older.
    heard: StoredValue<u32>,
    /// Whether another tab, which is seen, would run them.
    is_wished: StoredValue<bool>,
    /// Whether something has ended the runner's rest, or would have.
    is_woken: StoredValue<bool>,
    /// Ends the runner's rest.
    wake: StoredValue<Option<Function>, LocalStorage>,
    channel: StoredValue<Option<Channel>, LocalStorage>,
}

impl Batches {
    /// Those of the session.
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

    /// Forgets what was read, for the next key.
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

    /// Whose they are.
    #[must_use]
    pub fn organization(self) -> String {
        self.session.organization()
    }

    /// All of them, the newest first; none before they were read.
    #[must_use]
    pub fn all(self) -> Option<Vec<Catalogue>> {
        self.catalogues.get()
    }

    /// One of them; none when this browser does not have it, or has not read it yet.
    #[must_use]
    pub fn get(self, id: &str) -> Option<Catalogue> {
        self.catalogues.with(|all| all.iter().flatten().find(|catalogue| catalogue.id == id).cloned())
    }

    /// Whether it is known which there are.
    #[must_use]
    pub fn are_read(self) -> bool {
        self.catalogues.with(Option::is_some)
    }

    /// What of the catalogues cannot be read; none where all is.
    #[must_use]
    pub fn unlisted(self) -> Option<Unlisted> {
        self.unlisted.get()
    }

    /// Whether what is written down of a catalogue could not be read here, or not all of it.
    #[must_use]
    pub fn is_unread(self, id: &str) -> bool {
        self.unread.with(|unread| unread.contains(id))
    }

    /// Whether the person's last word on a catalogue could not be written down.
    #[must_use]
    pub fn is_not_done(self, id: &str) -> bool {
        self.not_done.with(|not_done| not_done.as_deref() == Some(id))
    }

    /// Notes that not all that is written down of a catalogue can be read.
    pub fn note_unread(self, id: &str) {
        self.unread.maybe_update(|unread| unread.insert(id.to_owned()));
    }

    /// Notes what came of the person's word on a catalogue, to be told beside it.
    pub fn note_word(self, id: &str, outcome: Result<(), NotKept>) {
        self.not_done.set(outcome.is_err().then(|| id.to_owned()));
    }

    /// What the running ones come to: how many products have ended, of how many. None when none runs.
    #[must_use]
    pub fn progress(self) -> Option<(u32, u32)> {
        let tallies = self.catalogues.with(|all| {
            let is_open = |one: &&Catalogue| one.stage == Stage::Running && !one.tally.is_done();
            all.iter().flatten().filter(is_open).map(|one| one.tally).collect::<Vec<_>>()
        });
        let sum = |part: fn(Tally) -> u32| tallies.iter().map(|tally| part(*tally)).sum::<u32>();
        (!tallies.is_empty()).then(|| (sum(Tally::ended), sum(Tally::total)))
    }

    /// Reads what the journal of a catalogue says, as far as it was read.
    pub fn with_journal<T>(self, id: &str, read: impl FnOnce(Option<&Journal>) -> T) -> T {
        self.journals.with(|journals| read(journals.get(id)))
    }

    /// Whether this tab runs them, and not another one.
    #[must_use]
    pub fn is_runner(self) -> bool {
        self.is_runner.get()
    }

    /// Why nothing is sent of a catalogue.
    #[must_use]
    pub fn hold(self, id: &str) -> Option<BlockReason> {
        self.holds.with(|holds| holds.get(id).cloned())
    }

    /// Seconds that are left of a pause for the rate limit; 0 while there is none.
    #[must_use]
    pub fn waiting(self) -> u32 {
        self.waiting.get()
    }

    /// How fast a catalogue goes, as far as this tab has seen.
    #[must_use]
    pub fn throughput(self, id: &str) -> Option<Throughput> {
        self.paces.with(|paces| paces.get(id).copied())
    }

    /// Opens the way to other tabs, and reads which catalogues there are. Once for each session.
    pub(crate) async fn begin(self) {
        let apply = move |catalogue: String, batch| {
            leptos::task::spawn_local(async move { self.on_message(&catalogue, batch).await });
        };
        self.channel.set_value(Channel::open(apply));
        self.read_catalogues().await;
    }

    /// Keeps a new catalogue; answers its name.
    ///
    /// # Errors
    /// [`NotKept`], here and below.
    pub async fn add(self, name: &str, file: &Uint8Array) -> Result<String, NotKept> {
        let id = random_key().ok_or(NotKept)?;
        let catalogue = Catalogue {
            id: id.clone(),
            organization: untrack(|| self.session.organization()),
            name: name.to_owned(),
            created_at: format::now(),
            sheet: None,
            mapping: None,
            edits: Default::default(),
            ignores_known: false,
            stage: Stage::Draft,
            wants_details: false,
            tally: Tally::default(),
        };
        // Without its entry the file is never looked for, so the entry comes last.
        database::put_file(&id, file).await?;
        database::put(Store::Catalogues, &id, &catalogue).await?;
        self.catalogues.update(|all| all.get_or_insert_default().insert(0, catalogue));
        self.tell(&id, None);
        Ok(id)
    }

    /// Changes a catalogue, here and in the other tabs.
    ///
    /// # Errors
    /// [`NotKept`].
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

    /// Reads the journal of a catalogue, unless it was read.
    ///
    /// # Errors
    /// [`NotKept`].
    pub async fn read_journal(self, id: &str) -> Result<(), NotKept> {
        if self.journals.with_untracked(|journals| journals.contains_key(id)) {
            return Ok(());
        }
        let journal = self.kept_journal(id).await?;
        self.journals.update(|journals| {
            // Another reader may have been quicker, and the runner on from there.
            journals.entry(id.to_owned()).or_insert(journal);
        });
        Ok(())
    }

    /// The journal of a catalogue as it is written down, with all that was heard of by now. One that cannot be
    /// read is told on its page.
    async fn kept_journal(self, id: &str) -> Result<Journal, NotKept> {
        let read = async {
            loop {
                let heard = self.heard.get_value();
                // A draft has none.
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

    /// Nothing keeps a catalogue from being sent any more, as far as is known.
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

    /// Keeps a batch as it is now, here, on the disk and in the other tabs.
    async fn keep(self, batch: Batch) -> Result<(), NotKept> {
        self.keep_all(vec![batch]).await
    }

    async fn keep_all(self, batches: Vec<Batch>) -> Result<(), NotKept> {
        let Some(id) = batches.first().map(|batch| batch.catalogue.clone()) else { return Ok(()) };
        if !self.is_listed(&id) {
            // It was deleted while its batch was on its way: nothing would ever look for what is kept of it.
            return Ok(());
        }
        journal::put_batches(&batches).await?;
        self.show(&id, &batches);
        Ok(())
    }

    fn is_listed(self, id: &str) -> bool {
        self.catalogues.with_untracked(|all| all.iter().flatten().any(|own| own.id == id))
    }

    /// Shows batches as they are kept, here and in the other tabs.
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
            // The key has changed meanwhile, and its own are read by whoever changed it.
            return;
        }
        let Ok((mut all, unreadable)) = read else {
            // What was read before still stands.
            return self.unlisted.set(Some(Unlisted::All));
        };
        self.unlisted.set((unreadable > 0).then_some(Unlisted::Some(unreadable)));
        all.sort_by_key(|catalogue| std::cmp::Reverse(catalogue.created_at));
        let is_news = self.catalogues.with_untracked(|old| old.as_ref() != Some(&all));
        if is_news {
            self.catalogues.set(Some(all));
        }
    }

    /// Notes that something was written down that the runner has not read, and ends its rest.
    fn note_change(self) {
        self.is_changed.set_value(true);
        self.wake_runner();
    }

    /// Ends the runner's rest, if it rests.
    fn wake_runner(self) {
        self.is_woken.set_value(true);
        if let Some(wake) = self.wake.get_value() {
            settle(&wake);
        }
    }

    /// Tells the other tabs that this one would run the batches.
    fn tell_wish(self) {
        self.tell("", None);
    }

    /// Reads what another tab has changed. It is about no catalogue when that tab would run them.
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
                // What was begun anew has other batches.
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
