//! The packages of workbooks: tells their kinds apart, and checks their sizes before anything is unpacked.

use std::io::{BufReader, Cursor, Read};
use std::rc::Rc;

use quick_xml::events::Event;
use zip::ZipArchive;
use zip::read::ZipFile;

use super::layout::{attribute, reader};
use crate::reading::error::ReadError;
use crate::reading::signature::Foreign;

/// The first bytes of a workbook: of a ZIP archive, and of a file of Excel before 2007.
const PACKED: &[u8] = b"PK\x03\x04";
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0";

/// The mark of the list of contents at the end of a ZIP archive.
const LIST_END: &[u8] = b"PK\x05\x06";

/// The most bytes of a package that is unpacked.
const MOST_UNPACKED: u64 = 1 << 30;

/// A package that unpacks to more than this many bytes must not be this many times larger than its file. Sheets are
/// 10 to 30 times larger.
const SUSPECT: u64 = 64 << 20;
const MOST_RATIO: u64 = 150;

/// The bytes of a file, shared instead of copied by its readers.
#[derive(Clone)]
pub(crate) struct Bytes(Rc<Vec<u8>>);

impl Bytes {
    pub(crate) fn new(file: Vec<u8>) -> Self {
        Self(Rc::new(file))
    }
}

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// The kind of a workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Excel since 2007.
    Xlsx,
    /// Excel's binary workbook since 2007.
    Xlsb,
    /// Excel before 2007.
    Xls,
    /// LibreOffice.
    Ods,
}

/// Whether a file is a ZIP archive or of the kind of Excel before 2007.
pub(crate) fn is_package(file: &[u8]) -> bool {
    file.starts_with(PACKED) || file.starts_with(COMPOUND)
}

/// The kind of a workbook. Its sizes are checked.
///
/// # Errors
/// [`ReadError::Foreign`] if it is no workbook, and the errors of a workbook that cannot be read.
pub(super) fn kind(file: &Bytes) -> Result<Kind, ReadError> {
    if file.as_ref().starts_with(COMPOUND) {
        return compound(file.as_ref());
    }
    let mut zip = archive(file)?;
    let names: Vec<String> =
        zip.file_names().flatten().map(|name| name.to_ascii_lowercase().replace('\\', "/")).collect();
    let has = |begin: &str| names.iter().any(|name| name.starts_with(begin));
    let kind = if has("xl/workbook.bin") {
        Kind::Xlsb
    } else if has("mimetype") {
        open_document(&mut zip)?
    } else if has("word/") {
        return Err(Foreign::Document.into());
    } else if has("ppt/") {
        return Err(Foreign::Slides.into());
    } else if has("index/") || has("index.zip") {
        return Err(Foreign::Numbers.into());
    } else if has("_rels/.rels") {
        Kind::Xlsx
    } else {
        return Err(Foreign::Archive.into());
    };
    let total = (0..zip.len()).try_fold(0_u64, |total, at| {
        let part = zip.by_index_data(at).map_err(|_| ReadError::Damaged)?;
        Ok::<_, ReadError>(total.saturating_add(part.size()))
    })?;
    let packed = u64::try_from(file.as_ref().len()).unwrap_or(u64::MAX);
    if total > MOST_UNPACKED || (total > SUSPECT && total / packed.max(1) > MOST_RATIO) {
        return Err(ReadError::Inflated);
    }
    for at in 0..zip.len() {
        check_part(zip.by_index(at).map_err(|_| ReadError::Damaged)?)?;
    }
    if kind == Kind::Ods {
        check_lock(&mut zip)?;
        check_ends(&mut zip)?;
    }
    Ok(kind)
}

fn archive(file: &Bytes) -> Result<ZipArchive<Cursor<Bytes>>, ReadError> {
    ZipArchive::new(Cursor::new(file.clone())).map_err(|_| {
        let has_end = file.as_ref().windows(LIST_END.len()).any(|part| part == LIST_END);
        if has_end { ReadError::Damaged } else { ReadError::Truncated }
    })
}

