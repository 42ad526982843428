//! Which part of the history is asked for. An address of the history has the same names as the API's
//! own query, so that what is bookmarked is what is asked.

mod filter;
mod gathered;
mod matcher;
pub mod queue;

use std::fmt::{self, Write};

use crate::format::start_of_day;
use crate::routes::encoded;

pub use filter::{Fault, Filter, code_digits, code_in_words};
pub use gathered::{Gathered, Progress};
pub use matcher::{Look, Matcher, seconds};

#[cfg(test)]
pub(crate) use gathered::tests::page;

/// Rows to a page unless the address says otherwise.
pub const PER_PAGE: u32 = 20;

/// The order of the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// The newest first.
    #[default]
    Newest,
    /// The least sure first.
    Confidence,
    /// First where a wrong code costs most.
    AtStake,
}

impl Sort {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Newest, Self::Confidence, Self::AtStake];

    /// The name in an address.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Confidence => "confidence",
            Self::AtStake => "at_stake",
        }
    }

    /// The order of that name; the newest first if there is none.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self::ALL.into_iter().find(|sort| sort.as_str() == name).unwrap_or_default()
    }
}

/// A page of the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// Which, from 1.
    pub page: u64,
    /// Rows to a page, at most 100.
    pub per_page: u32,
    /// What is left out.
    pub filter: Filter,
    /// The order.
    pub sort: Sort,
}

impl Default for Listing {
    fn default() -> Self {
        Self { page: 1, per_page: PER_PAGE, filter: Filter::default(), sort: Sort::default() }
    }
}

impl Listing {
    /// The newest classifications.
    #[must_use]
    pub fn newest(per_page: u32) -> Self {
        Self { per_page, ..Self::default() }
    }

    /// What an address asks for; `get` gives the value of a name in it. What makes no sense is as if
    /// it were not there.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let number = |name| get(name).and_then(|text| text.parse::<u32>().ok());
        Self {
            page: get("page").and_then(|text| text.parse().ok()).filter(|page| *page >= 1).unwrap_or(1),
            per_page: number("per_page").filter(|rows| (1..=100).contains(rows)).unwrap_or(PER_PAGE),
            sort: get("sort").map(|name| Sort::named(&name)).unwrap_or_default(),
            filter: Filter::read(get),
        }
    }

    /// The query of the API: with the page and its rows always, a code as bare digits, and days as times.
    #[must_use]
    pub fn api_query(&self) -> String {
        let mut filter = self.filter.clone();
        filter.code = code_digits(&filter.code).unwrap_or_default();
        filter.from = start_of_day(&filter.from, 0).unwrap_or_default();
        // The API's own `to` is the first moment that is not asked for.
        filter.to = start_of_day(&filter.to, 1).unwrap_or_default();
        let mut query = format!("?per_page={}&page={}", self.per_page, self.page);
        if self.sort != Sort::Newest {
            query.push_str(&format!("&sort={}", self.sort.as_str()));
        }
        for (name, value) in filter.pairs().into_iter().filter(|(_, value)| !value.is_empty()) {
            query.push_str(&format!("&{name}={}", encoded(value)));
        }
        query
    }

    /// The same list, another page of it.
    #[must_use]
    pub fn on_page(&self, page: u64) -> Self {
        Self { page, ..self.clone() }
    }

    /// The first page of what another filter leaves.
    #[must_use]
    pub fn filtered(&self, filter: Filter) -> Self {
        Self { page: 1, filter, ..self.clone() }
    }
}

/// The query of an address, without what goes without saying: empty for the first page of all.
impl fmt::Display for Listing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let page = if self.page == 1 { String::new() } else { self.page.to_string() };
        let rows = if self.per_page == PER_PAGE { String::new() } else { self.per_page.to_string() };
        let sort = if self.sort == Sort::Newest { "" } else { self.sort.as_str() };
        let pairs = [("page", page.as_str()), ("per_page", &rows), ("sort", sort)];
        let mut separator = '?';
        for (name, value) in pairs.into_iter().chain(self.filter.pairs()) {
            if !value.is_empty() {
                f.write_char(separator)?;
                write!(f, "{name}={}", encoded(value))?;
                separator = '&';
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a query without escapes.
    fn read(query: &str) -> Listing {
        Listing::read(|name| {
            let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            pairs.into_iter().find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
        })
    }

    #[test]
    fn an_address_is_read_and_written() {
        let check = |query: &str, expected: &str| assert_eq!(read(query).to_string(), expected, "{query}");
        check("", "");
        check("page=3", "?page=3");
        check("page=0&per_page=1000&sort=colour&x=1", "");
        check("sort=at_stake&per_page=100", "?per_page=100&sort=at_stake");
        check("q=steel pan&reviewed=false&chapter=73", "?q=steel%20pan&chapter=73&reviewed=false");
        check("reviewed=false&code=7323.93", "?code=7323.93&reviewed=false");
        check(
            "from=2026-03-03&to=2026-03-04&max_confidence=44&status=completed&min_confidence=1",
            "?status=completed&min_confidence=1&max_confidence=44&from=2026-03-03&to=2026-03-04",
        );
    }

    #[test]
    fn what_makes_no_sense_is_not_there_and_what_is_typed_wrong_stays() {
        let check = |query: &str, expected: &str| assert_eq!(read(query).to_string(), expected, "{query}");
        check("status=lost&reviewed=maybe&min_confidence=101&max_confidence=x", "");
        check("from=yesterday&to=2026-3-3", "");
        check("chapter=8", "?chapter=8");
        check("code=shoes", "?code=shoes");
        check("from=2026-03-04&to=2026-03-03", "?from=2026-03-04&to=2026-03-03");
    }

    #[test]
    fn the_next_page_keeps_the_rest() {
        assert_eq!(read("q=pan&page=2").on_page(3).to_string(), "?page=3&q=pan");
        assert_eq!(read("q=pan&page=2").on_page(1).to_string(), "?q=pan");
        assert_eq!(read("q=pan&page=2&per_page=50").filtered(Filter::default()).to_string(), "?per_page=50");
    }
}
