//! The measures that apply to goods of a code, with those that it inherits, and their changes.

use std::collections::BTreeMap;

use super::change::{MeasureChange, Pair, Terms};
use super::group::{Key, key};
use super::side::Side;
use crate::duty_text::DutyText;
use crate::{GoodsCode, Measure};

/// The changes in the measures on goods of a code, by key.
pub(super) fn changes<'a>(before: &Side<'a>, after: &Side<'a>, code: GoodsCode) -> Vec<MeasureChange> {
    let differs = |code: GoodsCode| match (before.group(code), after.group(code)) {
        (None, None) => false,
        (Some(one), Some(other)) => !one.is_like(other),
        _ => true,
    };
    // Most codes inherit and have the same measures as before.
    if !code.with_ancestors().any(differs) {
        return Vec::new();
    }
    let (mut old, mut new) = (effective(before, code), effective(after, code));
    let keys: Vec<Key<'_>> =
        old.keys().chain(new.keys().filter(|key| !old.contains_key(*key))).copied().collect();
    let mut changes = Vec::new();
    for key @ (measure_type, area, additional_code) in keys {
        let terms = Pair {
            before: old.remove(&key).unwrap_or_default(),
            after: new.remove(&key).unwrap_or_default(),
        };
        if !are_same(&terms.before, &terms.after) {
            changes.push(MeasureChange {
                measure_type: measure_type.clone(),
                area: area.clone(),
                additional_code: additional_code.cloned(),
                terms,
            });
        }
    }
    changes.sort();
    changes
}

/// The measures on the goods of a code by key, with those that it inherits.
fn effective<'a>(side: &Side<'a>, code: GoodsCode) -> BTreeMap<Key<'a>, Vec<Terms>> {
    let mut effective: BTreeMap<Key<'a>, Vec<Terms>> = BTreeMap::new();
    for measure in side.applicable(code) {
        effective.entry(key(measure)).or_default().push(terms(measure));
    }
    for terms in effective.values_mut() {
        terms.sort();
        // The publication repeats some rows.
        terms.dedup();
    }
    effective
}

fn terms(measure: &Measure) -> Terms {
    let mut excluded = measure.excluded.clone();
    excluded.sort();
    Terms {
        order_number: measure.order_number.clone(),
        duty: measure.duty.clone(),
        excluded,
        conditions: measure.conditions.clone(),
    }
}

fn are_same(before: &[Terms], after: &[Terms]) -> bool {
    before.len() == after.len() && before.iter().zip(after).all(|(one, other)| same_terms(one, other))
}

/// Whether two contents are the same, even if a duty is written in another way: `2.000 %`, `2 %`.
fn same_terms(one: &Terms, other: &Terms) -> bool {
    one.order_number == other.order_number
        && one.excluded == other.excluded
        && one.conditions == other.conditions
        && same_duty(one.duty.as_deref(), other.duty.as_deref())
}

fn same_duty(one: Option<&str>, other: Option<&str>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => is_same_duty(one, other),
        (one, other) => one == other,
    }
}

/// Whether two duties, as an edition has them, are the same, even if they are written in another way.
#[must_use]
pub fn is_same_duty(one: &str, other: &str) -> bool {
    let parsed = |duty: &str| DutyText::parse(duty).expression();
    one == other || parsed(one).is_some_and(|one| parsed(other).as_ref() == Some(&one))
}
