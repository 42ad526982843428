//! Compares two editions of the tariff, each on a day: codes that ended, began, were divided or merged, and the
//! measures that changed on the codes that stayed.
//!
//! Call [`compare`] when an edition is imported or asked for; it takes a moment for a whole TARIC. The result holds
//! all that an answer needs, so that neither edition must stay in memory. What a publication does not contain is not
//! compared: a Combined Nomenclature beside a TARIC says nothing of measures and nothing below eight digits.

mod change;
mod effective;
mod followers;
mod group;
mod side;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap};

pub use self::change::{
    Candidate, CodeChange, Compared, Comparison, Facts, MeasureChange, OnDay, Pair, PlaceChange, Terms,
};
pub use self::effective::is_same_duty;
use self::followers::followers;
use self::side::Side;
use crate::{GoodsCode, Publication, Table, Text};

/// Compares two editions. Comparing an edition with itself gives no change; exchanging the two exchanges before and
/// after, ended and new, divided and merged.
#[must_use]
pub fn compare<'a>(before: impl Into<OnDay<'a>>, after: impl Into<OnDay<'a>>) -> Comparison {
    let (before, after) = (before.into(), after.into());
    let digits = depth(before.edition.publication).min(depth(after.edition.publication));
    let (before, after) = (Side::new(before, digits), Side::new(after, digits));
    let has_measures = [&before, &after].iter().all(|side| side.has(Table::Measures));
    let mut codes = BTreeMap::new();
    let mut known = Interned::default();
    let languages = side::shared_language(&before, &after);
    for code in before.codes_with(&after) {
        let mut change = match (before.line(code), after.line(code)) {
            (Some(old), Some(new)) => CodeChange {
                place: place(&before, &after, code),
                declarable: changed(old.declarable, new.declarable),
                unit: unit(&before, &after, code),
                measures: Vec::new(),
            },
            (Some(_), None) => PlaceChange::Ended(followers(&before, &after, code, languages)).into(),
            (None, _) => PlaceChange::New(followers(&after, &before, code, languages)).into(),
        };
        if change.place.is_some() {
            // A code that is divided cannot be declared any more: that goes without saying.
            change.declarable = None;
        }
        if has_measures && before.line(code).is_some() && after.line(code).is_some() {
            change.measures = effective::changes(&before, &after, code)
                .into_iter()
                .map(|one| known.position(one))
                .collect();
        }
        if change != CodeChange::default() {
            codes.insert(code, change);
        }
    }
    let measures = known.all;
    let named = named(&codes);
    let (before, after) = (before.compared(&named, &measures), after.compared(&named, &measures));
    Comparison { before, after, digits, has_measures, codes, measures }
}

/// The number of digits down to which a publication has codes.
fn depth(publication: Publication) -> usize {
    match publication {
        Publication::HarmonizedSystem => 6,
        Publication::CombinedNomenclature => 8,
        Publication::Taric | Publication::Own => 10,
    }
}

/// The change of place of a code that both editions have.
fn place(before: &Side<'_>, after: &Side<'_>, code: GoodsCode) -> Option<PlaceChange> {
    match (before.is_last(code), after.is_last(code)) {
        (true, false) => Some(PlaceChange::Divided(after.last_below(code).collect())),
        (false, true) => Some(PlaceChange::Merged(before.last_below(code).collect())),
        _ => None,
    }
}

/// The two values, if both are known and differ.
fn changed<T: PartialEq>(before: Option<T>, after: Option<T>) -> Option<Pair<T>> {
    let (before, after) = before.zip(after)?;
    (before != after).then_some(Pair { before, after })
}

/// The change of a code's unit. That a publication of another kind has none says nothing.
fn unit(before: &Side<'_>, after: &Side<'_>, code: GoodsCode) -> Option<Pair<Option<Text>>> {
    let (old, new) = (before.line(code)?.unit.clone(), after.line(code)?.unit.clone());
    let are_comparable = before.publication() == after.publication() || old.is_some() && new.is_some();
    (are_comparable && old != new).then_some(Pair { before: old, after: new })
}

/// The codes that are changed or named in a change, and the headings and subheadings above those that are changed.
fn named(codes: &BTreeMap<GoodsCode, CodeChange>) -> Vec<GoodsCode> {
    let above = |code: &GoodsCode| code.with_ancestors().filter(|one| one.significant().len() >= 4);
    let of = |change: &CodeChange| match &change.place {
        Some(PlaceChange::Ended(candidates) | PlaceChange::New(candidates)) => {
            candidates.iter().map(|one| one.code).collect()
        }
        Some(PlaceChange::Divided(codes) | PlaceChange::Merged(codes)) => codes.clone(),
        None => Vec::new(),
    };
    let mut all: Vec<_> = codes.iter().flat_map(|(code, change)| above(code).chain(of(change))).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Changes of measures, each once. A change on a heading is one for all codes below it.
#[derive(Default)]
struct Interned {
    all: Vec<MeasureChange>,
    positions: HashMap<MeasureChange, u32>,
}

impl Interned {
    fn position(&mut self, change: MeasureChange) -> u32 {
        if let Some(known) = self.positions.get(&change) {
            return *known;
        }
        let position = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        self.positions.insert(change.clone(), position);
        self.all.push(change);
        position
    }
}
