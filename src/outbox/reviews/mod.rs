//! Verdicts given in this browser. Each is stored at once, can be taken back for a few seconds, and is then sent. A
//! closed tab or a lost connection loses none. Sending one twice does no harm, because a second verdict replaces the
//! first.

mod due;
mod given;

use std::time::Duration;

use import8_api::{ClassificationSummary, Extension, Feedback, FeedbackStatus, HsCode, Verdict};
use leptos::ev;
use leptos::prelude::*;

use crate::api::decided::Decided;
use crate::api::{ApiError, Client};
use crate::browser::database::{self, Store};
use crate::browser::task::spawn_local;
use crate::i18n::{Language, format};
use crate::outbox::sending::State;
use crate::queries::rate_limit::RateLimitGate;
use crate::session::Session;

pub use self::given::{Given, Refused};
use self::given::{RetryDecision, Sent, merged, newest, too_many};

/// How long a verdict can be taken back before it is sent, in seconds.
pub const UNDO_SECONDS: u32 = 6;

/// The interval at which due times are checked while a verdict waits in a visible tab.
const TICK: Duration = Duration::from_millis(250);

/// The verdicts of the session's organisation: a handle, cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct Reviews {
    session: Session,
    gate: RateLimitGate,
    /// Waiting verdicts, in the order of their due times.
    waiting: RwSignal<Vec<Given>>,
    sent: RwSignal<Vec<Sent>>,
    refused: RwSignal<Vec<Refused>>,
    trouble: RwSignal<Option<ApiError>>,
    settled: RwSignal<u32>,
    now: RwSignal<u64>,
    /// The number of changes to `waiting`, to notice one that happens while the database is read.
    changes: StoredValue<u32>,
    /// Nothing is sent before this time, in milliseconds since 1970.
    paused_until: StoredValue<u64>,
    is_working: StoredValue<bool>,
}

impl Reviews {
    /// No verdicts, until [`follow`](Self::follow) reads the stored ones.
    #[must_use]
    pub fn new(session: Session, gate: RateLimitGate) -> Self {
        Self {
            session,
            gate,
            waiting: RwSignal::new(Vec::new()),
            sent: RwSignal::new(Vec::new()),
            refused: RwSignal::new(Vec::new()),
            trouble: RwSignal::new(None),
            settled: RwSignal::new(0),
            now: RwSignal::new(format::now()),
            changes: StoredValue::new(0),
            paused_until: StoredValue::new(0),
            is_working: StoredValue::new(false),
        }
    }

    /// Reads what is stored for the session's organisation and sends what waits: now, when the organisation
    /// changes, and when the tab gets the focus.
    pub fn follow(self) {
        self.session.follow_owner(move |before, has_left| {
            let organization = untrack(|| self.session.organization());
            self.waiting.update(|waiting| {
                let is_renamed = |given: &&mut Given| !has_left && given.organization == before;
                waiting
                    .iter_mut()
                    .filter(is_renamed)
                    .for_each(|given| given.organization.clone_from(&organization));
                waiting.retain(|given| given.organization == organization);
            });
            if has_left {
                self.sent.set(Vec::new());
                self.refused.set(Vec::new());
            }
            self.trouble.set(None);
            self.paused_until.set_value(0);
            if !organization.is_empty() {
                spawn_local(self.restore());
                if !self.is_told() {
                    spawn_local(self.recall());
                }
            }
        });
        // Another tab may have added, taken back or sent a verdict.
        let listener = window_event_listener(ev::focus, move |_| spawn_local(self.restore()));
        on_cleanup(move || listener.remove());
    }

