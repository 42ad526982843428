//! Tests of CSV output.

use import8_sheets::{CellKind, Column, Error, Format, Separators, Table};
use proptest::prelude::*;

use crate::{KINDS, columns, written};

fn text(separators: Separators, rows: &[[&str; 4]]) -> String {
    String::from_utf8(written(Format::Csv(separators), rows).expect("a file")).expect("UTF-8")
}

#[test]
fn a_file_is_as_rfc_4180_and_excel_want_it() {
    let rows = [
        ["two\r\nlines, \"quoted\"", "0101.21.00.00", "-12.50", "2026-05-01 14:34"],
        ["a;b", "", "1234567890123456.78", "2026-05-01T14:34:56"],
    ];
    assert_eq!(
        text(Separators::International, &rows),
        "\u{feff}Text,Code,Number,Time\r\n\
         \"two\r\nlines, \"\"quoted\"\"\",0101.21.00.00,-12.50,2026-05-01 14:34\r\n\
         a;b,,1234567890123456.78,2026-05-01 14:34:56\r\n"
    );
    assert_eq!(
        text(Separators::Dutch, &rows),
        "\u{feff}Text;Code;Number;Time\r\n\
         \"two\r\nlines, \"\"quoted\"\"\";0101.21.00.00;-12,50;2026-05-01 14:34\r\n\
         \"a;b\";;1234567890123456,78;2026-05-01 14:34:56\r\n"
    );
}

/// The notation of a cell in a column of this kind.
fn field(kind: CellKind, cell: &str) -> String {
    let mut row = [""; 4];
    let at = KINDS.iter().position(|&other| other == kind).expect("a kind");
    row[at] = cell;
    let file = text(Separators::International, &[row]);
    records(file.as_bytes(), Separators::International)[1][at].clone()
}

#[test]
fn what_a_spreadsheet_would_calculate_is_marked() {
    for formula in
        ["=1+1", "+31 10 123", "-20 °C", "@SUM(A1)", "\t=1", "\rx", "\nx", "\0=1", " =1", "\u{a0}=1"]
    {
        for kind in KINDS {
            assert_eq!(field(kind, formula), format!("'{formula}"), "{kind:?}");
        }
    }
    assert_eq!(field(CellKind::Text, "＝1+1"), "'＝1+1");
    // Otherwise the added apostrophe could not be told from an original one.
    assert_eq!(field(CellKind::Text, "'=1"), "''=1");
    for plain in ["", "bolts = nuts", "'s-Gravenhage", "1 - 2", "a\t=1", "€ 5"] {
        assert_eq!(field(CellKind::Text, plain), plain);
    }
}

#[test]
fn a_code_that_excel_would_change_is_marked() {
    for code in
        ["0101210000", "0101", "0101.21", "2005.10.10", "8518 30", "123.456.789.012", " 0101", "12E5", "1-2"]
    {
        assert_eq!(field(CellKind::Code, code), format!("'{code}"));
    }
    for code in ["0101.21.00.00", "SKU-0101", "", "'s"] {
        assert_eq!(field(CellKind::Code, code), code);
    }
}

#[test]
fn what_is_no_number_is_text() {
    for number in ["0", "-0.5", "12.50", "100", "99999999999999999999.000000001"] {
        assert_eq!(field(CellKind::Number, number), number);
    }
    for text in ["007", ".5", "5.", "1e5", "1,5", "inf", "NaN", "12.5 kg", "١"] {
        assert_eq!(field(CellKind::Number, text), text);
    }
    for formula in ["-", "--1", "-.5", "-1e5", "+5", "-1+1"] {
        assert_eq!(field(CellKind::Number, formula), format!("'{formula}"));
    }
    // The points of a text that is no number are kept.
    assert!(text(Separators::Dutch, &[["", "", "1.2.3", ""]]).contains("1.2.3"));
}

#[test]
fn another_program_gets_everything_as_it_is() {
    let columns = ["code", "text"].map(|title| Column { title: title.to_owned(), kind: CellKind::Plain });
    for separators in [Separators::International, Separators::Dutch] {
        let mut table = Table::new(Format::Csv(separators), columns.to_vec()).expect("titles");
        table.push(["0101210000", "-5 °C, =1+1"].map(str::to_owned).to_vec()).expect("a row");
        let read = records(&table.finish().expect("a file"), separators);
        assert_eq!(read[1], ["0101210000", "-5 °C, =1+1"]);
    }
}

#[test]
fn a_row_has_a_cell_for_each_column() {
    for format in [Format::Csv(Separators::Dutch), Format::Xlsx] {
        assert_eq!(written(format, &[["a"]]), Err(Error::Cells { row: 1 }), "{format:?}");
    }
}

/// The fields of a file, titles first.
fn records(file: &[u8], separators: Separators) -> Vec<Vec<String>> {
    let delimiter = match separators {
        Separators::International => b',',
        Separators::Dutch => b';',
    };
    assert!(file.starts_with("\u{feff}".as_bytes()), "a byte order mark, which the reader takes away");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).delimiter(delimiter).from_reader(file);
    reader.records().map(|record| record.expect("a record").iter().map(str::to_owned).collect()).collect()
}

/// Texts in which the relevant characters are frequent.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        "[-=+@'\"\t\r\n\0;,. 01aT:＝\u{a0}\u{feff}]{0,8}",
        ".{0,12}",
        r"-?(0|[1-9][0-9]{0,19})(\.[0-9]{1,9})?",
    ]
}

proptest! {
    #[test]
    fn no_text_is_a_formula_and_nothing_is_lost(
        titles in prop::collection::vec(cell(), 4),
        rows in prop::collection::vec(prop::collection::vec(cell(), 4), 0..8),
        separators in prop_oneof![Just(Separators::International), Just(Separators::Dutch)],
    ) {
        let columns = columns().into_iter().zip(&titles);
        let columns = columns.map(|(column, title)| Column { title: title.clone(), ..column }).collect();
        let mut table = Table::new(Format::Csv(separators), columns).expect("titles");
        for row in &rows {
            table.push(row.clone()).expect("a row");
        }
        let read = records(&table.finish().expect("a file"), separators);

        prop_assert_eq!(read.len(), rows.len() + 1);
        for (at, (fields, cells)) in read.iter().zip(std::iter::once(&titles).chain(&rows)).enumerate() {
            prop_assert_eq!(fields.len(), 4);
            for ((field, cell), kind) in fields.iter().zip(cells).zip(KINDS) {
                let is_title = at == 0;
                let is_number = kind == CellKind::Number
                    && !is_title
                    && cell.chars().all(|c| "-.0123456789".contains(c))
                    && serde_json::from_str::<serde_json::Number>(cell).is_ok();
                if is_number {
                    prop_assert_eq!(&field.replace(',', "."), cell);
                    continue;
                }
                prop_assert!(!field.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0']), "{:?}", field);
                prop_assert!(!field.trim_start().starts_with(['=', '+', '-', '@', '＝']), "{:?}", field);
                let own = field.strip_prefix('\'').filter(|own| own == cell).unwrap_or(field);
                let is_time = kind == CellKind::Time && !is_title;
                prop_assert!(own == cell || (is_time && own.replace(' ', "T") == *cell), "{:?} of {:?}", field, cell);
            }
        }
    }
}
