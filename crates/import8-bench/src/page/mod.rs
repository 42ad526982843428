//! `cargo xtask bench page`: the dashboard in Chromium, beside the same screens in React and in Solid.
//!
//! `bench/README.md` says what the figures mean. Each site has a server and a database of its own, all with the same
//! rows. The sites are measured in turns, so that what else the machine does falls on all of them.

mod driver;
mod results;
mod scenario;
mod stage;

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde_json::json;
use tempfile::TempDir;

use self::driver::Driver;
use self::results::{Figure, Results};
use self::scenario::{Rows, Scenario};
use self::stage::{Site, Stage};
use crate::database::HeldRows;
use crate::error::Result;

/// The folders with the built sites, and what is measured.
#[derive(Args)]
pub(crate) struct Options {
    /// The built dashboard.
    #[arg(long, value_name = "FOLDER")]
    ours: PathBuf,
    /// The built page in React.
    #[arg(long, value_name = "FOLDER")]
    react: PathBuf,
    /// The built page in Solid.
    #[arg(long, value_name = "FOLDER")]
    solid: PathBuf,
    /// The program for Node.js that drives Chromium.
    #[arg(long, value_name = "FILE")]
    driver: PathBuf,
    /// Chromium.
    #[arg(long, value_name = "FILE")]
    chrome: PathBuf,
    /// How often each site is measured; a figure is the median.
    #[arg(long, default_value_t = 7, value_parser = clap::value_parser!(u32).range(1..))]
    runs: u32,
    /// Measure only this (may be repeated).
    #[arg(long, value_enum)]
    only: Vec<Scenario>,
    /// Write all figures into this file too.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

/// Measures the scenarios that the options select, and prints a table for each.
pub(crate) async fn run(options: &Options) -> Result<()> {
    let all = Scenario::value_variants().iter().copied();
    let wanted = all.filter(|scenario| options.only.is_empty() || options.only.contains(scenario));
    let mut stages: Vec<(Rows, Stage)> = Vec::new();
    let mut measured = Vec::new();
    for scenario in wanted {
        if stages.iter().all(|(rows, _)| *rows != scenario.rows()) {
            let folders = [&options.ours, &options.react, &options.solid].map(PathBuf::as_path);
            stages.push((scenario.rows(), Stage::set(scenario.rows(), folders).await?));
        }
        let Some((_, stage)) = stages.iter().find(|(rows, _)| *rows == scenario.rows()) else { continue };
        let results = measure(options, scenario, stage).await?;
        print!("{results}");
        measured.push(results.to_json());
        // After each, so that a run that is broken off leaves what it has.
        if let Some(file) = &options.json {
            std::fs::write(file, format!("{:#}\n", json!({ "runs": options.runs, "scenarios": measured })))?;
        }
    }
    Ok(())
}

/// Measures a scenario on each site in turns.
async fn measure(options: &Options, scenario: Scenario, stage: &Stage) -> Result<Results> {
    let mut results = Results::new(scenario);
    let sites: Vec<_> =
        stage.sites.iter().enumerate().filter(|(_, site)| scenario.is_of(site.name)).collect();
    for run in 0..options.runs {
        for turn in 0..sites.len() {
            // Another site begins each time.
            let (at, site) = sites[(turn + run as usize) % sites.len()];
            eprintln!("{} {}/{} {}", scenario.title(), run + 1, options.runs, site.name);
            let figures = sample(options, scenario, stage, site).await;
            results.add(at, figures.map_err(|error| format!("{}: {error}", site.name))?);
        }
    }
    Ok(results)
}

/// Measures a scenario once on a site, in a browser with an empty profile.
async fn sample(options: &Options, scenario: Scenario, stage: &Stage, site: &Site) -> Result<Vec<Figure>> {
    let profile = TempDir::new()?;
    let mut task = scenario.task(&stage.batch);
    for (name, value) in [
        ("address", json!(format!("http://{}", site.server.address))),
        ("key", json!(stage.key)),
        ("profile", json!(profile.path())),
        ("chrome", json!(options.chrome)),
    ] {
        task[name] = value;
    }
    let held = match scenario {
        Scenario::Batch => Some(HeldRows::hold(&site.data).await?),
        _ => None,
    };
    Driver::start(&options.driver, &task)?.figures(held).await
}
