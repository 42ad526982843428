//! Tests of values and of rows that are no product, in files as people have them.

use import8_api::Country;
use import8_catalogue::catalogue::Catalogue;
use import8_catalogue::columns::Role;
use import8_catalogue::report::{Edits, Fault, Reason, Report, RowState};
use import8_sheets::reading::Source;

use crate::sent;

/// Names of countries as a browser has them.
const NAMES: [(&str, &str); 14] = [
    ("BA", "Bosnia & Herzegovina"),
    ("BD", "Bangladesh"),
    ("CN", "China"),
    ("CZ", "Czechia"),
    ("GR", "Greece"),
    ("ID", "Indonesia"),
    ("KR", "South Korea"),
    ("MM", "Myanmar (Burma)"),
    ("NL", "Netherlands"),
    ("RU", "Russia"),
    ("TR", "Türkiye"),
    ("TW", "Taiwan"),
    ("VN", "Vietnam"),
    ("XK", "Kosovo"),
];

pub(crate) fn read(file: &[u8]) -> Catalogue {
    let mut catalogue = Catalogue::new(Source::read(file.to_vec()).expect("a table"));
    let names = NAMES.map(|(code, name)| (code.parse::<Country>().expect(code), name.to_owned()));
    catalogue.set_countries(vec![names.into()]);
    catalogue
}

fn file(name: &str) -> Catalogue {
    let path = format!("{}/tests/files/{name}", env!("CARGO_MANIFEST_DIR"));
    read(&std::fs::read(path).expect(name))
}

fn check(catalogue: &mut Catalogue) -> Report {
    check_with(catalogue, Edits::default())
}

fn check_with(catalogue: &mut Catalogue, edits: Edits) -> Report {
    let mapping = catalogue.mapping().clone();
    sent(catalogue.check(mapping, sent(edits)))
}

/// The states of all rows: `2.50 x 100 CN` for a product, `-` for none, or the reason why it is left out.
fn rows(catalogue: &Catalogue) -> Vec<String> {
    let products = sent(catalogue.products(0, 100).to_vec());
    let shown = |state: RowState| match state {
        RowState::NoProduct => "-".to_owned(),
        RowState::LeftOut(Reason::Fault(role, fault)) => format!("{role:?} {fault:?}"),
        RowState::LeftOut(reason) => format!("{reason:?}"),
        RowState::Product(number) => {
            let request = &products[number as usize].request;
            let value = request.goods_value.map(|value| value.to_string());
            let count = request.quantity.map(|count| format!("x {}", count.get()));
            let currency = request.currency.filter(|one| one.as_str() != "EUR").map(|one| one.to_string());
            let origin = request.origin_country.map(|country| country.to_string());
            [value, count, currency, origin].into_iter().flatten().collect::<Vec<_>>().join(" ")
        }
    };
    catalogue.rows(0, 100).into_iter().map(|row| shown(row.state)).collect()
}

fn check_file(name: &str, expected: &[&str]) -> (Catalogue, Report) {
    let mut catalogue = file(name);
    let report = check(&mut catalogue);
    assert_eq!(rows(&catalogue), expected, "{name}");
    (catalogue, report)
}

fn check_text(text: &str, expected: &[&str]) {
    let mut catalogue = read(text.as_bytes());
    check(&mut catalogue);
    assert_eq!(rows(&catalogue)[1..], *expected, "{text}");
}

fn current_codes(catalogue: &Catalogue) -> Vec<String> {
    let rows = catalogue.rows(1, 100).into_iter();
    rows.map(|row| row.current.map(|code| code.to_string()).unwrap_or_default()).collect()
}

#[test]
fn negative_amounts_are_told() {
    let negative = "UnitValue NotPositive";
    check_file("b08-negatives.csv", &["-", "12.50 x 10 CN", negative, negative, negative]);
    check_text(
        "SKU;Omschrijving;Stukprijs;Aantal\nA1;Drinkfles staal;-12,50;1\nA2;Drinkfles staal;€ -12,50;1\n\
         A3;Drinkfles staal;(€ 1.250,00);1\nA4;Drinkfles staal;12,50;-3\nA5;Drinkfles staal;–3,20;1\n",
        &[negative, negative, negative, "Quantity NotAQuantity", negative],
    );
}

