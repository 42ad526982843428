//! The flat duty on small consignments to consumers, beside the landed cost by the tariff.
//!
//! Source: Council Regulation (EU) 2026/382. From 1 July 2026 to 1 July 2028, goods that are sold at a distance to
//! consumers, in consignments of a value of at most EUR 150, bear EUR 3 for each item. Goods of different subheadings are
//! different items.

use import8_api::{Currency, FlatDuty, LandedCost, Quantity, Unknown};
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::answer::{ImportQuery, TariffError};
use super::words::of_exchange_rate;
use crate::language::{Language, Localized};

const FIRST_DAY: Date = Date::constant(2026, 7, 1);
const END: Date = Date::constant(2028, 7, 1);

/// Adds the total with the flat duty to a landed cost, and a note to whom it applies; or only the note why it is not
/// computed.
///
/// # Errors
/// An amount is too large.
pub fn add_flat_duty(
    cost: &mut LandedCost,
    items: Quantity,
    import: &ImportQuery<'_>,
    language: Language,
) -> Result<(), TariffError> {
    let overflow = |error: Unknown| TariffError::Incalculable(error.into());
    let is_foreign = import.consignment.currency != Currency::Eur;
    let exchange_rate = import.exchange_rate.filter(|_| is_foreign);
    let per_euro = exchange_rate.map(|rate| rate.per_euro.0).or((!is_foreign).then_some(Decimal::ONE));
    let most = per_euro.map(|per_euro| FlatDuty::MOST_VALUE.checked_mul(per_euro));
    let note = match most {
        _ if import.day < FIRST_DAY || import.day >= END => Localized {
            en: "Flat duty not computed: it applies from 1 July 2026 to 1 July 2028.",
            nl: "Vast recht niet berekend: het geldt van 1 juli 2026 tot 1 juli 2028.",
        },
        None => Localized {
            en: "Flat duty not computed: the rate of exchange is not known here.",
            nl: "Vast recht niet berekend: de wisselkoers is hier niet bekend.",
        },
        Some(most) if most.is_none_or(|most| import.consignment.goods > most) => Localized {
            en: "Flat duty not computed: the goods are worth more than EUR 150.",
            nl: "Vast recht niet berekend: de goederen zijn meer dan 150 euro waard.",
        },
        _ if !cost.anti_dumping_amount().0.is_zero() => Localized {
            en: "Flat duty not computed: not known here is what it means for goods under an anti-dumping or additional duty.",
            nl: "Vast recht niet berekend: hier niet bekend is wat het betekent voor goederen met een antidumping- of aanvullend recht.",
        },
        Some(_) => {
            cost.flat_duty = FlatDuty::of(cost, items, exchange_rate).map_err(overflow)?;
            if let Some(rate) = exchange_rate.filter(|_| cost.exchange_rate.is_none()) {
                cost.exchange_rate = Some(rate.clone());
                cost.notes.push(of_exchange_rate(&cost.currency, rate, language));
            }
            Localized {
                en: "Flat duty: for goods sold at a distance to consumers, in consignments of a value of at most EUR 150: EUR 3 for each item. Goods of different subheadings are different items: by six digits, in a full declaration by ten (Council Regulation (EU) 2026/382).",
                nl: "Vast recht: voor goederen die op afstand aan consumenten zijn verkocht, in zendingen met een waarde van hoogstens 150 euro: 3 euro per artikel. Goederen van verschillende onderverdelingen zijn verschillende artikelen: op zes cijfers, in een volledige aangifte op tien (Verordening (EU) 2026/382 van de Raad).",
            }
        }
    };
    cost.notes.push((*note.get(language)).to_owned());
    Ok(())
}

#[cfg(test)]
mod tests {
    use import8_api::{Consignment, ExchangeRate, Measures};

    use super::super::edition_tests::{DAY, code, tariff, with_measures};
    use super::*;

    /// The duty and total by the tariff, and the flat duty with its total, of goods of a value; and the last note.
    fn both_ways(value: &str, currency: Currency, per_euro: Option<&str>, day: Date) -> (String, String) {
        let rate = per_euro.map(|rate| ExchangeRate {
            per_euro: rate.parse().expect("a rate"),
            date: "2026-11-01".to_owned(),
        });
        let consignment = Consignment {
            goods: value.parse().expect("a value"),
            shipping: Decimal::ONE_HUNDRED,
            insurance: Decimal::ZERO,
            currency,
            measures: Measures::default(),
        };
        let import = ImportQuery {
            code: code("0101300000"),
            origin: "CN".parse().expect("a country"),
            destination: import8_api::Country::NL,
            preference: None,
            day,
            consignment: &consignment,
            exchange_rate: rate.as_ref(),
        };
        let mut cost = tariff(with_measures(&[])).landed_cost(&import, Language::En).expect("a cost");
        add_flat_duty(&mut cost, "2".parse().expect("a number"), &import, Language::En).expect("in range");
        let flat = cost.flat_duty.map(|flat| format!("{} {}", flat.amount, flat.total_landed_cost));
        let told = format!("{} {} | {}", cost.duty.amount, cost.total_landed_cost, flat.unwrap_or_default());
        (told, cost.notes.pop().unwrap_or_default())
    }

    #[test]
    fn a_small_consignment_has_both_totals() {
        // Freight does not count for the limit, and is in both bases of the VAT.
        let (told, note) = both_ways("150", Currency::Eur, None, DAY);
        assert_eq!(told, "28.75 337.29 | 6.00 309.76");
        assert!(note.contains("consumers"), "{note}");
        let (told, _) = both_ways("150", Currency::Usd, Some("1.0842"), DAY);
        assert_eq!(told, "28.75 337.29 | 6.51 310.38");
    }

    #[test]
    fn where_the_flat_duty_does_not_apply_or_is_not_known_the_note_says_why() {
        let check = |value: &str, currency, per_euro, day, part: &str| {
            let (told, note) = both_ways(value, currency, per_euro, day);
            assert!(told.ends_with("| ") && note.contains(part), "{told} {note}");
        };
        check("150.01", Currency::Eur, None, DAY, "more than EUR 150");
        check("140", Currency::Gbp, Some("0.84"), DAY, "more than EUR 150");
        check("100", Currency::Usd, None, DAY, "rate of exchange");
        check("100", Currency::Eur, None, Date::constant(2026, 6, 30), "from 1 July 2026");
        check("100", Currency::Eur, None, END, "to 1 July 2028");
    }
}
