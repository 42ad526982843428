//! The arithmetic of landed costs: computes one, and checks the figures of an answer.

use std::fmt;

use rust_decimal::{Decimal, RoundingStrategy};

use crate::duty_expression::{both, exact_percent, exact_sum};
use crate::{
    Charge, Currency, Duty, DutyExpression, DutyType, ExchangeRate, LandedCost, LandedCostRequest, Measures,
    Money, Rate, Unknown,
};

/// The goods of an import as a whole, with amounts in `currency`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Consignment {
    /// The value of all the goods.
    pub goods: Decimal,
    /// Freight to the border.
    pub shipping: Decimal,
    /// Insurance.
    pub insurance: Decimal,
    /// The currency of the amounts.
    pub currency: Currency,
    /// The measures, as far as a duty depends on them.
    pub measures: Measures,
}

impl From<&LandedCostRequest> for Consignment {
    fn from(request: &LandedCostRequest) -> Self {
        let or_zero = |amount: Option<Money>| amount.map_or(Decimal::ZERO, |Money(amount)| amount);
        Self {
            goods: request.value.0,
            shipping: or_zero(request.shipping),
            insurance: or_zero(request.insurance),
            currency: request.currency.unwrap_or_default(),
            measures: request.measures.unwrap_or_default(),
        }
    }
}

/// The rates that apply to a consignment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppliedRates<'a> {
    /// Customs duty.
    pub duty: &'a DutyExpression,
    /// The type of the customs duty.
    pub duty_type: DutyType,
    /// Anti-dumping duty, where there is one.
    pub anti_dumping: Option<&'a DutyExpression>,
    /// Import VAT, in per cent.
    pub vat_percent: Decimal,
}

/// The reason why a landed cost cannot be computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LandedCostError {
    /// A duty is in euros, the amounts are in another currency, and no rate of exchange is given.
    EuroOnly,
    /// The amount of a duty is not known, or one of the amounts is too large.
    Unknown(Unknown),
}

impl fmt::Display for LandedCostError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EuroOnly => f.write_str("the duty is in euros: the amounts must be in EUR"),
            Self::Unknown(unknown) => unknown.fmt(f),
        }
    }
}

impl std::error::Error for LandedCostError {}

impl From<Unknown> for LandedCostError {
    fn from(unknown: Unknown) -> Self {
        Self::Unknown(unknown)
    }
}

/// Computes the landed cost of a consignment. `exchange_rate` is that of its currency: duties in euros are converted to
/// the currency with it, and it is in the result if one was.
///
/// - The customs value is the price of the goods plus freight and insurance to the border (Union Customs Code,
///   Regulation (EU) 952/2013, art. 70 and 71).
/// - Duty and anti-dumping duty are each on the customs value, not on one another.
/// - VAT is on the customs value and both duties (Directive 2006/112/EC, art. 85 and 86).
/// - Each amount is rounded half up to cents, and the next ones are computed from the rounded amount, so that a check
///   by hand comes to the same cent.
///
/// # Errors
/// The measures that both duties lack, or that the amounts must be in euros.
pub fn landed_cost_at(
    consignment: &Consignment,
    rates: &AppliedRates<'_>,
    exchange_rate: Option<&ExchangeRate>,
) -> Result<LandedCost, LandedCostError> {
    let Consignment { goods, shipping, insurance, currency, measures } = consignment;
    let cif = cents(exact_sum(exact_sum(*goods, *shipping)?, *insurance)?)?;
    let exchange_rate = exchange_rate.filter(|_| *currency != Currency::Eur);
    let amount = |duty: &DutyExpression| duty.amount_at(cif, measures, exchange_rate);
    let (duty, anti_dumping) =
        both(amount(rates.duty), rates.anti_dumping.map_or(Ok(Decimal::ZERO), amount))?;
    // Checked last, so that no caller converts amounts for a duty that cannot be computed.
    let in_euros = rates.duty.is_in_euros() || rates.anti_dumping.is_some_and(DutyExpression::is_in_euros);
    if in_euros && *currency != Currency::Eur && exchange_rate.is_none() {
        return Err(LandedCostError::EuroOnly);
    }
    let (duty, anti_dumping) = (cents(duty)?, cents(anti_dumping)?);
    let base = exact_sum(exact_sum(cif, duty)?, anti_dumping)?;
    let vat = cents(exact_percent(rates.vat_percent, base)?)?;
    let anti_dumping_rate =
        rates.anti_dumping.map_or_else(|| Rate::from_percent(Decimal::ZERO), DutyExpression::rate);
    Ok(LandedCost {
        cif_value: Money(cif),
        duty: Duty {
            rate: Some(rates.duty.rate()),
            amount: Money(duty),
            duty_type: Some(rates.duty_type.clone()),
            source: None,
            date: None,
        },
        anti_dumping: Some(charge(anti_dumping_rate, anti_dumping)),
        vat: charge(Rate::from_percent(rates.vat_percent), vat),
        total_landed_cost: Money(exact_sum(base, vat)?),
        currency: currency.to_string(),
        exchange_rate: exchange_rate.filter(|_| in_euros).cloned(),
        flat_duty: None,
        notes: Vec::new(),
    })
}

