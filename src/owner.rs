//! The owner under which this browser keeps data: the organisation's identifier, or a digest of the key at a service
//! that has no identifiers. Not its name, which another organisation may have too.

use import8_api::Organization;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

use crate::api::ApiKey;
use crate::database;
use crate::digest::sha256;
use crate::session::Session;
use crate::storage;

/// Stands between whose it is and the titles in the name of a way of reading files.
pub const BETWEEN: &str = "\u{1f}";

/// The name of the last count of a month, which belongs to somebody too.
pub const COUNT: &str = "import8.usage";

/// The name under which it is kept which keys this browser has known.
const KEYS: &str = "import8.owners";

/// A key that this browser has known, of a service that tells no identifier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct KnownKey {
    /// Under which name the browser keeps what is its owner's.
    owner: String,
    /// What its owner is called.
    organization: String,
    /// Those of the same name who are somebody else, as the person has said.
    #[serde(default)]
    strangers: Vec<String>,
}

/// What another key of an organisation of this name has left in this browser: a handle, cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct LeftBehind {
    session: Session,
    owners: RwSignal<Vec<String>>,
}

impl LeftBehind {
    /// Finds out whose the key in use is as soon as the service has said it, and gives them what is theirs.
    #[must_use]
    pub fn of(session: Session) -> Self {
        let left = Self { session, owners: RwSignal::new(Vec::new()) };
        let told = Memo::new(move |_| Some((session.key()?, session.account()?.organization)));
        Effect::new(move |_| {
            left.owners.set(Vec::new());
            if let Some((key, organization)) = told.get() {
                spawn_local(async move { left.settle(key, organization).await });
            }
        });
        left
    }

    /// Whether there is something.
    #[must_use]
    pub fn is_there(self) -> bool {
        self.owners.with(|owners| !owners.is_empty())
    }

    /// Takes it over, because it is of the same organisation.
    ///
    /// # Errors
    /// [`database::NotKept`]; then it is where it was.
    pub async fn take_over(self) -> Result<(), database::NotKept> {
        let owner = untrack(|| self.session.organization());
        give(&self.owners.get_untracked(), &owner).await?;
        self.owners.set(Vec::new());
        Ok(())
    }

    /// Leaves it to another organisation of the same name.
    pub fn leave(self) {
        let owner = untrack(|| self.session.organization());
        let others = self.owners.get_untracked();
        change_keys(|keys| {
            if let Some(own) = keys.iter_mut().find(|key| key.owner == owner) {
                own.strangers.extend(others);
            }
        });
        self.owners.set(Vec::new());
    }

    async fn settle(self, key: ApiKey, organization: Organization) {
        // On a connection that is not encrypted the browser makes no digests.
        let of_key = sha256(key.secret().as_bytes()).await.map(|digest| format!("key:{digest}"));
        let Organization { id, name, .. } = organization;
        let owner = owner(id.as_deref(), of_key.as_deref(), &name);
        let before: Vec<_> = [Some(&name), of_key.as_ref()].into_iter().flatten().cloned().collect();
        let before: Vec<_> = before.into_iter().filter(|before| *before != owner).collect();
        #[expect(clippy::let_underscore_must_use, reason = "what cannot be moved now is moved the next time")]
        let _ = give(&before, &owner).await;
        self.session.set_owner(&key, &owner);
        if id.is_none() && of_key.is_some() {
            self.look(&owner, &name).await;
        }
    }

    /// Looks for what other keys of this name have left.
    async fn look(self, owner: &str, name: &str) {
        let mut others = Vec::new();
        change_keys(|keys| others = others_of(keys, owner, name));
        let mut left = Vec::new();
        for other in others {
            // Storage that keeps nothing has nothing of anybody.
            if database::has_any_of(&other).await.unwrap_or_default() {
                left.push(other);
            }
        }
        if untrack(|| self.session.organization()) == owner {
            self.owners.set(left);
        }
    }
}

/// Under which name the browser keeps what is an organisation's.
fn owner(id: Option<&str>, of_key: Option<&str>, name: &str) -> String {
    id.map(|id| format!("id:{id}")).or_else(|| of_key.map(str::to_owned)).unwrap_or_else(|| name.to_owned())
}

/// Notes a key; answers the others whose owner has the same name and may be the same.
fn others_of(keys: &mut Vec<KnownKey>, owner: &str, name: &str) -> Vec<String> {
    let own = keys.iter().find(|key| key.owner == owner);
    let strangers = own.map(|own| own.strangers.clone()).unwrap_or_default();
    if own.is_none() {
        keys.push(KnownKey { owner: owner.to_owned(), organization: name.to_owned(), strangers: Vec::new() });
    }
    let others = keys.iter().filter(|key| key.owner != owner && key.organization == name);
    let others = others.filter(|key| !strangers.contains(&key.owner));
    others.map(|key| key.owner.clone()).collect()
}

fn change_keys(change: impl FnOnce(&mut Vec<KnownKey>)) {
    let kept = storage::get(storage::local(), KEYS);
    let mut keys = kept.and_then(|kept| serde_json::from_str(&kept).ok()).unwrap_or_default();
    change(&mut keys);
    storage::set(storage::local(), KEYS, serde_json::to_string(&keys).ok().as_deref());
}

async fn give(before: &[String], owner: &str) -> Result<(), database::NotKept> {
    // First what may fail: then nothing has changed.
    database::give(before, owner, BETWEEN).await?;
    let count = storage::get(storage::local(), COUNT);
    if let Some(given) = count.and_then(|count| database::given(&count, before, owner)) {
        storage::set(storage::local(), COUNT, Some(&given));
    }
    Ok(())
}

/// What another key of an organisation of this name has left in this browser.
#[must_use]
pub fn use_left_behind() -> LeftBehind {
    expect_context()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_organisation_is_known_by_what_no_other_has() {
        let check = |id, of_key, expected: &str| assert_eq!(owner(id, of_key, "Vendor"), expected);
        check(Some("7"), Some("key:abc"), "id:7");
        check(None, Some("key:abc"), "key:abc");
        check(None, None, "Vendor");
    }

    #[test]
    fn only_a_key_of_the_same_name_may_be_of_the_same_organisation() {
        let mut keys = Vec::new();
        assert!(others_of(&mut keys, "key:a", "Vendor").is_empty());
        assert!(others_of(&mut keys, "key:b", "Other").is_empty());
        assert_eq!(others_of(&mut keys, "key:c", "Vendor"), ["key:a"]);
        assert_eq!(keys.len(), 3);
        assert_eq!(others_of(&mut keys, "key:a", "Vendor"), ["key:c"]);
        keys[2].strangers.push("key:a".to_owned());
        assert!(others_of(&mut keys, "key:c", "Vendor").is_empty());
        assert_eq!(keys.len(), 3, "a key is noted once");
    }
}
