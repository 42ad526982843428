//! From a comparison of editions to the changes of the codes in use. Pure.

use std::collections::BTreeMap;

use import8_api::{
    ChangeKind, ChangedMeasure, CodeInUseChange, DutyDifference, DutyExpression, FollowingCode, HsCode, Money,
};
use import8_tariff::compare::{
    Candidate, CodeChange, Compared, Comparison, Facts, MeasureChange, PlaceChange, Terms, is_same_duty,
};
use import8_tariff::duty_text::DutyText;
use import8_tariff::{GoodsCode, Publication, measure_type};
use rust_decimal::Decimal;

use super::products::Product;
use super::wording;
use crate::language::Language;

/// The number of digits of a code that nothing is below.
const TARIC_DIGITS: usize = 10;

/// The most changed codes that are told below a code in use.
const MOST_BELOW: usize = 50;

/// Whether a code in use changes. Only the products of these codes are needed.
#[must_use]
pub fn is_changed(comparison: &Comparison, code: HsCode) -> bool {
    change_of(comparison, code).is_some()
}

/// Whether the newer edition has a code, as far as it has codes: of ten digits it has six in the Harmonized System. A
/// table of the organisation's own only adds to the tariff, so it lacks no code.
#[must_use]
pub fn is_in_newer(comparison: &Comparison, code: HsCode) -> bool {
    let Comparison { after, digits, .. } = comparison;
    let is_deep_enough = |one: &GoodsCode| one.significant().len() <= *digits;
    let goods = code.bare().parse::<GoodsCode>().ok();
    let goods = goods.and_then(|goods| goods.with_ancestors().find(is_deep_enough));
    after.publication == Publication::Own || goods.is_some_and(|goods| after.has(goods))
}

/// The changes of the codes in use, with the number of products of each and what is known of these products.
#[must_use]
pub fn changes_in_use(
    comparison: &Comparison,
    codes: &BTreeMap<HsCode, u64>,
    products: &BTreeMap<HsCode, Vec<Product>>,
    language: Language,
) -> Vec<CodeInUseChange> {
    let told = |(code, count): (&HsCode, &u64)| {
        let products = products.get(code).map(Vec::as_slice).unwrap_or_default();
        let teller = Teller { comparison, products, language };
        Some(teller.tell(*code, *count, &change_of(comparison, *code)?))
    };
    codes.iter().filter_map(told).collect()
}

/// What changes for goods under a code.
struct Found<'a> {
    /// The code itself, or the nearest one above it that the older edition has.
    known: GoodsCode,
    own: Option<&'a CodeChange>,
    below: Vec<(GoodsCode, &'a CodeChange)>,
}

fn change_of(comparison: &Comparison, code: HsCode) -> Option<Found<'_>> {
    let goods: GoodsCode = code.bare().parse().ok()?;
    if comparison.after.has(goods) && !comparison.before.has(goods) {
        // It was decided by the newer edition.
        return None;
    }
    let known = goods.with_ancestors().find(|one| comparison.before.has(*one))?;
    let own = comparison.codes.get(&known);
    let is_last = code.digit_count() == TARIC_DIGITS || known != goods;
    // Codes below a divided or merged one are told with it.
    let is_told = own.is_some_and(|own| own.place.is_some());
    let below = if is_last || is_told {
        Vec::new()
    } else {
        let is_inherited = |change: &CodeChange| {
            let rest = CodeChange { measures: Vec::new(), ..change.clone() };
            let inherited = own.map(|own| own.measures.as_slice()).unwrap_or_default();
            rest == CodeChange::default() && change.measures.iter().all(|one| inherited.contains(one))
        };
        comparison.changes_below(goods).filter(|(_, change)| !is_inherited(change)).collect()
    };
    (own.is_some() || !below.is_empty()).then_some(Found { known, own, below })
}

/// Tells the change of one code.
struct Teller<'a> {
    comparison: &'a Comparison,
    products: &'a [Product],
    language: Language,
}

