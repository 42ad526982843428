//! The meaning of a refusal that only its sentence gives away. The documentation has a status and a message: a 429
//! is the rate limit or used-up credits, a 422 names no field. Our own server answers `error_code` and `fields`
//! besides, and where they are there, nothing here is asked. Nowhere else is a sentence of a service read.

/// What a message has that is about credits, whichever of the two languages it is in.
const OF_CREDITS: [&str; 3] = ["credit", "tegoed", "saldo"];

/// What one has that is about how often is asked. A package of credits decides that, so both may be named.
const OF_REQUESTS: [&str; 5] = ["rate limit", "too many", "te veel", "retry", "per minu"];

/// Whether a 429 says that waiting does not help.
pub(super) fn is_about_credits(message: &str) -> bool {
    has_any(message, &OF_CREDITS) && !is_about_requests(message)
}

/// Whether a 429 says that waiting helps.
pub(super) fn is_about_requests(message: &str) -> bool {
    has_any(message, &OF_REQUESTS)
}

/// Whether a 404 is about a commodity code, and not about the address that was asked.
pub(super) fn is_about_a_code(message: &str) -> bool {
    has_any(message, &["code"])
}

/// The field of an item of a batch that a 422 begins with or speaks of: `items[3].description: is required`, or
/// `The items.3.description field is required.` as frameworks write.
pub(super) fn item_field(message: &str) -> Option<&str> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "[]._".contains(c);
    message.split(|c: char| !is_part(c)).find(|word| item(word).is_some())
}

/// The number of the item that a field is in: 3 of `items[3].description`, and of `items.3.description`.
pub(super) fn item(field: &str) -> Option<usize> {
    let after = field.strip_prefix("items")?.trim_start_matches(['[', '.']);
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    after.get(..digits)?.parse().ok()
}

fn has_any(message: &str, words: &[&str]) -> bool {
    let message = message.to_lowercase();
    words.iter().any(|word| message.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_429_is_about_credits_or_about_how_often_is_asked() {
        let check = |message: &str, expected: (bool, bool)| {
            assert_eq!((is_about_credits(message), is_about_requests(message)), expected, "{message}");
        };
        check("Rate limit exceeded. Please retry after 30 seconds.", (false, true));
        check("No credits remaining. Buy credits.", (true, false));
        check("Onvoldoende tegoed.", (true, false));
        check("Te veel verzoeken.", (false, true));
        check("Too many requests. Your credit package allows 20 per minute.", (false, true));
        check("Usage limit exceeded.", (false, false));
    }

    #[test]
    fn a_404_of_a_cost_is_about_its_code_or_about_the_address() {
        assert!(is_about_a_code("Code not found."));
        assert!(!is_about_a_code("Not found"));
    }

    #[test]
    fn a_refusal_names_its_item() {
        let check = |message: &str, expected: Option<usize>| {
            assert_eq!(item_field(message).and_then(item), expected, "{message}");
        };
        check("items[3].description: is required", Some(3));
        check("The items.17.origin_country field is invalid.", Some(17));
        check("items[99999999999999999999]: no", None);
        check("items: is required", None);
        check("There are too many items 3", None);
        check("something else", None);
    }
}
