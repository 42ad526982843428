//! The tariff of the European Union, as far as the hand-made seed contains it: declarable codes, duties, preferences,
//! anti-dumping duties and VAT.
//!
//! Invariant: every fact has its source and its date, and an unknown rate is answered as unknown, never guessed.

mod answer;
mod codes;
mod facts;
mod lookup;
mod seed;
#[cfg(test)]
mod tests;

pub use self::answer::{ImportQuery, TariffError};
pub use self::facts::{AntiDumping, Fact, Preference};
pub use self::lookup::{NotDeclarable, Tariff};