    /// Takes a verdict on the classification `id` of the product `name`. `codes` are the classifier's code and the
    /// decided code so far, where known. It replaces a waiting verdict on the same classification.
    pub fn give(self, id: &str, name: &str, codes: (Option<HsCode>, Option<HsCode>), feedback: Feedback) {
        let (code, before) = codes;
        let now = format::now();
        let given = Given {
            id: id.to_owned(),
            organization: untrack(|| self.session.organization()),
            name: name.to_owned(),
            code,
            before,
            feedback,
            due: now + u64::from(UNDO_SECONDS) * 1_000,
            is_own: true,
            is_kept: false,
            is_tried: false,
        };
        self.now.set(now);
        self.refused.update(|refused| refused.retain(|old| old.given.id != id));
        self.change(|waiting| {
            waiting.retain(|old| old.id != id);
            waiting.push(given.clone());
        });
        spawn_local(async move {
            // Without storage it waits in this tab alone.
            if database::put(Store::Verdicts, &given.id, &given).await.is_ok() {
                self.mark(&given, |given| given.is_kept = true);
            }
        });
        self.work();
    }

    /// Takes a waiting verdict back, unless it was sent.
    pub fn undo(self, id: &str) {
        let now = format::now();
        let found = self.waiting.with_untracked(|waiting| {
            waiting.iter().find(|given| given.id == id && given.can_be_undone(now)).cloned()
        });
        if let Some(given) = found {
            self.forget(&given);
        }
    }

    /// Sends waiting verdicts now: the reason for the last refusal of the key may have passed.
    pub fn try_again(self) {
        self.paused_until.set_value(0);
        self.trouble.set(None);
    }

    /// The waiting verdicts; the newest is last.
    #[must_use]
    pub fn waiting(self) -> Vec<Given> {
        self.waiting.get()
    }

    /// The waiting verdict on a classification.
    #[must_use]
    pub fn waiting_of(self, id: &str) -> Option<Given> {
        self.waiting.with(|waiting| waiting.iter().find(|given| given.id == id).cloned())
    }

    /// The verdict on a classification that was given in this browser, sent or not.
    #[must_use]
    pub fn verdict_of(self, id: &str) -> Option<Feedback> {
        let waiting = self.waiting_of(id).map(|given| given.feedback);
        waiting.or_else(|| self.sent_of(id).map(|sent| sent.feedback))
    }

    /// Whether this tab has sent a verdict on a classification and no other waits.
    #[must_use]
    pub fn is_sent(self, id: &str) -> bool {
        self.waiting_of(id).is_none() && self.sent_of(id).is_some()
    }

    /// The verdict on a classification and its time, where known: the service's (`known`), or a newer one that was
    /// sent from here.
    #[must_use]
    pub fn latest(self, id: &str, known: Option<Verdict>) -> Option<(Feedback, Option<String>)> {
        newest(known, self.sent_of(id).map(|sent| (sent.feedback, sent.kept)))
    }

    /// The decided code of a classification with the classifier's code `answered`: the service's (`told`), unless a
    /// newer verdict was given here.
    #[must_use]
    pub fn decided(self, id: &str, told: Option<Decided>, answered: Option<HsCode>) -> Option<Decided> {
        match self.newer(id, told.as_ref()) {
            Some(verdict) => Decided::after(&verdict, told, answered),
            None => told,
        }
    }

    /// The decided code of a row of the history.
    #[must_use]
    pub fn decided_of(self, row: &ClassificationSummary) -> Option<Decided> {
        self.decided(&row.id, Decided::from_row(row), row.hs_code)
    }

    /// The verdict on a row of the history, as far as known.
    #[must_use]
    pub fn verdict_on(self, row: &ClassificationSummary) -> Option<FeedbackStatus> {
        let newer = self.newer(&row.id, Decided::from_row(row).as_ref());
        newer.map(|verdict| verdict.status).or_else(|| row.feedback.clone())
    }

    /// The number of classifications on which this tab has sent a verdict.
    #[must_use]
    pub fn sent_count(self) -> u64 {
        self.sent.with(|sent| sent.iter().filter(|sent| sent.is_own).count() as u64)
    }

    /// Refused verdicts that the person has not dismissed.
    #[must_use]
    pub fn refused(self) -> Vec<Refused> {
        self.refused.get()
    }

    /// Dismisses the refused verdicts.
    pub fn dismiss_refused(self) {
        self.refused.set(Vec::new());
    }

    /// The error of the last try to send a verdict; `None` after a success.
    #[must_use]
    pub fn trouble(self) -> Option<ApiError> {
        self.trouble.get()
    }

