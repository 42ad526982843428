//! Rows of CSV files and the mistakes found in them, with their places; and the codes of the Combined Nomenclature.

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::path::Path;

use crate::error::Error;
use crate::files;

/// The folder of the seed.
pub(super) const SEED: &str = "crates/import8-server/data";

/// A line of a file, from 1. Line 0 stands for the whole file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) path: String,
    pub(super) line: u64,
}

/// A row: its place, and the cells of the requested columns.
pub(super) type Row<const N: usize> = (Place, [String; N]);
/// A mistake: its place and its description.
pub(super) type Mistake = (Place, String);

/// The English text of each CN code.
pub(super) type Cn = BTreeMap<String, String>;

impl Place {
    /// The place of a whole file of the seed, by its path in [`SEED`].
    pub(super) fn file(name: &str) -> Self {
        Self { path: format!("{SEED}/{name}"), line: 0 }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => f.write_str(&self.path),
            line => write!(f, "{}:{line}", self.path),
        }
    }
}

/// Reads the rows of the CSV file `path`, or of all files in the folder `path`, in the order of their names.
///
/// A file that cannot be read or lacks one of `columns` is an error.
pub(super) fn read_rows<const N: usize>(path: &Path, columns: [&str; N]) -> Result<Vec<Row<N>>, Error> {
    files::below(path)?.iter().try_fold(Vec::new(), |mut all, file| {
        all.extend(parse_rows(file, &files::read(file)?, columns).map_err(files::naming(file))?);
        Ok(all)
    })
}

/// Parses `csv`, the content of the file `path`.
fn parse_rows<const N: usize>(path: &Path, csv: &[u8], columns: [&str; N]) -> io::Result<Vec<Row<N>>> {
    let mut reader = csv::Reader::from_reader(csv);
    let headers = reader.headers()?;
    let indices = columns.iter().map(|name| column(headers, name)).collect::<io::Result<Vec<_>>>()?;
    let rows = reader.records().map(|record| {
        let record = record?;
        let line = record.position().map_or(0, csv::Position::line);
        let cells = std::array::from_fn(|n| record[indices[n]].to_owned());
        Ok((Place { path: path.display().to_string(), line }, cells))
    });
    rows.collect()
}

/// The index of the column with this name.
fn column(headers: &csv::StringRecord, name: &str) -> io::Result<usize> {
    let found = headers.iter().position(|header| header == name);
    found.ok_or_else(|| io::Error::other(format!("there is no column {name}")))
}

/// The CN codes that begin with `code`, in order.
pub(super) fn under<'a>(cn: &'a Cn, code: &'a str) -> impl Iterator<Item = &'a str> {
    cn.range(code.to_owned()..).map(|(cn, _)| cn.as_str()).take_while(move |cn| cn.starts_with(code))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The rows of a CSV file called `here.csv`.
    pub(in crate::seed) fn given<const N: usize>(csv: &str, columns: [&str; N]) -> Vec<Row<N>> {
        parse_rows(Path::new("here.csv"), csv.as_bytes(), columns).expect("CSV")
    }

    pub(in crate::seed) fn cn(codes: &[&str]) -> Cn {
        codes
            .iter()
            .map(|code| ((*code).to_owned(), "Ponies that carry children at fairs".to_owned()))
            .collect()
    }

    pub(in crate::seed) fn printed(mistakes: &[Mistake]) -> Vec<String> {
        mistakes.iter().map(|(place, fault)| format!("{place}: {fault}")).collect()
    }

    #[test]
    fn a_row_knows_its_line() {
        let rows = given("text,code\n\"two\nlines\",01\nx,02\n", ["code"]);
        assert_eq!(rows.iter().map(|(place, _)| place.line).collect::<Vec<_>>(), [2, 4]);
        assert_eq!(rows[1].1, ["02"]);
        let absent = parse_rows(Path::new("here.csv"), b"text\n", ["code"]).expect_err("a column is absent");
        assert_eq!(absent.to_string(), "there is no column code");
    }
}
