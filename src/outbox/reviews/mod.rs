//! Verdicts that were given in this browser: each is written down at once, can be taken back for a few
//! seconds, and is sent then. Neither a closed tab nor a lost connection loses one, and because a second
//! verdict replaces the first, sending one twice does no harm.

mod given;

use std::time::Duration;

use import8_api::{ClassificationSummary, Extension, Feedback, FeedbackStatus, HsCode, Verdict};
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::decided::Decided;
use crate::api::{ApiError, Client};
use crate::browser::database::{self, Store};
use crate::browser::visibility::{is_seen_now, until_change};
use crate::i18n::{Language, format};
use crate::outbox::sending::State;
use crate::queries::rate_limit::{Permit, RateLimitGate};
use crate::session::{Reach, Session};

pub use self::given::{Given, Refused};
use self::given::{RetryDecision, Sent, merged, newest, next_look, too_many};

/// How long a verdict can be taken back before it is sent, in seconds.
pub const UNDO_SECONDS: u32 = 6;

/// How often the clock is looked at while something waits and the seconds that are left can be seen.
const TICK: Duration = Duration::from_millis(250);

/// The verdicts of the session's organisation: a handle, cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct Reviews {
    session: Session,
    gate: RateLimitGate,
    /// Those that wait, in the order in which they are due.
    waiting: RwSignal<Vec<Given>>,
    sent: RwSignal<Vec<Sent>>,
    refused: RwSignal<Vec<Refused>>,
    trouble: RwSignal<Option<ApiError>>,
    settled: RwSignal<u32>,
    now: RwSignal<u64>,
    /// Counts what is done to `waiting` while the database is being read.
    changes: StoredValue<u32>,
    /// Until when nothing is sent, in milliseconds since 1970.
    paused_until: StoredValue<u64>,
    is_working: StoredValue<bool>,
}

impl Reviews {
    /// Those of the session, as soon as it is known whose it is.
    #[must_use]
    pub fn new(session: Session, gate: RateLimitGate) -> Self {
        let reviews = Self {
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
        };
        let organization = Memo::new(move |_| session.organization());
        Effect::new(move |_| {
            reviews.waiting.set(Vec::new());
            reviews.sent.set(Vec::new());
            reviews.refused.set(Vec::new());
            reviews.trouble.set(None);
            reviews.paused_until.set_value(0);
            if !organization.get().is_empty() {
                spawn_local(reviews.restore());
                if !reviews.is_told() {
                    spawn_local(reviews.recall());
                }
            }
        });
        // Another tab may have given one, taken one back or sent one.
        let listener = window_event_listener(ev::focus, move |_| spawn_local(reviews.restore()));
        on_cleanup(move || listener.remove());
        reviews
    }

