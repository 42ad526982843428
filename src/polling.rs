//! How often the API is asked whether something has ended, without wearing it out.

/// The longest wait between two questions, in milliseconds; while nobody looks, every wait.
pub const LONGEST_WAIT: u32 = 10_000;

/// How long to wait before the next question, in milliseconds: 1 s, 1.5 s, 2.25 s … up to
/// [`LONGEST_WAIT`].
#[must_use]
pub fn delay(asked: u32) -> u32 {
    (0..asked.min(10)).fold(1_000, |delay: u32, _| delay + delay / 2).min(LONGEST_WAIT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_become_rarer() {
        assert_eq!([0, 1, 2, 3].map(delay), [1_000, 1_500, 2_250, 3_375]);
        assert_eq!(delay(9), LONGEST_WAIT);
        assert_eq!(delay(u32::MAX), LONGEST_WAIT);
    }
}
