//! The duties that an edition's measures put on goods of a code: which apply on a day, and which of several is taken.

use std::borrow::Cow;

use import8_api::{
    Consignment, Country, Currency, DutyExpression, ExchangeRate, HsCode, LandedCostError, Unknown,
};
use import8_tariff::duty_text::DutyText;
use import8_tariff::{
    Condition, EVERY_COUNTRY, Edition, GoodsCode, Measure, MeasureRole, Publication, TradeDefence,
    applicable, applicable_third_country, covers, is_residual, role, third_country_duties, trade_defence,
};
use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::language::Localized;

/// The measures of an edition on goods of a code, of an origin if one is given, on a day.
#[derive(Debug)]
pub(super) struct Goods<'a> {
    pub(super) edition: &'a Edition,
    pub(super) origin: Option<Country>,
    pub(super) day: Date,
    /// The measures on goods of every origin, the most specific code first.
    pub(super) measures: Vec<&'a Measure>,
}

/// Goods whose duties are compared by their amounts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Priced<'a> {
    pub(super) consignment: &'a Consignment,
    /// That of the currency of the consignment.
    pub(super) exchange_rate: Option<&'a ExchangeRate>,
}

/// The duty that is taken of one or several, with all of them.
#[derive(Debug)]
pub(super) struct Taken<'a> {
    /// The measure whose duty is taken.
    pub(super) measure: &'a Measure,
    pub(super) duty: DutyExpression,
}

/// The reason why a duty is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NotLevied {
    /// The edition has no such duty on the goods.
    Absent,
    /// The edition has the measure without its duty.
    Unwritten,
    /// It depends on something that the tariff is not told. Contains the duty as the publication writes it and what it
    /// depends on, in words.
    Needs {
        /// The duty: `Cond: V 41.300 EUR DTN (01):…`.
        duty: String,
        /// What it depends on: `the import price`.
        needs: Localized<Vec<String>>,
    },
    /// The edition has a duty on goods under end use only. Contains the duty.
    UnderEndUse(String),
    /// The consignment lacks a measure, or its amounts are not in euros.
    Incalculable(LandedCostError),
}

impl<'a> Goods<'a> {
    pub(super) fn new(edition: &'a Edition, code: HsCode, origin: Option<Country>, day: Date) -> Self {
        let measures = GoodsCode::padded(code.bare()).map(|code| applicable(edition, code, day));
        Self { edition, origin, day, measures: measures.unwrap_or_default() }
    }

    /// The goods of any origin with their third-country duties only.
    pub(super) fn with_third_country_only(edition: &'a Edition, code: HsCode, day: Date) -> Self {
        let measures =
            GoodsCode::padded(code.bare()).map(|code| applicable_third_country(edition, code, day));
        Self { edition, origin: None, day, measures: measures.unwrap_or_default() }
    }

    /// Whether a measure is for the origin; true for each measure if none is given.
    pub(super) fn is_covered(&self, measure: &Measure) -> bool {
        self.origin.is_none_or(|origin| covers(self.edition, measure, origin, self.day) == Some(true))
    }

