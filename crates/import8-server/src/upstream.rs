//! Forwards the API to the vendor's service.
//!
//! It is not documented whether a browser may call the vendor's API from another origin, so the dashboard calls this
//! server, which forwards the documented endpoints, and nothing else, to one fixed address. Only JSON answers are
//! passed back, because any other one could become a document of the dashboard's own origin.

use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{RawPathParams, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use import8_api::RateLimit;
use mime::Mime;
use reqwest::redirect::Policy;
use serde::de::IgnoredAny;

use crate::error::ApiError;
use crate::idempotency;
use crate::{JSON, MAX_BODY_BYTES};

/// The time in which the upstream service must answer.
const TIMEOUT: Duration = Duration::from_secs(60);

/// The headers of a request that are forwarded. Cookies and origins are not.
const REQUEST_HEADERS: [HeaderName; 5] = [
    header::AUTHORIZATION,
    header::CONTENT_TYPE,
    header::ACCEPT,
    header::ACCEPT_LANGUAGE,
    HeaderName::from_static(idempotency::HEADER),
];

/// The headers of an answer that are forwarded. The content type is not: this server checks the body and sets it.
const RESPONSE_HEADERS: [HeaderName; 5] = [
    header::RETRY_AFTER,
    HeaderName::from_static(RateLimit::LIMIT),
    HeaderName::from_static(RateLimit::REMAINING),
    HeaderName::from_static(RateLimit::RESET),
    HeaderName::from_static("x-request-id"),
];

/// The header that tells the dashboard which service its key is forwarded to.
const FORWARDED_TO: HeaderName = HeaderName::from_static("x-import8-upstream");

/// A service to forward to.
#[derive(Debug, Clone)]
pub struct Upstream {
    base: String,
    client: reqwest::Client,
}

/// The reason why an address cannot be forwarded to.
#[derive(Debug, thiserror::Error)]
pub enum UpstreamError {
    /// It is neither `https` nor `http` on this machine.
    #[error("the upstream address must begin with https:// (http:// is for this machine only)")]
    Scheme,
    /// It is not a URL.
    #[error("the upstream address is not a URL")]
    Url(#[from] reqwest::Error),
}

impl Upstream {
    /// Creates a forwarder to the address `base`, such as `https://import8.nl/api`.
    ///
    /// # Errors
    /// A key must not be sent to the address: see [`UpstreamError`].
    pub fn new(base: &str) -> Result<Self, UpstreamError> {
        // A key must not cross a network unencrypted.
        let is_local = ["http://127.0.0.1:", "http://localhost:", "http://[::1]:"];
        if !base.starts_with("https://") && !is_local.iter().any(|local| base.starts_with(local)) {
            return Err(UpstreamError::Scheme);
        }
        let client = reqwest::Client::builder().redirect(Policy::none()).timeout(TIMEOUT).build()?;
        let base = base.trim_end_matches('/').to_owned();
        client.get(&base).build()?;
        Ok(Self { base, client })
    }
}

/// The router of the documented endpoints, which is the list of what may be forwarded.
pub fn router(upstream: Upstream) -> Router {
    Router::new()
        .route("/health", get(forward))
        .route("/v1/me", get(forward))
        .route("/v1/usage", get(forward))
        .route("/v1/classify", post(forward))
        .route("/v1/classify/batch", post(forward))
        .route("/v1/classify/batch/{batch_id}", get(forward))
        .route("/v1/classifications", get(forward))
        .route("/v1/classifications/{id}", get(forward))
        .route("/v1/classifications/{id}/feedback", post(forward))
        .route("/v1/duty-rates/{hs_code}", get(forward))
        .route("/v1/landed-cost", post(forward))
        .route("/v1/webhook", put(forward).delete(forward))
        .with_state(upstream)
}

async fn forward(
    State(upstream): State<Upstream>,
    parameters: RawPathParams,
    request: Request,
) -> Result<Response, ApiError> {
    // A parameter is one plain segment, without anything that another server could read as a parent folder.
    let is_plain = |value: &str| value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if !parameters.iter().all(|(_, value)| is_plain(value)) {
        return Err(ApiError::NotFound("Resource"));
    }
    let path = request.uri().path();
    let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
    let url = format!("{}{path}{query}", upstream.base);
    let (method, headers) = (request.method().clone(), picked(request.headers(), &REQUEST_HEADERS));
    let body: Bytes =
        axum::body::to_bytes(request.into_body(), MAX_BODY_BYTES).await.map_err(|_| ApiError::TooLarge)?;
    let mut forwarded = upstream.client.request(method.clone(), url).headers(headers);
    if !body.is_empty() {
        forwarded = forwarded.body(body);
    }
    let answer = forwarded.send().await.map_err(ApiError::Upstream)?;
    let mut passed = picked(answer.headers(), &RESPONSE_HEADERS);
    if let Ok(base) = HeaderValue::from_str(&upstream.base) {
        passed.insert(FORWARDED_TO, base);
    }
    let status = answer.status();
    let json = json(answer, method == Method::HEAD).await;
    let mut response = match json {
        Some(json) => (status, JSON, json).into_response(),
        None => ApiError::NotJson(status.as_u16()).into_response(),
    };
    response.headers_mut().extend(passed);
    Ok(response)
}

/// The body of an answer that is labelled as JSON and is JSON; empty for a `HEAD`. `None` for any other answer, and
/// for redirections, which are not followed.
async fn json(answer: reqwest::Response, is_head: bool) -> Option<Vec<u8>> {
    let status = answer.status();
    let is_documented = status.is_success() || status.is_client_error() || status.is_server_error();
    if !is_documented || !says_json(answer.headers()) {
        return None;
    }
    let body = whole(answer).await?;
    let is_json = |text| serde_json::from_str::<IgnoredAny>(text).is_ok();
    let is_whole = is_head || std::str::from_utf8(&body).is_ok_and(is_json);
    is_whole.then_some(body)
}

/// Whether an answer has a content type, and each is a JSON type: `application/json`, `application/problem+json`.
fn says_json(headers: &HeaderMap) -> bool {
    let types = headers.get_all(header::CONTENT_TYPE);
    let is_json = |value: &HeaderValue| {
        let claimed = value.to_str().ok().and_then(|text| text.parse::<Mime>().ok());
        claimed.is_some_and(|claimed| claimed.subtype() == mime::JSON || claimed.suffix() == Some(mime::JSON))
    };
    types.iter().next().is_some() && types.iter().all(is_json)
}

/// A complete body; `None` if it breaks off or is larger than [`MAX_BODY_BYTES`].
async fn whole(mut answer: reqwest::Response) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.ok()? {
        body.extend_from_slice(&chunk);
        if body.len() > MAX_BODY_BYTES {
            return None;
        }
    }
    Some(body)
}

fn picked(headers: &HeaderMap, names: &[HeaderName]) -> HeaderMap {
    names.iter().filter_map(|name| Some((name.clone(), headers.get(name)?.clone()))).collect()
}
