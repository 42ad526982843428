//! What is to be reviewed, in which order, and what comes next.

use std::cmp::Ordering;

use import8_api::{ClassificationSummary, Extension, MAX_PER_PAGE, Status};

use crate::listing::{Filter, Gathered, Listing, Sort};
use crate::routes;

/// The part of the history that an address of the queue asks for: what has ended and has no verdict.
pub fn listing(get: impl Fn(&str) -> Option<String>) -> Listing {
    let asked = Listing::read(get);
    let is_failed = asked.filter.status == Status::Failed.as_str();
    let status = if is_failed { Status::Failed } else { Status::Completed };
    // A failed one has neither a confidence nor a cost.
    let sort = match asked.sort {
        _ if is_failed => Sort::Newest,
        Sort::AtStake => Sort::AtStake,
        Sort::Newest | Sort::Confidence => Sort::Confidence,
    };
    let max_confidence = if is_failed { String::new() } else { asked.filter.max_confidence };
    let filter = Filter {
        status: status.as_str().to_owned(),
        reviewed: false.to_string(),
        max_confidence,
        ..Filter::default()
    };
    Listing { sort, filter, ..asked }
}

/// The address of a part of the queue, without what goes without saying.
#[must_use]
pub fn address(listing: &Listing) -> String {
    let own = |text: &String, is_own: bool| if is_own { text.clone() } else { String::new() };
    let is_failed = is_of_failed(listing);
    let filter = Filter {
        status: own(&listing.filter.status, is_failed),
        max_confidence: own(&listing.filter.max_confidence, !is_failed),
        ..Filter::default()
    };
    let is_by_stake = listing.sort == Sort::AtStake && !is_failed;
    let sort = if is_by_stake { Sort::AtStake } else { Sort::Newest };
    routes::review(&Listing { sort, filter, ..listing.clone() }.to_string())
}

/// Whether a part of the queue is the one of the failed.
#[must_use]
pub fn is_of_failed(listing: &Listing) -> bool {
    listing.filter.status == Status::Failed.as_str()
}

/// How the rows come about.
#[cfg_attr(not(target_arch = "wasm32"), expect(clippy::large_enum_variant, reason = "one to a screen"))]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The service answers the page.
    Asked(Listing),
    /// The service does not sort or filter: all of `from` is read here, and what is wanted is picked out.
    Read {
        /// What the service is asked for.
        from: Listing,
        /// The page that is wanted of it.
        wanted: Listing,
    },
}

impl Source {
    /// How a service with these extensions comes to a part of the queue.
    #[must_use]
    pub fn of(wanted: Listing, extensions: &[Extension]) -> Self {
        let has = |extension| extensions.contains(&extension);
        let sorts = wanted.sort == Sort::Newest || has(Extension::Review);
        if has(Extension::Filters) && sorts {
            return Self::Asked(wanted);
        }
        let filter = if has(Extension::Filters) {
            Filter { max_confidence: String::new(), ..wanted.filter.clone() }
        } else {
            Filter::default()
        };
        Self::Read { from: Listing { filter, ..Listing::newest(MAX_PER_PAGE) }, wanted }
    }
}

/// What is wanted of the rows that were read here, the least sure first.
#[must_use]
pub fn of(gathered: &Gathered, wanted: &Listing) -> Vec<ClassificationSummary> {
    let matcher = wanted.filter.matcher();
    let mut rows: Vec<_> = gathered.rows().iter().filter(|row| matcher.matches(row)).cloned().collect();
    rows.sort_by(by_doubt);
    rows
}

/// The least sure first, those without a confidence last; of equally sure ones the order stays.
#[must_use]
fn by_doubt(a: &ClassificationSummary, b: &ClassificationSummary) -> Ordering {
    match (a.confidence, b.confidence) {
        (Some(a), Some(b)) => a.cmp(&b),
        (a, b) => a.is_none().cmp(&b.is_none()),
    }
}

/// The row after a verdict on `current`: the next that is open, else the first one.
#[must_use]
pub fn next_open(rows: &[String], current: &str, is_open: impl Fn(&str) -> bool) -> Option<String> {
    let place = rows.iter().position(|id| id == current).map_or(0, |place| place + 1);
    let (before, after) = rows.split_at_checked(place)?;
    after.iter().chain(before).find(|id| is_open(id)).cloned()
}

/// The row so many steps from `current`, which ends at the ends.
#[must_use]
pub fn stepped(rows: &[String], current: Option<&str>, step: isize) -> Option<String> {
    let place = current.and_then(|current| rows.iter().position(|id| id == current));
    let place = place.map_or(0, |place| place.saturating_add_signed(step));
    rows.get(place.min(rows.len().checked_sub(1)?)).cloned()
}

#[cfg(test)]
mod tests {
    use import8_api::decode;

    use super::*;

