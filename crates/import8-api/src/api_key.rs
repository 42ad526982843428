//! `/v1/api-keys`. An extension: the vendor makes keys on its own pages.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::limits::MAX_KEY_NAME_CHARS;
use crate::validation::{Fault, Problem};
use crate::wire::json_object;

/// A key as it can be shown again and again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeyInfo {
    /// Its identifier, to revoke it by.
    pub id: String,
    /// What its owner calls it.
    pub name: String,
    /// How every key begins: `c8_`.
    pub prefix: String,
    /// How it ends.
    pub last_four: String,
    /// When it was made (RFC 3339).
    pub created_at: String,
    /// When it was last used (RFC 3339), to within some seconds; absent for a key that never was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_used_at: Option<String>,
    /// Whether it is the key of this request.
    #[serde(default)]
    pub current: bool,
}

/// A key to make.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeyRequest {
    /// What to call it.
    #[cfg_attr(feature = "openapi", schema(value_type = crate::schema::KeyName))]
    pub name: String,
}

impl KeyRequest {
    /// The rules that the types do not already enforce.
    ///
    /// # Errors
    /// The name is blank, too long, or has control characters.
    pub fn validate(&self) -> Result<(), Vec<Problem>> {
        let fault = if self.name.trim().is_empty() {
            Err(Fault::Missing)
        } else if self.name.chars().count() > MAX_KEY_NAME_CHARS {
            Err(Fault::TooLong { max: MAX_KEY_NAME_CHARS })
        } else if self.name.chars().any(char::is_control) {
            Err(Fault::ControlCharacter)
        } else {
            Ok(())
        };
        Problem::from_check("name", fault).map_or(Ok(()), |problem| Err(vec![problem]))
    }
}

/// A key that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeyMade {
    /// The key as it can be shown from now on.
    pub key: KeyInfo,
    /// The key itself; answered this once. Absent from the answer to a repeated request, because
    /// the server does not keep it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<KeySecret>,
}

/// A key that opens the API. Its debug form does not show it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeySecret(pub String);

impl fmt::Debug for KeySecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeySecret(…)")
    }
}

json_object!(KeyInfo, KeyRequest, KeyMade);
