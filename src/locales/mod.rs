//! The texts in each language.

pub mod en;
pub mod nl;
