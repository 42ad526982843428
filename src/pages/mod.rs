//! The pages: one module per screen.

pub mod batches;
pub mod classification;
pub mod classify;
pub mod duty_rates;
pub mod evidence;
pub mod history;
pub mod keys;
pub mod landed_cost;
pub mod not_found;
pub mod overview;
pub mod requests;
pub mod review;
pub mod settings;
pub mod sign_in;
pub mod tariff;
pub mod tariff_changes;
pub mod usage;
pub mod webhook;
