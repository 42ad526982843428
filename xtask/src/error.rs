//! The error of every command: what failed, and the next step.

use std::io;
use std::path::PathBuf;
use std::process::ExitStatus;

/// Each message ends with the next step, unless the failed program has already printed it.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("`{program}` does not start: {source}. Install it, or put its folder on PATH.")]
    Start { program: String, source: io::Error },
    #[error("`{command}` failed ({status}); its output is above.")]
    Failed { command: String, status: ExitStatus },
    #[error("`{command}` failed ({status}). It ended with:\n\n{end}\n\nThe whole log is {}.", log.display())]
    FailedWithLog { command: String, status: ExitStatus, log: PathBuf, end: String },
    #[error("{}: {source}", path.display())]
    File { path: PathBuf, source: io::Error },
    #[error("Ctrl+C cannot be handled: {0}. Start again.")]
    Signal(#[from] ctrlc::Error),
    #[error("Stopped. What was finished is kept; start again to go on.")]
    Stopped,
    #[error("No folder for tools: neither IMPORT8_TOOLS nor a home folder is set. Set IMPORT8_TOOLS.")]
    NoToolFolder,
    #[error("Port {port} is taken. Choose another: cargo xtask {task} --port {free}")]
    PortTaken { port: u16, free: u16, task: &'static str },
    #[error(
        "The tests in a browser need Chromium and chromedriver, and one is not on PATH. Install them \
         (Debian, Ubuntu: apt-get install chromium chromium-driver) or set CHROME and CHROMEDRIVER."
    )]
    NoBrowser,
    #[error("chromedriver does not answer. Install the one of the browser's version, or set CHROMEDRIVER.")]
    NoDriver,
    #[error(
        "The tests run the webhook receivers, and these programs are not on PATH: {programs}. Install them \
         (Debian, Ubuntu: apt-get install {packages})."
    )]
    NoInterpreters { programs: String, packages: String },
    #[error("Git knows no commit {0}, or is not there. Name another: cargo xtask test --quick COMMIT")]
    NoCommit(String),
    #[error(
        "`cargo metadata` does not list the packages, so the touched ones are unknown. Run all tests: cargo xtask test"
    )]
    NoPackages,
    #[error("The programs of this step were not compiled; the error is above.")]
    NotCompiled,
    #[error("The dashboard is not built. Build it first: cargo xtask start")]
    NotBuilt,
    #[error(
        "The dashboard is over its budget (`xtask/src/budgets.rs`):\n{0}\nMake it smaller, or raise the budget."
    )]
    OverBudget(String),
    #[error("The server had a fault, or did not start. Its log is {}.", log.display())]
    Server { log: PathBuf },
    #[error("`{request}` was answered with an error, or not at all:\n{answer}")]
    Refused { request: String, answer: String },
    #[error(
        "The server and its OpenAPI document differ in {failures} ways. Each is above, with a request that shows it."
    )]
    Schema { failures: u64 },
    #[error("Some requests could not be sent; the reasons are above. Correct them, and run it again.")]
    Incomplete,
    #[error("{failed} examples failed and {passed} passed. The output of those that failed is above.")]
    Examples { passed: usize, failed: usize },
    #[error("The seed has {0} mistakes. Correct the lines named above.")]
    Seed(usize),
}
