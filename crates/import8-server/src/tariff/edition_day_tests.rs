//! Tests of codes that have ended or not begun, and of codes with two lines, in an imported edition.

use import8_tariff::{Edition, Publication};
use jiff::civil::Date;

use super::edition_tests::{DAY, code, edition, english, measures, tariff};
use super::{NotDeclarable, OutOfForce, Tariff};
use crate::engine::FoundCode;
use crate::exchange_rate_store::RatesOfMonth;
use crate::language::Language;
use crate::outcome::{ClassificationOutcome, decided_costs};

const LINES: [&str; 5] = [
    "0101000000 80 0 Live horses, asses, mules and hinnies",
    "0101290000 80 1 Other",
    "0101290010 80 2 Ended",
    "0101290020 80 2 Of today",
    "0101290030 80 2 To begin",
];

const LAST: Date = Date::constant(2026, 10, 31);
const FIRST: Date = Date::constant(2027, 1, 1);
/// A day before the edition, when the code that has ended still applied.
const BEFORE: Date = Date::constant(2026, 10, 15);

/// An edition in which one code has ended and one has not begun, each with a duty of its own in its period.
fn with_periods() -> Edition {
    let duties = [
        "0101290010 103 1011 - R2658/87 1.000 %",
        "0101290020 103 1011 - R2658/87 2.000 %",
        "0101290030 103 1011 - R2658/87 3.000 %",
    ];
    let mut edition = edition(Publication::Taric, &LINES, &duties);
    for line in &mut edition.lines {
        match line.code.as_str() {
            "0101290010" => line.to = Some(LAST),
            "0101290030" => line.from = Some(FIRST),
            _ => {}
        }
    }
    for measure in &mut edition.measures {
        match measure.code.as_str() {
            "0101290010" => measure.to = Some(LAST),
            "0101290030" => measure.from = Some(FIRST),
            _ => {}
        }
    }
    edition
}

fn offered(tariff: &Tariff, digits: &str, day: Date) -> Vec<String> {
    let choices = tariff.declarable_under(code(digits), day, Language::En);
    choices.into_iter().map(|choice| choice.code.bare().to_owned()).collect()
}

#[test]
fn only_codes_of_the_day_are_offered_and_priced() {
    let tariff = tariff(with_periods());
    let check = |day, expected: &[&str], duty: &str| {
        assert_eq!(offered(&tariff, "010129", day), expected, "{day}");
        let lowest: Vec<_> = tariff.lowest_codes(code("01012900"), day);
        assert_eq!(lowest, expected.iter().map(|digits| code(digits)).collect::<Vec<_>>(), "{day}");
        assert_eq!(tariff.taric_codes("01012900", day), expected, "{day}");
        assert_eq!(tariff.tree_codes("01012900", day), expected, "{day}");
        let common = tariff.common_duty(code("01012900"), day).and_then(|duty| duty.rate);
        assert_eq!(common.map(|rate| rate.to_string()).unwrap_or_default(), duty, "{day}");
    };
    check(DAY, &["0101290020"], "2.00%");
    check(BEFORE, &["0101290010", "0101290020"], "");
    check(FIRST, &["0101290020", "0101290030"], "");
}

#[test]
fn a_code_of_a_day_in_the_past_is_declarable_on_it() {
    let tariff = tariff(with_periods());
    let check = |digits, day| tariff.check_declarable(code(digits), day, Language::En);
    assert_eq!(check("0101290010", BEFORE), Ok(()));
    let answer = tariff.code_measures(code("0101290010"), None, BEFORE, Language::En).expect("measures");
    assert!(answer.notes.iter().all(|note| !note.contains("codes below")), "{:?}", answer.notes);
    let duty = answer.measures.first().and_then(|one| one.duty.as_deref());
    assert_eq!(duty, Some("1 %"));
    let ended = Err(NotDeclarable::OutOfForce(OutOfForce::Ended(LAST), None));
    let without_choice = |result| match result {
        Err(NotDeclarable::OutOfForce(reason, Some(_))) => Err(NotDeclarable::OutOfForce(reason, None)),
        other => other,
    };
    assert_eq!(without_choice(check("0101290010", DAY)), ended);
    assert_eq!(tariff.out_of_force(code("0101290030"), DAY), Some(OutOfForce::Begins(FIRST)));
    assert_eq!(tariff.out_of_force(code("010129"), DAY), None);
    let row = |day| tariff.tree_row("0101290010", english(day)).expect("a row").declarable;
    assert!(row(BEFORE) && !row(DAY));
}

#[test]
fn a_code_whose_codes_below_have_all_ended_is_out_of_force() {
    let mut edition = with_periods();
    for line in &mut edition.lines {
        if line.indent == 2 {
            (line.from, line.to) = (None, Some(LAST));
        }
        // The publication says which lines can be declared.
        line.declarable = Some(line.indent == 2);
    }
    let tariff = tariff(edition);
    assert_eq!(tariff.out_of_force(code("01012900"), DAY), Some(OutOfForce::Ended(LAST)));
    assert_eq!(offered(&tariff, "01012900", BEFORE).len(), 3);
}