    fn read(query: &str) -> Listing {
        listing(|name| {
            let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            pairs.find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
        })
    }

    #[test]
    fn an_address_asks_for_a_part_of_the_history() {
        let check = |query: &str, asked: &str, written: &str| {
            let listing = read(query);
            assert_eq!(
                (listing.to_string().as_str(), address(&listing).as_str()),
                (asked, written),
                "{query}"
            );
        };
        check("", "?sort=confidence&status=completed&reviewed=false", "/review");
        check("sort=confidence", "?sort=confidence&status=completed&reviewed=false", "/review");
        check(
            "sort=at_stake&page=2&max_confidence=74",
            "?page=2&sort=at_stake&status=completed&max_confidence=74&reviewed=false",
            "/review?page=2&sort=at_stake&max_confidence=74",
        );
        // What was reviewed, or is at work, is not in the queue, and neither are other filters.
        check(
            "reviewed=true&status=pending&q=pan&chapter=73",
            "?sort=confidence&status=completed&reviewed=false",
            "/review",
        );
        check(
            "status=failed&sort=at_stake&max_confidence=44",
            "?status=failed&reviewed=false",
            "/review?status=failed",
        );
    }

    #[test]
    fn the_service_sorts_if_it_can() {
        use Extension::{Filters, Review};
        let check = |query: &str, extensions: &[Extension], expected: &str| {
            let source = match Source::of(read(query), extensions) {
                Source::Asked(listing) => format!("asked {listing}"),
                Source::Read { from, .. } => format!("read {from}"),
            };
            assert_eq!(source, expected, "{query} {extensions:?}");
        };
        let queue = "?sort=confidence&status=completed&reviewed=false";
        check("", &[Filters, Review], &format!("asked {queue}"));
        check("max_confidence=44", &[Filters], "read ?per_page=100&status=completed&reviewed=false");
        check("", &[Review], "read ?per_page=100");
        check("sort=at_stake", &[], "read ?per_page=100");
        check("status=failed", &[Filters], "asked ?status=failed&reviewed=false");
    }

    #[test]
    fn the_least_sure_come_first() {
        let row = |confidence: &str| {
            let json =
                format!(r#"{{"id": "{confidence}", "status": "completed", "confidence": {confidence}}}"#);
            decode::<ClassificationSummary>(&json).expect(&json)
        };
        let mut rows = ["92", "null", "44.5", "7", "44.4"].map(row);
        rows.sort_by(by_doubt);
        assert_eq!(rows.map(|row| row.id), ["7", "44.4", "44.5", "92", "null"]);
    }

    #[test]
    fn the_queue_is_what_ended_so_with_the_least_sure_first() {
        let row = |id: u32| {
            let status = if id % 3 == 2 { "failed" } else { "completed" };
            format!(r#"{{"id": "{id}", "status": "{status}", "confidence": {id}}}"#)
        };
        let rows = (0..8).rev().map(row).collect::<Vec<_>>().join(",");
        let page = format!(
            r#"{{"success": true, "data": [{rows}], "meta": {{"current_page": 1, "per_page": 100, "total": 8, "last_page": 1}}}}"#
        );
        let mut gathered = Gathered::default();
        gathered.open(&Listing::default());
        gathered.take(decode(&page).expect(&page));
        let check = |query: &str, expected: &[&str]| {
            let ids: Vec<_> = of(&gathered, &read(query)).into_iter().map(|row| row.id).collect();
            assert_eq!(ids, expected, "{query}");
        };
        check("", &["0", "1", "3", "4", "6", "7"]);
        check("status=failed", &["2", "5"]);
        check("max_confidence=3", &["0", "1", "3"]);
    }

    #[test]
    fn after_a_verdict_comes_what_is_open() {
        let check = |current: &str, open: &str, expected: Option<&str>| {
            let rows = ["a", "b", "c"].map(str::to_owned);
            assert_eq!(
                next_open(&rows, current, |id| open.contains(id)).as_deref(),
                expected,
                "{current} {open}"
            );
        };
        check("a", "bc", Some("b"));
        check("a", "c", Some("c"));
        check("c", "ab", Some("a"));
        check("b", "a", Some("a"));
        check("b", "", None);
        check("gone", "bc", Some("b"));
    }

    #[test]
    fn steps_end_at_the_ends() {
        let check = |current: Option<&str>, step: isize, expected: Option<&str>| {
            let rows = ["a", "b", "c"].map(str::to_owned);
            assert_eq!(stepped(&rows, current, step).as_deref(), expected, "{current:?} {step}");
        };
        check(Some("a"), 1, Some("b"));
        check(Some("c"), 1, Some("c"));
        check(Some("b"), -1, Some("a"));
        check(Some("a"), -1, Some("a"));
        check(None, 1, Some("a"));
        check(Some("gone"), 1, Some("a"));
        assert_eq!(stepped(&[], None, 1), None);
    }
}
