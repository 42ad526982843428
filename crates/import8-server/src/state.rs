//! The shared state: handles for the routes, the worker and the dispatcher. It imports none of them.

use std::sync::Arc;

use tokio::sync::{Notify, Semaphore, watch};

use crate::database::Database;
use crate::engine::Engine;
use crate::keys::KnownKeys;
use crate::precedent_store::PrecedentStore;
use crate::rate_limit::Limiter;
use crate::tariff::Tariff;
use crate::tariff_changes::Comparisons;
use crate::webhooks::guard::Guard;

/// The most searches of the history that run at the same time.
const SEARCHES: usize = 2;

/// The shared state of an API server. A clone is cheap and shares everything.
#[derive(Debug, Clone)]
pub struct Api {
    /// The database.
    pub database: Database,
    tariff: watch::Sender<Arc<Tariff>>,
    /// The classifier.
    pub engine: Arc<Engine>,
    /// What reviewers decided, from which the classifier learns.
    pub precedents: Arc<PrecedentStore>,
    /// The keys used since the start.
    pub keys: Arc<KnownKeys>,
    /// The check of a webhook's address.
    pub guard: Guard,
    /// Limits the searches and checks of codes that run at the same time: each may read the whole history or classify
    /// a hundred products, and other requests need readers and processors too.
    pub searches: Arc<Semaphore>,
    /// The comparisons of editions made so far.
    pub comparisons: Comparisons,
    /// Wakes the worker: notify it after a product was queued.
    pub wake: Arc<Notify>,
    /// Wakes the dispatcher: notify it after a delivery was queued.
    pub wake_dispatcher: Arc<Notify>,
    /// The request counters of the rate limit.
    pub limiter: Arc<Limiter>,
}

impl Api {
    /// The state of a server that has just started on a database and a tariff.
    #[must_use]
    pub fn new(database: Database, tariff: Tariff, guard: Guard) -> Self {
        let engine = Arc::new(Engine::new(tariff.nomenclature()));
        Self {
            database,
            tariff: watch::Sender::new(Arc::new(tariff)),
            engine,
            precedents: Arc::default(),
            keys: Arc::default(),
            guard,
            searches: Arc::new(Semaphore::new(SEARCHES)),
            comparisons: Comparisons::default(),
            wake: Arc::default(),
            wake_dispatcher: Arc::default(),
            limiter: Arc::default(),
        }
    }

    /// The tariff at this moment: duties, VAT and declarable codes. Another edition may come into force at any time, so
    /// whatever belongs together, such as all of an answer, is asked of one tariff.
    #[must_use]
    pub fn tariff(&self) -> Arc<Tariff> {
        Arc::clone(&self.tariff.borrow())
    }

    /// Answers from another tariff from now on, and returns the one before.
    pub fn replace_tariff(&self, tariff: Arc<Tariff>) -> Arc<Tariff> {
        self.tariff.send_replace(tariff)
    }
}
