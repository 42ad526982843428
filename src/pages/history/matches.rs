//! What matches the filter among the rows that are read here.

use import8_api::ClassificationSummary;

use crate::decided::Decided;
use crate::listing::{Gathered, Listing, Look, Matcher};

/// Which of the rows that were read match.
#[derive(Debug, Clone)]
pub struct Matches {
    matcher: Matcher,
    moves: u32,
    verdicts: u32,
    looked_at: usize,
    places: Vec<usize>,
    not_told: usize,
}

/// What is known of the codes that count.
pub struct Codes<'a> {
    /// Counts the changes of what was decided here.
    pub verdicts: u32,
    /// The one that counts for a row.
    pub decided: &'a dyn Fn(&ClassificationSummary) -> Option<Decided>,
}

impl Matches {
    /// Looks at the rows that `old` has not looked at; at all of them for another filter, or when it hangs on
    /// the codes and one of these is another now.
    #[must_use]
    pub fn of(matcher: Matcher, codes: &Codes<'_>, gathered: &Gathered, old: Option<Self>) -> Self {
        let verdicts = if matcher.looks_at_codes() { codes.verdicts } else { 0 };
        let moves = gathered.moves();
        let is_same = |old: &Self| old.matcher == matcher && (old.moves, old.verdicts) == (moves, verdicts);
        let mut matches = old.filter(is_same).unwrap_or_else(|| Self {
            matcher,
            moves,
            verdicts,
            looked_at: 0,
            places: Vec::new(),
            not_told: 0,
        });
        for (place, row) in gathered.rows().iter().enumerate().skip(matches.looked_at) {
            match matches.matcher.look(row, codes.decided) {
                Look::Found => matches.places.push(place),
                Look::NotTold => matches.not_told += 1,
                Look::Apart => {}
            }
        }
        matches.looked_at = gathered.rows().len();
        matches
    }

    /// How many match.
    #[must_use]
    pub fn count(&self) -> u64 {
        u64::try_from(self.places.len()).unwrap_or(u64::MAX)
    }

    /// How many may match: the service does not tell in its list to which code they were corrected.
    #[must_use]
    pub fn not_told(&self) -> u64 {
        u64::try_from(self.not_told).unwrap_or(u64::MAX)
    }

    /// Those of a page.
    #[must_use]
    pub fn page(&self, listing: &Listing, gathered: &Gathered) -> Vec<ClassificationSummary> {
        let per_page = usize::try_from(listing.per_page).unwrap_or(usize::MAX);
        let page = usize::try_from(listing.page - 1).unwrap_or(usize::MAX);
        let places = self.places.iter().skip(page.saturating_mul(per_page)).take(per_page);
        places.filter_map(|place| gathered.rows().get(*place).cloned()).collect()
    }

    /// All of them.
    #[must_use]
    pub fn rows(&self, gathered: &Gathered) -> Vec<ClassificationSummary> {
        self.places.iter().filter_map(|place| gathered.rows().get(*place).cloned()).collect()
    }
}

#[cfg(test)]
mod tests {
    use import8_api::{DecidedBy, DecidedCode};

    use super::*;
    use crate::listing::{Filter, page};

    const TOLD: Codes<'_> = Codes { verdicts: 0, decided: &Decided::of_row };

    #[test]
    fn matches_follow_the_rows_and_the_filter() {
        let mut gathered = Gathered::default();
        gathered.open(&Listing::default());
        gathered.take(page(1, 3, 8));
        let all = || Filter::default().matcher();
        let matches = Matches::of(all(), &TOLD, &gathered, None);
        assert_eq!(matches.count(), 3);
        gathered.take(page(2, 3, 8));
        let matches = Matches::of(all(), &TOLD, &gathered, Some(matches));
        assert_eq!((matches.count(), matches.rows(&gathered).len()), (6, 6));
        let listing = Listing { per_page: 4, page: 2, ..Listing::default() };
        let shown: Vec<_> = matches.page(&listing, &gathered).into_iter().map(|row| row.id).collect();
        assert_eq!(shown, ["3", "2"]);
        let failed = Filter { status: "failed".to_owned(), ..Filter::default() }.matcher();
        assert_eq!(Matches::of(failed, &TOLD, &gathered, Some(matches)).count(), 0);
    }

    #[test]
    fn a_verdict_that_is_given_here_changes_what_matches() {
        let mut gathered = Gathered::default();
        gathered.open(&Listing::default());
        gathered.take(page(1, 3, 3));
        let matcher = || Filter { code: "9617".to_owned(), ..Filter::default() }.matcher();
        let corrected = |row: &ClassificationSummary| {
            let code = "96170000".parse().ok().filter(|_| row.id == "1")?;
            Some(Decided::Code(DecidedCode::by(code, DecidedBy::Person, None)))
        };
        let untold = |row: &ClassificationSummary| (row.id == "1").then_some(Decided::NotTold);
        let counts = |matches: &Matches| (matches.count(), matches.not_told());
        let matches = Matches::of(matcher(), &TOLD, &gathered, None);
        assert_eq!(counts(&matches), (0, 0));
        let codes = Codes { verdicts: 1, decided: &corrected };
        let matches = Matches::of(matcher(), &codes, &gathered, Some(matches));
        assert_eq!(counts(&matches), (1, 0));
        let codes = Codes { verdicts: 2, decided: &untold };
        assert_eq!(counts(&Matches::of(matcher(), &codes, &gathered, Some(matches))), (0, 1));
    }
}
