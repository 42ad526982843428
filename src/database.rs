//! What this browser keeps so that it outlives a reload, a crash and the tab: in IndexedDB, and on
//! the disk before the promise is kept. The API key is never in it.

use idb::{Database, DatabaseEvent, Factory, ObjectStoreParams, Transaction, TransactionMode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;

const NAME: &str = "import8";

/// Raised when [`Store::ALL`] has a new store.
const VERSION: u32 = 1;

/// What is kept together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Store {
    /// Products that are being described.
    Drafts,
    /// The pictures of these products.
    DraftPictures,
    /// Products that were sent to be classified.
    Submissions,
    /// Verdicts that are yet to be sent.
    Verdicts,
}

impl Store {
    const ALL: [Self; 4] = [Self::Drafts, Self::DraftPictures, Self::Submissions, Self::Verdicts];

    fn name(self) -> &'static str {
        match self {
            Self::Drafts => "drafts",
            Self::DraftPictures => "draft-pictures",
            Self::Submissions => "submissions",
            Self::Verdicts => "verdicts",
        }
    }
}

/// Storage is forbidden, full or broken: what should have been kept lives until the tab is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotKept;

impl From<idb::Error> for NotKept {
    fn from(_: idb::Error) -> Self {
        Self
    }
}

/// Keeps a value in place of the one of the same name; done when it will outlive a killed browser.
///
/// # Errors
/// [`NotKept`].
pub async fn put<T: Serialize>(store: Store, name: &str, value: &T) -> Result<(), NotKept> {
    let text = serde_json::to_string(value).map_err(|_| NotKept)?;
    change(store, |transaction| {
        transaction.object_store(store.name())?.put(&text.into(), Some(&name.into()))?;
        Ok(())
    })
    .await
}

/// Forgets a value.
///
/// # Errors
/// [`NotKept`].
pub async fn remove(store: Store, name: &str) -> Result<(), NotKept> {
    change(store, |transaction| {
        transaction.object_store(store.name())?.delete(JsValue::from(name))?;
        Ok(())
    })
    .await
}

/// All values of a store, in the order of their names. One that an older version of this dashboard
/// wrote in another shape is left out.
///
/// # Errors
/// [`NotKept`].
pub async fn all<T: DeserializeOwned>(store: Store) -> Result<Vec<T>, NotKept> {
    let database = open().await?;
    let transaction = database.transaction(&[store.name()], TransactionMode::ReadOnly)?;
    let values = transaction.object_store(store.name())?.get_all(None, None)?.await?;
    database.close();
    let texts = values.iter().filter_map(JsValue::as_string);
    Ok(texts.filter_map(|text| serde_json::from_str(&text).ok()).collect())
}

async fn change(
    store: Store,
    change: impl FnOnce(&Transaction) -> Result<(), idb::Error>,
) -> Result<(), NotKept> {
    let database = open().await?;
    let transaction = database.transaction(&[store.name()], TransactionMode::ReadWrite)?;
    change(&transaction)?;
    let outcome = transaction.await;
    database.close();
    if outcome?.is_committed() { Ok(()) } else { Err(NotKept) }
}

/// Opened for each use, so that no tab keeps another from a newer version.
async fn open() -> Result<Database, NotKept> {
    let mut request = Factory::new()?.open(NAME, Some(VERSION))?;
    request.on_upgrade_needed(|event| {
        let Ok(database) = event.database() else { return };
        let there = database.store_names();
        for store in Store::ALL.into_iter().filter(|store| there.iter().all(|name| name != store.name())) {
            // What could not be made is missed, and told, when it is first used.
            let _ = database.create_object_store(store.name(), ObjectStoreParams::new());
        }
    });
    Ok(request.await?)
}
