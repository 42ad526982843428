//! The state that all routes, the worker and the dispatcher share. It imports none of them.

use std::sync::Arc;

use tokio::sync::{Notify, Semaphore};

use crate::database::Database;
use crate::engine::Engine;
use crate::keys::KnownKeys;
use crate::rate_limit::Limiter;
use crate::tariff::Tariff;
use crate::webhooks::guard::Guard;

/// How many filtered lists are read at once.
const SEARCHES: usize = 2;

/// What the routes share.
#[derive(Debug, Clone)]
pub struct Api {
    /// Where everything is kept.
    pub database: Database,
    /// What imports cost.
    pub tariff: Arc<Tariff>,
    /// Finds codes.
    pub engine: Arc<Engine>,
    /// The keys in use.
    pub keys: Arc<KnownKeys>,
    /// Which addresses a webhook may have.
    pub guard: Guard,
    /// A search may read the whole history, so only a few run at once and readers are left for the rest.
    pub searches: Arc<Semaphore>,
    /// Wakes the worker when there is something to classify.
    pub wake: Arc<Notify>,
    /// Wakes the dispatcher when there is something to deliver.
    pub wake_dispatcher: Arc<Notify>,
    /// Counts the requests of each caller.
    pub limiter: Arc<Limiter>,
}

impl Api {
    /// An API on a database and a tariff.
    #[must_use]
    pub fn new(database: Database, tariff: Tariff, guard: Guard) -> Self {
        let engine = Arc::new(Engine::new(tariff.nomenclature()));
        Self {
            database,
            tariff: Arc::new(tariff),
            engine,
            keys: Arc::default(),
            guard,
            searches: Arc::new(Semaphore::new(SEARCHES)),
            wake: Arc::default(),
            wake_dispatcher: Arc::default(),
            limiter: Arc::default(),
        }
    }
}