    /// The measures for the origin with one of these roles.
    pub(super) fn of(&self, roles: &[MeasureRole]) -> impl Iterator<Item = &'a Measure> {
        let is_of =
            |one: &&Measure| role(one).is_some_and(|role| roles.contains(&role)) && self.is_covered(one);
        self.measures.iter().copied().filter(is_of)
    }

    /// The third-country duties: one, or one for each additional code.
    pub(super) fn third_country(&self) -> Vec<&'a Measure> {
        third_country_duties(self.edition, &self.measures, self.origin, self.day)
    }

    /// The third-country duty. Of duties that additional codes or documents decide between the highest is taken.
    ///
    /// # Errors
    /// There is none, it is not known, or the edition has it under end use only.
    pub(super) fn third_country_duty(&self, consignment: Option<Priced<'_>>) -> Result<Taken<'a>, NotLevied> {
        match highest_of_alternatives(&self.third_country(), consignment) {
            Err(NotLevied::Absent) => {
                Err(self.under_end_use().map_or(NotLevied::Absent, NotLevied::UnderEndUse))
            }
            known => known,
        }
    }

    /// The duties under end use on a code that has no other. An own table has no such meaning: the seed completes it.
    fn under_end_use(&self) -> Option<String> {
        let end_use = self.of(&[MeasureRole::EndUse]).filter(|one| &*one.measure_type == DUTY_UNDER_END_USE);
        let duty = |measure: &Measure| match taken(measure) {
            Ok(taken) => Some(taken.duty.to_string()),
            Err(_) => written(measure).map(Cow::into_owned),
        };
        let all: Vec<_> = end_use.filter_map(duty).collect();
        (!all.is_empty() && self.edition.publication == Publication::Taric).then(|| all.join(", "))
    }

    /// Preferences and customs unions whose duty may be claimed without a quota.
    pub(super) fn preferences(&self) -> Vec<&'a Measure> {
        let roles = [MeasureRole::Preference, MeasureRole::EndUsePreference, MeasureRole::CustomsUnion];
        self.of(&roles).filter(|one| written(one).is_some()).collect()
    }

    /// The duties on top of the ordinary one: the anti-dumping and countervailing duties by case, and each additional
    /// duty that is due.
    pub(super) fn in_addition(&self) -> Vec<TradeDefence<'a>> {
        let mut cases = trade_defence(self.edition, &self.measures, self.origin, self.day);
        let additional = self.of(&[MeasureRole::AdditionalDuty]).filter(|one| is_due_in_addition(one));
        cases.extend(additional.map(|one| vec![one]));
        cases
    }

    /// Whether the third-country duty is one for the origin itself.
    pub(super) fn is_of_origin(measure: &Measure) -> bool {
        &*measure.area != EVERY_COUNTRY
    }
}

/// TARIC's code of the third-country duty on goods under end use.
const DUTY_UNDER_END_USE: &str = "105";

/// TARIC's codes of additional duties that are on every consignment, such as those of a safeguard. Those of the other
/// codes depend on the price of the goods.
const ADDITIONAL_DUTIES: [&str; 2] = ["695", "696"];

/// Whether an additional duty is due on every consignment of an origin, because it depends on no quota, additional code
/// or condition (Regulation (EU) 952/2013, Article 56(2)(h)).
pub(super) fn is_due_in_addition(measure: &Measure) -> bool {
    let is_plain =
        measure.order_number.is_none() && measure.additional_code.is_none() && measure.conditions.is_empty();
    let is_known = |duty: &str| {
        let read = DutyText::parse(duty);
        read.conditions().is_empty() && read.expression().is_some()
    };
    ADDITIONAL_DUTIES.contains(&&*measure.measure_type)
        && is_plain
        && measure.duty.as_deref().is_some_and(is_known)
}

/// The highest of several duties on goods that may be any of theirs. Without a consignment only percentages can be
/// compared; with one, their amounts are.
///
/// # Errors
/// There is none, or one of them is not known; or they cannot be compared.
pub(super) fn highest<'a>(
    duties: &[&'a Measure],
    consignment: Option<Priced<'_>>,
) -> Result<Taken<'a>, NotLevied> {
    let taken = duties.iter().map(|measure| taken(measure)).collect::<Result<Vec<_>, _>>()?;
    highest_of(taken, consignment)
}

fn highest_of<'a>(taken: Vec<Taken<'a>>, consignment: Option<Priced<'_>>) -> Result<Taken<'a>, NotLevied> {
    let is_same = |one: &Taken<'_>| taken.first().is_some_and(|first| first.duty == one.duty);
    if taken.iter().all(is_same) {
        return taken.into_iter().next().ok_or(NotLevied::Absent);
    }
    if taken.iter().all(|one| one.duty.percent().is_some()) {
        return taken.into_iter().max_by_key(|one| one.duty.percent()).ok_or(NotLevied::Absent);
    }
    let Some(consignment) = consignment else {
        let all: Vec<_> = taken.iter().map(|one| one.duty.to_string()).collect();
        return Err(NotLevied::Needs { duty: all.join(", "), needs: deciding(&taken) });
    };
    let amount = |one: &Taken<'_>| consignment_amount(&one.duty, consignment);
    let amounts = taken.iter().map(amount).collect::<Result<Vec<_>, _>>().map_err(NotLevied::Incalculable)?;
    let highest = taken.into_iter().zip(amounts).max_by_key(|(_, amount)| *amount);
    highest.map(|(one, _)| one).ok_or(NotLevied::Absent)
}

