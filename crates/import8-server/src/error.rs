//! The one error of the API, in the documented envelope.

use std::fmt::Display;

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use import8_api::{
    CodeChoice, DecodeError, ErrorBody, ErrorCode, LandedCostError, Measure, Problem, Unknown,
};

use crate::keys::NotMade;
use crate::tariff::Refusal;

/// Why a request is refused. Each has its documented status; detail of a fault of our own is
/// logged, never answered.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// 401: no key, or one that opens nothing.
    #[error("Unauthenticated. Send a valid API key as `Authorization: Bearer c8_…`.")]
    Unauthorized,
    /// 403: a browser asked for something to show.
    #[error("The API answers programs, and opens as no page of a browser.")]
    NotADocument,
    /// 404: nothing of that name, or not the caller's.
    #[error("{0} not found.")]
    NotFound(&'static str),
    /// 404: the tariff does not know the code.
    #[error("{message}")]
    UnknownCode {
        /// Which code, and why.
        message: String,
        /// The nearest that it knows.
        nearest: Option<CodeChoice>,
    },
    /// 405: the path is there, the method is not.
    #[error("This path does not answer that method.")]
    MethodNotAllowed,
    /// 413: the body is larger than [`crate::MAX_BODY_BYTES`].
    #[error("The request body may have at most 10 MiB.")]
    TooLarge,
    /// 421: the request is for a host name that is not this server's.
    #[error("This server does not answer to that name.")]
    Misdirected,
    /// 422: the request breaks rules.
    #[error("{}", .0.iter().map(|broken| broken.message.as_str()).collect::<Vec<_>>().join("; "))]
    Invalid(Vec<BrokenRule>),
    /// 422: goods cannot be declared under the code.
    #[error("{message}")]
    NotDeclarable {
        /// Which code, and why.
        message: String,
        /// Those below it that can be declared.
        declarable_codes: Vec<CodeChoice>,
    },
    /// 422: the duty needs an amount that the request does not have.
    #[error("{message}")]
    Incalculable {
        /// What is missing, and for which duty.
        message: String,
        /// The fields that would give it.
        missing: Vec<String>,
    },
    /// 422: an `Idempotency-Key` came with another request before.
    #[error("Idempotency-Key: was used with another request. Use a new key for a new request.")]
    KeyReused,
    /// 429: too many requests in the window.
    #[error("Rate limit exceeded. Please retry after {retry_after} seconds.")]
    RateLimited {
        /// Seconds until the window ends.
        retry_after: u64,
    },
    /// 429: all credits are spent or expired. There is no `Retry-After`, because waiting does not help.
    #[error("No credits remaining. Buy credits to classify more products.")]
    OutOfCredits,
    /// 500: the database.
    #[error("The server could not do this. Nothing was charged that was not acknowledged.")]
    Database(#[from] sqlx::Error),
    /// 502: the upstream service did not answer.
    #[error("The upstream service could not be reached.")]
    Upstream(#[source] reqwest::Error),
    /// 502: the upstream service, or something on the way to it, answered something that is not JSON.
    #[error("The upstream service answered with status {0} and something that is not JSON.")]
    NotJson(u16),
}

/// A rule that a request breaks.
#[derive(Debug)]
pub struct BrokenRule {
    /// The field that breaks it; none where it is the request as a whole.
    field: Option<String>,
    /// Which field, and which rule.
    message: String,
}

impl From<DecodeError> for ApiError {
    fn from(error: DecodeError) -> Self {
        let message = error.to_string();
        let field = Some(error.field).filter(|field| !field.is_empty());
        Self::Invalid(vec![BrokenRule { field, message }])
    }
}

impl From<NotMade> for ApiError {
    fn from(error: NotMade) -> Self {
        match error {
            NotMade::Database(error) => Self::Database(error),
            NotMade::TooMany { .. } | NotMade::NoOrganization(_) => Self::invalid_request(error.to_string()),
        }
    }
}

impl From<Vec<Problem>> for ApiError {
    fn from(problems: Vec<Problem>) -> Self {
        let broken = problems.into_iter().map(|problem| {
            let message = problem.to_string();
            BrokenRule { field: Some(problem.field), message }
        });
        Self::Invalid(broken.collect())
    }
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        let message = refusal.to_string();
        let broken =
            |field: &str, message| Self::Invalid(vec![BrokenRule { field: Some(field.to_owned()), message }]);
        match refusal {
            Refusal::NoHeading(_) => Self::UnknownCode { message, nearest: None },
            Refusal::Unknown { nearest, .. } => Self::UnknownCode { message, nearest },
            Refusal::NotDeclarable { below, .. } => Self::NotDeclarable { message, declarable_codes: below },
            Refusal::Incalculable(LandedCostError::Unknown(Unknown::Measures(measures))) => {
                let field = |measure: Measure| format!("measures.{}", measure.as_str());
                Self::Incalculable { message, missing: measures.into_iter().map(field).collect() }
            }
            Refusal::Divided(_) | Refusal::NoDuty(_) => broken("hs_code", message),
            Refusal::NotInTheUnion(_) => broken("destination_country", message),
            Refusal::NoPreference { .. } => broken("preference", message),
            Refusal::Incalculable(_) => Self::invalid_request(message),
        }
    }
}

impl ApiError {
    /// A field breaks a rule.
    pub fn invalid(field: &str, rule: impl Display) -> Self {
        Self::Invalid(vec![BrokenRule { field: Some(field.to_owned()), message: format!("{field}: {rule}") }])
    }

    /// The request breaks a rule as a whole.
    pub fn invalid_request(message: impl Into<String>) -> Self {
        Self::Invalid(vec![BrokenRule { field: None, message: message.into() }])
    }

    /// The same error, seen from the object that holds the field it names.
    #[must_use]
    pub fn within(self, parent: &str) -> Self {
        match self {
            Self::Invalid(broken) => {
                let inner = |BrokenRule { field, message }| BrokenRule {
                    field: field.map(|field| format!("{parent}.{field}")),
                    message: format!("{parent}.{message}"),
                };
                Self::Invalid(broken.into_iter().map(inner).collect())
            }
            other => other,
        }
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::Unauthorized => StatusCode::UNAUTHORIZED,
            Self::NotADocument => StatusCode::FORBIDDEN,
            Self::NotFound(_) | Self::UnknownCode { .. } => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Misdirected => StatusCode::MISDIRECTED_REQUEST,
            Self::Invalid(_) | Self::NotDeclarable { .. } | Self::Incalculable { .. } | Self::KeyReused => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
            Self::RateLimited { .. } | Self::OutOfCredits => StatusCode::TOO_MANY_REQUESTS,
            Self::Database(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Upstream(_) | Self::NotJson(_) => StatusCode::BAD_GATEWAY,
        }
    }

    /// Which error it is, for a program.
    fn code(&self) -> ErrorCode {
        match self {
            Self::Unauthorized => ErrorCode::Unauthenticated,
            Self::NotADocument => ErrorCode::NotADocument,
            Self::NotFound(_) => ErrorCode::NotFound,
            Self::UnknownCode { .. } => ErrorCode::UnknownCode,
            Self::MethodNotAllowed => ErrorCode::MethodNotAllowed,
            Self::TooLarge => ErrorCode::TooLarge,
            Self::Misdirected => ErrorCode::Misdirected,
            Self::Invalid(_) => ErrorCode::Invalid,
            Self::NotDeclarable { .. } => ErrorCode::NotDeclarable,
            Self::Incalculable { .. } => ErrorCode::Incalculable,
            Self::KeyReused => ErrorCode::KeyReused,
            Self::RateLimited { .. } => ErrorCode::RateLimited,
            Self::OutOfCredits => ErrorCode::OutOfCredits,
            Self::Database(_) => ErrorCode::Internal,
            Self::Upstream(_) | Self::NotJson(_) => ErrorCode::Upstream,
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        match &self {
            Self::Database(detail) => tracing::error!(%detail, "database"),
            Self::Upstream(detail) => tracing::warn!(%detail, "upstream"),
            Self::NotJson(status) => tracing::warn!(status, "the upstream service's answer is not JSON"),
            _ => {}
        }
        let mut body = ErrorBody::new(self.to_string());
        body.error_code = Some(self.code());
        let status = self.status();
        let mut retry = None;
        match self {
            Self::Invalid(broken) => body.fields = broken.into_iter().filter_map(|one| one.field).collect(),
            Self::NotDeclarable { declarable_codes, .. } => {
                body.declarable_codes = declarable_codes;
                body.fields = vec!["hs_code".to_owned()];
            }
            Self::UnknownCode { nearest, .. } => body.nearest_code = nearest,
            Self::Incalculable { missing, .. } => body.missing = missing,
            Self::RateLimited { retry_after } => retry = Some(retry_after),
            _ => {}
        }
        let mut response = (status, Json(body)).into_response();
        if let Some(retry_after) = retry {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(retry_after));
        }
        response
    }
}