#[test]
fn shares_packs_and_bounds_are_told() {
    check_file(
        "n27-percent-qty.csv",
        &["-", "UnitValue PerCent", "Quantity Measure", "Quantity PerCent", "Quantity Inexact"],
    );
    check_text(
        "SKU,Description,Unit price,Qty\nA1,Steel bottle,~5,1\nA2,Steel bottle,2-3,1\nA3,Steel bottle,4.20/100,1\n\
         A4,Steel bottle,gratis,1\nA5,Steel bottle,n/a,1\nA6,Steel bottle,1.2E+03,1\nA7,Steel bottle,4.20,5 kg\n\
         A8,Steel bottle,4.20 p/st,10 pcs\nA9,Steel bottle,TBD,1\nB1,Steel bottle,4.20,0\nB2,Steel bottle,4.20,10.0\n",
        &[
            "UnitValue Inexact",
            "UnitValue Inexact",
            "UnitValue PerOther",
            "UnitValue NotAnAmount",
            "",
            "UnitValue Inexact",
            "Quantity Measure",
            "4.20 x 10",
            "UnitValue NotAnAmount",
            "Quantity NotAQuantity",
            "4.20 x 10",
        ],
    );
    // Freight is for all units.
    check_text(
        "SKU,Description,Unit price,Shipping\nA1,Steel bottle,4.20,1.50 each\nA2,Steel bottle,4.20,free\n",
        &["Shipping PerOther", "Shipping NotAnAmount"],
    );
}

#[test]
fn amounts_are_read_with_their_currency() {
    check_file(
        "b27-amounts.csv",
        &["-", "12 x 10", "1234.50 x 10", "Currency UnknownCurrency", "Quantity NotAQuantity"],
    );
}

#[test]
fn numbers_of_a_workbook_are_never_read_through_a_decimal_mark() {
    check_file("b04-mixed-decimals.xlsx", &["-", "12.50 x 100 CN", "1.125 x 1000 CN", "3.95 x 200 TR"]);
    check_file("n29-mixed-marks.csv", &["-", "1.125 x 10 CN", "2.375 x 10 CN", "0.875 x 10 CN"]);
}

#[test]
fn stock_is_no_reason_to_refuse_a_row() {
    check_file("b26-stock.csv", &["-", "25.00 CN", "19.00 TR", "9.00 CN"]);
}

#[test]
fn amounts_quantities_and_countries_of_one_value_are_one_product() {
    let (catalogue, report) = check_file(
        "n23-dup-money.csv",
        &["-", "2.00 x 10 CN", "2.00 x 10 CN", "2.00 x 10 CN", "2.00 x 10 CN", "2.00 x 10 CN"],
    );
    assert_eq!((report.products, catalogue.products(0, 9)[0].rows), (1, 5));
    let mut catalogue = read(
        b"Description,Country of origin,Unit price,Qty\nOak chair,CN,EUR 2.00,10 pcs\noak  chair,P.R.C.,2.000,10\n\
          Oak Chair,Made in China,+2,10.00\n",
    );
    assert_eq!(check(&mut catalogue).products, 1);
}

#[test]
fn countries_are_read_or_asked() {
    let (_, report) = check_file(
        "b18-countries.csv",
        &[
            "-",
            "XK",
            "Origin Union",
            "GB",
            "KR",
            "VN",
            "GR",
            "GB",
            "BD",
            "ID",
            "BA",
            "NL",
            "CN",
            "RU",
            "TW",
            "XK",
            "CN",
            "CZ",
            "MM",
            "US",
            "CN",
        ],
    );
    assert_eq!(report.problems.len(), 1);
    let mut catalogue = read(
        b"SKU,Description,Country of origin\nA1,Steel bottle,Chna\nA2,Steel bottle,DE/NL\nA3,Steel bottle,Atlantis\n\
          A4,Steel bottle,n/a\nA5,Steel bottle,NA\n",
    );
    let report = check(&mut catalogue);
    assert_eq!(
        rows(&catalogue)[1..],
        ["Origin UnknownCountry", "Origin SeveralCountries", "Origin UnknownCountry", "", "NA"]
    );
    let unknown = report.problems.iter().find(|one| one.fault == Fault::UnknownCountry).expect("a problem");
    let offered: Vec<_> =
        unknown.said.iter().map(|said| (said.text.as_str(), said.suggestion.as_deref())).collect();
    assert_eq!(offered, [("Chna", Some("China (CN)")), ("Atlantis", None)]);
    // What is offered is a country.
    let mut edits = Edits::default();
    edits.set_text(Role::Origin, "Chna", "China (CN)".to_owned());
    check_with(&mut catalogue, edits);
    assert_eq!(rows(&catalogue)[1], "CN");
}

