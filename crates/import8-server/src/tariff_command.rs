//! The command line for the tariff: importing editions, and choosing which one is in force.
//!
//! A server may run on the same folder meanwhile: it takes up what is in force by itself.

use std::error::Error;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::{Args, Subcommand};
use import8_server::database::{Database, FILE};
use import8_server::exchange_rate_store::{self, AddedRates};
use import8_server::tariff_store::{self, Added, Change, HeldBack, PackedEdition, StoreError, StoredEdition};
use import8_tariff::Progress;
use import8_tariff::exchange_rates::{self, MonthlyRate, RateSource};
use jiff::civil::Date;

/// The time between two lines that tell how far an import is.
const BETWEEN_LINES: Duration = Duration::from_secs(2);

/// The commands.
#[derive(Subcommand)]
pub(crate) enum TariffCommand {
    /// Read a publication, store it as an edition, and put it in force if it is new.
    Import(Import),
    /// List the stored editions, and tell which one is in force.
    List {
        #[command(flatten)]
        folder: Folder,
    },
    /// Show what the import of an edition has read, refused and missed.
    Report {
        /// Number of the edition.
        id: i64,
        #[command(flatten)]
        folder: Folder,
    },
    /// Put a stored edition in force.
    Use {
        /// Number of the edition.
        id: i64,
        #[command(flatten)]
        folder: Folder,
    },
    /// Put in force again what was in force before.
    Back {
        #[command(flatten)]
        folder: Folder,
    },
    /// Delete an edition that is not in force.
    Remove {
        /// Number of the edition.
        id: i64,
        #[command(flatten)]
        folder: Folder,
    },
    /// Import customs rates of exchange: the reference rates of the European Central Bank as XML, or a table of your own
    /// as CSV with the columns month, currency and per_euro.
    Rates {
        /// File with the rates.
        file: PathBuf,
        #[command(flatten)]
        folder: Folder,
    },
}

/// Options of `tariff import`.
#[derive(Args)]
pub(crate) struct Import {
    /// Publication: a file, or the folder or ZIP file of the workbooks of TARIC.
    path: PathBuf,
    /// Folder of the database; created if it is missing.
    #[arg(long, default_value = "data")]
    data: PathBuf,
    /// Day that the publication is of, such as 2026-11-01 [default: that of the files].
    #[arg(long, value_name = "DATE")]
    day: Option<Date>,
    /// Only read and report: store nothing.
    #[arg(long, conflicts_with = "put_in_force")]
    dry_run: bool,
    /// Put it in force in any case: also if it is stored already, or if it is of an earlier day than the edition in
    /// force, is another publication, lacks one of its tables, or has fewer than half of its measures.
    #[arg(long = "use")]
    put_in_force: bool,
}

/// The folder of a database, which must exist except for `tariff rates`.
#[derive(Args)]
pub(crate) struct Folder {
    /// Folder of the database.
    #[arg(long, default_value = "data")]
    data: PathBuf,
}

/// Runs a command, and prints its result.
///
/// # Errors
/// The reason why it could not be done, as a sentence for the person. Nothing has changed then, unless it was the closing
/// of the database that failed.
pub(crate) async fn run(command: TariffCommand) -> Result<(), Box<dyn Error>> {
    let said = match command {
        TariffCommand::Import(options) => return import(options).await,
        TariffCommand::List { folder } => {
            on(&folder.data, async |database| Ok(listing(&tariff_store::list(database.readers()).await?)))
                .await?
        }
        TariffCommand::Report { id, folder } => {
            on(&folder.data, async |database| {
                let (edition, report) = tariff_store::report(database, id).await?;
                Ok(format!(
                    "{edition}, imported {}\n{}",
                    edition.imported_at.rfc3339(),
                    report.to_text().trim_end()
                ))
            })
            .await?
        }
        TariffCommand::Use { id, folder } => {
            on(&folder.data, async |database| Ok(changed(&tariff_store::put_in_force(database, id).await?)))
                .await?
        }
        TariffCommand::Back { folder } => {
            on(&folder.data, async |database| Ok(changed(&tariff_store::go_back(database).await?))).await?
        }
        TariffCommand::Remove { id, folder } => {
            on(&folder.data, async |database| {
                Ok(format!("Removed: {}.", tariff_store::remove(database, id).await?))
            })
            .await?
        }
        TariffCommand::Rates { file, folder } => rates(&folder.data, &file).await?,
    };
    println!("{said}");
    Ok(())
}

