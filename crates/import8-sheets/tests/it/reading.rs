//! Tests of reading people's files.

use std::io::{Cursor, Write};

use import8_sheets::reading::{Delimiter, Encoding, ReadError, Source, SourceKind, WorkbookKind};
use import8_sheets::{CellKind, Column, Format, Table};
use proptest::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const UTF8: Encoding = Encoding::Utf8 { has_mark: false };
const MARKED: Encoding = Encoding::Utf8 { has_mark: true };
const UTF16: Encoding = Encoding::Utf16 { is_big_endian: false, has_mark: true };
const WINDOWS: Encoding = Encoding::Regional(encoding_rs::WINDOWS_1252);

/// The bytes of a case.
pub(crate) fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/files/{name}", env!("CARGO_MANIFEST_DIR"))).expect(name)
}

/// A case that can be read.
pub(crate) fn case(name: &str) -> Source {
    Source::read(bytes(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

pub(crate) fn read(file: &[u8]) -> Result<Source, ReadError> {
    Source::read(file.to_vec())
}

pub(crate) fn rows(source: &Source) -> Vec<Vec<String>> {
    let cell = |row, column| source.cell(row, column).into_owned();
    (0..source.rows()).map(|row| (0..source.columns()).map(|column| cell(row, column)).collect()).collect()
}

fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
    "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(order).collect()
}

/// Reads a file and writes it back, without and with an added column. Existing content must not change.
fn check(file: &[u8], delimiter: Delimiter, encoding: Encoding, expected: &[&[&str]]) {
    let name = String::from_utf8_lossy(file);
    let source = read(file).unwrap_or_else(|error| panic!("{name:?}: {error}"));
    assert_eq!(source.kind(), SourceKind::Delimited { delimiter, encoding }, "{name:?}");
    assert_eq!(rows(&source), expected, "{name:?}");
    let is_even = expected.iter().all(|row| row.last() != Some(&""));
    if is_even {
        assert_eq!(source.with_columns(&[], &mut |_| Some(vec![])).expect("a file"), file, "{name:?}");
    }
    let filled = source
        .with_columns(&[CellKind::Text], &mut |row| Some(vec![format!("=new;{row},\"")]))
        .expect("a file");
    let filled = read(&filled).unwrap_or_else(|error| panic!("{name:?}: {error}"));
    assert_eq!(filled.kind(), source.kind(), "{name:?}");
    for (at, (row, before)) in rows(&filled).iter().zip(expected).enumerate() {
        let (new, kept) = row.split_last().expect("cells");
        assert_eq!(kept, *before, "{name:?}");
        assert_eq!(*new, format!("'=new;{at},\""), "{name:?}");
    }
}

#[test]
fn nasty_files_are_read_and_given_back_to_the_byte() {
    use Delimiter::{Bar, Comma, Semicolon, Tab};
    let two: &[&[&str]] = &[&["a", "b"], &["1", "2"]];
    check(b"a,b\n1,2\n", Comma, UTF8, two);
    check(b"a,b\r\n1,2\r\n", Comma, UTF8, two);
    check(b"a,b\r1,2\r", Comma, UTF8, two);
    check(b"a,b\n1,2", Comma, UTF8, two);
    check(b"a;b\n1;2\n", Semicolon, UTF8, two);
    check(b"a\tb\n1\t2\n", Tab, UTF8, two);
    check(b"a|b\n1|2\n", Bar, UTF8, two);
    check(b"\xef\xbb\xbfa,b\r\n1,2\r\n", Comma, MARKED, two);
    check(b"sep=;\r\na;b\r\n1;2\r\n", Semicolon, UTF8, two);
    check(b"\xef\xbb\xbfsep=,\na,b\n1,2\n", Comma, MARKED, two);
    check(b"sep=\t\na\tb\n1\t2\n", Tab, UTF8, two);
    check(&utf16("a\tb\r\n1\t2\r\n", u16::to_le_bytes), Tab, UTF16, two);
    check(
        &utf16("a;b\n1;2\n", u16::to_be_bytes),
        Semicolon,
        Encoding::Utf16 { is_big_endian: true, has_mark: true },
        two,
    );
    // Empty lines at the start, in between and at the end.
    check(b"\n\na,b\n\r\n1,2\n\n\n", Comma, UTF8, two);
    // The decimal comma.
    check(b"naam;prijs\ntas;12,50\n", Semicolon, UTF8, &[&["naam", "prijs"], &["tas", "12,50"]]);
    check(b"naam\tprijs\ntas\t1.234,50\n", Tab, UTF8, &[&["naam", "prijs"], &["tas", "1.234,50"]]);
    check(b"naam,prijs\ntas,\"12,50\"\n", Comma, UTF8, &[&["naam", "prijs"], &["tas", "12,50"]]);
    // Delimiters, quotation marks and new lines in cells.
    check(b"a,b\n\"x,y\",\"z\"\n", Comma, UTF8, &[&["a", "b"], &["x,y", "z"]]);
    check(b"a,b\n\"say \"\"hi\"\"\",2\n", Comma, UTF8, &[&["a", "b"], &["say \"hi\"", "2"]]);
    check(b"a,b\n\"two\r\nlines\",2\n", Comma, UTF8, &[&["a", "b"], &["two\r\nlines", "2"]]);
    check(b"a,b\n1,\"ends so\n\"\n", Comma, UTF8, &[&["a", "b"], &["1", "ends so\n"]]);
    check(b"a;b\n19\" rack;2\n", Semicolon, UTF8, &[&["a", "b"], &["19\" rack", "2"]]);
    check(b"\"a\",\"b\"\n\"1\",\"2\"\n", Comma, UTF8, two);
    // Numbers and codes are text, with all their digits.
    check(b"sku,code\n00012,0101210000\n", Comma, UTF8, &[&["sku", "code"], &["00012", "0101210000"]]);
    check(
        b"sku,ean\n1023456789.0,8.71234E+12\n",
        Comma,
        UTF8,
        &[&["sku", "ean"], &["1023456789.0", "8.71234E+12"]],
    );
    // A formula in the person's own file is not changed.
    check(b"a,b\n=1+1,@x\n", Comma, UTF8, &[&["a", "b"], &["=1+1", "@x"]]);
    // Windows-1252 with its own characters.
    check(b"caf\xe9;b\n1;2\n", Semicolon, WINDOWS, &[&["café", "b"], &["1", "2"]]);
    check(b"prijs;b\n\x80 5 \x96 \x93x\x94;2\n", Semicolon, WINDOWS, &[&["prijs", "b"], &["€ 5 – “x”", "2"]]);
    check(
        "naam,b\ncrème brûlée 🍮,2\n".as_bytes(),
        Comma,
        UTF8,
        &[&["naam", "b"], &["crème brûlée 🍮", "2"]],
    );
    // Shorter rows are filled up only at their end.
    check(b"a,b,c\n1,2\n1\n", Comma, UTF8, &[&["a", "b", "c"], &["1", "2", ""], &["1", "", ""]]);
    check(b"a,b\n1,2,3\n", Comma, UTF8, &[&["a", "b", ""], &["1", "2", "3"]]);
    // One column, with spaces that belong to the cells.
    check(b"leather wallet\nled lamp\n", Semicolon, UTF8, &[&["leather wallet"], &["led lamp"]]);
    check(b" a , b \n 1 , 2 \n", Comma, UTF8, &[&[" a ", " b "], &[" 1 ", " 2 "]]);
    // Commas in every text, semicolons between the cells.
    check(
        b"omschrijving;aantal\ntas, leer, bruin;2\nlamp, led;3\n",
        Semicolon,
        UTF8,
        &[&["omschrijving", "aantal"], &["tas, leer, bruin", "2"], &["lamp, led", "3"]],
    );
}

#[test]
fn what_is_no_table_says_what_is_wrong() {
    let check = |file: &[u8], error| assert_eq!(read(file).expect_err("an error"), error, "{file:?}");
    check(b"", ReadError::Empty);
    check(b"\n\r\n\n", ReadError::Empty);
    check(b"\xef\xbb\xbf", ReadError::Empty);
    check(b"sep=;\n", ReadError::Empty);
    let wide = [",".repeat(600).as_bytes(), b"\n"].concat();
    check(&wide, ReadError::TooManyColumns { columns: 601 });
    let long = "1\n".repeat(200_001);
    check(long.as_bytes(), ReadError::TooManyRows { rows: 200_001 });
}

#[test]
fn added_cells_are_safe_and_as_the_file_writes_them() {
    let kinds = [CellKind::Code, CellKind::Number, CellKind::Text];
    let fill = |row| match row {
        0 => ["code", "duty", "note"].map(str::to_owned).to_vec(),
        _ => ["0101.21.00", "12.50", "two\nlines"].map(str::to_owned).to_vec(),
    };
    let filled = |file: &[u8]| {
        let file =
            read(file).expect("a table").with_columns(&kinds, &mut |row| Some(fill(row))).expect("a file");
        String::from_utf8(file).expect("UTF-8")
    };
    assert_eq!(filled(b"a,b\n1,2\n"), "a,b,code,duty,note\n1,2,'0101.21.00,12.50,\"two\nlines\"\n");
    assert_eq!(filled(b"a;b\r\n1;2"), "a;b;code;duty;note\r\n1;2;'0101.21.00;12,50;\"two\nlines\"");
}

#[test]
fn what_an_encoding_cannot_write_makes_a_file_utf_8() {
    let source = read(b"caf\xe9;b\n1;2\n").expect("a table");
    let filled =
        source.with_columns(&[CellKind::Text], &mut |_| Some(vec!["≤ 5 kg".to_owned()])).expect("a file");
    let filled = read(&filled).expect("a table");
    assert_eq!(filled.kind(), SourceKind::Delimited { delimiter: Delimiter::Semicolon, encoding: MARKED });
    assert_eq!(filled.cell(0, 0), "café");
    assert_eq!(filled.cell(1, 2), "≤ 5 kg");
}

#[test]
fn a_sheet_of_libreoffice_is_read() {
    let content = r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body><office:spreadsheet>
<table:table table:name="Leeg"><table:table-row><table:table-cell/></table:table-row></table:table>
<table:table table:name="Artikelen">
<table:table-row><table:table-cell office:value-type="string"><text:p>code</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>prijs</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type="string"><text:p>0101</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="12.5"><text:p>12,50</text:p></table:table-cell></table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>"#;
    let manifest = r#"<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>"#;
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, text) in [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", manifest),
        ("content.xml", content),
    ] {
        archive.start_file(name, stored).expect(name);
        archive.write_all(text.as_bytes()).expect(name);
    }
    let source = read(archive.finish().expect("an archive").get_ref()).expect("a sheet");
    let names: Vec<_> = source.sheets().iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!((names, source.sheet()), (vec!["Leeg", "Artikelen"], "Artikelen"));
    // The first sheet with content.
    assert_eq!(rows(&source), [["code", "prijs"], ["0101", "12.5"]]);
}

#[test]
fn a_workbook_is_read_and_its_cells_keep_what_they_hold() {
    let columns = ["name", "code", "price", "when"].into_iter().zip([
        CellKind::Text,
        CellKind::Code,
        CellKind::Number,
        CellKind::Time,
    ]);
    let columns = columns.map(|(title, kind)| Column { title: title.to_owned(), kind });
    let mut table = Table::new(Format::Xlsx, columns.collect()).expect("a table");
    table.push(["tas", "0101210000", "12.5", "2026-05-01 14:34"].map(str::to_owned).to_vec()).expect("a row");
    table.push(["=1+1", "", "1023456789", ""].map(str::to_owned).to_vec()).expect("a row");
    let expected = [
        ["name", "code", "price", "when"],
        ["tas", "0101210000", "12.5", "2026-05-01 14:34:00"],
        ["=1+1", "", "1023456789", ""],
    ];
    let source = read(&table.finish().expect("a file")).expect("a workbook");
    assert_eq!((source.kind(), source.sheet()), (SourceKind::Workbook(WorkbookKind::Xlsx), "Sheet1"));
    assert_eq!(rows(&source), expected);

    let filled =
        source.with_columns(&[CellKind::Code], &mut |row| Some(vec![format!("0{row}")])).expect("a file");
    let filled = rows(&read(&filled).expect("a workbook"));
    for (at, (row, before)) in filled.iter().zip(expected).enumerate() {
        assert_eq!(row[..4], before);
        assert_eq!(row[4], format!("0{at}"));
    }
}

proptest! {
    /// Any readable file can be written back, and an added column can be read.
    #[test]
    fn any_text_is_given_back(text in "[a-c,;\t\"\r\n é€]{0,60}") {
        if let Ok(source) = read(text.as_bytes()) {
            let filled = source.with_columns(&[CellKind::Text], &mut |_| Some(vec!["new".to_owned()])).expect("a file");
            let filled = String::from_utf8(filled).expect("UTF-8");
            let SourceKind::Delimited { delimiter, .. } = source.kind() else { panic!("a text") };
            let mark = match delimiter {
                Delimiter::Comma => ",",
                Delimiter::Semicolon => ";",
                Delimiter::Tab => "\t",
                Delimiter::Bar => "|",
                Delimiter::Other(_) => panic!("no other delimiter is in the text"),
            };
            let uneven = (0..source.rows()).any(|row| source.cell(row, source.columns() - 1).is_empty());
            if !uneven {
                prop_assert_eq!(filled.replace(&format!("{mark}new"), ""), text);
            }
        }
    }
}
