//! `cargo xtask bench page`: builds the dashboard and the pages that it is compared with, and measures them.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::browser::Browser;
use crate::dashboard;
use crate::error::Error;
use crate::files;
use crate::process;
use crate::server::{self, Profile};
use crate::steps::{StepOutcome, Steps};
use crate::tools::{self, Tools};

/// The sources of the pages and of the driver.
const SOURCES: &str = "bench";

/// The options of `cargo xtask bench page`.
#[derive(Args)]
pub(crate) struct Options {
    /// How often each page is measured; a figure is the median.
    #[arg(long, default_value_t = 7, value_parser = clap::value_parser!(u32).range(1..))]
    runs: u32,
    /// Measure only this: overview-phone, overview-desk, history-phone, history-desk, batch, search, scan or session (may
    /// be repeated).
    #[arg(long, value_name = "SCENARIO")]
    only: Vec<String>,
    /// Write all figures into this file too.
    #[arg(long, value_name = "FILE", value_parser = files::absolute)]
    json: Option<PathBuf>,
    /// Measure the dashboard in this folder instead of building it.
    #[arg(long, value_name = "FOLDER", value_parser = files::absolute)]
    dist: Option<PathBuf>,
}

/// Builds everything in release, and measures with the program of `package`.
pub(crate) fn run(options: &Options, package: &'static str) -> Result<(), Error> {
    let browser = Browser::set_up()?;
    let mut steps = Steps::new(if options.dist.is_some() { 5 } else { 9 });
    let ours = match &options.dist {
        Some(dist) => {
            server::build(Profile::Server, &mut steps)?;
            dist.clone()
        }
        None => {
            let tools = Tools::set_up(&dashboard::TOOLS, &mut steps)?;
            server::build_all(Profile::Server, &tools, &mut steps)?;
            dashboard::DIST.into()
        }
    };
    let program = server::build_package(package, "The measuring program", Profile::Server, &mut steps)?;
    let folder = files::scratch().join(SOURCES);
    copy_sources(&folder)?;
    let driver = folder.join("driver");
    steps.run("Driver of Chromium", "5 s", || install(&driver))?;
    let [react, solid] = ["react", "solid"].map(|peer| folder.join("peers").join(peer));
    steps.run("Page in React", "10 s", || build(&react))?;
    steps.run("Page in Solid", "10 s", || build(&solid))?;

    let mut command = process::command(program);
    command.arg("page").arg("--ours").arg(ours).arg("--driver").arg(driver.join("drive.mjs"));
    command.arg("--react").arg(react.join("dist")).arg("--solid").arg(solid.join("dist"));
    command.arg("--chrome").arg(&browser.chrome).args(["--runs", &options.runs.to_string()]);
    command.args(options.only.iter().flat_map(|scenario| ["--only", scenario.as_str()]));
    if let Some(file) = &options.json {
        command.arg("--json").arg(file);
    }
    process::run(&mut command)
}

/// Copies the sources, so that what npm installs is not among them.
fn copy_sources(folder: &Path) -> Result<(), Error> {
    for source in files::below(Path::new(SOURCES))? {
        let own = source.strip_prefix(SOURCES).unwrap_or(&source);
        files::write(&folder.join(own), &files::read(&source)?)?;
    }
    Ok(())
}

/// Installs the packages that the lock file in `folder` names.
fn install(folder: &Path) -> Result<StepOutcome, Error> {
    let stamp = folder.join("installed");
    let wanted = files::read_text(folder.join("package-lock.json"))?;
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(StepOutcome::AlreadyThere);
    }
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    process::run_with_log(&mut tools::npm_ci(folder), &format!("bench-{name}"))?;
    // Last: an installation that was broken off must not look done.
    files::write(&stamp, wanted.as_bytes())?;
    Ok(StepOutcome::Done("installed with npm"))
}

/// Builds a page into its folder `dist`.
fn build(folder: &Path) -> Result<StepOutcome, Error> {
    install(folder)?;
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let mut command = tools::npm();
    command.args(["run", "build"]).current_dir(folder);
    process::run_with_log(&mut command, &format!("bench-{name}"))?;
    Ok(StepOutcome::Done("built"))
}
