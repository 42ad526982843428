//! The margin of a seller: selling price minus landed cost, and the break-even price.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::landed_cost::cents;
use crate::{LandedCost, Money};

/// The margin of a seller who deducts the import VAT. All amounts are in the currency of the landed cost. Those of one
/// unit are rounded half up to cents, except where noted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Margin {
    /// The selling price without VAT.
    pub net_price: Money,
    /// The customs value and the duties, without VAT.
    pub unit_cost: Money,
    /// The earnings from all units; negative for a loss.
    pub earned: Money,
    /// The earnings from one unit.
    pub earned_per_unit: Money,
    /// The earnings in per cent of the selling price without VAT, to a tenth; absent for a price of zero.
    pub percent: Option<Decimal>,
    /// The break-even price without VAT, rounded up to cents.
    pub break_even: Money,
    /// The break-even price with VAT, rounded up to cents.
    pub break_even_with_vat: Money,
}

/// The margin on `quantity` units sold at `price` each. The price includes VAT if `has_vat`; `vat_percent` is the VAT on
/// the sale. `None` without units, or if a figure has more digits than can be held.
#[must_use]
pub fn margin(
    cost: &LandedCost,
    quantity: u64,
    price: Money,
    has_vat: bool,
    vat_percent: Decimal,
) -> Option<Margin> {
    let quantity = Some(Decimal::from(quantity)).filter(|quantity| !quantity.is_zero())?;
    let total =
        cost.cif_value.0.checked_add(cost.duty.amount.0)?.checked_add(cost.anti_dumping_amount().0)?;
    let with_vat = Decimal::ONE_HUNDRED.checked_add(vat_percent)?;
    let without_vat = |amount: Decimal| amount.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(with_vat);
    let taken = price.0.checked_mul(quantity)?;
    // From the VAT of all units together, because the price of one without VAT may have endless decimals.
    let (net_price, revenue) =
        if has_vat { (cents(without_vat(price.0)?).ok()?, without_vat(taken)?) } else { (price.0, taken) };
    let earned = revenue.checked_sub(total)?;
    let percent = earned.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(revenue).map(|percent| {
        let mut tenths = percent.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero);
        tenths.rescale(1);
        tenths
    });
    Some(Margin {
        net_price: Money(net_price),
        unit_cost: Money(cents(total.checked_div(quantity)?).ok()?),
        earned: Money(cents(earned).ok()?),
        earned_per_unit: Money(cents(earned.checked_div(quantity)?).ok()?),
        percent,
        break_even: Money(quotient_up(total, quantity)?),
        break_even_with_vat: Money(quotient_up(
            total.checked_mul(with_vat)?,
            quantity.checked_mul(Decimal::ONE_HUNDRED)?,
        )?),
    })
}

/// The quotient in cents, rounded up. `Decimal` rounds divisions itself, so the result is checked by multiplication.
fn quotient_up(dividend: Decimal, divisor: Decimal) -> Option<Decimal> {
    let cents = dividend.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(divisor)?.floor();
    let is_enough = cents.checked_mul(divisor)? >= dividend.checked_mul(Decimal::ONE_HUNDRED)?;
    let mut up = if is_enough { cents } else { cents.checked_add(Decimal::ONE)? };
    up.set_scale(2).ok()?;
    Some(up)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the margin on `quantity` units whose customs value, duty and anti-dumping duty are `amounts`.
    #[track_caller]
    fn check(amounts: [&str; 3], quantity: u64, price: &str, has_vat: bool, expected: &str) {
        let [cif, duty, dumping] = amounts;
        let text = format!(
            r#"{{"cif_value": {cif}, "duty": {{"amount": {duty}}}, "anti_dumping": {{"amount": {dumping}}},
                "vat": {{"amount": 999}}, "total_landed_cost": 0, "currency": "EUR"}}"#
        );
        let cost: LandedCost = crate::decode(&text).expect("a cost");
        let vat_percent = Decimal::new(21, 0);
        let outcome =
            margin(&cost, quantity, price.parse().expect(price), has_vat, vat_percent).map(|margin| {
                let percent = margin.percent.map_or_else(|| "none".to_owned(), |percent| percent.to_string());
                format!(
                    "{} - {} = {} ({}, {percent} %); {} {}",
                    margin.net_price,
                    margin.unit_cost,
                    margin.earned_per_unit,
                    margin.earned,
                    margin.break_even,
                    margin.break_even_with_vat
                )
            });
        assert_eq!(outcome.unwrap_or_default(), expected, "{amounts:?} {quantity} {price}");
    }

    #[test]
    fn margins() {
        check(["2662.50", "0", "0"], 100, "40", false, "40 - 26.63 = 13.38 (1337.50, 33.4 %); 26.63 32.22");
        check(
            ["2662.50", "0", "0"],
            100,
            "48.40",
            true,
            "40.00 - 26.63 = 13.38 (1337.50, 33.4 %); 26.63 32.22",
        );
        check(["333.05", "0", "0"], 100, "4.03", true, "3.33 - 3.33 = 0.00 (0.01, 0.0 %); 3.34 4.03");
        check(["80", "10", "10"], 1, "50", false, "50 - 100.00 = -50.00 (-50.00, -100.0 %); 100.00 121.00");
        check(["10", "0", "0"], 3, "3.34", false, "3.34 - 3.33 = 0.01 (0.02, 0.2 %); 3.34 4.04");
        check(["10", "0", "0"], 3, "0", false, "0 - 3.33 = -3.33 (-10.00, none %); 3.34 4.04");
        check(["10", "0", "0"], 0, "5", false, "");
        check(["79228162514264337593543950335", "0", "0"], 1, "5", false, "");
    }

    #[test]
    fn at_the_lowest_price_nothing_is_lost_and_a_cent_less_loses() {
        for (cif, quantity) in
            [("0.01", 1), ("0.01", 7), ("1234.57", 13), ("99999999.99", 999_999), ("2662.50", 100)]
        {
            let text = format!(
                r#"{{"cif_value": {cif}, "duty": {{"amount": 0}}, "vat": {{"amount": 0}}, "total_landed_cost": 0, "currency": "EUR"}}"#
            );
            let cost: LandedCost = crate::decode(&text).expect("a cost");
            let at = |price: Decimal, has_vat: bool| {
                margin(&cost, quantity, Money(price), has_vat, Decimal::new(21, 0)).expect("a margin")
            };
            let Margin { break_even, break_even_with_vat, .. } = at(Decimal::ZERO, false);
            assert!(at(break_even.0, false).earned.0 >= Decimal::ZERO, "{cif} {quantity}");
            assert!(
                at(break_even.0 - Decimal::new(1, 2), false).earned.0 < Decimal::ZERO,
                "{cif} {quantity}"
            );
            assert!(at(break_even_with_vat.0, true).earned.0 >= Decimal::ZERO, "{cif} {quantity} with VAT");
        }
    }
}
