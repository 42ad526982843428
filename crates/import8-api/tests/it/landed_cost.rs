//! Properties that every landed cost has.

use std::collections::BTreeMap;

use import8_api::*;
use proptest::prelude::*;
use rust_decimal::Decimal;

/// The landed cost of goods, freight and insurance in euros; every measure is `told`.
fn answer(
    amounts: [Decimal; 3],
    told: Decimal,
    duties: [&str; 2],
    vat_percent: Decimal,
) -> Option<LandedCost> {
    let [goods, shipping, insurance] = amounts;
    let [duty, anti_dumping] = duties.map(|text| text.parse::<DutyExpression>().expect("a duty"));
    let all = Measure::ALL.iter().map(|measure| (measure.as_str(), Money(told))).collect::<BTreeMap<_, _>>();
    let measures = serde_json::from_value(serde_json::to_value(all).expect("written")).expect("measures");
    let consignment = Consignment { goods, shipping, insurance, currency: Currency::Eur, measures };
    let (duty, anti_dumping, duty_type) = (&duty, Some(&anti_dumping), DutyType::Mfn);
    landed_cost_at(&consignment, &AppliedRates { duty, duty_type, anti_dumping, vat_percent }, None).ok()
}

/// The landed cost of goods without freight and insurance, with ten of each measure.
fn cost(goods: Decimal, duties: [&str; 2], vat_percent: Decimal) -> LandedCost {
    answer([goods, Decimal::ZERO, Decimal::ZERO], Decimal::TEN, duties, vat_percent).expect("known")
}

/// `percent` (in thousandths) of `millionths`, in cents, rounded half up by integer arithmetic.
fn half_up(millionths: i128, percent: i128) -> i128 {
    let (dividend, divisor) = (millionths * percent, 10_000 * 100_000);
    (2 * dividend + divisor) / (2 * divisor)
}

/// The parts of the total.
fn parts(cost: &LandedCost) -> [Decimal; 4] {
    let anti_dumping = cost.anti_dumping.as_ref().expect("always answered").amount;
    [cost.cif_value, cost.duty.amount, anti_dumping, cost.vat.amount].map(|money| money.0)
}

fn millionths(most: i64) -> impl Strategy<Value = Decimal> {
    prop_oneof![0..most, (0..most / 5_000).prop_map(|half_cents| half_cents * 5_000)]
        .prop_map(|value| Decimal::new(value, 6))
}

fn percents() -> impl Strategy<Value = Decimal> {
    prop_oneof![0..200_000i64, (0..200i64).prop_map(|whole| whole * 1_000)]
        .prop_map(|value| Decimal::new(value, 3))
}

fn any_decimal() -> impl Strategy<Value = Decimal> {
    (any::<[u32; 3]>(), any::<bool>(), 0..=28u32)
        .prop_map(|([lo, mid, hi], negative, scale)| Decimal::from_parts(lo, mid, hi, negative, scale))
}

fn any_duty() -> impl Strategy<Value = String> {
    let number = "(0|[1-9][0-9]{0,5})(\\.[0-9]{1,4})?";
    let units = "%|EUR/kg|EUR/100 kg|EUR/tonne|EUR/hl|EUR/item|EUR/1000 items|EUR/100 kg drained|EUR/100 kg gross|\
                 EUR/100 kg dry|EUR/% vol/hl|EUR/100 m|EUR DTN|EUR DTN G|EUR ASV X|EUR HLT";
    let unit = prop::sample::select(units.split('|').collect::<Vec<_>>());
    let term = prop_oneof![
        9 => (number, unit).prop_map(|(number, unit)| format!("{number} {unit}")),
        1 => prop::sample::select(vec!["EA", "AD S/Z", "AD F/M"]).prop_map(str::to_owned),
    ];
    let operator = prop::sample::select(vec![" + ", "+", " MIN ", " MAX "]);
    (term.clone(), prop::collection::vec((operator, term), 0..4)).prop_map(|(first, rest)| {
        rest.into_iter().fold(first, |text, (operator, term)| text + operator + &term)
    })
}

