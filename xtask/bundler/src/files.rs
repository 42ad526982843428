//! The files of a bundle, which are in memory until all are complete.

use std::collections::BTreeMap;

/// Files by their names, or by their paths relative to a folder.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;