#[test]
fn a_code_is_declared_itself_until_it_is_divided() {
    let mut edition = with_periods();
    edition.lines.iter_mut().filter(|line| line.indent == 2).for_each(|line| {
        (line.from, line.to) = (Some(FIRST), None);
    });
    let tariff = tariff(edition);
    assert_eq!(offered(&tariff, "010129", DAY), ["0101290000"]);
    assert_eq!(offered(&tariff, "010129", FIRST), ["0101290010", "0101290020", "0101290030"]);
}

#[test]
fn a_code_with_two_lines_keeps_the_codes_below_it() {
    let lines = [&LINES[..], &["0101290000 80 1 Other, since November"]].concat();
    let mut edition = edition(Publication::Taric, &lines, &["0101 103 1011 - R2658/87 2.000 %"]);
    let at = edition.lines.iter().position(|line| line.indent == 1).expect("a line");
    edition.lines[at].to = Some(LAST);
    edition.lines[at + 1].from = LAST.tomorrow().ok();
    let tariff = tariff(edition);
    let below = ["0101290010", "0101290020", "0101290030"];
    for day in [BEFORE, DAY] {
        assert_eq!(offered(&tariff, "0101290000", day), below, "{day}");
        let refused = tariff.check_declarable(code("0101290000"), day, Language::En);
        assert!(matches!(refused, Err(NotDeclarable::Above(below)) if below.len() == 3), "{day}");
        let row = tariff.tree_row("0101290000", english(day)).expect("a row");
        assert!(!row.declarable, "{day}");
    }
    // The text is that of the day, and no other line stands beside it.
    let texts = |day| {
        let answer = tariff.code_measures(code("0101290010"), None, day, Language::En).expect("measures");
        answer.official_texts.into_iter().skip(1).map(|one| one.text).collect::<Vec<_>>()
    };
    assert_eq!(texts(DAY), ["Other, since November", "Ended"]);
    assert_eq!(texts(BEFORE), ["Other", "Ended"]);
}

#[test]
fn a_line_that_has_ended_is_not_above_one_that_applies() {
    let lines = [
        "0101000000 80 0 Live horses, asses, mules and hinnies",
        "0101200000 10 1 Horses",
        "0101200000 20 2 A group of the past",
        "0101210000 80 3 Pure-bred breeding animals",
    ];
    let mut edition = edition(Publication::Taric, &lines, &["0101 103 1011 - R2658/87 2.000 %"]);
    edition.lines.iter_mut().filter(|line| line.suffix == 20).for_each(|line| line.to = Some(LAST));
    let tariff = tariff(edition);
    let texts = |day| {
        let answer = tariff.code_measures(code("0101210000"), None, day, Language::En).expect("measures");
        answer.official_texts.into_iter().map(|one| one.text).collect::<Vec<_>>()
    };
    assert_eq!(texts(DAY)[1..], ["Horses", "Pure-bred breeding animals"]);
    assert_eq!(texts(BEFORE)[1..], ["Horses", "A group of the past", "Pure-bred breeding animals"]);
    let told = measures(&tariff, "0101210000", None).official_texts.len();
    assert_eq!(told, 3);
}

#[test]
fn a_classification_offers_and_prices_codes_of_today() {
    let (past, future) = (Date::constant(2000, 12, 31), Date::constant(9000, 1, 1));
    let mut edition = with_periods();
    edition.measures.iter_mut().for_each(|measure| (measure.from, measure.to) = (None, None));
    for line in &mut edition.lines {
        match line.code.as_str() {
            "0101290010" => line.to = Some(past),
            "0101290030" => line.from = Some(future),
            _ => {}
        }
    }
    let tariff = tariff(edition);
    let request = serde_json::json!({ "description": "horse", "origin_country": "CN", "goods_value": 100 });
    let request = serde_json::from_value(request).expect("a request");
    let found = FoundCode {
        code: "010129".to_owned(),
        cn: vec!["01012900".to_owned()],
        confidence: 90,
        reasoning: String::new(),
        decision_tree: Vec::new(),
        alternatives: Vec::new(),
    };
    let rates = RatesOfMonth::default();
    let outcome = ClassificationOutcome::success(found, &request, &tariff, &rates, Language::En);
    let outcome = outcome.expect("an outcome");
    assert_eq!(outcome.decided_code(), Some(code("0101290020")));
    assert!(outcome.hs_code.is_some_and(|found| found.code_10_candidates.is_empty()));
    let duty = |cost: Option<import8_api::LandedCost>| cost.map(|cost| cost.duty.amount.to_string());
    assert_eq!(duty(outcome.landed_cost).as_deref(), Some("2.00"));
    // A person's code that has ended or not begun is not priced, and the reason is told.
    let decided = |digits, language| decided_costs(&request, code(digits), &tariff, &rates, language);
    let check = |digits, language, reason: &str| {
        let costs = decided(digits, language);
        assert_eq!(duty(costs.landed_cost), None, "{digits}");
        let told = costs.landed_cost_unavailable.unwrap_or_default();
        assert!(told.starts_with(reason), "{told}");
    };
    check("0101290010", Language::En, "The last day of the code was 2000-12-31");
    check("0101290010", Language::Nl, "De laatste dag van de code was 2000-12-31");
    check("0101290030", Language::En, "The first day of the code is 9000-01-01");
    check("0101290030", Language::Nl, "De eerste dag van de code is 9000-01-01");
    assert_eq!(duty(decided("01012900", Language::En).landed_cost).as_deref(), Some("2.00"));
}
