//! The result of whatever can fail here: any error ends the run, and its text is all that is told of it.

use std::error::Error;

/// A value, or any error.
pub(crate) type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;
