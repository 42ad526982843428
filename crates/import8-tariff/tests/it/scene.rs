//! What the tests need: workbooks with any cells, folders, and sentences to look for.

use std::io::{Seek, Write};
use std::path::Path;

use import8_tariff::{Edition, GoodsCode, Line, ReadError, Report, read};
use rust_xlsxwriter::Workbook;
use tempfile::TempDir;
use zip::write::{SimpleFileOptions, ZipWriter};

/// A folder with these texts as files, which is removed in the end.
pub(crate) fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).expect("a file");
    }
    folder
}

/// Writes a workbook with one sheet of texts, of which the cells are apart by `|` and the rows by line breaks.
pub(crate) fn book(path: &Path, rows: &str) {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0_u32..).zip(rows.lines()) {
        for (column, cell) in (0_u16..).zip(cells.trim().split('|')).filter(|(_, cell)| !cell.is_empty()) {
            sheet.write_string(row, column, cell).expect("a cell");
        }
    }
    book.save(path).expect("a workbook");
}

/// Reads a text as a file of its own.
pub(crate) fn read_text(name: &str, text: &str) -> Result<(Edition, Report), ReadError> {
    let folder = folder(&[(name, text)]);
    read(&folder.path().join(name))
}

/// The sentence with which a path is refused.
pub(crate) fn refusal(path: &Path) -> String {
    read(path).expect_err("a refusal").to_string()
}

pub(crate) fn code(digits: &str) -> GoodsCode {
    GoodsCode::padded(digits).expect("a code")
}

/// The line of a code, with suffix 80.
pub(crate) fn line<'a>(edition: &'a Edition, digits: &str) -> &'a Line {
    let code = code(digits);
    edition.lines.iter().find(|line| line.code == code && line.suffix == 80).expect("a line")
}

/// Writes the files of a folder into a ZIP file, in a folder of its own as most programs do.
pub(crate) fn zip(folder: &Path, into: impl Write + Seek) {
    let mut zip = ZipWriter::new(into);
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        zip.start_file(format!("release/{name}"), SimpleFileOptions::default()).expect("an entry");
        zip.write_all(&std::fs::read(&path).expect("a file")).expect("its bytes");
    }
    zip.finish().expect("a ZIP file");
}