/// Duties that depend on nothing but the value and ten kilograms.
fn known_duty() -> impl Strategy<Value = String> {
    (percents(), millionths(10_000_000), prop::sample::select(vec!["+", "MIN", "MAX"]))
        .prop_map(|(percent, euros, operator)| format!("{percent} % {operator} {euros} EUR/kg"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_total_is_the_sum_of_the_parts(
        goods in millionths(1_000_000_000_000), duty in known_duty(), dumping in known_duty(), vat in percents(),
    ) {
        let cost = cost(goods, [&duty, &dumping], vat);
        let parts = parts(&cost);
        prop_assert_eq!(parts.iter().sum::<Decimal>(), cost.total_landed_cost.0);
        prop_assert!(parts.iter().chain([&cost.total_landed_cost.0]).all(|amount| amount.scale() == 2));
        prop_assert_eq!(cost.discrepancy(), None);
    }

    #[test]
    fn more_costs_no_less(
        goods in millionths(1_000_000_000), more in millionths(1_000_000), duty in known_duty(),
        percent in percents(), points in percents(), vat in percents(),
    ) {
        let total = |goods, duty: &str, vat| cost(goods, [duty, "0 %"], vat).total_landed_cost;
        prop_assert!(total(goods, &duty, vat) <= total(goods + more, &duty, vat));
        prop_assert!(total(goods, &duty, vat) <= total(goods, &duty, vat + points));
        let (low, high) = (format!("{percent} %"), format!("{} %", percent + points));
        prop_assert!(total(goods, &low, vat) <= total(goods, &high, vat));
    }

    #[test]
    fn nothing_costs_nothing(percent in percents(), vat in percents()) {
        let duty = format!("{percent} % + 0 EUR/kg");
        prop_assert!(cost(Decimal::ZERO, [&duty, &duty], vat).total_landed_cost.0.is_zero());
    }

    #[test]
    fn half_is_up_at_every_place(
        goods in millionths(1_000_000_000), percent in percents(), dumping in percents(), vat in percents(),
    ) {
        let cif = half_up(goods.mantissa(), 100_000);
        let duty = half_up(cif * 10_000, percent.mantissa());
        let anti_dumping = half_up(cif * 10_000, dumping.mantissa());
        let tax = half_up((cif + duty + anti_dumping) * 10_000, vat.mantissa());
        let cost = cost(goods, [&format!("{percent} %"), &format!("{dumping}%")], vat);
        prop_assert_eq!(parts(&cost).map(|amount| amount.mantissa()), [cif, duty, anti_dumping, tax]);
    }

    #[test]
    fn no_number_panics(
        amounts in prop::array::uniform3(any_decimal()), told in any_decimal(), duty in any_duty(), vat in any_decimal(),
    ) {
        if let Some(cost) = answer(amounts, told, [&duty, &format!("{} %", told.abs())], vat) {
            prop_assert_eq!(cost.discrepancy(), None);
        }
    }

    #[test]
    fn a_duty_reads_back_from_its_text(text in any_duty()) {
        let duty: DutyExpression = text.parse().expect("a duty");
        let written = duty.to_string();
        prop_assert_eq!(written.parse(), Ok(duty));
    }

    #[test]
    fn no_duty_panics(text in "[0-9.%+/ A-Za-z\u{a0}-]{0,40}|\\PC{0,40}") {
        drop(text.parse::<DutyExpression>());
    }
}

#[test]
fn requests_with_measures() {
    let check = |extension: &str, expected: &str| {
        let text = format!(r#"{{"hs_code":"0207141010","origin_country":"BR","value":100.00,{extension}}}"#);
        let outcome = match decode::<LandedCostRequest>(&text) {
            Err(error) => error.field,
            Ok(request) => {
                assert_eq!(serde_json::to_string(&request).expect("written"), text);
                request.validate().err().map(|problems| problems[0].to_string()).unwrap_or_default()
            }
        };
        assert_eq!(outcome, expected, "{extension}");
    };
    for measure in Measure::ALL {
        let name = measure.as_str();
        check(&format!(r#""measures":{{"{name}":12.50}}"#), "");
        check(&format!(r#""measures":{{"{name}":-1}}"#), &format!("measures.{name}: must not be negative"));
        check(&format!(r#""measures":{{"{name}":"1"}}"#), &format!("measures.{name}"));
    }
    check(r#""measures":{},"preference":"GSP""#, "");
    check(r#""measures":[1]"#, "measures");
    check(r#""preference":" ""#, "preference: is required");
    check(&format!(r#""preference":"{}""#, "é".repeat(101)), "preference: must have at most 100 characters");
    check(r#""preference":"a\tb""#, "preference: must not contain control characters");
}
