//! The follower: has the server answer from the edition that the database says is in force.
//!
//! Another program imports editions (`import8-server tariff`), so the follower looks every half second. An edition is
//! decoded once, beside the asynchronous tasks, and answers come from the one before until it is ready.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use crate::duty_history;
use crate::state::Api;
use crate::tariff::Tariff;
use crate::tariff_store::{self, StoreError};

/// The time between two looks. An edition must be in use two seconds after it came into force, and decoding it takes
/// most of one.
const INTERVAL: Duration = Duration::from_millis(500);

/// The follower. One runs on a server's state.
#[derive(Debug)]
pub struct TariffFollower {
    api: Api,
    /// The number of the edition that answers, or that could not be read.
    edition: Option<i64>,
    /// The tariff before, which requests may still use. It is dropped a look later, because that takes long.
    previous: Option<Arc<Tariff>>,
}

impl TariffFollower {
    /// Reads the edition in force, so that the first answer comes from it.
    ///
    /// # Errors
    /// The database or the edition in force cannot be read. A server that answered from the built-in tariff instead
    /// would tell duties that its owner has replaced.
    pub async fn start(api: Api) -> Result<Self, StoreError> {
        let mut follower = Self { api, edition: None, previous: None };
        follower.look().await?;
        Ok(follower)
    }

    /// Runs until `stop` is true, and first has the duties of older editions stored. What cannot be read is logged, and the tariff stays what it is.
    pub async fn run(mut self, mut stop: watch::Receiver<bool>) {
        tokio::spawn(duty_history::complete(self.api.database.clone()));
        while !*stop.borrow() {
            tokio::select! {
                () = tokio::time::sleep(INTERVAL) => {}
                _ = stop.changed() => continue,
            }
            if let Some(previous) = self.previous.take() {
                tokio::task::spawn_blocking(move || drop(previous));
            }
            match self.look().await {
                Ok(()) => {}
                Err(StoreError::Unreadable { id, fault }) => {
                    // Reading it again would find the same.
                    self.edition = Some(id);
                    tracing::error!(
                        edition = id,
                        fault,
                        "the edition in force cannot be read: the one before answers"
                    );
                }
                Err(error) => {
                    tracing::error!(%error, "the tariff in force is not known and is looked up again")
                }
            }
        }
    }

    /// Takes up the edition in force, if it is another one.
    async fn look(&mut self) -> Result<(), StoreError> {
        let database = &self.api.database;
        let in_force = tariff_store::in_force(database.readers()).await?;
        if in_force == self.edition {
            return Ok(());
        }
        let edition = match in_force {
            Some(id) => Some(Arc::new(tariff_store::load(database, id).await?)),
            None => None,
        };
        let tariff = self.api.tariff();
        let with_edition = tokio::task::spawn_blocking(move || tariff.with_edition(edition));
        let tariff = with_edition.await.map_err(|error| sqlx::Error::Io(error.into()))?;
        self.previous = Some(self.api.replace_tariff(Arc::new(tariff)));
        self.edition = in_force;
        tracing::info!(edition = in_force, "the tariff in force is taken up");
        Ok(())
    }
}
