//! What the browser keeps for us. Storage can be forbidden or full; then it keeps nothing, and
//! the dashboard works until the page is closed.

use web_sys::Storage;

/// Kept until the tab is closed: the API key, and nothing else.
#[must_use]
pub fn session() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}

/// Kept until it is removed: preferences, never a secret.
#[must_use]
pub fn local() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// A kept text.
#[must_use]
pub fn get(storage: Option<Storage>, name: &str) -> Option<String> {
    storage?.get_item(name).ok()?
}

/// How many texts there are, and how many bytes they have with their names, about.
#[must_use]
pub fn contents(storage: Option<Storage>) -> (u32, u64) {
    let Some(storage) = storage else { return (0, 0) };
    let count = storage.length().unwrap_or_default();
    let names = (0..count).filter_map(|at| storage.key(at).ok()?);
    let bytes = names.map(|name| name.len() + get(Some(storage.clone()), &name).map_or(0, |text| text.len()));
    (count, bytes.map(|bytes| bytes as u64).sum())
}

/// Removes everything. Other tabs hear of it when it is what all tabs share.
pub fn clear(storage: Option<Storage>) {
    let Some(storage) = storage else { return };
    // They would not hear of it if there were nothing to remove.
    set(Some(storage.clone()), "import8.wiped", Some("yes"));
    #[expect(clippy::let_underscore_must_use, reason = "a forbidden storage has nothing")]
    let _ = storage.clear();
}

/// Keeps a text; `None` removes it.
pub fn set(storage: Option<Storage>, name: &str, text: Option<&str>) {
    let Some(storage) = storage else { return };
    #[expect(
        clippy::let_underscore_must_use,
        reason = "a full or forbidden storage is no reason to stop: what it should have kept lives until the page is closed"
    )]
    let _ = match text {
        Some(text) => storage.set_item(name, text),
        None => storage.remove_item(name),
    };
}
