//! Errors of API calls.

use import8_api::CodeChoice;

/// Error of an API call. Each variant has its own message and its own next step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ApiError {
    /// 401: the key is not valid.
    Unauthorized,
    /// 404: the resource does not exist.
    NotFound,
    /// 404: the service does not know the code, or not on that day.
    UnknownCode(UnknownCode),
    /// 422 or 413: the API refuses the input. Contains its reason, in English.
    Invalid(String),
    /// 422: the API refuses one product of a batch, and so the whole batch.
    InvalidItem {
        /// Its place in the batch, from 0.
        item: usize,
        /// Why, in English.
        message: String,
    },
    /// 422: goods cannot be declared under this code.
    NotDeclarable {
        /// The code and the reason, in English.
        message: String,
        /// Declarable codes below it.
        codes: Vec<CodeChoice>,
    },
    /// 429, rate limit: a retry after the pause may succeed.
    RateLimited {
        /// Length of the pause, in seconds.
        seconds: u32,
    },
    /// 429, credits used up: waiting does not help.
    OutOfCredits,
    /// 5xx, with its status.
    Server(u16),
    /// No connection: this computer is offline, or the server does not respond.
    Unreachable,
    /// No response before the timeout.
    Timeout,
    /// A response that differs from the documentation. Names the wrong field.
    Unreadable(String),
    /// A status that is not documented, or that the API itself did not give.
    Unexpected(u16),
}

/// What the service says of a code that it does not know, or not on a day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UnknownCode {
    /// The nearest code that it knows.
    pub nearest: Option<CodeChoice>,
    /// The first day of a code that has not begun: `2026-03-03`.
    pub begins: Option<String>,
    /// The last day of a code that has ended.
    pub ended: Option<String>,
}

impl ApiError {
    /// Whether the API may have executed the request despite the error.
    #[must_use]
    pub fn is_uncertain(&self) -> bool {
        matches!(
            self,
            Self::Unreachable | Self::Timeout | Self::Unreadable(_) | Self::Server(_) | Self::Unexpected(_)
        )
    }

    /// Like [`is_uncertain`](Self::is_uncertain), for requests that cost nothing: an undocumented 4xx also
    /// counts as a refusal. A documented status in [`Unexpected`](Self::Unexpected) did not come from the
    /// API, so it is still uncertain.
    #[must_use]
    pub fn may_be_done(&self) -> bool {
        match self {
            Self::Unexpected(status) => matches!(status, 401 | 404 | 422) || !(400..500).contains(status),
            _ => self.is_uncertain(),
        }
    }
}
