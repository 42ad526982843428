//! Workbooks of TARIC, as the European Commission publishes them each month.
//!
//! A release is some 25 workbooks. Each is known by the titles of its columns, whatever its name and their order. The
//! lines and the measures are read first, and then what other tables say of them.

mod rows;
mod titles;
pub(super) mod workbook;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;

use self::rows::{LINE, Row};
use self::titles::{Columns, Kind, MissingColumn, Title};
use self::workbook::{Cell, Workbook};
use super::cells::{language, padded_code};
use super::error::ReadError;
use super::files::{DAY_OF_LAST_CHANGE, Files};
use super::progress::Progress;
use crate::builder::{Addition, Builder, MeasureIndex, MeasureKey, Named, Taken};
use crate::{Edition, GoodsCode, Publication, Report, Table, measure_type};

/// The rows from the top among which the titles are.
const TITLE_ROWS: usize = 15;

/// The rows between two reports of progress.
const STEP: u64 = 5_000;

/// The most conditions of a workbook: with fewer than it has, some measures would be told without theirs.
const MOST_CONDITIONS: usize = 1_000_000;

/// The tables that a release should have. The names of measure types are in the measures too.
const WANTED: [Table; 11] = [
    Table::Nomenclature,
    Table::DeclarableCodes,
    Table::Measures,
    Table::Areas,
    Table::Memberships,
    Table::Exclusions,
    Table::Conditions,
    Table::AdditionalCodes,
    Table::Footnotes,
    Table::MeasureFootnotes,
    Table::Documents,
];

/// A sheet whose table is known.
#[derive(Debug, Clone)]
struct Sheet {
    /// The number of the file.
    file: usize,
    /// The number of the sheet in the workbook.
    number: usize,
    /// File and sheet, for messages.
    place: String,
    kind: Kind,
    columns: Columns,
    /// The row of the titles.
    titles: u64,
    /// The language in the name of the file.
    language: Option<String>,
}

/// How much a file looks like one of TARIC's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    /// It has nothing of it.
    None,
    /// It would be one if it had a column that is missing.
    Almost,
    /// It is one.
    Whole,
}

/// How much a workbook looks like one of TARIC's.
pub(super) fn likeness(book: &mut Workbook) -> Result<Likeness, ReadError> {
    let mut most = Likeness::None;
    for number in 0..book.sheets().len() {
        most = most.max(match titles(book, number)? {
            Found::Titles(..) => Likeness::Whole,
            Found::Fault(_) => Likeness::Almost,
            Found::Nothing => Likeness::None,
        });
    }
    Ok(most)
}

/// Reads a release.
///
/// # Errors
/// No table can be read, a table lacks a column, or a workbook is damaged or too large.
pub(super) fn read(
    files: &mut Files,
    day: Option<Date>,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<(Edition, Report), ReadError> {
    let mut import = Import {
        builder: Builder::new(Publication::Taric, day.unwrap_or(Date::MIN)),
        progress,
        files: files.len(),
        conditions: Vec::new(),
        most_conditions: MOST_CONDITIONS,
        declared: HashMap::new(),
        names: BTreeMap::new(),
        written: None,
    };
    let (mut later, mut faults, mut read) = (Vec::new(), Vec::new(), BTreeSet::new());
    for file in 0..files.len() {
        import.file(files, file, &mut later, &mut faults, &mut read)?;
    }
    for sheet in later {
        read.insert(sheet.kind.table());
        let mut book = files.workbook(sheet.file)?;
        import.sheet(&mut book, &sheet, files.name(sheet.file))?;
    }
    // A workbook that is not among those that are read may look like one that is.
    for (place, fault) in faults {
        if !read.contains(&fault.kind.table()) {
            return Err(ReadError::structure(&place, fault));
        }
        import.builder.note(format!("{place} is left out: {fault}."));
    }
    import.finish(files, day)
}

/// What the top of a sheet tells.
enum Found {
    Titles(Kind, Columns, u64),
    Fault(MissingColumn),
    Nothing,
}

fn titles(book: &mut Workbook, sheet: usize) -> Result<Found, ReadError> {
    let (mut found, mut seen) = (Found::Nothing, 0_usize);
    book.rows(sheet, |number, cells| {
        let columns = Columns::find(cells);
        match columns.kind() {
            Ok(Some(kind)) => found = Found::Titles(kind, columns, number),
            Err(fault) if matches!(found, Found::Nothing) => found = Found::Fault(fault),
            _ => {}
        }
        seen += 1;
        Ok(seen < TITLE_ROWS && !matches!(found, Found::Titles(..)))
    })?;
    Ok(found)
}

/// An import that is under way.
struct Import<'a> {
    builder: Builder,
    progress: &'a mut dyn FnMut(Progress<'_>),
    files: usize,
    /// Conditions by their places among those of a measure, to be put in order.
    conditions: Vec<(u32, MeasureKey, Pending)>,
    most_conditions: usize,
    /// Whether a line can be declared.
    declared: HashMap<(GoodsCode, u8), bool>,
    /// Names that the measures and memberships tell by the way, in English.
    names: BTreeMap<(u8, String), String>,
    /// The latest day on which a workbook says that it was written, and the workbook.
    written: Option<(Date, String)>,
}

