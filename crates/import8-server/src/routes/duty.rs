//! Routes of `GET /v1/duty-rates/{hs_code}` and `POST /v1/landed-cost`.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use import8_api::{Consignment, Country, DutyRates, Envelope, HsCode, LandedCost, LandedCostRequest, schema};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::envelope::without_usage;
use super::extract::{Authenticated, Body, IdempotencyHeader, Query, Segment, day, language_of, parameter};
use crate::clock::Instant;
use crate::error::ApiError;
use crate::exchange_rate_store::rates_on;
use crate::idempotency::{self, Answer, IdempotencyKey};
use crate::state::Api;
use crate::tariff::{ImportQuery, add_flat_duty};

pub(super) fn router() -> OpenApiRouter<Api> {
    OpenApiRouter::new().routes(routes!(duty_rates)).routes(routes!(landed_cost))
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct Asked {
    /// Country of origin: limits preferences and anti-dumping duties to those on its goods.
    #[param(value_type = Country, required = false)]
    origin: Option<String>,
    /// Country of destination, where the VAT is due; NL by default.
    #[param(value_type = schema::MemberState, required = false)]
    destination: Option<String>,
    /// An extension: the day (ISO 8601) by which the measures of an imported tariff are chosen; today
    /// in Brussels by default.
    #[param(value_type = schema::Day, required = false)]
    on: Option<String>,
}

pub(super) const COUNTRY: &str = "a two-letter ISO 3166 code such as NL or CN";

/// The duty rates of a ten-digit code.
#[utoipa::path(
    get,
    path = "/v1/duty-rates/{hs_code}",
    tag = "duties",
    params(("hs_code" = schema::DeclarableCode, Path, description = "Ten digits, dotted or bare."), Asked),
    responses((status = 200, description = "The duty rates.", body = Envelope<DutyRates>))
)]
async fn duty_rates(
    State(api): State<Api>,
    _: Authenticated,
    headers: HeaderMap,
    Segment(code): Segment,
    Query(asked): Query<Asked>,
) -> Result<Json<Envelope<DutyRates>>, ApiError> {
    // A text that is no code has no rates: 404.
    let code: HsCode = code.parse().map_err(|_| ApiError::NotFound("Code"))?;
    let origin: Option<Country> = parameter("origin", asked.origin, COUNTRY)?;
    let destination = parameter("destination", asked.destination, COUNTRY)?.unwrap_or(Country::NL);
    let (on, language) = (day("on", asked.on.as_deref())?, language_of(&headers));
    let tariff = api.tariff();
    let today = on.unwrap_or_else(|| Instant::now().day_in_brussels());
    let mut rates = tariff.duty_rates(code, origin, destination, today, language)?;
    rates.notes.extend(tariff.undated(code, on, language));
    Ok(Json(without_usage(rates)))
}

/// The landed cost of a consignment: customs value, duty, anti-dumping duty, VAT and total.
#[utoipa::path(
    post,
    path = "/v1/landed-cost",
    tag = "duties",
    request_body = LandedCostRequest,
    params(IdempotencyHeader),
    responses((status = 200, description = "The landed cost.", body = Envelope<LandedCost>))
)]
async fn landed_cost(
    State(api): State<Api>,
    Authenticated(caller): Authenticated,
    headers: HeaderMap,
    key: IdempotencyKey,
    Body(request, bytes): Body<LandedCostRequest>,
) -> Result<Response, ApiError> {
    request.validate()?;
    let (on, language) = (day("on", request.on.as_deref())?, language_of(&headers));
    let day = on.unwrap_or_else(|| Instant::now().day_in_brussels());
    let consignment = Consignment::from(&request);
    let rates = rates_on(api.database.readers(), day).await?;
    let import = ImportQuery {
        code: request.hs_code,
        origin: request.origin_country,
        destination: request.destination_country.unwrap_or(Country::NL),
        preference: request.preference.as_deref(),
        day,
        consignment: &consignment,
        exchange_rate: rates.get(consignment.currency),
    };
    let tariff = api.tariff();
    let mut cost = tariff.landed_cost(&import, language)?;
    cost.notes.extend(tariff.undated(request.hs_code, on, language));
    if let Some(items) = request.flat_duty_items {
        add_flat_duty(&mut cost, items, &import, language)?;
    }
    let answer = Answer::new(StatusCode::OK, &without_usage(cost))?;
    if key.is_none() {
        return Ok(answer.into_response());
    }
    idempotency::once(&api, caller.organization_id, key, &bytes, move |_| Box::pin(async move { Ok(answer) }))
        .await
}
