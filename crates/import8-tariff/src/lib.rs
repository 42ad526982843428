//! Editions of a customs tariff: read from official publications, answered from and compared.
//!
//! An [`Edition`] is what one publication says of the tariff on one day: the lines of the nomenclature and, where the
//! publication has them, the measures on them. It is a value: nothing changes it once it is read. The crate does no
//! network I/O and has no clock.

pub mod compare;
mod edition;
mod goods_code;

pub use edition::{
    AdditionalCode, Area, Condition, Edition, Line, Measure, Membership, Names, Publication, Table, Text,
};
pub use goods_code::{GoodsCode, GoodsCodeError};
