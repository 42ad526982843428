//! Tests of duties and conditions: each form that TARIC uses, and that nothing unknown gives a duty.

use std::collections::BTreeMap;

use import8_api::{Measures, Money};

use super::*;

/// Checks the expression, or `None`, and the needs in English.
#[track_caller]
fn check(text: &str, expression: Option<&str>, needs: &[&str]) {
    let duty = DutyText::parse(text);
    assert_eq!(duty.expression().map(|duty| duty.to_string()).as_deref(), expression, "{text}");
    assert_eq!(duty.needs("en"), needs, "{text}");
}

#[test]
fn plain_duties_are_computed() {
    check("8.000 % ", Some("8 %"), &[]);
    check("NIHIL", Some("0 %"), &[]);
    check("10.200 % + 93.100 EUR DTN", Some("10.2 % + 93.1 EUR/100 kg"), &["the net weight"]);
    check("15.000 % + 1,554.300 EUR TNE", Some("15 % + 1554.3 EUR/tonne"), &["the net weight"]);
    check(
        "1.000 EUR|ASV|X + 6.400\u{a0}EUR HLT",
        Some("1 EUR/% vol/hl + 6.4 EUR/hl"),
        &["the volume", "the alcoholic strength"],
    );
    check("10.400 % MIN 1.300 EUR DTN G", Some("10.4 % MIN 1.3 EUR/100 kg gross"), &["the gross weight"]);
    check("8.000 % MAX 2.800 EUR MTK", Some("8 % MAX 2.8 EUR/m2"), &["the area"]);
    check(
        "0.320 EUR KGM P + 4.400 EUR DTN",
        Some("0.32 EUR/kg lactic matter + 4.4 EUR/100 kg"),
        &["the net weight", "the weight of the lactic matter"],
    );
    check("0.400 EUR DTN Z", Some("0.4 EUR/% sucrose/100 kg"), &["the net weight", "the sucrose content"]);
    check("42.903 EUR DTN - 30.000 %", Some("42.903 EUR/100 kg - 30 %"), &["the net weight"]);
}

#[test]
fn meursing_components_are_named() {
    let meursing = "the Meursing code of the goods";
    check("7.600 % + EA", Some("7.6 % + EA"), &[meursing]);
    check("9.000 % + EA MAX 18.700 % +ADSZ", Some("9 % + EA MAX 18.7 % + AD S/Z"), &[meursing]);
    check(
        "4.500 % + EAR MAX 9.300 % +ADSZR MAX 35.150 EUR DTN",
        Some("4.5 % + EAR MAX 9.3 % + AD S/ZR MAX 35.15 EUR/100 kg"),
        &["the net weight", meursing],
    );
    assert_eq!(DutyText::parse("0.000 % + EAR").needs("nl"), ["de Meursing-code van de goederen"]);
}

#[test]
fn what_is_not_computed_is_named() {
    check("33.900 EUR DTN R", None, &["the quantity (100 kg of standard quality)"]);
    check("172.200 EUR TNE I", None, &["the quantity (tonne of biodiesel content)"]);
    check(
        "0.070 EUR KGM T + 16.800 EUR DTN",
        None,
        &["the quantity (kilogram of dry lactic matter)", "the net weight"],
    );
    check("3.000 GBP DTN", None, &["the rate of exchange of GBP", "the net weight"]);
    check("1,206.610 EUC DTN", None, &["the duty itself: this is a reference price (EUC)"]);
    check("0.192 ENC ENP", None, &["the meaning, not known here, of “0.192 ENC ENP”"]);
    check("5.000 % + 3 EUR ABC", None, &["the meaning, not known here, of “3 EUR ABC”"]);
    check("3.000 EUR", None, &["the meaning, not known here, of “3.000 EUR”"]);
    check("12,500 %", None, &["the meaning, not known here, of “12,500 %”"]);
    check("0", None, &["the meaning, not known here, of “0”"]);
    check("5.000 % MIN", None, &["the meaning, not known here, of “5.000 % MIN”"]);
    check("", None, &["the duty, which is not stated"]);
    assert_eq!(DutyText::parse("1 EUR KNI").needs("nl"), ["de hoeveelheid (kilogram stikstof (N))"]);
}

#[test]
fn a_unit_is_no_duty() {
    for (text, en, nl) in [
        ("NAR", "item", "stuk"),
        ("MTQ C", "1000 cubic metres", "1000 kubieke meter"),
        ("KGM|S", "kilogram of raw sugar", "kilogram ruwe suiker"),
        ("NPR ", "pair", "paar"),
    ] {
        check(text, None, &[]);
        assert_eq!(DutyText::parse(text).unit("en"), Some(en));
        assert_eq!(DutyText::parse(text).unit("nl"), Some(nl));
    }
    for text in ["N AR", "ABC", "DTN Q", "5.000 %", "NAR NAR"] {
        assert_eq!(DutyText::parse(text).unit("en"), None, "{text}");
    }
}

