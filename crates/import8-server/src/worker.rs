//! The worker: classifies each product in the queue once.
//!
//! The queue consists of the rows with the status `pending`. A row leaves it in the transaction that stores its
//! outcome, so a server that was killed finds unfinished rows again.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use import8_api::{ClassifyRequest, HsCode};
use sqlx::SqliteConnection;
use tokio::sync::watch;

use crate::clock::Instant;
use crate::credits;
use crate::exchange_rate_store::{RatesOfMonth, rates_on};
use crate::idempotency;
use crate::language::Language;
use crate::outcome::ClassificationOutcome;
use crate::state::Api;
use crate::webhooks::{self, Ended};

/// The most products that are classified per commit.
const AT_ONCE: i64 = 32;

/// The longest sleep of the worker. New work wakes it. After this time it looks for products whose delay has passed,
/// and for those whose outcome could not be stored.
const NAP: Duration = Duration::from_millis(250);

/// The time between two rounds of housekeeping.
const HOUSEKEEPING: Duration = Duration::from_secs(10);

/// The worker. One runs on a database at a time.
#[derive(Debug)]
pub struct Worker {
    api: Api,
    /// The shortest time that a product stays pending.
    delay: Duration,
}

#[derive(Debug, sqlx::FromRow)]
struct Job {
    seq: i64,
    id: String,
    organization_id: i64,
    balance_id: i64,
    request: String,
    language: String,
    product_summary: String,
    created_at: Instant,
}

impl Worker {
    /// Creates a worker that keeps every product pending for at least `delay`, to try screens that show a wait. The
    /// vendor's service takes 25 to 35 seconds.
    #[must_use]
    pub fn new(api: Api, delay: Duration) -> Self {
        Self { api, delay }
    }

    /// Runs until `stop` is true, and then finishes the current group of products.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        let mut tidied = std::time::Instant::now();
        while !*stop.borrow() {
            if tidied.elapsed() >= HOUSEKEEPING {
                tidied = std::time::Instant::now();
                self.tidy().await;
            }
            match self.work().await {
                // More products may be waiting.
                Ok(done) if done > 0 => continue,
                Ok(_) => {}
                Err(error) => {
                    tracing::error!(%error, "the worker could not store its work and will try again")
                }
            }
            tokio::select! {
                () = self.api.wake.notified() => {}
                () = tokio::time::sleep(NAP) => {}
                _ = stop.changed() => {}
            }
        }
        self.tidy().await;
    }

    /// Housekeeping: stores the times of last use of the keys, and deletes expired answers of [`idempotency`].
    async fn tidy(&self) {
        let used = self.api.keys.write_down(&self.api.database).await;
        let forgotten = self.api.database.write(|tx| Box::pin(idempotency::forget_old(tx))).await;
        if let Err(error) = used.and(forgotten) {
            tracing::error!(%error, "housekeeping");
        }
    }

    /// Classifies a group of products, stores their outcomes and returns their number. Organisations take turns, each
    /// with its oldest product, so that none waits behind the thousands of another.
    async fn work(&self) -> sqlx::Result<usize> {
        let delay = i64::try_from(self.delay.as_millis()).unwrap_or(i64::MAX);
        let ripe = Instant(Instant::now().0.saturating_sub(delay));
        let mut jobs: Vec<Job> = sqlx::query_as(
            // Without pictures, because the engine reads words only.
            "SELECT seq, classifications.id, organization_id, balance_id,
                json_remove(request, '$.image_base64') AS request, language, product_summary,
                classifications.created_at
             FROM organizations JOIN classifications ON seq IN (
                SELECT seq FROM classifications AS waiting
                WHERE waiting.organization_id = organizations.id AND status = 'pending' ORDER BY seq LIMIT $1
             ) ORDER BY ROW_NUMBER() OVER (PARTITION BY organization_id ORDER BY seq), seq LIMIT $1",
        )
        .bind(AT_ONCE)
        .fetch_all(self.api.database.readers())
        .await?;
        if !self.delay.is_zero() {
            // The products of an organisation are in the order of acceptance, so all behind one that is delayed are
            // delayed too.
            jobs.retain(|job| job.created_at <= ripe);
        }
        if jobs.is_empty() {
            return Ok(0);
        }
        self.api.precedents.update(&self.api.database).await?;
        let rates = rates_on(self.api.database.readers(), Instant::now().day_in_brussels()).await?;
        let (api, count) = (self.api.clone(), jobs.len());
        let done = tokio::task::spawn_blocking(move || {
            let classified = |job: Job| {
                let end = classify_guarded(&api, &rates, &job);
                (job, end)
            };
            jobs.into_iter().map(classified).collect::<Vec<_>>()
        })
        .await
        .map_err(|error| sqlx::Error::Io(error.into()))?;
        self.api.database.write(move |tx| Box::pin(async move { store(tx, &done).await })).await?;
        self.api.wake_dispatcher.notify_one();
        Ok(count)
    }
}

