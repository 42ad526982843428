//! `cargo xtask test`: runs the checks and the tests, and prints one count of all of them.

pub(crate) mod build;
mod run;
mod touched;

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use clap::{Args, ValueEnum};

use crate::browser::Browser;
use crate::dashboard;
use crate::error::Error;
use crate::files;
use crate::packages;
use crate::process;
use crate::server::{self, Profile};
use crate::size;
use crate::steps::{HumanDuration, Job, StepOutcome, Steps};
use crate::test::build::{BuildOutput, TestProgram};
use crate::test::run::{Results, Tally};
use crate::test::touched::Touched;
use crate::tools::{Tool, Tools};

/// The test program with the tests in Chromium.
const BROWSER: &str = "browser";
/// The folder of the dashboard's package, relative to the workspace.
const DASHBOARD: &str = "";
/// The tests that run longer with [`SOAK`].
const LONG: [&str; 2] =
    ["nothing_acknowledged_is_lost_or_paid_twice_by_killing", "a_catalogue_survives_faults_and_kills"];
/// The tests of how the dashboard is split into files. They cannot pass with a quick dashboard, which is in one
/// piece.
const SPLIT_TESTS: &str = "screens::";
/// The environment variable that makes the tests of [`LONG`] run in full.
const SOAK: &str = "IMPORT8_SOAK";
/// The number of slowest tests that are listed.
const LISTED: usize = 20;

/// The options of `cargo xtask test`.
#[derive(Args)]
pub(crate) struct Options {
    /// Run only this step; may be repeated [default: all steps].
    #[arg(long, value_enum)]
    only: Vec<Step>,
    /// Test only what a change since this commit can have broken [default: HEAD, for uncommitted changes].
    ///
    /// The dashboard is then not built for release. Of the tests in Chromium, those of the touched screens run,
    /// except those of how the dashboard is split into files. Nothing else is tested.
    #[arg(long, value_name = "COMMIT", num_args = 0..=1, default_missing_value = "HEAD")]
    quick: Option<String>,
    /// Run only the tests with this text in their names; may be repeated [default: all tests].
    #[arg(long, value_name = "TEXT")]
    name: Vec<String>,
}

/// A step of `cargo xtask test`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Step {
    /// Formatting of the code.
    Fmt,
    /// Lints, for this machine and for the browser.
    Clippy,
    /// Tests on this machine: wire types, server, sheets and these commands.
    Host,
    /// Tests in WebAssembly: parts of the dashboard that need a browser.
    Wasm,
    /// Build of the dashboard by Trunk alone.
    Trunk,
    /// The size of the built dashboard, compared with its budgets; nothing without a release build.
    Size,
    /// Tests of dashboard and server together, in Chromium.
    Browser,
}

/// The result of a finished step.
struct Report {
    step: Step,
    results: Results,
    took: Duration,
}

/// The builds that the steps need. A failed build is absent, and its error was printed.
#[derive(Default)]
struct Builds {
    host: Option<BuildOutput>,
    wasm: Option<BuildOutput>,
    /// The folder of the built dashboard.
    dist: Option<PathBuf>,
}

/// The selected tests.
#[derive(Default)]
struct TestSelection {
    /// Texts of which a test's name must contain one; empty for all tests.
    names: Vec<String>,
    touched: Option<Touched>,
    /// Whether the tests of [`LONG`] run in full.
    soak: bool,
}

/// Runs all steps, or those that the options select. The exit code is failure if any check or test failed.
pub(crate) fn run(options: &Options) -> Result<ExitCode, Error> {
    let touched = options.quick.as_deref().map(Touched::since).transpose()?;
    let chosen = TestSelection { names: options.name.clone(), touched, soak: false };
    let all = Step::value_variants().iter().copied();
    let wanted = all.filter(|step| options.only.is_empty() || options.only.contains(step));
    run_steps(&wanted.filter(|step| chosen.has(*step)).collect::<Vec<_>>(), &chosen)
}

/// `cargo xtask soak`: runs the tests of [`LONG`] in full.
pub(crate) fn soak() -> Result<ExitCode, Error> {
    let chosen =
        TestSelection { names: LONG.map(str::to_owned).to_vec(), soak: true, ..TestSelection::default() };
    run_steps(&[Step::Host, Step::Browser], &chosen)
}

