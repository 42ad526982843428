//! Tests of the duties on goods of one origin, in percent.

use import8_api::{Due, DutyRates};
use rust_decimal::Decimal;
use serde_json::{Value, json};

fn rates(ordinary: &str, preferences: &[(&str, &str)], anti_dumping: Value) -> DutyRates {
    let preferences: Vec<_> =
        preferences.iter().map(|(scheme, rate)| json!({"scheme": scheme, "rate": rate})).collect();
    let rates = json!({
        "hs_code": "8518300090", "mfn_duty": {"rate": ordinary}, "preferential_duties": preferences,
        "anti_dumping": anti_dumping,
    });
    serde_json::from_value(rates).expect("rates")
}

fn percent(text: &str) -> Decimal {
    text.parse().expect(text)
}

#[test]
fn the_lowest_preference_is_one_that_is_lower_than_the_ordinary_duty() {
    let check = |ordinary: &str, preferences: &[(&str, &str)], expected: Option<&str>| {
        let rates = rates(ordinary, preferences, json!([]));
        let lowest = rates.lowest_preference().map(|lowest| lowest.scheme.as_str());
        assert_eq!(lowest, expected, "{ordinary} {preferences:?}");
    };
    check("8.00%", &[], None);
    check("8.00%", &[("GSP", "4.50%"), ("TCA", "0.00%")], Some("TCA"));
    check("0.00%", &[("TCA", "0.00%")], None);
    check("8.00%", &[("GSP", "4 % + 1 EUR/kg")], Some("GSP"));
    check("12.8 % + 1 EUR/kg", &[("GSP", "9.00%")], Some("GSP"));
}

#[test]
fn what_is_due_is_the_duty_and_what_comes_on_top() {
    let bicycle =
        rates("6.00%", &[], json!([{"rate": "79.30%", "minimum_rate": "9.90%", "countries": ["CN"]}]));
    let due = bicycle.due().expect("percentages");
    let expected = Due {
        ordinary: percent("6.00"),
        with_proof: None,
        anti_dumping: Some(percent("79.30")),
        is_at_most: true,
    };
    assert_eq!(due, expected);
    assert_eq!(due.sum(due.ordinary), Some(percent("85.30")));
    let shirt = rates("12.00%", &[("EBA", "0.00%")], json!([])).due().expect("percentages");
    assert_eq!((shirt.with_proof, shirt.anti_dumping), (Some(percent("0.00")), None));
    assert_eq!(shirt.sum(percent("0.00")), Some(percent("0.00")));
    // Of two measures, each on a part of the goods, only one is due.
    let parts =
        rates("2.00%", &[], json!([{"rate": "10.00%"}, {"rate": "30.00%"}])).due().expect("percentages");
    assert_eq!((parts.anti_dumping, parts.is_at_most), (Some(percent("30.00")), true));
    let all = rates("2.00%", &[], json!([{"rate": "48.50%"}])).due().expect("percentages");
    assert!(!all.is_at_most);
}

#[test]
fn what_is_no_percentage_is_not_added_up() {
    assert_eq!(rates("12.8 % + 303.4 EUR/100 kg", &[], json!([])).due(), None);
    assert_eq!(rates("6.00%", &[], json!([{"rate": "415 EUR/1000 kg"}])).due(), None);
    assert_eq!(rates("6.00%", &[], json!([{"countries": ["CN"]}])).due(), None);
    let unknown: DutyRates = serde_json::from_value(json!({"hs_code": "8518300090"})).expect("rates");
    assert_eq!(unknown.due(), None);
}
