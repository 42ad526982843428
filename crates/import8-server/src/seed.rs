//! Parses the seed's files, which are CSV with a header. Each fault names file and line, for the person who edits the
//! files by hand.

use csv::{ReaderBuilder, StringRecord};
use include_dir::{Dir, File, include_dir};
use thiserror::Error;

use crate::language::Language;

/// The folder of the seed, embedded when the crate is built.
pub(crate) static SEED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/data");

/// A fault in the seed, with its place.
#[derive(Debug, Error)]
#[error("{file}:{line}: {fault}")]
pub struct SeedError {
    /// The path of the file in the folder of the seed.
    pub file: String,
    /// The line, from 1; 0 if the file as a whole is at fault.
    pub line: u64,
    /// The fault.
    pub fault: Fault,
}

/// A kind of fault in the seed.
#[derive(Debug, Error)]
pub enum Fault {
    /// A required file is missing.
    #[error("the file is missing")]
    Missing,
    /// The bytes are not text.
    #[error("the file is not UTF-8")]
    Encoding,
    /// The text is not CSV.
    #[error("not CSV: {0}")]
    Csv(#[from] csv::Error),
    /// The first line is not the expected header.
    #[error("the header must be {0}")]
    Header(String),
    /// A row has too few or too many cells.
    #[error("{found} columns, not {wanted}")]
    Columns {
        /// The number of cells in the row.
        found: usize,
        /// The number of columns of the file.
        wanted: usize,
    },
    /// A cell begins or ends with white space.
    #[error("white space at the edge of {0:?}")]
    Edge(String),
    /// A code is not two, four or six digits.
    #[error("{0:?} is not a code of 2, 4 or 6 digits")]
    Code(String),
    /// A section is not a Roman numeral with two chapters in order.
    #[error("{0:?} does not span chapters")]
    Span(String),
    /// The row belongs to another chapter than that of the file.
    #[error("{0} belongs in another file")]
    Foreign(String),
    /// The code, or a chapter of the section, occurred before.
    #[error("{0} is there twice")]
    Duplicate(String),
    /// The code is smaller than the previous one.
    #[error("{code} comes after {previous}")]
    Unsorted {
        /// The code of the row.
        code: String,
        /// The code of the previous row.
        previous: String,
    },
    /// The row above this one in the nomenclature is missing.
    #[error("{0} has no row above it to belong to")]
    Orphan(String),
    /// A label is empty.
    #[error("{code} has no label in {language:?}")]
    Label {
        /// The code of the row.
        code: String,
        /// The language of the missing label.
        language: Language,
    },
    /// A note exists in one language only.
    #[error("{0} has a note in one language only")]
    Note(String),
    /// A cell has a value that its column does not allow.
    #[error("{column} is {cell:?}, not {wanted}")]
    Cell {
        /// The column.
        column: &'static str,
        /// The value.
        cell: String,
        /// The allowed values.
        wanted: &'static str,
    },
    /// The `cn` cell does not have ascending two-digit endings, or is filled on a row that is no subheading.
    #[error("{code} has cn {cn:?}: subheadings have ascending two-digit endings, other rows have none")]
    Cn {
        /// The code of the row.
        code: String,
        /// The cell.
        cn: String,
    },
}

/// The records under the header, each with its line number.
pub(crate) fn records(
    file: &str,
    text: &str,
    columns: &[&str],
) -> Result<Vec<(u64, StringRecord)>, SeedError> {
    let mut reader = ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| csv_fault(file, error))?;
    if header != columns {
        return Err(fault(file, 1, Fault::Header(columns.join(","))));
    }
    let mut records = Vec::new();
    for record in reader.into_records() {
        let record = record.map_err(|error| csv_fault(file, error))?;
        let line = record.position().map_or(0, csv::Position::line);
        check_cells(&record, columns.len()).map_err(|problem| fault(file, line, problem))?;
        records.push((line, record));
    }
    Ok(records)
}

fn check_cells(record: &StringRecord, wanted: usize) -> Result<(), Fault> {
    if record.len() != wanted {
        return Err(Fault::Columns { found: record.len(), wanted });
    }
    match record.iter().find(|cell| cell.trim() != *cell) {
        Some(cell) => Err(Fault::Edge(cell.to_owned())),
        None => Ok(()),
    }
}

/// The cells of a record as an array with one element per column.
pub(crate) fn cells<const N: usize>(record: &StringRecord) -> Result<[&str; N], Fault> {
    let cells: Vec<&str> = record.iter().collect();
    cells.try_into().map_err(|cells: Vec<_>| Fault::Columns { found: cells.len(), wanted: N })
}

/// The path and text of each file in a folder of the seed.
pub(crate) fn files<'a>(seed: &'a Dir<'a>, folder: &str) -> Result<Vec<(&'a str, &'a str)>, SeedError> {
    let path = |file: &'a File<'a>| file.path().to_str().unwrap_or_default();
    seed.get_dir(folder).into_iter().flat_map(Dir::files).map(|file| Ok((path(file), text(file)?))).collect()
}

/// The text of a required file.
pub(crate) fn required<'a>(seed: &'a Dir<'a>, name: &str) -> Result<&'a str, SeedError> {
    text(seed.get_file(name).ok_or_else(|| fault(name, 0, Fault::Missing))?)
}

/// The chapter of a file, by its name: `64` for `nomenclature/64.csv`.
pub(crate) fn chapter_of(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".csv").unwrap_or(name)
}

fn text<'a>(file: &'a File<'a>) -> Result<&'a str, SeedError> {
    file.contents_utf8().ok_or_else(|| fault(file.path().to_string_lossy().as_ref(), 0, Fault::Encoding))
}

pub(crate) fn fault(file: &str, line: u64, fault: Fault) -> SeedError {
    SeedError { file: file.to_owned(), line, fault }
}

fn csv_fault(file: &str, error: csv::Error) -> SeedError {
    let line = error.position().map_or(0, csv::Position::line);
    fault(file, line, error.into())
}
