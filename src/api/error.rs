//! Why a call has no result.

use gloo_net::http::Response;
use import8_api::{CodeChoice, ErrorBody, RateLimit, decode};
use serde::Deserialize;

/// Why a call has no result. Each is something else to tell, and something else to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ApiError {
    /// 401: the key opens nothing.
    Unauthorized,
    /// 404.
    NotFound,
    /// 404: the service does not know a code; the nearest that it knows.
    UnknownCode(CodeChoice),
    /// 422 or 413: the API refuses the input and says why, in English.
    Invalid(String),
    /// 422: goods cannot be declared under a code; where the service says so, those that they can.
    NotDeclarable {
        /// Which code, and why, in English.
        message: String,
        /// Those below it.
        codes: Vec<CodeChoice>,
    },
    /// 429, and waiting helps.
    RateLimited {
        /// Seconds to wait.
        seconds: u32,
    },
    /// 429, and waiting does not help: the credits are used up.
    OutOfCredits,
    /// 5xx.
    Server(u16),
    /// No connection: this computer is offline, or the server does not answer.
    Unreachable,
    /// No answer in time.
    Timeout,
    /// An answer that is not what the documentation says; names the field.
    Unreadable(String),
    /// A status that the documentation does not list.
    Unexpected(u16),
}

impl ApiError {
    /// Whether it is unknown if the API has done what it was asked.
    #[must_use]
    pub fn is_uncertain(&self) -> bool {
        matches!(
            self,
            Self::Unreachable | Self::Timeout | Self::Unreadable(_) | Self::Server(_) | Self::Unexpected(_)
        )
    }
}

/// Whether it is the API that refuses, and not something on the way: it gives a reason in JSON. What is too large,
/// too often or beyond the API's own powers was not done, whoever says so.
pub(super) fn is_refusal(status: u16, text: &str) -> bool {
    !matches!(status, 401 | 404 | 422) || decode::<Refusal>(text).is_ok()
}

/// What a refusal has, also without the rest of its envelope.
#[derive(Deserialize)]
struct Refusal {
    #[serde(rename = "message")]
    _message: String,
}

/// What a refused request is told.
pub(super) fn refusal(response: &Response, rate: Option<RateLimit>, text: &str) -> ApiError {
    let retry_after = response.headers().get("retry-after").and_then(|value| value.parse().ok());
    match response.status() {
        401 => ApiError::Unauthorized,
        404 => {
            let nearest = decode(text).ok().and_then(|body: ErrorBody| body.nearest_code);
            nearest.map_or(ApiError::NotFound, ApiError::UnknownCode)
        }
        413 | 422 => {
            // Whatever the server says, even unwrapped, is better than nothing.
            let body = decode(text).unwrap_or_else(|_| ErrorBody::new(text.to_owned()));
            match body {
                ErrorBody { message, declarable_codes: codes, .. } if !codes.is_empty() => {
                    ApiError::NotDeclarable { message, codes }
                }
                ErrorBody { message, .. } => ApiError::Invalid(message),
            }
        }
        429 => too_many(retry_after, rate),
        status @ 500..=599 => ApiError::Server(status),
        status => ApiError::Unexpected(status),
    }
}

/// A 429 is the rate limit if the answer says when to come back or that the window is used up;
/// else the credits are.
fn too_many(retry_after: Option<u32>, rate: Option<RateLimit>) -> ApiError {
    match (retry_after, rate) {
        (Some(seconds), _) => ApiError::RateLimited { seconds: seconds.max(1) },
        (None, Some(RateLimit { remaining: 0, .. })) => ApiError::RateLimited { seconds: 60 },
        _ => ApiError::OutOfCredits,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_of_the_api_says_why() {
        let check = |status: u16, text: &str, expected: bool| {
            assert_eq!(is_refusal(status, text), expected, "{status} {text:?}");
        };
        for status in [401, 404, 422] {
            check(status, r#"{"success": false, "message": "No."}"#, true);
            check(status, r#"{"message": "The items.3.description field is required.", "errors": {}}"#, true);
            for foreign in
                ["", "<html>Blocked</html>", r#"{"success": fal"#, "null", "{}", r#"{"error": "no"}"#]
            {
                check(status, foreign, false);
            }
        }
        // Nobody does what is too large or comes too often.
        check(413, "<html>Request Entity Too Large</html>", true);
        check(429, "", true);
    }

    #[test]
    fn a_429_is_the_rate_limit_or_the_credits() {
        let rate = |remaining| Some(RateLimit { limit: 60, remaining, reset: 0 });
        assert_eq!(too_many(Some(30), rate(0)), ApiError::RateLimited { seconds: 30 });
        assert_eq!(too_many(None, rate(0)), ApiError::RateLimited { seconds: 60 });
        assert_eq!(too_many(None, rate(12)), ApiError::OutOfCredits);
        assert_eq!(too_many(None, None), ApiError::OutOfCredits);
    }
}
