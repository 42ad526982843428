//! The files of a publication: one, those of a folder, or those of a ZIP file.

use std::fs::{self, File};
use std::io::{BufReader, Cursor, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use zip::ZipArchive;

use super::ReadError;
use super::taric::workbook::Workbook;

/// The most files of a publication.
const MOST_FILES: usize = 300;

/// The folders within each other that are looked into.
const MOST_DEPTH: usize = 4;

/// The most bytes of a text file, and of a workbook within a ZIP file. Those on the disk are read bit by bit.
const MOST_TEXT: u64 = 64 << 20;
const MOST_PACKED_WORKBOOK: u64 = 128 << 20;

/// The first bytes of a ZIP file, and so of a workbook.
const PACKED: &[u8] = b"PK\x03\x04";

/// The form of a file, told from its first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A workbook of Excel.
    Workbook,
    /// JSON.
    Json,
    /// Another text.
    Text,
}

/// The note on a publication whose day is that on which a file was last changed.
pub(super) const DAY_OF_LAST_CHANGE: &str =
    "The files do not say of which day they are. The day on which they were last changed is taken.";

/// The files of a publication.
pub(super) struct Files {
    origin: String,
    entries: Vec<Entry>,
    archive: Option<ZipArchive<BufReader<File>>>,
    changed: Date,
}

struct Entry {
    name: String,
    form: Form,
    place: Place,
}

enum Place {
    Disk(PathBuf),
    /// The number within the ZIP file.
    Packed(usize),
}

impl Files {
    /// Finds the files at a path, in the order of their names.
    ///
    /// # Errors
    /// There is nothing at the path, or there are too many files.
    pub(super) fn open(path: &Path) -> Result<Self, ReadError> {
        let origin = shown(path);
        let data = fs::metadata(path).map_err(|error| ReadError::unreadable(&origin, error))?;
        let changed = day_of(data.modified().ok());
        let mut files = Self { origin, entries: Vec::new(), archive: None, changed };
        if data.is_dir() {
            files.add_folder(path, "", 0)?;
        } else {
            files.add_file(path)?;
        }
        files.entries.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(files)
    }

