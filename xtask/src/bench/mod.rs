//! `cargo xtask bench`: measures the server under load, and the pages in a browser.

mod page;

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
    /// Reads and durable writes per second, with 1,000 to 1,000,000 classifications stored.
    // The load program defines the options and prints them for `--help`.
    #[command(disable_help_flag = true)]
    Server {
        /// Options such as `--stored 1000,10000`, `--clients 1,10` and `--seconds 2`; `--help` lists them all.
        #[arg(allow_hyphen_values = true, trailing_var_arg = true)]
        options: Vec<OsString>,
    },
    /// Load times, bytes and memory in Chromium, beside the same screens in React and in Solid.
    Page(page::Options),
}

/// Builds what is measured and the program that measures it, and runs it.
pub(crate) fn run(what: &Bench) -> Result<(), Error> {
    match what {
        Bench::Server { options } => {
            let mut steps = Steps::new(2);
            // The clients find the server beside them.
            server::build(Profile::Server, &mut steps)?;
            let clients = server::build_package(PACKAGE, "Its clients", Profile::Server, &mut steps)?;
            process::run(process::command(clients).arg("server").args(options))
        }
        Bench::Page(options) => page::run(options, PACKAGE),
    }
}
