//! The last known credits of a key. They decide whether a 429 means a rate limit or no credits.

use std::cell::RefCell;

use super::ApiKey;

thread_local! {
    /// The credits of one key. Those of another key replace them.
    static KNOWN: RefCell<Option<(ApiKey, u64)>> = const { RefCell::new(None) };
}

/// Keeps the remaining credits of a key.
pub(super) fn note(key: &ApiKey, credits: u64) {
    KNOWN.set(Some((key.clone(), credits)));
}

/// The last known credits of a key.
pub(super) fn known(key: &ApiKey) -> Option<u64> {
    KNOWN.with_borrow(|known| known.as_ref().filter(|(own, _)| own == key).map(|(_, credits)| *credits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credits_are_those_of_the_key_that_was_told() {
        let key = |text: &str| ApiKey::new(text).expect("a key");
        let (own, other) = (key("c8_0123456789abcdefa1b2"), key("c8_zzzz456789abcdefa1b2"));
        assert_eq!(known(&own), None);
        note(&own, 30);
        assert_eq!((known(&own), known(&other)), (Some(30), None));
        note(&other, 0);
        assert_eq!((known(&own), known(&other)), (None, Some(0)));
    }
}
