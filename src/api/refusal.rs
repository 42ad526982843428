//! Maps an unsuccessful response to an [`ApiError`].

use import8_api::{CodeChoice, ErrorCode, RateLimit, decode};
use serde::Deserialize;
use serde_json::Value;

use super::retry_after::{LONGEST, seconds};
use super::wording;
use super::{ApiError, UnknownCode};
use crate::i18n::texts::errors::Errors;

/// Length of a rate-limit pause if the response does not give one, in seconds.
const USUAL: u32 = 60;

/// The path that sends many products at once.
const BATCH: &str = "/v1/classify/batch";

/// Fragments that show that a body is an HTML page.
const OF_A_PAGE: [&str; 3] = ["<html", "<!doctype", "</"];

/// An unsuccessful response and its request.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct ErrorAnswer<'a> {
    /// The requested path.
    pub path: &'a str,
    /// Whether the request was to change something (any method but `GET`).
    pub is_change: bool,
    /// Status of the response.
    pub status: u16,
    /// Body of the response.
    pub text: &'a str,
    /// The `Retry-After` header.
    pub retry_after: Option<&'a str>,
    /// The rate-limit headers.
    pub rate: Option<RateLimit>,
    /// The last known number of remaining credits.
    pub credits: Option<u64>,
    /// Time of the response in seconds since 1970, by the service's clock if its `Date` header is known.
    pub now: u64,
}

/// The fields of an error response that are read.
#[derive(Deserialize)]
struct Reason {
    message: String,
    /// `error_code`, as any JSON: another service may use this name otherwise, and its other fields are still read.
    #[serde(default)]
    error_code: Value,
    #[serde(default)]
    fields: Value,
    #[serde(default)]
    declarable_codes: Option<Vec<CodeChoice>>,
    #[serde(default)]
    nearest_code: Option<CodeChoice>,
    #[serde(default)]
    begins: Option<String>,
    #[serde(default)]
    ended: Option<String>,
}

impl Reason {
    fn code(&self) -> Option<ErrorCode> {
        // An unknown code is ignored.
        let code = self.error_code.as_str()?.parse::<ErrorCode>().ok()?;
        (!matches!(code, ErrorCode::Other(_))).then_some(code)
    }

    /// The position in the batch of the refused item, if the response names one.
    fn item(&self) -> Option<usize> {
        if self.code().is_none() {
            return wording::item_field(&self.message).and_then(wording::item);
        }
        let fields = self.fields.as_array().into_iter().flatten();
        fields.filter_map(Value::as_str).find_map(wording::item)
    }
}

impl ErrorAnswer<'_> {
    /// The error that this response means. A sentence from `texts` replaces a missing reason.
    pub(super) fn error(&self, texts: &Errors) -> ApiError {
        let reason = decode::<Reason>(self.text).ok();
        if self.is_change && reason.is_none() && matches!(self.status, 401 | 404 | 422) {
            // The response is not the API's, so the change may have been made.
            return ApiError::Unexpected(self.status);
        }
        let (told, item) = reason.as_ref().map_or((None, None), |reason| (reason.code(), reason.item()));
        let (message, codes, unknown) = reason.map_or_else(Default::default, |reason| {
            let Reason { message, declarable_codes, nearest_code: nearest, begins, ended, .. } = reason;
            (Some(message), declarable_codes.unwrap_or_default(), UnknownCode { nearest, begins, ended })
        });
        match (self.status, Some(unknown).filter(|unknown| *unknown != UnknownCode::default())) {
            (401, _) => ApiError::Unauthorized,
            (404, Some(unknown)) => ApiError::UnknownCode(unknown),
            (404, None)
                if message
                    .as_deref()
                    .is_some_and(|message| self.is_about_what_was_asked(told.as_ref(), message)) =>
            {
                ApiError::NotFound
            }
            (413 | 422, _) => {
                // Any message of the server, even outside its envelope, is better than none.
                let reason = message.unwrap_or_else(|| self.text.to_owned());
                let none = if self.status == 413 { texts.too_large } else { texts.no_reason };
                let message = if is_a_reason(&reason) { reason } else { none.to_owned() };
                match item {
                    Some(item) if self.path == BATCH => ApiError::InvalidItem { item, message },
                    _ if codes.is_empty() => ApiError::Invalid(message),
                    _ => ApiError::NotDeclarable { message, codes },
                }
            }
            (429, _) => self.too_many(told.as_ref(), &message.unwrap_or_default()),
            (status @ 500..=599, _) => ApiError::Server(status),
            (status, _) => ApiError::Unexpected(status),
        }
    }

    /// Whether a 404 of the API is about the requested resource. A landed-cost request names its code in the
    /// body, so there a 404 without a word about the code may mean that the endpoint does not exist.
    fn is_about_what_was_asked(&self, told: Option<&ErrorCode>, message: &str) -> bool {
        self.path != "/v1/landed-cost"
            || match told {
                Some(code) => *code == ErrorCode::UnknownCode,
                None => wording::is_about_a_code(message),
            }
    }

    /// The error of a 429: no credits if the response says so, or if it says nothing and no credits are left;
    /// otherwise the rate limit.
    fn too_many(&self, told: Option<&ErrorCode>, message: &str) -> ApiError {
        let told_wait = self.retry_after.and_then(|value| seconds(value, self.now));
        let window = self.rate.filter(|rate| rate.remaining == 0);
        let is_spent = match told {
            Some(ErrorCode::OutOfCredits) => true,
            Some(ErrorCode::RateLimited) => false,
            _ => {
                let takes_credits = self.path.starts_with("/v1/classify");
                let has_none = self.credits == Some(0) && told_wait.is_none() && window.is_none();
                wording::is_about_credits(message)
                    || has_none && takes_credits && !wording::is_about_requests(message)
            }
        };
        if is_spent {
            return ApiError::OutOfCredits;
        }
        let until = window.and_then(|rate| rate.reset.checked_sub(self.now));
        let until =
            until.and_then(|left| u32::try_from(left).ok()).filter(|left| (1..=LONGEST).contains(left));
        ApiError::RateLimited { seconds: told_wait.or(until).unwrap_or(USUAL) }
    }
}

