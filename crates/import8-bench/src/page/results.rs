//! The figures of a scenario: their medians, and the ratios of the dashboard's to the other sites'.

use std::fmt;

use serde_json::{Map, Number, Value, json};

use super::scenario::{SITES, Scenario};
use crate::error::Result;
use crate::report::grouped;

/// A figure of one run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Figure {
    name: String,
    /// `ms`, `B`, or nothing for a number of things.
    unit: String,
    value: u64,
}

impl Figure {
    /// Reads a figure as the driver writes it.
    pub(crate) fn from_json(json: &Value) -> Result<Self> {
        let text = |name: &str| json[name].as_str().map(str::to_owned);
        let figure =
            || Some(Self { name: text("name")?, unit: text("unit")?, value: json["value"].as_u64()? });
        figure().ok_or_else(|| format!("no figure: {json}").into())
    }
}

/// The figures of all runs of a scenario.
pub(crate) struct Results {
    scenario: Scenario,
    rows: Vec<Row>,
}

/// A figure of each site.
struct Row {
    name: String,
    unit: String,
    /// The values of all runs, for each of [`SITES`].
    samples: [Vec<u64>; SITES.len()],
}

impl Results {
    pub(crate) fn new(scenario: Scenario) -> Self {
        Self { scenario, rows: Vec::new() }
    }

    /// Adds the figures of a run of the site at this place in [`SITES`].
    pub(crate) fn add(&mut self, site: usize, figures: Vec<Figure>) {
        for Figure { name, unit, value } in figures {
            let known = self.rows.iter().position(|row| row.name == name);
            let at = known.unwrap_or_else(|| {
                self.rows.push(Row { name, unit, samples: Default::default() });
                self.rows.len() - 1
            });
            self.rows[at].samples[site].push(value);
        }
    }

    /// All samples, with their medians and ratios.
    pub(crate) fn to_json(&self) -> Value {
        let figures: Vec<_> = self.rows.iter().map(Row::to_json).collect();
        json!({ "scenario": self.scenario.title(), "figures": figures })
    }
}

impl Row {
    fn medians(&self) -> [Option<u64>; SITES.len()] {
        self.samples.each_ref().map(|samples| median(samples))
    }

    /// The dashboard's median divided by that of each other site.
    fn ratios(&self) -> Vec<(&'static str, String)> {
        let [ours, others @ ..] = self.medians();
        let ratio = |(site, other): (&'static str, Option<u64>)| Some((site, ratio(ours?, other?)?));
        SITES[1..].iter().copied().zip(others).filter_map(ratio).collect()
    }

    fn to_json(&self) -> Value {
        let sites = |values: [Value; SITES.len()]| -> Map<String, Value> {
            let pairs = SITES.into_iter().map(str::to_owned).zip(values);
            pairs.filter(|(_, value)| !value.is_null()).collect()
        };
        let number =
            |(site, ratio): (&str, String)| Some((site.to_owned(), ratio.parse::<Number>().ok()?.into()));
        let ratios: Map<String, Value> = self.ratios().into_iter().filter_map(number).collect();
        json!({
            "figure": self.name,
            "unit": self.unit,
            "medians": sites(self.medians().map(Value::from)),
            "ratios": ratios,
            "samples": sites(self.samples.each_ref().map(|samples| json!(samples))),
        })
    }
}

impl fmt::Display for Results {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = |f: &mut fmt::Formatter<'_>, name: &str, cells: &[String]| {
            write!(f, "{name:<56}")?;
            cells.iter().try_for_each(|cell| write!(f, "{cell:>13}"))?;
            writeln!(f)
        };
        let heads = SITES.map(str::to_owned).into_iter();
        let heads = heads.chain(SITES[1..].iter().map(|site| format!("ours/{site}"))).collect::<Vec<_>>();
        writeln!(f)?;
        line(f, self.scenario.title(), &heads)?;
        for row in &self.rows {
            let name =
                if row.unit.is_empty() { row.name.clone() } else { format!("{}, {}", row.name, row.unit) };
            let medians = row.medians().map(|median| median.map(grouped).unwrap_or_default());
            let ratios = row.ratios().into_iter().map(|(_, ratio)| ratio);
            line(f, &format!("  {name}"), &medians.into_iter().chain(ratios).collect::<Vec<_>>())?;
        }
        Ok(())
    }
}

/// The value in the middle; of two, their mean. `None` without samples.
fn median(samples: &[u64]) -> Option<u64> {
    let mut sorted = samples.to_vec();
    sorted.sort_unstable();
    let upper = *sorted.get(sorted.len() / 2)?;
    let lower = *sorted.get(sorted.len().checked_sub(1)? / 2)?;
    Some(lower.midpoint(upper))
}

/// A quotient with two decimals: `0.41`. `None` for a divisor of 0.
fn ratio(value: u64, divisor: u64) -> Option<String> {
    let hundredths = (value * 100 + divisor / 2).checked_div(divisor)?;
    Some(format!("{}.{:02}", hundredths / 100, hundredths % 100))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(name: &str, unit: &str, value: u64) -> Figure {
        let json = json!({ "name": name, "unit": unit, "value": value });
        Figure::from_json(&json).expect("a figure")
    }

    fn results(ours: &[u64], react: &[u64], solid: &[u64]) -> Results {
        let mut results = Results::new(Scenario::OverviewPhone);
        for (site, values) in [ours, react, solid].into_iter().enumerate() {
            values.iter().for_each(|&value| results.add(site, vec![figure("first data", "ms", value)]));
        }
        results
    }

    #[test]
    fn a_median_is_the_value_in_the_middle() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[7]), Some(7));
        assert_eq!(median(&[9, 1, 5]), Some(5));
        assert_eq!(median(&[9, 1, 5, 6]), Some(5));
    }

    #[test]
    fn a_ratio_is_rounded_to_hundredths() {
        assert_eq!(ratio(2_388, 1_047).as_deref(), Some("2.28"));
        assert_eq!(ratio(1, 3).as_deref(), Some("0.33"));
        assert_eq!(ratio(2, 3).as_deref(), Some("0.67"));
        assert_eq!(ratio(0, 3).as_deref(), Some("0.00"));
        assert_eq!(ratio(1, 0), None);
    }

    #[test]
    fn a_figure_without_a_value_is_an_error() {
        let error = Figure::from_json(&json!({ "name": "first data", "unit": "ms", "value": null }));
        assert!(error.expect_err("no value").to_string().starts_with("no figure: "));
    }

    #[test]
    fn the_table_compares_the_medians() {
        let text = results(&[2_388, 2_000, 9_000], &[1_047], &[1_000]).to_string();
        let lines: Vec<Vec<_>> = text.lines().map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(lines[1][3..], ["ours", "React", "Solid", "ours/React", "ours/Solid"]);
        assert_eq!(lines[2], ["first", "data,", "ms", "2,388", "1,047", "1,000", "2.28", "2.39"]);
    }

    #[test]
    fn what_was_not_measured_is_left_out() {
        let json = results(&[5, 7], &[], &[0]).to_json();
        let expected = json!({
            "figure": "first data",
            "unit": "ms",
            "medians": { "ours": 6, "Solid": 0 },
            "ratios": {},
            "samples": { "ours": [5, 7], "React": [], "Solid": [0] },
        });
        assert_eq!(json["figures"][0], expected);
        let ratios = &results(&[5], &[2], &[1]).to_json()["figures"][0]["ratios"];
        assert_eq!(ratios.to_string(), r#"{"React":2.50,"Solid":5.00}"#);
    }
}
