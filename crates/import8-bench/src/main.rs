//! `cargo xtask bench server`: measures the server's requests per second and its latency.
//!
//! The server has one core and its clients have another, so that neither takes time from the other. Each number of
//! stored classifications has its own temporary database.

mod database;
mod error;
mod load;
mod report;
mod server;

use std::io::{Seek, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::Parser;
use tempfile::TempDir;

use crate::database::PRODUCTS;
use crate::error::Result;
use crate::load::{Client, Load};
use crate::report::{Report, RequestKind, Subject};
use crate::server::{Cores, Server};

const PER_PAGE: u64 = 20;

/// The delay of the classifier: long enough to keep every product pending until the end.
const HELD_BACK: Duration = Duration::from_secs(3_600);

/// Measure reads and durable writes per second.
#[derive(Parser)]
#[command(name = "cargo xtask bench server", bin_name = "cargo xtask bench server")]
struct Options {
    /// Numbers of stored classifications to measure with, separated by commas. A million take 5 GB of disk meanwhile.
    #[arg(
        long,
        value_delimiter = ',',
        default_values_t = [1_000, 10_000, 100_000, 1_000_000],
        value_parser = clap::value_parser!(u64).range(100..)
    )]
    stored: Vec<u64>,
    /// Numbers of clients to measure with, separated by commas. Each client has one connection.
    #[arg(
        long,
        value_delimiter = ',',
        default_values_t = [1, 10, 50],
        value_parser = clap::value_parser!(u64).range(1..)
    )]
    clients: Vec<u64>,
    /// Seconds to measure each figure, after a second of warm-up.
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u64).range(1..))]
    seconds: u64,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let options = Options::parse();
    // Cleans up after an interrupt too: dropping `run` ends the server and deletes its data.
    let outcome = tokio::select! {
        outcome = run(&options) => outcome,
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

async fn run(options: &Options) -> Result<()> {
    let own = std::env::current_exe()?;
    let program = own.with_file_name(format!("import8-server{}", std::env::consts::EXE_SUFFIX));
    // Not in the system's temporary folder, which may be in memory, where nothing is durable.
    let folder = own.parent().unwrap_or(Path::new("."));
    let cores = Cores::take();
    let (median, _) = report::percentiles(&mut disk(folder)?);
    println!("{cores}\nThis disk makes 4 KiB durable in {} ms.\n", report::milliseconds(median));
    let mut report = Report::begin();
    let mut acknowledged = 0;
    for &stored in &options.stored {
        let data = TempDir::new_in(folder)?;
        let bench = Bench { options, program: &program, data: data.path(), cores, stored };
        acknowledged += bench.run(&mut report).await?;
    }
    println!("\nAll {} acknowledged writes are in the database.\n", report::grouped(acknowledged));
    report.conclude();
    Ok(())
}

/// The durations of durable writes of 4 KiB, as in a commit, in microseconds. A single client waits for one in each
/// of its writes.
fn disk(folder: &Path) -> Result<Vec<u64>> {
    let mut file = tempfile::tempfile_in(folder)?;
    let mut samples = Vec::new();
    for _ in 0..500 {
        let start = Instant::now();
        file.rewind()?;
        file.write_all(&[1; 4096])?;
        file.sync_data()?;
        samples.push(report::microseconds(start.elapsed()));
    }
    Ok(samples)
}

/// The measurements with one number of stored classifications.
struct Bench<'a> {
    options: &'a Options,
    program: &'a Path,
    data: &'a Path,
    cores: Cores,
    stored: u64,
}

impl Bench<'_> {
    /// Measures reads, then writes, and checks that all acknowledged writes are in the database. Returns their
    /// number.
    async fn run(&self, report: &mut Report) -> Result<u64> {
        let key = server::create_key(self.program, self.data)?;
        self.fill(&key).await?;

        let server = self.start(Duration::ZERO)?;
        let loads = self.reads().await?;
        for (what, load) in loads {
            self.measure(report, what, &server, &key, load).await?;
        }
        let what = "POST classify, classifier at work";
        let mut acknowledged = self.measure(report, what, &server, &key, writes()).await?;
        // Killed instead of stopped, because acknowledged writes must survive that too.
        drop(server);

        let server = self.start(HELD_BACK)?;
        let what = "POST classify, classifier held back";
        acknowledged.extend(self.measure(report, what, &server, &key, writes()).await?);
        drop(server);
        database::check(self.data, &acknowledged).await?;
        Ok(acknowledged.len() as u64)
    }

    fn start(&self, delay: Duration) -> Result<Server> {
        Server::start(self.program, self.data, self.cores, delay)
    }

    /// Has the server classify a few products, and copies their rows until there are enough. The copies have every
    /// column that the server writes.
    async fn fill(&self, key: &str) -> Result<()> {
        let server = self.start(Duration::ZERO)?;
        let mut client = Client::connect(server.address, key).await?;
        let load = writes();
        for turn in 0..PRODUCTS.len() {
            client.ask(&load, turn).await?;
        }
        database::wait_for_classifier(self.data).await?;
        drop(server);
        database::fill(self.data, self.stored).await
    }

    async fn reads(&self) -> Result<Vec<(&'static str, Load)>> {
        let ids = database::some_ids(self.data).await?;
        let one = |target: &str| Load::Read(vec![target.to_owned()]);
        let page = |query: &str| one(&format!("/api/v1/classifications?per_page={PER_PAGE}&{query}"));
        let show = ids.iter().map(|id| format!("/api/v1/classifications/{id}")).collect();
        Ok(vec![
            ("GET classifications/{id}", Load::Read(show)),
            ("GET classifications, first page", page("page=1")),
            ("GET classifications, last page", page(&format!("page={}", self.stored.div_ceil(PER_PAGE)))),
            ("GET me", one("/api/v1/me")),
            ("GET completed with a rare word", page(&format!("status=completed&q={}", self.stored / 2))),
            ("GET completed with a word of 1 in 20", page("status=completed&q=kettle")),
        ])
    }

    /// Measures a load with each number of clients, and returns the identifiers of acknowledged writes.
    async fn measure(
        &self,
        report: &mut Report,
        what: &'static str,
        server: &Server,
        key: &str,
        load: Load,
    ) -> Result<Vec<String>> {
        let (kind, load) = (load.kind(), Arc::new(load));
        let seconds = self.options.seconds;
        let mut acknowledged = Vec::new();
        for &clients in &self.options.clients {
            let duration = Duration::from_secs(seconds);
            let mut measured = load::measure(server.address, key, &load, clients, duration)
                .await
                .map_err(|error| format!("{what}: {error}"))?;
            let subject = Subject { kind, what, stored: self.stored, clients };
            report.add(subject, seconds, &mut measured.microseconds);
            for answer in measured.accepted {
                acknowledged.push(load::id(&answer)?);
            }
            if kind == RequestKind::Write && !server.holds_back {
                // Otherwise the work of this figure would slow the next one.
                database::wait_for_classifier(self.data).await?;
            }
        }
        Ok(acknowledged)
    }
}

fn writes() -> Load {
    let request = |description| {
        serde_json::json!({
            "description": description,
            "origin_country": "CN",
            "destination_country": "NL",
            "goods_value": 25,
            "quantity": 100,
            "shipping_cost": 150,
            "currency": "EUR",
        })
    };
    Load::Write(PRODUCTS.map(|product| request(product).to_string().into()).to_vec())
}

/// Completes when the process is told to stop.
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
        // Without a handler the default one ends the process, as requested.
        _ = tokio::signal::ctrl_c() => {}
        () = terminate => {}
    }
}
