//! Editions of a customs tariff: read from official publications, answered from and compared.
//!
//! An [`Edition`] is what one publication says of the tariff on one day: the lines of the nomenclature and, where the
//! publication has them, the measures on them. It is a value: nothing changes it once it is read. [`read`] makes one
//! of files, [`Builder`] of rows. The crate does no network I/O and has no clock.

mod builder;
pub mod compare;
mod edition;
pub mod exchange_rates;
mod goods_code;
mod readers;
mod report;

pub use builder::{Addition, Builder, MeasureIndex, MeasureKey, Named, Taken};
pub use edition::{
    AdditionalCode, Area, Condition, Edition, Line, Measure, Membership, Names, Publication, Table, Text,
};
pub use goods_code::{GoodsCode, GoodsCodeError};
pub use readers::{Progress, ReadError, read, read_with};
pub use report::{Counts, MOST_REFUSED_ROWS, Missing, RefusedRow, Report};
