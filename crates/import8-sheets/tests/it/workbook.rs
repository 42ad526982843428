//! Tests of what workbooks know of their sheets, rows and cells.

use import8_sheets::reading::{Content, Hidden, ReadError, Remark, Sheet, Source};

use crate::parts::{sheet, workbook};
use crate::reading::{case, read, rows};

fn text(source: &Source, row: usize, column: usize) -> String {
    source.cell(row, column).into_owned()
}

fn column(source: &Source, column: usize) -> Vec<String> {
    (0..source.rows()).map(|row| text(source, row, column)).collect()
}

#[test]
fn numbers_have_fifteen_digits_and_the_zeros_of_their_format() {
    let source = case("b05-float.xlsx");
    let prices: Vec<_> = (0..source.columns()).flat_map(|at| column(&source, at)).collect();
    for price in ["13.75", "0.3", "2.5"] {
        assert!(prices.iter().any(|own| own == price), "{price}: {prices:?}");
    }
    let source = case("b22-zero-format.xlsx");
    assert_eq!(column(&source, 0), ["Article no", "000042", "001207"]);
    assert_eq!(column(&source, 3), ["HS code", "7323.93.00", "0101.21.00"]);
    assert_eq!(source.content(1, 0), Content::Number);
}

#[test]
fn number_formats_name_currencies_and_per_cents() {
    let source = case("n31-usd-format.xlsx");
    assert_eq!((source.currency(1, 2), source.currency(1, 3)), (Some("USD"), None));
    assert_eq!((text(&source, 1, 2).as_str(), source.content(1, 2)), ("12.5", Content::Number));
    // Only a number is in a currency.
    assert_eq!(source.currency(0, 2), None);

    let euros = "_ [$€-413]\\ * #,##0.00_ ;_ [$€-413]\\ * \\-#,##0.00_ ;_ @_ ";
    let file = workbook(
        r#"<sheetData><row r="1"><c r="A1" s="1"><v>12.5</v></c><c r="B1" s="2"><v>0.155</v></c><c r="C1" s="3"><v>7</v></c></row></sheetData>"#,
        &[euros, "0.0%", "\"CHF\" 0.00"],
        "",
        &[],
    );
    let source = read(&file).expect("a workbook");
    let currencies: Vec<_> = (0..3).map(|column| source.currency(0, column)).collect();
    assert_eq!(currencies, [Some("EUR"), None, Some("CHF")]);
    assert_eq!(rows(&source), [["12.5", "15.5%", "7"]]);
}

#[test]
fn errors_formulas_and_dates_are_told_apart() {
    let source = case("b19-error-cells.xlsx");
    assert_eq!((text(&source, 1, 1).as_str(), source.content(1, 1)), ("#REF!", Content::Error));
    assert_eq!((text(&source, 4, 3).as_str(), source.content(4, 3)), ("#DIV/0!", Content::Error));
    assert_eq!(source.content(3, 1), Content::Text);

    let source = case("b20-no-cache.xlsx");
    assert_eq!((text(&source, 1, 2).as_str(), source.content(1, 2)), ("", Content::Unresolved));
    assert_eq!(source.content(2, 1), Content::Unresolved);
    assert_eq!((text(&source, 2, 2).as_str(), source.content(2, 2)), ("2.5", Content::Number));

    let source = case("b21-1904.xlsx");
    assert_eq!((text(&source, 1, 3).as_str(), source.content(1, 3)), ("2026-05-01", Content::Date));
}

