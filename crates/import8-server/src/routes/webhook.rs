//! Routes of `PUT` and `DELETE /v1/webhook`; as extensions, `GET /v1/webhook` and `GET /v1/webhook/deliveries`.

use std::collections::HashMap;

use axum::Json;
use axum::extract::State;
use import8_api::{
    Delivery, DeliveryAttempt, Envelope, Removed, Webhook, WebhookRequest, WebhookSecret, WebhookSet,
};
use sqlx::SqlitePool;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::columns::column;
use super::envelope::without_usage;
use super::extract::{Authenticated, Body};
use crate::clock::Instant;
use crate::error::ApiError;
use crate::state::Api;
use crate::webhooks;

/// The most deliveries in an answer: the newest.
const DELIVERIES: i64 = 50;

/// The most attempts of each delivery in an answer: the latest.
const ATTEMPTS: i64 = 10;

pub(super) fn router() -> OpenApiRouter<Api> {
    OpenApiRouter::new().routes(routes!(show, set, remove)).routes(routes!(deliveries))
}

/// Show the webhook without its secret. An extension.
#[utoipa::path(
    get,
    operation_id = "show_webhook",
    path = "/v1/webhook",
    tag = "extensions",
    responses((status = 200, description = "The webhook.", body = Envelope<Webhook>))
)]
async fn show(
    State(api): State<Api>,
    Authenticated(caller): Authenticated,
) -> Result<Json<Envelope<Webhook>>, ApiError> {
    let row: Option<(String, Instant)> =
        sqlx::query_as("SELECT url, created_at FROM webhooks WHERE organization_id = $1")
            .bind(caller.organization_id)
            .fetch_optional(api.database.readers())
            .await?;
    let (url, created_at) = row.map(|(url, since)| (url, since.rfc3339())).unzip();
    Ok(Json(without_usage(Webhook { url, created_at })))
}

/// Set the webhook. Only this answer contains the secret; each call makes a new one.
#[utoipa::path(
    put,
    path = "/v1/webhook",
    tag = "webhook",
    request_body = WebhookRequest,
    responses((status = 200, description = "Set. Contains the new secret.", body = Envelope<WebhookSet>))
)]
async fn set(
    State(api): State<Api>,
    Authenticated(caller): Authenticated,
    Body(request, _): Body<WebhookRequest>,
) -> Result<Json<Envelope<WebhookSet>>, ApiError> {
    request.validate()?;
    let url = api.guard.check(&request.url);
    // In normal form, as deliveries use it: scheme and host in lower case, and the host in ASCII.
    let url = url.map_err(|forbidden| ApiError::invalid("url", forbidden))?.to_string();
    let secret = webhooks::new_secret();
    let row = (caller.organization_id, url.clone(), secret.clone());
    api.database
        .write::<_, ApiError, _>(move |tx| {
            Box::pin(async move {
                sqlx::query(
                    "INSERT INTO webhooks (organization_id, url, secret, created_at) VALUES ($1, $2, $3, $4)
                     ON CONFLICT (organization_id) DO UPDATE
                     SET url = excluded.url, secret = excluded.secret, created_at = excluded.created_at",
                )
                .bind(row.0)
                .bind(row.1)
                .bind(row.2)
                .bind(Instant::now())
                .execute(tx)
                .await?;
                Ok(())
            })
        })
        .await?;
    Ok(Json(without_usage(WebhookSet { url, secret: Some(WebhookSecret(secret)) })))
}

/// Remove the webhook. Deliveries that wait are abandoned.
#[utoipa::path(
    delete,
    path = "/v1/webhook",
    tag = "webhook",
    responses((status = 200, description = "Removed, or there was none.", body = Removed))
)]
async fn remove(
    State(api): State<Api>,
    Authenticated(caller): Authenticated,
) -> Result<Json<Removed>, ApiError> {
    api.database
        .write::<_, ApiError, _>(move |tx| {
            Box::pin(async move {
                sqlx::query("DELETE FROM webhooks WHERE organization_id = $1")
                    .bind(caller.organization_id)
                    .execute(&mut *tx)
                    .await?;
                sqlx::query(
                    "UPDATE deliveries INDEXED BY deliveries_waiting
                     SET state = 'abandoned', next_attempt_at = NULL
                     WHERE organization_id = $1 AND state = 'waiting'",
                )
                .bind(caller.organization_id)
                .execute(tx)
                .await?;
                Ok(())
            })
        })
        .await?;
    Ok(Json(Removed { success: true, message: "Webhook removed.".to_owned() }))
}

