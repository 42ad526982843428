//! The throughput of a catalogue, measured by this tab.

/// The length of the measured window, in milliseconds. Older progress says little about what comes.
const WINDOW: u64 = 120_000;

/// The throughput of a catalogue. Times are in milliseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Throughput {
    /// The start of the current window: time, and products that had ended.
    from: (u64, u32),
    /// The start of the next window.
    next: (u64, u32),
    /// The last measurement.
    last: (u64, u32),
}

impl Throughput {
    /// Starts measuring at `now`.
    #[must_use]
    pub fn new(now: u64, ended: u32) -> Self {
        Self { from: (now, ended), next: (now, ended), last: (now, ended) }
    }

    /// Adds a measurement.
    pub fn note(&mut self, now: u64, ended: u32) {
        if ended < self.last.1 {
            // The count falls when failed products are sent again.
            *self = Self::new(now, ended);
            return;
        }
        self.last = (now, ended);
        if now.saturating_sub(self.next.0) >= WINDOW {
            (self.from, self.next) = (self.next, self.last);
        }
    }

    /// Products per minute; `None` until it can be measured.
    #[must_use]
    pub fn per_minute(self) -> Option<u64> {
        let ended = u64::from(self.last.1.saturating_sub(self.from.1));
        let took = self.last.0.saturating_sub(self.from.0);
        (ended > 0 && took >= 1_000).then(|| (ended * 60_000 / took).max(1))
    }
}

/// The time for the products that are left, in seconds.
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
        // After four slow minutes the quick start no longer counts.
        throughput.note(120_000, 160);
        throughput.note(240_000, 170);
        assert_eq!(throughput.per_minute(), Some(5));
        throughput.note(250_000, 0);
        assert_eq!(throughput.per_minute(), None, "it begins anew");
    }
}
