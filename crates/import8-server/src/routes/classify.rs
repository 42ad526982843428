//! Routes of `POST /v1/classify`, `POST /v1/classify/batch` and `GET /v1/classify/batch/{batch_id}`.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use import8_api::{
    Accepted, BatchAccepted, BatchItem, BatchRequest, BatchResult, BatchStatus, ClassifyRequest, Envelope,
    HsCode, Images, Status, schema,
};
use serde::Deserialize;
use sqlx::SqliteConnection;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::columns::{column, confidence, decided, json};
use super::envelope::with_usage;
use super::extract::{Authenticated, Body, IdempotencyHeader, Query, Segment, asked_language};
use crate::clock::Instant;
use crate::credits;
use crate::engine::detect_language;
use crate::error::ApiError;
use crate::idempotency::{self, Answer, IdempotencyKey};
use crate::images::{Image, MAX_KEPT_BYTES};
use crate::language::Language;
use crate::outcome::ClassificationOutcome;
use crate::search_index;
use crate::state::Api;

/// The most characters of a product's summary in a list.
const SUMMARY_CHARS: usize = 160;

const QUEUED: &str =
    "Classification queued. Poll GET /v1/classifications/{id} for its result, or configure a webhook.";

pub(super) fn router() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(classify))
        .routes(routes!(classify_batch))
        .routes(routes!(batch_status))
}

/// Queue a product. It costs one credit, which is given back if the classification fails.
#[utoipa::path(
    post,
    path = "/v1/classify",
    tag = "classification",
    request_body = schema::Product,
    params(IdempotencyHeader),
    responses((status = 202, description = "Queued.", body = Envelope<Accepted>))
)]
async fn classify(
    State(api): State<Api>,
    Authenticated(caller): Authenticated,
    headers: HeaderMap,
    key: IdempotencyKey,
    Body(request, bytes): Body<ClassifyRequest>,
) -> Result<axum::response::Response, ApiError> {
    let product = Product::new(request, asked_language(&headers))?;
    let organization = caller.organization_id;
    let answer = idempotency::once(&api, organization, key, &bytes, move |tx| {
        Box::pin(async move {
            let id = accept(tx, organization, &product, None).await?;
            let credits = credits::remaining(&mut *tx, organization).await?;
            let accepted = Accepted { id, status: Status::Pending, message: Some(QUEUED.to_owned()) };
            Answer::new(StatusCode::ACCEPTED, &with_usage(accepted, credits))
        })
    })
    .await?;
    api.wake.notify_one();
    Ok(answer)
}

/// Queue up to 100 products: all are accepted, or none. A batch with more items than there are credits is refused.
#[utoipa::path(
    post,
    path = "/v1/classify/batch",
    tag = "classification",
    request_body = BatchRequest,
    params(IdempotencyHeader),
    responses((status = 202, description = "Queued, with identifiers in the order of the items.", body = Envelope<BatchAccepted>))
)]
async fn classify_batch(
    State(api): State<Api>,
    Authenticated(caller): Authenticated,
    headers: HeaderMap,
    key: IdempotencyKey,
    Body(request, bytes): Body<BatchRequest>,
) -> Result<axum::response::Response, ApiError> {
    request.validate()?;
    let asked = asked_language(&headers);
    let items = request.items.into_iter().enumerate();
    let products: Vec<_> = items
        .map(|(i, item)| Product::new(item, asked).map_err(|error| error.within(&format!("items[{i}]"))))
        .collect::<Result<_, _>>()?;
    let organization = caller.organization_id;
    let answer = idempotency::once(&api, organization, key, &bytes, move |tx| {
        Box::pin(async move {
            let accepted = accept_batch(tx, organization, &products).await?;
            let credits = credits::remaining(&mut *tx, organization).await?;
            Answer::new(StatusCode::ACCEPTED, &with_usage(accepted, credits))
        })
    })
    .await?;
    api.wake.notify_one();
    Ok(answer)
}

#[derive(sqlx::FromRow)]
struct BatchRow {
    seq: i64,
    total: i64,
}

