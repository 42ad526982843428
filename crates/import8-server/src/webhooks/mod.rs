//! Webhook deliveries: messages to an organisation's receiver that a classification has ended.
//!
//! A delivery is a row, inserted in the transaction that ends the classification. The [`Dispatcher`] sends due
//! deliveries, several at the same time but each delivery by one attempt at a time, until the receiver answers with a
//! status from 200 to 299 or a day has passed. Deliveries that wait when the server stops are sent after the next
//! start.

pub mod guard;

use std::collections::HashSet;
use std::time::Duration;

use hmac::{Hmac, KeyInit, Mac};
use import8_api::{CodeDetail, EventType, Status, WebhookClassification, WebhookCode, WebhookEvent};
use rand::RngExt;
use sha2::Sha256;
use sqlx::SqliteConnection;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::clock::Instant;
use crate::outcome::ClassificationOutcome;
use crate::state::Api;

use self::guard::Guard;

/// The most attempts that run at the same time.
const AT_ONCE: usize = 64;

/// The most attempts of one organisation that run at the same time, so that a receiver that does not answer does not
/// delay the deliveries of others.
const AT_ONCE_EACH: i64 = 4;

/// The time in which a receiver must answer.
const PATIENCE: Duration = Duration::from_secs(15);

/// The longest sleep of the dispatcher. A new delivery wakes it.
const NAP: Duration = Duration::from_millis(500);

/// The wait after the first failed attempt; each further one is twice as long.
const FIRST_WAIT_MILLIS: i64 = 5_000;

/// The longest wait between attempts: an hour.
const LONGEST_WAIT_MILLIS: i64 = 60 * 60 * 1_000;

/// The age at which a delivery is abandoned: a day.
const GIVEN_UP_AFTER_MILLIS: i64 = 24 * 60 * 60 * 1_000;

/// The most characters of an error that are stored.
const MAX_ERROR_CHARS: usize = 300;

/// Creates a secret for signatures: 192 random bits.
#[must_use]
pub fn new_secret() -> String {
    format!("whsec_{}", hex::encode(rand::random::<[u8; 24]>()))
}

/// The value of `X-Import8-Signature` for a body: HMAC-SHA256 over its bytes, with the whole secret, `whsec_`
/// included, as the key.
#[must_use]
pub fn signature(secret: &str, body: &[u8]) -> String {
    // HMAC takes keys of any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return String::new() };
    mac.update(body);
    format!("sha256={}", hex::encode(mac.finalize().into_bytes()))
}

/// A classification that has just ended: the content of a delivery.
#[derive(Debug)]
pub struct Ended<'a> {
    /// Its row number.
    pub seq: i64,
    /// Its identifier.
    pub id: &'a str,
    /// The row identifier of its organisation.
    pub organization: i64,
    /// The product, in one line.
    pub product_summary: &'a str,
    /// The time of the request.
    pub created_at: Instant,
    /// The confidence in percent; `None` if it failed.
    pub confidence: Option<u8>,
    /// Its outcome.
    pub outcome: &'a ClassificationOutcome,
}

/// Queues a delivery for a classification that has ended, if its organisation has a webhook.
///
/// # Errors
/// The database cannot be read or written.
pub async fn enqueue(tx: &mut SqliteConnection, ended: &Ended<'_>, now: Instant) -> sqlx::Result<()> {
    let event = if ended.outcome.hs_code.is_some() { EventType::Completed } else { EventType::Failed };
    sqlx::query(
        "INSERT INTO deliveries (id, organization_id, classification_seq, event, body, next_attempt_at, created_at)
         SELECT $1, organization_id, $3, $4, $5, $6, $6 FROM webhooks WHERE organization_id = $2",
    )
    .bind(uuid::Uuid::new_v4().to_string())
    .bind(ended.organization)
    .bind(ended.seq)
    .bind(event.as_str())
    .bind(ended.body(event.clone(), now)?)
    .bind(now)
    .execute(tx)
    .await?;
    Ok(())
}

impl Ended<'_> {
    fn body(&self, event: EventType, now: Instant) -> sqlx::Result<String> {
        let status = if self.outcome.hs_code.is_some() { Status::Completed } else { Status::Failed };
        let confidence = self.confidence.map(|percent| rust_decimal::Decimal::from(percent).try_into());
        let data = WebhookClassification {
            id: self.id.to_owned(),
            status,
            source: Some("api".to_owned()),
            hs_code: self.outcome.hs_code.as_ref().map(webhook_code),
            confidence: confidence.and_then(Result::ok),
            reasoning: self.outcome.reasoning.clone(),
            product_summary: Some(self.product_summary.to_owned()).filter(|summary| !summary.is_empty()),
            created_at: Some(self.created_at.rfc3339()),
            completed_at: Some(now.rfc3339()),
        };
        serde_json::to_string(&WebhookEvent { event, data })
            .map_err(|error| sqlx::Error::Encode(error.into()))
    }
}

