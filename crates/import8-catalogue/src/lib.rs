//! A catalogue of products in a spreadsheet: which column says what, what is wrong with a row, which rows
//! are the same product, and the file given back with what was found.
//!
//! The dashboard has this done by a web worker, this package's binary, which also writes its other tables.
//! Its WebAssembly is loaded when the first file is opened or wanted; what page and worker say to one
//! another is a [`Request`] and the [`Answer`] that [`Job`] gives. Nothing here does I/O but the binary, so
//! all of it is tested on the host.

pub mod amount;
pub mod catalogue;
pub mod columns;
pub mod country;
pub mod description;
mod job;
pub mod report;
mod row;
pub mod summary;

pub use crate::job::{Answer, Error, Job, Opened, Reply, Request};
