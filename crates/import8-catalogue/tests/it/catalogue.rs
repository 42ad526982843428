//! Tests of catalogues: products, problems, edits and files with results.

use import8_api::Country;
use import8_catalogue::amount::DecimalMark;
use import8_catalogue::catalogue::{Catalogue, OutputForm};
use import8_catalogue::columns::Role;
use import8_catalogue::report::{Edits, Fault, Known, Reason, Report, Row, RowEdit, RowState};
use import8_sheets::reading::Source;
use import8_sheets::{CellKind, Separators};

use crate::sent;

/// A file of a Dutch shop: duplicates, a bad country, a bad amount, an empty row, a vague description.
const SHOP: &str = "\
Artikelnr;Omschrijving;Materiaal;Land van oorsprong;Stukprijs;Aantal;Goederencode
001;Drinkfles 750 ml;roestvrij staal;China;25,00;100;7323930000
002;drinkfles  750 ML;roestvrij staal;CN;25,00;100.0;732393000
003;T-shirt voor heren;katoen;Atlantis;9,95;1;6109100010.0

004;T-shirt voor heren;katoen;Turkije;gratis;1;
005;;;China;1,00;1;12
006;onderdelen;;China;1,00;1;
007;T-shirt voor heren;katoen;Atlantis;-9,95;1;
";

fn catalogue(file: &str) -> Catalogue {
    let mut catalogue = Catalogue::new(Source::read(file.as_bytes().to_vec()).expect("a table"));
    let names = [("CN", "China"), ("TR", "Turkije")];
    let names = names.map(|(code, name)| (code.parse::<Country>().expect(code), name.to_owned()));
    catalogue.set_countries(vec![names.into()]);
    catalogue
}

fn check(catalogue: &mut Catalogue, edits: Edits) -> Report {
    let mapping = catalogue.mapping().clone();
    sent(catalogue.check(mapping, sent(edits)))
}

fn states(catalogue: &Catalogue) -> Vec<RowState> {
    sent(catalogue.rows(0, 100)).into_iter().map(|row| row.state).collect()
}

/// Each problem with its number of rows and its texts.
fn problems(report: &Report) -> Vec<(Role, Fault, u32, Vec<&str>)> {
    let said = |said: &[import8_catalogue::report::Said]| said.len();
    report
        .problems
        .iter()
        .inspect(|problem| assert!(said(&problem.said) > 0))
        .map(|problem| {
            let said = problem.said.iter().map(|said| said.text.as_str()).collect();
            (problem.role, problem.fault, problem.rows, said)
        })
        .collect()
}

#[test]
fn rows_are_products_or_problems() {
    let mut shop = catalogue(SHOP);
    assert_eq!(shop.mapping().decimal, DecimalMark::Comma);
    let report = check(&mut shop, Edits::default());
    assert_eq!((report.rows, report.good_rows, report.products), (7, 3, 2));
    assert_eq!(
        problems(&report),
        [
            (Role::Origin, Fault::UnknownCountry, 2, vec!["Atlantis"]),
            (Role::Description, Fault::Missing, 1, vec![""]),
            (Role::UnitValue, Fault::NotAnAmount, 1, vec!["gratis"]),
            (Role::UnitValue, Fault::NotPositive, 1, vec!["-9,95"]),
        ]
    );
    assert_eq!(report.problems[0].said[0].about, "003");
    assert_eq!((report.vague.rows, report.vague.said[0].text.as_str()), (1, "onderdelen"));
    let fault = |role, fault| RowState::LeftOut(Reason::Fault(role, fault));
    assert_eq!(
        states(&shop),
        [
            RowState::NoProduct,
            RowState::Product(0),
            // Capitals and spaces do not make another product.
            RowState::Product(0),
            fault(Role::Origin, Fault::UnknownCountry),
            fault(Role::UnitValue, Fault::NotAnAmount),
            fault(Role::Description, Fault::Missing),
            RowState::Product(1),
            fault(Role::Origin, Fault::UnknownCountry),
        ]
    );
    let bottle = &shop.products(0, 1)[0];
    assert_eq!((bottle.rows, bottle.reference.as_str()), (2, "001"));
    assert_eq!(
        serde_json::to_string(&bottle.request).expect("JSON"),
        r#"{"description":"Drinkfles 750 ml, roestvrij staal","origin_country":"CN","destination_country":"NL","goods_value":25.00,"quantity":100,"currency":"EUR"}"#
    );
    assert!(shop.products(2, 10).is_empty());
}

#[test]
fn codes_get_back_what_spreadsheets_took() {
    let mut shop = catalogue(SHOP);
    check(&mut shop, Edits::default());
    let current = |row: Row| row.current.map(|code| code.to_string()).unwrap_or_default();
    let current: Vec<_> = shop.rows(1, 5).into_iter().map(current).collect();
    // No heading begins with 0732, so nothing was lost at the beginning of 732393000.
    assert_eq!(current, ["7323930000", "none", "6109100010", "", "none"]);
}

#[test]
fn one_change_puts_all_its_rows_right() {
    let mut shop = catalogue(SHOP);
    let mut edits = Edits { without: vec![Role::UnitValue], leaves_out_vague: true, ..Edits::default() };
    edits.set_text(Role::Origin, "Atlantis", "XX".to_owned());
    edits.set_text(Role::Origin, "Atlantis", "TR".to_owned());
    let text = "Baby's rammelaar van hout".to_owned();
    edits.set_row(RowEdit { row: 5, number: 7, role: Role::Description, text });
    let report = check(&mut shop, edits);
    assert_eq!(problems(&report), []);
    // Vague rows are reported even if they are left out.
    assert_eq!((report.rows, report.good_rows, report.vague.rows), (7, 6, 1));
    assert_eq!(states(&shop)[6], RowState::LeftOut(Reason::Vague));
    let shirts: Vec<_> =
        shop.products(0, 10).iter().filter(|one| one.name().starts_with("T-shirt")).collect();
    // One with a value; the two without are the same product.
    assert_eq!(
        shirts.iter().map(|one| (one.rows, one.request.goods_value.is_some())).collect::<Vec<_>>(),
        [(1, true), (2, false)]
    );
    assert_eq!(shirts[1].request.quantity, None);
}

