//! Paths of the screens, and functions that build their addresses.

/// The overview.
pub const OVERVIEW: &str = "/";
/// Sign-in with an API key.
pub const SIGN_IN: &str = "/sign-in";
/// Classification of one product.
pub const CLASSIFY: &str = "/classify";
/// The history of classifications.
pub const HISTORY: &str = "/classifications";
/// Catalogues, classified in batches.
pub const BATCHES: &str = "/batches";
/// A new catalogue.
pub const NEW_BATCH: &str = "/batches/new";
/// Classifications without a verdict, to review.
pub const REVIEW: &str = "/review";
/// Duty rates of a commodity code.
pub const DUTY_RATES: &str = "/duty-rates";
/// The tariff to browse and search.
pub const TARIFF: &str = "/tariff";
/// The changes of the codes in use from one edition of the tariff to another.
pub const TARIFF_CHANGES: &str = "/tariff/changes";
/// The landed-cost calculator.
pub const LANDED_COST: &str = "/landed-cost";
/// API keys.
pub const KEYS: &str = "/keys";
/// Usage: credits and plan limits.
pub const USAGE: &str = "/usage";
/// Webhook settings and deliveries.
pub const WEBHOOK: &str = "/webhook";
/// The request log of this tab.
pub const REQUESTS: &str = "/requests";
/// Settings, and the data that this browser stores.
pub const SETTINGS: &str = "/settings";
/// Sign-in, after all data in this browser was deleted.
pub const WIPED: &str = "/sign-in?wiped";
/// Evidence sheets.
pub const EVIDENCE: &str = "/evidence";

/// The address of a classification's result.
#[must_use]
pub fn classification(id: &str) -> String {
    format!("{HISTORY}/{}", encoded(id))
}

/// The address of a catalogue, or of a batch that the service has.
#[must_use]
pub fn batch(id: &str) -> String {
    format!("{BATCHES}/{}", encoded(id))
}

/// The address of the history with a filter. `query` is empty or begins with `?`.
#[must_use]
pub fn history(query: &str) -> String {
    format!("{HISTORY}{query}")
}

/// The address of the review list with a filter. `query` is empty or begins with `?`.
#[must_use]
pub fn review(query: &str) -> String {
    format!("{REVIEW}{query}")
}

/// The address of the duty rates of a code. `query` is empty or begins with `?`.
#[must_use]
pub fn duty_rates(query: &str) -> String {
    format!("{DUTY_RATES}{query}")
}

/// The address of a row of the tariff: the numeral of a section, or digits.
#[must_use]
pub fn tariff(code: &str) -> String {
    format!("{TARIFF}?code={}", encoded(code))
}

/// The address of the tariff changes. `query` is empty or begins with `?`.
#[must_use]
pub fn tariff_changes(query: &str) -> String {
    format!("{TARIFF_CHANGES}{query}")
}

/// The address of the landed-cost calculator. `query` is empty or begins with `?`.
#[must_use]
pub fn landed_cost(query: &str) -> String {
    format!("{LANDED_COST}{query}")
}

/// The address of the printable evidence sheets of some classifications.
#[must_use]
pub fn evidence(ids: &[String]) -> String {
    let ids: Vec<_> = ids.iter().map(|id| encoded(id)).collect();
    format!("{EVIDENCE}?ids={}", ids.join(","))
}

/// Percent-encodes a path segment. Identifiers come from the service and are opaque, so no character in them
/// may end the segment.
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
