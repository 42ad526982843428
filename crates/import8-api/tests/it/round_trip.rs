//! Round trips: a value that is read and written again has the same digits.

use import8_api::*;
use serde_json::Value;

use crate::fixtures::{ALL, stated, value};

#[test]
fn every_documented_shape_comes_back_as_it_went_in() {
    for fixture in &ALL {
        let rewritten = (fixture.rewrite)(fixture.text).expect(fixture.name);
        assert_eq!(stated(rewritten), stated(value(fixture.text)), "{}", fixture.name);
    }
}

#[test]
fn unknown_fields_do_not_break_a_reader() {
    for fixture in &ALL {
        let mut grown = value(fixture.text);
        grow(&mut grown);
        let rewritten = (fixture.rewrite)(&grown.to_string()).expect(fixture.name);
        assert_eq!(stated(rewritten), stated(value(fixture.text)), "{}", fixture.name);
    }
}

/// Adds an undocumented field to every object.
fn grow(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.values_mut().for_each(grow);
            fields.insert("added_in_2031".to_owned(), serde_json::json!({"deep": [1.5, null]}));
        }
        Value::Array(items) => items.iter_mut().for_each(grow),
        _ => {}
    }
}

#[test]
fn unknown_fields_survive_in_the_document() {
    let text = r#"{"id": "1", "status": "pending", "queue_position": 3.10}"#.to_owned();
    let document: Document<Classification> = Document::read(text.clone()).expect("a classification");
    assert_eq!((document.value.status, document.text), (Status::Pending, text));
    assert!(Document::<Classification>::read("{}".to_owned()).is_err());
}

#[test]
fn unknown_words_survive() {
    let text = r#"{"id": "1", "status": "needs_review", "hs_code": null}"#;
    let classification: Classification = decode(text).expect("an unknown status");
    assert_eq!(classification.status, Status::Other("needs_review".to_owned()));
    let written = serde_json::to_value(&classification).expect("written");
    assert_eq!(stated(written), stated(value(text)));
}

#[test]
fn the_documented_figures_are_exact() {
    let fixture = ALL.iter().find(|f| f.name == "classification_completed").expect("a fixture");
    let answer: Envelope<Classification> = decode(fixture.text).expect(fixture.name);
    let cost = answer.data.landed_cost.expect("a landed cost");
    assert_eq!(cost.cif_value.to_string(), "2662.50");
    assert_eq!(cost.duty.amount.to_string(), "0");
    assert_eq!(cost.vat.amount.to_string(), "559.13");
    assert_eq!(cost.vat.rate.and_then(|r| r.percent()).map(|p| p.to_string()).as_deref(), Some("21.00"));
    assert_eq!(answer.data.hs_code.and_then(|c| c.deepest()).expect("a code").bare(), "85183000");
}

#[test]
fn codes_are_read_in_every_form_and_written_in_the_documented_one() {
    let detail: CodeDetail = decode(r#"{"code_6": "010121", "code_8": "0101 21 00"}"#).expect("codes");
    let written = serde_json::to_string(&detail).expect("written");
    assert_eq!(written, r#"{"code_6":"0101.21","code_8":"0101.21.00"}"#);
    let rates: DutyRates = decode(r#"{"hs_code": "8518.30.00.90"}"#).expect("a code");
    assert!(serde_json::to_string(&rates).expect("written").starts_with(r#"{"hs_code":"8518300090""#));
}

#[test]
fn a_removal_is_read() {
    let removed: Removed = decode(include_str!("../fixtures/removed.json")).expect("a removal");
    assert!(removed.success);
}

#[test]
fn the_plan_percentage_is_floored() {
    assert_eq!(PlanUsage::new(42, 500).percentage, Some(8));
    assert_eq!(PlanUsage::new(501, 500).remaining, Some(0));
    assert_eq!(PlanUsage::new(0, 0).percentage, Some(100));
}

#[test]
fn what_the_documentation_shows_is_written_where_there_is_nothing_to_say() {
    let check = |written: serde_json::Result<Value>, lists: &[&str], nulls: &[&str]| {
        let written = written.expect("written");
        for field in lists {
            assert_eq!(written.get(*field), Some(&Value::Array(Vec::new())), "{field}: {written}");
        }
        for field in nulls {
            assert_eq!(written.get(*field), Some(&Value::Null), "{field}: {written}");
        }
    };
    let pending: Classification = decode(r#"{"id": "1", "status": "pending"}"#).expect("a classification");
    let nulls = ["hs_code", "confidence", "reasoning", "product_summary", "ai_usage", "completed_at"];
    check(serde_json::to_value(pending), &["decision_tree", "alternative_codes"], &nulls);
    let row: ClassificationSummary = decode(r#"{"id": "1", "status": "pending"}"#).expect("a row");
    check(serde_json::to_value(row), &[], &["product_summary", "hs_code", "confidence"]);
    check(serde_json::to_value(CodeDetail::default()), &[], &["code_8"]);
    let organization: Organization = decode(r#"{"name": "Harbour Imports"}"#).expect("an organisation");
    check(serde_json::to_value(organization), &[], &["email"]);
    let credits: Credits = decode(r#"{"remaining": 0}"#).expect("credits");
    check(serde_json::to_value(credits), &[], &["earliest_expiry"]);
    let rates: DutyRates = decode(r#"{"hs_code": "8518300090"}"#).expect("rates");
    check(
        serde_json::to_value(rates),
        &["preferential_duties", "anti_dumping"],
        &["description", "mfn_duty"],
    );
    let duty: DutyRate = decode(r#"{"expression": "12 EUR/100 kg"}"#).expect("a duty");
    check(serde_json::to_value(duty), &[], &["rate"]);
    let delivered: WebhookClassification = decode(r#"{"id": "1", "status": "failed"}"#).expect("a delivery");
    check(serde_json::to_value(delivered), &[], &["hs_code", "confidence", "reasoning", "product_summary"]);
    let code: WebhookCode = decode(r#"{"code_6": "851830"}"#).expect("a code");
    check(serde_json::to_value(code), &[], &["code_8", "code_10"]);
}
