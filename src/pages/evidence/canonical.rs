//! The canonical text of an evidence sheet, over which its SHA-256 digest is computed.
//!
//! The text is UTF-8 without a byte order mark. Every line ends with a line feed, also the last. In order:
//!
//! - `Import8 evidence sheet, format 3, en`: the format number and the language of the sheet. The number is
//!   [`FORMAT`], or [`REDECIDED`] where a person decided on another code than the classifier's.
//! - For each section of the sheet, its heading in square brackets: `[Commodity code]`.
//! - Below the heading, each entry as `name: value`. Details of an entry follow as lines of two spaces and
//!   `name: value`. Prose is a line of four spaces and the text.
//! - A line break within a value (CR LF, CR or LF) becomes a line feed and four spaces, so that no text from
//!   outside can pass for a line of its own.
//!
//! Words are those of the sheet. Figures are exact: amounts as `EUR 2662.50` with the digits received,
//! timestamps and dates as the service wrote them, countries as ISO 3166 codes, codes with dots. A picture is
//! represented by the SHA-256 digest of its bytes. The time of printing and the position in a bundle are
//! absent. Hence one record of one organisation gives the same text in the same language, in any browser.

use super::sheet::{Body, Entry, Sheet};

/// The format number. Any change of the text for an unchanged record needs a new number.
pub const FORMAT: u32 = 3;

/// The format number of a sheet whose decided code replaces the classifier's. Its costs are those of the
/// decided code, and its headings name the parts that belong to the classifier's code.
pub const REDECIDED: u32 = 4;

/// The canonical text of a sheet.
#[must_use]
pub fn text(sheet: &Sheet) -> String {
    let format = if sheet.is_redecided { REDECIDED } else { FORMAT };
    let mut text = format!("Import8 evidence sheet, format {format}, {}\n", sheet.language.code());
    for section in &sheet.sections {
        text.push_str(&format!("[{}]\n", section.heading));
        match &section.body {
            Body::Entries(entries) | Body::Table(entries) => {
                entries.iter().for_each(|entry| write_entry(&mut text, entry));
            }
            Body::Prose(prose) => text.push_str(&format!("    {}\n", unbroken(prose))),
        }
    }
    text
}

fn write_entry(text: &mut String, Entry { label, value, details }: &Entry) {
    text.push_str(&format!("{}: {}\n", unbroken(label), unbroken(&value.exact())));
    for (label, value) in details {
        text.push_str(&format!("  {label}: {}\n", unbroken(&value.exact())));
    }
}

/// Indents the line breaks of a value, so that none of its lines starts at the margin.
fn unbroken(value: &str) -> String {
    value.replace("\r\n", "\n").replace('\r', "\n").replace('\n', "\n    ")
}

#[cfg(test)]
mod tests;
