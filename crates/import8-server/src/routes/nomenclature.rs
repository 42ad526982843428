//! Routes of `GET /v1/nomenclature` and `GET /v1/nomenclature/{code}`. An extension.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use import8_api::{Envelope, HsCode, NomenclatureEntry, NomenclatureRow, schema};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::envelope::without_usage;
use super::extract::{Authenticated, Query, Segment, day, language_of, language_tag, parameter};
use crate::clock::Instant;
use crate::error::ApiError;
use crate::state::Api;
use crate::tariff::Reader;

/// The most everyday names that a search considers.
const EVERYDAY: usize = 25;

/// The most characters of a search.
const MAX_SEARCH_CHARS: usize = 200;

pub(super) fn router() -> OpenApiRouter<Api> {
    OpenApiRouter::new().routes(routes!(search)).routes(routes!(look_up))
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct Search {
    /// Words that describe goods or that their texts have, digits with which a code begins, or the numeral of a
    /// section. Without it the answer lists the sections.
    #[param(max_length = 200)]
    q: Option<String>,
    /// The day (ISO 8601) on which codes and duties apply; today by default.
    #[param(value_type = schema::Day, required = false)]
    on: Option<String>,
}

/// Search all levels by words or by a code, best match first; without a text, list the sections.
#[utoipa::path(
    get,
    path = "/v1/nomenclature",
    tag = "extensions",
    params(Search),
    responses((status = 200, description = "The rows.", body = Envelope<Vec<NomenclatureRow>>))
)]
async fn search(
    State(api): State<Api>,
    _: Authenticated,
    headers: HeaderMap,
    Query(search): Query<Search>,
) -> Result<Json<Envelope<Vec<NomenclatureRow>>>, ApiError> {
    let words = search.q.unwrap_or_default();
    if words.chars().count() > MAX_SEARCH_CHARS {
        return Err(ApiError::invalid("q", format!("must have at most {MAX_SEARCH_CHARS} characters")));
    }
    let reader = reader(&headers, search.on.as_deref())?;
    let tariff = api.tariff();
    let rows = if words.trim().is_empty() {
        tariff.tree_sections(reader.language)
    } else {
        let everyday = api.engine.rank(&words, EVERYDAY).into_iter().map(|candidate| candidate.code);
        tariff.tree_search(&words, everyday, reader)
    };
    Ok(Json(without_usage(rows)))
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct Asked {
    /// The day (ISO 8601) on which codes and duties apply; today by default.
    #[param(value_type = schema::Day, required = false)]
    on: Option<String>,
    /// Whether `levels` is answered.
    #[param(value_type = bool, required = false)]
    levels: Option<String>,
}

/// Show a row with the rows above it and directly below it.
#[utoipa::path(
    get,
    path = "/v1/nomenclature/{code}",
    tag = "extensions",
    params((
        "code" = String, Path, example = "8518",
        description = "The Roman numeral of a section, or 2 to 10 digits, dotted or bare."
    ), Asked),
    responses((status = 200, description = "The row with the rows above and below it.", body = Envelope<NomenclatureEntry>))
)]
async fn look_up(
    State(api): State<Api>,
    _: Authenticated,
    headers: HeaderMap,
    Segment(code): Segment,
    Query(asked): Query<Asked>,
) -> Result<Json<Envelope<NomenclatureEntry>>, ApiError> {
    let levels = parameter("levels", asked.levels, "true or false")?.unwrap_or(false);
    let reader = reader(&headers, asked.on.as_deref())?;
    let code = code.parse::<HsCode>().map_or(code, |code| code.bare().to_owned());
    let entry = api.tariff().tree_entry(&code, levels, reader).ok_or(ApiError::NotFound("Code"))?;
    Ok(Json(without_usage(entry)))
}

fn reader<'a>(headers: &'a HeaderMap, on: Option<&str>) -> Result<Reader<'a>, ApiError> {
    let language = language_of(headers);
    let day = day("on", on)?.unwrap_or_else(|| Instant::now().day_in_brussels());
    Ok(Reader { language, official: language_tag(headers).unwrap_or(language.as_str()), day })
}
