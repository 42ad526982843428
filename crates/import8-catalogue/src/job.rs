//! The protocol between page and worker, and the worker's job.

use std::fmt;

use import8_api::Country;
use import8_sheets::reading::{FileKind, ReadError, Remark, Sheet, Source};
use import8_sheets::{CellKind, Column, Error as TableError, Format, Table};
use serde::{Deserialize, Serialize};

use crate::catalogue::{Catalogue, OutputForm};
use crate::columns::{ColumnOverview, Mapping, shortened, titles};
use crate::message;
use crate::report::{CodeRows, Edits, Known, Product, Report, Row};

/// The number of rows among which a person can choose the titles.
const TITLE_ROWS: usize = 55;

/// The most characters of a shown cell.
const SHOWN_CHARS: usize = 120;

/// The most cells and characters of one of the first rows.
const FIRST_CELLS: usize = 6;
const FIRST_CHARS: usize = 60;

/// A request of the page. A file to open is not one: it is sent as it is. The page waits for each answer before
/// the next request, so at most one part of a table waits for the worker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Request {
    /// Begin a file to write.
    Begin {
        /// Its format.
        format: Format,
        /// Its columns.
        columns: Vec<Column>,
    },
    /// Add rows to the file, with one text per column.
    Rows(Vec<Vec<String>>),
    /// Finish the file and return it.
    Finish,
    /// Switch to another sheet of the opened workbook.
    Sheet(String),
    /// Take the titles from this row, from 0, and guess the mapping again; `None` for a file without titles.
    Titles(Option<usize>),
    /// Set the names of countries, one list per language.
    Countries(Vec<Vec<(Country, String)>>),
    /// Add products that were classified before.
    Known(Vec<Known>),
    /// Read and check the rows of the opened file.
    Check {
        /// The column mapping.
        mapping: Box<Mapping>,
        /// The person's edits.
        edits: Edits,
    },
    /// Return products of the last check.
    Products {
        /// The number of the first one.
        from: usize,
        /// The most products to return.
        count: usize,
    },
    /// Return rows of the last check.
    States {
        /// The number of the first one.
        from: usize,
        /// The most rows to return.
        count: usize,
    },
    /// Return the different current codes of the last check.
    Codes,
    /// Begin to write the opened file with added columns.
    Fill {
        /// The format of the file.
        form: OutputForm,
        /// The kinds of the columns. Their titles are the cells of the row with the titles.
        kinds: Vec<CellKind>,
    },
    /// The added cells of the next rows; `None` leaves a row out. [`Request::Finish`] follows after the last.
    Cells(Vec<Option<Vec<String>>>),
}

/// An opened file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// The kind of the file, by its content.
    pub kind: FileKind,
    /// The sheets of a workbook, in order; empty for a text file.
    pub sheets: Vec<Sheet>,
    /// The name of the sheet that is read; empty for a text file.
    pub sheet: String,
    /// The decisions of the reader that the person should know of.
    pub remarks: Vec<Remark>,
    /// The number of rows.
    pub rows: usize,
    /// The first rows, among which the person can choose the titles.
    pub first_rows: Vec<FirstRow>,
    /// The guessed mapping.
    pub mapping: Mapping,
    /// The columns, each with its title and some texts.
    pub columns: Vec<ColumnOverview>,
    /// The titles, which identify files of the same layout; empty without titles.
    pub titles: Vec<String>,
}

/// One of the first rows of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstRow {
    /// Its number as the spreadsheet counts, from 1.
    pub number: usize,
    /// The beginning of its text; empty for an empty row.
    pub text: String,
}

/// A message of the worker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reply {
    /// The request is done.
    Done,
    /// The file, or another sheet of it, is open, or its titles are in another row.
    Opened(Box<Opened>),
    /// The report on the rows.
    Checked(Report),
    /// The requested products.
    Products(Vec<Product>),
    /// The requested rows.
    States(Vec<Row>),
    /// The different current codes with their rows.
    Codes(Vec<CodeRows>),
}

/// The answer to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// A message.
    Said(Reply),
    /// A finished file.
    File(Vec<u8>),
}

