//! The computation of a landed cost as a list of lines, each with its formula and amount.

use import8_api::{Bound, DutyExpression, DutyTerm, DutyType, LandedCost, Measures, Money, Rate};
use rust_decimal::Decimal;

use super::form::Asked;
use crate::i18n::{Language, format};

/// The role of a line in a calculation: figure, part, sum or total.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    /// A figure that is added.
    Figure,
    /// A component of a figure.
    Part,
    /// The sum of the lines above.
    Sum,
    /// The total landed cost.
    Total,
}

/// A line of the calculation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The role of the line.
    pub kind: LineKind,
    /// The label.
    pub name: String,
    /// The formula, such as `21.00 % × € 2,662.50`; empty if there is none.
    pub working: String,
    /// The amount. An unrounded part keeps all its digits.
    pub amount: Money,
}

/// The lines of a landed cost, in order.
#[must_use]
pub fn lines(asked: &Asked, cost: &LandedCost, language: Language) -> Vec<Line> {
    let texts = language.texts().landed();
    let money = |amount: Money| format::money(amount, &cost.currency, language);
    let line =
        |kind, name: &str, working: String, amount| Line { kind, name: name.to_owned(), working, amount };
    let Asked { request, unit_value, quantity, .. } = asked;
    let mut lines = Vec::new();
    let of_units = if *quantity == 1 {
        String::new()
    } else {
        format!("{} × {}", format::count(u64::from(*quantity), language), money(*unit_value))
    };
    lines.push(line(LineKind::Figure, texts.goods, of_units, request.value));
    let extra = [(texts.shipping, request.shipping), (texts.insurance, request.insurance)];
    let extra: Vec<_> = extra.into_iter().filter_map(|(name, amount)| Some((name, amount?))).collect();
    lines.extend(extra.iter().map(|(name, amount)| line(LineKind::Figure, name, String::new(), *amount)));
    lines.push(line(LineKind::Sum, texts.customs_value, String::new(), cost.cif_value));
    let duty = match cost.duty.duty_type {
        Some(DutyType::Preferential) => texts.duty_preferential,
        _ => texts.duty,
    };
    let measures = request.measures.unwrap_or_default();
    let of_duty = |name: &str, rate: Option<&Rate>, amount| {
        let (working, parts) = duty_working(rate, cost, &measures, language);
        std::iter::once(line(LineKind::Figure, name, working, amount)).chain(parts)
    };
    lines.extend(of_duty(duty, cost.duty.rate.as_ref(), cost.duty.amount));
    // Omit a charge of zero.
    let dumping = cost.anti_dumping.as_ref().filter(|charge| !charge.amount.0.is_zero());
    if let Some(charge) = dumping {
        lines.extend(of_duty(texts.anti_dumping, charge.rate.as_ref(), charge.amount));
    }
    let base = vat_base(cost);
    let working = cost.vat.rate.as_ref().map(|rate| {
        let base = base.map(|base| format!(" × {}", money(base))).unwrap_or_default();
        format!("{}{base}", format::rate(rate, language))
    });
    lines.push(line(LineKind::Figure, texts.vat, working.unwrap_or_default(), cost.vat.amount));
    lines.push(line(LineKind::Total, texts.total, String::new(), cost.total_landed_cost));
    lines
}

/// The taxable amount of import VAT: the customs value plus the duties (Directive 2006/112/EC, Articles 85
/// and 86). `None` on overflow.
fn vat_base(cost: &LandedCost) -> Option<Money> {
    let with_duty = cost.cif_value.0.checked_add(cost.duty.amount.0)?;
    with_duty.checked_add(cost.anti_dumping_amount().0).map(Money)
}

/// The formula of a duty. A percentage fits on one line; any other duty expression has a line for each
/// part.
fn duty_working(
    rate: Option<&Rate>,
    cost: &LandedCost,
    measures: &Measures,
    language: Language,
) -> (String, Vec<Line>) {
    let Some(rate) = rate else { return (String::new(), Vec::new()) };
    let value = format::money(cost.cif_value, &cost.currency, language);
    if rate.percent().is_some() {
        return (format!("{} × {value}", format::rate(rate, language)), Vec::new());
    }
    let Ok(duty) = rate.as_str().parse::<DutyExpression>() else {
        return (format::rate(rate, language), Vec::new());
    };
    let texts = language.texts();
    let parts = duty.sums().flat_map(|(bound, terms)| {
        let name = match bound {
            None => texts.landed().part,
            Some(Bound::Min) => texts.landed().part_at_least,
            Some(Bound::Max) => texts.landed().part_at_most,
        };
        let value = &value;
        terms.iter().filter_map(move |term| {
            let amount = term.amount(cost.cif_value.0, measures).ok()?;
            let told = |unit: &import8_api::DutyUnit| {
                let told = unit.measures().iter().filter_map(|&measure| {
                    let amount = format::number(measures.get(measure)?, language);
                    Some(format!("{} {amount}", texts.measure().name(measure)))
                });
                told.collect::<Vec<_>>().join(", ")
            };
            let working = match term {
                DutyTerm::Percent(percent) => format!("{} × {value}", format::percent(*percent, language)),
                DutyTerm::Specific(_, unit) => format!("{term} · {}", told(unit)),
                DutyTerm::Component(name) => (*name).to_owned(),
            };
            Some(Line {
                kind: LineKind::Part,
                name: name.to_owned(),
                working,
                amount: Money(amount.normalize()),
            })
        })
    });
    (format::rate(rate, language), parts.collect())
}

