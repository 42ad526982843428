//! The limits of requests. The rules of a request and its JSON Schema both use them. Lengths of text are in
//! characters.

use rust_decimal::Decimal;

/// The most characters of a description. The documentation names no limit; this one refuses a pasted page and accepts
/// every real product.
pub const MAX_DESCRIPTION_CHARS: usize = 5_000;

/// The least value of a unit: the smallest amount with six decimals.
pub(crate) const MIN_UNIT_VALUE: Decimal = Decimal::from_parts(1, 0, 0, false, 6);

/// The most pictures of a product. The documentation says "at most 5 pictures" of a parameter that has one, so a list
/// is accepted too.
pub const MAX_IMAGES: usize = 5;

/// The most items of a batch.
pub const MAX_BATCH_ITEMS: usize = 100;

/// The most characters of a key's name.
pub const MAX_KEY_NAME_CHARS: usize = 80;

/// The most characters of the name of a preference. The longest in the tariff is far shorter.
pub(crate) const MAX_SCHEME_CHARS: usize = 100;

/// The most results on a page of the history.
pub const MAX_PER_PAGE: u32 = 100;

/// The largest amount, in any currency: 10¹².
pub(crate) const MAX_AMOUNT: Decimal = Decimal::from_parts(3_567_587_328, 232, 0, false, 0);

/// The most characters of an address, which all browsers and servers accept.
pub(crate) const MAX_ADDRESS_CHARS: usize = 2_000;

/// The most decimals of an amount: unit prices of screws and resistors need more than two.
pub(crate) const MAX_DECIMALS: u32 = 6;
