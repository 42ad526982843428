//! The dashboard in a real Chromium against the real server. `cargo xtask test` builds both and
//! says where they are.
#![cfg(not(target_arch = "wasm32"))]

mod classify;
mod drafts;
mod errors;
mod evidence;
mod fields;
mod history;
mod languages;
mod layout;
mod offline;
mod pictures;
mod result;
mod review;
mod scene;
mod screens;
mod service;
mod session;
mod shell;