fn open_document(zip: &mut ZipArchive<Cursor<Bytes>>) -> Result<Kind, ReadError> {
    let mut kind = String::new();
    let part = zip.by_name("mimetype").map_err(|_| ReadError::Damaged)?;
    part.take(100).read_to_string(&mut kind).map_err(|_| ReadError::Damaged)?;
    match kind.trim().strip_prefix("application/vnd.oasis.opendocument.") {
        Some("spreadsheet" | "spreadsheet-template") => Ok(Kind::Ods),
        Some("presentation") => Err(Foreign::Slides.into()),
        Some(_) => Err(Foreign::Document.into()),
        None => Err(Foreign::Archive.into()),
    }
}

/// Checks that a part is as large as the package says: calamine unpacks whatever is there. Pictures are not read.
fn check_part(mut part: ZipFile<'_, Cursor<Bytes>>) -> Result<(), ReadError> {
    let name = part.name().map_err(|_| ReadError::Damaged)?.to_ascii_lowercase();
    if !(name.ends_with(".xml") || name.ends_with(".rels") || name.ends_with(".bin")) {
        return Ok(());
    }
    let size = part.size();
    let mut buffer = vec![0; 64 * 1024];
    let mut length = 0_u64;
    loop {
        let count = part.read(&mut buffer).map_err(|_| ReadError::Damaged)?;
        if length == 0 && name.ends_with("sharedstrings.xml") {
            check_count(buffer.get(..count).unwrap_or_default(), size)?;
        }
        length = length.saturating_add(u64::try_from(count).unwrap_or(u64::MAX));
        if length > size {
            return Err(ReadError::Inflated);
        }
        if count == 0 {
            return Ok(());
        }
    }
}

/// Checks the number of shared texts, for which calamine reserves memory: each needs the five bytes of `<si/>`.
fn check_count(begin: &[u8], size: u64) -> Result<(), ReadError> {
    let begin = String::from_utf8_lossy(begin);
    let told = begin.split_once("uniqueCount=").map_or("", |(_, rest)| rest);
    let digits: String = told.chars().skip(1).take_while(char::is_ascii_digit).collect();
    match digits.parse::<u64>() {
        Ok(count) if count > size / 5 + 1 => Err(ReadError::Damaged),
        _ => Ok(()),
    }
}