/// The highest of several duties as [`highest`], and of those of one measure that documents decide between.
///
/// # Errors
/// As [`highest`].
fn highest_of_alternatives<'a>(
    duties: &[&'a Measure],
    consignment: Option<Priced<'_>>,
) -> Result<Taken<'a>, NotLevied> {
    let taken = duties.iter().map(|measure| alternatives(measure)).collect::<Result<Vec<_>, _>>()?;
    highest_of(taken.into_iter().flatten().collect(), consignment)
}

/// The lowest percentage of the trade-defence duties of a case; `None` if one is not a percentage.
fn lowest(duties: &[&Measure]) -> Option<Decimal> {
    let all = duties.iter().map(|measure| alternatives(measure).ok()).collect::<Option<Vec<_>>>()?;
    let percents = all.iter().flatten().map(|one| one.duty.percent());
    percents.collect::<Option<Vec<_>>>()?.into_iter().min()
}

/// The duties of one measure that documents decide between; for one without conditions that one.
///
/// # Errors
/// It has none, or something else decides.
pub(super) fn alternatives(measure: &Measure) -> Result<Vec<Taken<'_>>, NotLevied> {
    let found = written(measure).and_then(|text| DutyText::parse(&text).alternatives());
    match found {
        Some(duties) => Ok(duties.into_iter().map(|duty| Taken { measure, duty }).collect()),
        None => taken(measure).map(|one| vec![one]),
    }
}

/// The duty of one measure.
///
/// # Errors
/// It has none, or it cannot be computed.
pub(super) fn taken(measure: &Measure) -> Result<Taken<'_>, NotLevied> {
    let text = written(measure).ok_or(NotLevied::Unwritten)?;
    let read = DutyText::parse(&text);
    match read.expression() {
        Some(duty) => Ok(Taken { measure, duty }),
        None => Err(NotLevied::Needs {
            needs: Localized { en: read.needs("en"), nl: read.needs("nl") },
            duty: text.into_owned(),
        }),
    }
}

/// The duty as the publication writes it; `None` for a measure without one. One that is only in the conditions is written as in the duties of TARIC.
pub(super) fn written(measure: &Measure) -> Option<Cow<'_, str>> {
    if let Some(duty) = &measure.duty {
        return Some(Cow::Borrowed(duty));
    }
    let in_notation = |condition: &Condition| {
        let Condition { kind, document, amount, action, duty } = condition;
        let document = document.as_ref().map(|document| format!(" cert: {document}")).unwrap_or_default();
        let amount = amount.as_ref().map(|amount| format!(" {amount}")).unwrap_or_default();
        format!("{kind}{document}{amount} ({action}):{}", duty.as_deref().unwrap_or_default())
    };
    let has_duty = measure.conditions.iter().any(|condition| condition.duty.is_some());
    let conditions: Vec<_> = measure.conditions.iter().map(in_notation).collect();
    has_duty.then(|| Cow::Owned(format!("Cond: {}", conditions.join(";"))))
}

/// The amount of a duty in the currency of the consignment.
fn consignment_amount(
    duty: &DutyExpression,
    Priced { consignment, exchange_rate }: Priced<'_>,
) -> Result<Decimal, LandedCostError> {
    let is_foreign = consignment.currency != Currency::Eur;
    let exchange_rate = exchange_rate.filter(|_| is_foreign);
    if is_foreign && duty.is_in_euros() && exchange_rate.is_none() {
        return Err(LandedCostError::EuroOnly);
    }
    let overflow = LandedCostError::Unknown(Unknown::Overflow);
    let freighted = consignment.goods.checked_add(consignment.shipping).ok_or_else(|| overflow.clone())?;
    let customs_value = freighted.checked_add(consignment.insurance).ok_or(overflow)?;
    Ok(duty.amount_at(customs_value, &consignment.measures, exchange_rate)?)
}

/// The duties on top of the ordinary one on goods of one origin, added up.
#[derive(Debug)]
pub(super) struct Defence<'a> {
    /// The measure that is taken of each case, in their order.
    pub(super) measures: Vec<&'a Measure>,
    /// The sum of their duties.
    pub(super) duty: DutyExpression,
    /// The sum with the lowest duty of each case, if it is lower.
    pub(super) least: Option<DutyExpression>,
}

