//! The owner under which this browser stores data: the organisation's identifier, or a digest of the API key
//! if the service has no identifiers. The organisation's name is the last resort, because two
//! organisations may share a name.
//!
//! A tab holds no key without the owner of its data, so nothing that a person gives is stored without one.

use import8_api::Organization;

use crate::api::ApiKey;
use crate::browser::digest::sha256;

/// Separates the owner from the column titles in the name of a stored column mapping.
pub const BETWEEN: &str = "\u{1f}";

/// Storage key of the last usage count of a month, which belongs to an owner too.
pub const COUNT: &str = "import8.usage";

/// The owner of a key's data.
pub async fn find_owner(key: &ApiKey, organization: &Organization) -> String {
    name_owner(organization.id.as_deref(), of_key(key).await.as_deref(), &organization.name)
}

/// The owner of a key's data at a service without identifiers: a digest of the key. `None` without a secure
/// connection, where the browser makes no digests.
pub async fn of_key(key: &ApiKey) -> Option<String> {
    sha256(key.secret().as_bytes()).await.map(|digest| format!("key:{digest}"))
}

/// The owner of a key's data: the organisation's identifier, else the digest of the key, else the
/// organisation's name.
pub(super) fn name_owner(id: Option<&str>, of_key: Option<&str>, name: &str) -> String {
    id.map(|id| format!("id:{id}")).or_else(|| of_key.map(str::to_owned)).unwrap_or_else(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_organisation_is_known_by_what_no_other_has() {
        let check = |id, of_key, expected: &str| assert_eq!(name_owner(id, of_key, "Vendor"), expected);
        check(Some("7"), Some("key:abc"), "id:7");
        check(None, Some("key:abc"), "key:abc");
        check(None, None, "Vendor");
    }
}
