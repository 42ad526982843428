//! A line of an exported file: a row of the history with its decided code, which may have to be asked for.

use import8_api::{ClassificationSummary, DecidedBy, Extension, FeedbackStatus};
use leptos::prelude::*;

use super::job::Job;
use crate::api::{ApiError, Client};
use crate::decided::Decided;
use crate::patience::Patience;
use crate::reviews::Reviews;
use crate::session::Session;

/// A row, and what is known of it beside.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The row.
    pub row: ClassificationSummary,
    /// The code that counts; not told where it could not be had.
    pub decided: Option<Decided>,
    /// The verdict.
    pub verdict: Option<FeedbackStatus>,
    /// Whether it is known that no verdict is none.
    pub has_verdicts: bool,
}

/// What a service tells of corrections that were made elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Corrections {
    /// To which code, in its list.
    Listed,
    /// To which code, of each classification by itself; in its list only that there was one.
    Single,
    /// Nothing.
    Untold,
}

impl Corrections {
    /// What a service with these extensions tells.
    #[must_use]
    pub fn of(extensions: &[Extension]) -> Self {
        let has = |extension| extensions.contains(&extension);
        match () {
            () if has(Extension::Decided) => Self::Listed,
            () if has(Extension::Input) => Self::Single,
            () => Self::Untold,
        }
    }
}

/// Learns of each row what its file says, and asks for what the list does not tell, within the rate limit.
pub struct Knowing {
    client: Client,
    patience: Patience,
    reviews: Reviews,
    has_verdicts: bool,
    job: Job,
}

impl Knowing {
    /// For a file of this job, which is told of pauses and of errors.
    #[must_use]
    pub fn new(
        session: Session,
        reviews: Reviews,
        client: Client,
        corrections: Corrections,
        job: Job,
    ) -> Self {
        Self {
            client,
            patience: Patience::new(session, job.waiting),
            reviews,
            has_verdicts: corrections != Corrections::Untold,
            job,
        }
    }

    /// What is known of a row.
    pub async fn line(&self, row: ClassificationSummary) -> Line {
        let of = |row| (self.reviews.decided_of(row), self.reviews.verdict_on(row));
        let (mut decided, verdict) = untrack(|| of(&row));
        if decided == Some(Decided::NotTold) {
            decided = self.ask(&row.id).await.or(decided);
        }
        let has_verdicts = self.has_verdicts || row.decided.is_some();
        Line { row, decided, verdict, has_verdicts }
    }

    /// What the service tells of a corrected classification by itself; none where it does not say to which code.
    async fn ask(&self, id: &str) -> Option<Decided> {
        loop {
            let times = self.job.resumed();
            match self.patience.ask(|| self.client.classification(id)).await {
                Ok(answer) => return Decided::of(&answer.value.data).filter(is_by_a_person),
                // Those that pass: it goes on when the person or the connection says so.
                Err(error @ (ApiError::Unreachable | ApiError::Timeout | ApiError::Unauthorized)) => {
                    self.job.stop_for(error, times).await;
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
            assert_eq!(Corrections::of(extensions), expected, "{extensions:?}");
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
            let told = Decided::of(&classification).filter(is_by_a_person);
            let code = told.and_then(|told| told.code());
            assert_eq!(code.as_ref().map(import8_api::HsCode::bare), expected, "{json}");
        };
        check(
            r#", "feedback": {"status": "corrected", "corrected_code": "9617.00", "created_at": ""}"#,
            Some("961700"),
        );
        // The list says that it was corrected, and this does not.
        check("", None);
        check(r#", "feedback": {"status": "corrected", "created_at": ""}"#, None);
    }
}
