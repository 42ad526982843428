//! Rate-limit pauses that the service asked for, by key. Nothing is sent with a key during its pause.

use crate::api::ApiKey;

/// The end of the last pause of each key. Times are in milliseconds since 1970.
#[derive(Debug, Default)]
pub(super) struct Pauses(Vec<(ApiKey, u64)>);

impl Pauses {
    /// Starts a pause of a key. A shorter pause does not end a longer one.
    pub(super) fn begin(&mut self, key: &ApiKey, until: u64) {
        match self.0.iter_mut().find(|(own, _)| own == key) {
            Some((_, end)) => *end = until.max(*end),
            None => self.0.push((key.clone(), until)),
        }
    }

    /// End of the last pause of a key, which may be over; `None` if there was no pause.
    pub(super) fn end_of(&self, key: &ApiKey) -> Option<u64> {
        self.0.iter().find(|(own, _)| own == key).map(|(_, end)| *end)
    }

    /// Seconds left of the pause of a key, rounded up; `None` if requests may be sent.
    pub(super) fn seconds_left(&self, key: &ApiKey, now: u64) -> Option<u32> {
        let left = self.end_of(key)?.saturating_sub(now).div_ceil(1_000);
        u32::try_from(left).ok().filter(|left| *left > 0)
    }

    /// Ends all pauses now. Those that are over stay as they are.
    pub(super) fn end_all(&mut self, now: u64) {
        self.0.iter_mut().for_each(|(_, end)| *end = now.min(*end));
    }

    /// Forgets the keys that are not held.
    pub(super) fn retain(&mut self, is_held: impl Fn(&ApiKey) -> bool) {
        self.0.retain(|(key, _)| is_held(key));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> ApiKey {
        ApiKey::new(text).expect("a key")
    }

    #[test]
    fn a_pause_holds_all_that_asks_with_the_same_key() {
        let (own, other) = (key("c8_0123456789abcdefa1b2"), key("c8_zzzz456789abcdefa1b2"));
        let mut pauses = Pauses::default();
        pauses.begin(&own, 31_000);
        assert_eq!(pauses.seconds_left(&own, 1_000), Some(30));
        assert_eq!(pauses.seconds_left(&own, 30_999), Some(1));
        assert_eq!(pauses.seconds_left(&own, 31_000), None);
        pauses.begin(&own, 3_000);
        assert_eq!(pauses.seconds_left(&own, 2_000), Some(29), "a shorter pause does not end a longer one");
        assert_eq!(pauses.seconds_left(&other, 2_000), None, "it was said to another key");
        pauses.begin(&other, 5_000);
        assert_eq!(pauses.end_of(&own), Some(31_000), "nor does another key's");
    }

    #[test]
    fn the_person_ends_a_pause_and_what_is_over_is_not_begun_again() {
        let own = key("c8_0123456789abcdefa1b2");
        let mut pauses = Pauses::default();
        pauses.end_all(1_000);
        assert_eq!(pauses.end_of(&own), None);
        pauses.begin(&own, 900_000);
        pauses.end_all(50_000);
        assert_eq!((pauses.seconds_left(&own, 50_000), pauses.end_of(&own)), (None, Some(50_000)));
        pauses.end_all(60_000);
        assert_eq!(pauses.end_of(&own), Some(50_000));
        pauses.retain(|_| false);
        assert_eq!(pauses.end_of(&own), None, "with the key its pause is forgotten");
    }
}
