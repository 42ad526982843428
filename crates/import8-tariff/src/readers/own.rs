//! A tariff of the organisation's own: a table with a code in each row, filled by hand. `docs/tariff-csv.md` has its
//! columns.

mod duty;
mod titles;

use std::collections::BTreeSet;

use import8_api::Country;
use import8_sheets::reading::{Content, Source};
use jiff::civil::Date;

use self::titles::{Columns, Title, type_code};
use super::ReadError;
use super::cells::{bare_code, goods_code, is_area_code, optional_day, padded_code, words};
use super::files::DAY_OF_LAST_CHANGE;
use crate::builder::{Builder, Taken};
use crate::{Edition, GoodsCode, Line, Measure, Names, Publication, Report, Table, measure_type};

/// TARIC's code of every origin.
const EVERY_ORIGIN: &str = "1011";

/// Parts of countries that have a code of their own in TARIC, and Serbia, for which it has another one than ISO 3166.
const TARIC_COUNTRIES: [&str; 4] = ["XC", "XI", "XL", "XS"];

/// TARIC's code of the third-country duty.
const THIRD_COUNTRY_DUTY: &str = "103";

/// Whether a table has the titles of an own tariff.
///
/// # Errors
/// It has, but for the code.
pub(super) fn is_own(source: &Source, file: &str) -> Result<bool, ReadError> {
    let columns = Columns::read(source);
    let says = columns.has(Title::Duty) || columns.has(Title::Type) || columns.has_text();
    if says && columns.has(Title::Code) {
        return Ok(true);
    }
    if columns.len() > 1 && says {
        return Err(ReadError::structure(file, "it has no column \"code\", so nothing in it can be read"));
    }
    Ok(false)
}

/// Adds the rows of a table to an edition.
pub(super) struct Own {
    builder: Builder,
    /// The latest day in the columns "as of".
    day: Option<Date>,
    groups: BTreeSet<String>,
}

impl Own {
    pub(super) fn new(changed: Date) -> Self {
        let mut builder = Builder::new(Publication::Own, changed);
        builder.has(Table::Nomenclature);
        Self { builder, day: None, groups: BTreeSet::new() }
    }

    /// Reads a table. `place` is its name for messages.
    ///
    /// # Errors
    /// It has too many rows.
    pub(super) fn read(&mut self, source: &Source, place: &str) -> Result<(), ReadError> {
        let columns = Columns::read(source);
        let place = match source.sheet() {
            "" => place.to_owned(),
            sheet => format!("{place}, {sheet}"),
        };
        if columns.has(Title::Duty) || columns.has(Title::Type) {
            // What such a table does not say of exclusions does not exist.
            self.builder.has(Table::Measures);
            self.builder.has(Table::Exclusions);
        }
        for at in 1..source.rows() {
            let row = Row { source, columns: &columns, at };
            let is_empty = (0..source.width(at)).all(|column| source.cell(at, column).trim().is_empty());
            if is_empty {
                continue;
            }
            if let Err(Refused { table, reason }) = self.row(row) {
                let number = u64::try_from(source.row_number(at)).unwrap_or(u64::MAX);
                self.builder.refuse(table, &place, number, reason);
            }
            self.builder.check()?;
        }
        Ok(())
    }

    /// The edition.
    ///
    /// # Errors
    /// No row could be read.
    pub(super) fn finish(mut self, day: Option<Date>) -> Result<(Edition, Report), ReadError> {
        match day.or(self.day) {
            Some(day) => self.builder.set_day(day),
            None => self.builder.note(DAY_OF_LAST_CHANGE),
        }
        let wanted: &[Table] = if self.groups.is_empty() { &[] } else { &[Table::Memberships] };
        self.builder.finish(wanted)
    }

    fn row(&mut self, row: Row<'_>) -> Result<(), Refused> {
        let of_line = |reason| Refused { table: Table::Nomenclature, reason };
        let of_measure = |reason| Refused { table: Table::Measures, reason };
        if row.source.width(row.at) > row.columns.len() {
            let reason =
                "it has more cells than the titles: a text with the delimiter in it needs quotation marks";
            return Err(of_line(reason.to_owned()));
        }
        let (code, digits) = row.code().map_err(of_line)?;
        // All of a row is read before any of it is taken.
        let line = row.line(code, digits, &mut self.builder).map_err(of_line)?;
        let measures = row.measures(code, &mut self.builder).map_err(of_measure)?;
        let day = row.day(Title::Day).map_err(of_line)?;
        if measures.is_empty() && line.texts.is_empty() && line.unit.is_none() && line.declarable.is_none() {
            return Err(of_line(format!("it says nothing of {}", row.text(Title::Code))));
        }
        if self.builder.line(line) == Taken::Differs {
            return Err(of_line(
                "an earlier row has another description or unit of the code, or says otherwise whether it can be \
                 declared"
                    .to_owned(),
            ));
        }
        self.day = self.day.max(day);
        for measure in measures {
            if &*measure.area != EVERY_ORIGIN && measure.area.len() == 4 {
                self.groups.insert(measure.area.to_string());
            }
            self.builder.measure(measure);
        }
        Ok(())
    }
}

/// A row that is not read.
struct Refused {
    table: Table,
    reason: String,
}

#[derive(Clone, Copy)]
struct Row<'a> {
    source: &'a Source,
    columns: &'a Columns,
    at: usize,
}

