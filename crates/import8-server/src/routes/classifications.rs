//! `GET /v1/classifications/{id}` and `GET /v1/classifications`.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, RawQuery, State};
use axum::routing::get;
use axum::{Json, Router};
use import8_api::{
    Classification, ClassificationSummary, CreditUsage, Envelope, MAX_PER_PAGE, Page, PageMeta,
};
use serde::Deserialize;
use sqlx::SqlitePool;

use super::{Authenticated, credits_remaining, with_usage};
use crate::app::Api;
use crate::clock::Instant;
use crate::error::ApiError;
use crate::worker::Outcome;

const DEFAULT_PER_PAGE: u32 = 20;

pub(super) fn router() -> Router<Api> {
    Router::new().route("/v1/classifications", get(list)).route("/v1/classifications/{id}", get(show))
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    status: String,
    product_summary: String,
    hs_code: Option<String>,
    confidence: Option<u8>,
    created_at: Instant,
    completed_at: Option<Instant>,
    outcome: Option<String>,
}

async fn show(
    State(api): State<Api>,
    Authenticated(caller): Authenticated,
    id: Result<Path<String>, PathRejection>,
) -> Result<Json<Envelope<Classification>>, ApiError> {
    let row: Row = sqlx::query_as(
        "SELECT id, status, product_summary, hs_code, confidence, created_at, completed_at, outcome
         FROM classifications WHERE id = $1 AND organization_id = $2",
    )
    .bind(id.map_err(|_| not_found())?.0)
    .bind(caller.organization_id)
    .fetch_optional(api.database.readers())
    .await?
    .ok_or_else(not_found)?;
    let credits = credits_remaining(api.database.readers(), caller.organization_id).await?;
    Ok(Json(with_usage(row.into_classification()?, credits)))
}

fn not_found() -> ApiError {
    ApiError::NotFound("Classification")
}

impl Row {
    fn into_classification(self) -> Result<Classification, ApiError> {
        let outcome: Option<Outcome> = self
            .outcome
            .map(|json| serde_json::from_str(&json))
            .transpose()
            .map_err(|error| sqlx::Error::Decode(error.into()))?;
        let outcome = outcome.unwrap_or_default();
        Ok(Classification {
            id: self.id,
            status: parsed(&self.status)?,
            source: Some("api".to_owned()),
            created_at: Some(self.created_at.rfc3339()),
            hs_code: outcome.hs_code,
            confidence: confidence(self.confidence)?,
            reasoning: outcome.reasoning,
            decision_tree: outcome.decision_tree,
            alternative_codes: outcome.alternative_codes,
            product_summary: Some(self.product_summary).filter(|summary| !summary.is_empty()),
            ai_usage: None,
            completed_at: self.completed_at.map(Instant::rfc3339),
            landed_cost: None,
        })
    }

    fn into_summary(self) -> Result<ClassificationSummary, ApiError> {
        Ok(ClassificationSummary {
            id: self.id,
            status: parsed(&self.status)?,
            product_summary: Some(self.product_summary).filter(|summary| !summary.is_empty()),
            hs_code: self.hs_code.as_deref().map(parsed).transpose()?,
            confidence: confidence(self.confidence)?,
            created_at: Some(self.created_at.rfc3339()),
        })
    }
}

/// A column that was checked when it was written.
fn parsed<T: std::str::FromStr>(column: &str) -> sqlx::Result<T>
where
    T::Err: std::error::Error + Send + Sync + 'static,
{
    column.parse().map_err(|error: T::Err| sqlx::Error::Decode(error.into()))
}

fn confidence(column: Option<u8>) -> sqlx::Result<Option<import8_api::Confidence>> {
    let decimal = column.map(rust_decimal::Decimal::from);
    decimal
        .map(TryInto::try_into)
        .transpose()
        .map_err(|error: import8_api::ConfidenceError| sqlx::Error::Decode(error.into()))
}

/// Where a page begins and ends. `page` is an extension: the documentation has `per_page` only.
struct Paging {
    page: u64,
    per_page: u32,
}

impl Paging {
    fn parse(query: &str) -> Result<Self, ApiError> {
        #[derive(Deserialize, Default)]
        struct Raw {
            page: Option<String>,
            per_page: Option<String>,
        }
        let raw: Raw = serde_urlencoded::from_str(query)
            .map_err(|error| ApiError::Invalid(format!("The query is not readable: {error}.")))?;
        Ok(Self {
            page: whole(raw.page, 1, 1_000_000_000_000)
                .ok_or_else(|| ApiError::Invalid("page: must be a whole number of at least 1".to_owned()))?,
            per_page: whole(raw.per_page, DEFAULT_PER_PAGE, MAX_PER_PAGE).ok_or_else(|| {
                ApiError::Invalid(format!("per_page: must be a whole number from 1 to {MAX_PER_PAGE}"))
            })?,
        })
    }
}

/// A whole number from 1 to `max`; `default` when absent.
fn whole<T: std::str::FromStr + PartialOrd + From<u8>>(
    text: Option<String>,
    default: T,
    max: T,
) -> Option<T> {
    let Some(text) = text else { return Some(default) };
    text.parse().ok().filter(|number| T::from(1) <= *number && *number <= max)
}

async fn list(
    State(api): State<Api>,
    Authenticated(caller): Authenticated,
    RawQuery(query): RawQuery,
) -> Result<Json<Page<ClassificationSummary>>, ApiError> {
    let paging = Paging::parse(query.as_deref().unwrap_or_default())?;
    let readers = api.database.readers();
    let total: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM classifications WHERE organization_id = $1")
        .bind(caller.organization_id)
        .fetch_one(readers)
        .await?;
    let total = total.unsigned_abs();
    let per_page = u64::from(paging.per_page);
    let rows = rows(readers, caller.organization_id, &paging).await?;
    let credits_remaining = credits_remaining(readers, caller.organization_id).await?;
    Ok(Json(Page {
        success: true,
        data: rows.into_iter().map(Row::into_summary).collect::<Result<_, _>>()?,
        meta: PageMeta {
            current_page: paging.page,
            per_page,
            total,
            last_page: total.div_ceil(per_page).max(1),
        },
        usage: Some(CreditUsage { credits_remaining }),
    }))
}

async fn rows(readers: &SqlitePool, organization: i64, paging: &Paging) -> sqlx::Result<Vec<Row>> {
    let offset = (paging.page - 1).saturating_mul(u64::from(paging.per_page));
    sqlx::query_as(
        "SELECT id, status, product_summary, hs_code, confidence, created_at, completed_at, NULL AS outcome
         FROM classifications WHERE organization_id = $1 ORDER BY seq DESC LIMIT $2 OFFSET $3",
    )
    .bind(organization)
    .bind(paging.per_page)
    .bind(i64::try_from(offset).unwrap_or(i64::MAX))
    .fetch_all(readers)
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paging_is_checked() {
        let check = |query: &str, expected: Option<(u64, u32)>| {
            let paging = Paging::parse(query).ok().map(|paging| (paging.page, paging.per_page));
            assert_eq!(paging, expected, "{query}");
        };
        check("", Some((1, 20)));
        check("per_page=100&page=3", Some((3, 100)));
        check("unknown=1", Some((1, 20)));
        for query in [
            "per_page=0",
            "per_page=101",
            "per_page=x",
            "per_page=",
            "page=0",
            "page=-1",
            "page=1.0",
            "page=1e3",
        ] {
            check(query, None);
        }
    }
}
