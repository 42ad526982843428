//! Compares two editions of the tariff, each on a day: codes that ended, began, were divided or merged, and the
//! measures that changed on the codes that stayed.
//!
//! Call [`compare`] when an edition is imported or asked for; it takes a moment for a whole TARIC. The result holds
//! all that an answer needs, so that neither edition must stay in memory. What a publication does not contain is not
//! compared: a Combined Nomenclature beside a TARIC says nothing of measures and nothing below eight digits.

mod effective;
mod followers;
mod side;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;

use self::followers::followers;
use self::side::Side;
use crate::applicable::EVERY_THIRD_COUNTRY;
use crate::{
    Condition, EVERY_COUNTRY, Edition, GoodsCode, MeasureRole, Names, Publication, Table, Text, measure_type,
};

/// An edition, as it is on a day.
#[derive(Debug, Clone, Copy)]
pub struct OnDay<'a> {
    /// The edition.
    pub edition: &'a Edition,
    /// The day on which its lines and measures must apply.
    pub day: Date,
}

impl<'a> From<&'a Edition> for OnDay<'a> {
    /// The edition on its own day.
    fn from(edition: &'a Edition) -> Self {
        Self { edition, day: edition.day }
    }
}

/// The differences between two editions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The older edition.
    pub before: Compared,
    /// The newer edition.
    pub after: Compared,
    /// The number of digits down to which both have codes: 6, 8 or 10.
    pub digits: usize,
    /// Whether both have measures. Otherwise nothing is known of changes in them.
    pub has_measures: bool,
    /// The codes that differ.
    pub codes: BTreeMap<GoodsCode, CodeChange>,
    /// The changes in measures, each once, which [`CodeChange::measures`] refers to by position.
    pub measures: Vec<MeasureChange>,
}

/// One side of a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// What was published.
    pub publication: Publication,
    /// The day on which it was compared.
    pub day: Date,
    /// The codes that applied on the day, ascending.
    pub codes: Vec<GoodsCode>,
    /// What it says of each code that the comparison names, and of the headings and subheadings above those that
    /// changed.
    pub facts: BTreeMap<GoodsCode, Facts>,
    /// The names of the measure types that the comparison names, by code.
    pub measure_types: BTreeMap<Text, Names>,
    /// The names of the countries and groups that the comparison names, by code.
    pub areas: BTreeMap<Text, Names>,
    /// The countries of each of these by ISO 3166-1 code, as far as they are listed.
    pub countries: BTreeMap<Text, BTreeSet<String>>,
}

/// What an edition says of a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// The texts from below the heading down to the code, in one text: `Headphones – Other`.
    pub text: Names,
    /// The third-country duty of the code, or that of all codes below it if it is the same.
    pub duty: Option<Text>,
}

/// The differences of a code.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CodeChange {
    /// Whether the code itself ended, began, was divided or merged.
    pub place: Option<PlaceChange>,
    /// Whether goods could and can be declared under it, if that changed for another reason.
    pub declarable: Option<Pair<bool>>,
    /// The supplementary unit of the Combined Nomenclature, if it changed.
    pub unit: Option<Pair<Option<Text>>>,
    /// The positions in [`Comparison::measures`] of the measures that changed on goods of the code, inherited ones
    /// too. Empty for a code that ended or began.
    pub measures: Vec<u32>,
}

/// The value before and after.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pair<T> {
    /// In the older edition.
    pub before: T,
    /// In the newer edition.
    pub after: T,
}

/// A change of a code's place in the nomenclature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlaceChange {
    /// It does not apply any more. Contains the codes that its goods may have now, the likeliest first.
    Ended(Vec<Candidate>),
    /// It did not apply before. Contains the codes that its goods may have had, the likeliest first.
    New(Vec<Candidate>),
    /// It had no codes below it and has these now.
    Divided(Vec<GoodsCode>),
    /// It had these codes below it and has none now.
    Merged(Vec<GoodsCode>),
}

