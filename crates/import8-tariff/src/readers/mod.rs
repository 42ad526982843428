//! Reads publications of a tariff from files.

mod cells;
mod cn;
mod error;
mod files;
mod hs;
mod own;
mod progress;
mod table;
mod taric;
mod xml;

use std::path::Path;

use import8_sheets::reading::Source;
use jiff::civil::Date;

use self::files::{Files, Form};
use self::own::Own;
use self::taric::Likeness;
use crate::{Edition, Report};

pub use self::error::ReadError;
pub use self::progress::Progress;

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
/// nomenclature, the latest day on which a workbook says that it was written, and otherwise the day on which a file was
/// last changed. A note of the report tells the latter two. `progress` is called from time to time.
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
    let mut most = Likeness::None;
    for file in 0..files.len() {
        if files.form(file) == Some(Form::Workbook) {
            most = most.max(likeness(&mut files, file)?);
        }
        if most == Likeness::Whole {
            return read_taric(&mut files, day, progress);
        }
    }
    for file in 0..files.len() {
        if files.form(file) == Some(Form::Json) && cn::is_cn(&files.bytes(file)?) {
            return cn::read(&mut files, day, progress);
        }
    }
    match read_tables(&mut files, day, progress)? {
        Tables::Read(read) => Ok(*read),
        // A workbook that is almost one of TARIC's is told so.
        _ if most == Likeness::Almost => read_taric(&mut files, day, progress),
        Tables::Fault(fault) => Err(fault),
        Tables::None => Err(ReadError::unknown(files.origin())),
    }
}

/// How much a workbook looks like one of TARIC's. One that cannot be opened is a fault only if it is alone: whatever
/// else is there decides what the files are, and reading them tells the fault.
fn likeness(files: &mut Files, file: usize) -> Result<Likeness, ReadError> {
    let is_alone = files.len() == 1;
    let found = files.workbook(file).and_then(|mut book| taric::likeness(&mut book));
    if is_alone { found } else { Ok(found.unwrap_or(Likeness::None)) }
}

fn read_taric(
    files: &mut Files,
    day: Option<Date>,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<(Edition, Report), ReadError> {
    let others = files.retain(Form::Workbook);
    let (edition, mut report) = taric::read(files, day, progress)?;
    report.notes.extend(others.iter().map(|name| format!("{name} is left out: it is no workbook.")));
    Ok((edition, report))
}

/// What tables there are among files.
enum Tables {
    Read(Box<(Edition, Report)>),
    /// A table would be one if it had a column that is missing.
    Fault(ReadError),
    None,
}

/// Reads tables: the Harmonized System or an own tariff.
fn read_tables(
    files: &mut Files,
    day: Option<Date>,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<Tables, ReadError> {
    let (mut own, mut fault) = (None, None);
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
        let is_hs = hs::is_hs(&source, &name);
        if is_hs == Ok(true) {
            return Ok(Tables::Read(Box::new(hs::read(&source, &name, day, changed)?)));
        }
        match is_hs.and_then(|_| own::is_own(&source, &name)) {
            Ok(true) => own.get_or_insert_with(|| Own::new(changed)).read(&source, &name)?,
            Ok(false) => {}
            Err(error) => fault = fault.or(Some(error)),
        }
    }
    Ok(match (own, fault) {
        (Some(own), _) => Tables::Read(Box::new(own.finish(day)?)),
        (None, Some(fault)) => Tables::Fault(fault),
        (None, None) => Tables::None,
    })
}
