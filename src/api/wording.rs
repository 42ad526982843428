//! Recognises the meaning of an error message by its words, where status, `error_code` and `fields` do not show it.
//! The documented API has a status and a message only: a 429 means the rate limit or used-up credits, and a 422 names
//! no field. Our own server also answers `error_code` and `fields`, which come first. No other module reads a
//! service's sentences.

/// Words of a message about credits, in English and Dutch.
const OF_CREDITS: [&str; 3] = ["credit", "tegoed", "saldo"];

/// Words of a message about the number of requests. Such a message may name credits too, because the credit package
/// decides the limit.
const OF_REQUESTS: [&str; 5] = ["rate limit", "too many", "te veel", "retry", "per minu"];

/// Whether the message of a 429 says that waiting does not help.
pub(super) fn is_about_credits(message: &str) -> bool {
    has_any(message, &OF_CREDITS) && !is_about_requests(message)
}

/// Whether the message of a 429 says that waiting helps.
pub(super) fn is_about_requests(message: &str) -> bool {
    has_any(message, &OF_REQUESTS)
}

/// Whether the message of a 404 is about a commodity code, and not about the requested path.
pub(super) fn is_about_a_code(message: &str) -> bool {
    has_any(message, &["code"])
}

/// The field of a batch item that the message of a 422 names: `items[3].description` in
/// `items[3].description: is required`, or `items.3.description` in `The items.3.description field is required.`, as
/// web frameworks write it.
pub(super) fn item_field(message: &str) -> Option<&str> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "[]._".contains(c);
    message.split(|c: char| !is_part(c)).find(|word| item(word).is_some())
}

/// The position of the item in the name of a field: 3 in `items[3].description` and in `items.3.description`.
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
