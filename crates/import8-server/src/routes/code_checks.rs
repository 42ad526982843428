//! Route of `POST /v1/code-checks`. An extension.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use import8_api::{
    Agreement, CheckedCode, CodeCheckRequest, CodeInUse, CodeOpinion, CodeStanding, Confidence, Envelope,
    HsCode,
};
use rust_decimal::Decimal;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::envelope::without_usage;
use super::extract::{Authenticated, Body, language_of};
use crate::clock::Instant;
use crate::engine::FoundCode;
use crate::error::ApiError;
use crate::language::Language;
use crate::state::Api;
use crate::tariff::{NotDeclarable, OutOfForce, Tariff};

/// The number of digits of a subheading, to which the classifier goes.
const SUBHEADING: usize = 6;

pub(super) fn router() -> OpenApiRouter<Api> {
    OpenApiRouter::new().routes(routes!(check))
}

/// Check codes that are in use, and ask the classifier about the goods. It costs no credit and stores nothing.
#[utoipa::path(
    post,
    path = "/v1/code-checks",
    tag = "extensions",
    request_body = CodeCheckRequest,
    responses((status = 200, description = "The codes, in the order of the request.", body = Envelope<Vec<CheckedCode>>))
)]
async fn check(
    State(api): State<Api>,
    Authenticated(caller): Authenticated,
    headers: HeaderMap,
    Body(request, _): Body<CodeCheckRequest>,
) -> Result<Json<Envelope<Vec<CheckedCode>>>, ApiError> {
    request.validate()?;
    let language = language_of(&headers);
    let _turn = api.searches.acquire().await;
    api.precedents.update(&api.database).await?;
    let (shared, organization) = (api.clone(), caller.organization_id);
    let check = move || {
        // One tariff for all, even if another one comes into force meanwhile.
        let tariff = shared.tariff();
        let items = request.items.into_iter();
        items.map(|item| checked(&shared, &tariff, organization, item, language)).collect()
    };
    let checked = tokio::task::spawn_blocking(check).await.map_err(|error| sqlx::Error::Io(error.into()))?;
    Ok(Json(without_usage(checked)))
}

fn checked(
    api: &Api,
    tariff: &Tariff,
    organization: i64,
    item: CodeInUse,
    language: Language,
) -> CheckedCode {
    let CodeInUse { code, description } = item;
    let mut ended = None;
    let today = Instant::now().day_in_brussels();
    let (standing, nearest_code) = match tariff.check_declarable(code, today, language) {
        Ok(()) if tariff.knows(code) => (CodeStanding::Declarable, None),
        Ok(()) => (CodeStanding::Unverified, None),
        Err(NotDeclarable::Above(_) | NotDeclarable::Divided) => (CodeStanding::Incomplete, None),
        Err(NotDeclarable::Unknown(nearest)) => (CodeStanding::Unknown, nearest),
        Err(NotDeclarable::OutOfForce(reason, nearest)) => {
            if let OutOfForce::Ended(day) = reason {
                ended = Some(day.to_string());
            }
            (CodeStanding::Unknown, nearest)
        }
        Err(NotDeclarable::NoHeading) => (CodeStanding::NoHeading, None),
    };
    let classify = |description: String| {
        let found = |precedents: &_| api.engine.classify(&description, language, precedents);
        api.precedents.with(organization, found)
    };
    let opinion = description.and_then(classify).and_then(|found| opinion(&found, code));
    CheckedCode { code, standing, nearest_code, ended, opinion }
}

/// The classifier's opinion of a code for the goods for which it `found` one.
fn opinion(found: &FoundCode, code: HsCode) -> Option<CodeOpinion> {
    let agreement = if are_one(&found.code, code) {
        Agreement::Same
    } else if found.alternatives.iter().any(|alternative| are_one(&alternative.code, code)) {
        Agreement::Possible
    } else {
        Agreement::Different
    };
    let confidence = Confidence::try_from(Decimal::from(found.confidence)).ok()?;
    Some(CodeOpinion { code: found.code.parse().ok()?, confidence, agreement })
}

/// Whether a code of the classifier and one in use are the same, as far as both have digits.
fn are_one(found: &str, code: HsCode) -> bool {
    let digits = found.len().min(code.digit_count()).min(SUBHEADING);
    found.get(..digits) == code.bare().get(..digits)
}
