//! The worker: classifies what has been accepted, each product once.
//!
//! The queue is the rows whose status is `pending`. A row leaves it in the same transaction that
//! stores its outcome, so a server killed at any moment finds the unfinished ones again.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use import8_api::{AlternativeCode, ClassifyRequest, CodeDetail, DecisionStep, HsCode, Level};
use serde::{Deserialize, Serialize};
use tokio::sync::watch;

use crate::app::Api;
use crate::clock::Instant;
use crate::engine::{self, Engine};
use crate::nomenclature::{self, Language};

/// How many products are classified for one commit.
const AT_ONCE: i64 = 32;

/// How long the worker sleeps at most. It is woken when work arrives; this is for work that is
/// held back, or that a failing disk left behind.
const NAP: Duration = Duration::from_millis(250);

/// What a classification came to, as it is kept.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Outcome {
    /// The code; none when it failed.
    pub hs_code: Option<CodeDetail>,
    /// Why.
    pub reasoning: Option<String>,
    /// The way to it.
    pub decision_tree: Vec<DecisionStep>,
    /// What else was considered.
    pub alternative_codes: Vec<AlternativeCode>,
}

/// A classifier at work on a database.
pub struct Worker {
    api: Api,
    engine: Arc<Engine>,
    /// How long a product stays pending at least.
    delay: Duration,
}

#[derive(Debug, sqlx::FromRow)]
struct Job {
    seq: i64,
    request: String,
    language: String,
}

impl Worker {
    /// A worker that holds every product back for `delay`; the vendor's service takes 25 to 35
    /// seconds, and screens that show waiting need something to wait for.
    #[must_use]
    pub fn new(api: Api, engine: Engine, delay: Duration) -> Self {
        Self { api, engine: Arc::new(engine), delay }
    }

    /// Works until told to stop, and then to the end of what it has begun.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            match self.work().await {
                // There may be more.
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
    }

    /// Classifies the oldest products and stores what they came to; answers how many.
    async fn work(&self) -> sqlx::Result<usize> {
        let delay = i64::try_from(self.delay.as_millis()).unwrap_or(i64::MAX);
        let jobs: Vec<Job> = sqlx::query_as(
            // The engine reads words; a picture stays where it is.
            "SELECT seq, json_remove(request, '$.image_base64') AS request, language FROM classifications
             WHERE status = 'pending' AND created_at <= $1 ORDER BY seq LIMIT $2",
        )
        .bind(Instant(Instant::now().0.saturating_sub(delay)))
        .bind(AT_ONCE)
        .fetch_all(self.api.database.readers())
        .await?;
        if jobs.is_empty() {
            return Ok(0);
        }
        let engine = Arc::clone(&self.engine);
        let outcomes = tokio::task::spawn_blocking(move || {
            jobs.into_iter().map(|job| (job.seq, classify_guarded(&engine, &job))).collect::<Vec<_>>()
        })
        .await
        .map_err(|error| sqlx::Error::Io(error.into()))?;
        self.store(&outcomes).await?;
        Ok(outcomes.len())
    }

    async fn store(&self, outcomes: &[(i64, Result<Success, String>)]) -> sqlx::Result<()> {
        let mut tx = self.api.database.write().await?;
        let now = Instant::now();
        for (seq, outcome) in outcomes {
            match outcome {
                Ok(success) => {
                    sqlx::query(
                        "UPDATE classifications
                         SET status = 'completed', hs_code = $2, confidence = $3, outcome = $4, completed_at = $5
                         WHERE seq = $1 AND status = 'pending'",
                    )
                    .bind(seq)
                    .bind(success.code.bare())
                    .bind(success.confidence)
                    .bind(json(&success.outcome)?)
                    .bind(now)
                    .execute(&mut *tx)
                    .await?;
                }
                Err(reason) => {
                    let outcome = Outcome { reasoning: Some(reason.clone()), ..Outcome::default() };
                    let balance: Option<i64> = sqlx::query_scalar(
                        "UPDATE classifications SET status = 'failed', outcome = $2, completed_at = $3
                         WHERE seq = $1 AND status = 'pending' RETURNING balance_id",
                    )
                    .bind(seq)
                    .bind(json(&outcome)?)
                    .bind(now)
                    .fetch_optional(&mut *tx)
                    .await?;
                    // What failed costs nothing.
                    sqlx::query("UPDATE credit_balances SET used = used - 1 WHERE id = $1")
                        .bind(balance)
                        .execute(&mut *tx)
                        .await?;
                }
            }
        }
        tx.commit().await
    }
}