    fn add_folder(&mut self, folder: &Path, prefix: &str, depth: usize) -> Result<(), ReadError> {
        let unreadable = |error: std::io::Error| ReadError::unreadable(&shown(folder), error);
        for entry in fs::read_dir(folder).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if is_beside(&name) {
                continue;
            }
            let data = fs::metadata(entry.path()).map_err(unreadable)?;
            if data.is_dir() {
                if depth < MOST_DEPTH {
                    self.add_folder(&entry.path(), &format!("{name}/"), depth + 1)?;
                }
                continue;
            }
            let begin = begin(&mut File::open(entry.path()).map_err(unreadable)?).map_err(unreadable)?;
            if let Some(form) = form(&begin) {
                self.changed = self.changed.max(day_of(data.modified().ok()));
                self.add(name, form, Place::Disk(entry.path()))?;
            }
        }
        Ok(())
    }

    fn add_file(&mut self, path: &Path) -> Result<(), ReadError> {
        let name = self.origin.clone();
        let unreadable = |error: std::io::Error| ReadError::unreadable(&name, error);
        let mut file = File::open(path).map_err(unreadable)?;
        let begin = begin(&mut file).map_err(unreadable)?;
        if !begin.starts_with(PACKED) {
            let Some(form) = form(&begin) else { return Ok(()) };
            return self.add(name, form, Place::Disk(path.to_owned()));
        }
        let source = BufReader::new(File::open(path).map_err(unreadable)?);
        let mut archive = ZipArchive::new(source).map_err(|error| ReadError::unreadable(&name, error))?;
        if archive.index_for_name("[Content_Types].xml").is_some() {
            return self.add(name, Form::Workbook, Place::Disk(path.to_owned()));
        }
        for at in 0..archive.len() {
            let mut part = archive.by_index(at).map_err(|error| ReadError::unreadable(&name, error))?;
            let own = String::from_utf8_lossy(part.name_raw()).into_owned();
            if part.is_dir() || is_beside(&own) {
                continue;
            }
            let begin = self::begin(&mut part).map_err(unreadable)?;
            if let Some(form) = form(&begin) {
                self.add(own, form, Place::Packed(at))?;
            }
        }
        self.archive = Some(archive);
        Ok(())
    }

    fn add(&mut self, name: String, form: Form, place: Place) -> Result<(), ReadError> {
        if self.entries.len() == MOST_FILES {
            return Err(ReadError::too_large(&self.origin, "it has more than 300 files"));
        }
        self.entries.push(Entry { name, form, place });
        Ok(())
    }

    /// The name of the whole.
    pub(super) fn origin(&self) -> &str {
        &self.origin
    }

    /// The number of files.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// The name of a file, with its folder.
    pub(super) fn name(&self, file: usize) -> &str {
        self.entries.get(file).map_or("", |entry| &entry.name)
    }

    /// The form of a file.
    pub(super) fn form(&self, file: usize) -> Option<Form> {
        self.entries.get(file).map(|entry| entry.form)
    }

    /// Keeps the files of a form, and gives the names of the others.
    pub(super) fn retain(&mut self, form: Form) -> Vec<String> {
        let others = self.entries.extract_if(.., |entry| entry.form != form);
        others.map(|entry| entry.name).collect()
    }

    /// The day on which the newest file was last changed.
    pub(super) fn changed(&self) -> Date {
        self.changed
    }

    /// Opens a workbook.
    ///
    /// # Errors
    /// It is damaged or too large.
    pub(super) fn workbook(&mut self, file: usize) -> Result<Workbook, ReadError> {
        let name = self.name(file).to_owned();
        match self.entries.get(file).map(|entry| &entry.place) {
            Some(Place::Disk(path)) => {
                let source = File::open(path).map_err(|error| ReadError::unreadable(&name, error))?;
                Workbook::open(Box::new(BufReader::new(source)), &name)
            }
            _ => {
                let bytes = self.bytes_up_to(file, MOST_PACKED_WORKBOOK)?;
                Workbook::open(Box::new(Cursor::new(bytes)), &name)
            }
        }
    }

    /// The bytes of a text, or of a workbook that a person has filled.
    ///
    /// # Errors
    /// It cannot be read or has more than 64 MiB.
    pub(super) fn bytes(&mut self, file: usize) -> Result<Vec<u8>, ReadError> {
        self.bytes_up_to(file, MOST_TEXT)
    }

    fn bytes_up_to(&mut self, file: usize, most: u64) -> Result<Vec<u8>, ReadError> {
        let name = self.name(file).to_owned();
        let mut bytes = Vec::new();
        let unreadable = |error: &dyn std::fmt::Display| ReadError::unreadable(&name, error);
        let read = match (self.entries.get(file).map(|entry| &entry.place), &mut self.archive) {
            (Some(Place::Disk(path)), _) => {
                let source = File::open(path).map_err(|error| unreadable(&error))?;
                source.take(most + 1).read_to_end(&mut bytes)
            }
            (Some(Place::Packed(at)), Some(archive)) => {
                let part = archive.by_index(*at).map_err(|error| unreadable(&error))?;
                part.take(most + 1).read_to_end(&mut bytes)
            }
            _ => return Err(ReadError::unknown(&name)),
        };
        let length = read.map_err(|error| unreadable(&error))?;
        if u64::try_from(length).unwrap_or(u64::MAX) > most {
            return Err(ReadError::too_large(&name, format!("it has more than {} MiB", most >> 20)));
        }
        Ok(bytes)
    }
}

/// The name of a file or folder without the folders around it.
fn shown(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

/// Whether a file is no part of a publication: what systems and programs put beside others' files.
fn is_beside(name: &str) -> bool {
    name.split('/').any(|part| part.starts_with(['.', '~']) || part == "__MACOSX")
}

fn begin(source: &mut impl Read) -> std::io::Result<Vec<u8>> {
    let mut begin = Vec::new();
    source.take(4_096).read_to_end(&mut begin)?;
    Ok(begin)
}

/// The form of a file by its first bytes; `None` for other binary files and for an empty one.
fn form(begin: &[u8]) -> Option<Form> {
    if begin.starts_with(PACKED) {
        return Some(Form::Workbook);
    }
    let is_utf16 = begin.starts_with(b"\xff\xfe") || begin.starts_with(b"\xfe\xff");
    if !is_utf16 && begin.contains(&0) {
        return None;
    }
    let text = begin.strip_prefix(b"\xef\xbb\xbf").unwrap_or(begin).trim_ascii_start();
    match text.first()? {
        b'[' | b'{' => Some(Form::Json),
        _ => Some(Form::Text),
    }
}

fn day_of(time: Option<SystemTime>) -> Date {
    let time = time.and_then(|time| Timestamp::try_from(time).ok()).unwrap_or_default();
    time.to_zoned(TimeZone::UTC).date()
}
