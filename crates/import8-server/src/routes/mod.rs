//! The endpoints, a module for each group of the documentation.

mod account;
mod classifications;
mod classify;

use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use import8_api::{CreditUsage, Envelope, decode};
use serde::de::DeserializeOwned;
use sqlx::SqliteExecutor;

use crate::app::Api;
use crate::clock::Instant;
use crate::error::ApiError;
use crate::keys::Caller;

/// All endpoints.
pub fn router() -> Router<Api> {
    account::router().merge(classify::router()).merge(classifications::router())
}

/// The caller of an endpoint that needs a key.
struct Authenticated(Caller);

impl<S: Sync> FromRequestParts<S> for Authenticated {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        parts.extensions.get().copied().map(Self).ok_or(ApiError::Unauthorized)
    }
}

/// A JSON body of the contract. What is wrong with it is a 422 that names the field.
struct Body<T>(T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        // A page of another origin can send any body without asking first, but not as JSON.
        let is_json = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| {
                value.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/json")
            });
        if !is_json {
            return Err(ApiError::Invalid("Send the body as Content-Type: application/json.".to_owned()));
        }
        let bytes = Bytes::from_request(request, state).await.map_err(unread)?;
        let text = std::str::from_utf8(&bytes)
            .map_err(|_| ApiError::Invalid("The body is not valid UTF-8.".to_owned()))?;
        Ok(Self(decode(text)?))
    }
}

fn unread(rejection: BytesRejection) -> ApiError {
    if rejection.into_response().status() == StatusCode::PAYLOAD_TOO_LARGE {
        ApiError::TooLarge
    } else {
        ApiError::Invalid("The body could not be read to its end.".to_owned())
    }
}

/// An answer with the credits left.
fn with_usage<T>(data: T, credits_remaining: u64) -> Envelope<T> {
    Envelope { success: true, data, usage: Some(CreditUsage { credits_remaining }) }
}

/// An answer of an endpoint that does not classify.
fn without_usage<T>(data: T) -> Envelope<T> {
    Envelope { success: true, data, usage: None }
}

/// The credits left over all balances that have not expired.
async fn credits_remaining(executor: impl SqliteExecutor<'_>, organization: i64) -> sqlx::Result<u64> {
    let remaining: i64 = sqlx::query_scalar(
        "SELECT COALESCE(SUM(purchased - used), 0) FROM credit_balances
         WHERE organization_id = $1 AND expires_at > $2",
    )
    .bind(organization)
    .bind(Instant::now())
    .fetch_one(executor)
    .await?;
    Ok(remaining.unsigned_abs())
}