#[derive(sqlx::FromRow)]
struct DeliveryRow {
    seq: i64,
    id: String,
    classification_id: String,
    event: String,
    state: String,
    attempts: i64,
    next_attempt_at: Option<Instant>,
    created_at: Instant,
}

#[derive(sqlx::FromRow)]
struct AttemptRow {
    delivery_seq: i64,
    number: i64,
    url: String,
    status: Option<u16>,
    error: Option<String>,
    milliseconds: i64,
    attempted_at: Instant,
}

/// List the latest deliveries, newest first, with their latest attempts. An extension.
#[utoipa::path(
    get,
    path = "/v1/webhook/deliveries",
    tag = "extensions",
    responses((status = 200, description = "The latest deliveries, at most 50.", body = Envelope<Vec<Delivery>>))
)]
async fn deliveries(
    State(api): State<Api>,
    Authenticated(caller): Authenticated,
) -> Result<Json<Envelope<Vec<Delivery>>>, ApiError> {
    let readers = api.database.readers();
    let rows: Vec<DeliveryRow> = sqlx::query_as(
        "SELECT deliveries.seq, deliveries.id, classifications.id AS classification_id, event, state, attempts,
            next_attempt_at, deliveries.created_at
         FROM deliveries JOIN classifications ON classifications.seq = classification_seq
         WHERE deliveries.organization_id = $1 ORDER BY deliveries.seq DESC LIMIT $2",
    )
    .bind(caller.organization_id)
    .bind(DELIVERIES)
    .fetch_all(readers)
    .await?;
    let mut attempts = attempts(readers, caller.organization_id, rows.last().map(|row| row.seq)).await?;
    let with_attempts = |row: DeliveryRow| {
        let attempts = attempts.remove(&row.seq).unwrap_or_default();
        row.into_delivery(attempts)
    };
    let deliveries = rows.into_iter().map(with_attempts).collect::<sqlx::Result<_>>()?;
    Ok(Json(without_usage(deliveries)))
}

/// The latest attempts of the deliveries from `oldest` on, oldest first.
async fn attempts(
    readers: &SqlitePool,
    organization: i64,
    oldest: Option<i64>,
) -> sqlx::Result<HashMap<i64, Vec<DeliveryAttempt>>> {
    let rows: Vec<AttemptRow> = sqlx::query_as(
        "SELECT delivery_seq, number, url, delivery_attempts.status, error, milliseconds, attempted_at
         FROM delivery_attempts JOIN deliveries ON deliveries.seq = delivery_seq
         WHERE organization_id = $1 AND delivery_seq >= $2 AND number > attempts - $3
         ORDER BY delivery_seq, number",
    )
    .bind(organization)
    .bind(oldest.unwrap_or(i64::MAX))
    .bind(ATTEMPTS)
    .fetch_all(readers)
    .await?;
    let mut attempts: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        attempts.entry(row.delivery_seq).or_default().push(row.into_attempt());
    }
    Ok(attempts)
}

impl DeliveryRow {
    fn into_delivery(self, attempts: Vec<DeliveryAttempt>) -> sqlx::Result<Delivery> {
        Ok(Delivery {
            id: self.id,
            event: column(&self.event)?,
            classification_id: self.classification_id,
            state: column(&self.state)?,
            created_at: self.created_at.rfc3339(),
            next_attempt_at: self.next_attempt_at.map(Instant::rfc3339),
            attempt_count: self.attempts.unsigned_abs(),
            attempts,
        })
    }
}

impl AttemptRow {
    fn into_attempt(self) -> DeliveryAttempt {
        DeliveryAttempt {
            number: self.number.unsigned_abs(),
            attempted_at: self.attempted_at.rfc3339(),
            url: self.url,
            status: self.status,
            error: self.error,
            milliseconds: self.milliseconds.unsigned_abs(),
        }
    }
}
