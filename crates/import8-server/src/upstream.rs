//! The vendor's service behind this server's own address.
//!
//! A browser may not call the vendor's API from another origin, so the dashboard calls this
//! server, which forwards the documented endpoints, and nothing else, to one fixed address.

use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{RawPathParams, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::Response;
use axum::routing::{get, post, put};
use import8_api::RateLimit;
use reqwest::redirect::Policy;

use crate::MAX_BODY_BYTES;
use crate::error::ApiError;
use crate::idempotency;

/// How long the upstream service may take to answer.
const TIMEOUT: Duration = Duration::from_secs(60);

/// What the dashboard may say to the service. A cookie or an origin is none of its business.
const REQUEST_HEADERS: [HeaderName; 5] = [
    header::AUTHORIZATION,
    header::CONTENT_TYPE,
    header::ACCEPT,
    header::ACCEPT_LANGUAGE,
    HeaderName::from_static(idempotency::HEADER),
];

/// What the service may say to the dashboard.
const RESPONSE_HEADERS: [HeaderName; 6] = [
    header::CONTENT_TYPE,
    header::RETRY_AFTER,
    HeaderName::from_static(RateLimit::LIMIT),
    HeaderName::from_static(RateLimit::REMAINING),
    HeaderName::from_static(RateLimit::RESET),
    HeaderName::from_static("x-request-id"),
];

/// Tells the dashboard that its key goes on to another service, and to which.
const FORWARDED_TO: HeaderName = HeaderName::from_static("x-import8-upstream");

/// The service that requests are forwarded to.
#[derive(Debug, Clone)]
pub struct Upstream {
    base: String,
    client: reqwest::Client,
}

/// Why an address cannot be forwarded to.
#[derive(Debug, thiserror::Error)]
pub enum UpstreamError {
    /// Neither `https` nor, on this machine, `http`.
    #[error("the upstream address must begin with https:// (http:// is for this machine only)")]
    Scheme,
    /// Not an address.
    #[error("the upstream address is not a URL")]
    Url(#[from] reqwest::Error),
}

impl Upstream {
    /// Forwards to `base`, such as `https://import8.nl/api`.
    ///
    /// # Errors
    /// The address is not one that a key may be sent to.
    pub fn new(base: &str) -> Result<Self, UpstreamError> {
        // A key must not cross a network in the clear.
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

/// The documented endpoints: the router is the allow-list.
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
    // A parameter is one plain segment: nothing that another server could read as a way up.
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
    let mut forwarded = upstream.client.request(method, url).headers(headers);
    if !body.is_empty() {
        forwarded = forwarded.body(body);
    }
    let answer = forwarded.send().await.map_err(ApiError::Upstream)?;
    let mut response = Response::new(Body::empty());
    *response.status_mut() = answer.status();
    *response.headers_mut() = picked(answer.headers(), &RESPONSE_HEADERS);
    if let Ok(base) = HeaderValue::from_str(&upstream.base) {
        response.headers_mut().insert(FORWARDED_TO, base);
    }
    *response.body_mut() = Body::from_stream(answer.bytes_stream());
    Ok(response)
}

fn picked(headers: &HeaderMap, names: &[HeaderName]) -> HeaderMap {
    names.iter().filter_map(|name| Some((name.clone(), headers.get(name)?.clone()))).collect()
}
