//! The Import8 dashboard: a single-page app that classifies products through the Import8 API.
//!
//! Modules in reading order: the API key and who owns it, the calls, the texts, the figures, and
//! the screens. `ARCHITECTURE.md` says which may use which.

pub mod api;
pub mod app;
pub mod attention;
pub mod batches;
pub mod components;
pub mod database;
pub mod decided;
pub mod digest;
pub mod download;
pub mod focus;
pub mod format;
pub mod i18n;
pub mod idle;
pub mod keyring;
pub mod listing;
pub mod load;
pub mod locales;
pub mod overlay;
pub mod owner;
pub mod pages;
pub mod patience;
pub mod polling;
pub mod preferences;
pub mod prices;
pub mod reading;
pub mod reviews;
pub mod route_table;
pub mod routes;
pub mod screens;
pub mod sending;
pub mod session;
pub mod sheets;
pub mod shortcuts;
pub mod storage;
pub mod style;
pub mod submissions;
pub mod walk;
