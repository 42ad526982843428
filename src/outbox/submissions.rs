//! Single products sent from this browser for classification. Each is stored before it is sent, so that a lost
//! answer, a reload or a crash neither loses a product nor pays for it twice.

use import8_api::{Accepted, ClassificationSummary, ClassifyRequest, Extension};
use leptos::ev;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::api::listing::Listing;
use crate::api::{ApiError, Client, random_key};
use crate::browser::database::{self, NotKept, Store};
use crate::browser::task::{effect, spawn_local};
use crate::i18n::format;
use crate::outbox::sending::{Event, State};
use crate::queries::times::{CLOCK_SKEW, ON_ITS_WAY};
use crate::session::Session;

/// The number of submissions that are stored as templates for the next one.
const KEPT: usize = 50;

/// The number of history rows that are searched for a submission without an answer.
const LOOKED_AT: u32 = 20;

/// The number of these rows whose classification may be requested.
const FETCHED: usize = 8;

/// A product that was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submission {
    /// The `Idempotency-Key` of the request, and the key of its record in the database.
    pub key: String,
    /// The owner of the data: see [`crate::session::owner`].
    pub organization: String,
    /// When it was first sent, in milliseconds since 1970.
    pub sent_at: u64,
    /// When it was last sent, in milliseconds since 1970.
    #[serde(default)]
    tried_at: u64,
    /// The request. Its pictures are stored until it is accepted.
    pub request: ClassifyRequest,
    /// The credits left before it was sent.
    pub credits_before: Option<u64>,
    /// The identifier of its classification; `None` before an answer.
    pub id: Option<String>,
    #[serde(default)]
    state: State,
    /// Whether the person has seen its result.
    pub is_seen: bool,
}

impl Submission {
    /// The stored state of its request.
    #[must_use]
    pub fn state(&self) -> State {
        // Older versions stored only the identifier.
        if self.id.is_some() { State::Accepted } else { self.state }
    }

    /// The time in which an answer may still come, in milliseconds; 0 after it.
    #[must_use]
    pub fn patience(&self, now: u64) -> u64 {
        let waited = now.saturating_sub(self.tried_at.max(self.sent_at));
        if self.state().is_on_its_way() { ON_ITS_WAY.saturating_sub(waited) } else { 0 }
    }

    /// A value that changes with every event, to notice a change by another tab.
    #[must_use]
    pub fn version(&self) -> (String, State, u64) {
        (self.key.clone(), self.state(), self.tried_at)
    }

    /// Applies an event.
    fn on_event(&mut self, event: Event<'_>) {
        self.state = self.state().on(event);
    }

    /// Sets the identifier of its classification. Its pictures are no longer needed.
    fn become_classification(&mut self, id: &str) {
        self.on_event(Event::Accepted);
        self.id = Some(id.to_owned());
        self.request.image_base64 = None;
    }

    /// Gives it up, unless an answer may still come.
    fn let_be(&mut self, now: u64) {
        if self.patience(now) == 0 {
            self.on_event(Event::Silence);
            self.on_event(Event::LetBe);
        }
    }

    /// Marks it as in flight again. Returns `false` while an answer may still come, in this or another tab.
    fn begin_again(&mut self, now: u64) -> bool {
        let is_over = self.patience(now) == 0;
        if is_over {
            self.on_event(Event::Silence);
        }
        let may_be_sent = is_over && self.state() == State::Lost;
        if may_be_sent {
            self.on_event(Event::SendAgain);
            self.tried_at = now;
        }
        may_be_sent
    }

    /// Its description; empty if it has none.
    #[must_use]
    pub fn name(&self) -> &str {
        self.request.description.as_deref().unwrap_or_default()
    }
}

/// Why a product has no classification after it was to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unsent {
    /// This browser could not store it, so it was not sent.
    NotKept,
    /// Another tab has sent or settled it.
    Elsewhere,
    /// The service has refused it.
    Refused(ApiError),
    /// No usable answer came: the service may have accepted it.
    Lost(ApiError),
}

/// The result of the search for a submission without an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// It is the classification with this identifier.
    Accepted(String),
    /// It may be one of these: the service does not return their requests.
    Perhaps(Vec<ClassificationSummary>),
    /// It is not in the history.
    Absent {
        /// How many credits fewer there are than before; `None` if unknown.
        credits_gone: Option<u64>,
    },
}

