//! Mutation tests: any change of type in any documented answer gives the exact value or an error that names the
//! field, never a panic and never another value.

use import8_api::{Confidence, Country, HsCode};
use proptest::prelude::*;
use serde_json::{Map, Number, Value, json};

use crate::fixtures::{ALL, Fixture, value};

/// The paths of every value below the root, as keys and indexes.
fn paths(value: &Value) -> Vec<Vec<Step>> {
    let mut found = Vec::new();
    let children: Vec<(Step, &Value)> = match value {
        Value::Object(fields) => fields.iter().map(|(k, v)| (Step::Key(k.clone()), v)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(i, v)| (Step::Index(i), v)).collect(),
        _ => Vec::new(),
    };
    for (step, child) in children {
        found.push(vec![step.clone()]);
        found.extend(paths(child).into_iter().map(|rest| [vec![step.clone()], rest].concat()));
    }
    found
}

#[derive(Debug, Clone)]
enum Step {
    Key(String),
    Index(usize),
}

fn slot<'a>(value: &'a mut Value, path: &[Step]) -> &'a mut Value {
    path.iter().fold(value, |value, step| match step {
        Step::Key(key) => &mut value[key.as_str()],
        Step::Index(index) => &mut value[*index],
    })
}

fn written(path: &[Step]) -> String {
    let text: String = path
        .iter()
        .map(|step| match step {
            Step::Key(key) => format!(".{key}"),
            Step::Index(index) => format!("[{index}]"),
        })
        .collect();
    text.trim_start_matches('.').to_owned()
}

/// A value in a normal form, to compare values that mean the same: without unknown fields, `null` and empty lists;
/// with one notation for a quantity (`2`, `2.0`), a code (with or without dots) and a country (`nl`, `NL`).
fn normal(value: &Value) -> Value {
    match value {
        Value::Object(fields) => Value::Object(
            fields
                .iter()
                .map(|(key, value)| (key.clone(), normal(value)))
                .filter(|(key, value)| !value.is_null() && !key.starts_with("unknown_"))
                .collect::<Map<_, _>>(),
        ),
        Value::Array(items) if items.is_empty() => Value::Null,
        Value::Array(items) => items.iter().map(normal).collect(),
        Value::Number(number) => Value::String(plain(number)),
        Value::String(text) => Value::String(
            text.parse::<HsCode>()
                .map(|code| code.bare().to_owned())
                .or_else(|_| text.parse::<Country>().map(|country| country.to_string()))
                .unwrap_or_else(|_| text.clone()),
        ),
        other => other.clone(),
    }
}

/// The digits of a number without exponent and trailing zeros. Computed on the text, so that the check does not rely
/// on the arithmetic that it checks.
fn plain(number: &Number) -> String {
    let text = number.as_str();
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let exponent: i64 = exponent.parse().unwrap_or(i64::MAX);
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |m| ("-", m));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let significant = digits.trim_start_matches('0').trim_end_matches('0');
    if significant.is_empty() {
        return "0".to_owned();
    }
    let trailing = digits.len() - digits.trim_end_matches('0').len();
    let power = exponent.saturating_sub(fraction.len() as i64).saturating_add(trailing as i64);
    format!("{sign}{significant}e{power}")
}

fn check(fixture: &Fixture, path: &[Step], mutant: &Value) {
    let mut mutated = value(fixture.text);
    *slot(&mut mutated, path) = mutant.clone();
    let text = mutated.to_string();
    match (fixture.rewrite)(&text) {
        Ok(rewritten) => {
            assert_eq!(normal(&rewritten), normal(&mutated), "{} {}", fixture.name, written(path))
        }
        Err(error) => assert!(
            error.field.starts_with(&written(path)),
            "{}: changed {} to {mutant}, but the error names {error}",
            fixture.name,
            written(path)
        ),
    }
}

#[test]
fn every_type_in_every_place() {
    let numbers = [
        "0",
        "-1",
        "2.0",
        "1e400",
        "1e-400",
        "0.30000000000000004",
        "18446744073709551616",
        "99999999999999999999999999999999",
    ];
    let mut mutants: Vec<Value> = vec![
        json!(null),
        json!(true),
        json!(""),
        json!("12.50"),
        json!("x"),
        json!([]),
        json!([1]),
        json!({}),
        json!({"a": null}),
    ];
    mutants.extend(numbers.map(|text| Value::Number(text.parse().expect("a number"))));
    let mut checked = 0;
    for fixture in &ALL {
        for path in paths(&value(fixture.text)) {
            for mutant in &mutants {
                check(fixture, &path, mutant);
                checked += 1;
            }
        }
    }
    assert!(checked > 3_000, "only {checked} mutants were tried");
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        "-?(0|[1-9][0-9]{0,30})(\\.[0-9]{1,30})?([eE][+-]?[0-9]{1,4})?"
            .prop_map(|text| Value::Number(text.parse().expect("a JSON number"))),
        "\\PC{0,12}".prop_map(Value::String),
        "[0-9. ]{0,14}".prop_map(Value::String),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::Array),
            prop::collection::hash_map("unknown_[a-z]{1,8}", inner, 0..3)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_value_in_any_place(fixture in 0..ALL.len(), place in any::<prop::sample::Index>(), mutant in any_json()) {
        let fixture = &ALL[fixture];
        let all = paths(&value(fixture.text));
        check(fixture, &all[place.index(all.len())], &mutant);
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,200}") {
        for fixture in &ALL {
            drop((fixture.rewrite)(&text));
        }
    }

    #[test]
    fn a_code_reads_back_from_each_of_its_forms(digits in "[0-9]{4}([0-9]{2}){0,3}") {
        let code: HsCode = digits.parse().expect("digits");
        prop_assert_eq!(code.bare(), &digits);
        for form in [code.dotted(), code.spaced()] {
            prop_assert_eq!(form.parse::<HsCode>(), Ok(code));
        }
    }
}

#[test]
fn a_confidence_is_a_share_of_a_hundred() {
    for (json, percent) in [
        ("92", Some(92)),
        ("0", Some(0)),
        ("92.5", Some(93)),
        ("100", Some(100)),
        ("100.1", None),
        ("-1", None),
    ] {
        let read = serde_json::from_str::<Confidence>(json);
        assert_eq!(read.ok().map(Confidence::percent), percent, "{json}");
    }
}
