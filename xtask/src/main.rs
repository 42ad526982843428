//! `cargo xtask`: the commands that build, start, test and measure Import8.
//!
//! Each command runs in the repository's root folder, whichever folder it is called from.

mod bench;
mod browser;
mod budgets;
mod dashboard;
mod error;
mod examples;
mod files;
mod packages;
mod process;
mod python;
mod schema;
mod seed;
mod server;
mod size;
mod steps;
mod test;
mod test_server;
mod tools;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;

use crate::error::Error;

/// Reference data that is not part of the repository. Commands that need it skip their work without it.
const SHARED: &str = "../shared/data";
const PRODUCTS: &str = "eval/hscodecomp-dev.jsonl";

/// Build, start, test and measure Import8, and install the tools that this needs.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
enum Task {
    /// Build everything, and serve the dashboard and the API on this machine.
    Start(server::Start),
    /// Serve with live reload: every saved file rebuilds the dashboard.
    Dev(server::Dev),
    /// Run all checks and all tests, or a selection of them.
    Test(test::Options),
    /// Run the long tests in full: 200 kills of the server, and a catalogue of 10,000 rows.
    Soak,
    /// Measure the accuracy and calibration of the classifier on products with known codes.
    Eval {
        /// File of JSON lines with `title`, `attributes`, `category` and `hs6` [default: the shared one].
        #[arg(value_parser = files::absolute)]
        file: Option<PathBuf>,
    },
    /// Measure the server under load, or the pages in a browser.
    #[command(subcommand)]
    Bench(bench::Bench),
    /// Check the tariff seed against the official HS 2022, CN 2026 and duties of 2020.
    CheckSeed {
        /// Folder with `hs2022/`, `cn2026/` and `eu-mfn-2020/` [default: the shared one].
        #[arg(value_parser = files::absolute)]
        folder: Option<PathBuf>,
    },
    /// Check the server against its OpenAPI document, with requests that schemathesis generates.
    Schema {
        /// Generated requests per operation, in addition to those from the document's examples.
        #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..))]
        cases: u32,
    },
    /// Run the examples of the vendor's documentation against our server.
    Examples,
    /// Print the size of each file that a browser downloads; fail if a budget is exceeded.
    Size,
}

fn main() -> ExitCode {
    let task = Task::parse();
    match enter_root().and_then(|()| process::stop_on_signal()).and_then(|()| run(task)) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<ExitCode, Error> {
    match task {
        Task::Start(options) => return server::start(&options),
        Task::Dev(options) => return server::dev(&options),
        Task::Test(options) => return test::run(&options),
        Task::Soak => return test::soak(),
        Task::Eval { file } => server::evaluate(&file.unwrap_or(Path::new(SHARED).join(PRODUCTS))),
        Task::Bench(what) => bench::run(&what),
        Task::CheckSeed { folder } => seed::check(&folder.unwrap_or(SHARED.into())),
        Task::Schema { cases } => schema::check(cases),
        Task::Examples => examples::run(),
        Task::Size => size::print_and_check(),
    }
    .map(|()| ExitCode::SUCCESS)
}

/// Changes to the repository's root folder, so that all other paths here are short and relative.
fn enter_root() -> Result<(), Error> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = own.parent().unwrap_or(own);
    std::env::set_current_dir(root).map_err(files::naming(root))
}
