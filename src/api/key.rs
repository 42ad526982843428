//! The API key.

use std::fmt;
use std::sync::Arc;

/// An API key. Opaque: it goes only into the `Authorization` header and into session storage. It has no
/// `Display`, and its `Debug` hides the text.
#[derive(Clone, PartialEq, Eq)]
pub struct ApiKey(Arc<str>);

impl ApiKey {
    /// Parses a pasted key. `None` unless the trimmed text is 1 to 200 visible ASCII characters.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        let is_plain =
            !text.is_empty() && text.len() <= 200 && text.bytes().all(|byte| byte.is_ascii_graphic());
        is_plain.then(|| Self(text.into()))
    }

    /// The text of the key, for the header and for session storage only.
    #[must_use]
    pub fn secret(&self) -> &str {
        &self.0
    }

    /// The last four characters, to tell keys apart: `c8_…a1b2`. A key of fewer than 12 characters shows none
    /// of them.
    #[must_use]
    pub fn masked(&self) -> String {
        let last = self.0.len().checked_sub(4).filter(|&at| at >= 8).and_then(|at| self.0.get(at..));
        let prefix = if self.0.starts_with("c8_") { "c8_" } else { "" };
        format!("{prefix}…{}", last.unwrap_or_default())
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_never_shown() {
        let key = ApiKey::new(" c8_0123456789abcdefa1b2\n").expect("a key");
        assert_eq!(key.secret(), "c8_0123456789abcdefa1b2");
        assert_eq!(key.masked(), "c8_…a1b2");
        assert_eq!(format!("{key:?}"), "ApiKey(…)");
        assert_eq!(ApiKey::new("short").expect("a key").masked(), "…");
    }

    #[test]
    fn what_cannot_be_a_header_is_no_key() {
        for text in ["", "  ", "c8 x", "c8_\u{e9}", "c8_\r\nX-Evil: 1"] {
            assert_eq!(ApiKey::new(text), None, "{text:?}");
        }
    }
}
