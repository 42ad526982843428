//! The review queue: ended classifications without a verdict, and those whose code is not in the imported tariff. Its
//! addresses, and how to fetch it.

use import8_api::{Extension, MAX_PER_PAGE, Status};

use super::{Filter, Listing, Sort};
use crate::routes;

/// The listing of an address of the review queue; `get` returns a query parameter by its name.
pub fn listing(get: impl Fn(&str) -> Option<String>) -> Listing {
    let is_ended = get("in_tariff").is_some_and(|text| text == "false");
    let asked = Listing::read(get);
    if is_ended { ended(asked) } else { waiting(asked) }
}

/// Limits a listing to classifications whose decided code is not in the imported tariff, whatever verdict they have.
fn ended(asked: Listing) -> Listing {
    let filter = Filter { in_tariff: false.to_string(), ..Filter::default() };
    Listing { sort: Sort::Newest, filter, ..asked }
}

/// The same page of the queue, from a service that may not know which codes are in the tariff.
#[must_use]
pub fn known_to(asked: Listing, extensions: &[Extension]) -> Listing {
    let is_known = !is_of_ended(&asked) || extensions.contains(&Extension::TariffChanges);
    if is_known { asked } else { waiting(Listing { filter: Filter::default(), ..asked }) }
}

/// Limits a listing to the queue: completed or failed classifications without a verdict.
fn waiting(asked: Listing) -> Listing {
    let is_failed = asked.filter.status == Status::Failed.as_str();
    let status = if is_failed { Status::Failed } else { Status::Completed };
    // A failed classification has neither a confidence nor an amount at stake.
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

/// The address of a page of the queue, without default values.
#[must_use]
pub fn address(listing: &Listing) -> String {
    let own = |text: &String, is_own: bool| if is_own { text.clone() } else { String::new() };
    let is_failed = is_of_failed(listing);
    let filter = Filter {
        status: own(&listing.filter.status, is_failed),
        max_confidence: own(&listing.filter.max_confidence, !is_failed),
        in_tariff: listing.filter.in_tariff.clone(),
        ..Filter::default()
    };
    let is_by_stake = listing.sort == Sort::AtStake && !is_failed;
    let sort = if is_by_stake { Sort::AtStake } else { Sort::Newest };
    routes::review(&Listing { sort, filter, ..listing.clone() }.to_string())
}

/// The queue of completed classifications with at most this confidence, in percent.
#[must_use]
pub fn unsure(most: u8) -> Listing {
    waiting(Listing::default().filtered(Filter { max_confidence: most.to_string(), ..Filter::default() }))
}

/// The queue of failed classifications.
#[must_use]
pub fn failed() -> Listing {
    let status = Status::Failed.as_str().to_owned();
    waiting(Listing::default().filtered(Filter { status, ..Filter::default() }))
}

/// Whether a listing is the queue of failed classifications.
#[must_use]
pub fn is_of_failed(listing: &Listing) -> bool {
    listing.filter.status == Status::Failed.as_str()
}

/// Whether a listing is the queue of classifications whose decided code is not in the imported tariff.
#[must_use]
pub fn is_of_ended(listing: &Listing) -> bool {
    !listing.filter.in_tariff.is_empty()
}

/// How the rows of the queue are fetched.
#[cfg_attr(
    not(target_arch = "wasm32"),
    expect(clippy::large_enum_variant, reason = "there is one value per screen")
)]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The service filters and sorts, and returns the page itself.
    Asked(Listing),
    /// The service cannot filter or sort. The dashboard reads all rows of `from` and picks the page `wanted`.
    Read {
        /// The listing that is read from the service.
        from: Listing,
        /// The page to show.
        wanted: Listing,
    },
}

impl Source {
    /// Chooses how to fetch `wanted` from a service with these extensions.
    #[must_use]
    pub fn new(wanted: Listing, extensions: &[Extension]) -> Self {
        let has = |extension| extensions.contains(&extension);
        let sorts = wanted.sort == Sort::Newest || has(Extension::Review);
        // Only the service knows which codes are in its tariff.
        if is_of_ended(&wanted) || has(Extension::Filters) && sorts {
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

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Parses a query string of the queue.
    pub(crate) fn read(query: &str) -> Listing {
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
        // Reviewed and pending classifications are not in the queue, and other filters do not apply.
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
        check(
            "in_tariff=false&page=2&sort=at_stake&status=failed&max_confidence=44",
            "?page=2&in_tariff=false",
            "/review?page=2&in_tariff=false",
        );
        check("in_tariff=true", "?sort=confidence&status=completed&reviewed=false", "/review");
    }

    #[test]
    fn the_service_sorts_if_it_can() {
        use Extension::{Filters, Review};
        let check = |query: &str, extensions: &[Extension], expected: &str| {
            let source = match Source::new(read(query), extensions) {
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
        check("in_tariff=false", &[Extension::TariffChanges], "asked ?in_tariff=false");
    }

    #[test]
    fn codes_that_are_not_in_the_tariff_are_asked_for_where_they_are_known() {
        let known = |query: &str, extensions: &[Extension]| known_to(read(query), extensions).to_string();
        assert_eq!(known("in_tariff=false&page=2", &[Extension::TariffChanges]), "?page=2&in_tariff=false");
        let queue = "?page=2&sort=confidence&status=completed&reviewed=false";
        assert_eq!(known("in_tariff=false&page=2", &[Extension::Filters]), queue);
        assert_eq!(known("page=2", &[]), queue);
    }

    #[test]
    fn a_part_of_the_queue_has_an_address() {
        let check = |listing: &Listing, expected: &str| assert_eq!(address(listing), expected);
        check(&unsure(74), "/review?max_confidence=74");
        check(&unsure(0), "/review?max_confidence=0");
        check(&failed(), "/review?status=failed");
    }
}
