//! A page of the history: filter, order and page number. The dashboard's address uses the parameter names of
//! the API, so a bookmark repeats the same request.

mod filter;
mod matcher;
pub mod queue;

use std::fmt::{self, Write};

use crate::i18n::format::start_of_day;
use crate::routes::encoded;

pub use filter::{Fault, Filter, code_digits, code_in_words, is_day};
pub use matcher::{Matcher, RowMatch, seconds};

/// Rows per page, unless the address says otherwise.
pub const PER_PAGE: u32 = 20;

/// Order of the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// Newest first.
    #[default]
    Newest,
    /// Lowest confidence first.
    Confidence,
    /// Highest amount at stake first: where a wrong code costs most.
    AtStake,
}

impl Sort {
    /// All orders.
    pub const ALL: [Self; 3] = [Self::Newest, Self::Confidence, Self::AtStake];

    /// Name of the order in an address.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Confidence => "confidence",
            Self::AtStake => "at_stake",
        }
    }

    /// Parses the name of an order. An unknown name is [`Sort::Newest`].
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self::ALL.into_iter().find(|sort| sort.as_str() == name).unwrap_or_default()
    }
}

/// A requested page of the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// Page number, from 1.
    pub page: u64,
    /// Rows per page, from 1 to 100.
    pub per_page: u32,
    /// Filter of the rows.
    pub filter: Filter,
    /// Order of the rows.
    pub sort: Sort,
}

impl Default for Listing {
    fn default() -> Self {
        Self { page: 1, per_page: PER_PAGE, filter: Filter::default(), sort: Sort::default() }
    }
}

impl Listing {
    /// The first page of the unfiltered history, newest first.
    #[must_use]
    pub fn newest(per_page: u32) -> Self {
        Self { per_page, ..Self::default() }
    }

    /// Parses the query parameters of an address; `get` returns a parameter by its name. Values out of range
    /// are ignored.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let number = |name| get(name).and_then(|text| text.parse::<u32>().ok());
        Self {
            page: get("page").and_then(|text| text.parse().ok()).filter(|page| *page >= 1).unwrap_or(1),
            per_page: number("per_page").filter(|rows| (1..=100).contains(rows)).unwrap_or(PER_PAGE),
            sort: get("sort").map(|name| Sort::named(&name)).unwrap_or_default(),
            filter: Filter::read(get),
        }
    }

    /// The query string for the API. It always contains `page` and `per_page`; codes are bare digits, and
    /// days are RFC 3339 times.
    #[must_use]
    pub fn api_query(&self) -> String {
        let mut filter = self.filter.clone();
        filter.code = code_digits(&filter.code).unwrap_or_default();
        filter.from = start_of_day(&filter.from, 0).unwrap_or_default();
        // `to` is exclusive in the API and inclusive in an address.
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

    /// The same list at another page.
    #[must_use]
    pub fn on_page(&self, page: u64) -> Self {
        Self { page, ..self.clone() }
    }

    /// The first page of the list under another filter.
    #[must_use]
    pub fn filtered(&self, filter: Filter) -> Self {
        Self { page: 1, filter, ..self.clone() }
    }
}

/// Writes the query string of an address. Default values are left out, so the first page of the whole history
/// is an empty string.
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

    /// Reads a query string without percent-encoding.
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