impl Teller<'_> {
    fn tell(&self, code: HsCode, count: u64, Found { known, own, below }: &Found<'_>) -> CodeInUseChange {
        let Comparison { before, after, .. } = self.comparison;
        let place = own.and_then(|own| own.place.as_ref());
        let duty_before = duty(before, *known);
        let becomes = place.map(|place| self.becomes(place, duty_before)).unwrap_or_default();
        let duty_after = match place {
            Some(PlaceChange::Ended(_)) => same_for_all(&becomes),
            _ => duty(after, *known).map(str::to_owned),
        };
        let measures: Vec<_> = own.iter().flat_map(|own| self.comparison.measures_of(own)).collect();
        let has_other_duty = measures.iter().any(|one| one.is_third_country_duty())
            || duty_before.zip(duty_after.as_deref()).is_some_and(|(one, other)| !is_same_duty(one, other));
        let other: Vec<_> = measures.iter().filter(|one| !one.is_third_country_duty()).collect();
        let unit = own.and_then(|own| own.unit.as_ref());
        let kinds = [
            (matches!(place, Some(PlaceChange::Ended(_))), ChangeKind::Ended),
            (matches!(place, Some(PlaceChange::Divided(_))), ChangeKind::Divided),
            (matches!(place, Some(PlaceChange::Merged(_))), ChangeKind::Merged),
            (has_other_duty, ChangeKind::Duty),
            (!other.is_empty(), ChangeKind::Measures),
            (unit.is_some(), ChangeKind::Unit),
            (own.is_some_and(|own| own.declarable.is_some()), ChangeKind::Declarable),
            (!below.is_empty(), ChangeKind::Below),
        ];
        let difference =
            if has_other_duty { self.difference(duty_before, duty_after.as_deref()) } else { None };
        let unit_text = |text: &Option<_>| text.as_ref().map_or_else(String::new, ToString::to_string);
        CodeInUseChange {
            code,
            text: self.text(before, *known),
            products: count,
            kinds: kinds.into_iter().filter(|(applies, _)| *applies).map(|(_, kind)| kind).collect(),
            becomes,
            below: below.iter().take(MOST_BELOW).filter_map(|(code, _)| self.below(*code)).collect(),
            duty_before: duty_before.map(str::to_owned),
            duty_after,
            difference,
            measures: other.into_iter().map(|one| self.measure(one)).collect(),
            unit_before: unit.map(|unit| unit_text(&unit.before)),
            unit_after: unit.map(|unit| unit_text(&unit.after)),
        }
    }

    fn becomes(&self, place: &PlaceChange, duty_before: Option<&str>) -> Vec<FollowingCode> {
        let following = |code: GoodsCode, candidate: Option<&Candidate>| {
            let after = &self.comparison.after;
            let duty = duty(after, code);
            Some(FollowingCode {
                code: self.written(after, code)?,
                text: self.text(after, code),
                overlap: candidate.filter(|one| !one.is_certain).map(|one| one.overlap),
                certain: candidate.is_some_and(|one| one.is_certain),
                duty: duty.map(str::to_owned),
                difference: self.difference(duty_before, duty),
            })
        };
        match place {
            PlaceChange::Ended(candidates) => {
                candidates.iter().filter_map(|one| following(one.code, Some(one))).collect()
            }
            PlaceChange::Divided(codes) => codes.iter().filter_map(|code| following(*code, None)).collect(),
            PlaceChange::New(_) | PlaceChange::Merged(_) => Vec::new(),
        }
    }

    fn below(&self, code: GoodsCode) -> Option<FollowingCode> {
        let Comparison { before, after, .. } = self.comparison;
        let side = if after.has(code) { after } else { before };
        Some(FollowingCode {
            code: self.written(side, code)?,
            text: self.text(side, code),
            overlap: None,
            certain: false,
            duty: duty(after, code).map(str::to_owned),
            difference: None,
        })
    }

    fn measure(&self, change: &MeasureChange) -> ChangedMeasure {
        let Comparison { before, after, .. } = self.comparison;
        let named = |names: fn(&Compared) -> &BTreeMap<_, _>, code: &str| {
            let names = names(after).get(code).or_else(|| names(before).get(code))?;
            wording::in_language(names, self.language)
        };
        let area = |code: &str| {
            named(|side| &side.areas, code).map_or_else(|| code.to_owned(), |name| format!("{name} ({code})"))
        };
        let content = |terms: &[Terms]| {
            let all = terms.iter().map(|one| wording::terms(one, self.language));
            (!terms.is_empty()).then(|| all.collect::<Vec<_>>().join(" | "))
        };
        let is_for = |product: &&Product| {
            let Some(origin) = product.origin else { return false };
            let sides = [(before, &change.terms.before), (after, &change.terms.after)];
            sides.iter().any(|(side, terms)| {
                let has = |area: &str| side.is_in_area(area, origin.as_str());
                has(&change.area) && terms.iter().any(|one| !one.excluded.iter().any(|area| has(area)))
            })
        };
        let known = measure_type(&change.measure_type);
        let name = named(|side| &side.measure_types, &change.measure_type)
            .or(known.map(|known| known.name(self.language.as_str())));
        ChangedMeasure {
            kind: known.and_then(|known| known.role.kind()),
            measure_type: change.measure_type.to_string(),
            name: name.unwrap_or_default().to_owned(),
            area: area(&change.area),
            additional_code: change.additional_code.as_ref().map(ToString::to_string),
            before: content(&change.terms.before),
            after: content(&change.terms.after),
            products: u64::try_from(self.products.iter().filter(is_for).count()).unwrap_or(u64::MAX),
        }
    }

    /// The difference between two duties on the products.
    fn difference(&self, before: Option<&str>, after: Option<&str>) -> Option<DutyDifference> {
        let before = DutyText::parse(before?).expression()?;
        let after = DutyText::parse(after?).expression()?;
        let on = |product: &Product| {
            let amount = |duty: &DutyExpression| {
                Some(Money(duty.amount(product.customs_value?, &product.measures).ok()?).to_cents().0)
            };
            amount(&after)?.checked_sub(amount(&before)?)
        };
        let known: Vec<Decimal> = self.products.iter().filter_map(on).collect();
        let mut amount =
            known.iter().try_fold(Decimal::ZERO, |sum, difference| sum.checked_add(*difference))?;
        amount.rescale(2);
        let products = u64::try_from(known.len()).ok().filter(|products| *products > 0)?;
        Some(DutyDifference { amount: Money(amount), products })
    }

    fn text(&self, side: &Compared, code: GoodsCode) -> String {
        let text = facts(side, code).and_then(|facts| wording::in_language(&facts.text, self.language));
        text.unwrap_or_default().to_owned()
    }

    /// A code with all digits that the edition writes: ten for one that TARIC does not divide.
    fn written(&self, side: &Compared, code: GoodsCode) -> Option<HsCode> {
        let digits = code.significant().len();
        let digits = if side.is_last(code) { digits.max(self.comparison.digits) } else { digits };
        code.as_str().get(..digits)?.parse().ok()
    }
}

fn facts(side: &Compared, code: GoodsCode) -> Option<&Facts> {
    side.facts.get(&code)
}

fn duty(side: &Compared, code: GoodsCode) -> Option<&str> {
    facts(side, code)?.duty.as_deref()
}

/// The duty of all codes, if it is the same; that of the code that is certain.
fn same_for_all(becomes: &[FollowingCode]) -> Option<String> {
    let duty = becomes.first()?.duty.clone()?;
    let is_like = |one: &FollowingCode| one.duty.as_deref().is_some_and(|other| is_same_duty(&duty, other));
    becomes.iter().all(is_like).then_some(duty)
}
