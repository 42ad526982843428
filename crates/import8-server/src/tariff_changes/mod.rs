//! The changes of the codes that an organisation has classified or decided, from one edition of the tariff to another.

mod in_use;
mod products;
#[cfg(test)]
mod tests;
mod wording;

use std::sync::Arc;

use import8_tariff::compare::{Comparison, OnDay, compare};
use jiff::civil::Date;
use tokio::sync::Mutex;

pub use self::in_use::{changes_in_use, is_changed};
pub use self::products::{Product, codes_in_use, products};
pub use self::wording::notes;
use crate::database::Database;
use crate::tariff_store::{self, StoreError};

/// The most comparisons that are kept. One of two whole tariffs takes some megabytes.
const KEPT: usize = 3;

/// A stored edition on a day: its number, and the day on which its lines and measures must apply.
pub type EditionOnDay = (i64, Date);

/// The comparisons made so far. A clone shares them.
#[derive(Debug, Clone, Default)]
pub struct Comparisons(Arc<Mutex<Vec<Kept>>>);

#[derive(Debug)]
struct Kept {
    from: EditionOnDay,
    to: EditionOnDay,
    comparison: Arc<Comparison>,
}

impl Comparisons {
    /// The comparison of two stored editions. A new one takes seconds and the memory of both editions, so one is made
    /// at a time, beside the asynchronous tasks, and finished even if the caller stops waiting.
    ///
    /// # Errors
    /// One of the editions cannot be read.
    pub async fn between(
        &self,
        database: &Database,
        from: EditionOnDay,
        to: EditionOnDay,
    ) -> Result<Arc<Comparison>, StoreError> {
        let (kept, database) = (Arc::clone(&self.0), database.clone());
        let made = tokio::spawn(async move {
            let mut kept = kept.lock().await;
            if let Some(known) = kept.iter().find(|one| (one.from, one.to) == (from, to)) {
                return Ok(Arc::clone(&known.comparison));
            }
            let comparison = Arc::new(made(&database, from, to).await?);
            kept.insert(0, Kept { from, to, comparison: Arc::clone(&comparison) });
            kept.truncate(KEPT);
            Ok(comparison)
        });
        made.await.map_err(|error| sqlx::Error::Io(error.into()))?
    }
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
