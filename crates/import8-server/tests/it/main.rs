//! Tests of the server as a program: started, requested over HTTP, killed, and started again.

mod backup;
mod batch;
mod code_checks;
mod contract;
mod dashboard;
mod decided;
mod documents;
mod durability;
mod duties;
mod exchange_rates;
mod feedback;
mod history;
mod idempotency;
mod keys;
mod measures;
mod nomenclature;
mod organizations;
mod review;
mod server;
mod tariff;
mod tariff_changes;
mod upstream;
mod usage;
mod webhook;