    /// The clock for due times, in milliseconds since 1970. It advances only while a verdict waits.
    #[must_use]
    pub fn now(self) -> u64 {
        self.now.get()
    }

    /// Runs the calling effect again when a verdict is given, taken back or sent. For lists of thousands of
    /// classifications, which cannot follow each of them.
    pub fn track(self) {
        self.waiting.track();
        self.sent.track();
    }

    /// Runs the calling effect again when a verdict no longer waits, because the service's answers may have changed.
    pub fn track_settled(self) {
        self.settled.track();
    }

    /// Whether the service returns verdicts. Otherwise only this browser knows those that it has sent.
    fn is_told(self) -> bool {
        untrack(|| [Extension::Decided, Extension::Input].iter().any(|told| self.session.has(told)))
    }

    /// Reads the accepted verdicts that this browser has stored for a service that does not return them.
    async fn recall(self) {
        let organization = untrack(|| self.session.organization());
        // Without storage there is nothing to read.
        let Ok(mut kept) = database::all::<Sent>(Store::SentVerdicts).await else { return };
        kept.retain(|kept| kept.organization == organization);
        for old in too_many(&mut kept) {
            #[expect(
                clippy::let_underscore_must_use,
                reason = "a record that remains is examined again next time"
            )]
            let _ = database::remove(Store::SentVerdicts, &old.id).await;
        }
        if untrack(|| self.session.organization()) == organization {
            self.sent.update(|sent| {
                kept.retain(|kept| sent.iter().all(|sent| sent.id != kept.id));
                sent.append(&mut kept);
            });
        }
    }

    /// The verdict given here on a classification, unless the service's decided code (`told`) is newer.
    fn newer(self, id: &str, told: Option<&Decided>) -> Option<Feedback> {
        if let Some(given) = self.waiting_of(id) {
            return Some(given.feedback);
        }
        self.sent_of(id).filter(|sent| !sent.is_older_than(told)).map(|sent| sent.feedback)
    }

    fn sent_of(self, id: &str) -> Option<Sent> {
        self.sent.with(|sent| sent.iter().find(|sent| sent.id == id).cloned())
    }

    fn change(self, change: impl FnOnce(&mut Vec<Given>)) {
        self.changes.update_value(|changes| *changes += 1);
        self.waiting.update(change);
    }

    fn mark(self, given: &Given, mark: impl FnOnce(&mut Given)) {
        self.waiting.update(|waiting| {
            if let Some(given) = waiting.iter_mut().find(|other| other.is(given)) {
                mark(given);
            }
        });
    }

    /// Removes a verdict from this tab and from the database.
    fn forget(self, given: &Given) {
        let is_there = self.waiting.with_untracked(|waiting| waiting.iter().any(|other| other.is(given)));
        // A newer verdict has replaced it, here and in the database.
        if !is_there {
            return;
        }
        self.change(|waiting| waiting.retain(|other| !other.is(given)));
        let id = given.id.clone();
        spawn_local(async move {
            #[expect(
                clippy::let_underscore_must_use,
                reason = "a record that remains is sent again, which does no harm"
            )]
            let _ = database::remove(Store::Verdicts, &id).await;
        });
    }

    /// Reads the stored verdicts again, because other tabs write them too.
    async fn restore(self) {
        let organization = untrack(|| self.session.organization());
        if organization.is_empty() {
            return;
        }
        loop {
            let before = self.changes.get_value();
            // Without storage there is nothing to read.
            let Ok(mut kept) = database::all::<Given>(Store::Verdicts).await else { return };
            if untrack(|| self.session.organization()) != organization {
                return;
            }
            if self.changes.get_value() != before {
                continue;
            }
            kept.retain(|kept| kept.organization == organization);
            let known = self.waiting.get_untracked();
            let merged = merged(&known, kept);
            if known.iter().any(|known| merged.iter().all(|one| !one.is(known))) {
                self.settled.update(|settled| *settled += 1);
            }
            if merged != known {
                self.waiting.set(merged);
            }
            return self.work();
        }
    }

    /// Sends waiting verdicts when they are due, until none waits.
    fn work(self) {
        if self.is_working.get_value() {
            return;
        }
        self.is_working.set_value(true);
        spawn_local(async move {
            while self.waiting.with_untracked(|waiting| !waiting.is_empty()) {
                self.now.set(format::now());
                match self.next() {
                    Some((given, permit)) => {
                        self.send(given).await;
                        drop(permit);
                    }
                    None => self.rest().await,
                }
            }
            self.is_working.set_value(false);
        });
    }

    async fn send(self, given: Given) {
        // Another tab may have taken it back or sent it.
        self.restore().await;
        let organization = untrack(|| self.session.organization());
        let known = self.waiting.with_untracked(|waiting| {
            waiting.iter().find(|other| other.is(&given) && other.organization == organization).cloned()
        });
        let Some(given) = known else { return };
        // Now, because another key may be in use after the next line.
        let client = self.session.client(Language::preferred().code());
        self.mark_tried(&given, true).await;
        match client.review(&given.id, &given.feedback).await {
            Ok(kept) => self.taken(&given, kept),
            Err(error) if given.is_tried && RetryDecision::after(&error) == RetryDecision::Dropped => {
                self.find_out(&client, given, error).await;
            }
            Err(error) => {
                // After a definite refusal the service does not have the verdict, so it can still be taken back.
                self.mark_tried(&given, given.after(&error) == State::Lost).await;
                self.failed(given, error);
            }
        }
    }

    /// Stores whether the service may have a verdict.
    async fn mark_tried(self, given: &Given, is_tried: bool) {
        self.mark(given, |given| given.is_tried = is_tried);
        let mark = |kept: &mut Given| kept.is_tried = if kept.is(given) { is_tried } else { kept.is_tried };
        #[expect(clippy::let_underscore_must_use, reason = "without storage, a reload drops the verdict too")]
        let _ = database::update(Store::Verdicts, &given.id, mark).await;
    }

    /// Moves a verdict to the accepted ones.
    fn taken(self, given: &Given, kept: Option<Verdict>) {
        self.trouble.set(None);
        let Given { id, organization, feedback, .. } = given.clone();
        let taken = Sent { id, organization, feedback, kept, at: format::now(), is_own: true };
        self.sent.update(|sent| {
            sent.retain(|sent| sent.id != taken.id);
            sent.push(taken.clone());
        });
        if !self.is_told() {
            spawn_local(async move {
                #[expect(
                    clippy::let_underscore_must_use,
                    reason = "without storage, it is known until the tab is closed"
                )]
                let _ = database::put(Store::SentVerdicts, &taken.id, &taken).await;
            });
        }
        self.settle(given);
    }

    /// Handles the refusal of a verdict whose earlier answer was lost: asks the service which verdict it has.
    async fn find_out(self, client: &Client, given: Given, error: ApiError) {
        let found = client.classification(&given.id).await;
        let kept = match found {
            Ok(answer) => answer.value.data.feedback,
            Err(ApiError::NotFound) => None,
            Err(error) => return self.failed(given, error),
        };
        match kept.filter(|kept| given.is_kept_as(kept)) {
            Some(kept) => self.taken(&given, Some(kept)),
            None => self.failed(given, error),
        }
    }

    fn failed(self, given: Given, error: ApiError) {
        // Another organisation uses the tab now, or a newer verdict has replaced it. What is stored is sent later.
        if self.waiting.with_untracked(|waiting| waiting.iter().all(|other| !other.is(&given))) {
            return;
        }
        let pause = match RetryDecision::after(&error) {
            RetryDecision::Dropped => {
                self.trouble.set(None);
                self.settle(&given);
                let was_lost = given.is_tried;
                return self.refused.update(|refused| refused.push(Refused { given, error, was_lost }));
            }
            RetryDecision::Again(seconds) => format::now() + u64::from(seconds) * 1_000,
            RetryDecision::Kept => u64::MAX,
        };
        self.paused_until.set_value(pause);
        self.trouble.set(Some(error));
    }

    fn settle(self, given: &Given) {
        self.forget(given);
        self.settled.update(|settled| *settled += 1);
    }
}

/// The verdicts given in this browser, from the context.
#[must_use]
pub fn use_reviews() -> Reviews {
    expect_context()
}
