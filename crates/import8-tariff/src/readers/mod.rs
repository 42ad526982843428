//! Reads publications of a tariff from files.

mod cells;
mod cn;
mod error;
mod files;
mod hs;
mod own;
mod table;
mod taric;
mod xml;

use std::path::Path;

use import8_sheets::reading::Source;
use jiff::civil::Date;

use self::files::{Files, Form};
use self::own::Own;
use crate::{Edition, Report};

pub use self::error::ReadError;

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress<'a> {
    /// The file that is being read.
    pub file: &'a str,
    /// The number of the file, from 1.
    pub number: usize,
    /// The number of files that are read.
    pub files: usize,
    /// The rows of the file that have been read.
    pub rows: u64,
}

/// Reads the publication in a file, a folder or a ZIP file. What is published is told from the content. See
/// [`read_with`].
///
/// # Errors
/// See [`ReadError`]. Nothing is taken over from a publication with an error.
pub fn read(path: &Path) -> Result<(Edition, Report), ReadError> {
    read_with(path, None, &mut |_| {})
}

/// Reads the publication in a file, a folder or a ZIP file.
///
/// `day` is the day that the publication is of; without it the day is that of the files themselves: the year of a
/// nomenclature, the day on which the newest workbook was written, and otherwise the day on which a file was last
/// changed, which a note of the report tells. `progress` is called from time to time.
///
/// # Errors
/// See [`ReadError`]. Nothing is taken over from a publication with an error.
pub fn read_with(
    path: &Path,
    day: Option<Date>,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<(Edition, Report), ReadError> {
    let mut files = Files::open(path)?;
    if files.len() == 0 {
        return Err(ReadError::unknown(files.origin()));
    }
    for file in 0..files.len() {
        if files.form(file) == Some(Form::Workbook) && is_taric(&mut files, file)? {
            let others = files.retain(Form::Workbook);
            let (edition, mut report) = taric::read(&mut files, day, progress)?;
            report.notes.extend(others.iter().map(|name| format!("{name} is left out: it is no workbook.")));
            return Ok((edition, report));
        }
    }
    for file in 0..files.len() {
        if files.form(file) == Some(Form::Json) && cn::is_cn(&files.bytes(file)?) {
            return cn::read(&mut files, day, progress);
        }
    }
    read_tables(&mut files, day, progress)
}

/// Whether a workbook has a table of TARIC. One that cannot be opened is a fault only if it is the only one.
fn is_taric(files: &mut Files, file: usize) -> Result<bool, ReadError> {
    let is_alone = files.len() == 1;
    let found = files.workbook(file).and_then(|mut book| taric::is_taric(&mut book));
    match found {
        Err(error) if is_alone => Err(error),
        // Whatever else is there decides what the files are, and reading them tells the fault.
        found => Ok(found.unwrap_or(false)),
    }
}

/// Reads tables: the Harmonized System or an own tariff.
fn read_tables(
    files: &mut Files,
    day: Option<Date>,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<(Edition, Report), ReadError> {
    let mut own: Option<Own> = None;
    let (count, changed) = (files.len(), files.changed());
    for file in 0..count {
        let name = files.name(file).to_owned();
        let source = match Source::read(files.bytes(file)?) {
            Ok(source) => source,
            Err(error) if count == 1 => return Err(ReadError::unreadable(&name, error)),
            // A folder may have other files beside the table.
            Err(_) => continue,
        };
        progress(Progress { file: &name, number: file + 1, files: count, rows: 0 });
        if hs::is_hs(&source, &name)? {
            return hs::read(&source, &name, day, changed);
        }
        if own::is_own(&source, &name)? {
            own.get_or_insert_with(|| Own::new(changed)).read(&source, &name)?;
        }
    }
    own.map_or_else(|| Err(ReadError::unknown(files.origin())), |own| own.finish(day))
}
