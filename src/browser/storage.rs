//! Session storage and local storage. Storage can be forbidden or full; then nothing is stored, and the
//! dashboard works until the page is closed.

use web_sys::Storage;

/// Session storage, which ends with the tab. It holds the API keys, and which build has reloaded the page by itself.
#[must_use]
pub fn session() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}

/// Local storage, shared by all tabs and kept until it is removed. It holds preferences and small records,
/// never a secret.
#[must_use]
pub fn local() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// The text of an item, or `None` if there is none.
#[must_use]
pub fn get(storage: Option<Storage>, name: &str) -> Option<String> {
    storage?.get_item(name).ok()?
}

/// Number of items, and approximate bytes of their names and texts.
#[must_use]
pub fn contents(storage: Option<Storage>) -> (u32, u64) {
    let Some(storage) = storage else { return (0, 0) };
    let count = storage.length().unwrap_or_default();
    let names = (0..count).filter_map(|at| storage.key(at).ok()?);
    let bytes = names.map(|name| name.len() + get(Some(storage.clone()), &name).map_or(0, |text| text.len()));
    (count, bytes.map(|bytes| bytes as u64).sum())
}

/// Removes all items. For local storage, other tabs receive a `storage` event without a key.
pub fn clear(storage: Option<Storage>) {
    let Some(storage) = storage else { return };
    // An empty storage would send no event.
    set(Some(storage.clone()), "import8.wiped", Some("yes"));
    #[expect(clippy::let_underscore_must_use, reason = "forbidden storage has nothing to remove")]
    let _ = storage.clear();
}

/// Stores an item; `None` removes it.
pub fn set(storage: Option<Storage>, name: &str, text: Option<&str>) {
    let Some(storage) = storage else { return };
    #[expect(
        clippy::let_underscore_must_use,
        reason = "with full or forbidden storage, the item lives until the page is closed"
    )]
    let _ = match text {
        Some(text) => storage.set_item(name, text),
        None => storage.remove_item(name),
    };
}
