//! `cargo xtask bench`: what the server can carry.

use std::ffi::OsString;

use clap::Subcommand;

use crate::error::Error;
use crate::process;
use crate::server::{self, Profile};
use crate::steps::Steps;

const PACKAGE: &str = "import8-bench";

/// What is measured.
#[derive(Subcommand)]
pub(crate) enum Bench {
    /// Reads and durable writes per second, with 1,000 to 1,000,000 classifications stored.
    // The program that measures knows its options, and tells them with `--help`.
    #[command(disable_help_flag = true)]
    Server {
        /// Such as `--stored 1000,10000`, `--clients 1,10` and `--seconds 2`; `--help` tells all.
        #[arg(allow_hyphen_values = true, trailing_var_arg = true)]
        options: Vec<OsString>,
    },
}

pub(crate) fn run(what: &Bench) -> Result<(), Error> {
    let Bench::Server { options } = what;
    let mut steps = Steps::new(2);
    // The clients find the server beside them.
    server::build(Profile::Server, &mut steps)?;
    let clients = server::build_package(PACKAGE, "Its clients", Profile::Server, &mut steps)?;
    process::run(process::command(clients).args(options))
}
