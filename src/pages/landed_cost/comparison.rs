//! The other origins, destinations or codes that a landed cost is compared with, as the address holds them.

use import8_api::{Country, HsCode};

/// The maximum number of cases, the consignment itself included.
const MOST: usize = 12;

/// The minimum number of digits of a compared code: shorter ones cannot be priced.
pub const LEAST_DIGITS: usize = 6;

/// The property that varies between the cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Axis {
    /// The country of origin.
    #[default]
    Origins,
    /// The country of destination.
    Destinations,
    /// The commodity code.
    Codes,
}

impl Axis {
    /// All axes, in the order of the tabs.
    pub const ALL: [Self; 3] = [Self::Origins, Self::Destinations, Self::Codes];

    /// The value of the query parameter `compare`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Origins => "origins",
            Self::Destinations => "destinations",
            Self::Codes => "codes",
        }
    }
}

/// A case to compare the consignment with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Other {
    /// The same consignment from or to this country.
    Country(Country),
    /// The same consignment under this code, or under a ten-digit code below it.
    Code(HsCode),
}

impl Other {
    fn text(self) -> String {
        match self {
            Self::Country(country) => country.to_string(),
            Self::Code(code) => code.bare().to_owned(),
        }
    }
}

/// The comparison: its axis and its cases.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Comparison {
    /// The property that varies.
    pub axis: Axis,
    /// The cases besides the consignment itself, in the order in which they were added.
    pub others: Vec<Other>,
}

impl Comparison {
    /// Parses a comparison from an address; `value` returns a query parameter by name. Invalid parts are
    /// dropped.
    #[must_use]
    pub fn read(value: impl Fn(&str) -> Option<String>) -> Self {
        let named = value("compare");
        let axis = Axis::ALL.into_iter().find(|axis| Some(axis.as_str()) == named.as_deref());
        let axis = axis.unwrap_or_default();
        let other = |text: &str| match axis {
            Axis::Codes => {
                text.parse().ok().filter(|code: &HsCode| code.digit_count() >= LEAST_DIGITS).map(Other::Code)
            }
            _ => text.parse().ok().map(Other::Country),
        };
        let mut comparison = Self { axis, others: Vec::new() };
        for other in value("with").unwrap_or_default().split(',').filter_map(other) {
            comparison.add(other);
        }
        comparison
    }

    /// The query parameters of the comparison.
    pub fn parts(&self) -> impl Iterator<Item = (&'static str, String)> {
        let with: Vec<_> = self.others.iter().map(|other| other.text()).collect();
        let named = (self.axis != Axis::default() || !with.is_empty())
            .then(|| ("compare", self.axis.as_str().to_owned()));
        let with = (!with.is_empty()).then(|| ("with", with.join(",")));
        [named, with].into_iter().flatten()
    }

    /// Whether the maximum number of cases is reached.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.others.len() + 1 >= MOST
    }

    /// Adds a case, unless it is a duplicate or the maximum is reached.
    pub fn add(&mut self, other: Other) {
        if !self.is_full() && !self.others.contains(&other) {
            self.others.push(other);
        }
    }

    /// Removes a case.
    pub fn remove(&mut self, other: Other) {
        self.others.retain(|one| *one != other);
    }

    /// Changes the axis and drops the cases of the old one.
    pub fn turn(&mut self, axis: Axis) {
        if self.axis != axis {
            *self = Self { axis, others: Vec::new() };
        }
    }
}
