//! Holds the tariff seed, which is written by hand, against the official nomenclatures.
//!
//! The server checks the seed's own form when it reads it. This checks what only the official data
//! can tell, which is not part of the repository.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io;
use std::path::Path;

use serde_json::Value;

use crate::error::Error;
use crate::files;

const SEED: &str = "crates/import8-server/data/nomenclature";

/// What the HS 2022 and the CN 2026 have.
#[derive(Default)]
struct Official {
    /// Chapters, headings and subheadings of the HS: 2, 4 and 6 digits.
    codes: BTreeSet<String>,
    /// The last two digits of the CN codes below each subheading.
    endings: BTreeMap<String, BTreeSet<String>>,
}

/// Checks every row of the seed against the data in `folder`, which not every clone has.
pub(crate) fn check(folder: &Path) -> Result<(), Error> {
    let (hs, cn) = (folder.join("hs2022/harmonized-system.csv"), folder.join("cn2026/cnCodes_2026.json"));
    if let Some(absent) = [&hs, &cn].into_iter().find(|path| !path.is_file()) {
        println!("skipped: {} is not there", absent.display());
        return Ok(());
    }
    let official = Official {
        codes: hs_codes(&files::read(&hs)?).map_err(files::naming(&hs))?,
        endings: cn_endings(&files::read(&cn)?).map_err(files::naming(&cn))?,
    };
    let (mut seen, mut mistakes) = (BTreeSet::new(), Vec::new());
    for path in files::below(Path::new(SEED))? {
        let found = official.mistakes(&files::read(&path)?, &mut seen).map_err(files::naming(&path))?;
        mistakes.extend(found.into_iter().map(|(line, fault)| format!("{}:{line}: {fault}", path.display())));
    }
    mistakes.extend(official.missing(&seen));
    for mistake in &mistakes {
        println!("{mistake}");
    }
    println!("{} rows checked against {}", seen.len(), folder.display());
    if mistakes.is_empty() { Ok(()) } else { Err(Error::Seed(mistakes.len())) }
}

impl Official {
    /// The faults of one chapter's file, each with its line; adds its codes to `seen`.
    fn mistakes(&self, file: &[u8], seen: &mut BTreeSet<String>) -> io::Result<Vec<(u64, String)>> {
        let mut mistakes = Vec::new();
        for row in csv::Reader::from_reader(file).records() {
            let row = row?;
            let line = row.position().map_or(0, csv::Position::line);
            let (code, endings) = (&row[0], &row[1]);
            if !self.codes.contains(code) {
                mistakes.push((line, format!("{code} is not in the HS 2022")));
            }
            let official = self.endings_of(code);
            if endings != official {
                mistakes
                    .push((line, format!("{code} has the endings {endings:?}, in the CN 2026 {official:?}")));
            }
            seen.insert(code.to_owned());
        }
        Ok(mistakes)
    }

    /// The CN endings below `code` as the seed writes them: `10;90`. Only a subheading has any.
    fn endings_of(&self, code: &str) -> String {
        self.endings.get(code).into_iter().flatten().fold(String::new(), |mut joined, ending| {
            let separator = if joined.is_empty() { "" } else { ";" };
            let _ = write!(joined, "{separator}{ending}");
            joined
        })
    }

    /// The headings that are in no file.
    fn missing(&self, seen: &BTreeSet<String>) -> Vec<String> {
        let headings = self.codes.difference(seen).filter(|code| code.len() == 4);
        headings
            .map(|heading| format!("{SEED}/{}.csv: heading {heading} is missing", &heading[..2]))
            .collect()
    }
}

fn hs_codes(csv: &[u8]) -> io::Result<BTreeSet<String>> {
    let mut reader = csv::Reader::from_reader(csv);
    let column = column(reader.headers()?, "hscode")?;
    let codes = reader.records().map(|row| Ok(row?[column].to_owned()));
    // The HS ends with chapter 97; what trade statistics put into 99 is no tariff.
    codes.filter(|code| !code.as_ref().is_ok_and(|code: &String| code.starts_with("99"))).collect()
}

fn column(headers: &csv::StringRecord, name: &str) -> io::Result<usize> {
    let found = headers.iter().position(|header| header == name);
    found.ok_or_else(|| io::Error::other(format!("there is no column {name}")))
}

fn cn_endings(json: &[u8]) -> io::Result<BTreeMap<String, BTreeSet<String>>> {
    let rows: Vec<Value> = serde_json::from_slice(json)?;
    let mut endings: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for (subheading, ending) in rows.iter().filter_map(|row| row["code"].as_str()?.split_at_checked(6)) {
        endings.entry(subheading.to_owned()).or_default().insert(ending.to_owned());
    }
    Ok(endings)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn official() -> Official {
        Official {
            codes: hs_codes(b"section,hscode\nI,01\nI,0101\nI,010129\nI,0102\n").expect("CSV"),
            endings: cn_endings(br#"[{"code": "01012990"}, {"code": "01012910"}]"#).expect("JSON"),
        }
    }

    #[test]
    fn what_is_official_is_no_mistake() {
        let mut seen = BTreeSet::new();
        let seed = b"code,cn,en\n01,,Live animals\n0101,,\"Horses,\ndonkeys\"\n010129,10;90,Horses\n";
        assert_eq!(official().mistakes(seed, &mut seen).expect("CSV"), []);
        assert_eq!(official().missing(&seen), [format!("{SEED}/01.csv: heading 0102 is missing")]);
    }

    #[test]
    fn mistakes_are_named_by_line() {
        let seed = b"code,cn,en\n0101,10,Horses\n010129,10,Horses\n010199,,Others\n";
        let mistakes = official().mistakes(seed, &mut BTreeSet::new()).expect("CSV");
        let lines: Vec<_> = mistakes.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [2, 3, 4]);
        assert_eq!(mistakes[1].1, "010129 has the endings \"10\", in the CN 2026 \"10;90\"");
    }
}