/// A condition that is not yet at its measure, with the place of its row.
struct Pending {
    condition: crate::Condition,
    row: u64,
}

impl Import<'_> {
    /// Reads the tables of a workbook that can be read at once, and collects the others.
    fn file(
        &mut self,
        files: &mut Files,
        file: usize,
        later: &mut Vec<Sheet>,
        faults: &mut Vec<(String, MissingColumn)>,
        read: &mut BTreeSet<Table>,
    ) -> Result<(), ReadError> {
        let name = files.name(file).to_owned();
        let mut book = files.workbook(file)?;
        if let Some(day) = book.written
            && self.written.as_ref().is_none_or(|(latest, _)| day > *latest)
        {
            self.written = Some((day, name.clone()));
        }
        let mut is_known = false;
        for (number, sheet) in book.sheets().into_iter().enumerate() {
            let place = if sheet.is_empty() { name.clone() } else { format!("{name}, {sheet}") };
            match titles(&mut book, number)? {
                Found::Nothing => continue,
                Found::Fault(fault) => faults.push((place, fault)),
                Found::Titles(kind, columns, titles) => {
                    let language = language_of(&name);
                    let sheet = Sheet { file, number, place, kind, columns, titles, language };
                    if kind == Kind::Measures && is_of_exports(&mut book, &sheet, &name)? {
                        let note = format!("{} is left out: measures on exports are not read.", sheet.place);
                        self.builder.note(note);
                    } else if kind.is_read_last() {
                        later.push(sheet);
                    } else {
                        read.insert(kind.table());
                        self.sheet(&mut book, &sheet, &name)?;
                    }
                }
            }
            is_known = true;
        }
        if !is_known {
            self.builder.note(format!("{name} is left out: it has none of the tables that are read."));
        }
        Ok(())
    }

    fn sheet(&mut self, book: &mut Workbook, sheet: &Sheet, file: &str) -> Result<(), ReadError> {
        let table = sheet.kind.table();
        self.builder.has(table);
        if sheet.kind == Kind::Nomenclature && sheet.language.is_none() && !sheet.columns.has(Title::Language)
        {
            let reason = "its language is neither in a column \"Language\" nor in the name of the file";
            return Err(ReadError::structure(&sheet.place, reason));
        }
        let mut index = None;
        let (is_1904, number, files) = (book.is_1904, sheet.file + 1, self.files);
        let mut rows = 0_u64;
        book.rows(sheet.number, |at, cells: &[Cell]| {
            if at <= sheet.titles {
                return Ok(true);
            }
            let row = Row { columns: &sheet.columns, cells, is_1904 };
            if let Err(reason) = self.row(sheet, row, at, &mut index) {
                self.builder.refuse(table, &sheet.place, at, reason);
            }
            rows += 1;
            if rows.is_multiple_of(STEP) {
                (self.progress)(Progress { file, number, files, rows });
            }
            self.builder.check().map(|()| true)
        })?;
        if sheet.kind == Kind::Conditions {
            self.attach_conditions(&sheet.place, &mut index);
        }
        (self.progress)(Progress { file, number, files, rows });
        self.builder.check()
    }

    fn row(
        &mut self,
        sheet: &Sheet,
        row: Row<'_>,
        at: u64,
        index: &mut Option<MeasureIndex>,
    ) -> Result<(), String> {
        let builder = &mut self.builder;
        let taken = match sheet.kind {
            Kind::Nomenclature => builder.line(row.line(sheet.language.as_deref())?),
            Kind::Measures => {
                let measure = row.measure(builder)?;
                self.tell(Named::Area, &measure.area, row.text(Title::Origin));
                self.tell(Named::MeasureType, &measure.measure_type, row.text(Title::MeasureType));
                self.builder.measure(measure)
            }
            Kind::Declarable => {
                let is_leaf = match row.text(Title::IsLeaf).to_lowercase().as_str() {
                    "1" | "y" | "yes" | "true" => true,
                    "0" | "n" | "no" | "false" | "" => false,
                    other => return Err(format!("{other:?} is neither 1 nor 0")),
                };
                let known = self.declared.insert(row.goods()?, is_leaf);
                if known == Some(true) {
                    self.declared.insert(row.goods()?, true);
                }
                let taken = if known == Some(is_leaf) { Taken::Repeated } else { Taken::Read };
                builder.count(Table::DeclarableCodes, taken)
            }
            Kind::Exclusions | Kind::MeasureFootnotes => {
                let key = row.measure_key(builder)?;
                let addition = match sheet.kind {
                    Kind::Exclusions => Addition::Exclusion(row.exclusion(builder)?),
                    _ => Addition::Footnote(code(builder, row.text(Title::Footnote))?),
                };
                let index = index.get_or_insert_with(|| builder.measure_index(&key));
                builder.attach(index, &key, &addition)
            }
            Kind::Conditions => {
                let key = row.measure_key(builder)?;
                let (sequence, condition) = row.condition(builder)?;
                if self.conditions.len() < self.most_conditions {
                    self.conditions.push((sequence, key, Pending { condition, row: at }));
                } else {
                    builder.exceed(Table::Conditions, "it has more than 1,000,000 conditions");
                }
                return Ok(());
            }
            Kind::Memberships => {
                let (group, member) = row.member(builder)?;
                self.tell(Named::Area, &group, row.text(Title::GroupName));
                self.tell(Named::Area, &member.country, row.text(Title::Description));
                self.builder.member(&group, member)
            }
            Kind::Names(named) => {
                let (titles, digits): (&[Title], usize) = match named {
                    Named::Area => {
                        (&[Title::AreaCode, Title::Group, Title::OriginCode, Title::Abbreviation], 4)
                    }
                    Named::AdditionalCode => (&[Title::AdditionalCode], 4),
                    Named::Footnote => (&[Title::Footnote], 0),
                    Named::Document => (&[Title::Certificate], 0),
                    Named::MeasureType => (&[Title::MeasureTypeCode], 3),
                };
                let (code, text) = row.name(titles, digits)?;
                let language = row.language(Some(sheet.language.as_deref().unwrap_or("en")))?;
                builder.name(named, &code, &language, &text)
            }
        };
        refused(taken)
    }

    /// Keeps a name in English for when no table tells it.
    fn tell(&mut self, named: Named, code: &str, name: &str) {
        let kind = u8::from(named == Named::MeasureType);
        if !name.is_empty() && name != code && !self.names.contains_key(&(kind, code.to_owned())) {
            self.names.insert((kind, code.to_owned()), super::cells::words(name));
        }
    }

    /// Puts the conditions of a sheet at their measures, each in its place among those of its kind.
    fn attach_conditions(&mut self, place: &str, index: &mut Option<MeasureIndex>) {
        let mut conditions = std::mem::take(&mut self.conditions);
        conditions.sort_by_key(|(sequence, ..)| *sequence);
        for (_, key, Pending { condition, row }) in conditions {
            let index = index.get_or_insert_with(|| self.builder.measure_index(&key));
            let taken = self.builder.attach(index, &key, &Addition::Condition(condition));
            if let Err(reason) = refused(taken) {
                self.builder.refuse(Table::Conditions, place, row, reason);
            }
        }
    }

    fn finish(mut self, files: &Files, day: Option<Date>) -> Result<(Edition, Report), ReadError> {
        if day.is_none() {
            let (day, note) = match self.written.take() {
                Some((day, file)) => (
                    day,
                    format!(
                        "The day, {day}, is the latest on which a workbook says that it was written: {file}."
                    ),
                ),
                None => (files.changed(), DAY_OF_LAST_CHANGE.to_owned()),
            };
            self.builder.set_day(day);
            self.builder.note(note);
        }
        let has_table = !self.declared.is_empty();
        let are_all_leaves = self.declared.values().all(|is_leaf| *is_leaf);
        let declared = std::mem::take(&mut self.declared);
        self.builder.each_line(|line| {
            let listed = declared.get(&(line.code, line.suffix)).copied();
            line.declarable = match listed {
                _ if line.suffix != LINE => Some(false),
                Some(is_leaf) => Some(is_leaf),
                // A table of leaves alone says that what it lacks is none.
                None => (has_table && are_all_leaves).then_some(false),
            };
        });
        for ((kind, code), name) in std::mem::take(&mut self.names) {
            let named = if kind == 0 { Named::Area } else { Named::MeasureType };
            self.builder.name_by_the_way(named, &code, "en", &name);
        }
        self.compare_languages();
        self.builder.finish(&WANTED)
    }

    /// Tells the lines that a language lacks and another has: the files of a release are not always of one day.
    fn compare_languages(&mut self) {
        let mut lacking: BTreeMap<String, (usize, String)> = BTreeMap::new();
        let lines = &self.builder.edition().lines;
        let languages: BTreeSet<&String> = lines.iter().flat_map(|line| line.texts.keys()).collect();
        for line in lines.iter().filter(|line| !line.texts.is_empty()) {
            for language in languages.iter().filter(|language| !line.texts.contains_key(**language)) {
                let first = || (0, format!("{} {}", line.code, line.suffix));
                lacking.entry((*language).clone()).or_insert_with(first).0 += 1;
            }
        }
        for (language, (number, first)) in lacking {
            let lines = if number == 1 { "line has" } else { "lines have" };
            self.builder.note(format!(
                "{number} {lines} no text in {} but in another language, such as {first}.",
                language.to_uppercase()
            ));
        }
    }
}

