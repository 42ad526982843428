//! Products that this browser has sent to be classified: what was sent is written down before it goes
//! out, so that a lost answer, a reload or a crash neither loses a product nor pays for it twice.

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

/// How many are kept as a start for the next.
const KEPT: usize = 50;

/// How many classifications are looked at for one whose answer was lost.
const LOOKED_AT: u32 = 20;

/// How many of them may be fetched.
const FETCHED: usize = 8;

/// A product that was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submission {
    /// The `Idempotency-Key` it was sent with, which is also its name here.
    pub key: String,
    /// Whose it is: see `owner`.
    pub organization: String,
    /// When it was sent first, in milliseconds since 1970.
    pub sent_at: u64,
    /// When it was sent last.
    #[serde(default)]
    tried_at: u64,
    /// What was sent. Pictures are kept until it is known to be accepted.
    pub request: ClassifyRequest,
    /// The credits there were before.
    pub credits_before: Option<u64>,
    /// The classification it became; none while no answer has come.
    pub id: Option<String>,
    #[serde(default)]
    state: State,
    /// Whether the person knows how it ended.
    pub is_seen: bool,
}

impl Submission {
    /// How far it is, as far as is written down.
    #[must_use]
    pub fn state(&self) -> State {
        // Older versions of this dashboard have written no more than what it became.
        if self.id.is_some() { State::Accepted } else { self.state }
    }

    /// How long an answer may still come at this moment, in milliseconds; 0 when none can come any more.
    #[must_use]
    pub fn patience(&self, now: u64) -> u64 {
        let waited = now.saturating_sub(self.tried_at.max(self.sent_at));
        if self.state().is_on_its_way() { ON_ITS_WAY.saturating_sub(waited) } else { 0 }
    }

    /// What tells it from what it was before something happened to it.
    #[must_use]
    pub fn version(&self) -> (String, State, u64) {
        (self.key.clone(), self.state(), self.tried_at)
    }

    /// Takes what was learned of it.
    fn on_event(&mut self, event: Event<'_>) {
        self.state = self.state().on(event);
    }

    /// Takes that it is this classification. Its pictures are not needed any more.
    fn become_classification(&mut self, id: &str) {
        self.on_event(Event::Accepted);
        self.id = Some(id.to_owned());
        self.request.image_base64 = None;
    }

    /// Lets it be, unless an answer may still come.
    fn let_be(&mut self, now: u64) {
        if self.patience(now) == 0 {
            self.on_event(Event::Silence);
            self.on_event(Event::LetBe);
        }
    }

    /// Marks it as on its way again; whether it may be: not while an answer may still come, to whichever tab.
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

    /// What it is called: its description, else nothing.
    #[must_use]
    pub fn name(&self) -> &str {
        self.request.description.as_deref().unwrap_or_default()
    }
}

/// Why a product that was to be sent has no classification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unsent {
    /// It could not be written down, so it was not sent.
    NotKept,
    /// Another tab sends it, or has settled it.
    Elsewhere,
    /// The service did not take it.
    Refused(ApiError),
    /// Whether the service has taken it is not known.
    Lost(ApiError),
}

/// What became of a product whose answer was lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// It is this classification.
    Accepted(String),
    /// It may be one of these: the service does not say what they were asked with.
    Perhaps(Vec<ClassificationSummary>),
    /// It is not in the history.
    Absent {
        /// How many credits fewer there are than before; none if that is not known.
        credits_gone: Option<u64>,
    },
}

