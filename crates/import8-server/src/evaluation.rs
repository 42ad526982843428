//! Measures the engine on products with known codes: accuracy and calibration. `import8-server eval` prints the
//! report.
#![expect(clippy::float_arithmetic, reason = "shares are estimates, not money")]

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;

use crate::engine::{Candidate, Engine, Precedents};
use crate::language::Language;

/// The attributes that describe goods. Others describe packing and sale.
const INFORMATIVE: [&str; 24] = [
    "Item Type",
    "Type",
    "Material",
    "Metals Type",
    "Main Material",
    "Upper Material",
    "Outsole Material",
    "Fabric Type",
    "Craft of Weaving",
    "Gender",
    "Department Name",
    "Use",
    "Application",
    "Function",
    "Main Stone",
    "Base Material",
    "Fine or Fashion",
    "Category",
    "Human Hair Type",
    "Setting Material",
    "Texture",
    "Product Type",
    "Technics",
    "Age",
];

/// A product with its known code.
#[derive(Clone, Debug, Deserialize)]
pub struct Record {
    /// The title under which the product is sold.
    pub title: String,
    /// A JSON object of names and values, as text.
    #[serde(default)]
    pub attributes: String,
    /// The path of the shop's categories, separated by " > ".
    #[serde(default)]
    pub category: String,
    /// The six digits of the right code.
    pub hs6: String,
}

impl Record {
    /// The title, the categories from the narrowest on, and the informative attributes.
    ///
    /// Attributes that are not a JSON object are left out.
    pub fn description(&self) -> String {
        let attributes: BTreeMap<String, serde_json::Value> =
            serde_json::from_str(&self.attributes).unwrap_or_default();
        let values =
            INFORMATIVE.iter().filter_map(|name| attributes.get(*name)).filter_map(serde_json::Value::as_str);
        let parts: Vec<&str> =
            [self.title.as_str()].into_iter().chain(self.category.rsplit(" > ")).chain(values).collect();
        parts.join(", ")
    }
}

/// Reads records, one JSON object a line. Empty lines are skipped.
///
/// # Errors
/// The first line that is not a record.
pub fn records(lines: &str) -> serde_json::Result<Vec<Record>> {
    lines.lines().filter(|line| !line.trim().is_empty()).map(serde_json::from_str).collect()
}

/// The number of records whose right code was first, or among the first five.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    /// Records whose right code was first.
    pub first: usize,
    /// Records whose right code was among the first five.
    pub first_five: usize,
}

/// The answers within ten percentages of confidence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tenth {
    /// The number of answers.
    pub answers: usize,
    /// The sum of their confidences, in percent.
    pub percents: usize,
    /// The number of answers that are right to six digits.
    pub right: usize,
}

/// The result of an evaluation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The number of records.
    pub records: usize,
    /// The hits to two, four and six digits.
    pub hits: [Hits; 3],
    /// The answers by confidence: 0 to 9, 10 to 19 and so on up to 90 to 100 percent.
    pub tenths: [Tenth; 10],
}

/// Classifies every record and counts hits, and right answers by confidence.
pub fn evaluate(engine: &Engine, records: &[Record]) -> Report {
    let mut report = Report { records: records.len(), ..Report::default() };
    for record in records {
        let description = record.description();
        let candidates = engine.rank(&description, usize::MAX);
        for (hits, digits) in report.hits.iter_mut().zip(DIGITS) {
            hits.count(&candidates, &record.hs6, digits);
        }
        if let Some(outcome) = engine.classify(&description, Language::En, &Precedents::default()) {
            report.count_confidence(outcome.confidence, outcome.code == record.hs6);
        }
    }
    report
}

/// The digits of a chapter, a heading and a subheading.
const DIGITS: [usize; 3] = [2, 4, 6];

impl Hits {
    /// Searches the right code among the first five different codes of `digits` digits.
    fn count(&mut self, candidates: &[Candidate], right: &str, digits: usize) {
        let mut codes: Vec<&str> = Vec::new();
        for code in candidates.iter().filter_map(|candidate| candidate.code.get(..digits)) {
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        let place = codes.iter().position(|code| right.get(..digits) == Some(code));
        self.first += usize::from(place == Some(0));
        self.first_five += usize::from(place.is_some_and(|place| place < 5));
    }
}

impl Report {
    fn count_confidence(&mut self, percent: u8, is_right: bool) {
        let percent = usize::from(percent);
        if let Some(tenth) = self.tenths.get_mut((percent / 10).min(9)) {
            tenth.answers += 1;
            tenth.percents += percent;
            tenth.right += usize::from(is_right);
        }
    }

