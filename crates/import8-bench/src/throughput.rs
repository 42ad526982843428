//! `cargo xtask bench server`: measures the server's requests per second and its latency.
//!
//! The server has one core and its clients have another, so that neither takes time from the other. Each number of
//! stored classifications has its own temporary database.

use std::io::{Seek, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::Args;
use tempfile::TempDir;

use crate::database;
use crate::error::Result;
use crate::load::{self, Load};
use crate::report::{self, Report, RequestKind, Subject};
use crate::server::{self, Cores, Server};
use crate::stored;

const PER_PAGE: u64 = 20;

/// Long enough to keep every product pending until the end.
const HELD_BACK: Duration = Duration::from_secs(3_600);

/// Measures reads and durable writes per second.
#[derive(Args)]
pub(crate) struct Options {
    /// How many classifications are stored; a million take 5 GB of disk while they are measured.
    #[arg(
        long,
        value_delimiter = ',',
        default_values_t = [1_000, 10_000, 100_000, 1_000_000],
        value_parser = clap::value_parser!(u64).range(100..)
    )]
    stored: Vec<u64>,
    /// How many clients ask at once, each over a connection of its own.
    #[arg(
        long,
        value_delimiter = ',',
        default_values_t = [1, 10, 50],
        value_parser = clap::value_parser!(u64).range(1..)
    )]
    clients: Vec<u64>,
    /// How long each figure is measured, after a second to warm up.
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u64).range(1..))]
    seconds: u64,
}

/// Measures with each number of stored classifications and of clients.
pub(crate) async fn run(options: &Options) -> Result<()> {
    let program = server::program()?;
    // Not the system's temporary folder: that may be in memory, where nothing is durable.
    let folder = program.parent().unwrap_or(Path::new("."));
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

/// The microseconds, in samples, that the disk takes for a durable write of 4 KiB, as in a commit. A single client
/// waits for one in each of its writes.
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
    /// Measures reads, then writes, and returns the number of acknowledged writes, all of which are in the database.
    async fn run(&self, report: &mut Report) -> Result<u64> {
        let key = stored::make(self.program, self.data, self.cores, self.stored).await?;

        let server = self.start(Duration::ZERO)?;
        let loads = self.reads().await?;
        for (what, load) in loads {
            self.measure(report, what, &server, &key, load).await?;
        }
        let what = "POST classify, classifier at work";
        let mut acknowledged = self.measure(report, what, &server, &key, Load::products()).await?;
        // Killed, not stopped: acknowledged writes must survive this too.
        drop(server);

        let server = self.start(HELD_BACK)?;
        let what = "POST classify, classifier held back";
        acknowledged.extend(self.measure(report, what, &server, &key, Load::products()).await?);
        drop(server);
        database::check(self.data, &acknowledged).await?;
        Ok(acknowledged.len() as u64)
    }

    fn start(&self, delay: Duration) -> Result<Server> {
        Server::start(self.program, self.data, self.cores, delay, None)
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
