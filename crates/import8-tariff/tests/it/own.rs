//! A tariff of the organisation's own.

use import8_tariff::{Publication, Table, read};
use jiff::civil::date;
use rust_xlsxwriter::Workbook;

use crate::scene::{book, folder, line, read_text};

const TABLE: &str = "code;omschrijving;description;recht;oorsprong;soort;vanaf;tot en met;eenheid;bron;per\n\
    8518 30;Koptelefoons;Headphones;vrij;;;01-01-2026;;p/st;R1549/06;30-11-2026\n\
    8518.30.00;;;12,8%;cn;anti-dumping;1-1-2026;31-12-2026;;;\n\
    0102291000;Runderen;;10,2 % + 93,1 EUR/100 kg;;103;;;;;1-12-2026\n";

#[test]
fn a_table_is_read_with_its_titles_in_either_language() {
    let (edition, report) = read_text("tarief.csv", TABLE).expect("an edition");
    assert_eq!((edition.publication, edition.day), (Publication::Own, date(2026, 12, 1)));
    assert_eq!(report.refused, []);
    let headphones = line(&edition, "851830");
    assert_eq!((&*headphones.texts["nl"], &*headphones.texts["en"]), ("Koptelefoons", "Headphones"));
    assert_eq!(headphones.unit.as_deref(), Some("p/st"));
    let told = edition.measures.iter().map(|own| {
        format!(
            "{} {} {} {}",
            own.code.significant(),
            own.measure_type,
            own.area,
            own.duty.as_deref().unwrap_or("-")
        )
    });
    assert_eq!(
        told.collect::<Vec<_>>(),
        ["01022910 103 1011 10.2 % + 93.1 EUR/100 kg", "851830 103 1011 0.000 %", "851830 552 CN 12.8 %",]
    );
    assert_eq!(edition.measures[1].regulation.as_deref(), Some("R1549/06"));
    assert_eq!(edition.measures[2].to, Some(date(2026, 12, 31)));
}

#[test]
fn titles_may_be_in_any_order_and_the_file_a_workbook() {
    let place = folder(&[]);
    let path = place.path().join("tariff.xlsx");
    // These titles are almost those of TARIC's measures.
    book(&path, "Type|Origin|Duty|Goods code|Excluded\npreference|2020, VN|0 %|6109100010|IN;BD");
    let (edition, report) = read(&path).expect("an edition");
    let areas: Vec<_> = edition.measures.iter().map(|measure| measure.area.as_str()).collect();
    assert_eq!(areas, ["2020", "VN"]);
    assert_eq!(
        edition.measures[0].excluded.iter().map(|area| area.as_str()).collect::<Vec<_>>(),
        ["BD", "IN"]
    );
    // Without its members a group says nothing of a country.
    assert_eq!(report.missing[0].table, Table::Memberships);
    assert_eq!(report.notes.len(), 1, "the day is that of the file: {:?}", report.notes);
}

#[test]
fn what_is_not_clear_is_refused() {
    let text = "code,duty,origin,type,from,to\n\
        8518,12.8,,,,\n8518,12.8 %,CN,,,\n8518,12.8 %,Peru,preference,,\n8518,12.8 %,,levy,,\n8518,\"1,250 %\",,,,\n\
        8518,12.8 %,,,2026-02-01,2026-01-01\n8518,12.8 %,,,tomorrow,\n85181,12.8 %,,,,\n8518,,,,,\n8518,much,,,,\n\
        8518,12.8 %,,,,,7\n8519,1 %,,,,\n";
    let (edition, report) = read_text("tariff.csv", text).expect("an edition");
    assert_eq!((edition.lines.len(), edition.measures.len()), (1, 1));
    let reasons: Vec<_> = report.refused.iter().map(|row| row.reason.as_str()).collect();
    assert_eq!(
        reasons,
        [
            "\"12.8\" has no unit: a duty is written as \"12.8 %\" or \"93.1 EUR/100 kg\"",
            "the type is missing: is it a preference, a quota or an additional duty?",
            "\"Peru\" is neither a country by its two letters of ISO 3166 nor a group by its code",
            "\"levy\" is no type of measure that is known",
            "\"1,250 %\" has a comma before three digits: is it for decimals or for thousands?",
            "it ends before it begins",
            "\"tomorrow\" is no date such as 31-12-2026",
            "\"85181\" is no goods code of two to ten digits",
            "it says nothing of 8518",
            "\"much\" is no duty such as \"12.8 %\" or \"10.2 % + 93.1 EUR/100 kg\"",
            "it has more cells than the titles: a text with the delimiter in it needs quotation marks",
        ]
    );
    assert_eq!(report.refused[0].row, 2);
}

