//! Routes of `GET /v1/tariff` and `GET /v1/tariff/changes`. Extensions.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use import8_api::{
    CodeInUseChange, DutyDifference, Envelope, FollowingCode, TariffChanges, TariffEdition, TariffEditions,
};
use import8_sheets::{CellKind, Column, Format, Separators, Table};
use import8_tariff::compare::Comparison;
use jiff::civil::Date;
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::envelope::without_usage;
use super::extract::{Authenticated, Query, day, language_of, parameter};
use crate::error::ApiError;
use crate::language::Language;
use crate::state::Api;
use crate::tariff_changes::{CompareError, changes_in_use, codes_in_use, is_changed, notes, products};
use crate::tariff_store::{self, StoreError, StoredEdition};

pub(super) fn router() -> OpenApiRouter<Api> {
    OpenApiRouter::new().routes(routes!(editions)).routes(routes!(changes))
}

/// The tariff in force, and the editions that are kept.
#[utoipa::path(
    get,
    operation_id = "tariff_editions",
    path = "/v1/tariff",
    tag = "extensions",
    responses((status = 200, description = "The editions.", body = Envelope<TariffEditions>))
)]
async fn editions(
    State(api): State<Api>,
    _: Authenticated,
) -> Result<Json<Envelope<TariffEditions>>, ApiError> {
    let editions = tariff_store::list(api.database.readers()).await.map_err(refused)?;
    let in_force = editions.iter().find(|edition| edition.in_force).map(told);
    Ok(Json(without_usage(TariffEditions { in_force, editions: editions.iter().map(told).collect() })))
}

/// The query parameters, as sent.
#[derive(Debug, Deserialize, Default, utoipa::IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct Parameters {
    /// The number of the older edition; by default that in force, or the one before `to` if `to` is in force.
    #[param(value_type = u64, required = false)]
    from: Option<String>,
    /// The number of the newer edition; the one of the latest day by default.
    #[param(value_type = u64, required = false)]
    to: Option<String>,
    /// The day on which the older edition is compared; its own by default. An edition may know later days: compare it
    /// with itself on another day.
    #[param(format = Date, required = false)]
    from_day: Option<String>,
    /// The day on which the newer edition is compared; its own by default.
    #[param(format = Date, required = false)]
    to_day: Option<String>,
    /// `csv` or `xlsx` for a file; JSON by default.
    #[param(pattern = "^(json|csv|xlsx)$", required = false)]
    format: Option<String>,
}

/// The changes of the codes in use from one edition to another. It costs no credit.
#[utoipa::path(
    get,
    operation_id = "tariff_changes",
    path = "/v1/tariff/changes",
    tag = "extensions",
    params(Parameters),
    responses((status = 200, description = "The changes. Also as a file: CSV (`format=csv` or `Accept: text/csv`) or a workbook.", body = Envelope<TariffChanges>))
)]
async fn changes(
    State(api): State<Api>,
    Authenticated(caller): Authenticated,
    headers: HeaderMap,
    Query(parameters): Query<Parameters>,
) -> Result<Response, ApiError> {
    let Parameters { from, to, from_day, to_day, format } = parameters;
    let format = file_format(format.as_deref(), &headers)?;
    let number = |name, text| parameter::<i64>(name, text, "the number of an edition");
    let (from, to) = (number("from", from)?, number("to", to)?);
    let (from_day, to_day) = (day("from_day", from_day.as_deref())?, day("to_day", to_day.as_deref())?);
    let editions = tariff_store::list(api.database.readers()).await.map_err(refused)?;
    let (from, to) = chosen(&editions, from, to).ok_or(ApiError::NotFound("Edition"))?;
    let (before, after) = ((from.id, from_day.unwrap_or(from.day)), (to.id, to_day.unwrap_or(to.day)));
    let comparison = api.comparisons.between(&api.database, before, after).await.map_err(not_compared)?;

    let language = language_of(&headers);
    let readers = api.database.readers();
    // The semaphore is never closed.
    let turn = api.searches.acquire().await;
    let codes = codes_in_use(readers, caller.organization_id).await?;
    let changed = codes.keys().copied().filter(|code| is_changed(&comparison, *code));
    let products = products(readers, caller.organization_id, changed).await?;
    drop(turn);
    let of = |edition: &StoredEdition, day: Date| TariffEdition { day: day.to_string(), ..told(edition) };
    let answer = TariffChanges {
        from: of(from, before.1),
        to: of(to, after.1),
        codes_in_use: u64::try_from(codes.len()).unwrap_or(u64::MAX),
        changes: changes_in_use(&comparison, &codes, &products, language),
        notes: notes(&comparison, language),
    };
    match format {
        None => Ok(Json(without_usage(answer)).into_response()),
        Some(format) => file(&answer, format, language),
    }
}

/// The comparison with the edition of the latest day that is made without being asked for another one; `None` without an
/// imported edition.
///
/// # Errors
/// Too many others wait, or an edition cannot be read.
pub(super) async fn newest_comparison(api: &Api) -> Result<Option<Arc<Comparison>>, ApiError> {
    let editions = tariff_store::list(api.database.readers()).await.map_err(refused)?;
    let Some((from, to)) = chosen(&editions, None, None) else { return Ok(None) };
    let comparison = api.comparisons.between(&api.database, (from.id, from.day), (to.id, to.day)).await;
    comparison.map(Some).map_err(not_compared)
}

fn not_compared(error: CompareError) -> ApiError {
    match error {
        CompareError::Busy { retry_after } => ApiError::Busy { retry_after },
        CompareError::Store(error) => refused(error),
    }
}