fn code(builder: &mut Builder, text: &str) -> Result<crate::Text, String> {
    match super::cells::bare_code(text) {
        code if code.is_empty() => Err("the code is missing".to_owned()),
        code => Ok(builder.text(&code)),
    }
}

/// The reason for which a row that the builder did not take is refused.
fn refused(taken: Taken) -> Result<(), String> {
    match taken {
        Taken::Read | Taken::Repeated | Taken::Unused => Ok(()),
        Taken::Differs => Err("an earlier row says something else of the same".to_owned()),
        Taken::TooMany => Err("the measure has more than 1,000 of these".to_owned()),
    }
}

/// Whether a sheet has measures on exports: the Commission gives it the columns of those on imports, so the name of the
/// file tells. A sheet with a duty on imports has none of them, whatever its name.
fn is_of_exports(book: &mut Workbook, sheet: &Sheet, file: &str) -> Result<bool, ReadError> {
    let name = file.rsplit('/').next().unwrap_or(file);
    if !name.to_lowercase().contains("export") {
        return Ok(false);
    }
    let mut is_of_exports = true;
    book.rows(sheet.number, |at, cells| {
        let code = padded_code(sheet.columns.text(Title::MeasureTypeCode, cells), 3);
        let is_duty = measure_type(&code).is_some_and(|known| known.role.is_duty());
        is_of_exports &= at <= sheet.titles || !is_duty;
        Ok(is_of_exports)
    })?;
    Ok(is_of_exports)
}

