//! Tests of XLSX output.

use std::io::Cursor;

use calamine::{Data, Range, Reader, Xlsx};
use import8_sheets::{CellKind, Column, Error, Format, Table};
use proptest::prelude::*;

use crate::{KINDS, columns, written};

/// The only sheet of a workbook.
fn sheet(file: Vec<u8>) -> Range<Data> {
    let mut workbook: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(file)).expect("a workbook");
    assert_eq!(workbook.sheet_names().len(), 1);
    workbook.worksheet_range_at(0).expect("a sheet").expect("its cells")
}

fn read(rows: &[[&str; 4]]) -> Range<Data> {
    sheet(written(Format::Xlsx, rows).expect("a file"))
}

fn string(text: &str) -> Data {
    Data::String(text.to_owned())
}

/// A cell as it is read back from a column of this kind.
fn cell(kind: CellKind, text: &str) -> Data {
    let mut row = [""; 4];
    let at = KINDS.iter().position(|&other| other == kind).expect("a kind");
    row[at] = text;
    read(&[row]).get_value((1, u32::try_from(at).expect("a column"))).cloned().unwrap_or_default()
}

#[test]
fn a_cell_is_what_its_column_says() {
    let sheet = read(&[["bolts", "0101210000", "-12.50", "2026-05-01T14:34:56"], ["", "", "", ""]]);
    let titles: Vec<_> = sheet.rows().next().expect("titles").to_vec();
    assert_eq!(titles, ["Text", "Code", "Number", "Time"].map(string));
    let row = sheet.rows().nth(1).expect("a row");
    assert_eq!(row[..3], [string("bolts"), string("0101210000"), Data::Float(-12.5)]);
    let Data::DateTime(time) = row[3] else { panic!("{:?} is no time", row[3]) };
    assert_eq!(time.to_ymd_hms_milli(), (2026, 5, 1, 14, 34, 56, 0));
    assert_eq!(sheet.rows().nth(2), None, "empty cells are no cells");
}

#[test]
fn codes_are_text() {
    for code in ["0101", "0101.21", "0101.21.00.00", "8518300090", "12E5"] {
        assert_eq!(cell(CellKind::Code, code), string(code));
    }
}

#[test]
fn nothing_is_a_formula() {
    for formula in ["=1+1", "+1", "-1", "@A1", "{=1}", "\t=1", "http://example.com"] {
        for kind in [CellKind::Text, CellKind::Code, CellKind::Time] {
            assert_eq!(cell(kind, formula), string(formula), "{kind:?}");
        }
    }
    let mut workbook: Xlsx<_> = {
        let file = written(Format::Xlsx, &[["=1+1"; 4]]).expect("a file");
        calamine::open_workbook_from_rs(Cursor::new(file)).expect("a workbook")
    };
    let formulas = workbook.worksheet_formula("Sheet1").expect("a sheet");
    assert!(formulas.is_empty());
}

#[test]
fn a_number_that_excel_would_round_is_text() {
    for (number, value) in [("0.1", 0.1), ("123456789012345", 123_456_789_012_345.0), ("-1.10", -1.1)] {
        assert_eq!(cell(CellKind::Number, number), Data::Float(value));
    }
    for text in ["1234567890123456", "0.1234567890123456", "007", "1e5", "inf", "n/a"] {
        assert_eq!(cell(CellKind::Number, text), string(text));
    }
}

#[test]
fn what_is_no_time_is_text() {
    for text in ["2026-02-31 10:00", "2026-05-01 25:00", "2026-05-01", "2026-05-01T14:34:56Z", "soon"] {
        assert_eq!(cell(CellKind::Time, text), string(text));
    }
}

#[test]
fn what_does_not_fit_is_told() {
    let long = "x".repeat(32_768);
    let row = ["", &long, "", ""];
    let told = Error::TextTooLong { row: 2, column: "Code".to_owned() };
    assert_eq!(written(Format::Xlsx, &[["a", "", "", ""], row]), Err(told));
    assert!(written(Format::Csv(import8_sheets::Separators::Dutch), &[row]).is_ok());

    let column = Column { title: "n".to_owned(), kind: CellKind::Text };
    let mut table = Table::new(Format::Xlsx, vec![column]).expect("a table");
    let fits = (1..=1_048_576).find(|_| table.push(vec!["x".to_owned()]).is_err());
    assert_eq!(fits, Some(1_048_576));
    assert_eq!(table.push(vec!["x".to_owned()]), Err(Error::TooLong));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_is_read_back(texts in prop::collection::vec("[ \n_x0-9a<&=']{1,8}|.{1,12}", 4)) {
        let mut table = Table::new(Format::Xlsx, columns()).expect("titles");
        table.push(texts.clone()).expect("a row");
        let sheet = sheet(table.finish().expect("a file"));
        for ((at, text), kind) in (0..).zip(&texts).zip(KINDS) {
            if kind != CellKind::Number {
                prop_assert_eq!(sheet.get_value((1, at)), Some(&string(text)));
            }
        }
    }

    #[test]
    fn a_number_of_fifteen_digits_is_exact(number in r"-?(0|[1-9][0-9]{0,8})(\.[0-9]{1,6})?") {
        let decimals = number.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        let Data::Float(value) = cell(CellKind::Number, &number) else { panic!("a number") };
        prop_assert_eq!(format!("{value:.decimals$}"), number);
    }
}