/// The products sent from this browser by the session's organisation: a handle, cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct Submissions {
    session: Session,
    list: RwSignal<Vec<Submission>>,
    /// The names of those whose answer this tab waits for.
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
        // Another tab may have sent something, or had an answer.
        let listener = window_event_listener(ev::focus, move |_| self.restore());
        on_cleanup(move || listener.remove());
    }

    /// All of them, the newest first.
    #[must_use]
    pub fn all(self) -> Vec<Submission> {
        self.list.get()
    }

    /// Those that have no answer, except those this tab waits for.
    #[must_use]
    pub fn unanswered(self) -> Vec<Submission> {
        let on_their_way = self.on_their_way.get();
        let mut list = self.all();
        list.retain(|one| one.state() != State::Accepted && !on_their_way.contains(&one.key));
        list
    }

    /// Reads anew what this browser has kept: other tabs write there too.
    pub fn restore(self) {
        let organization = untrack(|| self.session.organization());
        spawn_local(async move {
            // Where nothing can be read, what this tab knows still stands.
            let Ok(mut kept) = database::all::<Submission>(Store::Submissions).await else { return };
            kept.retain(|kept| kept.organization == organization && kept.state() != State::Over);
            kept.sort_by_key(|kept| std::cmp::Reverse(kept.sent_at));
            for old in kept.iter().skip(KEPT).filter(|old| old.id.is_some() && old.is_seen) {
                #[expect(
                    clippy::let_underscore_must_use,
                    reason = "one that stays is looked at again the next time"
                )]
                let _ = database::remove(Store::Submissions, &old.key).await;
            }
            if untrack(|| self.session.organization()) == organization {
                self.list.set(kept);
            }
        });
    }

    /// Sends a product, once, after it was written down.
    ///
    /// # Errors
    /// See [`Unsent`]. After [`Unsent::Lost`] it stays written down.
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

    /// Sends a product again whose answer was lost, as the same one: a service that knows
    /// `Idempotency-Key` neither classifies nor charges it twice.
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

    /// Sends what is written down as on its way.
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

    /// Notes which classification a product became.
    pub async fn accepted(self, submission: Submission, id: String) {
        self.change(submission, |one| one.become_classification(&id)).await;
    }

    /// Lets a product be whose answer was lost.
    pub async fn let_be(self, submission: Submission) {
        let now = format::now();
        self.change(submission, |one| one.let_be(now)).await;
    }

    /// Notes that the person knows how a classification ended.
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

    /// Looks in the history, and at the credits, for a product whose answer was lost. Only reads.
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

    /// Changes a product here and in what the browser keeps, whatever other tabs do meanwhile; answers it as it
    /// is then. What is over is forgotten.
    async fn change(self, submission: Submission, change: impl Fn(&mut Submission)) -> Submission {
        let mut own = submission;
        change(&mut own);
        match database::update(Store::Submissions, &own.key, &change).await {
            Ok(Some(kept)) => own = kept,
            Ok(None) if own.state() != State::Over => {
                #[expect(
                    clippy::let_underscore_must_use,
                    reason = "where nothing can be kept any more, it is remembered until the tab is closed"
                )]
                let _ = database::put(Store::Submissions, &own.key, &own).await;
            }
            // Where nothing can be kept any more, it is remembered until the tab is closed.
            Ok(None) | Err(NotKept) => {}
        }
        if own.state() == State::Over {
            self.list.update(|list| list.retain(|one| one.key != own.key));
            #[expect(
                clippy::let_underscore_must_use,
                reason = "what stays is forgotten when it is read again"
            )]
            let _ = database::remove(Store::Submissions, &own.key).await;
        } else {
            self.show(own.clone());
        }
        own
    }

    fn show(self, submission: Submission) {
        // An answer may come after the key of another organisation is in use.
        if untrack(|| self.session.organization()) == submission.organization {
            self.list.update(|list| match list.iter_mut().find(|one| one.key == submission.key) {
                Some(one) => *one = submission,
                None => list.insert(0, submission),
            });
        }
    }
}

/// Whether the service was asked the same; pictures are not answered as they were sent.
fn is_same_product(input: &ClassifyRequest, sent: &ClassifyRequest) -> bool {
    let without_pictures =
        |request: &ClassifyRequest| ClassifyRequest { image_base64: None, ..request.clone() };
    without_pictures(input) == without_pictures(sent)
}

/// The products sent from this browser.
#[must_use]
pub fn use_submissions() -> Submissions {
    expect_context()
}

#[cfg(test)]
mod tests;
