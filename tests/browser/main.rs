//! Tests of the dashboard in a real Chromium against the real server. `cargo xtask test` builds both and passes their
//! places in the environment.

mod again;
mod batches;
mod classify;
mod corrections;
mod costs;
mod drafts;
mod errors;
mod evidence;
mod exports;
mod faults;
mod fields;
mod files;
mod history;
mod keys;
mod languages;
mod large;
mod layout;
mod lists;
mod lost;
mod offline;
mod palette;
mod pictures;
mod pool;
mod queue;
mod requests;
mod result;
mod review;
mod scene;
mod screens;
mod service;
mod session;
mod settings;
mod shell;
mod usage;
mod webhook;