#[derive(sqlx::FromRow)]
struct ItemRow {
    id: String,
    status: String,
    hs_code: Option<String>,
    /// `None` if the request did not ask for results.
    outcome: Option<String>,
    confidence: Option<u8>,
    decided_code: Option<String>,
    completed_at: Option<Instant>,
    reviewed_at: Option<Instant>,
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct Wanted {
    /// An extension: whether to include the results of the items.
    results: Option<bool>,
}

/// The progress of a batch, item by item.
#[utoipa::path(
    get,
    path = "/v1/classify/batch/{batch_id}",
    tag = "classification",
    params(("batch_id" = String, Path, description = "The identifier of the batch."), Wanted),
    responses((status = 200, description = "The batch with its items, in order.", body = Envelope<BatchStatus>))
)]
async fn batch_status(
    State(api): State<Api>,
    Authenticated(caller): Authenticated,
    Segment(batch_id): Segment,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Envelope<BatchStatus>>, ApiError> {
    let wants_results = wanted.results.unwrap_or_default();
    let readers = api.database.readers();
    let batch: BatchRow =
        sqlx::query_as("SELECT seq, total FROM batches WHERE id = $1 AND organization_id = $2")
            .bind(&batch_id)
            .bind(caller.organization_id)
            .fetch_optional(readers)
            .await?
            .ok_or(ApiError::NotFound("Batch"))?;
    let rows: Vec<ItemRow> = sqlx::query_as(
        "SELECT id, status, hs_code, confidence, decided_code, completed_at,
            (SELECT feedback.created_at FROM feedback WHERE classification_seq = classifications.seq)
                AS reviewed_at,
            CASE WHEN $2 THEN outcome END AS outcome
         FROM classifications WHERE batch_seq = $1 ORDER BY seq",
    )
    .bind(batch.seq)
    .bind(wants_results)
    .fetch_all(readers)
    .await?;
    let items = rows.into_iter().map(|row| row.into_item(wants_results));
    let classifications = items.collect::<sqlx::Result<Vec<_>>>()?;
    let with = |status: Status| classifications.iter().filter(|item| item.status == status).count() as u64;
    let credits = credits::remaining(readers, caller.organization_id).await?;
    Ok(Json(with_usage(
        BatchStatus {
            batch_id,
            total: batch.total.unsigned_abs(),
            completed: with(Status::Completed),
            pending: with(Status::Pending),
            failed: with(Status::Failed),
            classifications,
        },
        credits,
    )))
}

impl ItemRow {
    fn into_item(self, wants_result: bool) -> sqlx::Result<BatchItem> {
        let hs_code: Option<HsCode> = self.hs_code.as_deref().map(column).transpose()?;
        let outcome: Option<ClassificationOutcome> = self.outcome.as_deref().map(json).transpose()?;
        let confidence = confidence(self.confidence)?;
        let result = outcome.filter(|_| wants_result).map(|outcome| BatchResult {
            hs_code: outcome.hs_code,
            confidence,
            reasoning: outcome.reasoning,
            landed_cost: outcome.landed_cost,
        });
        let decided = decided(self.decided_code.as_deref(), self.reviewed_at, self.completed_at)?;
        Ok(BatchItem { id: self.id, status: column(&self.status)?, hs_code, decided, result })
    }
}

/// A checked product whose pictures were decoded and taken out of the request.
struct Product {
    request: ClassifyRequest,
    images: Vec<Image>,
    language: Language,
}

impl Product {
    fn new(mut request: ClassifyRequest, asked: Option<Language>) -> Result<Self, ApiError> {
        request.validate()?;
        let data = request.image_base64.take();
        let data = data.as_ref().map(Images::as_slice).unwrap_or_default();
        let images = data.iter().map(|base64| Image::from_base64(base64)).collect::<Result<_, _>>();
        let images = images.map_err(|problem| ApiError::invalid("image_base64", problem))?;
        let words = request.description.as_deref().unwrap_or_default();
        let language = asked.unwrap_or_else(|| detect_language(words));
        Ok(Self { request, images, language })
    }
}

async fn accept_batch(
    tx: &mut SqliteConnection,
    organization: i64,
    products: &[Product],
) -> Result<BatchAccepted, ApiError> {
    let batch_id = format!("batch_{}", uuid::Uuid::new_v4().simple());
    let total = products.len();
    let batch: i64 = sqlx::query_scalar(
        "INSERT INTO batches (id, organization_id, total, created_at) VALUES ($1, $2, $3, $4) RETURNING seq",
    )
    .bind(&batch_id)
    .bind(organization)
    .bind(i64::try_from(total).unwrap_or(i64::MAX))
    .bind(Instant::now())
    .fetch_one(&mut *tx)
    .await?;
    let mut classification_ids = Vec::with_capacity(total);
    for product in products {
        classification_ids.push(accept(tx, organization, product, Some(batch)).await?);
    }
    Ok(BatchAccepted { batch_id, total: total as u64, classification_ids })
}

/// Takes a credit and queues the product in the caller's transaction, so that both happen or neither. Returns the
/// identifier of the classification.
async fn accept(
    tx: &mut SqliteConnection,
    organization: i64,
    product: &Product,
    batch: Option<i64>,
) -> Result<String, ApiError> {
    let now = Instant::now();
    let balance = credits::take(tx, organization, now).await?;
    credits::count_usage(tx, organization, now).await?;
    let number: i64 = sqlx::query_scalar(
        "UPDATE organizations SET classification_count = classification_count + 1
         WHERE id = $1 RETURNING classification_count",
    )
    .bind(organization)
    .fetch_one(&mut *tx)
    .await?;
    let id = uuid::Uuid::new_v4().to_string();
    let summary = summary(&product.request);
    let seq: i64 = sqlx::query_scalar(
        "INSERT INTO classifications
            (id, organization_id, number, balance_id, batch_seq, status, request, language, product_summary, created_at)
         VALUES ($1, $2, $3, $4, $5, 'pending', $6, $7, $8, $9) RETURNING seq",
    )
    .bind(&id)
    .bind(organization)
    .bind(number)
    .bind(balance)
    .bind(batch)
    .bind(serde_json::to_string(&product.request).map_err(|error| sqlx::Error::Encode(error.into()))?)
    .bind(product.language.as_str())
    .bind(&summary)
    .bind(now)
    .fetch_one(&mut *tx)
    .await?;
    search_index::add(tx, seq, organization, &summary).await?;
    keep_images(tx, organization, seq, &product.images).await?;
    Ok(id)
}

async fn keep_images(
    tx: &mut SqliteConnection,
    organization: i64,
    classification: i64,
    images: &[Image],
) -> Result<(), ApiError> {
    if images.is_empty() {
        return Ok(());
    }
    let bytes: usize = images.iter().map(|image| image.bytes.len()).sum();
    sqlx::query(
        "UPDATE organizations SET image_bytes = image_bytes + $2
         WHERE id = $1 AND image_bytes + $2 <= $3 RETURNING id",
    )
    .bind(organization)
    .bind(i64::try_from(bytes).unwrap_or(i64::MAX))
    .bind(MAX_KEPT_BYTES)
    .fetch_optional(&mut *tx)
    .await?
    .ok_or_else(|| {
        ApiError::invalid("image_base64", "this server keeps no more pictures for this organisation")
    })?;
    for (position, image) in (1_i64..).zip(images) {
        sqlx::query(
            "INSERT INTO images (classification_seq, position, media_type, bytes) VALUES ($1, $2, $3, $4)",
        )
        .bind(classification)
        .bind(position)
        .bind(image.media_type)
        .bind(&image.bytes)
        .execute(&mut *tx)
        .await?;
    }
    Ok(())
}
/// The summary of a product: its description in one line, shortened.
fn summary(request: &ClassifyRequest) -> String {
    let words = request.description.as_deref().unwrap_or_default();
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(SUMMARY_CHARS) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_is_one_short_line() {
        let summary_of = |text: &str| {
            summary(&ClassifyRequest { description: Some(text.to_owned()), ..Default::default() })
        };
        assert_eq!(summary_of(" Steel\n\tbottle  "), "Steel bottle");
        assert_eq!(summary_of(&"é".repeat(161)), format!("{}…", "é".repeat(160)));
        assert_eq!(summary(&ClassifyRequest::default()), "");
    }
}