/// The products sent from this browser by the session's organisation: a handle, cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct Submissions {
    session: Session,
    list: RwSignal<Vec<Submission>>,
    /// The keys of the submissions whose answer this tab awaits.
    on_their_way: RwSignal<Vec<String>>,
}

impl Submissions {
    /// An empty list, until [`follow`](Self::follow) reads the stored one.
    #[must_use]
    pub fn new(session: Session) -> Self {
        Self { session, list: RwSignal::new(Vec::new()), on_their_way: RwSignal::new(Vec::new()) }
    }

    /// Reads what is stored for the session's organisation: now, when it changes, and when the tab gets the focus.
    pub fn follow(self) {
        effect(move || {
            if self.session.organization().is_empty() {
                self.list.set(Vec::new());
            } else {
                self.restore();
            }
        });
        // Another tab may have sent a product or received an answer.
        let listener = window_event_listener(ev::focus, move |_| self.restore());
        on_cleanup(move || listener.remove());
    }

    /// All submissions, newest first.
    #[must_use]
    pub fn all(self) -> Vec<Submission> {
        self.list.get()
    }

    /// Submissions without an answer, except those that this tab awaits.
    #[must_use]
    pub fn unanswered(self) -> Vec<Submission> {
        let on_their_way = self.on_their_way.get();
        let mut list = self.all();
        list.retain(|one| one.state() != State::Accepted && !on_their_way.contains(&one.key));
        list
    }

