//! Routes of `GET /v1/nomenclature` and `GET /v1/nomenclature/{code}`. An extension.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use import8_api::{Envelope, HsCode, Level, NomenclatureEntry, NomenclatureRow};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::envelope::without_usage;
use super::extract::{Authenticated, Query, Segment, language_of};
use crate::clock::Instant;
use crate::error::ApiError;
use crate::language::Language;
use crate::nomenclature::Entry;
use crate::state::Api;
use crate::tariff::Tariff;

/// The most rows in the answer to a search.
const FOUND: usize = 25;

/// The most characters of a search.
const MAX_SEARCH_CHARS: usize = 200;

pub(super) fn router() -> OpenApiRouter<Api> {
    OpenApiRouter::new().routes(routes!(search)).routes(routes!(look_up))
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct Search {
    /// Words that describe goods. Without them the answer lists the sections.
    #[param(max_length = 200)]
    q: Option<String>,
}

/// Search subheadings by words, best match first; without words, list the sections.
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
    let language = language_of(&headers);
    let words = search.q.unwrap_or_default();
    if words.chars().count() > MAX_SEARCH_CHARS {
        return Err(ApiError::invalid("q", format!("must have at most {MAX_SEARCH_CHARS} characters")));
    }
    let tariff = api.tariff();
    let rows = if words.trim().is_empty() {
        tariff.nomenclature().sections().map(|section| row(section, language)).collect()
    } else {
        let found = api.engine.rank(&words, FOUND).into_iter();
        found
            .filter_map(|candidate| tariff.nomenclature().get(&candidate.code))
            .map(|entry| row(entry, language))
            .collect()
    };
    Ok(Json(without_usage(rows)))
}

/// Show a row with the rows above it and directly below it.
#[utoipa::path(
    get,
    path = "/v1/nomenclature/{code}",
    tag = "extensions",
    params((
        "code" = String, Path, example = "8518",
        description = "The Roman numeral of a section, or 2 to 10 digits, dotted or bare."
    )),
    responses((status = 200, description = "The row with the rows above and below it.", body = Envelope<NomenclatureEntry>))
)]
async fn look_up(
    State(api): State<Api>,
    _: Authenticated,
    headers: HeaderMap,
    Segment(code): Segment,
) -> Result<Json<Envelope<NomenclatureEntry>>, ApiError> {
    let entry = entry(&api.tariff(), &code, language_of(&headers)).ok_or(ApiError::NotFound("Code"))?;
    Ok(Json(without_usage(entry)))
}

fn entry(tariff: &Tariff, code: &str, language: Language) -> Option<NomenclatureEntry> {
    let (nomenclature, today) = (tariff.nomenclature(), Instant::now().day_in_brussels());
    let code = code.parse::<HsCode>().map_or_else(|_| code.to_owned(), |code| code.bare().to_owned());
    let section = nomenclature.path(code.get(..2).filter(|_| is_digits(&code)).unwrap_or(&code));
    let mut path: Vec<_> = section.first().map(|section| row(section, language)).into_iter().collect();
    if is_digits(&code) {
        for digits in [2, 4, 6, 8, 10].into_iter().filter_map(|digits| code.get(..digits)) {
            path.push(tariff.tree_row(digits, today, language)?);
        }
    }
    let last = path.pop().filter(|last| last.code == code)?;
    let children = match last.level {
        Level::Section => {
            nomenclature.children(&code).into_iter().map(|child| row(child, language)).collect()
        }
        _ => {
            let codes = tariff.tree_codes(&code, today);
            codes.iter().filter_map(|code| tariff.tree_row(code, today, language)).collect()
        }
    };
    let note = nomenclature.get(&code).and_then(|entry| entry.note(language)).map(str::to_owned);
    Some(NomenclatureEntry { row: last, note, path, children })
}

fn is_digits(code: &str) -> bool {
    code.bytes().all(|byte| byte.is_ascii_digit())
}

/// A section, or a row that a search found, with the seed's label. Goods cannot be declared under it.
fn row(entry: &Entry, language: Language) -> NomenclatureRow {
    NomenclatureRow {
        code: entry.code().to_owned(),
        level: entry.level().into(),
        description: entry.label(language).to_owned(),
        declarable: false,
    }
}
