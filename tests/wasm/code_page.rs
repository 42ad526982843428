//! The sections of the page of a code, from an answer with the types of the contract.

use import8_api::{CodeMeasure, CodeMeasures, Coded, DutyChange, MeasureCondition, MeasureKind};
use import8_dashboard::i18n::Language;
use import8_dashboard::pages::duty_rates::code_measures::{Told, read};
use import8_dashboard::pages::duty_rates::rows::{Fact, Section};
use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::plain;

fn coded(code: &str, text: &str) -> Coded {
    Coded { code: code.to_owned(), text: text.to_owned() }
}

fn measure(kind: MeasureKind, name: &str, area: &str, duty: Option<&str>) -> CodeMeasure {
    CodeMeasure {
        kind,
        measure_type: "103".to_owned(),
        name: name.to_owned(),
        area: area.to_owned(),
        countries: Vec::new(),
        excluded: Vec::new(),
        additional_code: None,
        duty: duty.map(str::to_owned),
        order_number: None,
        conditions: Vec::new(),
        footnotes: Vec::new(),
        from: None,
        to: None,
        regulation: None,
    }
}

fn change(day: &str, exists: bool, duty: Option<&str>) -> DutyChange {
    DutyChange { day: day.to_owned(), source: "TARIC".to_owned(), exists, duty: duty.map(str::to_owned) }
}

/// An answer with a measure of each kind.
fn answer() -> CodeMeasures {
    let condition =
        |document: Option<Coded>, requirement: &str, outcome: &str, duty: Option<&str>| MeasureCondition {
            kind: "B".to_owned(),
            document,
            requirement: requirement.to_owned(),
            outcome: outcome.to_owned(),
            duty: duty.map(str::to_owned),
        };
    CodeMeasures {
        hs_code: "0201300020".parse().expect("a code"),
        day: "2026-11-30".to_owned(),
        origin: None,
        source: "TARIC".to_owned(),
        source_date: "2026-11-01".to_owned(),
        supplementary_unit: Some("p/st".to_owned()),
        official_texts: vec![coded("02", "MEAT"), coded("0201", "Meat of bovine animals")],
        measures: vec![
            measure(MeasureKind::ThirdCountryDuty, "Third country duty", "All countries", Some("10 %")),
            CodeMeasure {
                countries: ["AR", "BO", "BR", "CL", "CO", "EC", "PE"].map(str::to_owned).to_vec(),
                excluded: vec!["BR".to_owned()],
                from: Some("2020-07-01".to_owned()),
                to: Some("2026-12-31".to_owned()),
                regulation: Some("Regulation (EU) 2006/1549".to_owned()),
                footnotes: vec![coded("CD333", "A note.")],
                ..measure(MeasureKind::Preference, "Tariff preference", "Some countries", Some("7.5 %"))
            },
            CodeMeasure {
                order_number: Some("090006".to_owned()),
                ..measure(MeasureKind::Quota, "Quota", "Argentina", Some("12.8 % + 303.4 EUR/100 kg"))
            },
            CodeMeasure {
                additional_code: Some(coded("C999", "All other companies")),
                ..measure(MeasureKind::AntiDumping, "Definitive anti-dumping duty", "China", Some("48.5 %"))
            },
            CodeMeasure {
                conditions: vec![
                    condition(
                        Some(coded("N853", "CHED-P")),
                        "Document N853 is declared",
                        "import allowed",
                        None,
                    ),
                    condition(Some(coded("Y155", "")), "Document Y155 is declared", "import allowed", None),
                    condition(None, "Nothing is handed in", "import not allowed", Some("12 %")),
                ],
                ..measure(MeasureKind::Restriction, "Veterinary control", "All countries", None)
            },
            CodeMeasure {
                conditions: vec![condition(None, "The price is 40 EUR", "the duty applies", Some("0 %"))],
                ..measure(
                    MeasureKind::Countervailing,
                    "Countervailing duty",
                    "China",
                    Some("Cond:  V 40 EUR (01): 0 %"),
                )
            },
            measure(MeasureKind::Other("export".to_owned()), "Export refund", "All countries", None),
        ],
        notes: vec!["Footnotes are missing.".to_owned()],
        duty_history: vec![
            change("2026-11-01", true, Some("10 %")),
            change("2025-01-01", true, None),
            change("2024-01-01", false, None),
        ],
    }
}

/// The text of a response with this `data`.
fn text(data: Value) -> String {
    json!({"success": true, "data": data}).to_string()
}

fn told(answer: &CodeMeasures, language: Language) -> Told {
    read(&text(json!(answer)), None, language).expect("sections")
}

/// A section as text: a line for each row, with its facts; folded ones are in brackets.
fn written(section: &Section) -> Vec<String> {
    let fact = |fact: &Fact| {
        let text = format!("{} {}", fact.label, fact.text).trim().to_owned();
        if fact.is_folded { format!("[{text}]") } else { text }
    };
    let row = |row: &import8_dashboard::pages::duty_rates::rows::Row| {
        let facts: Vec<_> = row.facts.iter().map(fact).collect();
        plain(&format!("{} | {} | {}", row.title, row.figure, facts.join("; ")))
    };
    section.rows.iter().map(row).collect()
}

