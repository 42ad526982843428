//! IndexedDB: the data that survives a reload, a crash and the end of a tab.
//!
//! Every write is committed before its future resolves. Values are JSON texts, files are bytes. The API key
//! is never in the database.

use idb::{
    Database, DatabaseEvent, Factory, KeyRange, ObjectStore, ObjectStoreParams, Query, TransactionMode,
};
use js_sys::{JsString, Uint8Array};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};

const NAME: &str = "import8";

/// Database version. Raise the number when [`Store::ALL`] gains a store.
const VERSION: u32 = 3;

/// An object store of the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Store {
    /// Drafts of the classify form, one for each tab.
    Drafts,
    /// The pictures of the drafts.
    DraftPictures,
    /// Products that were sent to be classified.
    Submissions,
    /// Verdicts that are not sent yet.
    Verdicts,
    /// Verdicts that were sent to a service whose API does not return them.
    SentVerdicts,
    /// Catalogues: file name, column mapping, stage.
    Catalogues,
    /// The original catalogue files, as bytes.
    Files,
    /// The rows of a catalogue, fixed when its classification starts.
    Plans,
    /// The journal of the batches in which a catalogue is sent.
    Batches,
    /// The request of each product in these batches.
    Orders,
    /// The last column mapping for each set of column titles.
    Mappings,
}

impl Store {
    const ALL: [Self; 11] = [
        Self::Drafts,
        Self::DraftPictures,
        Self::Submissions,
        Self::Verdicts,
        Self::SentVerdicts,
        Self::Catalogues,
        Self::Files,
        Self::Plans,
        Self::Batches,
        Self::Orders,
        Self::Mappings,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Drafts => "drafts",
            Self::DraftPictures => "draft-pictures",
            Self::Submissions => "submissions",
            Self::Verdicts => "verdicts",
            Self::SentVerdicts => "sent-verdicts",
            Self::Catalogues => "catalogues",
            Self::Files => "files",
            Self::Plans => "plans",
            Self::Batches => "batches",
            Self::Orders => "orders",
            Self::Mappings => "mappings",
        }
    }
}

/// Storage is forbidden, full or broken. The data that was to be stored lives until the tab is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotKept;

impl From<idb::Error> for NotKept {
    fn from(_: idb::Error) -> Self {
        Self
    }
}

/// Stores a value under a name and replaces the old value. The future resolves after the commit, so the value
/// survives a killed browser.
///
/// # Errors
/// [`NotKept`] if the value cannot be written.
pub async fn put<T: Serialize>(store: Store, name: &str, value: &T) -> Result<(), NotKept> {
    put_all(store, [(name, value)]).await
}

