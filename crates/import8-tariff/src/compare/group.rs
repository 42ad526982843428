//! The measures on one code, for a quick check whether another edition has the same: such codes need no closer look.

use crate::{Measure, Text};

/// The measures on one code, in a fixed order.
#[derive(Default)]
pub(super) struct Group<'a>(Vec<&'a Measure>);

/// The type, the origin and the additional code. Several measures of one key are told as one: seasons, quotas.
pub(super) type Key<'a> = (&'a Text, &'a Text, Option<&'a Text>);

impl<'a> Group<'a> {
    pub(super) fn push(&mut self, measure: &'a Measure) {
        self.0.push(measure);
    }

    pub(super) fn sort(&mut self) {
        self.0.sort_by_key(|&measure| (key(measure), &measure.order_number, &measure.duty));
    }

    /// Whether the content of both is written alike.
    pub(super) fn is_like(&self, other: &Group<'_>) -> bool {
        let alike = |(one, other): (&&Measure, &&Measure)| {
            key(one) == key(other)
                && one.order_number == other.order_number
                && one.duty == other.duty
                && one.excluded == other.excluded
                && one.conditions == other.conditions
        };
        self.0.len() == other.0.len() && self.0.iter().zip(&other.0).all(alike)
    }
}

/// The key of a measure.
pub(super) fn key(measure: &Measure) -> Key<'_> {
    (&measure.measure_type, &measure.area, measure.additional_code.as_ref())
}
