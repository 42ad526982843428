//! Wire types of `/v1/api-keys`. An extension: the vendor's keys are made in its account pages.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::limits::MAX_KEY_NAME_CHARS;
use crate::validation::{Fault, Problem};
use crate::wire::json_object;

/// A key without its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeyInfo {
    /// Its identifier, for revoking it.
    pub id: String,
    /// The name that its owner gave it: 1 to 80 characters.
    pub name: String,
    /// Its first characters, which all keys share: `c8_`.
    pub prefix: String,
    /// Its last four characters.
    pub last_four: String,
    /// When it was created (RFC 3339).
    pub created_at: String,
    /// When it was last used (RFC 3339), accurate to some seconds; absent for an unused key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_used_at: Option<String>,
    /// Whether this request was made with it.
    #[serde(default)]
    pub current: bool,
}

/// A request to create a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeyRequest {
    /// The name of the key: 1 to 80 characters on one line.
    #[cfg_attr(feature = "openapi", schema(value_type = crate::schema::KeyName))]
    pub name: String,
}

impl KeyRequest {
    /// Checks the rules that the types do not enforce.
    ///
    /// # Errors
    /// The problem of the name: blank, too long, or with control characters.
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

/// The answer to the creation of a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeyMade {
    /// The key without its secret, as `GET /v1/api-keys` lists it.
    pub key: KeyInfo,
    /// The whole key. No other answer contains it, not even that to a repetition of the request, because the server
    /// stores only a hash.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<KeySecret>,
}

/// The text of a key. Its debug form hides it.
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
