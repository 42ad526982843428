//! Envelopes of answers: of a value, of a page of a list, and of an error.

use serde::{Deserialize, Serialize};

use crate::CodeChoice;
use crate::wire::{json_object, null_as_default, open_enum};

/// A successful answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Envelope<T> {
    /// `true`. An error has the form of [`ErrorBody`], with a status of 4xx or 5xx.
    pub success: bool,
    /// The requested value.
    pub data: T,
    /// The credits left; documented for the classification endpoints.
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
    /// The position of this page in the list.
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
    /// The page number, from 1. The documentation shows this field but no parameter `page`, so a client must compare
    /// it with the requested page.
    pub current_page: u64,
    /// The most rows per page: 1 to 100, by the documentation.
    pub per_page: u64,
    /// The number of rows in the list.
    pub total: u64,
    /// The number of the last page, at least 1.
    pub last_page: u64,
}

/// The credits left after a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreditUsage {
    /// The credits left over all active balances.
    pub credits_remaining: u64,
}

open_enum! {
    /// An extension: the kind of an error, where several kinds share a status.
    ErrorCode {
        /// 401: the key is missing or not valid.
        Unauthenticated = "unauthenticated",
        /// 403: a browser requested the answer as a document, frame, script or picture.
        NotADocument = "not_a_document",
        /// 404: the resource does not exist, or belongs to another organisation.
        NotFound = "not_found",
        /// 404: the tariff does not contain the commodity code.
        UnknownCode = "unknown_code",
        /// 405: the path does not support the method.
        MethodNotAllowed = "method_not_allowed",
        /// 413: the request body is larger than 10 MiB.
        TooLarge = "too_large",
        /// 421: the host name is not one of the server's.
        Misdirected = "misdirected",
        /// 422: a field breaks a rule.
        Invalid = "invalid",
        /// 422: goods cannot be declared under the commodity code.
        NotDeclarable = "not_declarable",
        /// 422: the duty depends on a measure or a currency that the request lacks.
        Incalculable = "incalculable",
        /// 422: the `Idempotency-Key` was used for another request.
        KeyReused = "idempotency_key_reused",
        /// 429: too many requests; waiting helps.
        RateLimited = "rate_limited",
        /// 429: the credits are used up; waiting does not help.
        OutOfCredits = "out_of_credits",
        /// 500: a fault of the server.
        Internal = "internal",
        /// 502: the upstream service gave no usable answer.
        Upstream = "upstream",
        /// 503: too many requests for the same slow work wait; waiting helps.
        Busy = "busy",
    }
}

/// The answer to a failed request: 401, 404, 422, 429 or 500 by the documentation; 403, 405, 413, 421, 502
/// and 503 are extensions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ErrorBody {
    /// `false`.
    pub success: bool,
    /// The fault in English, for a developer.
    pub message: String,
    /// An extension: the kind of the error, for a program.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_code: Option<ErrorCode>,
    /// An extension: the paths of the fields that break a rule, such as `items[3].description`.
    #[serde(default, deserialize_with = "null_as_default", skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<String>,
    /// An extension: the declarable codes below a code that cannot be declared.
    #[serde(default, deserialize_with = "null_as_default", skip_serializing_if = "Vec::is_empty")]
    pub declarable_codes: Vec<CodeChoice>,
    /// An extension: the nearest known code to an unknown one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nearest_code: Option<CodeChoice>,
    /// An extension: the first day of a code that has not begun (ISO 8601).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub begins: Option<String>,
    /// An extension: the last day of a code that has ended (ISO 8601).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<String>,
    /// An extension: the fields that the calculation requires and the request lacks.
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
            begins: None,
            ended: None,
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
    /// What was removed, in English.
    pub message: String,
}

/// Any answer, reduced to its `success` field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct Done {
    /// `true`; `None` if the answer does not have the field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub success: Option<bool>,
}

json_object!(Envelope<T>, Page<T>, PageMeta, CreditUsage, ErrorBody, Removed, Done);
