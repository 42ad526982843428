//! The limits of requests. The rules of a request and its JSON Schema both use them. Lengths of text are in
//! characters.

use rust_decimal::Decimal;

/// The most characters of a description. The documentation names no limit; this one refuses a pasted page and accepts
/// every real product.
pub const MAX_DESCRIPTION_CHARS: usize = 5_000;

/// The lowest value of a unit: the smallest positive amount with six decimals.
pub(crate) const MIN_UNIT_VALUE: Decimal = Decimal::from_parts(1, 0, 0, false, 6);

/// The most pictures of a product. The documentation says "at most 5 pictures" of a parameter that holds one address,
/// so a list is accepted too.
pub const MAX_IMAGES: usize = 5;

/// The most items of a batch, by the documentation.
pub const MAX_BATCH_ITEMS: usize = 100;

/// The most codes in a request to check them. An extension.
pub const MAX_CODE_CHECKS: usize = 100;

/// The most characters of a key's name. Our own limit: keys are an extension.
pub const MAX_KEY_NAME_CHARS: usize = 80;

/// The most characters of the name of a preference. Our own limit, far above the longest name in the tariff.
pub const MAX_SCHEME_CHARS: usize = 100;

/// The most rows on a page of the history, by the documentation.
pub const MAX_PER_PAGE: u32 = 100;

/// The largest amount, in any currency: 10¹². Our own limit.
pub(crate) const MAX_AMOUNT: Decimal = Decimal::from_parts(3_567_587_328, 232, 0, false, 0);

/// The most characters of an address. Our own limit, which all browsers and servers accept.
pub(crate) const MAX_ADDRESS_CHARS: usize = 2_000;

/// The most decimals of an amount. Our own limit: unit prices of screws and resistors need more than two.
pub(crate) const MAX_DECIMALS: u32 = 6;