#[test]
fn a_code_that_excel_keeps_as_a_number_is_that_code_or_refused() {
    let place = folder(&[]);
    let path = place.path().join("tariff.xlsx");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, ["code", "duty"]).expect("titles");
    for (row, number) in [(1, 8518.30), (2, 105.10), (3, 101_210_000.0), (4, 851_830.0)] {
        sheet.write_number(row, 0, number).expect("a code");
        sheet.write_string(row, 1, "1 %").expect("a duty");
    }
    book.save(&path).expect("a workbook");
    let (edition, report) = read(&path).expect("an edition");
    let codes: Vec<_> = edition.measures.iter().map(|measure| measure.code.as_str()).collect();
    assert_eq!(codes, ["0101210000", "8518300000"]);
    let refused: Vec<_> = report.refused.iter().map(|row| (row.row, row.reason.as_str())).collect();
    let way_out = "may have lost zeros as a number: write the goods code without points, or give its column the \
                   format of text";
    assert_eq!(refused, [(2, &*format!("\"8518.3\" {way_out}")), (3, &*format!("\"105.1\" {way_out}"))]);
}

#[test]
fn a_duty_without_its_amount_is_refused() {
    let text = "code,type,origin,duty\n8518,third-country duty,,\n8518,preference,KR,\n8518,552,CN,\n\
                8518,anti-dumping,CN,free\n8518,restriction,,\n8518,561,CN,\n";
    let (edition, report) = read_text("tariff.csv", text).expect("an edition");
    let types: Vec<_> = edition.measures.iter().map(|measure| measure.measure_type.as_str()).collect();
    assert_eq!(types, ["465", "552", "561"]);
    let reasons: Vec<_> = report.refused.iter().map(|row| row.reason.as_str()).collect();
    let told = ["third-country duty", "preference", "552"]
        .map(|kind| format!("the duty is missing: \"{kind}\" says nothing without it"));
    assert_eq!(reasons, told);
}

#[test]
fn nothing_of_a_refused_row_is_taken() {
    let text = "code,description,omschrijving,unit,declarable,duty\n8518,Headphones,,,yes,1 %\n\
                8518,Chairs,Stoelen,p/st,,2 %\n8518,,,kg,no,3 %\n8518,,Koptelefoons,p/st,,\n";
    let (edition, report) = read_text("tariff.csv", text).expect("an edition");
    let headphones = line(&edition, "8518");
    assert_eq!((&*headphones.texts["en"], &*headphones.texts["nl"]), ("Headphones", "Koptelefoons"));
    assert_eq!((headphones.unit.as_deref(), headphones.declarable), (Some("p/st"), Some(true)));
    let duties: Vec<_> = edition.measures.iter().map(|measure| measure.duty.as_deref()).collect();
    assert_eq!(duties, [Some("1 %")]);
    let reason = "an earlier row has another description or unit of the code, or says otherwise whether it can be \
                  declared";
    let refused: Vec<_> = report.refused.iter().map(|row| (row.row, row.reason.as_str())).collect();
    assert_eq!(refused, [(3, reason), (4, reason)]);
}

#[test]
fn a_quota_for_every_origin_is_not_preferential() {
    let text =
        "code,type,origin,duty\n8518,quota,,0 %\n8519,quota,\"KR, 1011\",0 %\n8520,contingent,VN,0 %\n";
    let (edition, report) = read_text("tariff.csv", text).expect("an edition");
    assert_eq!(report.refused, []);
    let told = edition.measures.iter().map(|own| {
        let code = own.code.significant();
        format!("{code} {} {}", own.measure_type, own.area)
    });
    assert_eq!(told.collect::<Vec<_>>(), ["8518 122 1011", "8519 122 1011", "8519 143 KR", "8520 143 VN"]);
}

#[test]
fn two_letters_that_are_no_country_are_refused() {
    let text = "code,type,origin,excluded,duty\n8518,preference,UK,,0 %\n8518,preference,VS en CN,,0 %\n\
                8518,preference,cn en kr,,0 %\n8518,,,EL,1 %\n8518,preference,GB XS xk XI 2020,,0 %\n";
    let (edition, report) = read_text("tariff.csv", text).expect("an edition");
    let areas: Vec<_> = edition.measures.iter().map(|measure| measure.area.as_str()).collect();
    assert_eq!(areas, ["2020", "GB", "XI", "XK", "XS"]);
    let reasons: Vec<_> = report.refused.iter().map(|row| row.reason.as_str()).collect();
    let told = ["UK", "VS", "en", "EL"].map(|part| {
        format!("\"{part}\" is neither a country by its two letters of ISO 3166 nor a group by its code")
    });
    assert_eq!(reasons, told);
}

#[test]
fn a_table_without_codes_is_refused() {
    let error = read_text("tariff.csv", "duty,origin\n12 %,CN\n").expect_err("a refusal");
    assert_eq!(error.to_string(), "tariff.csv: it has no column \"code\", so nothing in it can be read.");
}

#[test]
fn the_example_of_the_documentation_is_read() {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/tariff-csv.md"))
        .expect("it");
    let example =
        page.split("```csv\n").nth(1).and_then(|rest| rest.split("```").next()).expect("an example");
    let (edition, report) = read_text("example.csv", example).expect("an edition");
    assert_eq!((report.refused.as_slice(), edition.lines.len(), edition.measures.len()), (&[][..], 2, 5));
}
