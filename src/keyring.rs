//! The keys that a tab holds: in session storage, which ends with the tab.

use serde::{Deserialize, Serialize};

use crate::api::ApiKey;
use crate::storage;

/// The name in session storage of the key in use.
const IN_USE: &str = "import8.key";

/// The name in session storage of all of them, as JSON.
const HELD: &str = "import8.keys";

/// A key that this tab holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldKey {
    /// The key.
    pub key: ApiKey,
    /// What the person calls it; may be empty.
    pub label: String,
    /// Whose it is; empty until that is known.
    pub organization: String,
    /// Under which name the browser keeps what is theirs; empty until that is known.
    pub owner: String,
}

impl HeldKey {
    /// A key without a name.
    #[must_use]
    pub fn of(key: ApiKey) -> Self {
        Self { key, label: String::new(), organization: String::new(), owner: String::new() }
    }
}

/// The keys, and which is in use.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Keyring {
    held: Vec<HeldKey>,
    in_use: Option<ApiKey>,
}

/// A held key as it is kept.
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
    /// Those this tab had before a reload.
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

    /// Keeps them until the tab is closed.
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
        // Texts cannot fail to be written.
        serde_json::to_string(&self.held.iter().map(kept).collect::<Vec<_>>()).unwrap_or_default()
    }

    /// All of them, in the order in which they came.
    #[must_use]
    pub fn held(&self) -> &[HeldKey] {
        &self.held
    }

    /// The one in use.
    #[must_use]
    pub fn in_use(&self) -> Option<&ApiKey> {
        self.in_use.as_ref()
    }

    /// What is known of the key in use.
    #[must_use]
    pub fn held_in_use(&self) -> Option<&HeldKey> {
        self.held.iter().find(|held| Some(&held.key) == self.in_use.as_ref())
    }

    /// Holds a key, if it is a new one.
    pub fn hold(&mut self, key: ApiKey) {
        if self.held.iter().all(|held| held.key != key) {
            self.held.push(HeldKey::of(key));
        }
    }

    /// Uses a key, and holds it.
    pub fn use_key(&mut self, key: ApiKey) {
        self.hold(key.clone());
        self.in_use = Some(key);
    }

    /// Forgets a key. If it was in use, the first of those that are left is used instead.
    pub fn forget(&mut self, key: &ApiKey) {
        self.held.retain(|held| held.key != *key);
        if self.in_use.as_ref() == Some(key) {
            self.in_use = self.held.first().map(|held| held.key.clone());
        }
    }

    /// Changes what is known of a held key.
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
