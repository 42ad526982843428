//! The duties that an edition's measures put on goods of a code: which apply on a day, and which of several is taken.

use import8_api::{Consignment, Country, DutyExpression, HsCode, LandedCostError, Unknown};
use import8_tariff::duty_text::DutyText;
use import8_tariff::{
    EVERY_COUNTRY, Edition, GoodsCode, Measure, MeasureRole, TradeDefence, applicable, covers, is_residual,
    role, third_country_duties, trade_defence,
};
use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::language::Language;

/// The measures of an edition on goods of a code, of an origin if one is given, on a day.
#[derive(Debug)]
pub(super) struct Goods<'a> {
    pub(super) edition: &'a Edition,
    pub(super) origin: Option<Country>,
    pub(super) day: Date,
    /// The measures on goods of every origin, the most specific code first.
    pub(super) measures: Vec<&'a Measure>,
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
    /// It depends on something that the tariff is not told. Contains the duty as the publication writes it and what it
    /// depends on, in words.
    Needs {
        /// The duty: `Cond: V 41.300 EUR DTN (01):…`.
        duty: String,
        /// What it depends on: `the import price`.
        needs: Vec<String>,
    },
    /// The consignment lacks a measure, or its amounts are not in euros.
    Incalculable(LandedCostError),
}

impl<'a> Goods<'a> {
    pub(super) fn new(edition: &'a Edition, code: HsCode, origin: Option<Country>, day: Date) -> Self {
        let measures = GoodsCode::padded(code.bare()).map(|code| applicable(edition, code, day));
        Self { edition, origin, day, measures: measures.unwrap_or_default() }
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

    /// Preferences and customs unions whose duty may be claimed without a quota.
    pub(super) fn preferences(&self) -> Vec<&'a Measure> {
        let roles = [MeasureRole::Preference, MeasureRole::EndUsePreference, MeasureRole::CustomsUnion];
        self.of(&roles).filter(|one| one.duty.is_some()).collect()
    }

    /// The anti-dumping and countervailing duties by case.
    pub(super) fn trade_defence(&self) -> Vec<TradeDefence<'a>> {
        trade_defence(self.edition, &self.measures, self.origin, self.day)
    }

    /// Whether the third-country duty is one for the origin itself.
    pub(super) fn is_of_origin(measure: &Measure) -> bool {
        &*measure.area != EVERY_COUNTRY
    }
}

/// The highest of several duties on goods that may be any of theirs. Without a consignment only percentages can be
/// compared; with one, their amounts are.
///
/// # Errors
/// There is none, or one of them is not known; or they cannot be compared.
pub(super) fn highest<'a>(
    duties: &[&'a Measure],
    consignment: Option<&Consignment>,
    language: Language,
) -> Result<Taken<'a>, NotLevied> {
    let taken = duties.iter().map(|measure| taken(measure, language)).collect::<Result<Vec<_>, _>>()?;
    let is_same = |one: &Taken<'_>| taken.first().is_some_and(|first| first.duty == one.duty);
    if taken.iter().all(is_same) {
        return taken.into_iter().next().ok_or(NotLevied::Absent);
    }
    if taken.iter().all(|one| one.duty.percent().is_some()) {
        return taken.into_iter().max_by_key(|one| one.duty.percent()).ok_or(NotLevied::Absent);
    }
    let Some(consignment) = consignment else {
        let all: Vec<_> = taken.iter().map(|one| one.duty.to_string()).collect();
        return Err(NotLevied::Needs {
            duty: all.join(", "),
            needs: vec![additional_code(language).to_owned()],
        });
    };
    let amount = |one: &Taken<'_>| consignment_amount(&one.duty, consignment);
    let amounts = taken.iter().map(amount).collect::<Result<Vec<_>, _>>().map_err(NotLevied::Incalculable)?;
    let highest = taken.into_iter().zip(amounts).max_by_key(|(_, amount)| *amount);
    highest.map(|(one, _)| one).ok_or(NotLevied::Absent)
}

