//! The server's command line.

mod tariff_command;

use std::error::Error;
use std::io::IsTerminal;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::{Args, Parser, Subcommand};
use import8_api::KeyRequest;
use import8_server::app::{AllowedHosts, Backend, router};
use import8_server::backup;
use import8_server::database::Database;
use import8_server::engine::Engine;
use import8_server::evaluation;
use import8_server::keys::{self, Made, NewOrganization, NotMade};
use import8_server::nomenclature::Nomenclature;
use import8_server::state::Api;
use import8_server::tariff::Tariff;
use import8_server::tariff_follower::TariffFollower;
use import8_server::upstream::Upstream;
use import8_server::webhooks::Dispatcher;
use import8_server::webhooks::guard::Guard;
use import8_server::worker::Worker;
use tokio::net::TcpListener;
use tokio::sync::watch;
use uuid::Uuid;

use crate::tariff_command::TariffCommand;

/// The time that open requests have to end when the server is told to stop.
const GRACE: Duration = Duration::from_secs(10);

/// An Import8-compatible API server that also serves the dashboard.
#[derive(Parser)]
#[command(version)]
enum Command {
    /// Answer requests until stopped (Ctrl+C or SIGTERM).
    Serve(Serve),
    /// Copy the database into a new file. A server may run meanwhile.
    Backup {
        /// Folder of the database.
        #[arg(long, default_value = "data")]
        data: PathBuf,
        /// Backup file to create. It must not exist.
        file: PathBuf,
    },
    /// Replace the database by a backup. No server may run meanwhile; the replaced database is kept beside it.
    Restore {
        /// Folder of the database.
        #[arg(long, default_value = "data")]
        data: PathBuf,
        /// Backup file to restore.
        file: PathBuf,
    },
    /// Manage API keys.
    #[command(subcommand)]
    Keys(Keys),
    /// Import editions of the customs tariff, and choose which one is in force. A server may run meanwhile, and takes
    /// up what is in force within seconds.
    #[command(subcommand)]
    Tariff(TariffCommand),
    /// Measure the accuracy and calibration of the classifier on products with known codes.
    Eval {
        /// File of JSON lines with `title`, `attributes`, `category` and `hs6`.
        file: PathBuf,
    },
}

#[derive(Args)]
struct Serve {
    /// Address and port to listen on; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:8080")]
    addr: SocketAddr,
    /// Folder of the database; created if it is missing.
    #[arg(long, default_value = "data")]
    data: PathBuf,
    /// Folder of the built dashboard.
    #[arg(long, default_value = "dist")]
    dist: PathBuf,
    /// Forward the API to the service at this address instead of answering it, such as https://import8.nl/api.
    #[arg(long, value_name = "URL")]
    upstream: Option<String>,
    /// Answer to this host name too; may be repeated. The names of this machine are always answered to.
    #[arg(long = "host", value_name = "NAME")]
    hosts: Vec<String>,
    /// Keep every product pending for at least this time, in milliseconds. The vendor's service takes 25,000 to
    /// 35,000.
    #[arg(long, value_name = "MILLISECONDS", default_value_t = 0)]
    classify_delay: u64,
    /// Allow webhook addresses on this machine, for development. By default only public ones are allowed.
    #[arg(long)]
    webhooks_to_loopback: bool,
}

#[derive(Subcommand)]
enum Keys {
    /// Create an organisation with a key, or another key of an organisation, and print the key once.
    Create(CreateKey),
}