/// Whether a text can be shown as a reason. An empty body or a proxy's HTML page cannot.
fn is_a_reason(text: &str) -> bool {
    let text = text.trim().to_lowercase();
    !text.is_empty() && !OF_A_PAGE.iter().any(|mark| text.contains(mark))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::texts::errors::EN;

    const NOW: u64 = 784_111_777;

    fn body(message: &str) -> String {
        format!(r#"{{"success": false, "message": "{message}"}}"#)
    }

    fn refused(path: &str, status: u16, text: &str) -> ApiError {
        ErrorAnswer { path, status, text, now: NOW, ..ErrorAnswer::default() }.error(&EN)
    }

    #[test]
    fn credits_are_named_only_where_the_message_or_the_account_names_them() {
        let check = |path: &str, message: &str, credits, expected: ApiError| {
            let text = body(message);
            let refusal =
                ErrorAnswer { path, status: 429, text: &text, credits, now: NOW, ..ErrorAnswer::default() };
            assert_eq!(refusal.error(&EN), expected, "{path} {message:?} {credits:?}");
        };
        let wait = ApiError::RateLimited { seconds: USUAL };
        check("/v1/classify", "No credits remaining. Buy credits.", Some(3), ApiError::OutOfCredits);
        check("/v1/classify/batch", "Onvoldoende tegoed.", None, ApiError::OutOfCredits);
        check("/v1/classify", "Usage limit exceeded.", Some(0), ApiError::OutOfCredits);
        check("/v1/classify", "Usage limit exceeded.", Some(3), wait.clone());
        check("/v1/classify", "Usage limit exceeded.", None, wait.clone());
        check("/v1/me", "Slow down.", Some(0), wait.clone());
        check(
            "/v1/classify",
            "Too many requests. Your credit package allows 20 per minute.",
            Some(0),
            wait.clone(),
        );
        let page =
            ErrorAnswer { path: "/v1/me", status: 429, text: "<h1>429</h1>", ..ErrorAnswer::default() };
        assert_eq!(page.error(&EN), wait);
    }

    #[test]
    fn what_is_told_to_programs_counts_whatever_the_sentence_says() {
        let text = |code: &str, message: &str, fields: &str| {
            format!(
                r#"{{"success": false, "message": "{message}", "error_code": {code}, "fields": {fields}}}"#
            )
        };
        let check = |path: &str, status: u16, text: &str, expected: ApiError| {
            assert_eq!(refused(path, status, text), expected, "{path} {status} {text}");
        };
        let wait = ApiError::RateLimited { seconds: USUAL };
        let spent = text(r#""out_of_credits""#, "Bought out; too many of them.", "[]");
        check("/v1/classify", 429, &spent, ApiError::OutOfCredits);
        check("/v1/classify", 429, &text(r#""rate_limited""#, "Save your credits.", "[]"), wait);
        // A code of a later version, and other meanings of the two names.
        check("/v1/classify", 429, &text(r#""soon""#, "No credits.", "null"), ApiError::OutOfCredits);
        check("/v1/classify", 429, &text("7", "No credits.", r#"{"a": 1}"#), ApiError::OutOfCredits);
        let unknown = text(r#""unknown_code""#, "Geen goederen.", r#"["hs_code"]"#);
        check("/v1/landed-cost", 404, &unknown, ApiError::NotFound);
        check(
            "/v1/landed-cost",
            404,
            &text(r#""not_found""#, "No code here.", "[]"),
            ApiError::Unexpected(404),
        );
        let message = "Er ontbreekt iets.";
        let invalid = text(r#""invalid""#, message, r#"["items[3].description", "items[5]"]"#);
        let item = |item| ApiError::InvalidItem { item, message: message.to_owned() };
        check("/v1/classify/batch", 422, &invalid, item(3));
        check("/v1/classify", 422, &invalid, ApiError::Invalid(message.to_owned()));
        let sentence = "items[4].description: is required";
        check(
            "/v1/classify/batch",
            422,
            &body(sentence),
            ApiError::InvalidItem { item: 4, message: sentence.to_owned() },
        );
    }

    #[test]
    fn a_wait_is_as_long_as_the_answer_says() {
        let check = |retry_after: Option<&str>, reset: Option<u64>, expected: u32| {
            let rate = reset.map(|reset| RateLimit { limit: 60, remaining: 0, reset });
            let text = body("Wait.");
            let path = "/v1/classify";
            let (status, credits) = (429, Some(0));
            let refusal = ErrorAnswer {
                path,
                is_change: true,
                status,
                text: &text,
                retry_after,
                rate,
                credits,
                now: NOW,
            };
            let expected = ApiError::RateLimited { seconds: expected };
            assert_eq!(refusal.error(&EN), expected, "{retry_after:?} {reset:?}");
        };
        check(Some("30"), Some(NOW + 12), 30);
        check(Some("Sun, 06 Nov 1994 08:50:07 GMT"), None, 30);
        check(Some("4294967295"), None, LONGEST);
        check(None, Some(NOW + 12), 12);
        check(Some("soon"), Some(NOW + 12), 12);
        check(None, Some(0), USUAL);
        check(None, Some((NOW + 12) * 1_000), USUAL);
    }

    #[test]
    fn a_404_is_an_answer_only_where_the_api_gives_it_about_what_was_asked() {
        let check = |path: &str, text: &str, expected| {
            assert_eq!(refused(path, 404, text), expected, "{path} {text}")
        };
        check("/v1/duty-rates/9999999999", &body("Not found"), ApiError::NotFound);
        check("/v1/duty-rates/9999999999", "<html>nginx</html>", ApiError::Unexpected(404));
        check("/v1/duty-rates/9999999999", "", ApiError::Unexpected(404));
        check("/v1/landed-cost", &body("Code not found."), ApiError::NotFound);
        check("/v1/landed-cost", &body("Not found"), ApiError::Unexpected(404));
    }

    #[test]
    fn a_page_of_a_proxy_is_no_reason() {
        let check = |status, text: &str, expected: &str| {
            let expected = ApiError::Invalid(expected.to_owned());
            assert_eq!(refused("/v1/classify", status, text), expected, "{status} {text:?}");
        };
        check(422, &body("description: is required"), "description: is required");
        check(422, "description is required", "description is required");
        check(422, "<html><body>No</body></html>", EN.no_reason);
        check(422, "\n<!DOCTYPE html>\n<title>No</title>", EN.no_reason);
        check(422, &body("<html><body>No</body></html>"), EN.no_reason);
        check(422, "", EN.no_reason);
        check(413, "<center><h1>413 Request Entity Too Large</h1></center>", EN.too_large);
        check(413, &body("The pictures are too large."), "The pictures are too large.");
        check(422, &body("weight: must be < 5 kg"), "weight: must be < 5 kg");
    }

    #[test]
    fn only_the_api_says_that_nothing_was_changed() {
        let check = |status: u16, text: &str, expected: ApiError| {
            let refusal =
                ErrorAnswer { path: "/v1/classify", is_change: true, status, text, ..ErrorAnswer::default() };
            assert_eq!(refusal.error(&EN), expected, "{status} {text:?}");
        };
        for (status, expected) in [
            (401, ApiError::Unauthorized),
            (404, ApiError::NotFound),
            (422, ApiError::Invalid("No.".to_owned())),
        ] {
            check(status, &body("No."), expected.clone());
            check(status, r#"{"message": "No.", "errors": {}}"#, expected);
            for foreign in
                ["", "<html>Blocked</html>", r#"{"success": fal"#, "null", "{}", r#"{"error": "no"}"#]
            {
                check(status, foreign, ApiError::Unexpected(status));
            }
        }
        // No service executes a request that it refuses as too large.
        check(413, "<html>Request Entity Too Large</html>", ApiError::Invalid(EN.too_large.to_owned()));
    }

    #[test]
    fn a_code_that_is_not_known_leads_to_the_nearest() {
        let text = r#"{"success": false, "message": "No.", "nearest_code": {"code": "0101210000"}}"#;
        let ApiError::UnknownCode(unknown) = refused("/v1/landed-cost", 404, text) else { panic!("{text}") };
        assert_eq!(
            unknown.nearest.map(|nearest| nearest.code.bare().to_owned()).as_deref(),
            Some("0101210000")
        );
        let text = r#"{"success": false, "message": "No.", "begins": "2027-01-01"}"#;
        let unknown = UnknownCode { begins: Some("2027-01-01".to_owned()), ..UnknownCode::default() };
        assert_eq!(refused("/v1/duty-rates/0101210000", 404, text), ApiError::UnknownCode(unknown));
    }
}
