//! The result type of the benchmark. Any error ends the run, and only its text is printed.

use std::error::Error;

/// A value, or any error.
pub(crate) type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;
