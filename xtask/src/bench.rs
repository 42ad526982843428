//! `cargo xtask bench`: measures how many requests per second the server answers.

use std::ffi::OsString;

use clap::Subcommand;

use crate::error::Error;
use crate::process;
use crate::server::{self, Profile};
use crate::steps::Steps;

const PACKAGE: &str = "import8-bench";

/// The measurement to run.
#[derive(Subcommand)]
pub(crate) enum Bench {
    /// Measure reads and durable writes per second, with 1,000 to 1,000,000 classifications stored.
    // The load program defines the options and prints them for `--help`.
    #[command(disable_help_flag = true)]
    Server {
        /// Options such as `--stored 1000,10000`, `--clients 1,10` and `--seconds 2`; `--help` lists all with their
        /// defaults.
        #[arg(allow_hyphen_values = true, trailing_var_arg = true)]
        options: Vec<OsString>,
    },
}

/// Builds the server and the load program, and runs the measurement.
pub(crate) fn run(what: &Bench) -> Result<(), Error> {
    let Bench::Server { options } = what;
    let mut steps = Steps::new(2);
    // The load program looks for the server in its own folder.
    server::build(Profile::Server, &mut steps)?;
    let clients = server::build_package(PACKAGE, "Its clients", Profile::Server, &mut steps)?;
    process::run(process::command(clients).args(options))
}
