//! How fast a catalogue goes, from what was seen of it.

/// What is looked back at, in milliseconds: what was long ago says little of what comes.
const WINDOW: u64 = 120_000;

/// How fast a catalogue goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Throughput {
    /// Where the counting began: when, in milliseconds since 1970, and how many products had ended.
    from: (u64, u32),
    /// Where it begins next.
    next: (u64, u32),
    /// What was seen last.
    last: (u64, u32),
}

impl Throughput {
    /// Begins to count.
    #[must_use]
    pub fn new(now: u64, ended: u32) -> Self {
        Self { from: (now, ended), next: (now, ended), last: (now, ended) }
    }

    /// Notes how many products have ended.
    pub fn note(&mut self, now: u64, ended: u32) {
        if ended < self.last.1 {
            // What had failed was sent anew.
            *self = Self::new(now, ended);
            return;
        }
        self.last = (now, ended);
        if now.saturating_sub(self.next.0) >= WINDOW {
            (self.from, self.next) = (self.next, self.last);
        }
    }

    /// How many products end in a minute; none before that can be told.
    #[must_use]
    pub fn per_minute(self) -> Option<u64> {
        let ended = u64::from(self.last.1.saturating_sub(self.from.1));
        let took = self.last.0.saturating_sub(self.from.0);
        (ended > 0 && took >= 1_000).then(|| (ended * 60_000 / took).max(1))
    }
}

/// How long it still takes at a pace, in seconds.
#[must_use]
pub fn seconds_left(left: u32, per_minute: u64) -> u64 {
    (u64::from(left) * 60).div_ceil(per_minute.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_left_goes_by_what_was_seen_last() {
        let mut throughput = Throughput::new(0, 100);
        assert_eq!(throughput.per_minute(), None);
        throughput.note(500, 105);
        assert_eq!(throughput.per_minute(), None, "too short to tell");
        throughput.note(30_000, 150);
        assert_eq!(throughput.per_minute(), Some(100));
        assert_eq!(seconds_left(250, 100), 150);
        // Four slow minutes later the quick start is forgotten.
        throughput.note(120_000, 160);
        throughput.note(240_000, 170);
        assert_eq!(throughput.per_minute(), Some(5));
        throughput.note(250_000, 0);
        assert_eq!(throughput.per_minute(), None, "it begins anew");
    }
}
