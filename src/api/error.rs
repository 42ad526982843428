//! Why a call has no result.

use import8_api::CodeChoice;

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
    /// 422: the API refuses one product of a batch, and so the whole batch.
    InvalidItem {
        /// Its place in the batch, from 0.
        item: usize,
        /// Why, in English.
        message: String,
    },
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

    /// Whether what costs nothing may have been done all the same. A refusal that is not documented is one too; a
    /// documented status is unexpected where it is not the API that gave it.
    #[must_use]
    pub fn may_be_done(&self) -> bool {
        match self {
            Self::Unexpected(status) => matches!(status, 401 | 404 | 422) || !(400..500).contains(status),
            _ => self.is_uncertain(),
        }
    }
}
