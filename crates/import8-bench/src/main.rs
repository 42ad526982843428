//! The measurements of `cargo xtask bench`: of the server under load, and of the pages that a browser shows.

mod database;
mod error;
mod load;
mod page;
mod report;
mod server;
mod stored;
mod throughput;

use std::process::ExitCode;

use clap::Parser;

use crate::error::Result;

/// Measures the server or the pages.
#[derive(Parser)]
#[command(name = "cargo xtask bench", bin_name = "cargo xtask bench")]
enum Measurement {
    /// Reads and durable writes per second.
    Server(throughput::Options),
    /// Load times, bytes and memory in Chromium, of the dashboard and of the same screens in other frameworks.
    Page(page::Options),
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let measurement = Measurement::parse();
    // Interrupted, it cleans up too: dropping `run` ends the server and removes its data.
    let outcome = tokio::select! {
        outcome = run(&measurement) => outcome,
        () = asked_to_stop() => Err("stopped before the end".into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(measurement: &Measurement) -> Result<()> {
    match measurement {
        Measurement::Server(options) => throughput::run(options).await,
        Measurement::Page(options) => page::run(options).await,
    }
}

/// Ends when the process is told to stop.
async fn asked_to_stop() {
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        // Without a handler the default one ends the process, which is what was asked for.
        _ = tokio::signal::ctrl_c() => {}
        () = terminate => {}
    }
}