    /// Reads the stored submissions again, because other tabs write them too.
    pub fn restore(self) {
        let organization = untrack(|| self.session.organization());
        spawn_local(async move {
            // Without storage, the submissions of this tab stay.
            let Ok(mut kept) = database::all::<Submission>(Store::Submissions).await else { return };
            kept.retain(|kept| kept.organization == organization && kept.state() != State::Over);
            kept.sort_by_key(|kept| std::cmp::Reverse(kept.sent_at));
            for old in kept.iter().skip(KEPT).filter(|old| old.id.is_some() && old.is_seen) {
                #[expect(
                    clippy::let_underscore_must_use,
                    reason = "a record that remains is examined again next time"
                )]
                let _ = database::remove(Store::Submissions, &old.key).await;
            }
            if untrack(|| self.session.organization()) == organization {
                self.list.set(kept);
            }
        });
    }

    /// Stores a product and then sends it once.
    ///
    /// # Errors
    /// See [`Unsent`]. After [`Unsent::Lost`] it stays stored.
    pub async fn send(self, client: &Client, request: ClassifyRequest) -> Result<Accepted, Unsent> {
        let now = format::now();
        let submission = Submission {
            key: random_key().unwrap_or_else(|| now.to_string()),
            organization: untrack(|| self.session.organization()),
            sent_at: now,
            tried_at: now,
            request,
            credits_before: untrack(|| self.session.credits()),
            id: None,
            state: State::Sending,
            is_seen: false,
        };
        let kept = database::put(Store::Submissions, &submission.key, &submission).await;
        kept.map_err(|NotKept| Unsent::NotKept)?;
        self.deliver(client, submission).await
    }

    /// Sends a product without an answer again under its first `Idempotency-Key`. A service that recognises the key
    /// neither classifies nor charges it twice.
    ///
    /// # Errors
    /// See [`Submissions::send`].
    pub async fn send_again(self, client: &Client, key: &str) -> Result<Accepted, Unsent> {
        let (now, mut may_be_sent) = (format::now(), false);
        let begin = |kept: &mut Submission| may_be_sent = kept.begin_again(now);
        let kept = database::update(Store::Submissions, key, begin).await;
        match kept.map_err(|NotKept| Unsent::NotKept)? {
            Some(submission) if may_be_sent => self.deliver(client, submission).await,
            _ => {
                self.restore();
                Err(Unsent::Elsewhere)
            }
        }
    }

    /// Sends a submission that is stored as in flight.
    async fn deliver(self, client: &Client, submission: Submission) -> Result<Accepted, Unsent> {
        let key = submission.key.clone();
        self.on_their_way.update(|keys| keys.push(key.clone()));
        self.show(submission.clone());
        let outcome = client.classify(&submission.request, Some(&key)).await;
        let on_event = |one: &mut Submission| match &outcome {
            Ok(accepted) => one.become_classification(&accepted.id),
            Err(error) => one.on_event(Event::Failed(error)),
        };
        let state = self.change(submission, on_event).await.state();
        self.on_their_way.update(|keys| keys.retain(|other| *other != key));
        outcome
            .map_err(|error| if state == State::Over { Unsent::Refused(error) } else { Unsent::Lost(error) })
    }

    /// Stores the identifier of a submission's classification.
    pub async fn accepted(self, submission: Submission, id: String) {
        self.change(submission, |one| one.become_classification(&id)).await;
    }

    /// Gives up a submission without an answer.
    pub async fn let_be(self, submission: Submission) {
        let now = format::now();
        self.change(submission, |one| one.let_be(now)).await;
    }

    /// Notes that the person has seen the result of a classification.
    pub fn seen(self, id: &str) {
        let found = self.list.with_untracked(|list| {
            list.iter().find(|one| one.id.as_deref() == Some(id) && !one.is_seen).cloned()
        });
        if let Some(submission) = found {
            spawn_local(async move {
                self.change(submission, |one| one.is_seen = true).await;
            });
        }
    }

    /// Searches the history, and compares the credits, for a submission without an answer. Sends read requests only.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn look_for(self, client: &Client, lost: &Submission) -> Result<Finding, ApiError> {
        let page = client.classifications(&Listing::newest(LOOKED_AT)).await?;
        let known =
            |id: &str| self.list.with_untracked(|list| list.iter().any(|one| one.id.as_deref() == Some(id)));
        let since = lost.sent_at.saturating_sub(CLOCK_SKEW);
        let mut candidates: Vec<_> = page
            .data
            .into_iter()
            .filter(|row| !known(&row.id))
            .filter(|row| {
                row.created_at.as_deref().and_then(format::milliseconds).is_none_or(|at| at >= since)
            })
            .take(FETCHED)
            .collect();
        if !candidates.is_empty() && untrack(|| self.session.has(&Extension::Input)) {
            for row in &candidates {
                let found = client.classification(&row.id).await?.value.data;
                let is_same = found.input.is_some_and(|input| is_same_product(&input, &lost.request));
                if is_same {
                    return Ok(Finding::Accepted(row.id.clone()));
                }
            }
            candidates.clear();
        }
        if !candidates.is_empty() {
            return Ok(Finding::Perhaps(candidates));
        }
        let account = client.account().await?;
        let credits_gone = lost.credits_before.map(|before| before.saturating_sub(account.credits.remaining));
        self.session.set_account(client, account);
        Ok(Finding::Absent { credits_gone })
    }

    /// Changes a submission here and in the database, in one transaction, and returns it as stored. Removes it if it
    /// is over.
    async fn change(self, submission: Submission, change: impl Fn(&mut Submission)) -> Submission {
        let mut own = submission;
        change(&mut own);
        match database::update(Store::Submissions, &own.key, &change).await {
            Ok(Some(kept)) => own = kept,
            Ok(None) if own.state() != State::Over => {
                #[expect(
                    clippy::let_underscore_must_use,
                    reason = "without storage, it is remembered until the tab is closed"
                )]
                let _ = database::put(Store::Submissions, &own.key, &own).await;
            }
            // Without storage, the change lives as long as this tab.
            Ok(None) | Err(NotKept) => {}
        }
        if own.state() == State::Over {
            self.list.update(|list| list.retain(|one| one.key != own.key));
            #[expect(
                clippy::let_underscore_must_use,
                reason = "a record that remains is dropped at the next read"
            )]
            let _ = database::remove(Store::Submissions, &own.key).await;
        } else {
            self.show(own.clone());
        }
        own
    }

    fn show(self, submission: Submission) {
        // The answer may come after the person has changed to the key of another organisation.
        if untrack(|| self.session.organization()) == submission.organization {
            self.list.update(|list| match list.iter_mut().find(|one| one.key == submission.key) {
                Some(one) => *one = submission,
                None => list.insert(0, submission),
            });
        }
    }
}

/// Whether a classification was requested with the same product. Pictures are not compared, because the service does
/// not return them.
fn is_same_product(input: &ClassifyRequest, sent: &ClassifyRequest) -> bool {
    let without_pictures =
        |request: &ClassifyRequest| ClassifyRequest { image_base64: None, ..request.clone() };
    without_pictures(input) == without_pictures(sent)
}

/// The products sent from this browser, from the context.
#[must_use]
pub fn use_submissions() -> Submissions {
    expect_context()
}

#[cfg(test)]
mod tests;