/// The purpose of a part of the total.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The goods.
    Goods,
    /// Freight.
    Shipping,
    /// Insurance.
    Insurance,
    /// Customs duty.
    Duty,
    /// Anti-dumping duty.
    AntiDumping,
    /// Import VAT.
    Vat,
}

impl Purpose {
    /// The name in style sheets.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Goods => "goods",
            Self::Shipping => "shipping",
            Self::Insurance => "insurance",
            Self::Duty => "duty",
            Self::AntiDumping => "anti-dumping",
            Self::Vat => "vat",
        }
    }

    /// The label.
    #[must_use]
    pub fn name(self, language: Language) -> &'static str {
        let texts = language.texts().landed();
        match self {
            Self::Goods => texts.goods,
            Self::Shipping => texts.shipping,
            Self::Insurance => texts.insurance,
            Self::Duty => texts.duty_short,
            Self::AntiDumping => texts.anti_dumping,
            Self::Vat => texts.vat,
        }
    }
}

/// The parts of the total by purpose, without zeros. The goods are the customs value minus freight and
/// insurance, so that the parts add up to the total despite rounding.
#[must_use]
pub fn purposes(asked: &Asked, cost: &LandedCost) -> Vec<(Purpose, Money)> {
    let amount = |amount: Option<Money>| amount.map_or(Decimal::ZERO, |Money(amount)| amount);
    let (shipping, insurance) = (amount(asked.request.shipping), amount(asked.request.insurance));
    let goods = cost.cif_value.0.saturating_sub(shipping).saturating_sub(insurance);
    let all = [
        (Purpose::Goods, goods),
        (Purpose::Shipping, shipping),
        (Purpose::Insurance, insurance),
        (Purpose::Duty, cost.duty.amount.0),
        (Purpose::AntiDumping, cost.anti_dumping_amount().0),
        (Purpose::Vat, cost.vat.amount.0),
    ];
    all.into_iter().filter(|(_, amount)| !amount.is_zero()).map(|(of, amount)| (of, Money(amount))).collect()
}

/// The share of a part in a whole in percent, rounded half up to one decimal. `None` if the whole is zero.
#[must_use]
pub fn share(part: Decimal, whole: Decimal) -> Option<Decimal> {
    let percent = part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)?;
    Some(percent.round_dp_with_strategy(1, rust_decimal::RoundingStrategy::MidpointAwayFromZero))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_come_to_the_total() {
        let asked = Asked {
            request: serde_json::from_str(
                r#"{"hs_code": "8518300090", "origin_country": "CN", "value": 2500.004, "shipping": 150.00}"#,
            )
            .expect("a request"),
            unit_value: Money(Decimal::new(25, 0)),
            quantity: 100,
            terms: super::super::form::Terms::Fob,
        };
        let cost: LandedCost = serde_json::from_str(
            r#"{"cif_value": 2650.00, "duty": {"amount": 10.00}, "anti_dumping": {"amount": 0}, "vat": {"amount": 558.60},
                "total_landed_cost": 3218.60, "currency": "EUR"}"#,
        )
        .expect("a cost");
        let parts = purposes(&asked, &cost);
        assert_eq!(
            parts.iter().map(|(of, amount)| format!("{} {amount}", of.as_str())).collect::<Vec<_>>(),
            ["goods 2500.00", "shipping 150.00", "duty 10.00", "vat 558.60"]
        );
        assert_eq!(parts.iter().map(|(_, amount)| amount.0).sum::<Decimal>(), cost.total_landed_cost.0);
        assert_eq!(share(Decimal::ONE, Decimal::from(3)), Some(Decimal::new(333, 1)));
        assert_eq!(share(Decimal::ONE, Decimal::ZERO), None);
    }
}
