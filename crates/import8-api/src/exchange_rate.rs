//! Customs rates of exchange: duties in euros on consignments that are invoiced in another currency.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::duty_expression::{exact_product, exact_sum};
use crate::wire::json_object;
use crate::{Bound, DutyExpression, DutyTerm, Measures, Money, Unknown};

/// The customs rate of exchange of a currency in a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExchangeRate {
    /// Units of the currency per euro; above 0.
    pub per_euro: Money,
    /// The first day of the month in which it applies (ISO 8601).
    pub date: String,
}

json_object!(ExchangeRate);

impl DutyExpression {
    /// The amount of the duty, unrounded, in the currency of `customs_value`, whose rate is given if that is not the
    /// euro. It equals the amount in euros of the converted value, converted back, without the rounding of either.
    ///
    /// # Errors
    /// As [`DutyExpression::amount`].
    pub fn amount_at(
        &self,
        customs_value: Decimal,
        measures: &Measures,
        rate: Option<&ExchangeRate>,
    ) -> Result<Decimal, Unknown> {
        let amount = self.amount(customs_value, measures)?;
        let Some(ExchangeRate { per_euro: Money(per_euro), .. }) = rate.filter(|_| self.is_in_euros()) else {
            return Ok(amount);
        };
        let converted = |term: &DutyTerm| {
            let amount = term.amount(customs_value, measures)?;
            if matches!(term, DutyTerm::Specific(..)) { exact_product(amount, *per_euro) } else { Ok(amount) }
        };
        let sum = |terms: &[DutyTerm]| {
            terms.iter().try_fold(Decimal::ZERO, |sum, term| exact_sum(sum, converted(term)?))
        };
        let mut amount = Decimal::ZERO;
        for (bound, terms) in self.sums() {
            let limit = sum(terms)?;
            amount = match bound {
                None => limit,
                Some(Bound::Min) => amount.max(limit),
                Some(Bound::Max) => amount.min(limit),
            };
        }
        // A duty is never less than zero.
        Ok(amount.max(Decimal::ZERO))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks a duty on a value of 1,000 in a currency and 100 kg.
    fn check(duty: &str, per_euro: Option<&str>, expected: &str) {
        let duty: DutyExpression = duty.parse().expect("a duty");
        let rate = per_euro.map(|rate| ExchangeRate {
            per_euro: rate.parse().expect("a rate"),
            date: "2026-12-01".to_owned(),
        });
        let measures = Measures { net_weight_kg: Some(Decimal::ONE_HUNDRED), ..Measures::default() };
        let amount = duty.amount_at(Decimal::ONE_THOUSAND, &measures, rate.as_ref()).expect("an amount");
        assert_eq!(amount.normalize().to_string(), expected, "{duty} at {per_euro:?}");
    }

    #[test]
    fn only_parts_in_euros_are_converted() {
        check("12.8 % + 303.4 EUR/100 kg", Some("1.0842"), "456.94628");
        check("12.8 % + 303.4 EUR/100 kg", None, "431.4");
        check("12.8 %", Some("1.0842"), "128");
        check("2 EUR/kg", Some("0.5"), "100");
    }

    #[test]
    fn bounds_are_compared_in_one_currency() {
        // 100 against 50 euros, which are 110 of the currency.
        check("10 % MIN 0.5 EUR/kg", Some("2.2"), "110");
        check("10 % MAX 0.5 EUR/kg", Some("2.2"), "100");
        check("10 % MIN 0.5 EUR/kg", Some("1.1"), "100");
        check("10 % MAX 0.5 EUR/kg MAX 5 %", Some("1.1"), "50");
    }

    #[test]
    fn a_missing_measure_is_named_at_any_rate() {
        let duty: DutyExpression = "10 % + 1 EUR/item MAX 2 EUR/hl".parse().expect("a duty");
        let rate = ExchangeRate { per_euro: Money(Decimal::TWO), date: "2026-12-01".to_owned() };
        let missing = duty.amount_at(Decimal::ONE_THOUSAND, &Measures::default(), Some(&rate));
        assert_eq!(missing, duty.amount(Decimal::ONE_THOUSAND, &Measures::default()));
        assert!(missing.is_err());
    }
}
