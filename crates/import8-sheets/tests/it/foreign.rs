//! Tests of files that are no table: each is refused by its kind.

use import8_sheets::reading::{Foreign, ReadError};

use crate::parts::{package, sheet};
use crate::reading::{bytes, read};

fn error(file: &[u8]) -> ReadError {
    read(file).err().unwrap_or_else(|| panic!("{:?}", String::from_utf8_lossy(file)))
}

#[test]
fn files_of_other_kinds_are_told_by_their_kind() {
    let check = |file: &[u8], kind| {
        assert_eq!(error(file), ReadError::Foreign(kind), "{:?}", String::from_utf8_lossy(file));
    };
    check(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", Foreign::Pdf);
    check(b"{\\rtf1\\ansi Price list}", Foreign::Document);
    check(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Foreign::Picture);
    check(b"\xff\xd8\xff\xe0\0\x10JFIF", Foreign::Picture);
    check(b"GIF89a\x01\0", Foreign::Picture);
    check(b"RIFF\x24\0\0\0WEBPVP8 ", Foreign::Picture);
    check(b"Rar!\x1a\x07\x01\0", Foreign::Archive);
    check(b"\x1f\x8b\x08\0\0\0", Foreign::Archive);
    check(b"[{\"sku\": \"A1\"}]", Foreign::Json);
    check(b"  {\n  \"products\": []}", Foreign::Json);
    check(&bytes("b15a-html.xls"), Foreign::Page);
    check(b"\xef\xbb\xbf<table><tr><td>A1</td></tr></table>", Foreign::Page);
    check(b"<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.0//EN\"><body>", Foreign::Page);
    check(b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", Foreign::Page);
    let workbook = "<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>\n<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"></Workbook>";
    check(workbook.as_bytes(), Foreign::SpreadsheetXml);
    let utf16: Vec<u8> = format!("\u{feff}{workbook}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    check(&utf16, Foreign::SpreadsheetXml);
    check(b"<?xml version=\"1.0\"?><products/>", Foreign::Xml);
    check(b"<products>\n<product/>\n</products>\n", Foreign::Xml);
    check(&package(&[("[Content_Types].xml", ""), ("word/document.xml", "")]), Foreign::Document);
    check(&package(&[("[Content_Types].xml", ""), ("ppt/presentation.xml", "")]), Foreign::Slides);
    check(&package(&[("mimetype", "application/vnd.oasis.opendocument.text")]), Foreign::Document);
    check(&package(&[("Index/Document.iwa", ""), ("preview.jpg", "")]), Foreign::Numbers);
    check(&package(&[("prices.csv", "a,b")]), Foreign::Archive);
    check(b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", Foreign::Archive);
    check(&compound(&["WordDocument"]), Foreign::Document);
    check(&compound(&["PowerPoint Document"]), Foreign::Slides);
}

#[test]
fn workbooks_that_cannot_be_read_say_why() {
    assert_eq!(error(&compound(&["EncryptionInfo", "EncryptedPackage"])), ReadError::Locked);
    assert_eq!(error(&compound(&["Workbook"])), ReadError::Damaged);
    let manifest = r#"<manifest:manifest xmlns:manifest="m"><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>"#;
    let locked = package(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", manifest),
        ("content.xml", "\u{1}no XML"),
    ]);
    assert_eq!(error(&locked), ReadError::Locked);
    let whole = sheet(r#"<row r="1"><c r="A1"><v>1</v></c></row>"#);
    assert_eq!(error(&whole[..whole.len() / 2]), ReadError::Truncated);
    assert_eq!(error(b"PK\x03\x04 but no workbook"), ReadError::Truncated);
    assert_eq!(
        error(&package(&[("_rels/.rels", "<Relationships/>"), ("xl/workbook.xml", "")])),
        ReadError::Damaged
    );
    assert_eq!(error(b""), ReadError::Empty);
}

#[test]
fn tables_that_begin_like_other_files_are_read() {
    for file in [
        "BMW;price\nX5;1\n",
        "<p>Name</p>;Price\n<p>Bag</p>;12\n",
        "<div>Bag</div><table></table>;12\n<p>x</p>;3\n",
        "{a};b\n1;2\n",
        "[1];b\n1;2\n",
        "PK;a\n1;2\n",
    ] {
        assert_eq!(read(file.as_bytes()).expect(file).columns(), 2, "{file}");
    }
}

/// The beginning of a file of Office before 2007 with these streams.
fn compound(streams: &[&str]) -> Vec<u8> {
    let mut file = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    file.resize(512, 0);
    for stream in streams {
        let entry = file.len();
        file.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
        file.resize(entry + 128, 0);
    }
    file.resize(1536, 0);
    file
}
