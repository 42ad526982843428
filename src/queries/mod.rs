//! Reading from the API: one answer for a screen, a list page by page, a whole list, prices, and the rate-limit gate.

pub mod load;
pub mod pager;
pub mod poll;
pub mod price_cache;
pub mod rate_limit;
pub mod scan;
pub mod scan_result;
pub mod times;
