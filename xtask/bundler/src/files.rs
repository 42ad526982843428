//! The files of a bundle, in memory until they are all done.

use std::collections::BTreeMap;

/// The files of a folder by their names, or by their paths relative to it.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;
