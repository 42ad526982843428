//! Routes of one classification: `GET /v1/classifications/{id}`, its pictures, and `POST …/feedback`.

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use import8_api::{
    AiUsage, Classification, ClassifyRequest, DecidedBy, DecidedCode, Envelope, Feedback, FeedbackStatus,
    HsCode, Image, Reviewed, Verdict, schema,
};
use serde::Deserialize;
use sqlx::SqliteConnection;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::columns::{at_stake, column, confidence, json};
use super::envelope::with_usage;
use super::extract::{Authenticated, Body, IdempotencyHeader, Segment, asked_language};
use crate::clock::Instant;
use crate::credits;
use crate::error::ApiError;
use crate::exchange_rate_store::{RatesOfMonth, rates_on};
use crate::idempotency::{self, Answer, IdempotencyKey};
use crate::language::Language;
use crate::outcome::{ClassificationOutcome, decided_costs};
use crate::state::Api;
use crate::tariff::Tariff;

pub(super) fn router() -> OpenApiRouter<Api> {
    OpenApiRouter::new().routes(routes!(show)).routes(routes!(image)).routes(routes!(review))
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    status: String,
    request: String,
    language: String,
    product_summary: String,
    confidence: Option<u8>,
    created_at: Instant,
    completed_at: Option<Instant>,
    at_stake_cents: Option<i64>,
    at_stake_currency: Option<String>,
    outcome: Option<String>,
    batch_id: Option<String>,
    feedback_status: Option<String>,
    corrected_code: Option<String>,
    reviewed_at: Option<Instant>,
    /// A JSON list of [`ImageRow`].
    images: String,
    credits: i64,
}

#[derive(Deserialize)]
struct ImageRow {
    position: i64,
    media_type: String,
    bytes: u64,
}

/// Show a classification. Poll it until its status is `completed` or `failed`.
#[utoipa::path(
    get,
    operation_id = "show_classification",
    path = "/v1/classifications/{id}",
    tag = "classification",
    params(("id" = String, Path, description = "The identifier of the classification.")),
    responses((status = 200, description = "The classification, with its result once it has ended.", body = Envelope<Classification>))
)]
async fn show(
    State(api): State<Api>,
    Authenticated(caller): Authenticated,
    headers: HeaderMap,
    Segment(id): Segment,
) -> Result<Json<Envelope<Classification>>, ApiError> {
    // One statement, because polls are the most frequent requests.
    let row: Row = sqlx::query_as(concat!(
        "SELECT classifications.id, classifications.status,
            json_remove(request, '$.image_base64') AS request, language, product_summary,
            confidence, classifications.created_at, completed_at, at_stake_cents, at_stake_currency, outcome,
            batches.id AS batch_id,
            feedback.status AS feedback_status, corrected_code, feedback.created_at AS reviewed_at,
            (SELECT json_group_array(json_object(
                'position', position, 'media_type', media_type, 'bytes', length(bytes)
             ) ORDER BY position) FROM images WHERE images.classification_seq = classifications.seq) AS images, ",
        credits::remaining_sql!(),
        " AS credits
         FROM classifications
         LEFT JOIN batches ON batches.seq = batch_seq
         LEFT JOIN feedback ON classification_seq = classifications.seq
         WHERE classifications.id = $3 AND classifications.organization_id = $1",
    ))
    .bind(caller.organization_id)
    .bind(Instant::now())
    .bind(id)
    .fetch_optional(api.database.readers())
    .await?
    .ok_or_else(not_found)?;
    let credits = row.credits.unsigned_abs();
    let rates = rates_on(api.database.readers(), Instant::now().day_in_brussels()).await?;
    let classification = row.into_classification(&api.tariff(), &rates, asked_language(&headers))?;
    Ok(Json(with_usage(classification, credits)))
}

fn not_found() -> ApiError {
    ApiError::NotFound("Classification")
}

