//! The API keys of a tab, in session storage, which ends with the tab.

use serde::{Deserialize, Serialize};

use crate::api::ApiKey;
use crate::browser::storage;
use crate::session::owner::{name_owner, of_key};

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
    /// The owner under which this browser stores the organisation's data. See [`super::owner`].
    pub owner: String,
}

impl HeldKey {
    /// A key without a label, whose organisation has no name yet.
    fn new(key: ApiKey, owner: &str) -> Self {
        Self { key, label: String::new(), organization: String::new(), owner: owner.to_owned() }
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
    pub async fn restore() -> Self {
        let kept = |name| storage::get(storage::session(), name);
        let mut ring = Self::read(kept(IN_USE).as_deref(), kept(HELD).as_deref());
        // An earlier version stored a key before its owner was known.
        for held in ring.held.iter_mut().filter(|held| held.owner.is_empty()) {
            held.owner = name_owner(None, of_key(&held.key).await.as_deref(), &held.organization);
        }
        ring.forget_ownerless();
        ring
    }

    /// Removes keys without an owner: the person signs in with them again.
    fn forget_ownerless(&mut self) {
        self.held.retain(|held| !held.owner.is_empty());
        if self.held_in_use().is_none() {
            self.in_use = None;
        }
    }

    fn read(in_use: Option<&str>, held: Option<&str>) -> Self {
        let kept: Vec<Kept> = held.and_then(|held| serde_json::from_str(held).ok()).unwrap_or_default();
        let held = kept.into_iter().filter_map(|Kept { key, label, organization, owner }| {
            Some(HeldKey { key: ApiKey::new(&key)?, label, organization, owner })
        });
        let mut ring = Self { held: held.collect(), in_use: None };
        if let Some(key) = in_use.and_then(ApiKey::new) {
            ring.hold(key.clone(), "");
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

    /// Adds a key and the owner of its data, unless the tab holds the key already.
    pub fn hold(&mut self, key: ApiKey, owner: &str) {
        if self.held.iter().all(|held| held.key != key) {
            self.held.push(HeldKey::new(key, owner));
        }
    }

    /// Puts a held key in use.
    pub fn use_key(&mut self, key: ApiKey) {
        if self.held.iter().any(|held| held.key == key) {
            self.in_use = Some(key);
        }
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

    /// The ring of two keys, of which the second is in use.
    fn ring() -> Keyring {
        let mut ring = Keyring::default();
        for (text, owner) in [("c8_first", "id:7"), ("c8_second", "key:b")] {
            ring.hold(key(text), owner);
            ring.use_key(key(text));
        }
        ring
    }

    #[test]
    fn a_key_without_an_owner_is_not_held() {
        let mut ring = Keyring::read(Some("c8_other"), Some(&ring().text()));
        assert_eq!((ring.held().len(), ring.in_use()), (3, Some(&key("c8_other"))));
        ring.forget_ownerless();
        assert_eq!((ring.held().len(), ring.in_use()), (2, None));
        ring.use_key(key("c8_other"));
        assert_eq!(ring.in_use(), None);
    }

    #[test]
    fn what_is_kept_comes_back() {
        let mut ring = ring();
        ring.hold(key("c8_first"), "id:8");
        ring.use_key(key("c8_first"));
        ring.change(&key("c8_second"), |held| {
            "Web \"shop\"".clone_into(&mut held.label);
            "Harbour Imports".clone_into(&mut held.organization);
        });
        assert_eq!(ring.held().len(), 2, "a key is held once");
        assert_eq!(Keyring::read(Some("c8_first"), Some(&ring.text())), ring);
        assert_eq!(Keyring::read(Some("c8_first"), None).held().len(), 1);
        assert_eq!(Keyring::read(None, Some("no JSON")), Keyring::default());
    }

    #[test]
    fn after_the_key_in_use_the_next_one_is_used() {
        let mut ring = ring();
        ring.forget(&key("c8_second"));
        assert_eq!(ring.in_use(), Some(&key("c8_first")));
        ring.forget(&key("c8_first"));
        assert_eq!(ring, Keyring::default());
    }
}