#[test]
fn a_zero_that_no_spreadsheet_has_calculated_is_no_result() {
    let cells = r#"<sheetData><row r="1"><c r="A1"><f>2*3</f><v>0</v></c><c r="B1"><f>1+1</f><v>2</v></c><c r="C1" t="str"><f>""</f><v></v></c><c r="D1"><v>0</v></c></row></sheetData>"#;
    let contents = |settings| {
        let source = read(&workbook(cells, &[], settings, &[])).expect("a workbook");
        (0..4).map(|column| source.content(0, column)).collect::<Vec<_>>()
    };
    let (number, empty) = (Content::Number, Content::Empty);
    assert_eq!(contents(""), [number, number, empty, number]);
    assert_eq!(contents(r#"<calcPr fullCalcOnLoad="1"/>"#), [Content::Unresolved, number, empty, number]);
}

#[test]
fn the_first_visible_sheet_with_rows_is_read() {
    let sheet = |name: &str, is_hidden| Sheet { name: name.to_owned(), is_hidden };
    let mut source = case("b12-hidden.xlsx");
    assert_eq!(source.sheets(), [sheet("Lists", true), sheet("Items", false)]);
    assert_eq!((source.sheet(), text(&source, 0, 0).as_str()), ("Items", "SKU"));
    source.choose_sheet("Lists").expect("a sheet");
    assert_eq!((source.sheet(), text(&source, 0, 0).as_str()), ("Lists", "Country"));
    assert_eq!(source.choose_sheet("None").expect_err("no sheet"), ReadError::Damaged);

    let source = case("b13-empty-first.xlsx");
    assert_eq!((source.sheet(), source.rows()), ("Items", 2));
}

#[test]
fn merged_areas_hidden_rows_and_hidden_columns_are_known() {
    let source = case("n08-merged.xlsx");
    assert_eq!(column(&source, 2), ["Catalogue spring 2026", "Country of origin", "CN", "CN", "IN", "CN"]);
    assert_eq!(source.content(3, 2), Content::Text);
    let hidden: Vec<_> = (0..source.rows()).map(|row| source.row_is_hidden(row)).collect();
    assert_eq!(hidden, [None, None, None, None, Some(Hidden::ByFilter), None]);
    let hidden: Vec<_> = (0..source.columns()).map(|column| source.column_is_hidden(column)).collect();
    assert_eq!(hidden, [false, false, false, false, true]);
    // The merged cells are not the row's own.
    assert_eq!((source.width(0), source.width(3)), (1, 5));
}

#[test]
fn rows_are_hidden_by_hand_by_a_filter_or_by_the_filter_of_a_table() {
    let rows = r#"<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="2" hidden="1"><c r="A2"><v>2</v></c></row><row r="3" ht="0"><c r="A3"><v>3</v></c></row></sheetData>"#;
    let hidden = |begin: &str, end: &str, others: &[(&str, &str)]| {
        let source = read(&workbook(&format!("{begin}{rows}{end}"), &[], "", others)).expect("a workbook");
        (0..3).map(|row| source.row_is_hidden(row)).collect::<Vec<_>>()
    };
    let (hand, filter) = (Some(Hidden::ByHand), Some(Hidden::ByFilter));
    assert_eq!(hidden("", "", &[]), [None, hand, hand]);
    assert_eq!(hidden("", r#"<autoFilter ref="A1:A2"/>"#, &[]), [None, filter, hand]);
    // A filter whose conditions are elsewhere in the workbook.
    assert_eq!(hidden(r#"<sheetPr filterMode="1"/>"#, "", &[]), [None, filter, filter]);
    let related = r#"<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/table" Target="../tables/table1.xml"/></Relationships>"#;
    let table = r#"<table ref="A1:A3"><autoFilter ref="A1:A3"/></table>"#;
    let others = [("xl/worksheets/_rels/sheet1.xml.rels", related), ("xl/tables/table1.xml", table)];
    assert_eq!(hidden("", r#"<tableParts count="1"/>"#, &others), [None, filter, filter]);
}

#[test]
fn rows_have_the_numbers_of_the_spreadsheet() {
    let source = case("b23-offset.xlsx");
    let first = source.row_number(0);
    assert!(first > 1, "the table begins below the first row");
    assert_eq!(source.row_number(1), first + 1);
    // Rows and cells may leave out their positions.
    let file = sheet(
        r#"<row><c><v>1</v></c><c><v>2</v></c></row><row r="5"><c r="B5"><v>3</v></c></row><row><c><v>4</v></c></row>"#,
    );
    let source = read(&file).expect("a workbook");
    let numbers: Vec<_> = (0..source.rows()).map(|row| source.row_number(row)).collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5, 6]);
    assert_eq!((text(&source, 4, 1), text(&source, 5, 0)), ("3".to_owned(), "4".to_owned()));
}

#[test]
fn stray_cells_make_no_empty_rows_or_columns() {
    let source = case("b14a-stray-row.xlsx");
    assert_eq!((source.rows(), source.row_number(3)), (4, 1_048_576));
    assert_eq!(source.remarks(), [Remark::FarRows { row: 1_048_576 }]);
    // A cell that has only a format is none.
    let rows = r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="900000"><c r="B900000" s="0"/></row>"#;
    let source = read(&sheet(rows)).expect("a workbook");
    assert_eq!((source.rows(), source.columns(), source.remarks()), (1, 1, &[][..]));
    let rows = r#"<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c></row>"#;
    let source = read(&sheet(rows)).expect("a workbook");
    assert_eq!((source.columns(), text(&source, 0, 1)), (2, "2".to_owned()));
    // Formulas that are filled down a sheet have the empty text for a result.
    let filled: String =
        (2..3_000).map(|row| format!(r#"<row r="{row}"><c t="str"><f>x</f><v></v></c></row>"#)).collect();
    let rows = format!(r#"<row r="1"><c r="A1"><v>1</v></c></row>{filled}"#);
    assert_eq!(read(&sheet(&rows)).expect("a workbook").rows(), 1);
    // Few empty rows stay, so that the rows of a file keep their places.
    let rows = r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="50"><c r="A50"><v>2</v></c></row>"#;
    assert_eq!(read(&sheet(rows)).expect("a workbook").rows(), 50);
}

#[test]
fn a_workbook_without_cells_is_empty() {
    assert_eq!(read(&sheet("")).expect_err("an error"), ReadError::Empty);
    assert_eq!(read(&sheet(r#"<row r="1"><c r="A1"/></row>"#)).expect_err("an error"), ReadError::Empty);
}

#[test]
fn a_workbook_of_excel_before_2007_is_read_as_far_as_it_is_known() {
    let source = case("old.xls");
    let hidden: Vec<_> = source.sheets().iter().map(|sheet| sheet.is_hidden).collect();
    assert_eq!((hidden, source.sheet(), source.row_number(0)), (vec![true, false], "Items", 3));
    assert_eq!(rows(&source)[1], ["A1", "Steel bottle 750 ml", "CN", "13.75", "2026-05-01"]);
    assert_eq!((text(&source, 2, 1).as_str(), text(&source, 2, 2).as_str()), ("Crème brûlée żółta", "CN"));
    assert_eq!((source.content(1, 4), source.currency(1, 3)), (Content::Date, None));
}
