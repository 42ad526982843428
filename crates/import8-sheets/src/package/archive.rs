//! The ZIP archive of a workbook: finds the parts that belong to a sheet, and replaces parts.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Cursor, Read};

use quick_xml::events::{BytesStart, Event};
use zip::write::SimpleFileOptions;
use zip::{PreparedZipFile, ZipArchive, ZipWriter};

use super::xml::{Events, attribute, is_true};
use crate::error::Error;
use crate::reading::WorkbookKind;

/// The archive and the numbers of its parts.
pub(super) struct Archive<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// By name as [`key`] writes it.
    numbers: HashMap<String, usize>,
}

/// The parts of a workbook that one of its sheets needs.
#[derive(Debug)]
pub(super) struct Parts {
    /// The sheet.
    pub(super) sheet: usize,
    /// The styles, if there are any.
    pub(super) styles: Option<usize>,
    /// The tables of the sheet.
    pub(super) tables: Vec<usize>,
    /// Whether days are counted from 1904.
    pub(super) is_1904: bool,
}

/// A relationship of a part to another.
struct Relation {
    id: String,
    /// The last part of its type: `worksheet`.
    kind: String,
    /// The name of the other part.
    target: String,
}

impl<'a> Archive<'a> {
    /// # Errors
    /// [`Error::Structure`] if it is no archive.
    pub(super) fn new(file: &'a [u8]) -> Result<Self, Error> {
        let archive = ZipArchive::new(Cursor::new(file))?;
        let names = archive.file_names_raw().enumerate();
        let numbers = names.map(|(at, name)| (key(&String::from_utf8_lossy(name)), at)).collect();
        Ok(Self { archive, numbers })
    }

    /// Finds the parts of the sheet with this name.
    ///
    /// # Errors
    /// [`Error::Structure`] if there is no such sheet.
    pub(super) fn parts(&mut self, sheet: &str) -> Result<Parts, Error> {
        let missing = |what: &str| Error::Structure(format!("there is no {what}"));
        let root = self.relations("")?;
        let book = root.into_iter().find(|relation| relation.kind == "officeDocument");
        let book = book.ok_or_else(|| missing("workbook"))?.target;
        let mut of_book = self.relations(&book)?;
        let (mut id, mut is_1904) = (None, false);
        let number = self.number(&book).ok_or_else(|| missing("workbook"))?;
        each_tag(self.reader(number)?, |tag| match tag.local_name().as_ref() {
            "sheet" if attribute(tag, "name").as_deref() == Some(sheet) => {
                id = attribute(tag, "id").map(|id| id.into_owned());
            }
            "workbookPr" => is_1904 = is_1904 || is_true(tag, "date1904"),
            _ => (),
        })?;
        let styles = of_book.iter().find(|relation| relation.kind == "styles");
        let styles = styles.and_then(|relation| self.number(&relation.target));
        of_book.retain(|relation| relation.kind == "worksheet" && Some(&relation.id) == id.as_ref());
        let sheet = of_book.pop().ok_or_else(|| missing("sheet"))?.target;
        let of_sheet = self.relations(&sheet)?;
        let tables = of_sheet.iter().filter(|relation| relation.kind == "table");
        let tables = tables.filter_map(|relation| self.number(&relation.target)).collect();
        Ok(Parts { sheet: self.number(&sheet).ok_or_else(|| missing("sheet"))?, styles, tables, is_1904 })
    }

    /// The kind of the workbook.
    pub(super) fn kind(&mut self) -> Result<WorkbookKind, Error> {
        let mut kind = WorkbookKind::Xlsx;
        if let Some(number) = self.number("[Content_Types].xml") {
            each_tag(self.reader(number)?, |tag| match attribute(tag, "ContentType").as_deref() {
                Some("application/vnd.ms-excel.sheet.macroEnabled.main+xml") => kind = WorkbookKind::Xlsm,
                Some("application/vnd.ms-excel.template.macroEnabled.main+xml") => kind = WorkbookKind::Xltm,
                Some("application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml") => {
                    kind = WorkbookKind::Xltx;
                }
                _ => (),
            })?;
        }
        Ok(kind)
    }

