//! The messages between page and worker as bytes.
//!
//! Both are built from the same sources, so a message needs no names of fields. That makes the code that reads it a
//! third of what JSON needs. A worker of another build is recognised by its [`VERSION`], because its messages could be
//! read as something else.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// The version of the messages: a hash of the sources of all types in them.
pub const VERSION: &str = env!("MESSAGE_VERSION");

/// A value as the bytes of a message.
///
/// # Errors
/// Never for the types of this crate.
pub fn write<T: Serialize>(value: &T) -> Result<Vec<u8>, postcard::Error> {
    postcard::to_allocvec(value)
}

/// The value of a message.
///
/// # Errors
/// The bytes are no message of this type.
pub fn read<T: DeserializeOwned>(message: &[u8]) -> Result<T, postcard::Error> {
    match postcard::take_from_bytes(message)? {
        (value, []) => Ok(value),
        _ => Err(postcard::Error::DeserializeBadEncoding),
    }
}

/// Serde functions for the types of the API within a message: they are read from JSON only, so a message has their JSON
/// as a text. In JSON they are as they are.
pub(crate) mod as_json {
    use serde::de::{DeserializeOwned, Error as _};
    use serde::ser::Error as _;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(crate) fn serialize<T: Serialize, S: Serializer>(value: &T, to: S) -> Result<S::Ok, S::Error> {
        if to.is_human_readable() {
            return value.serialize(to);
        }
        serde_json::to_string(value).map_err(S::Error::custom)?.serialize(to)
    }

    pub(crate) fn deserialize<'de, T: DeserializeOwned, D: Deserializer<'de>>(
        from: D,
    ) -> Result<T, D::Error> {
        if from.is_human_readable() {
            return T::deserialize(from);
        }
        serde_json::from_str(&String::deserialize(from)?).map_err(D::Error::custom)
    }
}
