//! The changes between two editions, as values.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::applicable::EVERY_THIRD_COUNTRY;
use crate::{
    Condition, EVERY_COUNTRY, Edition, GoodsCode, MeasureRole, Names, Publication, Text, measure_type,
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
pub(super) fn is_third_country_duty(code: &str, area: &str) -> bool {
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

impl From<PlaceChange> for CodeChange {
    fn from(place: PlaceChange) -> Self {
        Self { place: Some(place), ..Self::default() }
    }
}

impl Comparison {
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
