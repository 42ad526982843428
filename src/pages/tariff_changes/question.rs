//! The question of the page: the editions to compare, the days on which they are compared, and the kind of change to
//! show. Its address uses the parameter names of the API.

use crate::api::listing::is_day;
use crate::routes;

/// The kinds of change by their names in the API, in the order in which they are offered.
pub const KINDS: [&str; 8] =
    ["ended", "divided", "merged", "duty", "measures", "unit", "declarable", "below"];

/// The question. An empty text leaves the choice to the service; an empty kind is every kind.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Question {
    /// The number of the older edition.
    pub from: String,
    /// The number of the newer edition.
    pub to: String,
    /// The day on which the older edition is compared: `2027-01-01`.
    pub from_day: String,
    /// The day on which the newer edition is compared.
    pub to_day: String,
    /// The kind of change: one of [`KINDS`].
    pub kind: String,
}

impl Question {
    /// Reads the query of an address; `get` returns a parameter by its name. What makes no sense is left out.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let text = |name: &str, makes_sense: fn(&str) -> bool| {
            get(name).filter(|text| makes_sense(text)).unwrap_or_default()
        };
        let is_number = |text: &str| text.parse::<u64>().is_ok();
        Self {
            from: text("from", is_number),
            to: text("to", is_number),
            from_day: text("from_day", is_day),
            to_day: text("to_day", is_day),
            kind: text("kind", |text| KINDS.contains(&text)),
        }
    }

    /// The query of the API: without the kind, which is filtered here. Empty or begins with `?`.
    #[must_use]
    pub fn comparison(&self) -> String {
        let pairs =
            [("from", &self.from), ("to", &self.to), ("from_day", &self.from_day), ("to_day", &self.to_day)];
        let mut query = String::new();
        for (name, value) in pairs {
            add(&mut query, name, value);
        }
        query
    }

    /// The address of the question.
    #[must_use]
    pub fn address(&self) -> String {
        let mut query = self.comparison();
        add(&mut query, "kind", &self.kind);
        routes::tariff_changes(&query)
    }
}

/// Adds a parameter to a query, unless it is empty. Its value needs no encoding.
pub fn add(query: &mut String, name: &str, value: &str) {
    if !value.is_empty() {
        let separator = if query.is_empty() { '?' } else { '&' };
        query.push_str(&format!("{separator}{name}={value}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_and_written() {
        let check = |query: &str, comparison: &str, address: &str| {
            let question = Question::read(|name| {
                let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
                pairs.find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
            });
            assert_eq!((&*question.comparison(), &*question.address()), (comparison, address), "{query}");
        };
        check("", "", "/tariff/changes");
        check("kind=ended", "", "/tariff/changes?kind=ended");
        check(
            "to_day=2027-01-01&from=1&to=1&kind=duty",
            "?from=1&to=1&to_day=2027-01-01",
            "/tariff/changes?from=1&to=1&to_day=2027-01-01&kind=duty",
        );
        check("from=first&to=-1&from_day=today&to_day=2027-1-1&kind=lost", "", "/tariff/changes");
    }
}
