//! Editions of a customs tariff: read from official publications, answered from and compared.
//!
//! An [`Edition`] is what one publication says of the tariff on one day: the lines of the nomenclature and, where the
//! publication has them, the measures on them. It is a value: nothing changes it once it is read. The crate does no
//! network I/O and has no clock.

mod applicable;
pub mod duty_text;
mod edition;
mod goods_code;
mod measure_types;

pub use applicable::{
    EVERY_COUNTRY, TradeDefence, applicable, countries, covers, is_in_area, is_in_force, is_residual,
    knows_preferences, left_out, measures_on, role, third_country_duties, trade_defence,
};
pub use edition::{
    AdditionalCode, Area, Condition, Edition, Line, Measure, Membership, Names, Publication, Table, Text,
};
pub use goods_code::{GoodsCode, GoodsCodeError};
pub use measure_types::{MEASURE_TYPES, MeasureRole, MeasureType, measure_type};
