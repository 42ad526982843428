//! Tests that no file ends the worker: arbitrary bytes, and valid files with changes.

use import8_sheets::CellKind;
use import8_sheets::reading::Source;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::parts::workbook;
use crate::reading::bytes;

/// Asks a file for everything that it knows.
fn ask(file: Vec<u8>) {
    let Ok(source) = Source::read(file) else { return };
    std::hint::black_box((source.kind(), source.sheets(), source.sheet(), source.remarks()));
    for row in 0..source.rows().min(50) {
        std::hint::black_box((source.width(row), source.row_number(row), source.row_is_hidden(row)));
        for column in 0..source.columns() {
            let cell = (source.cell(row, column), source.content(row, column), source.currency(row, column));
            std::hint::black_box(cell);
        }
    }
    if source.rows() < 10_000 {
        let added = &mut |_| Some(vec!["new".to_owned()]);
        source.with_columns(&[CellKind::Text], added).map(drop).unwrap_or_default();
    }
}

fn changed(mut file: Vec<u8>, changes: &[(Index, u8)]) -> Vec<u8> {
    for (at, byte) in changes {
        let at = at.index(file.len());
        file[at] = *byte;
    }
    file
}

const FILES: [&str; 9] = [
    "b12-hidden.xlsx",
    "b14a-stray-row.xlsx",
    "b20-no-cache.xlsx",
    "n08-merged.xlsx",
    "b15a-html.xls",
    "b16b-cp1250.csv",
    "b16c-utf16le-nobom.csv",
    "b16d-one-bad-byte.csv",
    "b17b-backslash.csv",
];

/// Pieces of a sheet's XML, in any order.
const PIECES: [&str; 14] = [
    "<row r=\"1\">",
    "</row>",
    "<c r=\"A1\" t=\"s\"><v>0</v></c>",
    "<c r=\"B7\" s=\"1\"><v>42</v></c>",
    "<c r=\"ZZZ99999999\"><v>1e999</v></c>",
    "<c><f>1+1</f><v/></c>",
    "<c t=\"e\"><v>#N/A</v></c>",
    "<c s=\"2\"><v>-1e300</v></c>",
    "<c t=\"str\"><f>x</f><v></v></c>",
    "<v>",
    "<is><t>x</t></is>",
    "<mergeCells><mergeCell ref=\"A1:C3\"/></mergeCells>",
    "<autoFilter ref=\"C3:A1\"/>",
    "&lt;&unknown;",
];

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(file in prop::collection::vec(any::<u8>(), 0..200)) {
        ask(file);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[a-c,;:^|\\\\\t\"\r\n é€<>{}\\[\\]\u{f700}]{0,80}") {
        ask(text.into_bytes());
    }

    #[test]
    fn changed_files_are_read_or_refused(
        file in prop::sample::select(&FILES[..]),
        changes in prop::collection::vec((any::<Index>(), any::<u8>()), 1..8),
        cut in any::<Index>(),
        is_cut in any::<bool>(),
    ) {
        let mut file = changed(bytes(file), &changes);
        if is_cut {
            file.truncate(cut.index(file.len()));
        }
        ask(file);
    }

    #[test]
    fn any_sheet_is_read_or_refused(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..20)) {
        let sheet = format!("<sheetData>{}</sheetData>", pieces.concat());
        ask(workbook(&sheet, &["000000", "yyyy-mm-dd"], "", &[("xl/sharedStrings.xml", "<sst><si><t>a</t></si></sst>")]));
    }

    /// Texts whose quotation marks are right are read as the `csv` crate reads them.
    #[test]
    fn right_texts_are_read_as_everybody_does(
        rows in prop::collection::vec(prop::collection::vec("[a-c ,;\"\r\né]{0,6}", 3), 2..6),
    ) {
        let mut writer = csv::WriterBuilder::new().delimiter(b';').quote_style(csv::QuoteStyle::Always).from_writer(vec![]);
        for row in &rows {
            writer.write_record(row).expect("a row");
        }
        let file = [b"sep=;\n".as_slice(), &writer.into_inner().expect("a text")].concat();
        let source = Source::read(file).expect("a table");
        let read: Vec<Vec<String>> = (0..source.rows())
            .map(|row| (0..source.columns()).map(|column| source.cell(row, column).into_owned()).collect())
            .collect();
        prop_assert_eq!(read, rows);
    }
}
