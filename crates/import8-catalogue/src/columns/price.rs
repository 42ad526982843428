//! The number of units that a price is for, and the division that gives the value of one unit.

use import8_api::Money;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

/// The most decimals of the value of a unit, as the API has it.
const DECIMALS: u32 = 6;

/// The number of units that a price is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum PriceBasis {
    /// One unit.
    #[default]
    Unit,
    /// This number of units: a price per hundred.
    Units(u32),
    /// A pack, whose number of units is in the column of [`PackSize`](super::Role::PackSize), or the person's answer.
    Pack,
    /// All units of the row: the total of an invoice's line.
    Line,
}

/// The value of one unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum UnitPrice {
    /// The exact value.
    Exact(Money),
    /// The value rounded half up to six decimals, because the exact one has more.
    Rounded(Money),
}

/// Divides a price by the number of units that it is for; `None` if that is zero.
#[must_use]
pub(super) fn per_unit(price: Money, units: u32) -> Option<UnitPrice> {
    let units = Decimal::from(units);
    let exact = price.0.checked_div(units)?;
    if units == Decimal::ONE {
        // Amounts with too many decimals are told as such.
        return Some(UnitPrice::Exact(price));
    }
    let mut rounded =
        exact.round_dp_with_strategy(DECIMALS, RoundingStrategy::MidpointAwayFromZero).normalize();
    let is_exact = rounded.checked_mul(units) == Some(price.0);
    if rounded.scale() < price.0.scale().min(DECIMALS) {
        // 96.00 for 24 is 4.00.
        rounded.rescale(price.0.scale().min(DECIMALS));
    }
    let value = Money(rounded);
    Some(if is_exact { UnitPrice::Exact(value) } else { UnitPrice::Rounded(value) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_is_divided_exactly_or_said_to_be_rounded() {
        let check = |price: &str, units: u32, expected: Option<(bool, &str)>| {
            let found = per_unit(price.parse().expect(price), units).map(|price| match price {
                UnitPrice::Exact(value) => (true, value.to_string()),
                UnitPrice::Rounded(value) => (false, value.to_string()),
            });
            let found = found.as_ref().map(|(is_exact, value)| (*is_exact, value.as_str()));
            assert_eq!(found, expected, "{price} / {units}");
        };
        check("96.00", 24, Some((true, "4.00")));
        check("1.2345678", 1, Some((true, "1.2345678")));
        check("25.00", 1, Some((true, "25.00")));
        check("4.50", 100, Some((true, "0.045")));
        check("10", 3, Some((false, "3.333333")));
        check("0.000001", 2, Some((false, "0.000001")));
        check("20", 3, Some((false, "6.666667")));
        check("1", 0, None);
    }
}
