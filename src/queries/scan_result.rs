//! Rows that are read here because the service cannot look for them itself. They are kept for the visit:
//! another filter looks at what has been read, and coming back goes on where it was left.

use std::collections::HashSet;

use import8_api::{ClassificationSummary, Page};

use crate::api::listing::Listing;

/// How far reading has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ScanProgress {
    /// There is more.
    #[default]
    Open,
    /// All of it has been read.
    Complete,
    /// The service does not turn pages: there is no way to the rest.
    Short,
}

/// What has been read of a list, in its order.
#[derive(Debug, Default)]
pub struct ScanResult {
    source: Option<Listing>,
    rows: Vec<ClassificationSummary>,
    known: HashSet<String>,
    /// How many of `rows` this reading has met; those behind are of an earlier one.
    met: usize,
    /// How many the service says there are.
    total: u64,
    progress: ScanProgress,
    moves: u32,
}

impl ScanResult {
    /// The rows of `source`, from their beginning; what was read of another list is forgotten.
    pub fn open(&mut self, source: &Listing) {
        if self.source.as_ref() != Some(source) {
            *self = Self { source: Some(source.clone()), moves: self.moves + 1, ..Self::default() };
        }
        // A reading that ended before it met the earlier one left a gap between them.
        if (1..self.rows.len()).contains(&self.met) {
            for row in self.rows.drain(self.met..) {
                self.known.remove(&row.id);
            }
            self.moves += 1;
        }
        self.met = 0;
        self.progress = ScanProgress::Open;
    }

    /// Takes the page that was read after the last. Answers the page to go on with, if what was read
    /// before makes up for some.
    pub fn take(&mut self, page: Page<ClassificationSummary>) -> Option<u64> {
        let meta = page.meta;
        self.total = meta.total;
        let ids: HashSet<_> = page.data.iter().map(|row| row.id.as_str()).collect();
        let has_moved = ids.iter().any(|id| self.known.contains(*id));
        if !has_moved && self.met == self.rows.len() {
            self.known.extend(page.data.iter().map(|row| row.id.clone()));
            self.rows.extend(page.data);
            self.met = self.rows.len();
            return None;
        }
        // New ones have come, or these were read before: they are as the service has them now, and what
        // they met before keeps its place.
        self.moves += 1;
        let before: HashSet<_> = self.rows.iter().take(self.met).map(|row| row.id.clone()).collect();
        let meets_earlier =
            page.data.iter().any(|row| self.known.contains(&row.id) && !before.contains(&row.id));
        let earlier = self.rows.split_off(self.met);
        let ids: HashSet<_> = page.data.iter().map(|row| row.id.clone()).collect();
        self.rows.extend(page.data.into_iter().filter(|row| !before.contains(&row.id)));
        self.met = self.rows.len();
        self.rows.extend(earlier.into_iter().filter(|row| !ids.contains(&row.id)));
        self.known.extend(ids);
        // The earlier reading had no gaps, so what is behind this page is here already.
        meets_earlier.then(|| {
            self.met = self.rows.len();
            let met = u64::try_from(self.met).unwrap_or(u64::MAX);
            if met >= meta.total { meta.last_page + 1 } else { met / meta.per_page.max(1) + 1 }
        })
    }

    /// Notes that there is no more.
    pub fn end(&mut self, progress: ScanProgress) {
        self.progress = progress;
    }

    /// How many have been read, of how many.
    #[must_use]
    pub fn counts(&self) -> (u64, u64) {
        let read = u64::try_from(self.rows.len()).unwrap_or(u64::MAX);
        (read, self.total.max(read))
    }

    /// How far reading has come.
    #[must_use]
    pub fn progress(&self) -> ScanProgress {
        self.progress
    }

    /// What has been read.
    #[must_use]
    pub fn rows(&self) -> &[ClassificationSummary] {
        &self.rows
    }