impl Row {
    /// The stored classification. Its texts are in the language of its request; the costs of a decided code are
    /// computed for each reader, in the language `asked` if there is one.
    fn into_classification(
        self,
        tariff: &Tariff,
        rates: &RatesOfMonth,
        asked: Option<Language>,
    ) -> sqlx::Result<Classification> {
        let images: Vec<ImageRow> = json(&self.images)?;
        let outcome: Option<ClassificationOutcome> = self.outcome.as_deref().map(json).transpose()?;
        let outcome = outcome.unwrap_or_default();
        let input: ClassifyRequest = json(&self.request)?;
        let feedback = self.verdict()?;
        let completed_at = self.completed_at.map(Instant::rfc3339);
        let answered = outcome.decided_code();
        let decided = DecidedCode::new(answered, completed_at.as_deref(), feedback.as_ref());
        let by_person = decided.as_ref().filter(|decided| decided.by == DecidedBy::Person);
        let other = by_person.map(|decided| decided.code).filter(|code| answered != Some(*code));
        let language = asked.or_else(|| Language::from_code(&self.language)).unwrap_or(Language::En);
        let decided_costs = other.map(|code| decided_costs(&input, code, tariff, rates, language));
        let image = |image: ImageRow| Image {
            path: format!("/v1/classifications/{}/images/{}", self.id, image.position),
            media_type: image.media_type,
            bytes: image.bytes,
        };
        Ok(Classification {
            images: images.into_iter().map(image).collect(),
            id: self.id,
            status: column(&self.status)?,
            source: Some("api".to_owned()),
            created_at: Some(self.created_at.rfc3339()),
            hs_code: outcome.hs_code,
            confidence: confidence(self.confidence)?,
            reasoning: outcome.reasoning,
            decision_tree: outcome.decision_tree,
            alternative_codes: outcome.alternative_codes,
            product_summary: Some(self.product_summary).filter(|summary| !summary.is_empty()),
            // The engine uses no language model.
            ai_usage: Some(AiUsage::NONE),
            completed_at,
            landed_cost: outcome.landed_cost,
            landed_cost_unavailable: outcome.landed_cost_unavailable,
            at_stake: at_stake(self.at_stake_cents, self.at_stake_currency),
            input: Some(input),
            batch_id: self.batch_id,
            feedback,
            decided,
            decided_costs,
        })
    }

    fn verdict(&self) -> sqlx::Result<Option<Verdict>> {
        let (Some(status), Some(at)) = (&self.feedback_status, self.reviewed_at) else { return Ok(None) };
        Ok(Some(Verdict {
            status: column(status)?,
            corrected_code: self.corrected_code.as_deref().map(column).transpose()?,
            created_at: at.rfc3339(),
        }))
    }
}

/// Show a picture of a classification, as it was sent. An extension.
#[utoipa::path(
    get,
    path = "/v1/classifications/{id}/images/{position}",
    tag = "extensions",
    params(
        ("id" = String, Path, description = "The identifier of the classification."),
        ("position" = u32, Path, description = "The number of the picture, from 1.", minimum = 1),
    ),
    responses((status = 200, description = "The picture.", body = schema::File, content_type = "image/*"))
)]
async fn image(
    State(api): State<Api>,
    Authenticated(caller): Authenticated,
    path: Result<Path<(String, i64)>, PathRejection>,
) -> Result<Response, ApiError> {
    let Path((id, position)) = path.map_err(|_| ApiError::NotFound("Image"))?;
    let image: Option<(String, Vec<u8>)> = sqlx::query_as(
        "SELECT media_type, bytes FROM images JOIN classifications ON seq = classification_seq
         WHERE id = $1 AND organization_id = $2 AND position = $3",
    )
    .bind(id)
    .bind(caller.organization_id)
    .bind(position)
    .fetch_optional(api.database.readers())
    .await?;
    let (media_type, bytes) = image.ok_or(ApiError::NotFound("Image"))?;
    let media_type = HeaderValue::from_str(&media_type).map_err(|error| sqlx::Error::Decode(error.into()))?;
    Ok(([(header::CONTENT_TYPE, media_type)], bytes).into_response())
}