/// The conditions of a text, each as `kind document amount action duty` with `-` for what it lacks.
fn parts(text: &str) -> Vec<String> {
    let or_dash = |text: &Option<crate::Text>| text.as_deref().unwrap_or("-").to_owned();
    DutyText::parse(text)
        .conditions()
        .iter()
        .map(|one| {
            let [document, amount, duty] = [&one.document, &one.amount, &one.duty].map(or_dash);
            format!("{} {document} [{amount}] {} [{duty}]", one.kind, one.action)
        })
        .collect()
}

#[test]
fn conditions_are_read() {
    assert_eq!(parts("Cond:  B cert: Y-155 (01):50.000 %"), ["B Y155 [-] 01 [50.000 %]"]);
    assert_eq!(
        parts(
            "Cond:  A cert: D-008 (34):; A (14):; F 1,346.000 EUR/TNE(01):0.000 EUR TNE ; F 0.000 EUR/TNE(11):1,346.000 EUR TNE "
        ),
        [
            "A D008 [-] 34 [-]",
            "A - [-] 14 [-]",
            "F - [1,346.000 EUR/TNE] 01 [0.000 EUR TNE]",
            "F - [0.000 EUR/TNE] 11 [1,346.000 EUR TNE]",
        ]
    );
    assert_eq!(
        parts("Cond:  V 52.600 EUR/DTN(01):12.000 % ; V 0.000 EUR/DTN(01):12.000 % + 29.800 EUR DTN"),
        ["V - [52.600 EUR/DTN] 01 [12.000 %]", "V - [0.000 EUR/DTN] 01 [12.000 % + 29.800 EUR DTN]",]
    );
    assert_eq!(parts("Cond: V 41.300 EUR DTN(01):9.600 %"), ["V - [41.300 EUR DTN] 01 [9.600 %]"]);
    assert_eq!(
        parts("Cond: R 80.001/KGM(10):; R 0.000/KGM(28):"),
        ["R - [80.001/KGM] 10 [-]", "R - [0.000/KGM] 28 [-]",]
    );
    assert_eq!(parts("Cond:  Y cert: Y-X45 (29):; Y (09):"), ["Y YX45 [-] 29 [-]", "Y - [-] 09 [-]"]);
    assert_eq!(
        parts("Cond: A cert: D-008 (01):NIHIL ; A (01):32.700 %;"),
        ["A D008 [-] 01 [NIHIL]", "A - [-] 01 [32.700 %]",]
    );
    for text in
        ["Cond:", "Cond: B", "Cond: B cert: (01):5 %", "Cond: B x (01):5 %", "Cond: B (01):5 % ; nothing"]
    {
        assert_eq!(parts(text), [""; 0], "{text}");
        assert_eq!(DutyText::parse(text).expression(), None, "{text}");
        assert_ne!(DutyText::parse(text).needs("en"), [""; 0], "{text}");
    }
}

#[test]
fn conditions_need_what_meets_them() {
    check("Cond: A cert: D-008 (01):7.300 % ; A (01):35.600 %", None, &["whether document D008 is declared"]);
    check(
        "Cond: V 52.600 EUR/DTN(01):12.000 % ; V 0.000 EUR/DTN(01):12.000 % + 29.800 EUR DTN",
        None,
        &["the import price, for the entry price system", "the net weight"],
    );
    check(
        "Cond: J 4.999/KGM(28):; J 0.000/KGM(21):",
        None,
        &["the meaning, not known here, of “J 4.999/KGM”", "the meaning, not known here, of “J 0.000/KGM”"],
    );
    check(
        "Cond: B cert: Y-155 (01):1 EUR ABC ; B (01):2 %",
        None,
        &["whether document Y155 is declared", "the meaning, not known here, of “1 EUR ABC”"],
    );
    let price = "de invoerprijs, voor het stelsel van invoerprijzen";
    assert_eq!(DutyText::parse("Cond: V 52.600 EUR/DTN(01):12.000 %").needs("nl"), [price]);
}

#[test]
fn a_duty_that_no_condition_changes_is_computed() {
    let same = "Cond: A cert: D-008 (01):57.280 EUR NAR ; A (01):57.28 EUR NAR";
    check(same, Some("57.28 EUR/item"), &["the number of items"]);
    for text in [
        "Cond: A cert: D-008 (01):5 % ; B (01):5 %",
        "Cond: A cert: D-008 (01):5 % ; A (01):6 %",
        "Cond: A cert: D-008 (01):5 %",
        "Cond: A cert: D-008 (27):5 % ; A (01):5 %",
        "Cond: A cert: D-008 (01): ; A (01):5 %",
    ] {
        assert_eq!(DutyText::parse(text).expression(), None, "{text}");
    }
}

