//! Catalogues: products in a spreadsheet. Finds the role of each column, the faults of each row and the rows of the
//! same product, and writes the file again with results added.
//!
//! In the dashboard, a web worker does this work: the binary of this package, which also writes all other tables. Its
//! WebAssembly is downloaded when the first file is opened or written. The page sends a [`Request`], and the worker
//! returns the [`Answer`] of its [`Job`]. Only the binary does I/O, so everything else is tested on the host.

pub mod amount;
pub mod catalogue;
pub mod code;
pub mod columns;
pub mod country;
pub mod description;
mod job;
mod markup;
pub mod message;
pub mod report;
mod row;
mod row_kind;
pub mod summary;

pub use crate::job::{Answer, Error, FirstRow, Job, Opened, Reply, Request};
