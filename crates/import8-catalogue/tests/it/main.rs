//! Tests of catalogues through their public API and through worker messages.
#![cfg(not(target_arch = "wasm32"))]

mod catalogue;
mod columns;
mod exact;
mod job;
mod values;