fn webhook_code(code: &CodeDetail) -> WebhookCode {
    WebhookCode {
        code_6: code.code_6,
        code_8: code.code_8,
        code_10: code.code_10,
        description: code.description.clone(),
        chapter: code.chapter.clone(),
    }
}

/// The dispatcher: sends due deliveries. One runs on a database at a time.
#[derive(Debug)]
pub struct Dispatcher {
    api: Api,
    guard: Guard,
}

/// A delivery that is due.
#[derive(Debug, sqlx::FromRow)]
struct Due {
    seq: i64,
    id: String,
    event: String,
    body: String,
    attempts: i64,
    created_at: Instant,
    url: String,
    secret: String,
}

/// The result of an attempt: a status, or the error instead of one.
#[derive(Debug)]
struct Attempt {
    status: Option<u16>,
    error: Option<String>,
    took: Duration,
}

impl Attempt {
    fn was_taken(&self) -> bool {
        self.status.is_some_and(|status| (200..300).contains(&status))
    }
}

impl Dispatcher {
    /// Creates a dispatcher that sends only to addresses that `guard` allows.
    #[must_use]
    pub fn new(api: Api, guard: Guard) -> Self {
        Self { api, guard }
    }

    /// Runs until `stop` is true. An attempt that is interrupted by the stop is repeated after the next start, so a
    /// receiver may get a delivery twice, with the same identifier.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        let mut under_way = JoinSet::new();
        let mut sent: HashSet<i64> = HashSet::new();
        while !*stop.borrow() {
            match self.due(&sent).await {
                Ok(due) => {
                    for due in due.into_iter().take(AT_ONCE.saturating_sub(sent.len())) {
                        sent.insert(due.seq);
                        let (api, guard) = (self.api.clone(), self.guard);
                        under_way.spawn(async move {
                            let seq = due.seq;
                            (seq, deliver(&api, guard, due).await)
                        });
                    }
                }
                Err(error) => tracing::error!(%error, "deliveries could not be read"),
            }
            tokio::select! {
                Some(done) = under_way.join_next(), if !under_way.is_empty() => match done {
                    Ok((seq, outcome)) => {
                        sent.remove(&seq);
                        if let Err(error) = outcome {
                            tracing::error!(%error, "an attempt could not be written down and will be made again");
                            tokio::time::sleep(NAP).await;
                        }
                    }
                    Err(error) => {
                        // The error does not name the delivery, so all are released; one may be sent twice.
                        tracing::error!(%error, "an attempt panicked");
                        under_way.shutdown().await;
                        sent.clear();
                        tokio::time::sleep(NAP).await;
                    }
                },
                () = self.api.wake_dispatcher.notified() => {}
                () = tokio::time::sleep(NAP) => {}
                _ = stop.changed() => {}
            }
        }
    }

    /// The due deliveries that are not being attempted: the longest due ones of each organisation.
    async fn due(&self, under_way: &HashSet<i64>) -> sqlx::Result<Vec<Due>> {
        if under_way.len() >= AT_ONCE {
            return Ok(Vec::new());
        }
        let due: Vec<Due> = sqlx::query_as(
            "SELECT seq, id, event, body, attempts, deliveries.created_at, url, secret
             FROM webhooks JOIN deliveries ON seq IN (
                SELECT seq FROM deliveries AS waiting
                WHERE waiting.organization_id = webhooks.organization_id
                    AND state = 'waiting' AND next_attempt_at <= $1
                ORDER BY next_attempt_at LIMIT $2
             ) ORDER BY ROW_NUMBER() OVER (PARTITION BY deliveries.organization_id ORDER BY next_attempt_at),
                next_attempt_at LIMIT $3",
        )
        .bind(Instant::now())
        .bind(AT_ONCE_EACH)
        .bind(i64::try_from(AT_ONCE).unwrap_or(i64::MAX))
        .fetch_all(self.api.database.readers())
        .await?;
        Ok(due.into_iter().filter(|due| !under_way.contains(&due.seq)).collect())
    }
}

async fn deliver(api: &Api, guard: Guard, due: Due) -> sqlx::Result<()> {
    let attempt = attempt(guard, &due).await;
    if let Some(error) = &attempt.error {
        tracing::info!(delivery = due.id, error, "not delivered");
    }
    let now = Instant::now();
    api.database.write(move |tx| Box::pin(async move { write_down(tx, &due, &attempt, now).await })).await
}

/// Attempts a delivery once and measures the time.
async fn attempt(guard: Guard, due: &Due) -> Attempt {
    let start = std::time::Instant::now();
    let sent = tokio::time::timeout(PATIENCE, send(guard, due)).await;
    let (status, error) = match sent {
        Ok(Ok(status)) => (Some(status), None),
        Ok(Err(error)) => (None, Some(error.chars().take(MAX_ERROR_CHARS).collect())),
        Err(_) => (None, Some(format!("no answer within {} seconds", PATIENCE.as_secs()))),
    };
    Attempt { status, error, took: start.elapsed() }
}

