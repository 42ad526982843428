//! Extractors: checked parts of a request. An error names the header, parameter or field.

use std::str::FromStr;

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use import8_api::decode;
use jiff::civil::Date;
use serde::de::DeserializeOwned;

use crate::error::ApiError;
use crate::keys::Caller;
use crate::language::Language;

/// The `Idempotency-Key` header in the OpenAPI document. An extension.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "it only describes a header, which `idempotency` reads")]
pub(super) struct IdempotencyHeader {
    /// An extension: a repeated request with the same key gets the same answer and has no further effect.
    #[param(
        rename = "Idempotency-Key",
        value_type = String,
        min_length = 1,
        max_length = 255,
        pattern = "^[!-~]+$",
        required = false
    )]
    idempotency_key: Option<String>,
}

/// The caller of an endpoint that needs a key; 401 without a valid one.
pub(super) struct Authenticated(pub(super) Caller);

impl<S: Sync> FromRequestParts<S> for Authenticated {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        parts.extensions.get().copied().map(Self).ok_or(ApiError::Unauthorized)
    }
}

/// A JSON body of the contract, and the bytes from which it was read; 422 with the field for any other body.
pub(super) struct Body<T>(pub(super) T, pub(super) Bytes);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        // A page of another origin can send any body without a preflight request, except JSON.
        let is_json = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| {
                value.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/json")
            });
        if !is_json {
            return Err(ApiError::invalid_request("Send the body as Content-Type: application/json."));
        }
        let bytes = Bytes::from_request(request, state).await.map_err(unread)?;
        let text = std::str::from_utf8(&bytes)
            .map_err(|_| ApiError::invalid_request("The body is not valid UTF-8."))?;
        Ok(Self(decode(text)?, bytes.clone()))
    }
}

fn unread(rejection: BytesRejection) -> ApiError {
    if rejection.into_response().status() == StatusCode::PAYLOAD_TOO_LARGE {
        ApiError::TooLarge
    } else {
        ApiError::invalid_request("The body could not be read to its end.")
    }
}

/// A segment of the path; 404 if it is not UTF-8.
pub(super) struct Segment(pub(super) String);

impl<S: Send + Sync> FromRequestParts<S> for Segment {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let segment = Path::<String>::from_request_parts(parts, state).await;
        segment.map(|Path(segment)| Self(segment)).map_err(|_| ApiError::NotFound("Resource"))
    }
}

/// The parameters of the query; 422 with the parameter if one cannot be read.
pub(super) struct Query<T>(pub(super) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let query = parts.uri.query().unwrap_or_default();
        let read = serde_urlencoded::from_str(query);
        read.map(Self)
            .map_err(|error| ApiError::invalid_request(format!("The query is not readable: {error}.")))
    }
}

/// Parses a parameter of the query. `wanted` completes the sentence "must be …" of the error.
pub(super) fn parameter<T: FromStr>(
    name: &str,
    text: Option<String>,
    wanted: &str,
) -> Result<Option<T>, ApiError> {
    let read = text.map(|text| text.parse::<T>()).transpose();
    read.map_err(|_| ApiError::invalid(name, format!("must be {wanted}")))
}

/// Parses a day of the query or of a body: `2026-12-01`.
pub(super) fn day(name: &str, text: Option<&str>) -> Result<Option<Date>, ApiError> {
    // Other notations of ISO 8601 are refused, so that a day has one form.
    let read = |text: &str| text.parse::<Date>().ok().filter(|day| day.to_string() == text);
    let wrong = || ApiError::invalid(name, "must be a day such as 2026-12-01");
    text.map(|text| read(text).ok_or_else(wrong)).transpose()
}

/// The first language of `Accept-Language`, if the server has it.
pub(super) fn asked_language(headers: &HeaderMap) -> Option<Language> {
    language_tag(headers).and_then(Language::from_code)
}

/// The first language of `Accept-Language`, as it is written there, such as `de`; an imported tariff may have it.
pub(super) fn language_tag(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    value.split([',', ';']).next()?.split('-').next().map(str::trim)
}

/// The first language of `Accept-Language`, if the server has it; otherwise English.
pub(super) fn language_of(headers: &HeaderMap) -> Language {
    asked_language(headers).unwrap_or(Language::En)
}

#[cfg(test)]
mod tests {
    use super::*;

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