#[wasm_bindgen_test]
fn each_measure_is_where_a_reader_looks_for_it() {
    let told = told(&answer(), Language::En);
    assert!(told.is_imported);
    assert_eq!(told.edition, "Measures on 30 November 2026, from TARIC of 1 November 2026.");
    assert_eq!(
        written(&told.history),
        [
            "1 November 2026 | 10 % | TARIC",
            "1 January 2025 | not known to this service | TARIC",
            "1 January 2024 | no such code | TARIC"
        ]
    );
    assert_eq!(told.notes, ["Footnotes are missing."]);
    let sections: Vec<_> = told.measures.iter().map(|section| (section.id, written(section))).collect();
    let expected: [(&str, &[&str]); 5] = [
        (
            "declare",
            &[
                "Veterinary control |  | Goods from All countries; N853 CHED-P. Document N853 is declared: import allowed; \
                 Y155 Document Y155 is declared: import allowed; B Nothing is handed in: import not allowed: 12 %",
                "Supplementary unit | p/st | ",
            ],
        ),
        (
            "preferences",
            &[
                "Some countries | 7.5 % | Tariff preference; Saves 2.5 percentage points; \
                 [Goods from 7 countries Argentina, Bolivia, Brazil, Chile, Colombia, Ecuador, Peru]; \
                 Not from Brazil; From 1 July 2020 until 31 December 2026; \
                 Legal basis Regulation (EU) 2006/1549; [Footnotes CD333 CD333 A note.]",
                "Argentina | 12.8 % + 303.4 EUR/100 kg | Quota; \
                 12.8 % of the customs value, plus €303.40 per 100 kg net; Saves depends; \
                 Quota, order number 090006",
            ],
        ),
        (
            "anti-dumping",
            &[
                "China | 48.5 % | Definitive anti-dumping duty; Additional code C999 All other companies",
                "China | depends | Countervailing duty; B The price is 40 EUR: the duty applies: 0 %",
            ],
        ),
        ("ordinary", &["Third country duty | 10 % | Goods from All countries"]),
        ("other", &["Export refund |  | Goods from All countries"]),
    ];
    for ((id, rows), (expected_id, expected_rows)) in sections.iter().zip(expected) {
        assert_eq!(
            (*id, rows.iter().map(String::as_str).collect::<Vec<_>>()),
            (expected_id, expected_rows.to_vec())
        );
    }
    assert_eq!(sections.len(), expected.len());
    assert_eq!(written(&told.official), ["02 |  | MEAT", "0201 |  | Meat of bovine animals"]);
}

#[wasm_bindgen_test]
fn the_built_in_tariff_knows_no_documents_and_says_so() {
    let mut answer = answer();
    answer.source = "Built-in tariff".to_owned();
    answer.supplementary_unit = None;
    answer.measures.truncate(1);
    answer.measures[0].measure_type = String::new();
    answer.notes = vec!["import8-server tariff import".to_owned()];
    let told = told(&answer, Language::Nl);
    assert!(!told.is_imported);
    assert_eq!(told.notes, ["import8-server tariff import"]);
    let ids: Vec<_> = told.measures.iter().map(|section| (section.id, section.rows.len())).collect();
    assert_eq!(ids, [("declare", 0)], "the duty rates have the other lists");
    assert!(told.measures[0].lead.contains("zijn hier niet bekend"), "{}", told.measures[0].lead);
}

#[wasm_bindgen_test]
fn nothing_listed_is_said_of_an_imported_tariff_only() {
    let answer = CodeMeasures { measures: Vec::new(), supplementary_unit: None, ..answer() };
    let told = read(&text(json!(answer)), "CN".parse().ok(), Language::En).expect("sections");
    let leads: Vec<_> = told.measures.iter().map(|section| section.lead.as_str()).collect();
    assert_eq!(leads, ["None listed for goods from China."; 4]);
}

#[wasm_bindgen_test]
fn a_list_that_cannot_be_read_is_not_an_empty_one() {
    let good = json!(answer());
    let check = |change: fn(&mut Value)| {
        let mut bad = good.clone();
        change(&mut bad);
        assert!(read(&text(bad.clone()), None, Language::En).is_none(), "{bad}");
    };
    assert!(read("", None, Language::En).is_none());
    check(|bad| *bad = Value::Null);
    check(|bad| *bad = json!([]));
    check(|bad| bad["measures"] = json!("none"));
    check(|bad| bad["measures"] = Value::Null);
    check(|bad| bad["measures"][1] = json!(7));
    check(|bad| bad["measures"][1]["kind"] = json!(7));
    check(|bad| bad["measures"][1]["area"] = Value::Null);
}
