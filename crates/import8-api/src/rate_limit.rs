//! The rate limit of a key, and the headers that contain it.

/// The rate limit of a key, from the headers of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimit {
    /// Requests allowed in a window.
    pub limit: u32,
    /// Requests left in the current window.
    pub remaining: u32,
    /// The end of the window, in seconds since 1970 (UTC).
    pub reset: u64,
}

impl RateLimit {
    /// The header with [`RateLimit::limit`].
    pub const LIMIT: &'static str = "x-ratelimit-limit";
    /// The header with [`RateLimit::remaining`].
    pub const REMAINING: &'static str = "x-ratelimit-remaining";
    /// The header with [`RateLimit::reset`].
    pub const RESET: &'static str = "x-ratelimit-reset";

    /// Reads the three headers with `header`; `None` if one is missing or is not a number.
    pub fn from_headers(header: impl Fn(&str) -> Option<String>) -> Option<Self> {
        Some(Self {
            limit: header(Self::LIMIT)?.parse().ok()?,
            remaining: header(Self::REMAINING)?.parse().ok()?,
            reset: header(Self::RESET)?.parse().ok()?,
        })
    }
}
