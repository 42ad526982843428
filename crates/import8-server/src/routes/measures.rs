//! Route of `GET /v1/measures/{hs_code}`. An extension.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use import8_api::{CodeMeasures, Country, Envelope, HsCode, schema};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::duty::COUNTRY;
use super::envelope::without_usage;
use super::extract::{Authenticated, Query, Segment, day, language_of, parameter};
use crate::clock::Instant;
use crate::duty_history;
use crate::error::ApiError;
use crate::state::Api;

pub(super) fn router() -> OpenApiRouter<Api> {
    OpenApiRouter::new().routes(routes!(measures))
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct Asked {
    /// Country of origin: limits the measures to those on its goods.
    #[param(value_type = Country, required = false)]
    origin: Option<String>,
    /// The day (ISO 8601) on which the measures apply; today in Brussels by default.
    #[param(value_type = schema::Day, required = false)]
    on: Option<String>,
}

/// Every measure on a code: duties, preferences, quotas, prohibitions, documents and units.
#[utoipa::path(
    get,
    path = "/v1/measures/{hs_code}",
    tag = "extensions",
    params(
        ("hs_code" = schema::AnyCode, Path, description = "Four, six, eight or ten digits, dotted or bare."),
        Asked
    ),
    responses((status = 200, description = "The measures.", body = Envelope<CodeMeasures>))
)]
async fn measures(
    State(api): State<Api>,
    _: Authenticated,
    headers: HeaderMap,
    Segment(code): Segment,
    Query(asked): Query<Asked>,
) -> Result<Json<Envelope<CodeMeasures>>, ApiError> {
    // A text that is no code has no measures: 404.
    let code: HsCode = code.parse().map_err(|_| ApiError::NotFound("Code"))?;
    let origin: Option<Country> = parameter("origin", asked.origin, COUNTRY)?;
    let day = day("on", asked.on.as_deref())?.unwrap_or_else(|| Instant::now().day_in_brussels());
    let (tariff, language) = (api.tariff(), language_of(&headers));
    let mut measures = tariff.code_measures(code, origin, day, language)?;
    measures.duty_history = duty_history::of_code(&api.database, &tariff, code, language).await?;
    Ok(Json(without_usage(measures)))
}