/// Checks that a workbook of LibreOffice is not encrypted, which its manifest tells.
fn check_lock(zip: &mut ZipArchive<Cursor<Bytes>>) -> Result<(), ReadError> {
    let part = zip.by_name("META-INF/manifest.xml").map_err(|_| ReadError::Damaged)?;
    let mut reader = reader(BufReader::new(part));
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(|_| ReadError::Damaged)? {
            Event::Start(tag) if tag.local_name().as_ref() == "encryption-data" => {
                return Err(ReadError::Locked);
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// Checks that the content of a workbook of LibreOffice is complete: calamine waits for ever for the end of a table.
fn check_ends(zip: &mut ZipArchive<Cursor<Bytes>>) -> Result<(), ReadError> {
    let part = zip.by_name("content.xml").map_err(|_| ReadError::Damaged)?;
    let mut reader = reader(BufReader::new(part));
    let (mut depth, mut buffer) = (0_usize, Vec::new());
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(|_| ReadError::Damaged)? {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.checked_sub(1).ok_or(ReadError::Damaged)?,
            Event::Eof => return if depth == 0 { Ok(()) } else { Err(ReadError::Damaged) },
            _ => {}
        }
    }
}

/// The kind of a file of Office before 2007, by the names of its streams.
fn compound(file: &[u8]) -> Result<Kind, ReadError> {
    let has = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        // Each name begins an entry of 128 bytes.
        file.chunks(128).any(|entry| entry.starts_with(&name))
    };
    if has("EncryptedPackage") {
        Err(ReadError::Locked)
    } else if has("Workbook") || has("Book") {
        check_dimensions(file)?;
        Ok(Kind::Xls)
    } else if has("WordDocument") {
        Err(Foreign::Document.into())
    } else if has("PowerPoint Document") {
        Err(Foreign::Slides.into())
    } else {
        Err(ReadError::Truncated)
    }
}

/// Checks the sizes of the sheets of Excel before 2007, for which calamine reserves memory.
fn check_dimensions(file: &[u8]) -> Result<(), ReadError> {
    let number =
        |bytes: &[u8]| bytes.iter().rev().fold(0_u64, |number, byte| (number << 8) | u64::from(*byte));
    let is_wrong = |record: &[u8]| match record {
        [0, 2, 14 | 16, 0, size @ ..] => {
            let (first, end) = (number(&size[0..4]), number(&size[4..8]));
            end > 65_536 || first > end || number(&size[10..12]) > 256
        }
        [0, 2, 10, 0, size @ ..] => number(&size[0..2]) > number(&size[2..4]) || number(&size[6..8]) > 256,
        _ => false,
    };
    if file.windows(16).any(is_wrong) { Err(ReadError::Damaged) } else { Ok(()) }
}

/// The parts of the workbooks of Excel since 2007 that calamine does not give access to.
pub(super) struct Parts {
    zip: ZipArchive<Cursor<Bytes>>,
    /// The path of the workbook's part.
    workbook: String,
}

impl Parts {
    pub(super) fn open(file: &Bytes) -> Result<Self, ReadError> {
        let mut parts = Self { zip: archive(file)?, workbook: String::new() };
        let related = parts.related("")?;
        let workbook = related.into_iter().find(|(_, kind, _)| kind.ends_with("/officeDocument"));
        parts.workbook = workbook.ok_or(ReadError::Damaged)?.2;
        Ok(parts)
    }

    /// A part by its path.
    pub(super) fn part(&mut self, path: &str) -> Result<BufReader<ZipFile<'_, Cursor<Bytes>>>, ReadError> {
        let is_it = |name: &std::borrow::Cow<'_, str>| name.replace('\\', "/").eq_ignore_ascii_case(path);
        let name = self.zip.file_names().flatten().find(is_it).ok_or(ReadError::Damaged)?.into_owned();
        self.zip.by_name(&name).map(BufReader::new).map_err(|_| ReadError::Damaged)
    }

    /// The path of a sheet's part by the sheet's name, and whether the workbook asks the next program that opens it
    /// to calculate all formulas.
    pub(super) fn sheet(&mut self, name: &str) -> Result<(String, bool), ReadError> {
        let path = self.workbook.clone();
        let (mut id, mut is_to_calculate) = (None, false);
        let mut reader = reader(self.part(&path)?);
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            match reader.read_event_into(&mut buffer).map_err(|_| ReadError::Damaged)? {
                Event::Start(tag) => match tag.local_name().as_ref() {
                    "sheet" if attribute(&tag, "name").as_deref() == Some(name) => id = attribute(&tag, "id"),
                    "calcPr" => {
                        let value = attribute(&tag, "fullCalcOnLoad").unwrap_or_default();
                        is_to_calculate = value == "1" || value == "true";
                    }
                    _ => {}
                },
                Event::Eof => break,
                _ => {}
            }
        }
        drop(reader);
        let related = self.related(&path)?;
        let part = related.into_iter().find(|(own, ..)| Some(own) == id.as_ref());
        Ok((part.ok_or(ReadError::Damaged)?.2, is_to_calculate))
    }

    /// The paths of the tables of a sheet by the path of its part.
    pub(super) fn tables(&mut self, sheet: &str) -> Vec<String> {
        let related = self.related(sheet).unwrap_or_default();
        related.into_iter().filter(|(_, kind, _)| kind.ends_with("/table")).map(|(.., path)| path).collect()
    }

    /// The parts to which a part is related: their identifiers, kinds and paths.
    fn related(&mut self, path: &str) -> Result<Vec<(String, String, String)>, ReadError> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let slash = if folder.is_empty() { "" } else { "/" };
        let folder = folder.to_owned();
        let mut reader = reader(self.part(&format!("{folder}{slash}_rels/{name}.rels"))?);
        let (mut related, mut buffer) = (Vec::new(), Vec::new());
        loop {
            buffer.clear();
            match reader.read_event_into(&mut buffer).map_err(|_| ReadError::Damaged)? {
                Event::Start(tag) if tag.local_name().as_ref() == "Relationship" => {
                    let value = |name| attribute(&tag, name).unwrap_or_default();
                    related.push((value("Id"), value("Type"), resolved(&folder, &value("Target"))));
                }
                Event::Eof => return Ok(related),
                _ => {}
            }
        }
    }
}

/// The path of a target as written in a folder: `../tables/table1.xml`.
fn resolved(folder: &str, target: &str) -> String {
    if let Some(path) = target.strip_prefix('/') {
        return path.to_owned();
    }
    let mut path: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            ".." => drop(path.pop()),
            "." | "" => {}
            part => path.push(part),
        }
    }
    path.join("/")
}
