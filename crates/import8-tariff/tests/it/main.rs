//! Publications of a tariff, read from files: made-up ones in the official forms, and those of this machine.

mod faults;
mod nomenclatures;
mod own;
#[path = "../../examples/taric/release.rs"]
mod release;
mod scene;
mod taric;
