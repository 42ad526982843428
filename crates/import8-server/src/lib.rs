//! An Import8-compatible API server that also serves the dashboard.
//!
//! A request comes in through [`app`]: a guard checks the host, the key and the rate limit, a
//! route of [`routes`] answers from the [`database`], and what has to be classified is left there
//! for the [`worker`], which asks the [`engine`].

pub mod app;
pub mod backup;
pub mod clock;
pub mod credits;
pub mod dashboard;
pub mod database;
pub mod engine;
pub mod error;
pub mod evaluation;
pub mod idempotency;
pub mod images;
pub mod keys;
pub mod nomenclature;
pub mod openapi;
pub mod outcome;
pub mod rate_limit;
pub mod routes;
pub mod seed;
pub mod tariff;
pub mod upstream;
pub mod webhooks;
pub mod worker;

/// The largest request body that is read; a larger one is refused with 413.
pub const MAX_BODY_BYTES: usize = 10 * 1024 * 1024;
