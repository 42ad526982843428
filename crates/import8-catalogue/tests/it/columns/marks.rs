//! Tests of the decimal marks of columns.

use import8_catalogue::amount::DecimalMark;
use import8_catalogue::columns::{Answer, Question};
use import8_catalogue::report::Fault;

use super::{answered, catalogue, open, report, values};

#[test]
fn a_column_has_one_mark() {
    let mut file = catalogue(*include_bytes!("../../files/n29-mixed-marks.csv"));
    let report = report(&mut file);
    assert_eq!(open(&file, &report), []);
    assert_eq!(values(&file), ["1.125 × 10 EUR", "2.375 × 10 EUR", "0.875 × 10 EUR"]);
}

#[test]
fn a_number_of_a_workbook_has_no_mark() {
    let mut file = catalogue(*include_bytes!("../../files/b04-mixed-decimals.xlsx"));
    let report = report(&mut file);
    assert_eq!(open(&file, &report), []);
    assert_eq!(values(&file), ["12.50 × 100 EUR", "1.125 × 1000 EUR", "3.95 × 200 EUR"]);
}

#[test]
fn any_row_decides_the_mark_of_its_column() {
    // The only text that tells is the last of many.
    let many = "A;Steel bottle;1.250\n".repeat(5_000);
    let mut file = catalogue(format!("sku;name;price\n{many}B;Cotton shirt;12,50\n"));
    report(&mut file);
    assert_eq!(values(&file), ["1250 EUR", "12.50 EUR"]);
    // Each column tells its own.
    let mut file =
        catalogue("sku;name;price;freight\nA;Steel bottle;12,50;1.250\nB;Cotton shirt;3,95;0.875\n");
    report(&mut file);
    let request = &file.products(0, 1)[0].request;
    assert_eq!(request.shipping_cost.map(|cost| cost.to_string()).as_deref(), Some("1.250"));
}

#[test]
fn a_column_that_does_not_tell_is_asked_about() {
    let file = "sku;name;price\nA;Steel bottle;1.250\nB;Cotton shirt;2.500\nC;Mug;3\n";
    let mut shop = catalogue(file);
    let report = report(&mut shop);
    let [question @ Question::Mark { column: 2, rows: 2, examples }] = &open(&shop, &report)[..] else {
        panic!("{report:?}")
    };
    let read: Vec<_> =
        examples.iter().map(|one| format!("{} {} {}", one.text, one.by_point, one.by_comma)).collect();
    assert_eq!(read, ["1.250 1.250 1250", "2.500 2.500 2500"]);
    assert_eq!(question.answers().len(), 2);
    // The rows that depend on it wait; the other does not.
    assert_eq!(values(&shop), ["3 EUR"]);
    assert_eq!(report.problems[0].fault, Fault::Unanswered);
    let report = answered(&mut shop, Answer::Mark(DecimalMark::Point));
    assert_eq!(
        (report.good_rows, values(&shop)),
        (3, vec!["1.250 EUR".into(), "2.500 EUR".into(), "3 EUR".into()])
    );
    // The question stays, so that the answer can be changed, but nothing waits for it.
    assert_eq!((report.questions.len(), open(&shop, &report).len()), (2, 0));
    answered(&mut shop, Answer::Mark(DecimalMark::Comma));
    assert_eq!(values(&shop), ["1250 EUR", "2500 EUR", "3 EUR"]);
}

#[test]
fn texts_that_contradict_each_other_are_asked_about() {
    let mut shop = catalogue("sku;name;price\nA;Steel bottle;12,50\nB;Cotton shirt;3.95\nC;Mug;1.250\n");
    let report = report(&mut shop);
    assert!(matches!(&open(&shop, &report)[..], [Question::Mark { rows: 1, .. }]), "{report:?}");
    assert_eq!(values(&shop), ["12.50 EUR", "3.95 EUR"]);
}

#[test]
fn quantities_are_written_like_the_amounts_beside_them() {
    for (price, quantity, expected) in [
        ("12,50", "1.000", "12.50 × 1000 EUR"),
        ("12.50", "1.000", "12.50 × 1 EUR"),
        ("12.50", "1,000", "12.50 × 1000 EUR"),
    ] {
        let mut shop = catalogue(format!("sku;name;price;qty\nA;Steel bottle;{price};{quantity}\n"));
        let report = report(&mut shop);
        assert_eq!(
            (open(&shop, &report), values(&shop)),
            (vec![], vec![expected.to_owned()]),
            "{price} {quantity}"
        );
    }
    let mut shop = catalogue("sku;name;qty;price\nA;Steel bottle;1.000;12\n");
    let report = report(&mut shop);
    assert!(matches!(&open(&shop, &report)[..], [Question::Mark { column: 2, .. }]));
}