/// Builds what `steps` need and runs all of them, even after one has failed.
fn run_steps(steps: &[Step], chosen: &TestSelection) -> Result<ExitCode, Error> {
    let start = Instant::now();
    let builds = Builds::make(steps, chosen.touched.is_some())?;
    println!("\nBuilt in {}.", HumanDuration(start.elapsed()));
    let reports: Vec<_> = steps.iter().map(|step| step.report(&builds, chosen)).collect();
    if process::is_stopped() {
        return Err(Error::Stopped);
    }
    list_slowest(&reports);
    println!();
    for Report { step, results: Results { tally, .. }, took } in &reports {
        let verdict = if tally.failed == 0 { "passed" } else { "FAILED" };
        let name = format!("{step:?}").to_lowercase();
        println!(
            "{name:<8} {verdict}  {:>4} passed {:>4} failed  {:>12}",
            tally.passed,
            tally.failed,
            HumanDuration(*took)
        );
    }
    let Tally { passed, failed } = reports.iter().map(|report| report.results.tally).sum();
    println!("\n{passed} passed, {failed} failed");
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn list_slowest(reports: &[Report]) {
    let mut timings: Vec<_> = reports.iter().flat_map(|report| &report.results.timings).collect();
    timings.sort_by_key(|timing| Reverse(timing.took));
    if !timings.is_empty() {
        println!("\nThe slowest tests:");
    }
    for timing in timings.iter().take(LISTED) {
        println!("{:>12}  {}", HumanDuration(timing.took), timing.test);
    }
}

impl TestSelection {
    /// Whether a step has anything to run.
    fn has(&self, step: Step) -> bool {
        let Some(touched) = &self.touched else { return true };
        match step {
            Step::Fmt | Step::Clippy | Step::Host => true,
            Step::Wasm => touched.packages.contains(DASHBOARD),
            Step::Trunk | Step::Size => false,
            Step::Browser => !touched.scenes.is_empty(),
        }
    }

    /// Whether the tests of the package in this folder are selected.
    fn has_package(&self, folder: &Path) -> bool {
        let root = std::env::current_dir().unwrap_or_default();
        let folder = folder.strip_prefix(root).unwrap_or(folder).to_string_lossy().replace('\\', "/");
        self.touched.as_ref().is_none_or(|touched| touched.packages.contains(&folder))
    }

    /// The command that runs the tests of a program whose names contain one of `names`.
    fn command(&self, test: &TestProgram, names: &[String]) -> Command {
        let mut command = run::command(test, names);
        if self.soak {
            command.env(SOAK, "1");
        }
        command
    }

    /// Texts of which the name of a test in Chromium must contain one.
    fn scenes(&self) -> Vec<String> {
        let touched = self.touched.iter().flat_map(|touched| &touched.scenes);
        if self.names.is_empty() {
            touched.map(|scene| format!("{scene}::")).collect()
        } else {
            self.names.clone()
        }
    }
}

impl Builds {
    /// Builds what `steps` need: the dashboard on one core, and the checks and tests on the other. A `quick`
    /// dashboard is bundled in one piece from the development build that the lints need.
    fn make(steps: &[Step], quick: bool) -> Result<Self, Error> {
        let needed = |by: &[Step]| steps.iter().any(|step| by.contains(step));
        let in_browser = needed(&[Step::Browser]);
        let host = in_browser || needed(&[Step::Clippy, Step::Host]);
        let wasm = needed(&[Step::Clippy, Step::Wasm]) || (quick && in_browser);
        let mut builds = Self::default();
        if !host && !wasm {
            return Ok(builds);
        }
        let mut progress = Steps::new(if quick && in_browser { 5 } else { 4 });
        let tools = Tools::set_up(&dashboard::TOOLS, &mut progress)?;
        let dashboard = if in_browser && !quick { dashboard::Build::needed(&tools)? } else { None };
        let bundler = server::program(dashboard::BUNDLER, Profile::Dev);
        let (bundler_is_built, wait_for_bundler) = mpsc::channel();
        let Self { host: host_built, wasm: wasm_built, .. } = &mut builds;
        let mut jobs = vec![Job::new("the checks and the tests", move || {
            if host {
                *host_built = Some(build::host()?);
                #[expect(
                    clippy::let_underscore_must_use,
                    reason = "if the dashboard is built already, no job waits for the bundler"
                )]
                let _ = bundler_is_built.send(());
            }
            if wasm {
                *wasm_built = Some(build::wasm()?);
            }
            Ok(StepOutcome::Done("compiled"))
        })];
        jobs.extend(dashboard.as_ref().map(|dashboard| {
            let bundler = &bundler;
            Job::new("the dashboard", move || {
                dashboard.compile()?;
                wait_for_bundler.recv().map_err(|_| Error::NotCompiled)?;
                dashboard.bundle(bundler)
            })
        }));
        let compiled = progress.run_together("Compile", "15 min", jobs);
        if let Err(error) = &compiled {
            println!("error: {error}");
        }
        if in_browser && compiled.is_ok() {
            let dist = if quick { files::scratch().join("quick") } else { dashboard::DIST.into() };
            if quick {
                progress.run("Dashboard", "45 s", || dashboard::bundle_quickly(&bundler, &dist))?;
            }
            builds.dist = Some(std::path::absolute(&dist).map_err(files::naming(&dist))?);
        }
        Ok(builds)
    }
}