#[test]
fn documents_decide_between_duties() {
    let check = |text: &str, expected: Option<&[&str]>| {
        let duties = DutyText::parse(text).alternatives();
        let duties = duties.map(|all| all.iter().map(ToString::to_string).collect::<Vec<_>>());
        assert_eq!(
            duties.as_deref(),
            expected.map(|all| all.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>()).as_deref(),
            "{text}"
        );
    };
    check("48.500 %", Some(&["48.5 %"]));
    check("Cond: A cert: D-008 (01):19.200 % ; A (01):48.500 %", Some(&["19.2 %", "48.5 %"]));
    check(
        "Cond: A cert: D-017 (01):0.000 % ; A cert: D-018 (01):28.200 % ; A cert: D-008 (01):28.200 % ; A (01):33.400 %",
        Some(&["0 %", "28.2 %", "33.4 %"]),
    );
    // The duty without a document is the last.
    check("Cond: A cert: D-008 (01):5 % ; A cert: D-009 (01):6 % ; A (01):5 %", Some(&["6 %", "5 %"]));
    check("Cond: A cert: D-008 (01):5 % ; A cert: D-009 (01):6 % ; A (08):", Some(&["5 %", "6 %"]));
    for text in [
        "Cond: A cert: D-008 (01):5 % ; A (07):",
        "Cond: A cert: D-008 (27): ; A (01):5 %",
        "Cond: A cert: D-008 (01):5 % ; B (01):5 %",
        "Cond: A cert: D-008 (01):5 % ; B (08):",
        "Cond: A (01):5 % ; A cert: D-008 (01):6 %",
        "Cond: A cert: D-008 (01):5 EUR ABC ; A (01):6 %",
        "Cond: V 52.600 EUR/DTN(01):12 % ; V 0.000 EUR/DTN(01):13 %",
        "Cond: A (08):",
        "Cond: Z cert: D-008 (01):5 % ; Z (01):6 %",
        "Cond: X cert: D-008 (01):5 % ; X (01):5 %",
        "Cond: A cert: D-008 (01):5 %",
        "Cond: A cert: D-008 (01):5 % ; A (08):6 %",
        "NAR",
        "",
    ] {
        check(text, None);
    }
}

/// Texts that are understood, one of each form.
const KNOWN: [&str; 14] = [
    "8.000 %",
    "NIHIL",
    "10.200 % + 93.100 EUR DTN",
    "15.000 % + 1,554.300 EUR TNE",
    "1.300 EUR ASV X MIN 7.200 EUR HLT",
    "18.400 % MIN 22.000 EUR DTN MAX 24.000 EUR DTN",
    "9.000 % + EA MAX 18.700 % +ADSZ",
    "4.500 % + EAR MAX 10.300 % +ADFMR MAX 35.150 EUR DTN",
    "42.903 EUR DTN - 30.000 %",
    "40.000 % + 121.000 EUR HLT + 20.600 EUR DTN",
    "0.400 EUR DTN Z",
    "Cond: A cert: D-008 (01):57.280 EUR NAR ; A (01):57.280 EUR NAR",
    "Cond: A cert: D-008 (01):5.000 % ; A cert: D-009 (01):5.000 % ; A (01):5.000 %",
    "8.000 % MAX 2.800 EUR MTK",
];

#[test]
fn a_text_with_anything_unknown_never_gives_a_duty() {
    for text in KNOWN {
        assert!(DutyText::parse(text).expression().is_some(), "{text}");
        let words: Vec<_> = text.split(' ').collect();
        for (at, word) in words.iter().enumerate() {
            for unknown in ["XYZ", "?", "Q", "€", "%%", "1.2.3", "-5", "٣", "min", "EUR/"] {
                let put = |by: &[&str]| [&words[..at], by, &words[at + 1..]].concat().join(" ");
                let glued = [format!("{word}{unknown}"), format!("{unknown}{word}")];
                let changed = [put(&[unknown]), put(&[word, unknown]), put(&[&glued[0]]), put(&[&glued[1]])];
                for changed in changed {
                    let duty = DutyText::parse(&changed);
                    assert_eq!((duty.expression(), duty.alternatives()), (None, None), "{changed:?}");
                }
            }
        }
    }
}

#[test]
fn a_duty_without_an_expression_says_why() {
    for text in KNOWN {
        for end in 0..text.len() {
            let Some(cut) = text.get(..end) else { continue };
            let duty = DutyText::parse(cut);
            if duty.expression().is_none() && duty.unit("en").is_none() {
                assert!(!duty.needs("en").is_empty(), "{cut:?}");
                assert_eq!(duty.needs("en").len(), duty.needs("nl").len(), "{cut:?}");
            }
        }
    }
}