/// The reason why a request fails.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Error {
    /// A file cannot be written, or the request is not understood.
    Table(TableError),
    /// A file cannot be read.
    Read(ReadError),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Table(error) => error.fmt(f),
            Self::Read(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Error {}

impl From<TableError> for Error {
    fn from(error: TableError) -> Self {
        Self::Table(error)
    }
}

impl From<ReadError> for Error {
    fn from(error: ReadError) -> Self {
        Self::Read(error)
    }
}

/// The state of the worker: the table in the making and the opened catalogue, if any.
#[derive(Default)]
pub struct Job {
    writing: Option<Writing>,
    catalogue: Option<Catalogue>,
}

enum Writing {
    Table(Table),
    Fill { form: OutputForm, kinds: Vec<CellKind>, cells: Vec<Option<Vec<String>>> },
}

impl Job {
    /// Opens a file.
    ///
    /// # Errors
    /// See [`ReadError`].
    pub fn open(&mut self, file: Vec<u8>) -> Result<Answer, Error> {
        self.catalogue = None;
        let catalogue = Catalogue::new(Source::read(file)?);
        let opened = opened(&catalogue);
        self.catalogue = Some(catalogue);
        Ok(Answer::Said(opened))
    }

    /// Answers a request, given as a [`message`](crate::message). An error ends the file that was being written.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn answer(&mut self, request: &[u8]) -> Result<Answer, Error> {
        let request = message::read(request).map_err(|error| TableError::Request(error.to_string()))?;
        let reply = match request {
            Request::Begin { format, columns } => {
                self.writing = Some(Writing::Table(Table::new(format, columns)?));
                Reply::Done
            }
            Request::Rows(rows) => {
                let Some(Writing::Table(mut table)) = self.writing.take() else { return Err(not_begun()) };
                rows.into_iter().try_for_each(|row| table.push(row))?;
                self.writing = Some(Writing::Table(table));
                Reply::Done
            }
            Request::Fill { form, kinds } => {
                self.catalogue()?;
                self.writing = Some(Writing::Fill { form, kinds, cells: Vec::new() });
                Reply::Done
            }
            Request::Cells(rows) => {
                let Some(Writing::Fill { cells, .. }) = &mut self.writing else { return Err(not_begun()) };
                cells.extend(rows);
                Reply::Done
            }
            Request::Finish => return self.finish().map(Answer::File),
            Request::Sheet(name) => {
                let catalogue = self.catalogue()?;
                catalogue.choose_sheet(&name)?;
                opened(catalogue)
            }
            Request::Titles(row) => {
                let catalogue = self.catalogue()?;
                catalogue.choose_titles(row);
                opened(catalogue)
            }
            Request::Countries(names) => {
                self.catalogue()?.set_countries(names);
                Reply::Done
            }
            Request::Known(known) => {
                self.catalogue()?.add_known(known);
                Reply::Done
            }
            Request::Check { mapping, edits } => Reply::Checked(self.catalogue()?.check(*mapping, edits)),
            Request::Products { from, count } => {
                Reply::Products(self.catalogue()?.products(from, count).to_vec())
            }
            Request::Codes => Reply::Codes(self.catalogue()?.codes()),
            Request::States { from, count } => Reply::States(self.catalogue()?.rows(from, count)),
        };
        Ok(Answer::Said(reply))
    }

    fn finish(&mut self) -> Result<Vec<u8>, Error> {
        match self.writing.take() {
            None => Err(not_begun()),
            Some(Writing::Table(table)) => Ok(table.finish()?),
            Some(Writing::Fill { form, kinds, mut cells }) => {
                let next = &mut |row: usize| cells.get_mut(row).and_then(Option::take);
                Ok(self.catalogue()?.filled(form, &kinds, next)?)
            }
        }
    }

    fn catalogue(&mut self) -> Result<&mut Catalogue, Error> {
        self.catalogue.as_mut().ok_or_else(|| TableError::Request("no file is open".to_owned()).into())
    }
}

fn not_begun() -> Error {
    TableError::Request("no table has been begun".to_owned()).into()
}

fn opened(catalogue: &Catalogue) -> Reply {
    let (source, mapping) = (catalogue.source(), catalogue.mapping().clone());
    let first_row = |row| {
        let cells = (0..source.columns()).map(|column| source.cell(row, column));
        let text =
            cells.filter(|cell| !cell.trim().is_empty()).take(FIRST_CELLS).collect::<Vec<_>>().join(", ");
        FirstRow { number: source.row_number(row), text: shortened(text.trim(), FIRST_CHARS) }
    };
    Reply::Opened(Box::new(Opened {
        kind: source.kind().into(),
        sheets: source.sheets().to_vec(),
        sheet: source.sheet().to_owned(),
        remarks: source.remarks().to_vec(),
        rows: source.rows(),
        first_rows: (0..source.rows().min(TITLE_ROWS)).map(first_row).collect(),
        titles: mapping.titles.map(|row| titles(source, row)).unwrap_or_default(),
        columns: mapping.overview(source, SHOWN_CHARS),
        mapping,
    }))
}
