//! A line of an exported file: a history row with its decided code, which may take a request of its own.

use import8_api::{ClassificationSummary, DecidedBy, Extension, FeedbackStatus};
use leptos::prelude::*;

use super::pause::Pause;
use crate::api::decided::Decided;
use crate::api::{ApiError, Client};
use crate::outbox::reviews::Reviews;
use crate::queries::rate_limit::RateLimitGate;

/// A history row with its decision.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The row.
    pub row: ClassificationSummary,
    /// The decided code; `NotTold` if a correction could not be fetched.
    pub decided: Option<Decided>,
    /// The verdict.
    pub verdict: Option<FeedbackStatus>,
    /// Whether the service returns verdicts, so that a missing one means that there is none.
    pub has_verdicts: bool,
}

/// Where a service returns corrections made by other clients.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Corrections {
    /// The list has the corrected code.
    Listed,
    /// The list has the fact, and the classification itself the corrected code.
    Single,
    /// Corrections are not returned.
    Untold,
}

impl Corrections {
    /// Where a service with these extensions returns corrections.
    #[must_use]
    pub fn from_extensions(extensions: &[Extension]) -> Self {
        let has = |extension| extensions.contains(&extension);
        match () {
            () if has(Extension::Decided) => Self::Listed,
            () if has(Extension::Input) => Self::Single,
            () => Self::Untold,
        }
    }
}

/// Builds lines from rows, and fetches the corrected codes that the list lacks, within the rate
/// limit.
pub struct Knowing {
    client: Client,
    gate: RateLimitGate,
    reviews: Reviews,
    has_verdicts: bool,
    pause: Pause,
}

impl Knowing {
    /// A builder for a file of this job, to which pauses and errors are reported.
    #[must_use]
    pub fn new(
        gate: RateLimitGate,
        reviews: Reviews,
        client: Client,
        corrections: Corrections,
        pause: Pause,
    ) -> Self {
        Self { client, gate, reviews, has_verdicts: corrections != Corrections::Untold, pause }
    }

    /// The line of a row.
    pub async fn line(&self, row: ClassificationSummary) -> Line {
        let of = |row| (self.reviews.decided_of(row), self.reviews.verdict_on(row));
        let (mut decided, verdict) = untrack(|| of(&row));
        if decided == Some(Decided::NotTold) {
            decided = self.ask(&row.id).await.or(decided);
        }
        let has_verdicts = self.has_verdicts || row.decided.is_some();
        Line { row, decided, verdict, has_verdicts }
    }

    /// The decision in a classification itself; `None` if it lacks the corrected code.
    async fn ask(&self, id: &str) -> Option<Decided> {
        loop {
            let times = self.pause.resumed();
            match self.gate.ask(|| self.client.classification(id)).await {
                Ok(answer) => return Decided::from_classification(&answer.value.data).filter(is_by_a_person),
                // Transient errors stop the job until it is resumed.
                Err(error @ (ApiError::Unreachable | ApiError::Timeout | ApiError::Unauthorized)) => {
                    self.pause.stop_for(error, times).await;
                }
                Err(_) => return None,
            }
        }
    }
}

fn is_by_a_person(decided: &Decided) -> bool {
    matches!(decided, Decided::Code(decided) if decided.by == DecidedBy::Person)
}

#[cfg(test)]
mod tests {
    use import8_api::{Classification, decode};

    use super::*;

    #[test]
    fn a_service_tells_where_corrections_are() {
        let check = |extensions: &[Extension], expected| {
            assert_eq!(Corrections::from_extensions(extensions), expected, "{extensions:?}");
        };
        check(&[Extension::Input, Extension::Decided], Corrections::Listed);
        check(&[Extension::Input], Corrections::Single);
        check(&[Extension::Filters], Corrections::Untold);
        check(&[], Corrections::Untold);
    }

    #[test]
    fn what_is_told_of_a_corrected_one_is_its_new_code_or_nothing() {
        let check = |fields: &str, expected: Option<&str>| {
            let json = format!(
                r#"{{"id": "1", "status": "completed", "hs_code": {{"code_6": "7323.93"}}{fields}}}"#
            );
            let classification: Classification = decode(&json).expect(&json);
            let told = Decided::from_classification(&classification).filter(is_by_a_person);
            let code = told.and_then(|told| told.code());
            assert_eq!(code.as_ref().map(import8_api::HsCode::bare), expected, "{json}");
        };
        check(
            r#", "feedback": {"status": "corrected", "corrected_code": "9617.00", "created_at": ""}"#,
            Some("961700"),
        );
        // The list says that there is a correction, but this response has none.
        check("", None);
        check(r#", "feedback": {"status": "corrected", "created_at": ""}"#, None);
    }
}