#[derive(Args)]
struct CreateKey {
    /// Folder of the database; created if it is missing.
    #[arg(long, default_value = "data")]
    data: PathBuf,
    /// Create another key of the organisation with this identifier (`organization.id` in the answer of `GET /v1/me`).
    #[arg(long, value_name = "ID", conflicts_with_all = ["reuse", "email", "credits", "rate_limit", "plan_limit", "max_keys"])]
    organization: Option<Uuid>,
    /// Create another key of the oldest organisation with this name; create the organisation only if there is none.
    #[arg(long)]
    reuse: bool,
    /// Name of the new organisation and of its key, which must be given; with --organization, name of the key
    /// [default: that of the organisation].
    #[arg(long, value_parser = key_name, required_unless_present = "organization")]
    name: Option<String>,
    /// Contact address of the new organisation [default: none].
    #[arg(long)]
    email: Option<String>,
    /// Prepaid credits of the new organisation, which must be given; they expire after a year.
    #[arg(long, required_unless_present = "organization")]
    credits: Option<u32>,
    /// Requests per minute that each key may make.
    #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..))]
    rate_limit: u32,
    /// Classifications per month that the plan includes. More are counted and not refused.
    #[arg(long, default_value_t = 500)]
    plan_limit: u32,
    /// Most keys that the organisation may have.
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..))]
    max_keys: u32,
}

/// Parses a name by the rules that the API has for the name of a key.
fn key_name(text: &str) -> Result<String, String> {
    let request = KeyRequest { name: text.trim().to_owned() };
    match request.validate() {
        Ok(()) => Ok(request.name),
        Err(problems) => Err(problems.iter().map(|problem| problem.fault.to_string()).collect()),
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "info".into());
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    log.with_ansi(std::io::stderr().is_terminal()).init();
    // TLS for requests to receivers and to the upstream service.
    #[expect(
        clippy::let_underscore_must_use,
        reason = "the only error is that a provider is installed already, as intended"
    )]
    let _ = rustls::crypto::ring::default_provider().install_default();
    let outcome = match Command::parse() {
        Command::Serve(options) => serve(options).await,
        Command::Keys(Keys::Create(options)) => create_key(options).await,
        Command::Backup { data, file } => back_up(&data, &file).await,
        Command::Restore { data, file } => restore(&data, &file).await,
        Command::Tariff(command) => tariff_command::run(command).await,
        Command::Eval { file } => evaluate(&file),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("import8-server: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn create_key(options: CreateKey) -> Result<(), Box<dyn Error>> {
    let database = Database::open(&options.data).await?;
    let key = match options.organization {
        Some(organization) => keys::create_another(&database, organization, options.name).await,
        None => {
            let new = NewOrganization {
                name: options.name.unwrap_or_default(),
                email: options.email,
                credits: options.credits.unwrap_or_default(),
                rate_limit_per_minute: options.rate_limit,
                plan_limit: options.plan_limit,
                max_api_keys: options.max_keys,
            };
            let made = if options.reuse {
                keys::create_or_another(&database, new).await
            } else {
                keys::create(&database, new).await.map_err(NotMade::from)
            };
            made.inspect(tell_of_namesakes).map(|made| made.key)
        }
    };
    // The key exists by now, even if closing fails.
    let closed = database.close().await;
    println!("{}", key?.reveal());
    Ok(closed?)
}

/// Warns of other organisations with the same name, which are allowed but seldom intended. Standard output has the
/// key only.
fn tell_of_namesakes(made: &Made) {
    let Made { organization, namesakes, .. } = made;
    if namesakes.is_empty() {
        return;
    }
    let ids = namesakes.join(", ");
    if namesakes.contains(organization) {
        eprintln!("This is another key of {organization}, which had this name already.");
        return;
    }
    eprintln!(
        "There was an organisation of this name already: {ids}. This key is of a new one, {organization}, \
         with credits of its own. For another key of one that there is: keys create --organization ID"
    );
}

async fn back_up(data: &Path, file: &Path) -> Result<(), Box<dyn Error>> {
    backup::make(data, file).await?;
    println!("The database is in {}.", file.display());
    Ok(())
}

async fn restore(data: &Path, file: &Path) -> Result<(), Box<dyn Error>> {
    let kept = backup::restore(data, file).await?;
    println!("{} is restored from {}.", data.display(), file.display());
    if let Some(kept) = kept {
        println!("What was there before is in {}.", kept.display());
    }
    Ok(())
}

async fn serve(options: Serve) -> Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind(options.addr).await?;
    let address = listener.local_addr()?;
    let hosts = AllowedHosts::new(address, &options.hosts);
    match &options.upstream {
        Some(url) => {
            let backend = Backend::Upstream(Upstream::new(url)?);
            tracing::info!(%address, upstream = url, "forwarding");
            listen(listener, router(backend, Some(&options.dist), hosts)).await?;
        }
        None => serve_own(listener, hosts, &options).await?,
    }
    tracing::info!("stopped");
    Ok(())
}

