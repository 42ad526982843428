//! The envelopes of answers: of one value, of a page of a list, and of an error.

use serde::{Deserialize, Serialize};

use crate::CodeChoice;
use crate::wire::{json_object, null_as_default, open_enum};

/// A successful answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Envelope<T> {
    /// `true`; an error comes as [`ErrorBody`] with a status of 4xx or 5xx.
    pub success: bool,
    /// What was asked for.
    pub data: T,
    /// Present on the classification endpoints.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usage: Option<CreditUsage>,
}

/// A page of a list, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page<T> {
    /// `true`.
    pub success: bool,
    /// The rows of this page.
    pub data: Vec<T>,
    /// Which page this is, of how many.
    pub meta: PageMeta,
    /// The credits left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usage: Option<CreditUsage>,
}

/// The position of a page in its list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PageMeta {
    /// From 1. The documentation shows this field but no `page` parameter, so a client compares
    /// it with the page it asked for.
    pub current_page: u64,
    /// Rows to a page, at most [`MAX_PER_PAGE`](crate::MAX_PER_PAGE).
    pub per_page: u64,
    /// Rows in the whole list.
    pub total: u64,
    /// At least 1.
    pub last_page: u64,
}

/// The credits left after a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreditUsage {
    /// Over all active balances.
    pub credits_remaining: u64,
}

open_enum! {
    /// An extension: which error it is, where a status alone has several meanings.
    ErrorCode {
        /// 401: no key, or one that opens nothing.
        Unauthenticated = "unauthenticated",
        /// 403: a browser asked for something to show.
        NotADocument = "not_a_document",
        /// 404: nothing of that name, or not the caller's.
        NotFound = "not_found",
        /// 404: the tariff does not know the commodity code.
        UnknownCode = "unknown_code",
        /// 405.
        MethodNotAllowed = "method_not_allowed",
        /// 413.
        TooLarge = "too_large",
        /// 421.
        Misdirected = "misdirected",
        /// 422: the request breaks a rule.
        Invalid = "invalid",
        /// 422: goods cannot be declared under the commodity code.
        NotDeclarable = "not_declarable",
        /// 422: an amount is missing that the duty needs.
        Incalculable = "incalculable",
        /// 422: the `Idempotency-Key` came with another request before.
        KeyReused = "idempotency_key_reused",
        /// 429: too many requests; waiting helps.
        RateLimited = "rate_limited",
        /// 429: the credits are used up; waiting does not help.
        OutOfCredits = "out_of_credits",
        /// 500.
        Internal = "internal",
        /// 502: the service behind this one did not answer as it should.
        Upstream = "upstream",
    }
}

/// An answer of 401, 404, 413, 422, 429 or 500.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ErrorBody {
    /// `false`.
    pub success: bool,
    /// What is wrong, in English, for a developer.
    pub message: String,
    /// An extension: which error it is, for a program.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_code: Option<ErrorCode>,
    /// An extension: the fields that break a rule, such as `items[3].description`.
    #[serde(default, deserialize_with = "null_as_default", skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<String>,
    /// An extension: where a code cannot be declared, those below it that can.
    #[serde(default, deserialize_with = "null_as_default", skip_serializing_if = "Vec::is_empty")]
    pub declarable_codes: Vec<CodeChoice>,
    /// An extension: where a code is not known, the nearest that is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nearest_code: Option<CodeChoice>,
    /// An extension: the fields that a calculation needs and was not given.
    #[serde(default, deserialize_with = "null_as_default", skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
}

impl ErrorBody {
    /// An error with a message only.
    #[must_use]
    pub fn new(message: String) -> Self {
        Self {
            success: false,
            message,
            error_code: None,
            fields: Vec::new(),
            declarable_codes: Vec::new(),
            nearest_code: None,
            missing: Vec::new(),
        }
    }
}

/// The answer to a `DELETE`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Removed {
    /// `true`.
    pub success: bool,
    /// What was removed.
    pub message: String,
}

/// Any answer, read only for whether it reports success.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct Done {
    /// `true`; none where the answer does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub success: Option<bool>,
}

json_object!(Envelope<T>, Page<T>, PageMeta, CreditUsage, ErrorBody, Removed, Done);
