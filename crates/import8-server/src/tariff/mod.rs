//! What importing into the European Union costs: declarable codes, duties, preferences, anti-dumping
//! and VAT, as far as the hand-made seed knows them. Every fact has its source and its date; what is
//! not known is said to be unknown, never guessed.

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
