//! Routes of `GET /health`, `GET /v1/me` and `GET /v1/usage`.

use axum::Json;
use axum::extract::State;
use import8_api::{
    Account, Credits, DayUsage, Envelope, Extension, Health, KeyLimits, Organization, Period, Plan,
    PlanUsage, UsageReport,
};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::envelope::without_usage;
use super::extract::{Authenticated, Query};
use crate::clock::Instant;
use crate::error::ApiError;
use crate::state::Api;

pub(super) fn router() -> OpenApiRouter<Api> {
    OpenApiRouter::new().routes(routes!(health)).routes(routes!(me)).routes(routes!(usage))
}

/// The extensions of this server to the documentation.
const EXTENSIONS: [Extension; 16] = [
    Extension::Page,
    Extension::Filters,
    Extension::Input,
    Extension::Code10,
    Extension::Measures,
    Extension::Nomenclature,
    Extension::ApiKeys,
    Extension::Webhook,
    Extension::IdempotencyKey,
    Extension::Review,
    Extension::BatchResults,
    Extension::Decided,
    Extension::UsageDays,
    Extension::CodeChecks,
    Extension::CodeMeasures,
    Extension::TariffChanges,
];

/// The status of the service. Needs no key.
#[utoipa::path(
    get,
    path = "/health",
    tag = "account",
    security(()),
    responses((status = 200, description = "The status.", body = Envelope<Health>))
)]
async fn health(State(api): State<Api>) -> Json<Envelope<Health>> {
    let status = if api.database.is_sound() { "operational" } else { "degraded" };
    Json(without_usage(Health { status: status.to_owned() }))
}

#[derive(sqlx::FromRow)]
struct OrganizationRow {
    public_id: String,
    name: String,
    email: Option<String>,
    country: String,
    rate_limit_per_minute: u32,
    max_api_keys: u32,
}

#[derive(sqlx::FromRow)]
struct CreditsRow {
    remaining: i64,
    purchased: i64,
    used: i64,
    earliest_expiry: Option<Instant>,
}

/// The organisation of the key, its credits and its limits; as an extension, the features of this server beyond the
/// documentation.
#[utoipa::path(
    get,
    path = "/v1/me",
    tag = "account",
    responses((status = 200, description = "The account.", body = Envelope<Account>))
)]
async fn me(
    State(api): State<Api>,
    Authenticated(caller): Authenticated,
) -> Result<Json<Envelope<Account>>, ApiError> {
    let organization: OrganizationRow = sqlx::query_as(
        "SELECT public_id, name, email, country, rate_limit_per_minute, max_api_keys
         FROM organizations WHERE id = $1",
    )
    .bind(caller.organization_id)
    .fetch_one(api.database.readers())
    .await?;
    let credits: CreditsRow = sqlx::query_as(
        "SELECT
            COALESCE(SUM(purchased - used) FILTER (WHERE expires_at > $2), 0) AS remaining,
            COALESCE(SUM(purchased), 0) AS purchased,
            COALESCE(SUM(used), 0) AS used,
            MIN(expires_at) FILTER (WHERE expires_at > $2 AND used < purchased) AS earliest_expiry
         FROM credit_balances WHERE organization_id = $1",
    )
    .bind(caller.organization_id)
    .bind(Instant::now())
    .fetch_one(api.database.readers())
    .await?;
    Ok(Json(without_usage(Account {
        organization: Organization {
            id: Some(organization.public_id),
            name: organization.name,
            email: organization.email,
            country: Some(organization.country),
        },
        credits: Credits {
            remaining: credits.remaining.unsigned_abs(),
            total_purchased: Some(credits.purchased.unsigned_abs()),
            total_used: Some(credits.used.unsigned_abs()),
            earliest_expiry: credits.earliest_expiry.map(Instant::rfc3339),
        },
        limits: KeyLimits {
            rate_limit_per_minute: organization.rate_limit_per_minute,
            max_api_keys: Some(organization.max_api_keys),
        },
        extensions: EXTENSIONS.to_vec(),
    })))
}

#[derive(sqlx::FromRow)]
struct PlanRow {
    plan_name: String,
    plan_limit: i64,
}

#[derive(sqlx::FromRow)]
struct DayRow {
    day: i64,
    classifications: i64,
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct Wanted {
    /// An extension: whether to include the daily counts of the period.
    days: Option<bool>,
}

/// The plan and its use in the current billing period. Failed classifications are not counted, because they cost
/// nothing.
#[utoipa::path(
    get,
    path = "/v1/usage",
    tag = "account",
    params(Wanted),
    responses((status = 200, description = "The usage.", body = Envelope<UsageReport>))
)]
async fn usage(
    State(api): State<Api>,
    Authenticated(caller): Authenticated,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Envelope<UsageReport>>, ApiError> {
    let (start, year, month) = Instant::now().month();
    let plan: PlanRow = sqlx::query_as("SELECT plan_name, plan_limit FROM organizations WHERE id = $1")
        .bind(caller.organization_id)
        .fetch_one(api.database.readers())
        .await?;
    let rows: Vec<DayRow> = sqlx::query_as(
        "SELECT day, classifications FROM daily_usage
         WHERE organization_id = $1 AND day >= $2 AND classifications > 0 ORDER BY day",
    )
    .bind(caller.organization_id)
    .bind(start.day())
    .fetch_all(api.database.readers())
    .await?;
    let days: Vec<_> = rows.into_iter().map(DayUsage::from).collect();
    let current = days.iter().map(|day| day.classifications).sum();
    Ok(Json(without_usage(UsageReport {
        plan: Plan { display_name: Some(plan.plan_name.clone()), name: plan.plan_name },
        classifications: PlanUsage::new(current, plan.plan_limit.unsigned_abs()),
        period: Period { year, month },
        days: wanted.days.unwrap_or_default().then_some(days),
    })))
}

impl From<DayRow> for DayUsage {
    fn from(row: DayRow) -> Self {
        Self { date: Instant::from_day(row.day).date(), classifications: row.classifications.unsigned_abs() }
    }
}