    /// The calibration error in percentage points: the mean distance between the confidence of the answers and the
    /// share of right ones. 0 is perfect.
    pub fn calibration_error(&self) -> f64 {
        let answers: usize = self.tenths.iter().map(|tenth| tenth.answers).sum();
        let distance: usize =
            self.tenths.iter().map(|tenth| tenth.percents.abs_diff(100 * tenth.right)).sum();
        ratio(distance, answers)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "{} records", self.records)?;
        writeln!(formatter, "digits  first  first five")?;
        for (hits, digits) in self.hits.iter().zip(DIGITS) {
            let percent = |count| 100.0 * ratio(count, self.records);
            writeln!(
                formatter,
                "HS{digits}    {:5.1}%  {:5.1}%",
                percent(hits.first),
                percent(hits.first_five)
            )?;
        }
        writeln!(formatter, "confidence  answers  predicted  observed")?;
        for (place, tenth) in self.tenths.iter().enumerate().filter(|(_, tenth)| tenth.answers > 0) {
            let (predicted, observed) =
                (ratio(tenth.percents, tenth.answers), 100.0 * ratio(tenth.right, tenth.answers));
            writeln!(formatter, "{:>7}0s  {:>8}  {predicted:>8.1}%  {observed:>7.1}%", place, tenth.answers)?;
        }
        write!(formatter, "calibration error {:.1} points", self.calibration_error())
    }
}

/// The ratio; 0 if `whole` is 0.
#[expect(clippy::cast_precision_loss, reason = "counts of records are far below 2^52")]
fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nomenclature::Nomenclature;

    #[test]
    fn a_description_is_the_title_the_category_and_what_informs() {
        let line = r#"{"title":"Ring","category":"Jewelry > Rings","hs6":"711719","attributes":"{\"Material\":\"Metal\",\"Brand Name\":\"X\"}"}"#;
        let records = records(line).expect("a record");
        assert_eq!(records[0].description(), "Ring, Rings, Jewelry, Metal");
    }

    /// The development half of a public benchmark, which is not part of the repository.
    const RECORDS: &str =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/eval/hscodecomp-dev.jsonl");

    #[test]
    fn the_engine_is_as_good_as_promised() {
        let Ok(lines) = std::fs::read_to_string(RECORDS) else {
            println!("skipped: {RECORDS} is not there");
            return;
        };
        let nomenclature = Nomenclature::embedded().unwrap_or_else(|error| panic!("{error}"));
        let records = records(&lines).expect("records");
        let report = evaluate(&Engine::new(&nomenclature), &records);
        println!("{report}");
        let [_, headings, subheadings] = report.hits;
        let percent = |count: usize| 100 * count / report.records;
        assert!(percent(headings.first) >= 35 && percent(headings.first_five) >= 60);
        assert!(percent(subheadings.first) >= 18 && percent(subheadings.first_five) >= 40);
        assert!(report.calibration_error() <= 8.0);
    }

    /// Our own products, labelled before the engine saw them. They are described better than those of a web shop, so
    /// more is expected of the engine here, and nothing is tuned to them.
    #[test]
    fn plainly_described_products_get_their_codes() {
        let lines = include_str!("../tests/products.jsonl");
        let nomenclature = Nomenclature::embedded().unwrap_or_else(|error| panic!("{error}"));
        let records = records(lines).expect("records");
        let report = evaluate(&Engine::new(&nomenclature), &records);
        let [_, headings, subheadings] = report.hits;
        let percent = |count: usize| 100 * count / report.records;
        assert!(percent(headings.first) >= 85 && percent(headings.first_five) >= 95, "{report}");
        assert!(percent(subheadings.first) >= 80 && percent(subheadings.first_five) >= 90, "{report}");
    }

    /// Single words, names, spreadsheet cells and other languages, which people send by mistake. Few of them have a
    /// right code, and the confidence must reflect that.
    #[test]
    fn what_is_unclear_has_little_confidence() {
        let lines = include_str!("../tests/unclear.jsonl");
        let nomenclature = Nomenclature::embedded().unwrap_or_else(|error| panic!("{error}"));
        let records = records(lines).expect("records");
        let report = evaluate(&Engine::new(&nomenclature), &records);
        assert!(report.calibration_error() <= 15.0, "{report}");
        let [.., seventies, eighties, nineties] = report.tenths;
        assert!(
            [seventies, eighties, nineties].iter().all(|tenth| tenth.answers - tenth.right <= 1),
            "{report}"
        );
    }

    #[test]
    fn hits_are_counted_by_different_codes() {
        let candidates: Vec<Candidate> = ["710110", "711711", "711719", "9503"]
            .map(|code| Candidate { code: code.to_owned(), score: 1.0 })
            .into();
        let mut hits = Hits::default();
        hits.count(&candidates, "711719", 6);
        hits.count(&candidates, "711719", 2);
        hits.count(&candidates, "950300", 6);
        assert_eq!(hits, Hits { first: 1, first_five: 2 });
    }

    #[test]
    fn the_calibration_error_is_the_mean_distance() {
        let mut report = Report::default();
        report.count_confidence(100, true);
        report.count_confidence(20, false);
        assert!((report.calibration_error() - 10.0).abs() < 1e-9);
        assert!(report.to_string().ends_with("calibration error 10.0 points"));
    }
}
