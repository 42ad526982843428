//! Entries of the request log of a tab. An entry holds neither the API key nor the response body.

use import8_api::RateLimit;

use super::ApiError;
use crate::i18n::format;

/// The longest request body that is stored, in bytes. Requests with pictures have megabytes.
const LONGEST_BODY: usize = 16_384;

/// A request body in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// The JSON text.
    Kept(String),
    /// The length in bytes of a JSON text that is too long to be stored.
    TooLong(usize),
}

/// A request and its outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestLogEntry {
    /// Number of the entry in this tab. Later requests have higher numbers.
    pub number: u64,
    /// Time of sending, in milliseconds since 1970.
    pub at: u64,
    /// `GET`, `POST`, `PUT` or `DELETE`.
    pub method: String,
    /// The path with its query, relative to the base path of the API.
    pub path: String,
    /// The request body.
    pub body: Option<Body>,
    /// Status of the response, or `None` if no response arrived.
    pub status: Option<u16>,
    /// Time until the response headers arrived, in milliseconds.
    pub milliseconds: u64,
    /// The rate limit in the response headers.
    pub rate: Option<RateLimit>,
    /// The service's identifier of the request, if the response has one.
    pub request_id: Option<String>,
    /// Error of the request, or `None` after success.
    pub error: Option<ApiError>,
}

impl RequestLogEntry {
    /// Starts an entry with the current time. The outcome is filled in later.
    #[must_use]
    pub fn begun(method: &str, path: &str, body: Option<&str>) -> Self {
        let body = body.map(|body| match body.len() {
            ..=LONGEST_BODY => Body::Kept(body.to_owned()),
            length => Body::TooLong(length),
        });
        Self {
            number: 0,
            at: format::now(),
            method: method.to_owned(),
            path: path.to_owned(),
            body,
            status: None,
            milliseconds: 0,
            rate: None,
            request_id: None,
            error: None,
        }
    }
}
