//! The plain text of a sheet, which its digest is over.
//!
//! It is UTF-8 without a byte order mark; every line, also the last, ends with a line feed. In order:
//!
//! - `Import8 evidence sheet, format 3, en`: the [`FORMAT`] and the language of the sheet; 4 in its place, which
//!   is [`REDECIDED`], where a person decided on another code than the answered one;
//! - for each part of the sheet, its heading in square brackets: `[Commodity code]`;
//! - below it, each line of the sheet as `name: value`, what else is said of it as further lines of two
//!   spaces and `name: value`, and sentences as lines of four spaces and the sentences;
//! - a break within a value, however it came (CR LF, CR or LF), is a line feed and four spaces, so that
//!   nothing that came from elsewhere can pass for a line of its own.
//!
//! Words are as on the sheet. Figures are exact: amounts as `EUR 2662.50` with the digits that came,
//! moments and days as the service wrote them, countries as ISO 3166 codes, codes dotted. The bytes of a
//! picture are there as their own SHA-256. The time of printing and the place in a bundle are not there.
//! So the same record of the same organisation gives the same text in the same language, in any browser.

use super::content::{Body, Entry, Sheet};

/// The number of this format. Another text for the same record is another format.
pub const FORMAT: u32 = 3;

/// The number of the format of a sheet whose code is another than the answered one. Its costs are of the code as
/// decided, and its headings say what is of the answered one.
pub const REDECIDED: u32 = 4;

/// The text of a sheet.
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

/// A value none of whose lines begins at the margin.
fn unbroken(value: &str) -> String {
    value.replace("\r\n", "\n").replace('\r', "\n").replace('\n', "\n    ")
}

#[cfg(test)]
mod tests;