/// The duties of cases added up: of each the highest, which is mostly the residual one.
///
/// The residual duty is on the goods of every manufacturer that the regulation does not name (Regulation (EU)
/// 2016/1036, Article 9(5)). The goods of one origin can be under an anti-dumping and a countervailing case at once,
/// whose duties are set so that they can be added up (its Article 14(1)).
///
/// # Errors
/// There is none, one of them is not known, or they cannot be added up.
pub(super) fn sum_of_cases<'a>(
    cases: &[TradeDefence<'a>],
    consignment: Option<Priced<'_>>,
) -> Result<Defence<'a>, NotLevied> {
    let of_case = |case: &TradeDefence<'a>| {
        let residual: Vec<_> = case.iter().copied().filter(|one| is_residual(one)).collect();
        let of_all = highest_of_alternatives(case, consignment);
        // A duty on a named manufacturer may depend on a price. The residual one is known without it.
        if residual.is_empty() {
            of_all
        } else {
            of_all.or_else(|_| highest_of_alternatives(&residual, consignment))
        }
    };
    let taken = cases.iter().map(of_case).collect::<Result<Vec<_>, _>>()?;
    let duty = sum(&taken)?;
    let least = cases.iter().map(|case| lowest(case)).collect::<Option<Vec<_>>>();
    let least = least.and_then(|all| checked_sum(&all));
    let least = least.filter(|least| duty.percent().is_some_and(|duty| *least < duty));
    let least = least.and_then(|least| format!("{least} %").parse().ok());
    Ok(Defence { measures: taken.into_iter().map(|one| one.measure).collect(), duty, least })
}

fn sum(taken: &[Taken<'_>]) -> Result<DutyExpression, NotLevied> {
    let percents: Option<Vec<_>> = taken.iter().map(|one| one.duty.percent()).collect();
    let overflow = || NotLevied::Incalculable(LandedCostError::Unknown(Unknown::Overflow));
    let percent = percents.map(|all| checked_sum(&all).ok_or_else(overflow)).transpose()?;
    let all: Vec<_> = taken.iter().map(|one| one.duty.to_string()).collect();
    let text = match (percent, all.as_slice()) {
        (_, []) => return Err(NotLevied::Absent),
        (Some(percent), _) => format!("{percent} %"),
        (None, all) => all.join(" + "),
    };
    // A bound of one of several duties would apply to the sum.
    let has_bounds = |one: &Taken<'_>| one.duty.sums().count() > 1;
    let read = (taken.len() == 1 || !taken.iter().any(has_bounds)).then(|| text.parse().ok()).flatten();
    read.ok_or_else(|| NotLevied::Needs { duty: text, needs: Localized::default() })
}

fn checked_sum(percents: &[Decimal]) -> Option<Decimal> {
    percents.iter().try_fold(Decimal::ZERO, |sum, percent| sum.checked_add(*percent))
}

/// Whether a lower duty of a case is possible: on a named manufacturer, or with a document.
pub(super) fn can_be_less(case: &TradeDefence<'_>) -> bool {
    let is_lower = |measure: &&Measure| {
        !is_residual(measure) || alternatives(measure).is_ok_and(|duties| duties.len() > 1)
    };
    case.iter().any(is_lower)
}

/// What decides between duties: the additional code, for those of several measures, and documents.
fn deciding(taken: &[Taken<'_>]) -> Localized<Vec<String>> {
    let mut needs = Localized::<Vec<String>>::default();
    let mut measures: Vec<&Measure> = taken.iter().map(|one| one.measure).collect();
    measures.dedup_by(|a, b| std::ptr::eq(*a, *b));
    if measures.len() > 1 {
        needs.en.push("the additional code of the goods".to_owned());
        needs.nl.push("de aanvullende code van de goederen".to_owned());
    }
    for text in measures.iter().filter_map(|one| written(one)).filter(|text| text.starts_with("Cond:")) {
        let read = DutyText::parse(&text);
        needs.en.extend(read.needs("en"));
        needs.nl.extend(read.needs("nl"));
    }
    needs
}
