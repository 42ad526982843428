//! The addresses of the screens.

/// Overview.
pub const OVERVIEW: &str = "/";
/// Where a key is entered.
pub const SIGN_IN: &str = "/sign-in";
/// One product.
pub const CLASSIFY: &str = "/classify";
/// The history.
pub const HISTORY: &str = "/classifications";

/// The result of a classification.
#[must_use]
pub fn classification(id: &str) -> String {
    format!("{HISTORY}/{}", encoded(id))
}

/// A page of the history; the first has no number.
#[must_use]
pub fn history_page(page: u64) -> String {
    if page <= 1 { HISTORY.to_owned() } else { format!("{HISTORY}?page={page}") }
}

/// A path segment. Identifiers come from the server and are opaque, so nothing in them may end
/// the segment.
#[must_use]
pub fn encoded(segment: &str) -> String {
    let mut encoded = String::with_capacity(segment.len());
    for byte in segment.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            for digit in [byte >> 4, byte & 15] {
                encoded.push(char::from(b"0123456789ABCDEF"[usize::from(digit)]));
            }
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_stay_one_segment() {
        assert_eq!(
            classification("550e8400-e29b-41d4-a716-446655440000"),
            "/classifications/550e8400-e29b-41d4-a716-446655440000"
        );
        assert_eq!(classification("a/b?c#d é"), "/classifications/a%2Fb%3Fc%23d%20%C3%A9");
    }

    #[test]
    fn the_first_page_has_no_number() {
        assert_eq!(history_page(1), "/classifications");
        assert_eq!(history_page(3), "/classifications?page=3");
    }
}