#[test]
fn current_codes_are_read_in_every_written_form() {
    let mut catalogue = file("b06-codes.csv");
    check(&mut catalogue);
    assert_eq!(current_codes(&catalogue), ["851830?", "847130?", "610910?", "010121"]);
    let mut catalogue = file("b07-codes-forms.csv");
    check(&mut catalogue);
    assert_eq!(
        current_codes(&catalogue),
        ["85183000", "0101210000", "847130", "8471300000", "61091000", "damaged"]
    );
    let mut catalogue = file("b22-zero-format.xlsx");
    check(&mut catalogue);
    let codes = current_codes(&catalogue);
    assert_eq!(codes[1].trim_end_matches('?'), "01012100", "{codes:?}");
}

#[test]
fn rows_of_an_invoice_that_are_no_product_are_left_out() {
    let mut catalogue = file("b11b-invoice-short.xlsx");
    let report = check(&mut catalogue);
    let states = rows(&catalogue);
    assert_eq!(states[4..], ["2.5 x 100 USD CN", "1.1 x 200 USD CN", "Total", "Note"]);
    assert_eq!((report.rows, report.good_rows, report.products), (2, 2, 2));
    let left_out: Vec<_> = report.left_out.iter().map(|one| (one.reason, one.rows)).collect();
    assert_eq!(left_out, [(Reason::Total, 1), (Reason::Note, 1)]);
    assert_eq!(report.left_out[0].said[0].text, "TOTAL · 300 · 470");
    assert_eq!(report.left_out[0].said[0].number, 7);
    // The person puts one back, or all of a kind.
    let edits = Edits { rows_back: vec![7], ..Edits::default() };
    assert_eq!(check_with(&mut catalogue, edits).rows, 3);
    let edits = Edits { reasons_back: vec![Reason::Total, Reason::Note], ..Edits::default() };
    let report = check_with(&mut catalogue, edits);
    assert_eq!((report.rows, report.left_out.len()), (4, 0));
}

#[test]
fn hidden_rows_are_told_and_can_be_put_back() {
    let mut catalogue = file("n08-merged.xlsx");
    let report = check(&mut catalogue);
    assert_eq!(rows(&catalogue)[4], "Filtered");
    assert_eq!(
        report.left_out.iter().map(|one| (one.reason, one.rows)).collect::<Vec<_>>(),
        [(Reason::Filtered, 1)]
    );
    let edits = Edits { reasons_back: vec![Reason::Filtered], ..Edits::default() };
    assert_eq!(check_with(&mut catalogue, edits).good_rows, 4);
}

#[test]
fn errors_and_formulas_without_a_result_are_told() {
    let (_, report) = check_file(
        "b19-error-cells.xlsx",
        &["-", "Description CellError", "Description CellError", "Origin CellError", "Shipping CellError"],
    );
    let problems: Vec<_> = report.problems.iter().map(|one| (one.role, one.fault, one.rows)).collect();
    assert!(problems.contains(&(Role::UnitValue, Fault::CellError, 1)), "{problems:?}");
    assert!(!problems.iter().any(|(_, fault, _)| *fault == Fault::Missing), "{problems:?}");
    check_file("b20-no-cache.xlsx", &["-", "UnitValue NoResult", "Description NoResult"]);
    check_text(
        "SKU;Omschrijving;Land van oorsprong\nA1;#VERW!;CN\nA2;#NAAM?;CN\nA3;Drinkfles staal;#N/B\nA4;#1 dad mug;CN\n",
        &["Description CellError", "Description CellError", "Origin CellError", "CN"],
    );
}

#[test]
fn a_row_with_more_cells_than_titles_is_told() {
    check_file("n19b-decimal-comma-comma.csv", &["-", "MoreCells", "MoreCells"]);
}