async fn send(guard: Guard, due: &Due) -> Result<u16, String> {
    let target = guard.resolve(&due.url).await.map_err(|forbidden| forbidden.to_string())?;
    // Connects to the checked addresses, even if the name resolves to others by now.
    let client = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .user_agent("Import8-Webhook/1.0")
        .resolve_to_addrs(&target.host, &target.addresses)
        .build()
        .map_err(|error| describe(&error))?;
    let request = client
        .post(target.url)
        .header("content-type", "application/json")
        .header("x-import8-event", &due.event)
        .header("x-import8-signature", signature(&due.secret, due.body.as_bytes()))
        .header("x-import8-delivery", &due.id)
        .body(due.body.clone());
    request
        .send()
        .await
        .map(|response| response.status().as_u16())
        .map_err(|error| describe(&error.without_url()))
}

/// An error with its sources, because reqwest's own text is "error sending request" for all of them.
fn describe(error: &dyn std::error::Error) -> String {
    let sources = std::iter::successors(error.source(), |error| error.source());
    let parts = std::iter::once(error.to_string()).chain(sources.map(ToString::to_string));
    parts.collect::<Vec<_>>().join(": ")
}

async fn write_down(
    tx: &mut SqliteConnection,
    due: &Due,
    attempt: &Attempt,
    now: Instant,
) -> sqlx::Result<()> {
    let number = due.attempts + 1;
    sqlx::query(
        "INSERT INTO delivery_attempts (delivery_seq, number, url, status, error, milliseconds, attempted_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(due.seq)
    .bind(number)
    .bind(&due.url)
    .bind(attempt.status)
    .bind(&attempt.error)
    .bind(i64::try_from(attempt.took.as_millis()).unwrap_or(i64::MAX))
    .bind(now)
    .execute(&mut *tx)
    .await?;
    let next = Instant(now.0.saturating_add(wait_millis(number, rand::rng().random_range(0..=100))));
    let (state, next) = if attempt.was_taken() { ("delivered", None) } else { again(due.created_at, next) };
    // A webhook that was removed meanwhile has abandoned its deliveries, except the one being attempted.
    sqlx::query(
        "UPDATE deliveries SET attempts = $2,
            state = iif(state = 'waiting' OR $3 = 'delivered', $3, state),
            next_attempt_at = iif(state = 'waiting', $4, NULL)
         WHERE seq = $1",
    )
    .bind(due.seq)
    .bind(number)
    .bind(state)
    .bind(next)
    .execute(tx)
    .await?;
    Ok(())
}

/// The state after a failed attempt of a delivery created at `created`, and the time of the next attempt: `next`,
/// unless a day has passed by then.
fn again(created: Instant, next: Instant) -> (&'static str, Option<Instant>) {
    let last = Instant(created.0.saturating_add(GIVEN_UP_AFTER_MILLIS));
    if next > last { ("abandoned", None) } else { ("waiting", Some(next)) }
}

/// The wait in milliseconds after the failed attempt `number`, from 1. It doubles with each attempt up to an hour.
/// Half of it is fixed; of the other half, `percent` is taken, so that deliveries that failed together are spread
/// out.
fn wait_millis(number: i64, percent: i64) -> i64 {
    let doublings = u32::try_from(number - 1).unwrap_or(0).min(20);
    let full = FIRST_WAIT_MILLIS.saturating_mul(2_i64.saturating_pow(doublings)).min(LONGEST_WAIT_MILLIS);
    full / 2 + full / 2 * percent.clamp(0, 100) / 100
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of RFC 4231, section 4.3, in the documented form.
    #[test]
    fn bodies_are_signed_as_documented() {
        assert_eq!(
            signature("Jefe", b"what do ya want for nothing?"),
            "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
    }

    #[test]
    fn a_delivery_is_tried_for_a_day() {
        let (created, day) = (Instant(1_000), 24 * 60 * 60 * 1_000);
        assert_eq!(again(created, Instant(1_000 + day)), ("waiting", Some(Instant(1_000 + day))));
        assert_eq!(again(created, Instant(1_001 + day)), ("abandoned", None));
        // The waits add up to more than a day, so a delivery ends.
        assert!((1..=60).map(|number| wait_millis(number, 0)).sum::<i64>() > day);
    }

    #[test]
    fn waits_grow_to_an_hour_and_differ() {
        assert_eq!((wait_millis(1, 0), wait_millis(1, 100)), (2_500, 5_000));
        assert_eq!(wait_millis(2, 100), 10_000);
        assert_eq!(wait_millis(40, 100), LONGEST_WAIT_MILLIS);
        assert!(wait_millis(40, 0) >= LONGEST_WAIT_MILLIS / 2);
    }
}