#[derive(sqlx::FromRow)]
struct Reviewable {
    seq: i64,
    status: String,
    /// The classifier's code with all known digits.
    answered: Option<String>,
}

/// Confirm a code, or give the right one. A second verdict replaces the first.
#[utoipa::path(
    post,
    path = "/v1/classifications/{id}/feedback",
    tag = "classification",
    request_body = Feedback,
    params(("id" = String, Path, description = "The identifier of the classification."), IdempotencyHeader),
    responses((status = 200, description = "Stored.", body = Envelope<Reviewed>))
)]
async fn review(
    State(api): State<Api>,
    Authenticated(caller): Authenticated,
    Segment(id): Segment,
    key: IdempotencyKey,
    Body(feedback, bytes): Body<Feedback>,
) -> Result<Response, ApiError> {
    feedback.validate()?;
    // A code beside a confirmation is ignored.
    let corrected = feedback.corrected_code.filter(|_| feedback.status == FeedbackStatus::Corrected);
    let tariff = api.tariff();
    if let Some(code) = corrected {
        check_correction(&tariff, code)?;
    }
    let corrected_code_known = corrected.map(|code| tariff.knows(code));
    let organization = caller.organization_id;
    idempotency::once(&api, organization, key, &bytes, move |tx| {
        Box::pin(async move {
            let verdict = keep_verdict(tx, organization, &id, feedback.status, corrected).await?;
            let credits = credits::remaining(&mut *tx, organization).await?;
            let reviewed = Reviewed { id, feedback: verdict, corrected_code_known };
            Answer::new(StatusCode::OK, &with_usage(reviewed, credits))
        })
    })
    .await
}

/// Checks the code of a correction: it has at least six digits and may exist. It need not be in the tariff, which is
/// incomplete.
fn check_correction(tariff: &Tariff, code: HsCode) -> Result<(), ApiError> {
    let fault = match code.digit_count() {
        ..6 => "must have at least six digits",
        _ if !tariff.may_exist(code) => "the Harmonized System has no such heading",
        _ => return Ok(()),
    };
    Err(ApiError::invalid("corrected_code", fault))
}

async fn keep_verdict(
    tx: &mut SqliteConnection,
    organization: i64,
    id: &str,
    status: FeedbackStatus,
    corrected: Option<HsCode>,
) -> Result<Verdict, ApiError> {
    let row: Reviewable = sqlx::query_as(
        "SELECT seq, status, COALESCE(REPLACE(json_extract(outcome, '$.hs_code.code_10'), '.', ''), hs_code)
                AS answered
             FROM classifications WHERE id = $1 AND organization_id = $2",
    )
    .bind(id)
    .bind(organization)
    .fetch_optional(&mut *tx)
    .await?
    .ok_or_else(not_found)?;
    if status == FeedbackStatus::Confirmed && row.status != "completed" {
        return Err(ApiError::invalid("status", "there is no code to confirm"));
    }
    if row.status == "pending" {
        return Err(ApiError::invalid("status", "the classification is still pending"));
    }
    let now = Instant::now();
    sqlx::query("DELETE FROM feedback WHERE classification_seq = $1").bind(row.seq).execute(&mut *tx).await?;
    sqlx::query(
        "INSERT INTO feedback (classification_seq, status, corrected_code, created_at) VALUES ($1, $2, $3, $4)",
    )
    .bind(row.seq)
    .bind(status.as_str())
    .bind(corrected.as_ref().map(HsCode::bare))
    .bind(now)
    .execute(&mut *tx)
    .await?;
    sqlx::query("UPDATE classifications SET reviewed = 1, decided_code = $2 WHERE seq = $1")
        .bind(row.seq)
        .bind(corrected.as_ref().map_or(row.answered.as_deref(), |code| Some(code.bare())))
        .execute(tx)
        .await?;
    Ok(Verdict { status, corrected_code: corrected, created_at: now.rfc3339() })
}