    /// Counts the times that rows have moved, and not only come in at the end.
    #[must_use]
    pub fn moves(&self) -> u32 {
        self.moves
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use import8_api::{PageMeta, Status};

    use super::*;
    use crate::api::listing::Filter;

    /// A service with rows `0..total`, the newest (the highest) first.
    pub(crate) fn page(number: u64, per_page: u64, total: u64) -> Page<ClassificationSummary> {
        let first = (number - 1) * per_page;
        let row = |place: u64| ClassificationSummary {
            id: (total - 1 - place).to_string(),
            status: Status::Completed,
            product_summary: None,
            hs_code: None,
            confidence: None,
            created_at: None,
            feedback: None,
            at_stake: None,
            decided: None,
        };
        Page {
            success: true,
            data: (first..(first + per_page).min(total)).map(row).collect(),
            meta: PageMeta {
                current_page: number,
                per_page,
                total,
                last_page: total.div_ceil(per_page).max(1),
            },
            usage: None,
        }
    }

    fn ids(scanned: &ScanResult) -> Vec<u64> {
        scanned.rows().iter().map(|row| row.id.parse().expect("a number")).collect()
    }

    /// Reads to the end, from page `from`; answers how many pages that took.
    fn read(scanned: &mut ScanResult, per_page: u64, total: u64) -> u32 {
        let (mut number, mut pages) = (1, 0);
        while number <= total.div_ceil(per_page) {
            let skip_to = scanned.take(page(number, per_page, total));
            number = skip_to.unwrap_or(number + 1).max(number + 1);
            pages += 1;
        }
        pages
    }

    #[test]
    fn rows_come_in_once_and_in_order() {
        let mut scanned = ScanResult::default();
        scanned.open(&Listing::default());
        assert_eq!(read(&mut scanned, 3, 8), 3);
        assert_eq!(ids(&scanned), [7, 6, 5, 4, 3, 2, 1, 0]);
        assert_eq!(scanned.counts(), (8, 8));
    }

    #[test]
    fn rows_that_come_in_while_reading_push_none_out() {
        let mut scanned = ScanResult::default();
        scanned.open(&Listing::default());
        assert_eq!(scanned.take(page(1, 3, 8)), None);
        // Two more have come: page 2 begins with two that are known.
        assert_eq!(scanned.take(page(2, 3, 10)), None);
        assert_eq!(ids(&scanned), [7, 6, 5, 4]);
        assert_eq!(scanned.take(page(3, 3, 10)), None);
        assert_eq!(ids(&scanned), [7, 6, 5, 4, 3, 2, 1]);
    }

    #[test]
    fn coming_back_reads_what_is_new_and_goes_on_where_it_was() {
        let check = |read_before: u64, total: u64, now: u64, pages: u32| {
            let mut scanned = ScanResult::default();
            scanned.open(&Listing::default());
            for number in 1..=read_before {
                scanned.take(page(number, 3, total));
            }
            scanned.open(&Listing::default());
            assert_eq!(read(&mut scanned, 3, now), pages, "{read_before} of {total}, now {now}");
            assert_eq!(
                ids(&scanned),
                (0..now).rev().collect::<Vec<_>>(),
                "{read_before} of {total}, now {now}"
            );
        };
        check(3, 8, 8, 1);
        check(2, 8, 8, 2);
        check(2, 9, 10, 3);
        check(1, 9, 20, 7);
        check(3, 9, 9, 1);
    }

    #[test]
    fn coming_back_leaves_no_gap() {
        let mut scanned = ScanResult::default();
        scanned.open(&Listing::default());
        read(&mut scanned, 3, 9);
        // Of ten new ones, three are read before the person goes again.
        scanned.open(&Listing::default());
        scanned.take(page(1, 3, 19));
        scanned.open(&Listing::default());
        scanned.open(&Listing::default());
        read(&mut scanned, 3, 19);
        assert_eq!(ids(&scanned), (0..19).rev().collect::<Vec<_>>());
    }

    #[test]
    fn another_list_is_read_anew() {
        let mut scanned = ScanResult::default();
        scanned.open(&Listing::default());
        scanned.take(page(1, 3, 3));
        let filter = Filter { q: "pan".to_owned(), ..Filter::default() };
        scanned.open(&Listing::default().filtered(filter));
        assert_eq!(scanned.counts(), (0, 0));
    }
}
