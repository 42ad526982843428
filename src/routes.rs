//! The addresses of the screens.

/// Overview.
pub const OVERVIEW: &str = "/";
/// Where a key is entered.
pub const SIGN_IN: &str = "/sign-in";
/// One product.
pub const CLASSIFY: &str = "/classify";
/// The history.
pub const HISTORY: &str = "/classifications";
/// Catalogues that are classified in batches.
pub const BATCHES: &str = "/batches";
/// A new one.
pub const NEW_BATCH: &str = "/batches/new";
/// What has no verdict yet.
pub const REVIEW: &str = "/review";
/// The duties on a code.
pub const DUTY_RATES: &str = "/duty-rates";
/// What a consignment costs at the door.
pub const LANDED_COST: &str = "/landed-cost";
/// API keys.
pub const KEYS: &str = "/keys";
/// Credits, and what the plan allows.
pub const USAGE: &str = "/usage";
/// Where results are delivered to.
pub const WEBHOOK: &str = "/webhook";
/// What this tab has asked the API.
pub const REQUESTS: &str = "/requests";
/// How the dashboard behaves, and what this browser keeps.
pub const SETTINGS: &str = "/settings";
/// Where a key is entered after everything in this browser was wiped.
pub const WIPED: &str = "/sign-in?wiped";
/// Evidence sheets.
pub const EVIDENCE: &str = "/evidence";

/// The result of a classification.
#[must_use]
pub fn classification(id: &str) -> String {
    format!("{HISTORY}/{}", encoded(id))
}

/// A catalogue, or a batch of the service's.
#[must_use]
pub fn batch(id: &str) -> String {
    format!("{BATCHES}/{}", encoded(id))
}

/// A part of the history: `query` as a listing writes it, with its question mark, or empty.
#[must_use]
pub fn history(query: &str) -> String {
    format!("{HISTORY}{query}")
}

/// A part of what has no verdict yet: `query` as a listing writes it, with its question mark, or empty.
#[must_use]
pub fn review(query: &str) -> String {
    format!("{REVIEW}{query}")
}

/// The duties on a code: `query` with its question mark, or empty.
#[must_use]
pub fn duty_rates(query: &str) -> String {
    format!("{DUTY_RATES}{query}")
}

/// What a consignment costs: `query` as the calculator writes it, with its question mark, or empty.
#[must_use]
pub fn landed_cost(query: &str) -> String {
    format!("{LANDED_COST}{query}")
}

/// The evidence sheets of some classifications, to print.
#[must_use]
pub fn evidence(ids: &[String]) -> String {
    let ids: Vec<_> = ids.iter().map(|id| encoded(id)).collect();
    format!("{EVIDENCE}?ids={}", ids.join(","))
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
    fn several_sheets_have_one_address() {
        assert_eq!(evidence(&["1".to_owned(), "a,b".to_owned()]), "/evidence?ids=1,a%2Cb");
    }
}
