//! The decided code of a product: the code that a person gave or confirmed, else the classifier's.

use serde::{Deserialize, Serialize};

use crate::wire::{json_object, open_enum};
use crate::{FeedbackStatus, HsCode, Verdict};

/// The number of digits that an import declaration requires: those of a TARIC code.
const DECLARED: usize = 10;

open_enum! {
    /// Who decided on a code. An extension.
    DecidedBy {
        /// The classifier; no person has reviewed the code.
        Classifier = "classifier",
        /// A person, who confirmed or corrected the code.
        Person = "person",
    }
}

/// The decided code of a product. An extension.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DecidedCode {
    /// The code, with as many digits as are decided.
    pub code: HsCode,
    /// Who decided on it.
    pub by: DecidedBy,
    /// When it was decided (RFC 3339).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// The number of undecided digits, of the ten that an import declaration requires.
    pub open_digits: u8,
}

impl DecidedCode {
    /// The decided code for a classifier's code and a person's verdict on it; `None` if neither gives a code.
    ///
    /// `answered` is the classifier's code with all known digits, `answered_at` the time of its answer (RFC 3339).
    #[must_use]
    pub fn new(
        answered: Option<HsCode>,
        answered_at: Option<&str>,
        verdict: Option<&Verdict>,
    ) -> Option<Self> {
        let given = verdict.and_then(|verdict| match verdict.status {
            FeedbackStatus::Corrected => verdict.corrected_code,
            FeedbackStatus::Confirmed => answered,
            // A status of a later version of the API says nothing about the code.
            FeedbackStatus::Other(_) => None,
        });
        let (code, by, at) = match (given, verdict) {
            (Some(code), Some(verdict)) => (code, DecidedBy::Person, Some(verdict.created_at.as_str())),
            _ => (answered?, DecidedBy::Classifier, answered_at),
        };
        Some(Self::by(code, by, at.map(str::to_owned)))
    }

    /// The decided code from its parts; the time is in RFC 3339.
    #[must_use]
    pub fn by(code: HsCode, by: DecidedBy, at: Option<String>) -> Self {
        let open = DECLARED.saturating_sub(code.digit_count());
        Self { code, by, at, open_digits: u8::try_from(open).unwrap_or(0) }
    }

    /// Whether it has all ten digits, so that goods can be declared under it.
    #[must_use]
    pub const fn is_declarable(&self) -> bool {
        self.open_digits == 0
    }
}

json_object!(DecidedCode);

#[cfg(test)]
mod tests {
    use super::*;

    const ANSWERED_AT: &str = "2026-03-03T12:00:00+00:00";
    const REVIEWED_AT: &str = "2026-03-04T09:30:00+00:00";

    #[test]
    fn a_person_decides_where_one_has_and_the_classifier_elsewhere() {
        let code = |text: &str| text.parse::<HsCode>().ok();
        let check =
            |answered: &str, verdict: Option<(&str, &str)>, expected: Option<(&str, DecidedBy, u8)>| {
                let verdict = verdict.map(|(status, corrected)| Verdict {
                    status: status.parse().unwrap_or_else(|never| match never {}),
                    corrected_code: code(corrected),
                    created_at: REVIEWED_AT.to_owned(),
                });
                let decided = DecidedCode::new(code(answered), Some(ANSWERED_AT), verdict.as_ref());
                let found = decided.as_ref().map(|decided| {
                    let at = if decided.by == DecidedBy::Person { REVIEWED_AT } else { ANSWERED_AT };
                    assert_eq!(decided.at.as_deref(), Some(at));
                    (decided.code.bare(), decided.by.clone(), decided.open_digits)
                });
                assert_eq!(found, expected, "{answered} {verdict:?}");
            };
        let (classifier, person) = (DecidedBy::Classifier, DecidedBy::Person);
        check("851830", None, Some(("851830", classifier.clone(), 4)));
        check("8518.30.00", None, Some(("85183000", classifier.clone(), 2)));
        check("8518.30.00", Some(("confirmed", "")), Some(("85183000", person.clone(), 2)));
        check("7323.93.00", Some(("corrected", "9617.00.00")), Some(("96170000", person.clone(), 2)));
        // A correction that only adds digits, and a code for a failed classification.
        check("8518.30.00", Some(("corrected", "8518300090")), Some(("8518300090", person.clone(), 0)));
        check("", Some(("corrected", "8518.30")), Some(("851830", person, 4)));
        check("8518.30.00", Some(("postponed", "")), Some(("85183000", classifier, 2)));
        check("", None, None);
    }
}
