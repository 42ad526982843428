//! The table of the Harmonized System as CSV: section, code, description, parent and level.

use std::collections::HashMap;

use import8_sheets::reading::Source;
use jiff::civil::{Date, date};

use super::cells::goods_code;
use super::table::{Titles, bare};
use super::{ReadError, files::DAY_OF_LAST_CHANGE};
use crate::builder::{Builder, Taken};
use crate::{Edition, Line, Names, Publication, Report, Table};

/// Whether the titles of a table are those of the Harmonized System.
///
/// # Errors
/// They are, but the column with the code is missing.
pub(super) fn is_hs(source: &Source, file: &str) -> Result<bool, ReadError> {
    let titles = Titles::read(source, 0);
    let has = |title: &str| titles.find(&[title]).is_some();
    let is_like = has("parent") && has("level") && has("description");
    if is_like && !has("hscode") {
        return Err(ReadError::structure(file, "it has no column \"hscode\", so the codes cannot be read"));
    }
    Ok(is_like)
}

/// Reads the table.
///
/// # Errors
/// No row of it can be read.
pub(super) fn read(
    source: &Source,
    file: &str,
    day: Option<Date>,
    changed: Date,
) -> Result<(Edition, Report), ReadError> {
    let titles = Titles::read(source, 0);
    let column = |title: &str| titles.find(&[title]).unwrap_or(usize::MAX);
    let (code, text, level) = (column("hscode"), column("description"), column("level"));
    let mut builder = Builder::new(Publication::HarmonizedSystem, changed);
    builder.has(Table::Nomenclature);
    let (mut year, mut unspecified, mut digits) = (None, 0_usize, HashMap::new());
    for at in 1..source.rows() {
        let cell = |column: usize| source.cell(at, column).trim().to_owned();
        let number = u64::try_from(source.row_number(at)).unwrap_or(u64::MAX);
        let refuse = |builder: &mut Builder, reason: String| {
            builder.refuse(Table::Nomenclature, file, number, reason);
        };
        if source.width(at) > titles.width() {
            let reason = "it has more cells than the titles: a text with a comma needs quotation marks";
            refuse(&mut builder, reason.to_owned());
            continue;
        }
        let (own, text) = (cell(code), cell(text));
        if bare(&own) == "total" {
            year = year.or_else(|| year_of(&text));
            continue;
        }
        // The United Nations count what is reported without a code in a chapter that the system does not have.
        if own.starts_with("99") {
            unspecified += 1;
            continue;
        }
        let goods = match goods_code(&own, false) {
            Ok((goods, None)) if own.len() <= 6 => goods,
            Ok(_) => {
                refuse(&mut builder, format!("{own:?} is no code of two, four or six digits"));
                continue;
            }
            Err(reason) => {
                refuse(&mut builder, reason);
                continue;
            }
        };
        let told = cell(level);
        if !told.is_empty() && told != own.len().to_string() {
            refuse(&mut builder, format!("{own} has {} digits and not {told}", own.len()));
            continue;
        }
        if text.is_empty() {
            refuse(&mut builder, format!("{own} has no description"));
            continue;
        }
        let line = Line {
            code: goods,
            suffix: 80,
            indent: u8::from(own.len() == 6),
            from: None,
            to: None,
            declarable: None,
            unit: None,
            // A heading without subheadings is its own subheading: the line has the text of the heading.
            texts: if *digits.entry(goods).or_insert(own.len()) == own.len() {
                Names::from([("en".to_owned(), text)])
            } else {
                Names::new()
            },
        };
        if builder.line(line) == Taken::Differs {
            refuse(&mut builder, format!("an earlier row has another description of {own}"));
        }
        builder.check()?;
    }
    match (day, year) {
        (Some(day), _) => builder.set_day(day),
        (None, Some(year)) => builder.set_day(date(year, 1, 1)),
        (None, None) => builder.note(DAY_OF_LAST_CHANGE),
    }
    if unspecified > 0 {
        builder.note(format!(
            "{unspecified} rows of chapter 99 are left out: they are for statistics and not of the system."
        ));
    }
    builder.finish(&[Table::Nomenclature])
}

/// The year in the name of an edition: 2022 of `HS2022`.
fn year_of(text: &str) -> Option<i16> {
    text.split("HS").skip(1).find_map(|rest| {
        let year: i16 = rest.trim_start().get(..4)?.parse().ok()?;
        (1988..=2100).contains(&year).then_some(year)
    })
}
