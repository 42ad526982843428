//! The tariff of the European Union: declarable codes, duties, preferences, anti-dumping duties and VAT.
//!
//! It is the hand-made seed and, before it, an imported edition. An edition of the Harmonized System or the Combined
//! Nomenclature has lines only: codes and official texts come from it, duties from the seed. TARIC answers duties too.
//! A table of the organisation's own is answered from where it has something of a kind on a code; the seed completes
//! it. VAT always comes from the seed.
//!
//! Invariant: every fact has its source and its date, and an unknown rate is answered as unknown, never guessed.

mod answer;
mod code_measures;
mod codes;
mod cost;
#[cfg(test)]
mod edition_day_tests;
#[cfg(test)]
mod edition_duty_tests;
mod edition_rates;
#[cfg(test)]
mod edition_tests;
mod facts;
mod flat_duty;
mod in_force;
mod levied;
mod lookup;
mod seed;
#[cfg(test)]
mod tests;
mod third_country;
mod tree;
#[cfg(test)]
mod tree_tests;
mod word_index;
mod words;

pub use self::answer::{ImportQuery, TariffError};
pub use self::facts::{AntiDumping, Fact, Preference};
pub use self::flat_duty::add_flat_duty;
pub use self::in_force::OutOfForce;
pub use self::lookup::{NotDeclarable, Tariff};
pub use self::third_country::{ThirdCountryDuty, read_third_country, third_country_text};
pub use self::tree::Reader;
