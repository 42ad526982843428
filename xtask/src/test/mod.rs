//! `cargo xtask test`: every check and every test, and one count over all of them.

pub(crate) mod build;
mod run;

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::{Args, ValueEnum};

use crate::browser::Browser;
use crate::dashboard;
use crate::error::Error;
use crate::files;
use crate::packages;
use crate::process;
use crate::server::{self, Profile};
use crate::steps::{Human, Job, Outcome, Steps};
use crate::test::build::Built;
use crate::test::run::{Results, Tally};
use crate::tools::{Tool, Tools};

/// The target with the tests in Chromium.
const BROWSER: &str = "browser";
/// How many of the slowest tests are listed.
const LISTED: usize = 20;

/// What is tested.
#[derive(Args, Default)]
pub(crate) struct Options {
    /// Run only this step (may be repeated).
    #[arg(long, value_enum)]
    only: Vec<Step>,
    /// Run only the tests with this in their names (may be repeated).
    #[arg(long, value_name = "TEXT")]
    name: Vec<String>,
}

/// A part of `cargo xtask test`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Step {
    /// The layout of the code.
    Fmt,
    /// The lints, for this machine and for the browser.
    Clippy,
    /// Tests of the API's types, the server and these commands, on this machine.
    Host,
    /// Tests of the dashboard's parts, in a browser.
    Wasm,
    /// Whether Trunk by itself builds the dashboard too.
    Trunk,
    /// Tests of the whole: dashboard, server and browser.
    Browser,
}

/// A step that has been done.
struct Report {
    step: Step,
    results: Results,
    took: Duration,
}

/// What has been built for the steps. What is not there could not be built, and has said why.
#[derive(Default)]
struct Builds {
    host: Option<Built>,
    wasm: Option<Built>,
    /// Whether `dist` is there.
    has_dashboard: bool,
}

/// Does all steps, or the chosen ones; one that fails does not keep the later ones from running.
pub(crate) fn run(options: &Options) -> Result<ExitCode, Error> {
    let start = Instant::now();
    let all = Step::value_variants().iter().copied();
    let steps: Vec<_> = all.filter(|step| options.only.is_empty() || options.only.contains(step)).collect();
    let builds = Builds::make(&steps)?;
    println!("\nBuilt in {}.", Human(start.elapsed()));
    let reports: Vec<_> = steps.iter().map(|step| step.report(&builds, &options.name)).collect();
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
            Human(*took)
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
        println!("{:>12}  {}", Human(timing.took), timing.test);
    }
}

impl Builds {
    /// Builds what `steps` need: the dashboard on one core, while the other compiles what is linted and run.
    fn make(steps: &[Step]) -> Result<Self, Error> {
        let needed = |by: &[Step]| steps.iter().any(|step| by.contains(step));
        let (host, wasm) =
            (needed(&[Step::Clippy, Step::Host, Step::Browser]), needed(&[Step::Clippy, Step::Wasm]));
        let mut builds = Self::default();
        if !host && !wasm {
            return Ok(builds);
        }
        let mut progress = Steps::new(if needed(&[Step::Browser]) { 4 } else { 3 });
        let tools = Tools::set_up(&[Tool::Target, Tool::Binaryen], &mut progress)?;
        let dashboard = if needed(&[Step::Browser]) { dashboard::Build::needed(&tools)? } else { None };
        let Self { host: host_built, wasm: wasm_built, .. } = &mut builds;
        let mut jobs = vec![Job::new("the checks and the tests", move || {
            if host {
                *host_built = Some(build::host()?);
            }
            if wasm {
                *wasm_built = Some(build::wasm()?);
            }
            Ok(Outcome::Done("compiled"))
        })];
        jobs.extend(dashboard.as_ref().map(|dashboard| Job::new("the dashboard", || dashboard.compile())));
        let compiled = progress.run_together("Compile", "12 min", jobs);
        if let Err(error) = &compiled {
            println!("error: {error}");
        }
        if needed(&[Step::Browser]) {
            let bundler = server::program(dashboard::BUNDLER, Profile::Dev);
            let bundled = progress.run("Dashboard", "1 min", || match &dashboard {
                Some(dashboard) => compiled.and_then(|()| dashboard.bundle(&bundler)),
                None => Ok(Outcome::AlreadyThere),
            });
            builds.has_dashboard = bundled.inspect_err(|error| println!("error: {error}")).is_ok();
        }
        Ok(builds)
    }
}

