//! The rows of a scan. They are kept for the visit: another filter uses the same rows, and a later scan continues
//! where the last one ended.

use std::collections::HashSet;

use import8_api::{ClassificationSummary, Page};

use crate::api::listing::Listing;

/// The progress of a scan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ScanProgress {
    /// More pages are to be read.
    #[default]
    Open,
    /// All pages have been read.
    Complete,
    /// The service always answers the same page, so the rest cannot be read.
    Short,
}

/// The rows of a list that have been read, in its order.
#[derive(Debug, Default)]
pub struct ScanResult {
    source: Option<Listing>,
    rows: Vec<ClassificationSummary>,
    known: HashSet<String>,
    /// How many of `rows` the current scan has read; those behind are from an earlier one.
    met: usize,
    /// The length of the list, according to the service.
    total: u64,
    progress: ScanProgress,
    moves: u32,
}

impl ScanResult {
    /// Prepares a scan of `source`. Drops the rows of any other list.
    pub fn open(&mut self, source: &Listing) {
        if self.source.as_ref() != Some(source) {
            *self = Self { source: Some(source.clone()), moves: self.moves + 1, ..Self::default() };
        }
        // A scan that ended before it reached the rows of the earlier one left a gap between them.
        if (1..self.rows.len()).contains(&self.met) {
            for row in self.rows.drain(self.met..) {
                self.known.remove(&row.id);
            }
            self.moves += 1;
        }
        self.met = 0;
        self.progress = ScanProgress::Open;
    }

    /// Adds the page after the last one. Returns the page to continue with if rows of an earlier scan make some pages
    /// unnecessary.
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
        // Rows have been added to the list, or these were read by an earlier scan. The page replaces its rows; the
        // others keep their order.
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
        // The earlier scan had no gaps, so all rows behind this page are here already.
        meets_earlier.then(|| {
            self.met = self.rows.len();
            let met = u64::try_from(self.met).unwrap_or(u64::MAX);
            if met >= meta.total { meta.last_page + 1 } else { met / meta.per_page.max(1) + 1 }
        })
    }

    /// Ends the scan with this progress.
    pub fn end(&mut self, progress: ScanProgress) {
        self.progress = progress;
    }

    /// The number of rows read, and the length of the list.
    #[must_use]
    pub fn counts(&self) -> (u64, u64) {
        let read = u64::try_from(self.rows.len()).unwrap_or(u64::MAX);
        (read, self.total.max(read))
    }

    /// The progress of the scan.
    #[must_use]
    pub fn progress(&self) -> ScanProgress {
        self.progress
    }

    /// The rows read so far.
    #[must_use]
    pub fn rows(&self) -> &[ClassificationSummary] {
        &self.rows
    }

    /// Counts the changes that moved rows, rather than only adding some at the end.
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

    /// A page of a service with the rows `0..total`, newest (highest) first.
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

    /// Reads from page `from` to the end. Returns the number of pages read.
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
        // Two rows were added, so page 2 begins with two known rows.
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
        // Of ten added rows, three are read before the person leaves again.
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