impl Step {
    fn report(self, builds: &Builds, chosen: &TestSelection) -> Report {
        println!("\n== {self:?}");
        let start = Instant::now();
        let results = self.run(builds, chosen).unwrap_or_else(|error| {
            println!("error: {error}");
            Tally::FAILURE.into()
        });
        Report { step: self, results, took: start.elapsed() }
    }

    fn run(self, builds: &Builds, chosen: &TestSelection) -> Result<Results, Error> {
        match self {
            Self::Fmt => process::run(process::command("cargo").args(["fmt", "--all", "--check"]))
                .map(|()| Tally::SUCCESS.into()),
            Self::Clippy => lints(builds),
            Self::Host => host_tests(builds, chosen),
            Self::Wasm => wasm_tests(builds, chosen),
            Self::Trunk => trunk_builds(builds).map(|()| Tally::SUCCESS.into()),
            Self::Size if !dashboard::is_built() => Ok(Results::default()),
            Self::Size => size::check().map(|()| Tally::SUCCESS.into()),
            Self::Browser => browser_tests(builds, chosen),
        }
    }
}

/// Prints the warnings of both builds. Fails if there is any.
fn lints(builds: &Builds) -> Result<Results, Error> {
    let (Some(host), Some(wasm)) = (&builds.host, &builds.wasm) else { return Err(Error::NotCompiled) };
    let warnings: BTreeSet<_> = host.warnings.iter().chain(&wasm.warnings).collect();
    warnings.iter().for_each(|warning| println!("{warning}"));
    Ok(if warnings.is_empty() { Tally::SUCCESS } else { Tally::FAILURE }.into())
}

/// Runs the tests that need neither a browser nor a built dashboard.
fn host_tests(builds: &Builds, chosen: &TestSelection) -> Result<Results, Error> {
    // A test without its interpreter fails; the others still run.
    if let Err(error) = packages::provide_interpreters() {
        println!("error: {error}");
    }
    let host = builds.host.as_ref().ok_or(Error::NotCompiled)?;
    let programs =
        host.tests.iter().filter(|test| test.target() != BROWSER && chosen.has_package(&test.folder));
    programs
        .map(|test| run::run(&test.name, &mut chosen.command(test, &chosen.names)))
        .try_fold(Results::default(), |all, results| Ok(all + results?))
}

/// Runs the tests in WebAssembly, in a browser.
fn wasm_tests(builds: &Builds, chosen: &TestSelection) -> Result<Results, Error> {
    let browser = Browser::set_up()?;
    let wasm = builds.wasm.as_ref().ok_or(Error::NotCompiled)?;
    let test = wasm.tests.first().ok_or(Error::NotCompiled)?;
    let mut command = process::command(server::program("wasm-bindgen-test-runner", Profile::Dev));
    command.arg(&test.program).args(&chosen.names).current_dir(&test.folder);
    // The runner reads the browser's arguments from `webdriver.json`.
    command.env("CHROMEDRIVER", &browser.driver).env("WASM_BINDGEN_TEST_TIMEOUT", "180");
    run::run(&test.name, &mut command)
}

/// Builds with Trunk alone, without these commands, and checks that the files exist.
fn trunk_builds(builds: &Builds) -> Result<(), Error> {
    // The build for this machine includes wasm-bindgen's programs.
    let missing = if builds.host.is_some() { None } else { Some(Tool::WasmBindgen) };
    let wanted: Vec<_> = [Tool::Target].into_iter().chain(missing).chain([Tool::Trunk]).collect();
    let tools = Tools::set_up(&wanted, &mut Steps::new(wanted.len()))?;
    let dist = files::scratch().join("trunk");
    let mut trunk = dashboard::trunk(&tools);
    build::lint(&mut trunk);
    process::run_with_log(trunk.args(["build", "--dist"]).arg(&dist), "trunk")?;
    let page = files::read_text(dist.join("index.html"))?;
    let has = |name: &str| dist.join(name).is_file();
    if page.contains("_bg.wasm") && has("sheets.js") && has("sheets_bg.wasm") && has("sheets_loader.js") {
        Ok(())
    } else {
        Err(Error::NotBuilt)
    }
}

/// Runs the tests of dashboard and server in Chromium.
fn browser_tests(builds: &Builds, chosen: &TestSelection) -> Result<Results, Error> {
    let browser = Browser::set_up()?;
    let (Some(host), Some(dist)) = (&builds.host, &builds.dist) else { return Err(Error::NotCompiled) };
    let test = host.tests.iter().find(|test| test.target() == BROWSER).ok_or(Error::NotCompiled)?;
    let driver = browser.drive()?;
    let mut command = chosen.command(test, &chosen.scenes());
    if chosen.touched.is_some() {
        command.args(["--skip", SPLIT_TESTS]);
    }
    command
        .env("IMPORT8_SERVER", server::program("import8-server", Profile::Dev))
        .env("IMPORT8_DIST", dist)
        .env("CHROMEDRIVER", &browser.driver)
        .env("IMPORT8_DRIVER", driver.address());
    run::run(&test.name, &mut command)
}
