//! A database with classified products, as the server itself writes them.

use std::path::Path;
use std::time::Duration;

use crate::database::{self, PRODUCTS};
use crate::error::Result;
use crate::load::{Client, Load};
use crate::server::{self, Cores, Server};

/// Makes a database in `folder` with `stored` classifications, and returns a key to them.
///
/// The server classifies a few products, and their rows are copied until there are enough: copies have every column that
/// the server writes.
pub(crate) async fn make(program: &Path, folder: &Path, cores: Cores, stored: u64) -> Result<String> {
    let key = server::create_key(program, folder)?;
    let server = Server::start(program, folder, cores, Duration::ZERO, None)?;
    let mut client = Client::connect(server.address, &key).await?;
    let load = Load::products();
    for turn in 0..PRODUCTS.len() {
        client.ask(&load, turn).await?;
    }
    database::wait_for_classifier(folder).await?;
    drop(server);
    database::fill(folder, stored).await?;
    Ok(key)
}