impl Step {
    fn report(self, builds: &Builds, names: &[String]) -> Report {
        println!("\n== {self:?}");
        let start = Instant::now();
        let results = self.run(builds, names).unwrap_or_else(|error| {
            println!("error: {error}");
            Tally::FAILURE.into()
        });
        Report { step: self, results, took: start.elapsed() }
    }

    fn run(self, builds: &Builds, names: &[String]) -> Result<Results, Error> {
        match self {
            Self::Fmt => process::run(process::command("cargo").args(["fmt", "--all", "--check"]))
                .map(|()| Tally::SUCCESS.into()),
            Self::Clippy => lints(builds),
            Self::Host => host_tests(builds, names),
            Self::Wasm => wasm_tests(builds, names),
            Self::Trunk => trunk_builds().map(|()| Tally::SUCCESS.into()),
            Self::Browser => browser_tests(builds, names),
        }
    }
}

/// Shows what the compilers have said; anything is too much.
fn lints(builds: &Builds) -> Result<Results, Error> {
    let (Some(host), Some(wasm)) = (&builds.host, &builds.wasm) else { return Err(Error::NotCompiled) };
    let warnings: BTreeSet<_> = host.warnings.iter().chain(&wasm.warnings).collect();
    warnings.iter().for_each(|warning| println!("{warning}"));
    Ok(if warnings.is_empty() { Tally::SUCCESS } else { Tally::FAILURE }.into())
}

/// Tests that need neither a browser nor a built dashboard.
fn host_tests(builds: &Builds, names: &[String]) -> Result<Results, Error> {
    // Without one of them the test that needs it fails, and the others are worth running.
    if let Err(error) = packages::provide_interpreters() {
        println!("error: {error}");
    }
    let host = builds.host.as_ref().ok_or(Error::NotCompiled)?;
    let programs = host.tests.iter().filter(|test| test.target() != BROWSER);
    programs
        .map(|test| run::run(&test.name, &mut run::command(test, names)))
        .try_fold(Results::default(), |all, results| Ok(all + results?))
}

fn wasm_tests(builds: &Builds, names: &[String]) -> Result<Results, Error> {
    let browser = Browser::set_up()?;
    let wasm = builds.wasm.as_ref().ok_or(Error::NotCompiled)?;
    let test = wasm.tests.first().ok_or(Error::NotCompiled)?;
    let mut command = process::command(server::program("wasm-bindgen-test-runner", Profile::Dev));
    command.arg(&test.program).args(names).current_dir(&test.folder);
    // Which browser arguments there are, the runner reads in `webdriver.json`.
    command.env("CHROMEDRIVER", &browser.driver).env("WASM_BINDGEN_TEST_TIMEOUT", "180");
    run::run(&test.name, &mut command)
}

/// Builds with Trunk alone, as somebody does who knows nothing of these commands.
fn trunk_builds() -> Result<(), Error> {
    let tools = Tools::set_up(&[Tool::Target, Tool::WasmBindgen, Tool::Trunk], &mut Steps::new(3))?;
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

fn browser_tests(builds: &Builds, names: &[String]) -> Result<Results, Error> {
    let browser = Browser::set_up()?;
    let host = builds.host.as_ref().filter(|_| builds.has_dashboard).ok_or(Error::NotCompiled)?;
    let test = host.tests.iter().find(|test| test.target() == BROWSER).ok_or(Error::NotCompiled)?;
    let dist = std::path::absolute(dashboard::DIST).map_err(|_| Error::NotBuilt)?;
    let mut command = run::command(test, names);
    command
        .env("IMPORT8_SERVER", server::program("import8-server", Profile::Dev))
        .env("IMPORT8_DIST", dist)
        .env("CHROME", &browser.chrome)
        .env("CHROMEDRIVER", &browser.driver);
    run::run(&test.name, &mut command)
}
