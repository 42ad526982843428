//! The API keys of a tab, in session storage, which ends with the tab.

use serde::{Deserialize, Serialize};

use crate::api::ApiKey;
use crate::browser::storage;

/// Storage key of the key in use.
const IN_USE: &str = "import8.key";

/// Storage key of all keys, as JSON.
const HELD: &str = "import8.keys";

/// A key that this tab holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldKey {
    /// The API key.
    pub key: ApiKey,
    /// The person's name for the key; may be empty.
    pub label: String,
    /// The name of the key's organisation; empty until known.
    pub organization: String,
    /// The owner under which this browser stores the organisation's data; empty until known. See
    /// [`super::owner`].
    pub owner: String,
}

impl HeldKey {
    /// A key without a label, whose organisation is not known yet.
    #[must_use]
    pub fn new(key: ApiKey) -> Self {
        Self { key, label: String::new(), organization: String::new(), owner: String::new() }
    }
}

/// The keys of a tab, at most one of them in use.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Keyring {
    held: Vec<HeldKey>,
    in_use: Option<ApiKey>,
}

/// The stored form of a held key.
#[derive(Serialize, Deserialize)]
struct Kept {
    key: String,
    #[serde(default)]
    label: String,
    #[serde(default)]
    organization: String,
    #[serde(default)]
    owner: String,
}

impl Keyring {
    /// Restores the keys that this tab had before a reload.
    #[must_use]
    pub fn restore() -> Self {
        let kept = |name| storage::get(storage::session(), name);
        Self::read(kept(IN_USE).as_deref(), kept(HELD).as_deref())
    }

    fn read(in_use: Option<&str>, held: Option<&str>) -> Self {
        let kept: Vec<Kept> = held.and_then(|held| serde_json::from_str(held).ok()).unwrap_or_default();
        let held = kept.into_iter().filter_map(|Kept { key, label, organization, owner }| {
            Some(HeldKey { key: ApiKey::new(&key)?, label, organization, owner })
        });
        let mut ring = Self { held: held.collect(), in_use: None };
        if let Some(key) = in_use.and_then(ApiKey::new) {
            ring.use_key(key);
        }
        ring
    }

    /// Stores the keys until the tab is closed.
    pub fn keep(&self) {
        storage::set(storage::session(), IN_USE, self.in_use.as_ref().map(ApiKey::secret));
        let text = (!self.held.is_empty()).then(|| self.text());
        storage::set(storage::session(), HELD, text.as_deref());
    }

    fn text(&self) -> String {
        let kept = |held: &HeldKey| Kept {
            key: held.key.secret().to_owned(),
            label: held.label.clone(),
            organization: held.organization.clone(),
            owner: held.owner.clone(),
        };
        // Writing texts as JSON cannot fail.
        serde_json::to_string(&self.held.iter().map(kept).collect::<Vec<_>>()).unwrap_or_default()
    }

    /// All keys, in the order in which they were added.
    #[must_use]
    pub fn held(&self) -> &[HeldKey] {
        &self.held
    }

    /// The key in use.
    #[must_use]
    pub fn in_use(&self) -> Option<&ApiKey> {
        self.in_use.as_ref()
    }

    /// The key in use, with its label and organisation.
    #[must_use]
    pub fn held_in_use(&self) -> Option<&HeldKey> {
        self.held.iter().find(|held| Some(&held.key) == self.in_use.as_ref())
    }

    /// Adds a key unless the tab holds it already.
    pub fn hold(&mut self, key: ApiKey) {
        if self.held.iter().all(|held| held.key != key) {
            self.held.push(HeldKey::new(key));
        }
    }

    /// Adds a key and puts it in use.
    pub fn use_key(&mut self, key: ApiKey) {
        self.hold(key.clone());
        self.in_use = Some(key);
    }

    /// Removes a key. If it was in use, the first remaining key is put in use.
    pub fn forget(&mut self, key: &ApiKey) {
        self.held.retain(|held| held.key != *key);
        if self.in_use.as_ref() == Some(key) {
            self.in_use = self.held.first().map(|held| held.key.clone());
        }
    }

    /// Changes the data of a held key, such as its label.
    pub fn change(&mut self, key: &ApiKey, change: impl FnOnce(&mut HeldKey)) {
        if let Some(held) = self.held.iter_mut().find(|held| held.key == *key) {
            change(held);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> ApiKey {
        ApiKey::new(text).expect("a key")
    }

    #[test]
    fn what_is_kept_comes_back() {
        let mut ring = Keyring::default();
        ring.use_key(key("c8_first"));
        ring.use_key(key("c8_second"));
        ring.use_key(key("c8_first"));
        ring.change(&key("c8_second"), |held| {
            "Web \"shop\"".clone_into(&mut held.label);
            "Harbour Imports".clone_into(&mut held.organization);
            "id:7".clone_into(&mut held.owner);
        });
        assert_eq!(ring.held().len(), 2, "a key is held once");
        assert_eq!(Keyring::read(Some("c8_first"), Some(&ring.text())), ring);
        assert_eq!(Keyring::read(Some("c8_first"), None).held().len(), 1);
        assert_eq!(Keyring::read(None, Some("no JSON")), Keyring::default());
    }

    #[test]
    fn after_the_key_in_use_the_next_one_is_used() {
        let mut ring = Keyring::default();
        ring.use_key(key("c8_first"));
        ring.use_key(key("c8_second"));
        ring.forget(&key("c8_second"));
        assert_eq!(ring.in_use(), Some(&key("c8_first")));
        ring.forget(&key("c8_first"));
        assert_eq!(ring, Keyring::default());
    }
}
