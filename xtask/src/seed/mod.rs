//! Holds the tariff seed, which is written by hand, against the official lists.
//!
//! The server checks the seed's own form when it reads it. This checks what only the official data
//! can tell, which is not part of the repository.

mod duties;
mod labels;
mod nomenclature;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io;
use std::path::Path;

use serde_json::Value;

use crate::error::Error;
use crate::files;
use duties::{Duties, Standing};
use nomenclature::Divisions;

const SEED: &str = "crates/import8-server/data";
const HS: &str = "hs2022/harmonized-system.csv";
const CN: &str = "cn2026/cnCodes_2026.json";
const DUTCH: &str = "cn2026/messages_nl.yaml";
const DUTIES: &str = "eu-mfn-2020/global-uk-tariff.csv";
const MEMBER_STATES: usize = 27;

/// A line of a file, or the whole file where the line is 0.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    path: String,
    line: u64,
}

/// The cells of the columns that were asked for, and where they are.
type Row<const N: usize> = (Place, [String; N]);
type Mistake = (Place, String);

/// The English text of each CN code.
type Cn = BTreeMap<String, String>;

/// What the official lists say.
struct Official {
    /// Chapters, headings and subheadings of the HS: 2, 4 and 6 digits.
    hs: BTreeSet<String>,
    cn: Cn,
    /// The Dutch of an English text.
    dutch: BTreeMap<String, String>,
    /// The duty of a CN code of 2020, as its list writes it.
    duties: BTreeMap<String, String>,
    /// The CN codes that TARIC divided in 2020.
    divided: BTreeSet<String>,
}

/// The files of the seed that have official counterparts.
struct Seed {
    nomenclature: Vec<Row<2>>,
    divisions: Divisions,
    duties: Duties,
    labels: Vec<Row<3>>,
    vat: Vec<Row<1>>,
}

/// Checks every row of the seed against the data in `folder`, which not every clone has.
pub(crate) fn check(folder: &Path) -> Result<(), Error> {
    let needed = [HS, CN, DUTCH, DUTIES].map(|name| folder.join(name));
    if let Some(absent) = needed.iter().find(|path| !path.is_file()) {
        println!("skipped: {} is not there", absent.display());
        return Ok(());
    }
    let (official, seed) = (Official::read(folder)?, Seed::read()?);
    let mistakes = seed.mistakes(&official);
    for (place, fault) in &mistakes {
        println!("{place}: {fault}");
    }
    seed.print_counts(&official);
    if mistakes.is_empty() { Ok(()) } else { Err(Error::Seed(mistakes.len())) }
}

impl Official {
    fn read(folder: &Path) -> Result<Self, Error> {
        let cn = folder.join(CN);
        let commodities = table(&folder.join(DUTIES), ["commodity", "cet_duty_rate"])?;
        let divided = commodities.iter().filter_map(|(_, [code, _])| code.split_at_checked(8));
        Ok(Self {
            hs: hs_codes(table(&folder.join(HS), ["hscode"])?),
            cn: cn_codes(&files::read(&cn)?).map_err(files::naming(&cn))?,
            dutch: labels::translations(&files::read_text(folder.join(DUTCH))?),
            divided: divided
                .filter(|(_, end)| !matches!(*end, "" | "00"))
                .map(|(cn, _)| cn.to_owned())
                .collect(),
            duties: duties::reference(commodities),
        })
    }
}

impl Seed {
    fn read() -> Result<Self, Error> {
        let seed = Path::new(SEED);
        Ok(Self {
            nomenclature: table(&seed.join("nomenclature"), ["code", "cn"])?,
            divisions: Divisions::new(table(&seed.join("divisions.csv"), ["code", "endings"])?),
            duties: Duties::new(table(&seed.join("duties"), ["code", "duty"])?),
            labels: table(&seed.join("commodities"), ["code", "en", "nl"])?,
            vat: table(&seed.join("vat.csv"), ["country"])?,
        })
    }

    /// Everything that is wrong, in the order of the files.
    fn mistakes(&self, official: &Official) -> Vec<Mistake> {
        let mut mistakes = nomenclature::mistakes(&self.nomenclature, &official.hs, &official.cn);
        mistakes.extend(self.divisions.mistakes(&official.cn, &official.divided));
        mistakes.extend(self.duties.mistakes(&official.cn, &official.duties));
        let codes = nomenclature::cn_codes(&self.nomenclature);
        mistakes.extend(labels::mistakes(&self.labels, &codes, &official.cn, &official.dutch));
        if self.vat.len() != MEMBER_STATES {
            let fault = format!("{} rows, but there are {MEMBER_STATES} member states", self.vat.len());
            mistakes.push((Place::file("vat.csv"), fault));
        }
        mistakes.sort();
        mistakes
    }