/// The language in the name of a file: `nl` of `Nomenclature NL.xlsx`.
fn language_of(file: &str) -> Option<String> {
    let name = file.rsplit('/').next().unwrap_or(file);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let words: Vec<&str> = stem.split(|sign: char| !sign.is_alphanumeric()).collect();
    let capitals =
        words.iter().rev().find(|word| word.bytes().all(|sign| sign.is_ascii_uppercase()) && word.len() == 2);
    // In small letters only at the end, where it is no word such as "of".
    capitals.or(words.last()).and_then(|word| language(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_conditions_than_are_read_end_the_reading() {
        let cells = |texts: &str| -> Vec<Cell> {
            texts.split('|').map(|text| Cell { text: text.to_owned(), is_number: false }).collect()
        };
        let columns = Columns::find(&cells("Goods code|Meas. type code|Meas. cond|Meas. action"));
        let kind = Kind::Conditions;
        let sheet =
            Sheet { file: 0, number: 0, place: String::new(), kind, columns, titles: 1, language: None };
        let mut import = Import {
            builder: Builder::new(Publication::Taric, Date::MIN),
            progress: &mut |_| {},
            files: 1,
            conditions: Vec::new(),
            most_conditions: 1,
            declared: HashMap::new(),
            names: BTreeMap::new(),
            written: None,
        };
        let mut read = |condition: &str| {
            let row = Row { columns: &sheet.columns, cells: &cells(condition), is_1904: false };
            assert_eq!(import.row(&sheet, row, 2, &mut None), Ok(()));
            import.builder.check().map_err(|error| error.to_string())
        };
        assert_eq!(read("8518300000|465|B|24"), Ok(()));
        let told = "Measure conditions is refused because it has more than 1,000,000 conditions.";
        assert_eq!(read("8518300000|465|B|05"), Err(told.to_owned()));
    }
}
