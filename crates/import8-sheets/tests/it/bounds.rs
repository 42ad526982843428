//! Tests of files that would take too much memory or time: each is refused before it is unpacked, or read in bounds.

use import8_sheets::reading::{ReadError, Source};

use crate::parts::{package, sheet, workbook};
use crate::reading::read;

fn error(file: &[u8]) -> ReadError {
    read(file).expect_err("an error")
}

#[test]
fn a_workbook_that_unpacks_to_far_more_is_refused() {
    let spaces = " ".repeat(70 << 20);
    assert_eq!(error(&sheet(&spaces)), ReadError::Inflated);
    // A part that says that it is small.
    let mut file = sheet(&" ".repeat(2 << 20));
    let size = u32::try_from((2 << 20) + 200).expect("a size");
    let is_size = |part: &[u8]| {
        part[0] == 0 || u32::from_le_bytes(part.try_into().expect("four bytes")).abs_diff(size) < 400
    };
    let places: Vec<_> = (0..file.len() - 4)
        .filter(|&at| is_size(&file[at..at + 4]) && file[at + 2] == 0x20 && file[at + 3] == 0)
        .collect();
    assert!(!places.is_empty(), "the sizes are in the file");
    for at in places {
        file[at..at + 4].copy_from_slice(&1_000_u32.to_le_bytes());
    }
    assert!(matches!(error(&file), ReadError::Inflated | ReadError::Damaged));
}

#[test]
fn entities_that_multiply_are_not_resolved() {
    let doctype = "<!DOCTYPE x [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]>";
    let strings = format!("<?xml version=\"1.0\"?>{doctype}<sst><si><t>&c;</t></si></sst>");
    let rows = r#"<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData>"#;
    let file = workbook(rows, &[], "", &[("xl/sharedStrings.xml", &strings)]);
    match read(&file) {
        Ok(source) => assert!(source.cell(0, 0).len() < 100),
        Err(error) => assert_eq!(error, ReadError::Damaged),
    }
}

#[test]
fn numbers_in_a_file_reserve_no_memory() {
    let strings = "<?xml version=\"1.0\"?><sst uniqueCount=\"99999999999\"><si><t>a</t></si></sst>";
    let rows = r#"<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData>"#;
    assert_eq!(error(&workbook(rows, &[], "", &[("xl/sharedStrings.xml", strings)])), ReadError::Damaged);
    // A sheet whose size is told wrongly, and positions beyond it.
    let told =
        r#"<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>"#;
    assert_eq!(read(&workbook(told, &[], "", &[])).expect("a sheet").rows(), 1);
    for at in ["A1048577", "XFE1", "A4000000000"] {
        let rows = format!(r#"<row><c r="{at}"><v>1</v></c></row>"#);
        assert!(read(&sheet(&rows)).map_or(true, |source| source.rows() == 1), "{at}");
    }
}

#[test]
fn merged_areas_of_any_size_take_no_memory() {
    let merged = r#"<mergeCell ref="A1:XFD1048576"/>"#.repeat(1_000);
    let rows = r#"<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="3"><c r="C3"><v>2</v></c></row></sheetData>"#;
    let source =
        read(&workbook(&format!("{rows}<mergeCells>{merged}</mergeCells>"), &[], "", &[])).expect("a sheet");
    assert_eq!((source.rows(), source.cell(1, 1).as_ref()), (3, "1"));
}

#[test]
fn rows_and_columns_have_a_limit_and_cells_have_none() {
    let rows: String = (1..=200_001).map(|row| format!("<row r=\"{row}\"><c><v>1</v></c></row>")).collect();
    assert_eq!(error(&sheet(&rows)), ReadError::TooManyRows { rows: 200_001 });
    let cells = "<c><v>1</v></c>".repeat(501);
    assert_eq!(error(&sheet(&format!("<row>{cells}</row>"))), ReadError::TooManyColumns { columns: 501 });
    let long = "x".repeat(3 << 20);
    let source = Source::read(format!("a;b\n{long};2\n").into_bytes()).expect("a table");
    assert_eq!(source.cell(1, 0).len(), 3 << 20);
}

#[test]
fn a_workbook_of_libreoffice_without_an_end_is_refused() {
    let content = r#"<office:document-content xmlns:office="o" xmlns:table="t"><office:body><office:spreadsheet><table:table table:name="A"><table:table-row>"#;
    let manifest = r#"<manifest:manifest xmlns:manifest="m"/>"#;
    let file = package(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", manifest),
        ("content.xml", content),
    ]);
    assert_eq!(error(&file), ReadError::Damaged);
}
