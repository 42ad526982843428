//! The rate-limit pause and the last known credits of the key in use, shared by all requests of the tab: a 429
//! met by one part of it holds the others too.

use std::cell::RefCell;

use super::ApiKey;

/// For how long after a pause only the person asks, in milliseconds: what a screen asks for goes before what is read
/// or sent beside it. Its countdown is of whole seconds, so it may ask almost one after the pause.
const PERSON_FIRST: u64 = 2_000;

#[derive(Debug, Default)]
struct Standing {
    /// Whose this is.
    key: Option<ApiKey>,
    credits: Option<u64>,
    /// In milliseconds since 1970.
    resumes_at: u64,
}

impl Standing {
    /// That of a key: what was said to another one is forgotten.
    fn of(&mut self, key: &ApiKey) -> &mut Self {
        if self.key.as_ref() != Some(key) {
            *self = Self { key: Some(key.clone()), ..Self::default() };
        }
        self
    }

    fn hold(&mut self, now: u64, seconds: u32) {
        self.resumes_at = self.resumes_at.max(now + u64::from(seconds) * 1_000);
    }

    /// The seconds left; none when it may ask.
    fn held(&self, now: u64) -> Option<u32> {
        let left = self.resumes_at.saturating_sub(now).div_ceil(1_000);
        u32::try_from(left).ok().filter(|left| *left > 0)
    }

    /// The milliseconds left in which only the person may ask.
    fn held_back(&self, now: u64) -> u64 {
        (self.resumes_at + PERSON_FIRST).saturating_sub(now)
    }

    fn go_on(&mut self, now: u64) {
        self.resumes_at = self.resumes_at.min(now);
    }
}

thread_local! {
    static STANDING: RefCell<Standing> = RefCell::default();
}

/// Nothing is asked with the key for so many seconds from `now`.
pub(super) fn hold(key: &ApiKey, now: u64, seconds: u32) {
    STANDING.with_borrow_mut(|standing| standing.of(key).hold(now, seconds));
}

/// For how many seconds more nothing is asked with the key; none when it may ask.
pub(super) fn held(key: &ApiKey, now: u64) -> Option<u32> {
    STANDING.with_borrow_mut(|standing| standing.of(key).held(now))
}

/// For how many milliseconds more nothing is asked with the key but what the person waits for.
pub(super) fn held_back(key: &ApiKey, now: u64) -> u64 {
    STANDING.with_borrow_mut(|standing| standing.of(key).held_back(now))
}

/// Notes how many credits are left.
pub(super) fn note_credits(key: &ApiKey, credits: u64) {
    STANDING.with_borrow_mut(|standing| standing.of(key).credits = Some(credits));
}

/// How many credits are left, as the service said last.
pub(super) fn credits(key: &ApiKey) -> Option<u64> {
    STANDING.with_borrow_mut(|standing| standing.of(key).credits)
}

/// Ends the wait.
pub(super) fn go_on(now: u64) {
    STANDING.with_borrow_mut(|standing| standing.go_on(now));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> ApiKey {
        ApiKey::new(text).expect("a key")
    }

    #[test]
    fn a_refusal_holds_all_that_asks_with_the_same_key() {
        let (own, other) = (key("c8_0123456789abcdefa1b2"), key("c8_zzzz456789abcdefa1b2"));
        let mut standing = Standing::default();
        standing.of(&own).hold(1_000, 30);
        assert_eq!(standing.of(&own).held(1_000), Some(30));
        assert_eq!(standing.of(&own).held(30_999), Some(1));
        assert_eq!(standing.of(&own).held(31_000), None);
        standing.of(&own).hold(2_000, 1);
        assert_eq!(standing.of(&own).held(2_000), Some(29), "a shorter wait does not end a longer one");
        assert_eq!(standing.of(&other).held(2_000), None, "it was said to another key");
    }

    #[test]
    fn after_a_pause_the_person_asks_first() {
        let mut standing = Standing::default();
        assert_eq!(standing.held_back(1_700_000_000_000), 0, "there was no pause");
        standing.hold(1_000, 30);
        // Whenever a screen is opened in the pause, it asks when its countdown of whole seconds is over.
        for opened in (1_000..31_000).step_by(37) {
            let asks = opened + u64::from(standing.held(opened).expect("a countdown")) * 1_000;
            assert_eq!(standing.held(asks), None, "{opened}");
            assert!(standing.held_back(asks) > 0, "{opened}: what is in the background has not asked yet");
        }
        assert_eq!(standing.held_back(33_000), 0, "and then its turn comes");
        // Likewise when the person ends the pause.
        standing.hold(40_000, 900);
        standing.go_on(50_000);
        assert_eq!((standing.held(50_000), standing.held_back(50_000)), (None, PERSON_FIRST));
        standing.go_on(60_000);
        assert_eq!(standing.held_back(60_000), 0, "what is over is not begun again");
    }
}
