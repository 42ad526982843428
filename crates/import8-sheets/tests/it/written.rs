//! Tests of people's files that are written again: texts to the byte, and values in new workbooks.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use import8_sheets::CellKind;
use import8_sheets::reading::{Delimiter, Source, SourceKind};
use proptest::prelude::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

/// A text that no test file contains.
const NEW: &str = "NEW";

#[derive(Debug, Clone, Copy)]
enum Written {
    Utf8,
    Marked,
    Utf16(fn(u16) -> [u8; 2]),
}

fn bytes(text: &str, written: Written) -> Vec<u8> {
    match written {
        Written::Utf8 => text.as_bytes().to_vec(),
        Written::Marked => format!("\u{feff}{text}").into_bytes(),
        Written::Utf16(order) => format!("\u{feff}{text}").encode_utf16().flat_map(order).collect(),
    }
}

fn text(bytes: &[u8], written: Written) -> String {
    let marked = match written {
        Written::Utf8 => return String::from_utf8(bytes.to_vec()).expect("UTF-8"),
        Written::Marked => String::from_utf8(bytes.to_vec()).expect("UTF-8"),
        Written::Utf16(order) => {
            let unit = |pair: &[u8]| {
                let pair = [pair[0], pair[1]];
                // The order of bytes is its own inverse.
                u16::from_ne_bytes(order(u16::from_ne_bytes(pair)))
            };
            String::from_utf16(&bytes.chunks(2).map(unit).collect::<Vec<_>>()).expect("UTF-16")
        }
    };
    marked.strip_prefix('\u{feff}').expect("a mark").to_owned()
}

/// Adds a cell to each row, takes what was added away again, and compares.
fn check_text(original: &str, written: Written) {
    let file = bytes(original, written);
    let Ok(source) = Source::read(file.clone()) else { return };
    let SourceKind::Delimited { delimiter, .. } = source.kind() else { panic!("{original:?} is a text") };
    let delimiter = match delimiter {
        Delimiter::Comma => ',',
        Delimiter::Semicolon => ';',
        Delimiter::Tab => '\t',
        Delimiter::Bar => '|',
        Delimiter::Other(byte) => char::from(byte),
    };
    let filled = source.with_columns(&[CellKind::Text], &mut |_| Some(vec![NEW.to_owned()])).expect("a file");
    let filled = text(&filled, written);
    let mut pieces: Vec<_> = filled.split(NEW).collect();
    let rest = pieces.pop().unwrap_or_default();
    assert_eq!(pieces.len(), source.rows(), "{original:?}");
    let own = pieces.into_iter().enumerate().map(|(row, piece)| {
        // Short rows are filled up, so that the cell is below its title.
        let added = delimiter.to_string().repeat(source.columns() - source.width(row) + 1);
        piece.strip_suffix(&added).unwrap_or_else(|| panic!("row {row} of {original:?} is {piece:?}"))
    });
    assert_eq!(own.collect::<String>() + rest, original);
    let is_even = (0..source.rows()).all(|row| source.width(row) == source.columns());
    let same = source.with_columns(&[], &mut |_| Some(vec![])).expect("a file");
    assert!(!is_even || same == file, "{original:?}");
}

fn table() -> impl Strategy<Value = String> {
    let cell = prop_oneof![
        "[a-c1-9é€ '=.]{0,5}",
        "[a-c,;\t\r\n é€]{0,6}".prop_map(|text| format!("\"{text}\"")),
        Just("\"say \"\"hi\"\"\"".to_owned()),
    ];
    let row = prop::collection::vec(cell, 1..5);
    let end = prop_oneof![Just("\n"), Just("\r\n"), Just("\r"), Just("\n\n"), Just("\r\n\r\n"), Just("")];
    (prop::collection::vec((row, end), 1..7), prop_oneof![Just(","), Just(";"), Just("\t"), Just("|")])
        .prop_map(|(rows, delimiter)| {
            rows.into_iter().map(|(cells, end)| cells.join(delimiter) + end).collect()
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn a_text_keeps_every_byte(
        original in prop_oneof![table(), "[a-c,;|\t\"\r\n é€]{0,60}", table().prop_map(|text| format!("sep=;\r\n{text}"))],
        written in prop_oneof![
            Just(Written::Utf8),
            Just(Written::Marked),
            Just(Written::Utf16(u16::to_le_bytes)),
            Just(Written::Utf16(u16::to_be_bytes)),
        ],
    ) {
        check_text(&original, written);
    }
}

#[test]
fn values_go_into_a_new_workbook_without_the_rows_that_are_left_out() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Products").expect("a name");
    let (date, code) = (Format::new().set_num_format("dd-mm-yyyy"), Format::new().set_num_format("0.000"));
    for (row, sku) in [(3, "sku"), (4, "left out"), (5, "0007")] {
        sheet.write(row, 1, sku).expect("a cell");
        sheet.write_with_format(row, 2, 12.5, &code).expect("a cell");
        sheet.write(row, 3, true).expect("a cell");
        let day = ExcelDateTime::from_ymd(2026, 5, 1).expect("a day");
        sheet.write_datetime_with_format(row, 4, &day, &date).expect("a cell");
    }
    let source = Source::read(book.save_to_buffer().expect("a workbook")).expect("a workbook");
    let added = &mut |row| (row != 1).then(|| vec!["0101".to_owned()]);
    let file = source.to_workbook(&[CellKind::Code], added).expect("a workbook");
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(file)).expect("a workbook");
    let cells = book.worksheet_range("Products").expect("a sheet");
    let skus: Vec<_> = cells.rows().map(|row| row[0].to_string()).collect();
    assert_eq!(skus, ["sku", "0007"]);
    for row in cells.rows() {
        assert_eq!(row[1..3], [Data::Float(12.5), Data::Bool(true)]);
        let Data::DateTime(time) = row[3] else { panic!("{:?} is no day", row[3]) };
        assert_eq!(time.to_ymd_hms_milli(), (2026, 5, 1, 0, 0, 0, 0));
        assert_eq!(row[4], Data::String("0101".to_owned()));
    }
}