/// The amount rounded half up to cents.
pub(crate) fn cents(amount: Decimal) -> Result<Decimal, Unknown> {
    let mut cents = amount.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
    cents.rescale(2);
    // A number of 28 digits has no room for two decimals.
    if cents.scale() == 2 { Ok(cents) } else { Err(Unknown::Overflow) }
}

fn charge(rate: Rate, amount: Decimal) -> Charge {
    Charge { rate: Some(rate), amount: Money(amount), source: None, date: None }
}

/// The figures of an answer that do not add up, each with its right amount. Empty if the figures are too large to be
/// added exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Discrepancy {
    /// The right VAT, rounded half up to cents, if the VAT is a cent or more off its rate on the customs value and the
    /// duties.
    pub vat: Option<Money>,
    /// The sum of the parts as they stand, if the total differs from it.
    pub total: Option<Money>,
}

impl LandedCost {
    /// The discrepancy between the figures; `None` if they add up. Each part is taken as it stands. A VAT whose rate is
    /// not a percentage cannot be checked and passes.
    #[must_use]
    pub fn discrepancy(&self) -> Option<Discrepancy> {
        let Ok((vat, total)) = self.recomputed() else {
            return Some(Discrepancy { vat: None, total: None });
        };
        let vat = Some(vat).filter(|vat| *vat != self.vat.amount);
        let total = Some(total).filter(|total| *total != self.total_landed_cost);
        (vat.is_some() || total.is_some()).then_some(Discrepancy { vat, total })
    }

    /// The anti-dumping duty; zero if the answer has none.
    #[must_use]
    pub fn anti_dumping_amount(&self) -> Money {
        self.anti_dumping.as_ref().map_or(Money(Decimal::ZERO), |charge| charge.amount)
    }

    /// The right VAT, which is the answer's own if that is less than a cent off, and the right total.
    fn recomputed(&self) -> Result<(Money, Money), Unknown> {
        let base = exact_sum(exact_sum(self.cif_value.0, self.duty.amount.0)?, self.anti_dumping_amount().0)?;
        let total = exact_sum(base, self.vat.amount.0)?;
        let vat = match self.vat.rate.as_ref().and_then(Rate::percent) {
            Some(percent) => exact_percent(percent, base)?,
            None => self.vat.amount.0,
        };
        let is_off = exact_sum(vat, -self.vat.amount.0)?.abs() >= Decimal::new(1, 2);
        Ok((if is_off { Money(cents(vat)?) } else { self.vat.amount }, Money(total)))
    }
}

/// A figure of a landed cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CostPart {
    /// Goods, freight and insurance.
    CustomsValue,
    /// Customs duty.
    Duty,
    /// Anti-dumping duty.
    AntiDumping,
    /// Import VAT.
    Vat,
    /// The sum of them all.
    Total,
}

/// A figure of an answer that differs from the computed one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Difference {
    /// The figure.
    pub part: CostPart,
    /// The amount in the answer.
    pub given: Money,
    /// The computed amount, rounded half up to cents.
    pub computed: Money,
}

/// The comparison of an answer with figures computed from its request.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Recomputed {
    /// The figures that differ, in their order.
    pub differences: Vec<Difference>,
    /// The figures that could not be computed: their rate is not a duty, depends on something unknown, or they are too
    /// large.
    pub unknown: Vec<CostPart>,
}

/// The rates that an answer claims to have applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnsweredRates {
    /// Customs duty.
    pub duty: DutyExpression,
    /// The type of the customs duty.
    pub duty_type: DutyType,
    /// Anti-dumping duty; absent if the answer has none.
    pub anti_dumping: Option<DutyExpression>,
    /// Import VAT, in per cent.
    pub vat_percent: Decimal,
}

impl AnsweredRates {
    /// The same rates, for [`landed_cost`].
    #[must_use]
    pub fn applied(&self) -> AppliedRates<'_> {
        AppliedRates {
            duty: &self.duty,
            duty_type: self.duty_type.clone(),
            anti_dumping: self.anti_dumping.as_ref(),
            vat_percent: self.vat_percent,
        }
    }
}