/// Does something with a database that must exist, and closes it.
async fn on(
    data: &Path,
    work: impl AsyncFnOnce(&Database) -> Result<String, StoreError>,
) -> Result<String, Box<dyn Error>> {
    if !data.join(FILE).is_file() {
        return Err(format!("there is no database in {}: `tariff import` makes one", data.display()).into());
    }
    let database = Database::open(data).await?;
    let done = work(&database).await;
    // What was done stays done, even if closing fails.
    let closed = database.close().await;
    let said = done?;
    closed?;
    Ok(said)
}

/// Imports a file with rates of exchange into the database of a folder, which is created if it is missing, and returns
/// what was done.
async fn rates(data: &Path, file: &Path) -> Result<String, Box<dyn Error>> {
    let in_file = |error: &dyn Error| format!("{}: {error}", file.display());
    let mut bytes = Vec::new();
    // One byte more than may be, so that a file that is too large is told from one that is not.
    let most = u64::try_from(exchange_rates::MOST_BYTES).map_or(u64::MAX, |most| most.saturating_add(1));
    let opened = File::open(file).map_err(|error| in_file(&error))?;
    opened.take(most).read_to_end(&mut bytes).map_err(|error| in_file(&error))?;
    let read = exchange_rates::read(&bytes).map_err(|error| format!("{}: {error}", file.display()))?;
    let source = match read.source {
        RateSource::CentralBank => "reference rates of the European Central Bank",
        RateSource::Own => "a table of your own",
    };
    let month = |rate: Option<&MonthlyRate>| rate.map(|rate| rate.month.strftime("%Y-%m").to_string());
    let first = month(read.rates.first()).unwrap_or_default();
    let last = month(read.rates.last()).unwrap_or_default();
    let database = Database::open(data).await?;
    let added = exchange_rate_store::add(&database, read.rates).await;
    let closed = database.close().await;
    let AddedRates { new, changed, same } = added?;
    closed?;
    Ok(format!(
        "Customs rates of exchange from {source}, for {first} to {last}: {new} new, {changed} changed, {same} known \
         already."
    ))
}

async fn import(options: Import) -> Result<(), Box<dyn Error>> {
    let Import { path, data, day, dry_run, put_in_force } = options;
    let read = tokio::task::spawn_blocking(move || -> Result<_, String> {
        let mut told = Instant::now();
        let mut tell = |progress: Progress<'_>| {
            if told.elapsed() >= BETWEEN_LINES {
                told = Instant::now();
                let Progress { file, number, files, rows } = progress;
                eprintln!("Reading {file} ({number} of {files}): {rows} rows");
            }
        };
        let (edition, report) =
            import8_tariff::read_with(&path, day, &mut tell).map_err(|error| error.to_string())?;
        println!("{}", report.to_text().trim_end());
        if dry_run {
            return Ok(None);
        }
        let packed = PackedEdition::new(&edition, &report);
        packed.map(Some).map_err(|error| format!("the edition cannot be stored: {error}"))
    });
    let Some(packed) = read.await?? else {
        println!("Nothing is stored: this was a dry run.");
        return Ok(());
    };
    let database = Database::open(&data).await?;
    let added = tariff_store::add(&database, packed, put_in_force).await;
    let closed = database.close().await;
    println!("{}", stored(&added?));
    Ok(closed?)
}

/// What an import has done.
fn stored(added: &Added) -> String {
    let Added { edition, was_there, before, held_back } = added;
    let first = if *was_there {
        format!("Nothing new: this is {edition}, imported {}.", edition.imported_at.rfc3339())
    } else {
        let (lines, measures) = (counted(edition.lines, "line"), counted(edition.measures, "measure"));
        format!("Stored as {edition}, with {lines} and {measures}.")
    };
    let id = edition.id;
    let is_same = before.as_ref().is_some_and(|before| before.id == id);
    let second = if is_same {
        "It is in force, as before.".to_owned()
    } else if edition.in_force {
        format!("It is in force now, instead of {}. `tariff back` undoes this.", named(before.as_ref()))
    } else {
        let why = match before {
            Some(before) if !held_back.is_empty() => {
                held_back.iter().map(|reason| why(reason, edition, before)).collect::<Vec<_>>().join("; ")
            }
            _ => format!("{} is", named(before.as_ref())),
        };
        format!("It is not in force: {why}. `tariff use {id}` puts it in force.")
    };
    format!("{first}\n{second}")
}