#[test]
fn tags_are_taken_off_descriptions_with_a_word() {
    let mut catalogue = file("n21-html.csv");
    let report = check(&mut catalogue);
    let names: Vec<_> = catalogue.products(0, 9).iter().map(|one| one.name().to_owned()).collect();
    assert_eq!(
        names,
        [
            "Insulated stainless steel bottle & cup 750 ml Dishwasher safe",
            "Cotton T-shirt men",
            // Text, and never a formula in a file that is written.
            "=HYPERLINK(\"http://evil\",\"x\") steel mug",
        ]
    );
    assert_eq!(report.stripped, 2);
}

#[test]
fn a_description_that_names_no_product_is_told() {
    let mut catalogue = read(
        "Artikelnr;Omschrijving;Materiaal\nA1;;katoen\nA2;Katoen;\nA3;test;\nA4;A4;\nA5;4006381333931;\n\
         A6;https://shop.example/a;\nA7;Drinkfles;staal\nA8;product 1;\n"
            .as_bytes(),
    );
    let report = check(&mut catalogue);
    assert_eq!(rows(&catalogue)[1], "Description Missing");
    let mut vague: Vec<_> = report.vague.said.iter().map(|said| said.text.as_str()).collect();
    vague.sort_unstable();
    assert_eq!(vague, ["4006381333931", "A4", "Katoen", "https://shop.example/a", "product 1", "test"]);
}

#[test]
fn edits_and_rows_of_older_versions_are_read() {
    let edits: Edits = serde_json::from_str(
        r#"{"rows": [{"row": 5, "role": "Origin", "text": "CN"}], "texts": [], "without": [], "leaves_out_vague": true}"#,
    )
    .expect("edits");
    assert_eq!((edits.rows[0].number, edits.rows_back.len(), edits.reasons_back.len()), (0, 0, 0));
    let row: import8_catalogue::report::Row =
        serde_json::from_str(r#"{"state": {"Product": 3}, "current": "0732393000"}"#).expect("a row");
    assert_eq!(row.current.expect("a code").to_string(), "0732393000");
    let json = serde_json::to_string(&row).expect("JSON");
    assert_eq!(json, r#"{"state":{"Product":3},"current":"0732393000"}"#);
}

#[test]
fn rows_are_numbered_as_the_spreadsheet_counts() {
    let mut catalogue = file("b23-offset.xlsx");
    let report = check(&mut catalogue);
    let said = &report.problems[0].said[0];
    assert_eq!((said.text.as_str(), said.number), ("Atlantis", 6));
}

#[test]
fn codes_are_listed_with_their_rows() {
    let mut catalogue = read(
        b"SKU,Description,HS code\nA1,Headphones wireless,8518.3\nA2,Headphones with a cable,8518 30\nA3,Laptop computer,x1\n\
          A4,Laptop computer,x2\nA5,Laptop computer,\n,TOTAL,\nA6,,8518.30.00\nA7,Headphones  with a CABLE,8518.30\n\
          A8,Steel bottle,8518.30\n",
    );
    check(&mut catalogue);
    let codes: Vec<_> = catalogue
        .codes()
        .into_iter()
        .map(|one| (one.code.to_string(), one.text, one.description, one.rows))
        .collect();
    let cable = "Headphones with a cable";
    let expected = [
        ("851830?", "8518.3", "Headphones wireless", vec![1]),
        ("851830", "8518 30", cable, vec![2, 8]),
        ("none", "x1", "Laptop computer", vec![3]),
        ("none", "x2", "Laptop computer", vec![4]),
        // A row that cannot be sent has a code that can be checked.
        ("85183000", "8518.30.00", "", vec![7]),
        // Other goods under a code that was there before.
        ("851830", "8518.30", "Steel bottle", vec![9]),
    ];
    let owned = |text: &str| text.to_owned();
    let expected = expected.map(|(code, text, goods, rows)| (owned(code), owned(text), owned(goods), rows));
    assert_eq!(codes, expected);
    // Rows whose codes are kept are not sent, and cost nothing.
    let mapping = catalogue.mapping().clone();
    let report = catalogue.check(mapping, Edits { codes_kept: vec![1, 2, 8], ..Edits::default() });
    assert_eq!((report.rows, report.good_rows), (8, 4));
    assert_eq!(catalogue.rows(1, 1)[0].state, RowState::LeftOut(Reason::CodeKept));
    assert_eq!(catalogue.codes().len(), 6, "they can be checked again");
}