impl LandedCost {
    /// The rates that the answer claims to have applied; `None` if one is missing or is not in the tariff's notation.
    #[must_use]
    pub fn rates(&self) -> Option<AnsweredRates> {
        Some(AnsweredRates {
            duty: expression(self.duty.rate.as_ref())?,
            duty_type: self.duty.duty_type.clone().unwrap_or(DutyType::Mfn),
            anti_dumping: match self.anti_dumping.as_ref().filter(|charge| !charge.is_none()) {
                Some(charge) => Some(expression(charge.rate.as_ref())?),
                None => None,
            },
            vat_percent: self.vat.rate.as_ref().and_then(Rate::percent)?,
        })
    }

    /// Computes each figure from the request and the rates of the answer, by the rules of [`landed_cost_at`], to the cent.
    /// Each is computed from the answer's own earlier figures, so that one wrong figure is reported once.
    #[must_use]
    pub fn recompute(&self, consignment: &Consignment) -> Recomputed {
        let Consignment { goods, shipping, insurance, measures, .. } = consignment;
        let cif = self.cif_value.0;
        let base = exact_sum(cif, self.duty.amount.0)
            .and_then(|with_duty| exact_sum(with_duty, self.anti_dumping_amount().0))
            .ok();
        let exchange_rate = self.exchange_rate.as_ref();
        let amount = |duty: Option<DutyExpression>| duty?.amount_at(cif, measures, exchange_rate).ok();
        let vat_percent = self.vat.rate.as_ref().and_then(Rate::percent);
        let customs_value =
            exact_sum(*goods, *shipping).and_then(|freighted| exact_sum(freighted, *insurance)).ok();
        let figures = [
            Some((CostPart::CustomsValue, self.cif_value, customs_value)),
            Some((CostPart::Duty, self.duty.amount, amount(expression(self.duty.rate.as_ref())))),
            self.anti_dumping.as_ref().map(|charge| {
                let rate = || expression(charge.rate.as_ref());
                let computed = if charge.is_none() { Some(Decimal::ZERO) } else { amount(rate()) };
                (CostPart::AntiDumping, charge.amount, computed)
            }),
            Some((
                CostPart::Vat,
                self.vat.amount,
                vat_percent.zip(base).and_then(|(percent, base)| exact_percent(percent, base).ok()),
            )),
            Some((
                CostPart::Total,
                self.total_landed_cost,
                base.and_then(|base| exact_sum(base, self.vat.amount.0).ok()),
            )),
        ];
        let mut recomputed = Recomputed::default();
        for (part, given, computed) in figures.into_iter().flatten() {
            match computed.and_then(|amount| cents(amount).ok()) {
                None => recomputed.unknown.push(part),
                Some(computed) if computed == given.0 => {}
                Some(computed) => {
                    recomputed.differences.push(Difference { part, given, computed: Money(computed) });
                }
            }
        }
        recomputed
    }
}

