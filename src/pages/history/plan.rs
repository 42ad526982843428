//! Splits a list query into the part the service can apply and the part this screen applies itself.

use import8_api::{Extension, MAX_PER_PAGE};

use crate::api::listing::{Filter, Listing, Sort, code_in_words};

/// The list features of a service beyond the documented API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ListSupport {
    /// It filters, except by maximum confidence.
    filters: bool,
    /// It sorts, and filters by maximum confidence.
    review: bool,
    /// Its rows contain verdicts.
    verdicts: bool,
    /// It searches by decided code.
    codes: bool,
}

impl ListSupport {
    /// The features of a service with these extensions.
    #[must_use]
    pub fn from_extensions(extensions: &[Extension]) -> Self {
        let has = |extension| extensions.contains(&extension);
        Self {
            filters: has(Extension::Filters),
            review: has(Extension::Review),
            verdicts: has(Extension::Input),
            codes: has(Extension::Decided),
        }
    }

    /// Whether the service sorts.
    #[must_use]
    pub fn sorts(self) -> bool {
        self.review
    }

    /// Whether the rows contain verdicts.
    #[must_use]
    pub fn knows_verdicts(self) -> bool {
        self.verdicts
    }

    /// The part of a filter that the service applies.
    fn part_of(self, filter: &Filter) -> Filter {
        let own = if self.filters { filter.clone() } else { Filter::default() };
        let part = |text: &String, is_done: bool| if is_done { text.clone() } else { String::new() };
        Filter {
            // A search text that may be a code must also match the decided code.
            q: part(&own.q, self.codes || code_in_words(&own.q).is_none()),
            max_confidence: part(&filter.max_confidence, self.review),
            code: part(&filter.code, self.codes),
            ..own
        }
    }
}

/// A part of a query that neither the service nor this screen can apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lack {
    /// A sort order other than newest first.
    Sort,
    /// The filter by verdict.
    Verdicts,
}

/// The way to obtain a list.
#[cfg_attr(
    not(target_arch = "wasm32"),
    expect(clippy::large_enum_variant, reason = "there is one value per screen")
)]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Plan {
    /// The service answers the query.
    Asked(Listing),
    /// This screen scans a wider list and filters it.
    ScanResult(Box<Search>),
}

/// A client-side scan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// The query sent to the service. All of its pages are read.
    pub source: Listing,
    /// The query to answer from the rows read.
    pub wanted: Listing,
    /// The part of the filter that this screen applies.
    pub rest: Filter,
}

impl Plan {
    /// Whether a query needs no feature of the service: no filter, newest first.
    #[must_use]
    pub fn is_plain(listing: &Listing) -> bool {
        listing.filter.without_faults().is_empty() && listing.sort == Sort::Newest
    }

    /// The plan for a query, and the parts that were dropped because nothing can apply them.
    #[must_use]
    pub fn new(listing: &Listing, support: ListSupport) -> (Self, Vec<Lack>) {
        let mut lacks = Vec::new();
        let mut wanted = Listing { filter: listing.filter.without_faults(), ..listing.clone() };
        if wanted.sort != Sort::Newest && !support.sorts() {
            wanted.sort = Sort::Newest;
            lacks.push(Lack::Sort);
        }
        if !wanted.filter.reviewed.is_empty() && !support.knows_verdicts() && !support.filters {
            wanted.filter.reviewed.clear();
            lacks.push(Lack::Verdicts);
        }
        let asked = Listing { filter: support.part_of(&wanted.filter), ..wanted.clone() };
        let plan = if asked == wanted {
            Self::Asked(wanted)
        } else {
            let source = Listing { per_page: MAX_PER_PAGE, ..asked.on_page(1) };
            let rest = wanted.filter.beyond(&source.filter);
            Self::ScanResult(Box::new(Search { source, wanted, rest }))
        };
        (plan, lacks)
    }

    /// The client-side scan, if the plan needs one.
    #[must_use]
    pub fn search(&self) -> Option<&Search> {
        match self {
            Self::Asked(_) => None,
            Self::ScanResult(search) => Some(search),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the query to the service, the rest of the filter and the dropped parts.
    fn check(query: &str, extensions: &[Extension], expected: (&str, Option<&str>, &[Lack])) {
        let listing = Listing::read(|name| {
            let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            pairs.find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
        });
        let (plan, lacks) = Plan::new(&listing, ListSupport::from_extensions(extensions));
        let (asked, wanted) = match plan {
            Plan::Asked(asked) => (asked.to_string(), None),
            Plan::ScanResult(search) => {
                let Search { source, wanted, rest } = *search;
                (source.to_string(), Some(wanted.filtered(rest).to_string()))
            }
        };
        assert_eq!((asked.as_str(), wanted.as_deref(), lacks.as_slice()), expected, "{query}");
    }

    #[test]
    fn the_service_does_what_it_can() {
        use Extension::{Decided, Filters, Input, Review};
        let all = [Filters, Review, Input];
        check("page=3&per_page=50", &[], ("?page=3&per_page=50", None, &[]));
        check("q=pan&page=2", &all, ("?page=2&q=pan", None, &[]));
        check("q=pan&page=2&per_page=50", &[], ("?per_page=100", Some("?per_page=50&q=pan"), &[]));
        check("max_confidence=44&sort=confidence", &all, ("?sort=confidence&max_confidence=44", None, &[]));
        check(
            "q=pan&max_confidence=44",
            &[Filters],
            ("?per_page=100&q=pan", Some("?max_confidence=44"), &[]),
        );
        check("sort=at_stake", &[Filters], ("", None, &[Lack::Sort]));
        check("reviewed=true", &[Filters], ("?reviewed=true", None, &[]));
        check("reviewed=true", &[Input], ("?per_page=100", Some("?reviewed=true"), &[]));
        check("reviewed=true&page=2", &[], ("?page=2", None, &[Lack::Verdicts]));
        check("chapter=8&status=failed", &all, ("?status=failed", None, &[]));
        let decided = [Filters, Decided];
        check("code=9617.00&chapter=96", &decided, ("?chapter=96&code=9617.00", None, &[]));
        check("code=shoes", &[], ("", None, &[]));
        check("code=9617&chapter=96", &[Filters], ("?per_page=100&chapter=96", Some("?code=9617"), &[]));
        check("q=9617.00", &decided, ("?q=9617.00", None, &[]));
        check("q=9617&status=failed", &all, ("?per_page=100&status=failed", Some("?q=9617"), &[]));
    }
}
