//! The report: a table of figures, compared with the aims.

use std::time::Duration;

/// The kind of a request.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum RequestKind {
    /// A request that reads.
    Read,
    /// A request that stores something durably.
    Write,
}

/// The targets: answers per second of each kind.
const AIMS: [(RequestKind, &str, u64); 2] =
    [(RequestKind::Read, "reads/s", 5_000), (RequestKind::Write, "durable writes/s", 1_000)];

/// The subject of a line of the table.
pub(crate) struct Subject {
    pub(crate) kind: RequestKind,
    pub(crate) what: &'static str,
    pub(crate) stored: u64,
    pub(crate) clients: u64,
}

/// The table, which is printed line by line.
pub(crate) struct Report(Vec<(Subject, u64)>);

impl Report {
    pub(crate) fn begin() -> Self {
        line("", ["stored", "clients", "per second", "p50 ms", "p99 ms"].map(str::to_owned));
        Self(Vec::new())
    }

    /// Adds and prints a line: the microseconds of each answer that came within `seconds`.
    pub(crate) fn add(&mut self, subject: Subject, seconds: u64, microseconds: &mut [u64]) {
        let per_second = microseconds.len() as u64 / seconds;
        let (median, late) = percentiles(microseconds);
        let [stored, clients, rate] = [subject.stored, subject.clients, per_second].map(grouped);
        line(subject.what, [stored, clients, rate, milliseconds(median), milliseconds(late)]);
        self.0.push((subject, per_second));
    }

    /// Compares the best figures with the targets.
    pub(crate) fn conclude(&self) {
        for (kind, name, aim) in AIMS {
            let of_kind = self.0.iter().filter(|(subject, _)| subject.kind == kind);
            let Some((subject, best)) = of_kind.max_by_key(|(_, per_second)| per_second) else { continue };
            let verdict = if *best >= aim { "met" } else { "missed" };
            let Subject { what, stored, clients, .. } = subject;
            println!(
                ">= {:>5} {name:<17} {verdict:<7} {:>7} ({what}; {} stored, {clients} clients)",
                grouped(aim),
                grouped(*best),
                grouped(*stored),
            );
        }
    }
}

fn line(what: &str, [stored, clients, per_second, median, late]: [String; 5]) {
    println!("{what:<38}{stored:>10}{clients:>9}{per_second:>12}{median:>12}{late:>12}");
}

/// The median and the 99th percentile; 0 for an empty list.
pub(crate) fn percentiles(samples: &mut [u64]) -> (u64, u64) {
    samples.sort_unstable();
    let at = |percent: usize| {
        let rank = (samples.len() * percent).div_ceil(100);
        samples.get(rank.saturating_sub(1)).copied().unwrap_or_default()
    };
    (at(50), at(99))
}

pub(crate) fn microseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}

/// Microseconds as milliseconds: `1.042`.
pub(crate) fn milliseconds(microseconds: u64) -> String {
    format!("{}.{:03}", grouped(microseconds / 1_000), microseconds % 1_000)
}

/// A number with separators between thousands: `1,000,000`.
pub(crate) fn grouped(number: u64) -> String {
    match number {
        ..1_000 => number.to_string(),
        _ => format!("{},{:03}", grouped(number / 1_000), number % 1_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_of_the_nearest_rank() {
        assert_eq!(percentiles(&mut []), (0, 0));
        assert_eq!(percentiles(&mut [7]), (7, 7));
        let mut samples: Vec<_> = (1..=200).rev().collect();
        assert_eq!(percentiles(&mut samples), (100, 198));
    }

    #[test]
    fn numbers_read_well() {
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_000_042), "1,000,042");
        assert_eq!(milliseconds(1_042), "1.042");
        assert_eq!(milliseconds(7), "0.007");
    }
}
