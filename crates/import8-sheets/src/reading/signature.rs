//! Files of other kinds, told apart by how they begin.

use serde::{Deserialize, Serialize};

/// A kind of file that is no table, or a table in a form that is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Foreign {
    /// A PDF.
    Pdf,
    /// A document of a word processor.
    Document,
    /// Slides.
    Slides,
    /// A document of Apple's Numbers, Pages or Keynote.
    Numbers,
    /// A picture.
    Picture,
    /// JSON.
    Json,
    /// A web page, which some programs save with the name of a workbook.
    Page,
    /// A workbook in the XML of Excel 2003.
    SpreadsheetXml,
    /// Other XML.
    Xml,
    /// An archive without a workbook.
    Archive,
}

/// How many bytes of a text are searched for the words of its kind.
const SEARCHED: usize = 4 * 1024;

/// The kind of a file that is neither a text nor a workbook.
pub(super) fn of_bytes(file: &[u8]) -> Option<Foreign> {
    let is_any = |begins: &[&[u8]]| begins.iter().any(|begin| file.starts_with(begin));
    let has_at = |at: usize, part: &[u8]| file.get(at..).is_some_and(|rest| rest.starts_with(part));
    let begin = file.get(..file.len().min(1024)).unwrap_or_default();
    if begin.windows(5).any(|part| part == b"%PDF-") {
        Some(Foreign::Pdf)
    } else if is_any(&[b"{\\rtf"]) {
        Some(Foreign::Document)
    } else if is_any(&[b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*"])
        || (is_any(&[b"RIFF"]) && has_at(8, b"WEBP"))
        || (is_any(&[b"BM"]) && has_at(6, b"\0\0\0\0"))
        || has_at(4, b"ftyphei")
        || has_at(4, b"ftypavif")
    {
        Some(Foreign::Picture)
    } else if is_any(&[
        b"PK\x05\x06",
        b"Rar!\x1a\x07",
        b"7z\xbc\xaf\x27\x1c",
        b"\x1f\x8b\x08",
        b"BZh",
        b"\xfd7zXZ",
    ]) {
        Some(Foreign::Archive)
    } else {
        None
    }
}

/// The kind of a text that is no table.
pub(super) fn of_text(text: &str) -> Option<Foreign> {
    let text = text.trim_start();
    let end = (0..=SEARCHED.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or_default();
    let begin = text.get(..end).unwrap_or_default().to_ascii_lowercase();
    let follows = |sign: char, next: &[char]| {
        begin.strip_prefix(sign).is_some_and(|rest| rest.trim_start().starts_with(next))
    };
    if follows('{', &['"', '}']) || follows('[', &['{', '"', '[', ']']) {
        return Some(Foreign::Json);
    }
    if begin.starts_with("mime-version:") {
        return Some(Foreign::Page);
    }
    if !begin.starts_with('<') {
        return None;
    }
    let (has, is_xml) =
        (|tag: &str| begin.contains(tag), begin.starts_with("<?xml") || begin.starts_with("<!"));
    let is_page =
        ["<!doctype html", "<html", "<table", "<head", "<body", "<meta", "<style", "<script", "<center"];
    if is_page.into_iter().any(|tag| begin.starts_with(tag)) || (is_xml && has("<html")) {
        return Some(Foreign::Page);
    }
    if is_xml && has("urn:schemas-microsoft-com:office:spreadsheet") {
        return Some(Foreign::SpreadsheetXml);
    }
    // A tag may also be in the first cell of a table: `<p>Name</p>;Price`.
    let name: String = begin.chars().skip(1).take_while(|sign| sign.is_alphanumeric()).collect();
    let (close, first_line) = (format!("</{name}>"), begin.lines().next().unwrap_or_default());
    let end = text.trim_end().as_bytes();
    let last = end.get(end.len().saturating_sub(close.len())..).unwrap_or_default();
    let is_element = last.eq_ignore_ascii_case(close.as_bytes()) && !first_line.contains(&close);
    match is_element && name == "div" {
        true => Some(Foreign::Page),
        false => (is_xml || is_element).then_some(Foreign::Xml),
    }
}
