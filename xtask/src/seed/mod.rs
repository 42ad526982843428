//! `cargo xtask check-seed`: compares the tariff seed, which is written by hand, with the official lists.
//!
//! The server checks the form of the seed when it reads it. This command checks its content against official data,
//! which is not part of the repository.

mod duties;
mod labels;
mod nomenclature;
mod rows;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

use serde_json::Value;

use crate::error::Error;
use crate::files;
use duties::{Duties, DutyCheck};
use nomenclature::Divisions;
use rows::{Cn, Mistake, Place, Row, SEED, read_rows};

const HS: &str = "hs2022/harmonized-system.csv";
const CN: &str = "cn2026/cnCodes_2026.json";
const DUTCH: &str = "cn2026/messages_nl.yaml";
const DUTIES: &str = "eu-mfn-2020/global-uk-tariff.csv";
const MEMBER_STATES: usize = 27;

/// The official lists.
struct Official {
    /// Chapters, headings and subheadings of the HS: 2, 4 and 6 digits.
    hs: BTreeSet<String>,
    cn: Cn,
    /// The Dutch text of each English one.
    dutch: BTreeMap<String, String>,
    /// The duty of each CN code of 2020, in the notation of its list.
    duties: BTreeMap<String, String>,
    /// The CN codes that TARIC divided in 2020.
    divided: BTreeSet<String>,
}

/// The files of the seed that can be compared with official lists.
struct Seed {
    nomenclature: Vec<Row<2>>,
    divisions: Divisions,
    duties: Duties,
    labels: Vec<Row<3>>,
    vat: Vec<Row<1>>,
}

/// Checks every row of the seed against the lists in `folder`, and prints the mistakes and their number. Fails with
/// [`Error::Seed`] if there are any. Prints a message and succeeds if a list is missing.
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
        let commodities = read_rows(&folder.join(DUTIES), ["commodity", "cet_duty_rate"])?;
        let divided = commodities.iter().filter_map(|(_, [code, _])| code.split_at_checked(8));
        Ok(Self {
            hs: hs_codes(read_rows(&folder.join(HS), ["hscode"])?),
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
            nomenclature: read_rows(&seed.join("nomenclature"), ["code", "cn"])?,
            divisions: Divisions::new(read_rows(&seed.join("divisions.csv"), ["code", "endings"])?),
            duties: Duties::new(read_rows(&seed.join("duties"), ["code", "duty"])?),
            labels: read_rows(&seed.join("commodities"), ["code", "en", "nl"])?,
            vat: read_rows(&seed.join("vat.csv"), ["country"])?,
        })
    }

    /// All mistakes, in the order of files and lines.
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
        let checks: Vec<_> = declarable.map(|cn| self.duties.check(cn, &official.duties)).collect();
        let count = |which: fn(&DutyCheck) -> bool| checks.iter().filter(|check| which(check)).count();
        let withheld = count(|check| *check == DutyCheck::Withheld);
        let unknown = count(|check| *check == DutyCheck::Unknown) + withheld;
        println!("{subheadings} six-digit rows in the nomenclature");
        println!("{} declarable ten-digit codes", checks.len());
        println!("  {} with a duty", checks.len() - unknown);
        println!("    {} checked: as in the reference", count(|check| *check == DutyCheck::Checked));
        println!("    {} beyond the reference", count(|check| *check == DutyCheck::Beyond));
        println!("  {unknown} with an unknown duty, {withheld} of them in the reference");
        println!("{} labels", self.labels.len());
    }
}

/// The codes of the HS.
fn hs_codes(rows: Vec<Row<1>>) -> BTreeSet<String> {
    // The HS ends with chapter 97; chapter 99 is used in trade statistics only.
    rows.into_iter().map(|(_, [code])| code).filter(|code| !code.starts_with("99")).collect()
}

fn cn_codes(json: &[u8]) -> io::Result<Cn> {
    let rows: Vec<Value> = serde_json::from_slice(json)?;
    let texts = rows.iter().filter_map(|row| Some((row["code"].as_str()?, row["name"].as_str()?)));
    Ok(texts.map(|(code, text)| (code.to_owned(), text.to_owned())).collect())
}

#[cfg(test)]
mod tests {
    use super::rows::tests::given;
    use super::rows::under;
    use super::*;

    #[test]
    fn official_codes_are_read() {
        assert_eq!(hs_codes(given("section,hscode\nI,01\nX,9999\n", ["hscode"])), ["01".to_owned()].into());
        let cn = cn_codes(br#"[{"code": "01012990", "name": "a"}, {"code": "01012910", "name": "b"}]"#);
        assert_eq!(under(&cn.expect("JSON"), "010129").collect::<Vec<_>>(), ["01012910", "01012990"]);
    }
}
