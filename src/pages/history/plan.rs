//! Who looks for what is asked: the service, as far as it can, and this screen for the rest.

use import8_api::{Extension, MAX_PER_PAGE};

use crate::listing::{Filter, Listing, Sort, code_in_words};

/// What a service can do with a list beyond the documentation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Support {
    /// It filters, but not by the highest confidence.
    filters: bool,
    /// It sorts, and filters by the highest confidence.
    review: bool,
    /// Its rows say which have a verdict.
    verdicts: bool,
    /// It finds by the code that counts.
    codes: bool,
}

impl Support {
    /// What extensions add up to.
    #[must_use]
    pub fn of(extensions: &[Extension]) -> Self {
        let has = |extension| extensions.contains(&extension);
        Self {
            filters: has(Extension::Filters),
            review: has(Extension::Review),
            verdicts: has(Extension::Input),
            codes: has(Extension::Decided),
        }
    }

    /// Whether it sorts.
    #[must_use]
    pub fn sorts(self) -> bool {
        self.review
    }

    /// Whether it is known which have a verdict.
    #[must_use]
    pub fn knows_verdicts(self) -> bool {
        self.verdicts
    }

    /// What of a filter the service does.
    fn part_of(self, filter: &Filter) -> Filter {
        let own = if self.filters { filter.clone() } else { Filter::default() };
        let part = |text: &String, is_done: bool| if is_done { text.clone() } else { String::new() };
        Filter {
            // Words that may be a code find by it too.
            q: part(&own.q, self.codes || code_in_words(&own.q).is_none()),
            max_confidence: part(&filter.max_confidence, self.review),
            code: part(&filter.code, self.codes),
            ..own
        }
    }
}

/// Something in an address that is not possible with this service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lack {
    /// Another order than the newest first.
    Sort,
    /// Only those with a verdict, or without.
    Verdicts,
}

/// How a list comes about.
#[cfg_attr(not(target_arch = "wasm32"), expect(clippy::large_enum_variant, reason = "one to a screen"))]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Plan {
    /// The service answers the page.
    Asked(Listing),
    /// The service cannot.
    Gathered(Box<Search>),
}

/// What this screen reads, and looks at, because the service cannot look for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// What the service is asked for: all of it is read.
    pub source: Listing,
    /// The page that is wanted of it.
    pub wanted: Listing,
    /// What is to be left out here.
    pub rest: Filter,
}

impl Plan {
    /// Whether nothing depends on what the service can do: anyone answers a page of everything.
    #[must_use]
    pub fn is_plain(listing: &Listing) -> bool {
        listing.filter.without_faults().is_empty() && listing.sort == Sort::Newest
    }

    /// How a service comes to the list that an address asks for, and what it cannot do of it.
    #[must_use]
    pub fn of(listing: &Listing, support: Support) -> (Self, Vec<Lack>) {
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
            Self::Gathered(Box::new(Search { source, wanted, rest }))
        };
        (plan, lacks)
    }

    /// What is read here, if the service cannot look for it.
    #[must_use]
    pub fn search(&self) -> Option<&Search> {
        match self {
            Self::Asked(_) => None,
            Self::Gathered(search) => Some(search),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the service is asked, what is looked at here, and what is not possible.
    fn check(query: &str, extensions: &[Extension], expected: (&str, Option<&str>, &[Lack])) {
        let listing = Listing::read(|name| {
            let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            pairs.find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
        });
        let (plan, lacks) = Plan::of(&listing, Support::of(extensions));
        let (asked, wanted) = match plan {
            Plan::Asked(asked) => (asked.to_string(), None),
            Plan::Gathered(search) => {
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
