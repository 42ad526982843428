//! The owner under which this browser stores data: the organisation's identifier, or a digest of the API key
//! if the service has no identifiers. The organisation's name is the last resort, because two
//! organisations may share a name.

use import8_api::Organization;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::api::ApiKey;
use crate::browser::database;
use crate::browser::digest::sha256;
use crate::browser::memo::Memo;
use crate::browser::storage;
use crate::browser::task::{effect, spawn_local};
use crate::session::Session;

/// Separates the owner from the column titles in the name of a stored column mapping.
pub const BETWEEN: &str = "\u{1f}";

/// Storage key of the last usage count of a month, which belongs to an owner too.
pub const COUNT: &str = "import8.usage";

/// Storage key of the known keys, as JSON.
const KEYS: &str = "import8.owners";

/// A key that this browser has seen, of a service without organisation identifiers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct KnownKey {
    /// The owner under which the key's data is stored.
    owner: String,
    /// The name of the key's organisation.
    organization: String,
    /// Owners with the same organisation name that the person has declared to be other organisations.
    #[serde(default)]
    strangers: Vec<String>,
}

/// Data left in this browser by another key whose organisation has the same name: a handle, cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct LeftBehind {
    session: Session,
    owners: RwSignal<Vec<String>>,
}

impl LeftBehind {
    /// Nothing, until [`follow`](Self::follow) looks.
    #[must_use]
    pub fn new(session: Session) -> Self {
        Self { session, owners: RwSignal::new(Vec::new()) }
    }

    /// Follows the session. Once the account of the key in use is known, determines its owner, moves data
    /// stored under older owner names to it, and looks for data that other keys left behind.
    pub fn follow(self) {
        let account = Memo::new(move |_| Some((self.session.key()?, self.session.account()?.organization)));
        effect(move || {
            self.owners.set(Vec::new());
            if let Some((key, organization)) = account.get() {
                spawn_local(async move { self.settle(key, organization).await });
            }
        });
    }

    /// Whether there is data that other keys left behind.
    #[must_use]
    pub fn is_there(self) -> bool {
        self.owners.with(|owners| !owners.is_empty())
    }

    /// Moves the data left behind to the current owner. Call it when the person says that it is of the same
    /// organisation.
    ///
    /// # Errors
    /// [`database::NotKept`] if the data cannot be moved; then nothing is changed.
    pub async fn recover(self) -> Result<(), database::NotKept> {
        let owner = untrack(|| self.session.organization());
        give(&self.owners.get_untracked(), &owner).await?;
        self.owners.set(Vec::new());
        Ok(())
    }

    /// Leaves the data where it is and remembers that it is of another organisation.
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
        // Without a secure connection the browser makes no digests.
        let of_key = sha256(key.secret().as_bytes()).await.map(|digest| format!("key:{digest}"));
        let Organization { id, name, .. } = organization;
        let owner = owner(id.as_deref(), of_key.as_deref(), &name);
        let before: Vec<_> = [Some(&name), of_key.as_ref()].into_iter().flatten().cloned().collect();
        let before: Vec<_> = before.into_iter().filter(|before| *before != owner).collect();
        #[expect(
            clippy::let_underscore_must_use,
            reason = "data that cannot be moved now is moved next time"
        )]
        let _ = give(&before, &owner).await;
        self.session.set_owner(&key, &owner);
        if id.is_none() && of_key.is_some() {
            self.look(&owner, &name).await;
        }
    }

    /// Looks for data that other keys with this organisation name left behind.
    async fn look(self, owner: &str, name: &str) {
        let mut others = Vec::new();
        change_keys(|keys| others = others_of(keys, owner, name));
        let mut left = Vec::new();
        for other in others {
            // A database that cannot be read has no data of other keys.
            if database::has_any_of(&other).await.unwrap_or_default() {
                left.push(other);
            }
        }
        if untrack(|| self.session.organization()) == owner {
            self.owners.set(left);
        }
    }
}

/// The owner of a key's data: the organisation's identifier, else the digest of the key, else the
/// organisation's name.
fn owner(id: Option<&str>, of_key: Option<&str>, name: &str) -> String {
    id.map(|id| format!("id:{id}")).or_else(|| of_key.map(str::to_owned)).unwrap_or_else(|| name.to_owned())
}

/// Adds a key to the known keys, once. Returns the owners with the same organisation name that are not
/// declared strangers.
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
    // The database first, because it may fail; then nothing has changed.
    database::give(before, owner, BETWEEN).await?;
    let count = storage::get(storage::local(), COUNT);
    if let Some(given) = count.and_then(|count| database::given(&count, before, owner)) {
        storage::set(storage::local(), COUNT, Some(&given));
    }
    Ok(())
}

/// The [`LeftBehind`] in context.
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