impl Row<'_> {
    fn text(&self, title: Title) -> String {
        let cell = self.columns.find(title).map(|column| self.source.cell(self.at, column));
        cell.map_or_else(String::new, |cell| cell.trim().to_owned())
    }

    fn is_number(&self, title: Title) -> bool {
        let content = self.columns.find(title).map(|column| self.source.content(self.at, column));
        content == Some(Content::Number)
    }

    fn day(&self, title: Title) -> Result<Option<Date>, String> {
        optional_day(&self.text(title), self.is_number(title), false)
    }

    fn code(&self) -> Result<(GoodsCode, usize), String> {
        let text = self.text(Title::Code);
        let (code, suffix) = goods_code(&text, self.is_number(Title::Code))?;
        if suffix.is_some() {
            return Err(format!("{text:?} is no goods code of two to ten digits"));
        }
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        Ok((code, digits + digits % 2))
    }

    fn line(&self, code: GoodsCode, digits: usize, builder: &mut Builder) -> Result<Line, String> {
        let mut texts = Names::new();
        for (language, column) in self.columns.texts() {
            let text = words(&self.source.cell(self.at, column));
            if !text.is_empty() {
                texts.insert(language.to_owned(), text);
            }
        }
        let unit = self.text(Title::Unit);
        let declarable = match self.text(Title::Declarable).to_lowercase().as_str() {
            "" => None,
            "yes" | "ja" | "y" | "j" | "1" | "true" => Some(true),
            "no" | "nee" | "n" | "0" | "false" => Some(false),
            other => return Err(format!("{other:?} is neither yes nor no")),
        };
        let indent = match digits {
            0..=4 => 0,
            6 => 1,
            8 => 2,
            _ => 3,
        };
        let unit = (!unit.is_empty()).then(|| builder.text(&unit));
        Ok(Line { code, suffix: 80, indent, from: None, to: None, declarable, unit, texts })
    }

    /// The measures of the row: one for each origin.
    fn measures(&self, code: GoodsCode, builder: &mut Builder) -> Result<Vec<Measure>, String> {
        let (duty, kind) = (self.text(Title::Duty), self.text(Title::Type));
        if duty.is_empty() && kind.is_empty() {
            return Ok(Vec::new());
        }
        let duty = duty::read(&duty, self.is_number(Title::Duty))?;
        let areas = areas(&self.text(Title::Origin))?;
        let excluded = self.text(Title::Excluded);
        let excluded = if excluded.is_empty() { BTreeSet::new() } else { areas_of(&excluded)? };
        let type_of = |area: &str| match &*kind {
            "" if area == EVERY_ORIGIN => Ok(THIRD_COUNTRY_DUTY.to_owned()),
            "" => Err("the type is missing: is it a preference, a quota or an additional duty?".to_owned()),
            kind => type_code(kind, area == EVERY_ORIGIN)
                .ok_or_else(|| format!("{kind:?} is no type of measure that is known")),
        };
        let typed: Vec<(String, String)> =
            areas.into_iter().map(|area| Ok((type_of(&area)?, area))).collect::<Result<_, String>>()?;
        let is_duty = |code: &str| measure_type(code).is_some_and(|known| known.role.is_duty());
        // Such a measure would take the place of the duty that another tariff has.
        if duty.is_empty() && typed.iter().any(|(code, _)| is_duty(code)) {
            return Err(format!("the duty is missing: {kind:?} says nothing without it"));
        }
        let (from, to) = (self.day(Title::From)?, self.day(Title::To)?);
        if from.zip(to).is_some_and(|(from, to)| to < from) {
            return Err("it ends before it begins".to_owned());
        }
        let additional_code = bare_code(&self.text(Title::AdditionalCode));
        let order_number = padded_code(&self.text(Title::OrderNumber), 6);
        let source = words(&self.text(Title::Source));
        let optional = |text: String| (!text.is_empty()).then(|| builder.text(&text));
        let [additional_code, order_number, duty, regulation] =
            [additional_code, order_number, duty, source].map(optional);
        let excluded: Vec<_> = excluded.iter().map(|area| builder.text(area)).collect();
        let measure = |(measure_type, area): (String, String)| Measure {
            code,
            additional_code: additional_code.clone(),
            order_number: order_number.clone(),
            measure_type: builder.text(&measure_type),
            area: builder.text(&area),
            excluded: excluded.clone(),
            duty: duty.clone(),
            regulation: regulation.clone(),
            from,
            to,
            conditions: Vec::new(),
            footnotes: Vec::new(),
        };
        Ok(typed.into_iter().map(measure).collect())
    }
}

/// The origins in a cell; every origin if there is none.
fn areas(text: &str) -> Result<BTreeSet<String>, String> {
    match text.to_lowercase().as_str() {
        "" | "all" | "alle" | "erga omnes" | "every origin" | "third countries" | "derde landen" => {
            Ok(BTreeSet::from([EVERY_ORIGIN.to_owned()]))
        }
        _ => areas_of(text),
    }
}

fn areas_of(text: &str) -> Result<BTreeSet<String>, String> {
    let parts = text.split(|sign: char| sign.is_whitespace() || ",;/+".contains(sign));
    let codes = parts.filter(|part| !part.is_empty()).map(|part| {
        let code = part.to_uppercase();
        if is_area_code(&code) && (code.len() == 4 || is_country(&code)) {
            Ok(code)
        } else {
            Err(format!(
                "{part:?} is neither a country by its two letters of ISO 3166 nor a group by its code"
            ))
        }
    });
    codes.collect()
}

fn is_country(code: &str) -> bool {
    code.parse::<Country>().is_ok() || TARIC_COUNTRIES.contains(&code)
}