/// The end of a classification.
#[derive(Debug)]
enum ClassificationEnd {
    /// A code was found.
    Completed { code: HsCode, confidence: u8, outcome: ClassificationOutcome },
    /// No code was found; the outcome contains the reason.
    Failed(ClassificationOutcome),
}

async fn store(tx: &mut SqliteConnection, done: &[(Job, ClassificationEnd)]) -> sqlx::Result<()> {
    let now = Instant::now();
    for (job, end) in done {
        let (status, code, confidence, outcome) = match end {
            ClassificationEnd::Completed { code, confidence, outcome } => {
                ("completed", Some(code.bare()), Some(*confidence), outcome)
            }
            ClassificationEnd::Failed(outcome) => ("failed", None, None, outcome),
        };
        let at_stake = confidence.and_then(|confidence| outcome.at_stake(confidence));
        let ended = sqlx::query(
            "UPDATE classifications
             SET status = $2, hs_code = $3, confidence = $4, outcome = $5, completed_at = $6,
                at_stake_cents = $7, at_stake_currency = $8, decided_code = $9
             WHERE seq = $1 AND status = 'pending'",
        )
        .bind(job.seq)
        .bind(status)
        .bind(code)
        .bind(confidence)
        .bind(serde_json::to_string(outcome).map_err(|error| sqlx::Error::Encode(error.into()))?)
        .bind(now)
        .bind(at_stake.map(|(cents, _)| cents))
        .bind(at_stake.map(|(_, currency)| currency))
        .bind(outcome.decided_code().as_ref().map(HsCode::bare))
        .execute(&mut *tx)
        .await?;
        if ended.rows_affected() == 0 {
            continue;
        }
        if code.is_none() {
            // A failed classification costs nothing.
            credits::give_back(tx, job.balance_id).await?;
            credits::uncount_usage(tx, job.organization_id, job.created_at).await?;
        }
        let ended = Ended {
            seq: job.seq,
            id: &job.id,
            organization: job.organization_id,
            product_summary: &job.product_summary,
            created_at: job.created_at,
            confidence,
            outcome,
        };
        webhooks::enqueue(tx, &ended, now).await?;
    }
    Ok(())
}

/// Classifies one product. If the engine panics on its description, this product fails and the queue continues.
fn classify_guarded(api: &Api, rates: &RatesOfMonth, job: &Job) -> ClassificationEnd {
    let language = Language::from_code(&job.language).unwrap_or(Language::En);
    let end = catch_unwind(AssertUnwindSafe(|| classify(api, rates, job, language)));
    end.unwrap_or_else(|_| {
        tracing::error!(seq = job.seq, "the engine panicked");
        Err(broken(language).to_owned())
    })
    .unwrap_or_else(|reason| ClassificationEnd::Failed(ClassificationOutcome::failure(&reason)))
}

/// Classifies one product.
///
/// # Errors
/// The reason why it has no code, in `language`.
fn classify(
    api: &Api,
    rates: &RatesOfMonth,
    job: &Job,
    language: Language,
) -> Result<ClassificationEnd, String> {
    let request: ClassifyRequest = import8_api::decode(&job.request).map_err(|error| error.to_string())?;
    let description = request.description.as_deref().ok_or_else(|| needs_words(language).to_owned())?;
    let unknown = || {
        let foreign = api.engine.foreign(description, language);
        let unknown = unknown_words(language);
        foreign.map_or_else(|| unknown.to_owned(), |foreign| format!("{foreign} {unknown}"))
    };
    let found = api
        .precedents
        .with(job.organization_id, |precedents| api.engine.classify(description, language, precedents))
        .ok_or_else(unknown)?;
    let confidence = found.confidence;
    let outcome = ClassificationOutcome::success(found, &request, &api.tariff(), rates, language)
        .ok_or_else(unknown)?;
    let code = outcome.hs_code.as_ref().and_then(import8_api::CodeDetail::deepest).ok_or_else(unknown)?;
    Ok(ClassificationEnd::Completed { code, confidence, outcome })
}

fn needs_words(language: Language) -> &'static str {
    match language {
        Language::En => {
            "A picture without words needs a vision model, and none is configured on this server. Describe the product in words. The credit was given back."
        }
        Language::Nl => {
            "Voor een foto zonder woorden is een beeldmodel nodig, en dat is op deze server niet ingesteld. Omschrijf het product in woorden. Het credit is teruggegeven."
        }
    }
}

fn broken(language: Language) -> &'static str {
    match language {
        Language::En => "The classifier failed on this description. The credit was given back.",
        Language::Nl => "De indeling liep vast op deze omschrijving. Het credit is teruggegeven.",
    }
}

fn unknown_words(language: Language) -> &'static str {
    match language {
        Language::En => {
            "None of these words leads to a heading of the tariff. Say in English or Dutch what the product is, what it is made of and what it is for. The credit was given back."
        }
        Language::Nl => {
            "Geen van deze woorden leidt naar een post van het tarief. Zeg in het Nederlands of Engels wat het product is, waarvan het is gemaakt en waarvoor het dient. Het credit is teruggegeven."
        }
    }
}
