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

/// Keeps a text; `None` removes it.
pub fn set(storage: Option<Storage>, name: &str, text: Option<&str>) {
    let Some(storage) = storage else { return };
    // A full or forbidden storage is no reason to stop: see above.
    let _ = match text {
        Some(text) => storage.set_item(name, text),
        None => storage.remove_item(name),
    };
}
