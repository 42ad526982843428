//! What matches the filter among the rows that are read here.

use import8_api::ClassificationSummary;

use crate::listing::{Gathered, Listing, Matcher};

/// Which of the rows that were read match.
#[derive(Debug, Clone)]
pub struct Matches {
    matcher: Matcher,
    moves: u32,
    looked_at: usize,
    places: Vec<usize>,
}

impl Matches {
    /// Looks at the rows that `old` has not looked at; at all of them for another filter.
    #[must_use]
    pub fn of(matcher: Matcher, gathered: &Gathered, old: Option<Self>) -> Self {
        let is_same = |old: &Self| old.matcher == matcher && old.moves == gathered.moves();
        let mut matches = old.filter(is_same).unwrap_or_else(|| Self {
            matcher,
            moves: gathered.moves(),
            looked_at: 0,
            places: Vec::new(),
        });
        for (place, row) in gathered.rows().iter().enumerate().skip(matches.looked_at) {
            if matches.matcher.matches(row) {
                matches.places.push(place);
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
    use super::*;
    use crate::listing::{Filter, page};

    #[test]
    fn matches_follow_the_rows_and_the_filter() {
        let mut gathered = Gathered::default();
        gathered.open(&Listing::default());
        gathered.take(page(1, 3, 8));
        let all = || Filter::default().matcher();
        let matches = Matches::of(all(), &gathered, None);
        assert_eq!(matches.count(), 3);
        gathered.take(page(2, 3, 8));
        let matches = Matches::of(all(), &gathered, Some(matches));
        assert_eq!((matches.count(), matches.rows(&gathered).len()), (6, 6));
        let listing = Listing { per_page: 4, page: 2, ..Listing::default() };
        let shown: Vec<_> = matches.page(&listing, &gathered).into_iter().map(|row| row.id).collect();
        assert_eq!(shown, ["3", "2"]);
        let failed = Filter { status: "failed".to_owned(), ..Filter::default() }.matcher();
        assert_eq!(Matches::of(failed, &gathered, Some(matches)).count(), 0);
    }
}
