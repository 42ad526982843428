//! The question of the page: a code, where the goods come from and go to, and a day.

use import8_api::{Country, HsCode};

use crate::routes::encoded;

/// A question to the service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The code.
    pub code: HsCode,
    /// The country of origin; `None` for goods of any origin.
    pub origin: Option<Country>,
    /// The country of destination.
    pub destination: Country,
    /// The day: `2026-03-03`; `None` for today.
    pub on: Option<String>,
}

impl Question {
    /// The query of an address with the same question about another code.
    #[must_use]
    pub fn query(&self, code: HsCode) -> String {
        let origin = self.origin.map(|origin| format!("&origin={origin}")).unwrap_or_default();
        let on = self.on.as_ref().map(|on| format!("&on={}", encoded(on))).unwrap_or_default();
        let destination = Some(self.destination).filter(|destination| *destination != Country::NL);
        let destination = destination.map(|country| format!("&destination={country}")).unwrap_or_default();
        format!("?code={}{origin}{destination}{on}", code.bare())
    }
}