/// The lowest percentage of several duties; `None` if one is not a percentage.
fn lowest(duties: &[&Measure], language: Language) -> Option<Decimal> {
    let percent = |measure: &&Measure| taken(measure, language).ok()?.duty.percent();
    duties.iter().map(percent).collect::<Option<Vec<_>>>()?.into_iter().min()
}

/// The duty of one measure.
///
/// # Errors
/// It has none, or it cannot be computed.
pub(super) fn taken<'a>(measure: &'a Measure, language: Language) -> Result<Taken<'a>, NotLevied> {
    let text = measure.duty.as_deref().unwrap_or_default();
    let read = DutyText::parse(text);
    match read.expression() {
        Some(duty) => Ok(Taken { measure, duty }),
        None => Err(NotLevied::Needs { duty: text.to_owned(), needs: read.needs(language.as_str()) }),
    }
}

fn consignment_amount(duty: &DutyExpression, goods: &Consignment) -> Result<Decimal, LandedCostError> {
    let overflow = LandedCostError::Unknown(Unknown::Overflow);
    let freighted = goods.goods.checked_add(goods.shipping).ok_or_else(|| overflow.clone())?;
    let customs_value = freighted.checked_add(goods.insurance).ok_or(overflow)?;
    Ok(duty.amount(customs_value, &goods.measures)?)
}

/// The anti-dumping and countervailing duties on goods of one origin, added up.
#[derive(Debug)]
pub(super) struct Defence<'a> {
    /// The measure that is taken of each case.
    pub(super) measures: Vec<&'a Measure>,
    /// The sum of their duties.
    pub(super) duty: DutyExpression,
    /// The sum with the lowest duty of each case, if it is lower.
    pub(super) least: Option<DutyExpression>,
}

/// The duties of cases added up: of each the residual one, which is the highest.
///
/// The residual duty is on the goods of every manufacturer that the regulation does not name (Regulation (EU)
/// 2016/1036, Article 9(5)). The goods of one origin can be under an anti-dumping and a countervailing case at once,
/// whose duties are set so that they can be added up (its Article 14(1)).
///
/// # Errors
/// There is none, one of them is not known, or they cannot be added up.
pub(super) fn sum_of_cases<'a>(
    cases: &[TradeDefence<'a>],
    consignment: Option<&Consignment>,
    language: Language,
) -> Result<Defence<'a>, NotLevied> {
    let highest = |case: &TradeDefence<'a>| highest(case, consignment, language);
    let taken = cases.iter().map(highest).collect::<Result<Vec<_>, _>>()?;
    let duty = sum(&taken)?;
    let least = cases.iter().map(|case| lowest(case, language)).collect::<Option<Vec<_>>>();
    let least = least.map(|all| all.into_iter().sum::<Decimal>());
    let least = least.filter(|least| duty.percent().is_some_and(|duty| *least < duty));
    let least = least.and_then(|least| format!("{least} %").parse().ok());
    Ok(Defence { measures: taken.into_iter().map(|one| one.measure).collect(), duty, least })
}

fn sum(taken: &[Taken<'_>]) -> Result<DutyExpression, NotLevied> {
    let percent: Option<Decimal> = taken.iter().map(|one| one.duty.percent()).sum();
    let all: Vec<_> = taken.iter().map(|one| one.duty.to_string()).collect();
    let text = match (percent, all.as_slice()) {
        (_, []) => return Err(NotLevied::Absent),
        (Some(percent), _) => format!("{percent} %"),
        (None, all) => all.join(" + "),
    };
    // A bound of one of several duties would apply to the sum.
    let has_bounds = |one: &Taken<'_>| one.duty.sums().count() > 1;
    let read = (taken.len() == 1 || !taken.iter().any(has_bounds)).then(|| text.parse().ok()).flatten();
    read.ok_or_else(|| NotLevied::Needs { duty: text, needs: Vec::new() })
}

/// Whether a case has a duty on named manufacturers beside the residual one.
pub(super) fn has_named(case: &TradeDefence<'_>) -> bool {
    case.iter().any(|measure| !is_residual(measure))
}

fn additional_code(language: Language) -> &'static str {
    match language {
        Language::En => "the additional code of the goods",
        Language::Nl => "de aanvullende code van de goederen",
    }
}