    fn print_counts(&self, official: &Official) {
        let subheadings = self.nomenclature.iter().filter(|(_, [code, _])| code.len() == 6).count();
        let codes = nomenclature::cn_codes(&self.nomenclature);
        let declarable = codes.iter().flat_map(|cn| std::iter::repeat_n(cn, self.divisions.parts(cn)));
        let standings: Vec<_> = declarable.map(|cn| self.duties.standing(cn, &official.duties)).collect();
        let count =
            |which: fn(&Standing) -> bool| standings.iter().filter(|standing| which(standing)).count();
        let withheld = count(|standing| *standing == Standing::Withheld);
        let unknown = count(|standing| *standing == Standing::Unknown) + withheld;
        println!("{subheadings} six-digit rows in the nomenclature");
        println!("{} declarable ten-digit codes", standings.len());
        println!("  {} with a duty", standings.len() - unknown);
        println!("    {} checked: as in the reference", count(|standing| *standing == Standing::Checked));
        println!("    {} beyond the reference", count(|standing| *standing == Standing::Beyond));
        println!("  {unknown} with an unknown duty, {withheld} of them in the reference");
        println!("{} labels", self.labels.len());
    }
}

impl Place {
    /// A file of the seed as a whole.
    fn file(name: &str) -> Self {
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

/// The rows of all CSV files at or below `path`.
fn table<const N: usize>(path: &Path, columns: [&str; N]) -> Result<Vec<Row<N>>, Error> {
    files::below(path)?.iter().try_fold(Vec::new(), |mut all, file| {
        all.extend(rows(file, &files::read(file)?, columns).map_err(files::naming(file))?);
        Ok(all)
    })
}

fn rows<const N: usize>(path: &Path, csv: &[u8], columns: [&str; N]) -> io::Result<Vec<Row<N>>> {
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

fn column(headers: &csv::StringRecord, name: &str) -> io::Result<usize> {
    let found = headers.iter().position(|header| header == name);
    found.ok_or_else(|| io::Error::other(format!("there is no column {name}")))
}

fn hs_codes(rows: Vec<Row<1>>) -> BTreeSet<String> {
    // The HS ends with chapter 97; what trade statistics put into 99 is no tariff.
    rows.into_iter().map(|(_, [code])| code).filter(|code| !code.starts_with("99")).collect()
}

fn cn_codes(json: &[u8]) -> io::Result<Cn> {
    let rows: Vec<Value> = serde_json::from_slice(json)?;
    let texts = rows.iter().filter_map(|row| Some((row["code"].as_str()?, row["name"].as_str()?)));
    Ok(texts.map(|(code, text)| (code.to_owned(), text.to_owned())).collect())
}

/// The CN codes that begin with `code`.
fn under<'a>(cn: &'a Cn, code: &'a str) -> impl Iterator<Item = &'a str> {
    cn.range(code.to_owned()..).map(|(cn, _)| cn.as_str()).take_while(move |cn| cn.starts_with(code))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Small files of our own.
    pub(super) fn given<const N: usize>(csv: &str, columns: [&str; N]) -> Vec<Row<N>> {
        rows(Path::new("here.csv"), csv.as_bytes(), columns).expect("CSV")
    }

    pub(super) fn cn(codes: &[&str]) -> Cn {
        codes
            .iter()
            .map(|code| ((*code).to_owned(), "Ponies that carry children at fairs".to_owned()))
            .collect()
    }

    pub(super) fn said(mistakes: &[Mistake]) -> Vec<String> {
        mistakes.iter().map(|(place, fault)| format!("{place}: {fault}")).collect()
    }

    #[test]
    fn a_row_knows_its_line() {
        let rows = given("text,code\n\"two\nlines\",01\nx,02\n", ["code"]);
        assert_eq!(rows.iter().map(|(place, _)| place.line).collect::<Vec<_>>(), [2, 4]);
        assert_eq!(rows[1].1, ["02"]);
        let absent = super::rows(Path::new("here.csv"), b"text\n", ["code"]).expect_err("a column is absent");
        assert_eq!(absent.to_string(), "there is no column code");
    }

    #[test]
    fn official_codes_are_read() {
        assert_eq!(hs_codes(given("section,hscode\nI,01\nX,9999\n", ["hscode"])), ["01".to_owned()].into());
        let cn = cn_codes(br#"[{"code": "01012990", "name": "a"}, {"code": "01012910", "name": "b"}]"#);
        assert_eq!(under(&cn.expect("JSON"), "010129").collect::<Vec<_>>(), ["01012910", "01012990"]);
    }
}
