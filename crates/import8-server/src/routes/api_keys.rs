//! Routes of `/v1/api-keys`: list, create and revoke keys. An extension: the vendor's keys are made in its account
//! pages.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use import8_api::{Envelope, KeyInfo, KeyMade, KeyRequest, KeySecret, Removed};
use serde::Deserialize;
use sqlx::SqliteConnection;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::envelope::without_usage;
use super::extract::{Authenticated, Body, IdempotencyHeader, Query, Segment, parameter};
use crate::clock::Instant;
use crate::error::ApiError;
use crate::idempotency::{self, Answer, IdempotencyKey};
use crate::keys::{self, Caller, NewKey, PREFIX};
use crate::state::Api;

pub(super) fn router() -> OpenApiRouter<Api> {
    OpenApiRouter::new().routes(routes!(list, make)).routes(routes!(revoke))
}

#[derive(sqlx::FromRow)]
struct KeyRow {
    id: i64,
    name: String,
    last_four: String,
    created_at: Instant,
    last_used_at: Option<Instant>,
}

impl KeyRow {
    fn into_info(self, caller: &Caller) -> KeyInfo {
        KeyInfo {
            id: self.id.to_string(),
            name: self.name,
            prefix: PREFIX.to_owned(),
            last_four: self.last_four,
            created_at: self.created_at.rfc3339(),
            last_used_at: self.last_used_at.map(Instant::rfc3339),
            current: self.id == caller.key_id,
        }
    }
}

/// List the organisation's keys without their secrets, oldest first.
#[utoipa::path(
    get,
    operation_id = "list_keys",
    path = "/v1/api-keys",
    tag = "extensions",
    responses((status = 200, description = "The keys.", body = Envelope<Vec<KeyInfo>>))
)]
async fn list(
    State(api): State<Api>,
    Authenticated(caller): Authenticated,
) -> Result<Json<Envelope<Vec<KeyInfo>>>, ApiError> {
    let rows: Vec<KeyRow> = sqlx::query_as(
        "SELECT id, name, last_four, created_at, last_used_at FROM api_keys WHERE organization_id = $1 ORDER BY id",
    )
    .bind(caller.organization_id)
    .fetch_all(api.database.readers())
    .await?;
    let latest = |mut row: KeyRow| {
        row.last_used_at = api.keys.last_used(row.id).max(row.last_used_at);
        row.into_info(&caller)
    };
    Ok(Json(without_usage(rows.into_iter().map(latest).collect())))
}

/// Create a key. Only this answer contains the secret; the answer to a repeated request does not.
#[utoipa::path(
    post,
    path = "/v1/api-keys",
    tag = "extensions",
    request_body = KeyRequest,
    params(IdempotencyHeader),
    responses((status = 201, description = "Created. Contains the secret.", body = Envelope<KeyMade>))
)]
async fn make(
    State(api): State<Api>,
    Authenticated(caller): Authenticated,
    key: IdempotencyKey,
    Body(request, bytes): Body<KeyRequest>,
) -> Result<Response, ApiError> {
    request.validate()?;
    let name = request.name.trim().to_owned();
    idempotency::once(&api, caller.organization_id, key, &bytes, move |tx| {
        Box::pin(async move {
            let (key, secret) = insert(tx, &caller, &name).await?;
            let shown = KeyMade { key, secret: Some(KeySecret(secret.reveal().to_owned())) };
            let kept = KeyMade { key: shown.key.clone(), secret: None };
            Answer::new(StatusCode::CREATED, &without_usage(shown))?.keeping(&without_usage(kept))
        })
    })
    .await
}

async fn insert(
    tx: &mut SqliteConnection,
    caller: &Caller,
    name: &str,
) -> Result<(KeyInfo, NewKey), ApiError> {
    let secret = NewKey::random();
    let now = Instant::now();
    let id = keys::insert_another(tx, caller.organization_id, name, &secret, now).await?;
    let row = KeyRow {
        id,
        name: name.to_owned(),
        last_four: secret.last_four().to_owned(),
        created_at: now,
        last_used_at: None,
    };
    Ok((row.into_info(caller), secret))
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct Confirmation {
    /// `true` to revoke the key of this request, which then no longer works.
    #[serde(default)]
    #[param(value_type = bool, required = false)]
    confirm: Option<String>,
}

/// Revoke a key. It no longer works once this is answered.
#[utoipa::path(
    delete,
    path = "/v1/api-keys/{id}",
    tag = "extensions",
    params(("id" = String, Path, description = "The identifier of the key."), Confirmation),
    responses((status = 200, description = "Revoked.", body = Removed))
)]
async fn revoke(
    State(api): State<Api>,
    Authenticated(caller): Authenticated,
    Segment(id): Segment,
    Query(confirmation): Query<Confirmation>,
) -> Result<Json<Removed>, ApiError> {
    let confirmed = parameter("confirm", confirmation.confirm, "true or false")?.unwrap_or(false);
    let id: i64 = id.parse().map_err(|_| ApiError::NotFound("API key"))?;
    if id == caller.key_id && !confirmed {
        let message = "This is the key of this request. Add ?confirm=true to revoke it all the same.";
        return Err(ApiError::invalid_request(message));
    }
    // In a task of its own, because a client that disconnects must not keep a revoked key in the cache.
    let revoked = tokio::spawn(async move {
        let removed = delete(&api, id, caller.organization_id).await;
        // After an error the key may be revoked all the same.
        if !matches!(removed, Ok(0)) {
            api.keys.forget(id);
        }
        removed
    });
    if revoked.await.map_err(|_| sqlx::Error::WorkerCrashed)?? == 0 {
        return Err(ApiError::NotFound("API key"));
    }
    Ok(Json(Removed { success: true, message: "API key revoked.".to_owned() }))
}

async fn delete(api: &Api, id: i64, organization: i64) -> sqlx::Result<u64> {
    api.database
        .write(move |tx| {
            Box::pin(async move {
                let delete = sqlx::query("DELETE FROM api_keys WHERE id = $1 AND organization_id = $2");
                let removed = delete.bind(id).bind(organization).execute(tx).await?;
                sqlx::Result::Ok(removed.rows_affected())
            })
        })
        .await
}