/// The editions to compare; `None` if one that is asked for is not there, or if there are none.
fn chosen(
    editions: &[StoredEdition],
    from: Option<i64>,
    to: Option<i64>,
) -> Option<(&StoredEdition, &StoredEdition)> {
    let numbered = |id: i64| editions.iter().find(|edition| edition.id == id);
    let to = to.map_or_else(|| editions.first(), numbered)?;
    let in_force = || editions.iter().find(|edition| edition.in_force && edition.id != to.id);
    let before = || editions.iter().skip_while(|edition| edition.id != to.id).nth(1);
    let from = from.map_or_else(|| in_force().or_else(before).or(Some(to)), numbered)?;
    Some((from, to))
}

/// The format of the file that is asked for; `None` for JSON.
fn file_format(format: Option<&str>, headers: &HeaderMap) -> Result<Option<Format>, ApiError> {
    let separators = match language_of(headers) {
        Language::En => Separators::International,
        Language::Nl => Separators::Dutch,
    };
    let accepted = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    match format {
        Some("csv") => Ok(Some(Format::Csv(separators))),
        Some("xlsx") => Ok(Some(Format::Xlsx)),
        None if accepted.trim_start().starts_with("text/csv") => Ok(Some(Format::Csv(separators))),
        Some("json") | None => Ok(None),
        Some(_) => Err(ApiError::invalid("format", "must be json, csv or xlsx")),
    }
}

/// The changes as a file: a row for each code.
fn file(changes: &TariffChanges, format: Format, language: Language) -> Result<Response, ApiError> {
    let written = || {
        let mut table = Table::new(format, columns(language))?;
        changes.changes.iter().try_for_each(|change| table.push(row(change)))?;
        table.finish()
    };
    let bytes = written().map_err(|error: import8_sheets::Error| {
        ApiError::invalid_request(format!("The changes cannot be written as a file: {error}."))
    })?;
    let name = format!("tariff-changes-{}-{}.{}", changes.from.day, changes.to.day, format.extension());
    let attachment = HeaderValue::try_from(format!("attachment; filename=\"{name}\""));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(format.media_type())),
        (header::CONTENT_DISPOSITION, attachment.unwrap_or(HeaderValue::from_static("attachment"))),
    ];
    Ok((headers, bytes).into_response())
}

fn columns(language: Language) -> Vec<Column> {
    use CellKind::{Code, Number, Text};
    let titles = match language {
        Language::En => [
            "Code",
            "Text",
            "Products",
            "Change",
            "Becomes",
            "Duty before",
            "Duty after",
            "Difference in EUR",
            "Products counted",
            "Unit before",
            "Unit after",
            "Measures",
        ],
        Language::Nl => [
            "Code",
            "Tekst",
            "Producten",
            "Wijziging",
            "Wordt",
            "Recht eerst",
            "Recht daarna",
            "Verschil in EUR",
            "Getelde producten",
            "Eenheid eerst",
            "Eenheid daarna",
            "Maatregelen",
        ],
    };
    let kinds = [Code, Text, Number, Text, Text, Text, Text, Number, Number, Text, Text, Text];
    titles.into_iter().zip(kinds).map(|(title, kind)| Column { title: title.to_owned(), kind }).collect()
}

fn row(change: &CodeInUseChange) -> Vec<String> {
    let list = |texts: Vec<String>| texts.join("; ");
    let following = |one: &FollowingCode| {
        let duty = one.duty.as_ref().map(|duty| format!(" ({duty})")).unwrap_or_default();
        format!("{} {}{duty}", one.code.dotted(), one.text).trim_end().to_owned()
    };
    let measures = change.measures.iter().map(|one| {
        let additional_code = one.additional_code.as_deref().unwrap_or_default();
        let content = |text: &Option<String>| text.clone().unwrap_or_else(|| "–".to_owned());
        let (before, after) = (content(&one.before), content(&one.after));
        let what = [&*one.measure_type, &*one.name, &*one.area, additional_code];
        let what: Vec<_> = what.into_iter().filter(|text| !text.is_empty()).collect();
        format!("{}: {before} → {after}", what.join(" "))
    });
    let difference =
        |of: fn(&DutyDifference) -> String| change.difference.as_ref().map(of).unwrap_or_default();
    vec![
        change.code.dotted(),
        change.text.clone(),
        change.products.to_string(),
        list(change.kinds.iter().map(ToString::to_string).collect()),
        list(change.becomes.iter().chain(&change.below).map(following).collect()),
        change.duty_before.clone().unwrap_or_default(),
        change.duty_after.clone().unwrap_or_default(),
        difference(|one| one.amount.to_string()),
        difference(|one| one.products.to_string()),
        change.unit_before.clone().unwrap_or_default(),
        change.unit_after.clone().unwrap_or_default(),
        list(measures.collect()),
    ]
}

fn told(edition: &StoredEdition) -> TariffEdition {
    TariffEdition {
        id: edition.id.unsigned_abs(),
        publication: edition.publication.title().to_owned(),
        day: edition.day.to_string(),
        imported_at: edition.imported_at.rfc3339(),
        lines: edition.lines.unsigned_abs(),
        measures: edition.measures.unsigned_abs(),
    }
}

fn refused(error: StoreError) -> ApiError {
    match error {
        StoreError::Missing(_) => ApiError::NotFound("Edition"),
        StoreError::Database(error) => ApiError::Database(error),
        other => ApiError::Database(sqlx::Error::Decode(other.into())),
    }
}