/// A code that may follow or precede another one. No publication that is read here says which it is, so this is found
/// by place and text, except where only one code is left for the goods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// The code.
    pub code: GoodsCode,
    /// The part of the words of both texts that they share, in per cent.
    pub overlap: u8,
    /// Whether it is the only code for the goods: the codes beside the other one were merged into it.
    pub is_certain: bool,
}

/// A measure that changed: all that is in force of one type, origin and additional code.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MeasureChange {
    /// TARIC's code of the type: `142`.
    pub measure_type: Text,
    /// The origin: a country, or a group such as `1011` (every country).
    pub area: Text,
    /// The part of the goods that it is limited to: `C999`.
    pub additional_code: Option<Text>,
    /// What applied and what applies; empty where nothing does.
    pub terms: Pair<Vec<Terms>>,
}

impl MeasureChange {
    /// Whether it is the third-country duty.
    #[must_use]
    pub fn is_third_country_duty(&self) -> bool {
        is_third_country_duty(&self.measure_type, &self.area) && self.additional_code.is_none()
    }
}

/// Whether a measure of a type and an area is the third-country duty on every origin. That on one origin, such as a
/// sanction, is another measure.
fn is_third_country_duty(code: &str, area: &str) -> bool {
    area == EVERY_COUNTRY
        && measure_type(code).is_some_and(|known| known.role == MeasureRole::ThirdCountryDuty)
}

/// The content of a measure. Its legal base, its footnotes and its days are no part of it: a change of these alone
/// changes nothing for the goods.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Terms {
    /// The order number of a quota.
    pub order_number: Option<Text>,
    /// The duty as the publication writes it.
    pub duty: Option<Text>,
    /// The countries and groups that it leaves out, ascending.
    pub excluded: Vec<Text>,
    /// The conditions, in the publication's order.
    pub conditions: Vec<Condition>,
}

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

impl From<PlaceChange> for CodeChange {
    fn from(place: PlaceChange) -> Self {
        Self { place: Some(place), ..Self::default() }
    }
}

impl Comparison {
    /// The change of goods that were declared under a code: that of the code itself, or of the nearest code above it
    /// that the older edition has.
    #[must_use]
    pub fn change_of(&self, code: GoodsCode) -> Option<(GoodsCode, &CodeChange)> {
        let known = code.with_ancestors().find(|one| self.before.has(*one))?;
        Some((known, self.codes.get(&known)?))
    }

    /// The changes of the codes below a code, ascending. A code that is both a subheading and declarable is not below
    /// itself.
    pub fn changes_below(&self, code: GoodsCode) -> impl Iterator<Item = (GoodsCode, &CodeChange)> {
        let below = self.codes.range(code..).skip_while(move |(one, _)| **one == code);
        below
            .take_while(move |(one, _)| one.as_str().starts_with(code.significant()))
            .map(|(code, change)| (*code, change))
    }

    /// The measures that changed on a code.
    pub fn measures_of<'a>(&'a self, change: &'a CodeChange) -> impl Iterator<Item = &'a MeasureChange> {
        change.measures.iter().filter_map(|position| self.measures.get(usize::try_from(*position).ok()?))
    }
}

impl Compared {
    /// Whether the code applied on the day.
    #[must_use]
    pub fn has(&self, code: GoodsCode) -> bool {
        self.codes.binary_search(&code).is_ok()
    }

    /// Whether a country is the area, or one of its countries. Of a group without listed members it is not known, and
    /// the answer is `false`.
    #[must_use]
    pub fn is_in_area(&self, area: &str, country: &str) -> bool {
        match self.countries.get(area) {
            Some(countries) => countries.contains(country),
            None => area == EVERY_COUNTRY || area == EVERY_THIRD_COUNTRY,
        }
    }

    /// Whether there was no code below a code.
    #[must_use]
    pub fn is_last(&self, code: GoodsCode) -> bool {
        let next = self.codes.partition_point(|one| *one <= code);
        !self.codes.get(next).is_some_and(|next| next.as_str().starts_with(code.significant()))
    }
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
