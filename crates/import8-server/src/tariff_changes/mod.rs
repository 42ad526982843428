//! The changes of the codes that an organisation has classified or decided, from one edition of the tariff to another.

mod in_use;
mod products;
#[cfg(test)]
mod tests;
mod wording;

use std::sync::Arc;

use import8_tariff::compare::{Comparison, OnDay, compare};
use jiff::civil::Date;
use tokio::sync::{Mutex, Semaphore};

pub use self::in_use::{changes_in_use, is_changed, is_in_newer};
pub use self::products::{Product, codes_in_use, products};
pub use self::wording::notes;
use crate::database::Database;
use crate::tariff_store::{self, StoreError};

/// The most comparisons that are kept. One of two whole tariffs takes some megabytes.
const KEPT: usize = 3;

/// The most comparisons that wait or are made at the same time.
const PLACES: usize = 4;

/// The seconds after which to ask again if there is no place. A comparison of two whole tariffs takes some.
const RETRY_AFTER: u64 = 10;

/// The reason why there is no comparison.
#[derive(Debug, thiserror::Error)]
pub enum CompareError {
    /// As many others wait as may.
    #[error("too many comparisons wait")]
    Busy {
        /// The seconds after which to ask again.
        retry_after: u64,
    },
    /// One of the editions cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A stored edition on a day: its number, and the day on which its lines and measures must apply.
pub type EditionOnDay = (i64, Date);

/// The comparisons made so far. A clone shares them.
#[derive(Debug, Clone)]
pub struct Comparisons {
    /// Held while one is made, so that it is one at a time.
    kept: Arc<Mutex<Vec<Kept>>>,
    places: Arc<Semaphore>,
}

impl Default for Comparisons {
    fn default() -> Self {
        Self { kept: Arc::default(), places: Arc::new(Semaphore::new(PLACES)) }
    }
}

#[derive(Debug)]
struct Kept {
    from: EditionOnDay,
    to: EditionOnDay,
    comparison: Arc<Comparison>,
}

impl Comparisons {
    /// The comparison of two stored editions. A new one takes seconds and the memory of both editions, so one is made
    /// at a time, beside the asynchronous tasks, and finished even if the caller stops waiting. A caller that stops
    /// before its turn leaves its place to another.
    ///
    /// # Errors
    /// Too many others wait, or one of the editions cannot be read.
    pub async fn between(
        &self,
        database: &Database,
        from: EditionOnDay,
        to: EditionOnDay,
    ) -> Result<Arc<Comparison>, CompareError> {
        // One that is kept needs no place, unless another is made just now.
        if let Ok(kept) = self.kept.try_lock()
            && let Some(known) = known(&kept, from, to)
        {
            return Ok(known);
        }
        let place = Arc::clone(&self.places).try_acquire_owned();
        let place = place.map_err(|_| CompareError::Busy { retry_after: RETRY_AFTER })?;
        let mut kept = Arc::clone(&self.kept).lock_owned().await;
        if let Some(known) = known(&kept, from, to) {
            return Ok(known);
        }
        let database = database.clone();
        let made = tokio::spawn(async move {
            let _place = place;
            let comparison = Arc::new(made(&database, from, to).await?);
            kept.insert(0, Kept { from, to, comparison: Arc::clone(&comparison) });
            kept.truncate(KEPT);
            Ok(comparison)
        });
        made.await.map_err(|error| StoreError::from(sqlx::Error::Io(error.into())))?
    }
}

fn known(kept: &[Kept], from: EditionOnDay, to: EditionOnDay) -> Option<Arc<Comparison>> {
    kept.iter().find(|one| (one.from, one.to) == (from, to)).map(|one| Arc::clone(&one.comparison))
}

async fn made(database: &Database, from: EditionOnDay, to: EditionOnDay) -> Result<Comparison, StoreError> {
    let before = tariff_store::load(database, from.0).await?;
    let after = if to.0 == from.0 { None } else { Some(tariff_store::load(database, to.0).await?) };
    let compared = tokio::task::spawn_blocking(move || {
        let after = OnDay { edition: after.as_ref().unwrap_or(&before), day: to.1 };
        compare(OnDay { edition: &before, day: from.1 }, after)
    });
    Ok(compared.await.map_err(|error| sqlx::Error::Io(error.into()))?)
}