/// Stores several values as [`put`] does, in one transaction: all of them or none.
///
/// # Errors
/// [`NotKept`] if the values cannot be written; then none of them is stored.
pub async fn put_all<'a, T: Serialize + 'a>(
    store: Store,
    values: impl IntoIterator<Item = (impl AsRef<str>, &'a T)>,
) -> Result<(), NotKept> {
    let kept = |(name, value): (_, &T)| {
        let text = serde_json::to_string(value).map_err(|_| NotKept)?;
        Ok((JsValue::from(AsRef::<str>::as_ref(&name)), JsValue::from(text)))
    };
    let values: Vec<_> = values.into_iter().map(kept).collect::<Result<_, NotKept>>()?;
    change(store, move |store| {
        values.iter().try_for_each(|(name, value)| store.put(value, Some(name)).map(drop))
    })
    .await
}

/// Changes an existing value in one transaction, so no write of another tab is lost. Returns the value as it
/// is stored now, or `None` if no readable value has this name.
///
/// # Errors
/// [`NotKept`] if the database cannot be read or written, or if the stored value has another shape.
pub async fn update<T: Serialize + DeserializeOwned>(
    store: Store,
    name: &str,
    change: impl FnOnce(&mut T),
) -> Result<Option<T>, NotKept> {
    let mut changed = None;
    let rewritten = |text: String| {
        let mut value: T = read(&text)?;
        change(&mut value);
        let text = serde_json::to_string(&value).map_err(|_| NotKept)?;
        changed = Some(value);
        Ok(text)
    };
    rewrite(store, name, Box::new(rewritten)).await?;
    Ok(changed)
}

/// Computes the new text of a value from its old text. An error leaves the value unchanged.
type Rewriting<'a> = Box<dyn FnOnce(String) -> Result<String, NotKept> + 'a>;

async fn rewrite(store: Store, name: &str, rewritten: Rewriting<'_>) -> Result<(), NotKept> {
    let database = open().await?;
    let transaction = database.transaction(&[store.name()], TransactionMode::ReadWrite)?;
    let values = transaction.object_store(store.name())?;
    let text = values.get(JsValue::from(name))?.await?.and_then(|value| value.as_string());
    let rewritten = text.map(rewritten).transpose();
    if let Ok(Some(text)) = &rewritten {
        values.put(&text.into(), Some(&name.into()))?;
    }
    let outcome = transaction.await;
    database.close();
    rewritten?;
    if outcome?.is_committed() { Ok(()) } else { Err(NotKept) }
}

/// Stores a file in [`Store::Files`] and replaces the old file of this name.
///
/// # Errors
/// [`NotKept`] if the file cannot be written.
pub async fn put_file(name: &str, file: &Uint8Array) -> Result<(), NotKept> {
    let (name, file) = (JsValue::from(name), file.clone());
    change(Store::Files, move |files| files.put(&file, Some(&name)).map(drop)).await
}

/// Reads a file from [`Store::Files`], or `None` if no file has this name.
///
/// # Errors
/// [`NotKept`] if the database cannot be read.
pub async fn file(name: &str) -> Result<Option<Uint8Array>, NotKept> {
    let value = get_value(Store::Files, name).await?;
    Ok(value.and_then(|value| value.dyn_into().ok()))
}

/// Reads a value, or `None` if no value has this name.
///
/// # Errors
/// [`NotKept`] if the database cannot be read, or if the stored value has another shape.
pub async fn get<T: DeserializeOwned>(store: Store, name: &str) -> Result<Option<T>, NotKept> {
    let text = get_value(store, name).await?.and_then(|value| value.as_string());
    text.map(|text| read(&text)).transpose()
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T, NotKept> {
    serde_json::from_str(text).map_err(|_| NotKept)
}

/// Deletes a value. A missing value is no error.
///
/// # Errors
/// [`NotKept`] if the database cannot be written.
pub async fn remove(store: Store, name: &str) -> Result<(), NotKept> {
    let name = JsValue::from(name);
    change(store, move |store| store.delete(name).map(drop)).await
}

/// Deletes all values whose names begin with `beginning`.
///
/// # Errors
/// [`NotKept`] if the database cannot be written.
pub async fn remove_under(store: Store, beginning: &str) -> Result<(), NotKept> {
    let range = beginning_with(beginning)?;
    change(store, move |store| store.delete(range).map(drop)).await
}

/// Reads all values of a store, in the order of their names. Values whose JSON is not a `T`, for example from
/// an older version of the dashboard, are left out.
///
/// # Errors
/// [`NotKept`] if the database cannot be read.
pub async fn all<T: DeserializeOwned>(store: Store) -> Result<Vec<T>, NotKept> {
    let texts = get_texts(store, None).await?;
    Ok(texts.iter().filter_map(|text| read(text).ok()).collect())
}

/// Reads the values of `owner` in the order of their names, and counts those of another shape.
///
/// # Errors
/// [`NotKept`] if the database cannot be read.
pub async fn all_of<T: DeserializeOwned>(store: Store, owner: &str) -> Result<(Vec<T>, usize), NotKept> {
    let mark = mark_of(owner);
    let mut texts = get_texts(store, None).await?;
    texts.retain(|text| text.contains(&mark));
    let values: Vec<T> = texts.iter().filter_map(|text| read(text).ok()).collect();
    let unreadable = texts.len() - values.len();
    Ok((values, unreadable))
}

/// The values whose names begin with `beginning`, in the order of their names.
///
/// # Errors
/// [`NotKept`] if the database cannot be read, or if one of the values has another shape.
pub async fn all_under<T: DeserializeOwned>(store: Store, beginning: &str) -> Result<Vec<T>, NotKept> {
    let texts = get_texts(store, Some(beginning_with(beginning)?)).await?;
    texts.iter().map(|text| read(text)).collect()
}

/// The last name, in order, that begins with `beginning`.
///
/// # Errors
/// [`NotKept`] if the database cannot be read.
pub async fn last_name_under(store: Store, beginning: &str) -> Result<Option<String>, NotKept> {
    let range = beginning_with(beginning)?;
    let database = open().await?;
    let transaction = database.transaction(&[store.name()], TransactionMode::ReadOnly)?;
    let names = transaction.object_store(store.name())?.get_all_keys(Some(range), None)?.await?;
    database.close();
    Ok(names.last().and_then(JsValue::as_string))
}

/// Stores whose values belong to an owner. Each value has an `"organization"` field with the owner in it.
const OWNED: [Store; 5] =
    [Store::Drafts, Store::Submissions, Store::Verdicts, Store::SentVerdicts, Store::Catalogues];

/// The JSON text of the `"organization"` field for `owner`.
fn mark_of(owner: &str) -> String {
    // A JSON string cannot contain this text, because its quotation marks are escaped. Writing a text as JSON
    // cannot fail.
    format!("\"organization\":{}", serde_json::to_string(owner).unwrap_or_default())
}

/// The value with its owner changed to `owner`, or `None` if the value does not belong to one of `before`.
#[must_use]
pub fn given(value: &str, before: &[String], owner: &str) -> Option<String> {
    let mark = before.iter().map(|before| mark_of(before)).find(|mark| value.contains(mark.as_str()))?;
    Some(value.replacen(&mark, &mark_of(owner), 1))
}

/// Moves all data of the owners in `before` to `owner`, in one transaction. If two tabs do this, the second
/// one finds nothing to move.
///
/// The name of a column mapping is the owner, then `between`, then the column titles. A mapping that `owner`
/// already has is kept; the other one is deleted.
///
/// # Errors
/// [`NotKept`] if the database cannot be written; then nothing is changed.
pub async fn give(before: &[String], owner: &str, between: &str) -> Result<(), NotKept> {
    let database = open().await?;
    let names: Vec<_> = OWNED.iter().chain([&Store::Mappings]).map(|store| store.name()).collect();
    let transaction = database.transaction(&names, TransactionMode::ReadWrite)?;
    for store in OWNED {
        let values = transaction.object_store(store.name())?;
        for name in values.get_all_keys(None, None)?.await? {
            let text =
                values.get(name.clone())?.await?.and_then(|value| value.as_string()).unwrap_or_default();
            if let Some(given) = given(&text, before, owner) {
                values.put(&given.into(), Some(&name))?;
            }
        }
    }
    let mappings = transaction.object_store(Store::Mappings.name())?;
    for name in mappings.get_all_keys(None, None)?.await? {
        let text = name.as_string().unwrap_or_default();
        let Some((old, titles)) = text.split_once(between) else { continue };
        if before.iter().any(|before| before == old) {
            let new = JsValue::from(format!("{owner}{between}{titles}"));
            // The owner's own mapping is newer.
            if let (Some(value), None) =
                (mappings.get(name.clone())?.await?, mappings.get(new.clone())?.await?)
            {
                mappings.put(&value, Some(&new))?;
            }
            mappings.delete(name)?;
        }
    }
    let outcome = transaction.await;
    database.close();
    if outcome?.is_committed() { Ok(()) } else { Err(NotKept) }
}

/// Whether any value of the stores with an owner belongs to `owner`.
///
/// # Errors
/// [`NotKept`] if the database cannot be read.
pub async fn has_any_of(owner: &str) -> Result<bool, NotKept> {
    let mark = mark_of(owner);
    let database = open().await?;
    let names = OWNED.map(Store::name);
    let transaction = database.transaction(&names, TransactionMode::ReadOnly)?;
    let mut has_any = false;
    for name in names {
        let values = transaction.object_store(name)?.get_all(None, None)?.await?;
        has_any |= values.iter().filter_map(JsValue::as_string).any(|text| text.contains(&mark));
    }
    database.close();
    Ok(has_any)
}

/// Size of a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Content {
    /// The measured store.
    pub store: Store,
    /// Number of records.
    pub count: usize,
    /// Approximate size in bytes: the bytes of files and the UTF-16 code units of texts.
    pub bytes: u64,
}

/// Size of every store: number of records and approximate bytes.
///
/// # Errors
/// [`NotKept`] if the database cannot be read.
pub async fn contents() -> Result<Vec<Content>, NotKept> {
    let database = open().await?;
    let names: Vec<_> = Store::ALL.iter().map(|store| store.name()).collect();
    let transaction = database.transaction(&names, TransactionMode::ReadOnly)?;
    let mut contents = Vec::new();
    for store in Store::ALL {
        let values = transaction.object_store(store.name())?.get_all(None, None)?.await?;
        let bytes = values.iter().map(size).sum();
        contents.push(Content { store, count: values.len(), bytes });
    }
    database.close();
    Ok(contents)
}

fn size(value: &JsValue) -> u64 {
    let text = value.dyn_ref::<JsString>().map(JsString::length);
    text.or_else(|| value.dyn_ref::<Uint8Array>().map(Uint8Array::byte_length)).unwrap_or_default().into()
}

/// Deletes everything, in all stores, in one transaction.
///
/// # Errors
/// [`NotKept`] if the database cannot be written; then nothing is deleted.
pub async fn clear() -> Result<(), NotKept> {
    let database = open().await?;
    let names: Vec<_> = Store::ALL.iter().map(|store| store.name()).collect();
    let transaction = database.transaction(&names, TransactionMode::ReadWrite)?;
    for name in names {
        transaction.object_store(name)?.clear()?;
    }
    let outcome = transaction.await;
    database.close();
    if outcome?.is_committed() { Ok(()) } else { Err(NotKept) }
}

async fn get_texts(store: Store, range: Option<Query>) -> Result<Vec<String>, NotKept> {
    let database = open().await?;
    let transaction = database.transaction(&[store.name()], TransactionMode::ReadOnly)?;
    let values = transaction.object_store(store.name())?.get_all(range, None)?.await?;
    database.close();
    Ok(values.iter().filter_map(JsValue::as_string).collect())
}

async fn get_value(store: Store, name: &str) -> Result<Option<JsValue>, NotKept> {
    let database = open().await?;
    let transaction = database.transaction(&[store.name()], TransactionMode::ReadOnly)?;
    let value = transaction.object_store(store.name())?.get(JsValue::from(name))?.await?;
    database.close();
    Ok(value)
}

/// The range of names that begin with `beginning`.
fn beginning_with(beginning: &str) -> Result<Query, NotKept> {
    let (first, last) = (JsValue::from(beginning), JsValue::from(format!("{beginning}\u{ffff}")));
    Ok(Query::KeyRange(KeyRange::bound(&first, &last, None, None)?))
}

fn change(
    store: Store,
    change: impl FnOnce(&ObjectStore) -> Result<(), idb::Error> + 'static,
) -> impl Future<Output = Result<(), NotKept>> {
    change_store(store, Box::new(change))
}

/// A change to a store. Boxed, like [`Rewriting`], so that the transaction code is compiled once and not for
/// each change.
type Change = Box<dyn FnOnce(&ObjectStore) -> Result<(), idb::Error>>;

async fn change_store(store: Store, change: Change) -> Result<(), NotKept> {
    let database = open().await?;
    let transaction = database.transaction(&[store.name()], TransactionMode::ReadWrite)?;
    change(&transaction.object_store(store.name())?)?;
    let outcome = transaction.await;
    database.close();
    if outcome?.is_committed() { Ok(()) } else { Err(NotKept) }
}

/// Opens the database and adds missing stores. Each operation opens its own connection, so no tab blocks
/// another tab's upgrade to a newer version.
async fn open() -> Result<Database, NotKept> {
    let mut request = Factory::new()?.open(NAME, Some(VERSION))?;
    request.on_upgrade_needed(|event| {
        let Ok(database) = event.database() else { return };
        let there = database.store_names();
        for store in Store::ALL.into_iter().filter(|store| there.iter().all(|name| name != store.name())) {
            #[expect(
                clippy::let_underscore_must_use,
                reason = "a store that could not be created causes an error at its first use"
            )]
            let _ = database.create_object_store(store.name(), ObjectStoreParams::new());
        }
    });
    Ok(request.await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_belongs_to_somebody_is_given_to_them_and_nothing_else() {
        let before = ["Harbour \"Imports\"".to_owned(), "key:a".to_owned()];
        let check = |value: &str, expected: Option<&str>| {
            assert_eq!(given(value, &before, "id:7").as_deref(), expected, "{value}");
        };
        let mine = r#"{"key":"k","organization":"Harbour \"Imports\"","request":{"description":"x"}}"#;
        check(mine, Some(r#"{"key":"k","organization":"id:7","request":{"description":"x"}}"#));
        check(r#"{"organization":"key:a","at":1}"#, Some(r#"{"organization":"id:7","at":1}"#));
        check(r#"{"organization":"id:7","at":1}"#, None);
        check(r#"{"organization":"Harbour Imports"}"#, None);
        // The field's text inside a text that a person has typed.
        check(r#"{"organization":"id:8","text":"\"organization\":\"key:a\""}"#, None);
    }
}
