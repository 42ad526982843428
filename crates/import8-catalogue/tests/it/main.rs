//! Catalogues, asked for as the page asks.
#![cfg(not(target_arch = "wasm32"))]

mod catalogue;
mod job;
