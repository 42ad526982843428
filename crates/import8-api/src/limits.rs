//! The limits of the contract: the most and the least that a request may have.
//!
//! The rules of a request and its JSON Schema take them from here. Lengths of text are in characters.

use rust_decimal::Decimal;

/// The most characters a description may have. The documentation names no limit; this one keeps
/// a pasted page out and every real product in.
pub const MAX_DESCRIPTION_CHARS: usize = 5_000;

/// The least a unit may be worth: the smallest amount with six decimals.
pub(crate) const MIN_UNIT_VALUE: Decimal = Decimal::from_parts(1, 0, 0, false, 6);

/// The most pictures of one product. The documentation says "at most 5 pictures" of a parameter that
/// holds one, so a list is taken too.
pub const MAX_IMAGES: usize = 5;

/// The most items a batch may have.
pub const MAX_BATCH_ITEMS: usize = 100;

/// The most characters of a key's name.
pub const MAX_KEY_NAME_CHARS: usize = 80;

/// The most characters the name of a preference may have: the longest in the tariff is far shorter.
pub(crate) const MAX_SCHEME_CHARS: usize = 100;

/// The most results a page of the history may have.
pub const MAX_PER_PAGE: u32 = 100;

/// The largest amount accepted, in any currency: a thousand milliards.
pub(crate) const MAX_AMOUNT: Decimal = Decimal::from_parts(3_567_587_328, 232, 0, false, 0);

/// The most characters an address may have: what browsers and servers agree on.
pub(crate) const MAX_ADDRESS_CHARS: usize = 2_000;

/// The most decimals of an amount: unit prices of screws and resistors need more than two.
pub(crate) const MAX_DECIMALS: u32 = 6;
