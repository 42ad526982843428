//! The matches of a client-side scan.

use import8_api::ClassificationSummary;

use crate::api::decided::Decided;
use crate::api::listing::{Listing, Matcher, RowMatch};
use crate::queries::scan_result::ScanResult;

/// The indices of the scanned rows that match a filter, extended as the scan proceeds.
#[derive(Debug, Clone)]
pub struct Matches {
    matcher: Matcher,
    moves: u32,
    verdicts: u32,
    looked_at: usize,
    places: Vec<usize>,
    not_told: usize,
}

/// The decided codes of the rows.
pub struct Codes<'a> {
    /// A counter that changes with each decision made in this browser.
    pub verdicts: u32,
    /// The decided code of a row.
    pub decided: &'a dyn Fn(&ClassificationSummary) -> Option<Decided>,
}

impl Matches {
    /// Matches the rows that `old` has not seen yet. Starts over for another filter, for a moved scan, or
    /// if the filter depends on codes and a decision has changed.
    #[must_use]
    pub fn new(matcher: Matcher, codes: &Codes<'_>, scanned: &ScanResult, old: Option<Self>) -> Self {
        let verdicts = if matcher.looks_at_codes() { codes.verdicts } else { 0 };
        let moves = scanned.moves();
        let is_same = |old: &Self| old.matcher == matcher && (old.moves, old.verdicts) == (moves, verdicts);
        let mut matches = old.filter(is_same).unwrap_or_else(|| Self {
            matcher,
            moves,
            verdicts,
            looked_at: 0,
            places: Vec::new(),
            not_told: 0,
        });
        for (place, row) in scanned.rows().iter().enumerate().skip(matches.looked_at) {
            match matches.matcher.look(row, codes.decided) {
                RowMatch::Match => matches.places.push(place),
                RowMatch::NotTold => matches.not_told += 1,
                RowMatch::NoMatch => {}
            }
        }
        matches.looked_at = scanned.rows().len();
        matches
    }

    /// Number of matching rows.
    #[must_use]
    pub fn count(&self) -> u64 {
        u64::try_from(self.places.len()).unwrap_or(u64::MAX)
    }

    /// Number of rows that may match: their corrected code is not in the list.
    #[must_use]
    pub fn not_told(&self) -> u64 {
        u64::try_from(self.not_told).unwrap_or(u64::MAX)
    }

    /// The matching rows of a page.
    #[must_use]
    pub fn page(&self, listing: &Listing, scanned: &ScanResult) -> Vec<ClassificationSummary> {
        let per_page = usize::try_from(listing.per_page).unwrap_or(usize::MAX);
        let page = usize::try_from(listing.page - 1).unwrap_or(usize::MAX);
        let places = self.places.iter().skip(page.saturating_mul(per_page)).take(per_page);
        places.filter_map(|place| scanned.rows().get(*place).cloned()).collect()
    }

    /// All matching rows.
    #[must_use]
    pub fn rows(&self, scanned: &ScanResult) -> Vec<ClassificationSummary> {
        self.places.iter().filter_map(|place| scanned.rows().get(*place).cloned()).collect()
    }
}

#[cfg(test)]
mod tests {
    use import8_api::{DecidedBy, DecidedCode};

    use super::*;
    use crate::api::listing::Filter;
    use crate::queries::scan_result::tests::page;

    const TOLD: Codes<'_> = Codes { verdicts: 0, decided: &Decided::from_row };

    #[test]
    fn matches_follow_the_rows_and_the_filter() {
        let mut scanned = ScanResult::default();
        scanned.open(&Listing::default());
        scanned.take(page(1, 3, 8));
        let all = || Filter::default().matcher();
        let matches = Matches::new(all(), &TOLD, &scanned, None);
        assert_eq!(matches.count(), 3);
        scanned.take(page(2, 3, 8));
        let matches = Matches::new(all(), &TOLD, &scanned, Some(matches));
        assert_eq!((matches.count(), matches.rows(&scanned).len()), (6, 6));
        let listing = Listing { per_page: 4, page: 2, ..Listing::default() };
        let shown: Vec<_> = matches.page(&listing, &scanned).into_iter().map(|row| row.id).collect();
        assert_eq!(shown, ["3", "2"]);
        let failed = Filter { status: "failed".to_owned(), ..Filter::default() }.matcher();
        assert_eq!(Matches::new(failed, &TOLD, &scanned, Some(matches)).count(), 0);
    }

    #[test]
    fn a_verdict_that_is_given_here_changes_what_matches() {
        let mut scanned = ScanResult::default();
        scanned.open(&Listing::default());
        scanned.take(page(1, 3, 3));
        let matcher = || Filter { code: "9617".to_owned(), ..Filter::default() }.matcher();
        let corrected = |row: &ClassificationSummary| {
            let code = "96170000".parse().ok().filter(|_| row.id == "1")?;
            Some(Decided::Code(DecidedCode::by(code, DecidedBy::Person, None)))
        };
        let untold = |row: &ClassificationSummary| (row.id == "1").then_some(Decided::NotTold);
        let counts = |matches: &Matches| (matches.count(), matches.not_told());
        let matches = Matches::new(matcher(), &TOLD, &scanned, None);
        assert_eq!(counts(&matches), (0, 0));
        let codes = Codes { verdicts: 1, decided: &corrected };
        let matches = Matches::new(matcher(), &codes, &scanned, Some(matches));
        assert_eq!(counts(&matches), (1, 0));
        let codes = Codes { verdicts: 2, decided: &untold };
        assert_eq!(counts(&Matches::new(matcher(), &codes, &scanned, Some(matches))), (0, 1));
    }
}
