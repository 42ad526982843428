//! The envelope of an answer, with the credits left where a request can use them.

use import8_api::{CreditUsage, Envelope};

/// An answer with the credits left.
pub(super) fn with_usage<T>(data: T, credits_remaining: u64) -> Envelope<T> {
    Envelope { success: true, data, usage: Some(CreditUsage { credits_remaining }) }
}

/// An answer of an endpoint that does not classify.
pub(super) fn without_usage<T>(data: T) -> Envelope<T> {
    Envelope { success: true, data, usage: None }
}
