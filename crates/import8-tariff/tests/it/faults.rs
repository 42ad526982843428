//! Files that are damaged, or made to exhaust a machine: each is refused with a sentence.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use import8_tariff::read;
use zip::write::{SimpleFileOptions, ZipWriter};

use crate::scene::{book, folder, refusal};

/// A workbook whose only sheet is this XML.
fn packed(path: &Path, sheet: impl Fn(&mut dyn Write)) {
    packed_with_shared_texts(path, "<sst/>", sheet);
}

/// A workbook with these shared texts, whose only sheet is this XML.
fn packed_with_shared_texts(path: &Path, texts: &str, sheet: impl Fn(&mut dyn Write)) {
    let mut zip = ZipWriter::new(File::create(path).expect("a file"));
    let parts = [
        ("[Content_Types].xml", "<Types/>"),
        ("xl/workbook.xml", r#"<workbook><sheets><sheet name="S" r:id="a"/></sheets></workbook>"#),
        (
            "xl/_rels/workbook.xml.rels",
            r#"<Relationships><Relationship Id="a" Target="/xl/worksheets/s.xml"/></Relationships>"#,
        ),
        ("xl/sharedStrings.xml", texts),
    ];
    for (name, text) in parts {
        zip.start_file(name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(text.as_bytes()).expect("its text");
    }
    zip.start_file("xl/worksheets/s.xml", SimpleFileOptions::default()).expect("a part");
    sheet(&mut zip);
    zip.finish().expect("a ZIP file");
}

const TITLES: &str = r#"<row r="1"><c t="inlineStr"><is><t>Goods code</t></is></c><c t="inlineStr"><is><t>Duty</t></is></c>
    <c t="inlineStr"><is><t>Origin code</t></is></c><c t="inlineStr"><is><t>Meas. type code</t></is></c></row>"#;

#[test]
fn a_workbook_that_unpacks_to_far_too_much_is_refused() {
    let place = folder(&[]);
    let path = place.path().join("bomb.xlsx");
    packed(&path, |sheet| {
        write!(sheet, "<worksheet><sheetData>{TITLES}").expect("the begin");
        let row = format!("<row><c t=\"str\"><v>{}</v></c></row>", "8".repeat(100_000));
        for _ in 0..1_000 {
            sheet.write_all(row.as_bytes()).expect("a row");
        }
        write!(sheet, "</sheetData></worksheet>").expect("the end");
    });
    assert!(fs::metadata(&path).expect("a file").len() < 1 << 20);
    assert_eq!(refusal(&path), "bomb.xlsx is refused because it unpacks to far more than a workbook has.");
}

#[test]
fn a_cell_of_any_length_does_not_fill_the_memory() {
    let place = folder(&[]);
    let path = place.path().join("cell.xlsx");
    packed(&path, |sheet| {
        write!(sheet, "<worksheet><sheetData>{TITLES}<row><c t=\"str\"><v>").expect("the begin");
        sheet.write_all(&vec![b'8'; 16 << 20]).expect("a text");
        write!(sheet, "</v></c></row></sheetData></worksheet>").expect("the end");
    });
    assert!(refusal(&path).contains("unpacks to far more"), "{}", refusal(&path));
}

#[test]
fn a_text_that_cells_share_is_no_longer_than_that_of_a_cell() {
    let place = folder(&[]);
    let path = place.path().join("shared.xlsx");
    // Two texts, of which the second has two parts: the duty is the second.
    let write = |length: usize| {
        let texts = format!(
            "<sst><si><t>7</t></si><si><r><t>1</t></r><r><t>{}</t></r></si></sst>",
            "8".repeat(length - 1)
        );
        packed_with_shared_texts(&path, &texts, |sheet| {
            let row = r#"<row r="2"><c r="A2"><v>8518300000</v></c><c r="B2" t="s"><v>1</v></c>
                <c r="C2"><v>1011</v></c><c r="D2"><v>103</v></c></row>"#;
            write!(sheet, "<worksheet><sheetData>{TITLES}{row}</sheetData></worksheet>").expect("a sheet");
        });
    };
    write(4 * 32_767);
    let (edition, _) = read(&path).expect("an edition");
    assert_eq!(edition.measures[0].duty.as_ref().map(|duty| duty.len()), Some(4 * 32_767));
    write(4 * 32_767 + 1);
    assert_eq!(
        refusal(&path),
        "shared.xlsx is refused because a cell of it has more text than Excel allows."
    );
}

#[test]
fn a_text_in_a_cell_is_not_cut() {
    let place = folder(&[]);
    let path = place.path().join("cell.xlsx");
    packed(&path, |sheet| {
        let text = "8".repeat(4 * 32_767 + 1);
        write!(
            sheet,
            "<worksheet><sheetData>{TITLES}<row><c t=\"str\"><v>{text}</v></c></row></sheetData></worksheet>"
        )
        .expect("a sheet");
    });
    assert_eq!(refusal(&path), "cell.xlsx is refused because a cell of it has more text than Excel allows.");
}

#[test]
fn cells_at_the_end_of_a_sheet_take_no_memory() {
    let place = folder(&[]);
    let path = place.path().join("far.xlsx");
    packed(&path, |sheet| {
        let far = r#"<row r="18446744073709551615"><c r="ZZZZZZZ1"><v>1</v></c><c r="A1"><v>101210000</v></c>
            <c r="C1"><v>1011</v></c><c r="D1" t="n"><v>103</v></c></row><row><c r="1"><v>1e999</v></c></row>"#;
        write!(sheet, "<worksheet><sheetData>{TITLES}{far}</sheetData></worksheet>").expect("a sheet");
    });
    let (edition, _) = read(&path).expect("an edition");
    assert_eq!(edition.measures[0].code.as_str(), "0101210000");
}

#[test]
fn damaged_files_are_refused_and_none_panics() {
    let place = folder(&[]);
    let path = place.path().join("book.xlsx");
    let rows =
        "Goods code|Start date|Origin code|Meas. type code|Duty\n8518300000|01-01-2026|1011|103|1.000 %";
    book(&path, rows);
    let whole = fs::read(&path).expect("a file");
    for length in (0..whole.len()).step_by(97) {
        fs::write(&path, &whole[..length]).expect("a file");
        assert!(read(&path).is_err(), "{length} of {} bytes", whole.len());
    }
    for at in (0..whole.len()).step_by(13) {
        let mut changed = whole.clone();
        changed[at] ^= 0x55;
        fs::write(&path, &changed).expect("a file");
        // It is read or refused: the test is that it ends.
        drop(read(&path));
    }
}

#[test]
fn other_files_are_refused_with_a_sentence() {
    let unknown = "is no tariff that is known here";
    for (name, text) in [
        ("empty.csv", ""),
        ("list.csv", "product,price\nchair,7\n"),
        ("list.json", "{\"a\": 1}"),
        ("open.json", "[{\"code\":"),
        ("list.yaml", "a: b\n"),
        ("picture.png", "\u{0}\u{1}\u{0}"),
    ] {
        let place = folder(&[(name, text)]);
        let told = refusal(&place.path().join(name));
        assert!(told.contains(unknown) || told.contains("cannot be read"), "{name}: {told}");
    }
    let place = folder(&[]);
    let path = place.path().join("other.xlsx");
    book(&path, "Product|Price\nChair|7");
    assert!(refusal(&path).contains(unknown), "{}", refusal(&path));
}
