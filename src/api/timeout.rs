//! The time that a request may take.

/// Timeout of a request, in milliseconds.
pub const TIMEOUT: u32 = 30_000;