#[test]
fn what_was_classified_before_is_known_again() {
    let long = "x".repeat(200);
    let file = format!("omschrijving\nDrinkfles  750 ml\nT-shirt voor heren\n{long}\n");
    let mut shop = catalogue(&file);
    let known = |id: &str, summary: &str, is_reviewed| Known {
        id: id.to_owned(),
        summary: summary.to_owned(),
        code: "73239300".parse().ok(),
        decided: serde_json::from_str(r#"{"code": "7323.93.00.00", "by": "person", "open_digits": 0}"#)
            .expect("a decided code"),
        is_reviewed,
    };
    shop.add_known(vec![known("new", "drinkfles 750 ml", false), known("seen", "Drinkfles 750 ml", true)]);
    shop.add_known(vec![known("old", "Drinkfles 750 ml", true)]);
    shop.add_known(vec![known("long", &format!("{}…", "x".repeat(160)), false), known("none", "", true)]);
    let report = check(&mut shop, Edits::default());
    assert_eq!(report.known, 1);
    let products = sent(shop.products(0, 9).to_vec());
    let found: Vec<_> =
        products.iter().map(|one| one.known.as_ref().map(|known| known.id.as_str())).collect();
    // A shortened summary may belong to another description.
    assert_eq!(found, [Some("seen"), None, None]);
}

#[test]
fn pictures_are_told_apart_as_shops_write_them() {
    let told = |cell: &str, expected: &[&str]| {
        let mut shop = catalogue(&format!("omschrijving;afbeelding\nSteel bottle;\"{cell}\"\n"));
        assert_eq!(problems(&check(&mut shop, Edits::default())), [], "{cell}");
        let request = &shop.products(0, 1)[0].request;
        let written = serde_json::to_value(&request.image_url).expect("JSON");
        let expected = match expected {
            [one] => serde_json::json!(one),
            several => serde_json::json!(several),
        };
        assert_eq!(written, expected, "{cell}");
    };
    let (one, two) = ("https://a.example/1.jpg", "https://a.example/2,b.jpg");
    told(one, &[one]);
    told(&format!("{one}, {two}"), &[one, two]);
    told(&format!("{one},{two}"), &[one, two]);
    told(&format!("{one} | {two}"), &[one, two]);
    told(&format!("{one}\n{two}\n"), &[one, two]);
}

#[test]
fn a_file_is_given_back_in_any_form() {
    let mut shop = catalogue("naam;prijs\r\n0012;-1,50\r\n=1+1;2\r\n");
    check(&mut shop, Edits::default());
    let filled_as = |form, kind| {
        let cells = &mut |row: usize| match row {
            0 => Some(vec!["code".to_owned()]),
            1 => Some(vec!["0101.21".to_owned()]),
            _ => None,
        };
        shop.filled(form, &[kind], cells).expect("a file")
    };
    let filled = |form| filled_as(form, CellKind::Code);
    let text = |form| String::from_utf8(filled(form)).expect("UTF-8");
    // Bytes are kept where nothing changes; added cells are escaped.
    assert_eq!(text(OutputForm::Same), "naam;prijs;code\r\n0012;-1,50;'0101.21\r\n");
    assert_eq!(text(OutputForm::Csv(Separators::Dutch)), text(OutputForm::Same));
    assert_eq!(
        text(OutputForm::Csv(Separators::International)),
        "\u{feff}naam,prijs,code\r\n0012,\"'-1,50\",'0101.21\r\n"
    );
    // For another program, nothing is escaped.
    let plain = |form| String::from_utf8(filled_as(form, CellKind::Plain)).expect("UTF-8");
    assert_eq!(plain(OutputForm::Same), "naam;prijs;code\r\n0012;-1,50;0101.21\r\n");
    assert_eq!(
        plain(OutputForm::Csv(Separators::International)),
        "\u{feff}naam,prijs,code\r\n0012,\"-1,50\",0101.21\r\n"
    );
    let workbook = Source::read(filled(OutputForm::Xlsx)).expect("a workbook");
    assert_eq!(
        (workbook.rows(), workbook.cell(1, 0), workbook.cell(1, 2)),
        (2, "0012".into(), "0101.21".into())
    );
}

#[test]
fn amounts_of_one_value_are_one_product() {
    let file = "\
Description,Unit price,Quantity,Shipping
Steel bottle,2.00,10,5
Steel bottle,2,10.0,5.00
Steel bottle,2.0,10,5.0
Steel bottle,2.01,10,5
Steel bottle,2.00,10,5.5
";
    let mut bottles = catalogue(file);
    let report = check(&mut bottles, Edits::default());
    assert_eq!((report.good_rows, report.products), (5, 3), "{report:?}");
    assert_eq!(states(&bottles)[1..4], [RowState::Product(0); 3]);
    let products = bottles.products(0, 10);
    assert_eq!(products[0].rows, 3);
    let sent = serde_json::to_string(&products[0].request).expect("JSON");
    assert!(sent.contains("\"goods_value\":2.00"), "it is sent as it was first written: {sent}");
}
