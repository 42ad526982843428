//! The error type of the API. Every refused request is answered with one, in the documented envelope.

use std::fmt::Display;

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use import8_api::{
    CodeChoice, DecodeError, ErrorBody, ErrorCode, LandedCostError, Measure, Problem, Unknown,
};

use crate::keys::NotMade;
use crate::tariff::{OutOfForce, TariffError};

/// The reason why a request is refused. Each variant has its documented status; its text is the `message`.
/// Details of a fault of the server itself are logged and never answered.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// 401: the key is missing or not valid.
    #[error("Unauthenticated. Send a valid API key as `Authorization: Bearer c8_…`.")]
    Unauthorized,
    /// 403: a browser requested the answer as a document.
    #[error("The API answers programs, and opens as no page of a browser.")]
    NotADocument,
    /// 404: the resource does not exist, or belongs to another organisation.
    #[error("{0} not found.")]
    NotFound(&'static str),
    /// 404: the tariff does not contain the code.
    #[error("{message}")]
    UnknownCode {
        /// The code and the reason, in English.
        message: String,
        /// The nearest code that the tariff contains.
        nearest: Option<CodeChoice>,
        /// The day before or after which it does not apply.
        reason: Option<OutOfForce>,
    },
    /// 405: the path exists, but not with this method.
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
        /// The code and the reason, in English.
        message: String,
        /// The declarable codes below it.
        declarable_codes: Vec<CodeChoice>,
    },
    /// 422: the duty depends on an amount that the request does not have.
    #[error("{message}")]
    Incalculable {
        /// The missing amount and its duty, in English.
        message: String,
        /// The fields of the request that would supply the amount.
        missing: Vec<String>,
    },
    /// 422: the `Idempotency-Key` was used for another request.
    #[error("Idempotency-Key: was used with another request. Use a new key for a new request.")]
    KeyReused,
    /// 429: too many requests in the window.
    #[error("Rate limit exceeded. Please retry after {retry_after} seconds.")]
    RateLimited {
        /// Seconds until the window ends.
        retry_after: u64,
    },
    /// 503: too many requests for the same slow work wait. That is no fault of the key, so others need not be held back.
    #[error("Too many such requests are waiting. Please retry after {retry_after} seconds.")]
    Busy {
        /// Seconds until there may be place.
        retry_after: u64,
    },
    /// 429: all credits are spent or expired. There is no `Retry-After`, because waiting does not help.
    #[error("No credits remaining. Buy credits to classify more products.")]
    OutOfCredits,
    /// 500: the database failed.
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
    /// The field that breaks it; `None` if the request as a whole does.
    field: Option<String>,
    /// The field and the rule, in English.
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

impl From<TariffError> for ApiError {
    fn from(error: TariffError) -> Self {
        let message = error.to_string();
        let broken =
            |field: &str, message| Self::Invalid(vec![BrokenRule { field: Some(field.to_owned()), message }]);
        match error {
            TariffError::NoHeading(_) => Self::UnknownCode { message, nearest: None, reason: None },
            TariffError::Unknown { nearest, .. } => Self::UnknownCode { message, nearest, reason: None },
            TariffError::OutOfForce { nearest, reason, .. } => {
                Self::UnknownCode { message, nearest, reason: Some(reason) }
            }
            TariffError::NotDeclarable { below, .. } => {
                Self::NotDeclarable { message, declarable_codes: below }
            }
            TariffError::Incalculable(LandedCostError::Unknown(Unknown::Measures(measures))) => {
                let field = |measure: Measure| format!("measures.{}", measure.as_str());
                Self::Incalculable { message, missing: measures.into_iter().map(field).collect() }
            }
            TariffError::Divided(_) | TariffError::NoDuty(_) => broken("hs_code", message),
            TariffError::NotInTheUnion(_) => broken("destination_country", message),
            TariffError::NoPreference { .. } => broken("preference", message),
            TariffError::Incalculable(_) | TariffError::Needs(_) => Self::invalid_request(message),
        }
    }
}

impl ApiError {
    /// The error for a field that breaks a rule.
    pub fn invalid(field: &str, rule: impl Display) -> Self {
        Self::Invalid(vec![BrokenRule { field: Some(field.to_owned()), message: format!("{field}: {rule}") }])
    }

    /// The error for a request that breaks a rule as a whole.
    pub fn invalid_request(message: impl Into<String>) -> Self {
        Self::Invalid(vec![BrokenRule { field: None, message: message.into() }])
    }

    /// The same error with a field path that begins at the parent object.
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
            Self::Busy { .. } => StatusCode::SERVICE_UNAVAILABLE,
            Self::Database(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Upstream(_) | Self::NotJson(_) => StatusCode::BAD_GATEWAY,
        }
    }

    /// The error code, for a program.
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
            Self::Busy { .. } => ErrorCode::Busy,
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
            Self::UnknownCode { nearest, reason, .. } => {
                body.nearest_code = nearest;
                match reason {
                    Some(OutOfForce::Begins(day)) => body.begins = Some(day.to_string()),
                    Some(OutOfForce::Ended(day)) => body.ended = Some(day.to_string()),
                    None => {}
                }
            }
            Self::Incalculable { missing, .. } => body.missing = missing,
            Self::RateLimited { retry_after } | Self::Busy { retry_after } => retry = Some(retry_after),
            _ => {}
        }
        let mut response = (status, Json(body)).into_response();
        if let Some(retry_after) = retry {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(retry_after));
        }
        response
    }
}
