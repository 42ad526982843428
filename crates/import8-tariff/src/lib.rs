//! Editions of a customs tariff: read from official publications, answered from and compared.
//!
//! An [`Edition`] is what one publication says of the tariff on one day: the lines of the nomenclature and, where the
//! publication has them, the measures on them. It is a value: nothing changes it once it is read. [`read`] makes one
//! of files, [`Builder`] of rows. The crate does no network I/O and has no clock.

mod applicable;
mod builder;
pub mod compare;
pub mod duty_text;
mod edition;
pub mod exchange_rates;
mod goods_code;
mod measure_types;
mod readers;
mod report;

pub use applicable::{
    EVERY_COUNTRY, TradeDefence, applicable, applicable_third_country, countries, covers, is_in_area,
    is_in_force, is_residual, knows_preferences, left_out, lines_above, measures_on, role,
    third_country_duties, trade_defence,
};
pub use builder::{Addition, Builder, MeasureIndex, MeasureKey, Named, Taken};
pub use edition::{
    AdditionalCode, Area, Condition, Edition, Line, Measure, Membership, Names, Publication, Table, Text,
};
pub use goods_code::{GoodsCode, GoodsCodeError};
pub use measure_types::{MEASURE_TYPES, MeasureRole, MeasureType, measure_type};
pub use readers::{Progress, ReadError, read, read_with};
pub use report::{Counts, MOST_REFUSED_ROWS, Missing, RefusedRow, Report};
