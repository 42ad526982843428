//! Tests of the wire types against the documented shapes.

mod due;
mod fixtures;
mod landed_cost;
mod mutation;
mod round_trip;
mod search;
mod validation;
mod worked_examples;