    /// The relationships of a part; those of the whole package for an empty name.
    fn relations(&mut self, part: &str) -> Result<Vec<Relation>, Error> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let Some(number) = self.number(&format!("{folder}/_rels/{name}.rels")) else { return Ok(Vec::new()) };
        let mut relations = Vec::new();
        each_tag(self.reader(number)?, |tag| {
            if let (Some(id), Some(kind), Some(target)) =
                (attribute(tag, "Id"), attribute(tag, "Type"), attribute(tag, "Target"))
            {
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                relations.push(Relation { id: id.into_owned(), kind, target: resolved(folder, &target) });
            }
        })?;
        Ok(relations)
    }

    fn number(&self, name: &str) -> Option<usize> {
        self.numbers.get(&key(name)).copied()
    }

    /// Reads a part, which is unpacked meanwhile.
    pub(super) fn reader(&mut self, number: usize) -> Result<impl BufRead, Error> {
        Ok(BufReader::new(self.archive.by_index(number)?))
    }

    /// A part, unpacked.
    pub(super) fn part(&mut self, number: usize) -> Result<Vec<u8>, Error> {
        let mut part = Vec::new();
        let read = self.archive.by_index(number)?.read_to_end(&mut part);
        read.map_err(|error| Error::Structure(error.to_string()))?;
        Ok(part)
    }

    /// The name of a part and its place in the archive, for a part that replaces it.
    pub(super) fn header(&mut self, number: usize) -> Result<(String, SimpleFileOptions), Error> {
        let file = self.archive.by_index_raw(number)?;
        let name = file.name()?.into_owned();
        Ok((name, file.options()))
    }

    /// The archive with some parts replaced. All others keep their packed bytes, and all their order.
    pub(super) fn with(mut self, mut replaced: HashMap<usize, PreparedZipFile>) -> Result<Vec<u8>, Error> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        writer.set_raw_comment(self.archive.comment().into())?;
        for number in 0..self.archive.len() {
            match replaced.remove(&number) {
                Some(part) => writer.add_prepared_file(part)?,
                None => writer.raw_copy_file(self.archive.by_index_raw(number)?)?,
            }
        }
        Ok(writer.finish()?.into_inner())
    }
}

/// The name of a part for comparison: without case, which packages ignore, and with slashes only.
fn key(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_ascii_lowercase()
}

/// The name of a part that another one in `folder` refers to.
fn resolved(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut steps: Vec<_> = match target.starts_with('/') {
        true => Vec::new(),
        false => folder.split('/').filter(|step| !step.is_empty()).collect(),
    };
    for step in target.split('/') {
        match step {
            "" | "." => (),
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// Calls `see` with each start tag of a part.
pub(super) fn each_tag(part: impl BufRead, mut see: impl FnMut(&BytesStart<'_>)) -> Result<(), Error> {
    let mut events = Events::new(part);
    loop {
        match events.next()?.0 {
            Event::Start(tag) | Event::Empty(tag) => see(&tag),
            Event::Eof => return Ok(()),
            _ => (),
        }
    }
}

impl From<zip::result::ZipError> for Error {
    fn from(error: zip::result::ZipError) -> Self {
        Self::Structure(error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_parts_are_found() {
        for (folder, target, name) in [
            ("xl", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl", "/xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl/worksheets", "../tables/table1.xml", "xl/tables/table1.xml"),
            ("", "xl\\workbook.xml", "xl/workbook.xml"),
            ("xl", "./a//b.xml", "xl/a/b.xml"),
        ] {
            assert_eq!(resolved(folder, target), name);
        }
        assert_eq!(key("/XL\\Workbook.xml"), "xl/workbook.xml");
    }
}