fn json(outcome: &Outcome) -> sqlx::Result<String> {
    serde_json::to_string(outcome).map_err(|error| sqlx::Error::Encode(error.into()))
}

/// A product that has its code.
#[derive(Debug)]
struct Success {
    code: HsCode,
    confidence: u8,
    outcome: Outcome,
}

/// Classifies one product. Should a description make the engine panic, that one fails: the queue
/// behind it must not wait for it for ever.
fn classify_guarded(engine: &Engine, job: &Job) -> Result<Success, String> {
    catch_unwind(AssertUnwindSafe(|| classify(engine, job))).unwrap_or_else(|_| {
        tracing::error!(seq = job.seq, "the engine panicked");
        Err(broken(Language::from_code(&job.language).unwrap_or(Language::En)).to_owned())
    })
}

/// Classifies one product, or says why it cannot be.
fn classify(engine: &Engine, job: &Job) -> Result<Success, String> {
    let language = Language::from_code(&job.language).unwrap_or(Language::En);
    let request: ClassifyRequest = import8_api::decode(&job.request).map_err(|error| error.to_string())?;
    let description = request.description.ok_or_else(|| needs_words(language).to_owned())?;
    let found = engine.classify(&description, language).ok_or_else(|| unknown_words(language).to_owned())?;
    success(found).ok_or_else(|| unknown_words(language).to_owned())
}

fn success(found: engine::Outcome) -> Option<Success> {
    let code_6: HsCode = found.code.parse().ok().filter(|code: &HsCode| code.digit_count() == 6)?;
    // Where the Combined Nomenclature divides the subheading, the choice is the person's.
    let code_8 = match found.cn.as_slice() {
        [only] => only.parse().ok(),
        _ => None,
    };
    let detail = CodeDetail {
        code_6: Some(code_6),
        code_8,
        description: found.decision_tree.last().map(|step| step.label.clone()),
        chapter: Some(code_6.chapter().to_owned()),
    };
    Some(Success {
        code: code_8.unwrap_or(code_6),
        confidence: found.confidence,
        outcome: Outcome {
            hs_code: Some(detail),
            reasoning: Some(found.reasoning),
            decision_tree: found.decision_tree.into_iter().map(decision_step).collect(),
            alternative_codes: found.alternatives.into_iter().filter_map(alternative).collect(),
        },
    })
}

fn decision_step(step: engine::Step) -> DecisionStep {
    DecisionStep { level: level(step.level), code: step.code, description: Some(step.label) }
}

fn level(level: nomenclature::Level) -> Level {
    match level {
        nomenclature::Level::Section => Level::Section,
        nomenclature::Level::Chapter => Level::Chapter,
        nomenclature::Level::Heading => Level::Heading,
        nomenclature::Level::Subheading => Level::Subheading,
    }
}

fn alternative(alternative: engine::Alternative) -> Option<AlternativeCode> {
    Some(AlternativeCode {
        code: alternative.code.parse().ok()?,
        description: Some(alternative.label),
        reasoning: Some(alternative.reasoning),
    })
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
            "None of these words leads to a heading of the tariff. Say what the product is, what it is made of and what it is for. The credit was given back."
        }
        Language::Nl => {
            "Geen van deze woorden leidt naar een post van het tarief. Zeg wat het product is, waarvan het is gemaakt en waarvoor het dient. Het credit is teruggegeven."
        }
    }
}