fn expression(rate: Option<&Rate>) -> Option<DutyExpression> {
    rate?.as_str().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Currency::{Eur, Usd};

    /// Checks the landed cost of `goods shipping insurance` and 100 kg at `duty | anti-dumping` and 21 % VAT.
    #[track_caller]
    fn check(currency: Currency, amounts: &str, duties: &str, expected: &str) {
        let amounts: Vec<_> = amounts.split(' ').map(|text| text.parse::<Money>().expect(text).0).collect();
        let duties: Vec<DutyExpression> =
            duties.split('|').map(|duty| duty.parse().expect("a duty")).collect();
        let measures = Measures { net_weight_kg: Some(Decimal::ONE_HUNDRED), ..Measures::default() };
        let (goods, shipping, insurance) = (amounts[0], amounts[1], amounts[2]);
        let consignment = Consignment { goods, shipping, insurance, currency, measures };
        let (duty, anti_dumping) = (&duties[0], duties.get(1));
        let vat_percent = Decimal::new(21, 0);
        let rates = AppliedRates { duty, duty_type: DutyType::Mfn, anti_dumping, vat_percent };
        let outcome = match landed_cost_at(&consignment, &rates, None) {
            Ok(cost) => {
                assert_eq!(cost.discrepancy(), None, "{cost:?}");
                let shown = |rate: Option<Rate>, amount| format!("{} {amount}", rate.expect("answered"));
                let anti_dumping = cost.anti_dumping.expect("answered");
                [
                    cost.cif_value.to_string(),
                    shown(cost.duty.rate, cost.duty.amount),
                    shown(anti_dumping.rate, anti_dumping.amount),
                    shown(cost.vat.rate, cost.vat.amount),
                    cost.total_landed_cost.to_string(),
                ]
                .join("; ")
            }
            Err(error) => error.to_string(),
        };
        assert_eq!(outcome, expected, "{consignment:?} {rates:?}");
    }

    #[test]
    fn landed_costs() {
        let none = "0.00% 0.00; 0.00% 0.00; 21.00%";
        check(Eur, "2500.00 150.00 12.50", "0 %", &format!("2662.50; {none} 559.13; 3221.63"));
        check(Usd, "25 5 1.5", "0.0%", &format!("31.50; {none} 6.62; 38.12"));
        check(Eur, "0.004 0.0005 0.0005", "0 %", &format!("0.01; {none} 0.00; 0.01"));
        check(Eur, "100 0 0", "10 %|48.5 %", "100.00; 10.00% 10.00; 48.50% 48.50; 21.00% 33.29; 191.79");
        check(Eur, "4 0 0", "0.125 %", "4.00; 0.125% 0.01; 0.00% 0.00; 21.00% 0.84; 4.85");
        let compound = "1000.00; 12.8 % + 303.4 EUR/100 kg 431.40; 0.00% 0.00; 21.00% 300.59; 1731.99";
        check(Eur, "1000 0 0", "12.800 % + 303.400 EUR DTN", compound);
    }

    #[test]
    fn what_cannot_be_computed() {
        let euros = "the duty is in euros: the amounts must be in EUR";
        check(Usd, "1 0 0", "1 EUR/kg", euros);
        check(Usd, "1 0 0", "5 % | 5 % MIN 1 EUR/kg", euros);
        check(Eur, "1 0 0", "1 EUR/item|1 EUR/hl", "the duty depends on items, volume_litres");
        let composed = "the duty has a part, EA, that depends on the composition of the goods";
        check(Usd, "1 0 0", "1 EUR/kg + EA", composed);
        for amounts in ["79228162514264337593543950335 0 0", "79228162514264337593543950335 0.01 0"] {
            check(Eur, amounts, "0 %", "the amount has more digits than can be held exactly");
        }
    }

    #[test]
    fn discrepancies() {
        let check = |figures: [&str; 3], rate: &str, expected: Option<[Option<&str>; 2]>| {
            let [duty, vat, total_landed_cost] = figures.map(|text| text.parse::<Money>().expect(text));
            let cost = LandedCost {
                cif_value: Money(Decimal::ONE_HUNDRED),
                duty: Duty { rate: None, amount: duty, duty_type: None, source: None, date: None },
                anti_dumping: None,
                vat: Charge { rate: rate.parse().ok(), ..charge(Rate::from_percent(Decimal::ZERO), vat.0) },
                total_landed_cost,
                currency: Eur.to_string(),
                exchange_rate: None,
                flat_duty: None,
                notes: Vec::new(),
            };
            let expected = expected.map(|figures| {
                let [vat, total] = figures.map(|text| text.map(|text| text.parse().expect(text)));
                Discrepancy { vat, total }
            });
            assert_eq!(cost.discrepancy(), expected, "{cost:?}");
        };
        check(["10", "23.1", "133.10"], "21.00%", None);
        check(["10.03", "23.10", "133.13"], "21%", None);
        check(["10", "21", "131"], "reduced", None);
        check(["10", "23.1", "133.11"], "21%", Some([None, Some("133.1")]));
        check(["10", "23.11", "133.11"], "21%", Some([Some("23.10"), None]));
        check(["10.03", "20", "130.03"], "21%", Some([Some("23.11"), None]));
        check(["10", "20", "133.10"], "21%", Some([Some("23.10"), Some("130")]));
        check(["10", "21", "133.10"], "reduced", Some([None, Some("131")]));
        check(["79228162514264337593543950335", "1", "1"], "21%", Some([None, None]));
    }

    #[test]
    fn duties_in_euros_are_converted_at_the_rate_of_the_month() {
        let measures = Measures { net_weight_kg: Some(Decimal::ONE_HUNDRED), ..Measures::default() };
        let of = |currency| Consignment {
            goods: Decimal::ONE_THOUSAND,
            shipping: Decimal::ZERO,
            insurance: Decimal::ZERO,
            currency,
            measures,
        };
        let duty: DutyExpression = "12.8 % + 303.4 EUR/100 kg".parse().expect("a duty");
        let plain: DutyExpression = "5 %".parse().expect("a duty");
        let cost = |currency, duty, rate: Option<&ExchangeRate>| {
            let vat_percent = Decimal::new(21, 0);
            let rates = AppliedRates { duty, duty_type: DutyType::Mfn, anti_dumping: None, vat_percent };
            landed_cost_at(&of(currency), &rates, rate)
        };
        let rate = ExchangeRate { per_euro: Money(Decimal::new(10842, 4)), date: "2026-12-01".to_owned() };
        let dollars = cost(Usd, &duty, Some(&rate)).expect("a cost");
        assert_eq!(dollars.duty.amount.to_string(), "456.95");
        assert_eq!(dollars.total_landed_cost.to_string(), "1762.91");
        assert_eq!(dollars.exchange_rate.as_ref(), Some(&rate));
        assert_eq!(dollars.recompute(&of(Usd)), Recomputed::default());
        assert_eq!(cost(Usd, &duty, None), Err(LandedCostError::EuroOnly));
        assert_eq!(cost(Usd, &plain, Some(&rate)).expect("a cost").exchange_rate, None);
        let euros = cost(Eur, &duty, Some(&rate)).expect("a cost");
        assert_eq!((euros.duty.amount.to_string().as_str(), euros.exchange_rate), ("431.40", None));
    }

    /// Checks an answer to a consignment of 100, with `-` for no rate:
    /// `cif, duty rate amount, anti-dumping rate amount, vat rate amount, total`. `expected` lists the wrong and the
    /// unknown figures.
    #[track_caller]
    fn check_recomputed(answer: [&str; 8], expected: &str) {
        let money = |text: &str| text.parse::<Money>().expect(text);
        let rate = |text: &str| text.parse().ok().filter(|_| text != "-");
        let [cif, duty, duty_amount, dumping, dumping_amount, vat, vat_amount, total] = answer;
        let charge = |text: &str, amount| Charge {
            rate: rate(text),
            ..charge(Rate::from_percent(Decimal::ZERO), amount)
        };
        let cost = LandedCost {
            cif_value: money(cif),
            duty: Duty {
                rate: rate(duty),
                amount: money(duty_amount),
                duty_type: None,
                source: None,
                date: None,
            },
            anti_dumping: (dumping != "none").then(|| charge(dumping, money(dumping_amount).0)),
            vat: charge(vat, money(vat_amount).0),
            total_landed_cost: money(total),
            currency: Eur.to_string(),
            exchange_rate: None,
            flat_duty: None,
            notes: Vec::new(),
        };
        let hundred = Decimal::ONE_HUNDRED;
        let measures = Measures { net_weight_kg: Some(hundred), ..Measures::default() };
        let consignment = Consignment {
            goods: hundred,
            shipping: Decimal::ZERO,
            insurance: Decimal::ZERO,
            currency: Eur,
            measures,
        };
        let Recomputed { differences, unknown } = cost.recompute(&consignment);
        let wrong =
            differences.iter().map(|one| format!("{:?} {} not {}", one.part, one.computed, one.given));
        let outcome: Vec<_> = wrong.chain(unknown.iter().map(|part| format!("{part:?}?"))).collect();
        assert_eq!(outcome.join("; "), expected, "{answer:?}");
    }

    #[test]
    fn each_figure_is_computed_anew_from_what_was_asked() {
        let check = check_recomputed;
        check(["100", "0.0%", "0", "-", "0.00", "21.00%", "21.00", "121.00"], "");
        check(["100", "0.0%", "0", "none", "0", "21.00%", "21.00", "121.00"], "");
        check(["100", "12.8 % + 3 EUR/100 kg", "15.80", "5%", "5", "21%", "25.37", "146.17"], "");
        check(["100.01", "0%", "0", "0%", "0", "21%", "21.00", "121.01"], "CustomsValue 100.00 not 100.01");
        check(["100", "10%", "9.99", "0%", "0", "21%", "23.10", "133.09"], "Duty 10.00 not 9.99");
        check(["100", "0%", "0", "10%", "11", "21%", "23.31", "134.31"], "AntiDumping 10.00 not 11");
        check(["100", "0%", "0", "0%", "0", "21%", "20.99", "120.99"], "Vat 21.00 not 20.99");
        check(["100", "0%", "0", "0%", "0", "21%", "21.00", "121.01"], "Total 121.00 not 121.01");
        check(
            ["100", "10%", "9", "0%", "0", "21%", "21.00", "131"],
            "Duty 10.00 not 9; Vat 22.89 not 21.00; Total 130.00 not 131",
        );
        check(["100", "-", "5", "-", "1", "reduced", "5", "111"], "Duty?; AntiDumping?; Vat?");
        check(["100", "5 EUR/item", "5", "0%", "0", "21%", "22.05", "127.05"], "Duty?");
        check(["100", "9 % + EA", "9", "0%", "0", "21%", "22.89", "131.89"], "Duty?");
    }
}
