//! One side of a comparison: the lines and measures of an edition that apply on a day, found by code.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;

use super::change::{Compared, Facts, MeasureChange, OnDay, is_third_country_duty};
use super::group::Group;
use crate::{
    Edition, GoodsCode, Line, Measure, Publication, Table, Text, applicable, countries, is_in_force,
};

/// The suffix of a line that a code stands for.
const OF_A_CODE: u8 = 80;

/// The lines and measures of an edition that apply on its day.
pub(super) struct Side<'a> {
    edition: &'a Edition,
    day: Date,
    /// The lines that a code stands for, by code, with their position in the edition.
    lines: BTreeMap<GoodsCode, usize>,
    /// The measures on each code itself.
    groups: HashMap<GoodsCode, Group<'a>>,
}

impl<'a> Side<'a> {
    /// The lines of at most `digits` digits and all measures.
    pub(super) fn new(OnDay { edition, day }: OnDay<'a>, digits: usize) -> Self {
        let is_of_a_code = |line: &Line| {
            line.suffix == OF_A_CODE
                && is_in_force(line.from, line.to, day)
                && line.code.significant().len() <= digits
        };
        let lines = edition.lines.iter().enumerate().filter(|(_, line)| is_of_a_code(line));
        let lines = lines.map(|(position, line)| (line.code, position)).collect();
        let mut groups: HashMap<_, Group<'a>> = HashMap::new();
        for measure in edition.measures.iter().filter(|measure| is_in_force(measure.from, measure.to, day)) {
            groups.entry(measure.code).or_default().push(measure);
        }
        groups.values_mut().for_each(Group::sort);
        Self { edition, day, lines, groups }
    }

    pub(super) fn has(&self, table: Table) -> bool {
        self.edition.tables.contains(&table)
    }

    pub(super) fn publication(&self) -> Publication {
        self.edition.publication
    }

    /// The line of a code.
    pub(super) fn line(&self, code: GoodsCode) -> Option<&'a Line> {
        self.edition.lines.get(*self.lines.get(&code)?)
    }

    /// The measures on the goods of a code, inherited ones too.
    pub(super) fn applicable(&self, code: GoodsCode) -> Vec<&'a Measure> {
        applicable(self.edition, code, self.day)
    }

    /// The measures on a code itself.
    pub(super) fn group(&self, code: GoodsCode) -> Option<&Group<'a>> {
        self.groups.get(&code)
    }

    /// The codes of either side, ascending.
    pub(super) fn codes_with(&self, other: &Side<'_>) -> BTreeSet<GoodsCode> {
        self.lines.keys().chain(other.lines.keys()).copied().collect()
    }

    /// The codes below a code, ascending.
    fn below(&self, code: GoodsCode) -> impl Iterator<Item = GoodsCode> {
        let from = self.lines.range(code..).map(|(one, _)| *one);
        from.skip_while(move |one| *one == code)
            .take_while(move |one| one.as_str().starts_with(code.significant()))
    }

    /// Whether there is no code below a code.
    pub(super) fn is_last(&self, code: GoodsCode) -> bool {
        self.below(code).next().is_none()
    }

    /// The codes below a code that have none below themselves, ascending.
    pub(super) fn last_below(&self, code: GoodsCode) -> impl Iterator<Item = GoodsCode> {
        self.below(code).filter(|one| self.is_last(*one))
    }

    /// The texts from below the heading down to a code, in a language.
    pub(super) fn path(&self, code: GoodsCode, language: &str) -> Vec<&'a str> {
        let Some(&position) = self.lines.get(&code) else { return Vec::new() };
        let mut path = Vec::new();
        let mut indent = u8::MAX;
        for line in self.edition.lines.get(..=position).unwrap_or_default().iter().rev() {
            let is_heading = line.code.significant().len() <= 4;
            let is_above = line.indent < indent && is_in_force(line.from, line.to, self.day);
            if is_above && (!is_heading || path.is_empty()) {
                path.extend(line.texts.get(language).map(String::as_str));
                indent = line.indent;
            }
            if is_heading {
                break;
            }
        }
        path.reverse();
        path
    }

    /// The third-country duty of a code; if its codes have duties of their own, the one that all of them have.
    fn duty(&self, code: GoodsCode) -> Option<Text> {
        let own = |code: GoodsCode| {
            let duty = self.applicable(code).into_iter().find(|measure| {
                is_third_country_duty(&measure.measure_type, &measure.area)
                    && measure.additional_code.is_none()
            });
            duty?.duty.clone()
        };
        let mut duties = self.last_below(code).map(own);
        let Some(first) = duties.next() else { return own(code) };
        duties.all(|other| other == first).then_some(first)?
    }

    /// What the comparison keeps of this side.
    pub(super) fn compared(&self, named: &[GoodsCode], measures: &[MeasureChange]) -> Compared {
        let facts = named.iter().filter_map(|&code| {
            let languages = self.line(code)?.texts.keys();
            let text = languages.map(|language| (language.clone(), self.path(code, language).join(" – ")));
            Some((code, Facts { text: text.collect(), duty: self.duty(code) }))
        });
        let name_of_type =
            |code: &Text| Some((code.clone(), self.edition.measure_types.get(&**code)?.clone()));
        let areas: BTreeSet<&Text> = measures.iter().flat_map(areas_of).collect();
        let named_area =
            |code: &Text| Some((code.clone(), self.edition.areas.get(code.as_str())?.names.clone()));
        let listed = |code: &Text| Some((code.clone(), countries(self.edition, code, self.day)?));
        let all_countries = areas.iter().filter_map(|code| listed(code)).collect();
        Compared {
            publication: self.edition.publication,
            day: self.day,
            codes: self.lines.keys().copied().collect(),
            facts: facts.collect(),
            measure_types: measures.iter().filter_map(|one| name_of_type(&one.measure_type)).collect(),
            countries: all_countries,
            areas: areas.iter().filter_map(|code| named_area(code)).collect(),
        }
    }

    fn languages(&self) -> BTreeSet<&'a str> {
        self.edition.lines.iter().flat_map(|line| line.texts.keys()).map(String::as_str).collect()
    }
}

/// The areas that a change names.
fn areas_of(change: &MeasureChange) -> impl Iterator<Item = &Text> {
    let terms = change.terms.before.iter().chain(&change.terms.after);
    std::iter::once(&change.area).chain(terms.flat_map(|terms| &terms.excluded))
}

/// The language in which texts of both sides are compared: English, or the first that both have.
pub(super) fn shared_language<'a>(one: &Side<'a>, other: &Side<'a>) -> Option<&'a str> {
    let shared: BTreeSet<_> = one.languages().intersection(&other.languages()).copied().collect();
    shared.get("en").or_else(|| shared.first()).copied()
}
