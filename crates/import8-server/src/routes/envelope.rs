//! The documented envelope of answers.

use import8_api::{CreditUsage, Envelope};

/// An answer of a classification endpoint, with the credits left.
pub(super) fn with_usage<T>(data: T, credits_remaining: u64) -> Envelope<T> {
    Envelope { success: true, data, usage: Some(CreditUsage { credits_remaining }) }
}

/// An answer of any other endpoint.
pub(super) fn without_usage<T>(data: T) -> Envelope<T> {
    Envelope { success: true, data, usage: None }
}