/// The reason why a new edition is not in force, and what would be lost by it.
fn why(reason: &HeldBack, new: &StoredEdition, in_force: &StoredEdition) -> String {
    let measures = counted(in_force.measures, "measure");
    match reason {
        HeldBack::Earlier => format!("{in_force} is of a later day, and stays"),
        HeldBack::OtherPublication => {
            let lines = counted(in_force.lines, "line");
            format!(
                "{in_force} is another publication, and its {lines} and {measures} would no longer be in force"
            )
        }
        HeldBack::NoMeasures => format!("it has no measures, and the {measures} of {in_force} would be lost"),
        HeldBack::FewerMeasures => {
            let its = counted(new.measures, "measure");
            format!("it has {its}, and {in_force} has {measures}: more than half of them would be lost")
        }
        HeldBack::NoTables(tables) => {
            let tables: Vec<_> = tables.iter().map(|table| table.title()).collect();
            let tables = tables.join(", ");
            format!(
                "what {in_force} has of these tables would be lost, because it has nothing of them: {tables}"
            )
        }
    }
}

/// `1 measure`, `2 measures`.
fn counted(number: i64, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

/// What is in force now, and what was.
fn changed(change: &Change) -> String {
    let (from, to) = (named(change.from.as_ref()), named(change.to.as_ref()));
    if from == to {
        format!("In force, as before: {to}.")
    } else {
        format!("In force now: {to}, instead of {from}.")
    }
}

fn named(edition: Option<&StoredEdition>) -> String {
    edition.map_or_else(|| "the built-in tariff".to_owned(), ToString::to_string)
}

/// The editions as a table, with what is in force below it.
fn listing(editions: &[StoredEdition]) -> String {
    let mut text = String::new();
    if !editions.is_empty() {
        text.push_str(&row(["Edition", "Publication", "Day", "Lines", "Measures", "Imported"]));
    }
    for edition in editions {
        let StoredEdition { id, publication, day, lines, measures, imported_at, .. } = edition;
        let numbers = [id, lines, measures].map(ToString::to_string);
        let [id, lines, measures] = numbers.each_ref().map(String::as_str);
        text.push_str(&row([
            id,
            publication.title(),
            &day.to_string(),
            lines,
            measures,
            &imported_at.rfc3339(),
        ]));
    }
    format!("{text}In force: {}.", named(editions.iter().find(|edition| edition.in_force)))
}

fn row([id, publication, day, lines, measures, imported]: [&str; 6]) -> String {
    format!("{id:>7}  {publication:<21}  {day:<10}  {lines:>7}  {measures:>8}  {imported}\n")
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    #[tokio::test]
    async fn rates_of_a_file_are_imported_all_or_none() {
        let folder = TempDir::new().expect("a temporary folder");
        let (data, file) = (folder.path().join("data"), folder.path().join("rates.csv"));
        let import = async |rows: &str| {
            std::fs::write(&file, format!("month,currency,per_euro\n{rows}")).expect("written");
            rates(&data, &file).await.map_err(|error| error.to_string())
        };
        let first = import("2026-12,USD,1.0842\n2027-01,USD,1.10\n").await.expect("imported");
        assert!(first.ends_with("for 2026-12 to 2027-01: 2 new, 0 changed, 0 known already."), "{first}");
        let refused = import("2026-12,USD,9\n2026-12,USD,x\n").await.expect_err("refused");
        assert!(refused.contains("rates.csv: ") && refused.contains("row 3"), "{refused}");
        let again =
            import("2026-12,USD,1.08420\n2027-01,USD,1.2\n2026-12,GBP,0.84\n").await.expect("imported");
        assert!(again.ends_with("1 new, 1 changed, 1 known already."), "{again}");
        // Without reading it: a file of zeros that takes no room on the disk.
        let most = u64::try_from(exchange_rates::MOST_BYTES).expect("a length");
        File::create(&file).and_then(|file| file.set_len(most + 1)).expect("a large file");
        let refused = rates(&data, &file).await.expect_err("refused").to_string();
        assert!(refused.ends_with("the file is larger than 64 MiB"), "{refused}");
    }
}
