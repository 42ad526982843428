//! `POST /v1/classify`.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::routing::post;
use axum::{Json, Router};
use import8_api::{Accepted, ClassifyRequest, Envelope, Status};
use sqlx::SqliteConnection;

use super::{Authenticated, Body, credits_remaining, with_usage};
use crate::app::Api;
use crate::clock::Instant;
use crate::engine::detect_language;
use crate::error::ApiError;
use crate::nomenclature::Language;

/// The most characters of a description that stand for the product in a list.
const SUMMARY_CHARS: usize = 160;

const QUEUED: &str =
    "Classification queued. Poll GET /v1/classifications/{id} until its status is completed or failed.";

pub(super) fn router() -> Router<Api> {
    Router::new().route("/v1/classify", post(classify))
}

async fn classify(
    State(api): State<Api>,
    Authenticated(caller): Authenticated,
    headers: HeaderMap,
    Body(request): Body<ClassifyRequest>,
) -> Result<(StatusCode, Json<Envelope<Accepted>>), ApiError> {
    request.validate()?;
    let language = asked_language(&headers)
        .unwrap_or_else(|| detect_language(request.description.as_deref().unwrap_or_default()));
    let mut tx = api.database.write().await?;
    let id = accept(&mut tx, caller.organization_id, &request, language).await?;
    let credits = credits_remaining(&mut *tx, caller.organization_id).await?;
    tx.commit().await?;
    api.wake.notify_one();
    let accepted = Accepted { id, status: Status::Pending, message: Some(QUEUED.to_owned()) };
    Ok((StatusCode::ACCEPTED, Json(with_usage(accepted, credits))))
}

/// Takes a credit and queues the product, in the caller's transaction: both happen or neither.
async fn accept(
    tx: &mut SqliteConnection,
    organization: i64,
    request: &ClassifyRequest,
    language: Language,
) -> Result<String, ApiError> {
    let now = Instant::now();
    // The credits that expire first are spent first.
    let balance: i64 = sqlx::query_scalar(
        "UPDATE credit_balances SET used = used + 1 WHERE id = (
            SELECT id FROM credit_balances
            WHERE organization_id = $1 AND expires_at > $2 AND used < purchased
            ORDER BY expires_at, id LIMIT 1
         ) RETURNING id",
    )
    .bind(organization)
    .bind(now)
    .fetch_optional(&mut *tx)
    .await?
    .ok_or(ApiError::OutOfCredits)?;
    let id = uuid::Uuid::new_v4().to_string();
    let json = serde_json::to_string(request).map_err(|error| sqlx::Error::Encode(error.into()))?;
    sqlx::query(
        "INSERT INTO classifications
            (id, organization_id, balance_id, status, request, language, product_summary, created_at)
         VALUES ($1, $2, $3, 'pending', $4, $5, $6, $7)",
    )
    .bind(&id)
    .bind(organization)
    .bind(balance)
    .bind(json)
    .bind(language.as_str())
    .bind(summary(request))
    .bind(now)
    .execute(&mut *tx)
    .await?;
    Ok(id)
}

/// The product in one line.
fn summary(request: &ClassifyRequest) -> String {
    let words = request.description.as_deref().unwrap_or_default();
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(SUMMARY_CHARS) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}

/// The language that the caller prefers, when it is one that answers are written in.
fn asked_language(headers: &HeaderMap) -> Option<Language> {
    let value = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    let primary = value.split([',', ';']).next()?.split('-').next()?.trim();
    Language::from_code(primary)
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

    #[test]
    fn the_first_language_counts() {
        let asked = |value: &'static str| {
            asked_language(&HeaderMap::from_iter([(
                header::ACCEPT_LANGUAGE,
                header::HeaderValue::from_static(value),
            )]))
        };
        assert_eq!(asked("nl-NL,nl;q=0.9,en;q=0.8"), Some(Language::Nl));
        assert_eq!(asked("en"), Some(Language::En));
        assert_eq!(asked("*"), None);
        assert_eq!(asked("fr,nl"), None);
        assert_eq!(asked_language(&HeaderMap::new()), None);
    }
}