#[test]
fn an_amount_is_exact_or_unknown() {
    let duty = DutyText::parse("15.000 % + 1,554.300 EUR TNE").expression().expect("a duty");
    let value = serde_json::from_str::<Money>("1000.00").expect("an amount").0;
    let weight: Measures = serde_json::from_str(r#"{"net_weight_kg": 250.5}"#).expect("a weight");
    let amount = duty.amount(value, &weight).expect("known");
    assert_eq!(amount.normalize().to_string(), "539.35215");
    assert!(duty.amount(value, &Measures::default()).is_err());
}

/// Each condition in words, as `requirement -> outcome`.
fn in_words(text: &str, language: &str) -> Vec<String> {
    let conditions = DutyText::parse(text);
    let words = conditions_in_words(conditions.conditions(), &BTreeMap::new(), language);
    words.into_iter().map(|one| format!("{} -> {}", one.requirement, one.outcome)).collect()
}

#[test]
fn conditions_are_told_in_words() {
    assert_eq!(
        in_words("Cond: B cert: A-007 (28):; B (08):", "en"),
        [
            "Document A007 is declared -> This code can be declared",
            "That document is not declared -> This code cannot be declared",
        ]
    );
    assert_eq!(
        in_words("Cond: Y cert: L-139 (29):; Y cert: Y-824 (29):; Y (09):", "nl"),
        [
            "Document L139 is opgegeven -> Invoer of uitvoer is na controle toegestaan",
            "Document Y824 is opgegeven -> Invoer of uitvoer is na controle toegestaan",
            "Geen van deze documenten is opgegeven -> Invoer of uitvoer is na controle niet toegestaan",
        ]
    );
    let price = "Cond: V 1,052.600 EUR/DTN(01):12.000 %; V 0.000 EUR/DTN(01):12.000 % + 29.800 EUR DTN";
    assert_eq!(
        in_words(price, "nl"),
        [
            "De invoerprijs (invoerprijzenstelsel) is ten minste 1052,60 EUR per 100 kg netto -> Het hier vermelde recht geldt",
            "De invoerprijs (invoerprijzenstelsel) is ten minste 0,00 EUR per 100 kg netto -> Het hier vermelde recht geldt",
        ]
    );
    assert_eq!(
        in_words("Cond: R 80.001/KGM(10):; R 0.000/KGM(28):", "en"),
        [
            "The net weight per supplementary unit is at least 80.001 (kilogram net) -> \
         Correct the declaration: code, procedure, net weight, supplementary unit or value is wrong",
            "The net weight per supplementary unit is at least 0 (kilogram net) -> This code can be declared",
        ]
    );
    assert_eq!(
        in_words("Cond: E cert: C-069 (29):; E 2.000/KGM(29):; E (09):", "en"),
        [
            "Document C069 is declared -> Import or export is allowed after a check",
            "The quantity or the price per unit is at most 2 (kilogram net) -> Import or export is allowed after a check",
            "In all other cases -> Import or export is not allowed after a check",
        ]
    );
    assert_eq!(
        in_words("Cond: J 4.999/KGM(28):; A (21):; A (01):; F 5.000/XYZ(27):", "en"),
        [
            "Not known here: J 4.999/KGM -> This code can be declared",
            "In all cases -> Not known here: action 21",
            "In all other cases -> A duty applies that is not stated",
            "Not known here: F 5.000/XYZ -> The duty of this measure applies",
        ]
    );
}

#[test]
fn documents_have_the_name_of_the_edition() {
    let names = |en: &str, nl: Option<&str>| {
        let nl = nl.map(|nl| ("nl".to_owned(), nl.to_owned()));
        std::iter::once(("en".to_owned(), en.to_owned())).chain(nl).collect::<crate::Names>()
    };
    let documents = BTreeMap::from([
        ("D008".to_owned(), names("Invoice", Some("Factuur"))),
        ("D009".to_owned(), names("Statement", None)),
    ]);
    let duty =
        DutyText::parse("Cond: A cert: D-008 (01):5 %; A cert: D-009 (01):6 %; A cert: D-010 (01):7 %");
    let told = conditions_in_words(duty.conditions(), &documents, "nl");
    let told: Vec<_> = told
        .into_iter()
        .map(|one| (one.kind, one.document.map(|one| (one.code, one.text)), one.duty))
        .collect();
    let expect = |code: &str, name: &str, duty: &str| {
        ("A".to_owned(), Some((code.to_owned(), name.to_owned())), Some(duty.to_owned()))
    };
    assert_eq!(
        told,
        [expect("D008", "Factuur", "5 %"), expect("D009", "Statement", "6 %"), expect("D010", "", "7 %"),]
    );
}
