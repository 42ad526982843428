//! The contract's types against the documented shapes.

mod fixtures;
mod mutation;
mod round_trip;
mod validation;