    /// Takes a verdict on the classification `id` of the product `name`: the `codes` are the one that it has, and
    /// the one that counted until now, where it is known. Until it is sent, another one takes its place.
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
            // Where nothing can be kept, it waits until the tab is closed.
            if database::put(Store::Verdicts, &given.id, &given).await.is_ok() {
                self.mark(&given, |given| given.is_kept = true);
            }
        });
        self.work();
    }

    /// Takes a verdict back, if it is still only here.
    pub fn undo(self, id: &str) {
        let now = format::now();
        let found = self.waiting.with_untracked(|waiting| {
            waiting.iter().find(|given| given.id == id && given.can_be_undone(now)).cloned()
        });
        if let Some(given) = found {
            self.forget(&given);
        }
    }

    /// Sends what waits now: what the service said of the key may have passed.
    pub fn try_again(self) {
        self.paused_until.set_value(0);
        self.trouble.set(None);
    }

    /// Those that wait to be sent, the last one given last.
    #[must_use]
    pub fn waiting(self) -> Vec<Given> {
        self.waiting.get()
    }

    /// The one that waits for a classification.
    #[must_use]
    pub fn waiting_of(self, id: &str) -> Option<Given> {
        self.waiting.with(|waiting| waiting.iter().find(|given| given.id == id).cloned())
    }

    /// The verdict on a classification as far as this tab knows: given here, whether or not it has been
    /// sent.
    #[must_use]
    pub fn verdict_of(self, id: &str) -> Option<Feedback> {
        let waiting = self.waiting_of(id).map(|given| given.feedback);
        waiting.or_else(|| self.sent_of(id).map(|sent| sent.feedback))
    }

    /// Whether the service has taken a verdict on a classification from this tab, and none waits.
    #[must_use]
    pub fn is_sent(self, id: &str) -> bool {
        self.waiting_of(id).is_none() && self.sent_of(id).is_some()
    }

    /// The verdict on a classification and when it was given, as far as that is known: the service's
    /// own, or a newer one that this tab has sent meanwhile.
    #[must_use]
    pub fn latest(self, id: &str, known: Option<Verdict>) -> Option<(Feedback, Option<String>)> {
        newest(known, self.sent_of(id).map(|sent| (sent.feedback, sent.kept)))
    }

    /// The code that counts for a classification with the code `answered`: the one that the service has
    /// `told`, unless a newer verdict was given here.
    #[must_use]
    pub fn decided(self, id: &str, told: Option<Decided>, answered: Option<HsCode>) -> Option<Decided> {
        match self.newer(id, told.as_ref()) {
            Some(verdict) => Decided::after(&verdict, told, answered),
            None => told,
        }
    }

    /// The code that counts for a row of the history.
    #[must_use]
    pub fn decided_of(self, row: &ClassificationSummary) -> Option<Decided> {
        self.decided(&row.id, Decided::from_row(row), row.hs_code)
    }

    /// The verdict on a row of the history, as far as it is known here.
    #[must_use]
    pub fn verdict_on(self, row: &ClassificationSummary) -> Option<FeedbackStatus> {
        let newer = self.newer(&row.id, Decided::from_row(row).as_ref());
        newer.map(|verdict| verdict.status).or_else(|| row.feedback.clone())
    }

    /// How many classifications this tab has sent a verdict on.
    #[must_use]
    pub fn sent_count(self) -> u64 {
        self.sent.with(|sent| sent.iter().filter(|sent| sent.is_own).count() as u64)
    }

    /// Those that the service has refused, until the person has taken note.
    #[must_use]
    pub fn refused(self) -> Vec<Refused> {
        self.refused.get()
    }

    /// Notes that the person knows what was refused.
    pub fn dismiss_refused(self) {
        self.refused.set(Vec::new());
    }

    /// Why the last one could not be sent; `None` after one that could.
    #[must_use]
    pub fn trouble(self) -> Option<ApiError> {
        self.trouble.get()
    }

    /// The time as far as verdicts depend on it, in milliseconds since 1970: it stands still while none
    /// waits.
    #[must_use]
    pub fn now(self) -> u64 {
        self.now.get()
    }

    /// Makes the effect that calls this run again when a verdict is given, taken back or sent: for what looks
    /// at thousands of classifications, without following each of them.
    pub fn track(self) {
        self.waiting.track();
        self.sent.track();
    }

    /// Makes the effect that calls this run again when a verdict waits no longer: what the service
    /// answers may be another now.
    pub fn track_settled(self) {
        self.settled.track();
    }

    /// Whether the service tells verdicts: else only this browser knows those that it has sent.
    fn is_told(self) -> bool {
        untrack(|| [Extension::Decided, Extension::Input].iter().any(|told| self.session.has(told)))
    }

    /// Reads what this browser has sent to a service that does not tell it.
    async fn recall(self) {
        let organization = untrack(|| self.session.organization());
        // Storage that keeps nothing has nothing to give back.
        let Ok(mut kept) = database::all::<Sent>(Store::SentVerdicts).await else { return };
        kept.retain(|kept| kept.organization == organization);
        for old in too_many(&mut kept) {
            #[expect(
                clippy::let_underscore_must_use,
                reason = "one that stays is looked at again the next time"
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

    /// The verdict given here on a classification, unless what the service has `told` of it comes later.
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

    /// Removes a verdict here and from what the browser keeps.
    fn forget(self, given: &Given) {
        let is_there = self.waiting.with_untracked(|waiting| waiting.iter().any(|other| other.is(given)));
        // A newer one has taken its place, here and in the database.
        if !is_there {
            return;
        }
        self.change(|waiting| waiting.retain(|other| !other.is(given)));
        let id = given.id.clone();
        spawn_local(async move {
            #[expect(
                clippy::let_underscore_must_use,
                reason = "what stays is sent once more, which does no harm"
            )]
            let _ = database::remove(Store::Verdicts, &id).await;
        });
    }

    /// Reads anew what this browser has kept: other tabs write there too.
    async fn restore(self) {
        let organization = untrack(|| self.session.organization());
        loop {
            let before = self.changes.get_value();
            // Storage that keeps nothing has nothing to give back.
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

    /// Looks after what waits, until nothing does.
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

    /// Waits until there may be something to do. In a hidden tab that is one timer, or none while only the person can
    /// change anything.
    async fn rest(self) {
        let wait = if is_seen_now() {
            Some(TICK)
        } else {
            let now = format::now();
            let due = self.waiting.with_untracked(|waiting| waiting.iter().map(|given| given.due).min());
            let is_away = untrack(|| self.session.reach()) == Reach::Unreachable;
            let next = due.and_then(|due| next_look(due, self.paused_until.get_value(), is_away, now));
            next.map(|next| Duration::from_millis(next.saturating_sub(now)))
        };
        until_change(wait).await;
    }

    /// The next one to be sent now, with its turn at the rate-limit gate.
    fn next(self) -> Option<(Given, Permit)> {
        let now = format::now();
        let is_away = untrack(|| self.session.reach()) == Reach::Unreachable;
        if is_away || now < self.paused_until.get_value() {
            return None;
        }
        let due =
            self.waiting.with_untracked(|waiting| waiting.iter().find(|given| given.is_due(now)).cloned())?;
        Some((due, self.gate.try_acquire()?))
    }

    async fn send(self, given: Given) {
        // Another tab may have taken it back, or sent it.
        self.restore().await;
        let known =
            self.waiting.with_untracked(|waiting| waiting.iter().find(|other| other.is(&given)).cloned());
        let Some(given) = known else { return };
        self.mark_tried(&given, true).await;
        let client = self.session.client(Language::preferred().code());
        match client.review(&given.id, &given.feedback).await {
            Ok(kept) => self.taken(&given, kept),
            Err(error) if given.is_tried && RetryDecision::after(&error) == RetryDecision::Dropped => {
                self.find_out(&client, given, error).await;
            }
            Err(error) => {
                // What was turned away at the door is still only here.
                self.mark_tried(&given, given.after(&error) == State::Lost).await;
                self.failed(given, error);
            }
        }
    }

    /// Writes down whether the service may have a verdict.
    async fn mark_tried(self, given: &Given, is_tried: bool) {
        self.mark(given, |given| given.is_tried = is_tried);
        let mark = |kept: &mut Given| kept.is_tried = if kept.is(given) { is_tried } else { kept.is_tried };
        #[expect(
            clippy::let_underscore_must_use,
            reason = "where nothing can be kept, a reload forgets the verdict too"
        )]
        let _ = database::update(Store::Verdicts, &given.id, mark).await;
    }

    /// The service has taken a verdict.
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
                    reason = "where nothing can be kept, it is known until the tab is closed"
                )]
                let _ = database::put(Store::SentVerdicts, &taken.id, &taken).await;
            });
        }
        self.settle(given);
    }

    /// A verdict is refused, and the answer to an earlier try was lost: what the service has tells more.
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

/// The verdicts given in this browser.
#[must_use]
pub fn use_reviews() -> Reviews {
    expect_context()
}
