//! What is kept of a request, for the log of this tab: never the key, and never what an answer says.

use import8_api::RateLimit;

use super::ApiError;
use crate::format;

/// A longer body is not kept: pictures have megabytes.
const LONGEST_BODY: usize = 16_384;

/// What was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// JSON.
    Kept(String),
    /// JSON that is too long to be kept: so many bytes.
    TooLong(usize),
}

/// A request and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// Tells it from the others of this tab; later ones have higher numbers.
    pub number: u64,
    /// When it was sent, in milliseconds since 1970.
    pub at: u64,
    /// `GET`, `POST`, `PUT` or `DELETE`.
    pub method: String,
    /// The path with its query, after the address of the API.
    pub path: String,
    /// What was sent with it.
    pub body: Option<Body>,
    /// The status of the answer; none when none came.
    pub status: Option<u16>,
    /// How long the answer took to begin, in milliseconds.
    pub milliseconds: u64,
    /// The rate limit, as the answer had it.
    pub rate: Option<RateLimit>,
    /// What the service calls the request, if it says.
    pub request_id: Option<String>,
    /// Why it came to nothing.
    pub error: Option<ApiError>,
}

impl Exchange {
    /// One that begins now.
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