/// Serves the API from a database, and closes the database properly when told to stop.
async fn serve_own(
    listener: TcpListener,
    hosts: AllowedHosts,
    options: &Serve,
) -> Result<(), Box<dyn Error>> {
    let _claim = Database::claim(&options.data)?;
    let database = Database::open(&options.data).await?;
    let tariff = Tariff::embedded(Arc::new(Nomenclature::embedded()?))?;
    let guard = Guard { allow_loopback: options.webhooks_to_loopback };
    let api = Api::new(database.clone(), tariff, guard);
    let delay = Duration::from_millis(options.classify_delay);
    let follower = TariffFollower::start(api.clone()).await?;
    let (stop, stopped) = watch::channel(false);
    let follower = tokio::spawn(follower.run(stopped.clone()));
    let worker = tokio::spawn(Worker::new(api.clone(), delay).run(stopped.clone()));
    let dispatcher = tokio::spawn(Dispatcher::new(api.clone(), guard).run(stopped));
    tracing::info!(address = %listener.local_addr()?, "serving");
    let listened = listen(listener, router(Backend::Own(api), Some(&options.dist), hosts)).await;
    stop.send_replace(true);
    // Even if one of them has failed, the others end in order.
    let (worker, dispatcher, follower) = (worker.await, dispatcher.await, follower.await);
    database.close().await?;
    if !Database::checkpoint(&options.data).await? {
        tracing::warn!(
            "another program reads the database: its file is whole only with the `-wal` beside it"
        );
    }
    listened?;
    worker?;
    dispatcher?;
    follower?;
    Ok(())
}

async fn listen(listener: TcpListener, app: axum::Router) -> std::io::Result<()> {
    // Standard output tells the caller the address: with port 0 only the system knows it.
    println!("http://{}", listener.local_addr()?);
    let service = app.into_make_service_with_connect_info::<SocketAddr>();
    let (stop, mut stopped) = watch::channel(false);
    tokio::spawn(async move {
        asked_to_stop().await;
        stop.send(true)
    });
    let mut late = stopped.clone();
    // The sender lives until it has sent, so this wait cannot fail.
    let in_order = async move { drop(stopped.wait_for(|stop| *stop).await) };
    let overdue = async move {
        drop(late.wait_for(|stop| *stop).await);
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        outcome = axum::serve(listener, service).with_graceful_shutdown(in_order) => outcome,
        () = overdue => {
            tracing::warn!("stopped without the requests that were still open");
            Ok(())
        }
    }
}

/// Ends when the process is told to stop.
async fn asked_to_stop() {
    let interrupt = async {
        if let Err(error) = tokio::signal::ctrl_c().await {
            // The default handler of the system then ends the process.
            tracing::warn!(%error, "Ctrl-C is not heard");
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(error) => {
                tracing::warn!(%error, "SIGTERM is not heard");
                std::future::pending().await
            }
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}

fn evaluate(file: &Path) -> Result<(), Box<dyn Error>> {
    let records = evaluation::records(&std::fs::read_to_string(file)?)?;
    let engine = Engine::new(&Nomenclature::embedded()?);
    println!("{}", evaluation::evaluate(&engine, &records));
    Ok(())
}
