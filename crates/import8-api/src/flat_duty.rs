//! The flat customs duty on small consignments to consumers: its amount, and the total with it.

use rust_decimal::Decimal;

use crate::duty_expression::{exact_percent, exact_product, exact_sum};
use crate::landed_cost::cents;
use crate::{Charge, ExchangeRate, FlatDuty, LandedCost, Money, Quantity, Rate, Unknown};

impl FlatDuty {
    /// The duty on an item, in euros (Council Regulation (EU) 2026/382).
    pub const PER_ITEM: Decimal = Decimal::from_parts(3, 0, 0, false, 0);

    /// The highest value of the goods of a consignment, in euros, without freight and insurance (the same Regulation).
    pub const MOST_VALUE: Decimal = Decimal::from_parts(150, 0, 0, false, 0);

    /// The flat duty on the consignment of a landed cost, whose customs value and rate of VAT it has. `exchange_rate` is
    /// that of the currency of its amounts, and `None` for the euro. VAT is on the customs value and the duty, as in
    /// [`landed_cost_at`](crate::landed_cost_at). `None` if the rate of VAT is not a percentage.
    ///
    /// # Errors
    /// An amount is too large.
    pub fn of(
        cost: &LandedCost,
        items: Quantity,
        exchange_rate: Option<&ExchangeRate>,
    ) -> Result<Option<Self>, Unknown> {
        let Some(vat_percent) = cost.vat.rate.as_ref().and_then(Rate::percent) else { return Ok(None) };
        let per_euro = exchange_rate.map_or(Decimal::ONE, |rate| rate.per_euro.0);
        let in_euros = exact_product(Self::PER_ITEM, Decimal::from(items.get()))?;
        let amount = cents(exact_product(in_euros, per_euro)?)?;
        let base = exact_sum(cost.cif_value.0, amount)?;
        let vat = cents(exact_percent(vat_percent, base)?)?;
        Ok(Some(Self {
            items,
            amount: Money(amount),
            vat: Charge { amount: Money(vat), ..cost.vat.clone() },
            total_landed_cost: Money(exact_sum(base, vat)?),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_flat_duty_is_in_the_base_of_the_vat() {
        let cost: LandedCost = serde_json::from_str(
            r#"{"cif_value": 100.50, "duty": {"amount": 12.06}, "vat": {"rate": "21.00%", "amount": 23.64},
                "total_landed_cost": 136.20, "currency": "EUR"}"#,
        )
        .expect("a cost");
        let check = |items: &str, per_euro: Option<&str>, expected: &str| {
            let rate = per_euro.map(|rate| ExchangeRate {
                per_euro: rate.parse().expect("a rate"),
                date: "2026-12-01".to_owned(),
            });
            let flat = FlatDuty::of(&cost, items.parse().expect("a number"), rate.as_ref());
            let flat = flat.expect("in range").expect("a percentage");
            let told = format!("{} {} {}", flat.amount, flat.vat.amount, flat.total_landed_cost);
            assert_eq!(told, expected, "{items} {per_euro:?}");
        };
        // 21 % of 103.50 is 21.735.
        check("1", None, "3.00 21.74 125.24");
        check("4", None, "12.00 23.63 136.13");
        // 6 euros are 6.5052 of the currency.
        check("2", Some("1.0842"), "6.51 22.47 129.48");
    }
}
