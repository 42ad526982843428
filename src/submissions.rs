//! Products that this browser has sent to be classified: what was sent is written down before it goes
//! out, so that a lost answer, a reload or a crash neither loses a product nor pays for it twice.

use import8_api::{Accepted, ClassificationSummary, ClassifyRequest, Extension};
use leptos::ev;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::api::{ApiError, Client, random_key};
use crate::database::{self, Store};
use crate::format;
use crate::listing::Listing;
use crate::session::Session;

/// How long a request may be on its way, in milliseconds: the client gives up after 30 seconds. What
/// has no answer then is uncertain, whichever tab has sent it.
const ON_ITS_WAY: u64 = 35_000;

/// How far the clocks of this computer and the service may be apart, in milliseconds.
const CLOCK_SKEW: u64 = 120_000;

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
    /// Whose it is: the organisation's name.
    pub organization: String,
    /// When it was sent, in milliseconds since 1970.
    pub sent_at: u64,
    /// What was sent. Pictures are kept until it is known to be accepted.
    pub request: ClassifyRequest,
    /// The credits there were before.
    pub credits_before: Option<u64>,
    /// The classification it became; none while no answer has come.
    pub id: Option<String>,
    /// Whether it was told that no answer came.
    pub is_lost: bool,
    /// Whether the person knows how it ended.
    pub is_seen: bool,
}

impl Submission {
    /// How long an answer may still come, in milliseconds; 0 when none can come any more.
    #[must_use]
    pub fn patience(&self) -> u64 {
        if self.is_lost { 0 } else { ON_ITS_WAY.saturating_sub(format::now().saturating_sub(self.sent_at)) }
    }

    /// What it is called: its description, else nothing.
    #[must_use]
    pub fn name(&self) -> &str {
        self.request.description.as_deref().unwrap_or_default()
    }
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
    /// Those of the session, as soon as it is known whose it is.
    #[must_use]
    pub fn of(session: Session) -> Self {
        let submissions =
            Self { session, list: RwSignal::new(Vec::new()), on_their_way: RwSignal::new(Vec::new()) };
        Effect::new(move |_| {
            if session.organization().is_empty() {
                submissions.list.set(Vec::new());
            } else {
                submissions.restore();
            }
        });
        // Another tab may have sent something, or had an answer.
        let listener = window_event_listener(ev::focus, move |_| submissions.restore());
        on_cleanup(move || listener.remove());
        submissions
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
        list.retain(|one| one.id.is_none() && !on_their_way.contains(&one.key));
        list
    }

    /// Reads anew what this browser has kept: other tabs write there too.
    pub fn restore(self) {
        let organization = untrack(|| self.session.organization());
        leptos::task::spawn_local(async move {
            // Storage that keeps nothing has nothing to give back.
            let mut kept: Vec<Submission> = database::all(Store::Submissions).await.unwrap_or_default();
            kept.retain(|kept| kept.organization == organization);
            kept.sort_by_key(|kept| std::cmp::Reverse(kept.sent_at));
            for old in kept.iter().skip(KEPT).filter(|old| old.id.is_some() && old.is_seen) {
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
    /// See [`Client::classify`]. After one that is uncertain it stays written down.
    pub async fn send(self, client: &Client, request: ClassifyRequest) -> Result<Accepted, ApiError> {
        let sent_at = format::now();
        let submission = Submission {
            key: random_key().unwrap_or_else(|| sent_at.to_string()),
            organization: untrack(|| self.session.organization()),
            sent_at,
            request,
            credits_before: untrack(|| self.session.credits()),
            id: None,
            is_lost: false,
            is_seen: false,
        };
        let key = submission.key.clone();
        self.on_their_way.update(|keys| keys.push(key.clone()));
        self.keep(submission.clone()).await;
        let outcome = client.classify(&submission.request, Some(&key)).await;
        match &outcome {
            Ok(accepted) => self.accepted(submission, accepted.id.clone()).await,
            Err(error) if error.is_uncertain() => {
                self.keep(Submission { is_lost: true, ..submission }).await;
            }
            Err(_) => self.forget(&key).await,
        }
        self.on_their_way.update(|keys| keys.retain(|other| *other != key));
        outcome
    }

    /// Sends a product again whose answer was lost, as the same one: a service that knows
    /// `Idempotency-Key` neither classifies nor charges it twice.
    ///
    /// # Errors
    /// See [`Submissions::send`].
    pub async fn send_again(self, client: &Client, submission: Submission) -> Result<Accepted, ApiError> {
        self.send_as(client, Submission { sent_at: format::now(), ..submission }).await
    }

    async fn send_as(self, client: &Client, submission: Submission) -> Result<Accepted, ApiError> {
        let key = submission.key.clone();
        self.on_their_way.update(|keys| keys.push(key.clone()));
        self.keep(submission.clone()).await;
        let outcome = client.classify(&submission.request, Some(&key)).await;
        match &outcome {
            Ok(accepted) => self.accepted(submission, accepted.id.clone()).await,
            Err(error) if error.is_uncertain() => {
                // It is known right now, and not only when no answer can come any more.
                self.keep(Submission {
                    sent_at: submission.sent_at.saturating_sub(ON_ITS_WAY),
                    ..submission
                })
                .await;
            }
            Err(_) => self.forget(&key).await,
        }
        self.on_their_way.update(|keys| keys.retain(|other| *other != key));
        outcome
    }

    /// Notes which classification a product became.
    pub async fn accepted(self, submission: Submission, id: String) {
        let request = ClassifyRequest { image_base64: None, ..submission.request };
        self.keep(Submission { id: Some(id), request, ..submission }).await;
    }

    /// Notes that the person knows how a classification ended.
    pub fn seen(self, id: &str) {
        let found = self.list.with_untracked(|list| {
            list.iter().find(|one| one.id.as_deref() == Some(id) && !one.is_seen).cloned()
        });
        if let Some(submission) = found {
            leptos::task::spawn_local(self.keep(Submission { is_seen: true, ..submission }));
        }
    }

    /// Forgets a product.
    pub async fn forget(self, key: &str) {
        self.list.update(|list| list.retain(|one| one.key != key));
        // It would be offered once more, which does no harm.
        let _ = database::remove(Store::Submissions, key).await;
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

    async fn keep(self, submission: Submission) {
        // An answer may come after the key of another organisation is in use.
        if untrack(|| self.session.organization()) == submission.organization {
            self.list.update(|list| match list.iter_mut().find(|one| one.key == submission.key) {
                Some(one) => *one = submission.clone(),
                None => list.insert(0, submission.clone()),
            });
        }
        // Where nothing can be kept, it is remembered until the tab is closed.
        let _ = database::put(Store::Submissions, &submission.key, &submission).await;
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
