//! An Import8-compatible API server that also serves the dashboard.
//!
//! A request enters through [`app`], which checks the host, the key and the rate limit. A route of [`routes`] answers
//! it from the [`state`]. The [`database`] is also the queue: the [`worker`] has the [`engine`] classify the products
//! that wait there.

pub mod app;
pub mod backup;
pub mod clock;
pub mod credits;
pub mod dashboard;
pub mod database;
pub mod duty_history;
pub mod engine;
pub mod error;
pub mod evaluation;
pub mod exchange_rate_store;
pub mod idempotency;
pub mod images;
pub mod keys;
pub mod language;
pub mod nomenclature;
pub mod openapi;
pub mod outcome;
pub mod precedent_store;
pub mod rate_limit;
pub mod routes;
mod search_index;
pub mod seed;
pub mod state;
pub mod tariff;
pub mod tariff_changes;
pub mod tariff_follower;
pub mod tariff_store;
pub mod upstream;
pub mod webhooks;
pub mod worker;

use axum::http::{HeaderName, HeaderValue, header};

/// The largest request body that is read, in bytes. A larger one is refused with 413.
pub const MAX_BODY_BYTES: usize = 10 * 1024 * 1024;

/// The content type of every answer of the API except pictures.
pub(crate) const JSON: [(HeaderName, HeaderValue); 1] =
    [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))];
