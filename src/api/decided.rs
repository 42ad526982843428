//! The decided code of a product: the service's data combined with verdicts given in this browser.

use import8_api::{
    BatchItem, Classification, ClassificationSummary, CodeDetail, DecidedBy, DecidedCode, Feedback,
    FeedbackStatus, HsCode, Verdict,
};

/// Knowledge of the decided code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decided {
    /// The decided code, who decided on it, and when.
    Code(DecidedCode),
    /// A person corrected the classifier's code, and this response does not contain the new code. Often only
    /// the single classification contains it ([`Decided::from_classification`]).
    NotTold,
}

impl Decided {
    /// The decided code of a classification, or `None` while the classification has no code.
    #[must_use]
    pub fn from_classification(classification: &Classification) -> Option<Self> {
        let verdict = classification.feedback.as_ref();
        match &classification.decided {
            Some(decided) => Some(Self::Code(decided.clone())),
            None if verdict.is_some_and(is_without_its_code) => Some(Self::NotTold),
            None => {
                let code = classification.hs_code.as_ref().and_then(CodeDetail::all_digits);
                DecidedCode::new(code, classification.completed_at.as_deref(), verdict).map(Self::Code)
            }
        }
    }

    /// The decided code of a history row, or `None` while the row has no code.
    #[must_use]
    pub fn from_row(row: &ClassificationSummary) -> Option<Self> {
        let by = |by| Some(Self::Code(DecidedCode::by(row.hs_code?, by, None)));
        match (&row.decided, &row.feedback) {
            (Some(decided), _) => Some(Self::Code(decided.clone())),
            (None, Some(FeedbackStatus::Corrected)) => Some(Self::NotTold),
            (None, Some(FeedbackStatus::Confirmed)) => by(DecidedBy::Person),
            (None, Some(FeedbackStatus::Other(_)) | None) => by(DecidedBy::Classifier),
        }
    }

    /// The decided code of a batch item, or `None` while the item has no code. Without a `decided` field it
    /// is the classifier's code.
    #[must_use]
    pub fn from_item(item: &BatchItem) -> Option<Self> {
        let answered = || Some(DecidedCode::by(item.hs_code?, DecidedBy::Classifier, None));
        item.decided.clone().or_else(answered).map(Self::Code)
    }

    /// The decided code after a newer verdict. `told` is the knowledge before the verdict, `answered` the
    /// classifier's code.
    #[must_use]
    pub fn after(verdict: &Feedback, told: Option<Self>, answered: Option<HsCode>) -> Option<Self> {
        // The longest known form of the classifier's code, unless a person replaced the code.
        let deepest = match &told {
            Some(Self::Code(told)) if told.by == DecidedBy::Classifier => Some(told.code),
            _ => answered,
        };
        let code = match verdict.status {
            FeedbackStatus::Corrected => verdict.corrected_code,
            FeedbackStatus::Confirmed => deepest,
            FeedbackStatus::Other(_) => return told,
        };
        code.map(|code| Self::Code(DecidedCode::by(code, DecidedBy::Person, None)))
    }

    /// The decided code, or `None` if it is not known.
    #[must_use]
    pub fn code(&self) -> Option<HsCode> {
        match self {
            Self::Code(decided) => Some(decided.code),
            Self::NotTold => None,
        }
    }

    /// Whether the decided code is the classifier's code `answered` or a longer code that begins with it.
    /// Only then do statements about the classifier's code, such as its confidence, hold.
    #[must_use]
    pub fn keeps(&self, answered: Option<HsCode>) -> bool {
        self.code().zip(answered).is_some_and(|(code, answered)| code.bare().starts_with(answered.bare()))
    }

    /// The classifier's code `answered`, if another code replaced it.
    #[must_use]
    pub fn replaced(&self, answered: Option<HsCode>) -> Option<HsCode> {
        answered.filter(|_| self.code().is_some() && !self.keeps(answered))
    }

    /// Time of the person's decision (RFC 3339), or `None` if the service does not give it.
    #[must_use]
    pub fn reviewed_at(&self) -> Option<&str> {
        match self {
            Self::Code(decided) if decided.by == DecidedBy::Person => decided.at.as_deref(),
            Self::Code(_) | Self::NotTold => None,
        }
    }
}

/// Whether the verdict is a correction without the corrected code.
fn is_without_its_code(verdict: &Verdict) -> bool {
    verdict.status == FeedbackStatus::Corrected && verdict.corrected_code.is_none()
}

#[cfg(test)]
mod tests {
    use import8_api::decode;

    use super::*;

    fn shown(decided: Option<&Decided>) -> String {
        match decided {
            Some(Decided::Code(decided)) => format!("{} {}", decided.code.bare(), decided.by.as_str()),
            Some(Decided::NotTold) => "not told".to_owned(),
            None => "none".to_owned(),
        }
    }

    #[test]
    fn a_row_says_which_code_counts_or_that_it_does_not_say() {
        let check = |fields: &str, expected: &str| {
            let json = format!(r#"{{"id": "1", "status": "completed"{fields}}}"#);
            let row: ClassificationSummary = decode(&json).expect(&json);
            assert_eq!(shown(Decided::from_row(&row).as_ref()), expected, "{json}");
        };
        check("", "none");
        check(r#", "hs_code": "8518.30.00""#, "85183000 classifier");
        check(r#", "hs_code": "8518.30.00", "feedback": "confirmed""#, "85183000 person");
        check(r#", "hs_code": "8518.30.00", "feedback": "corrected""#, "not told");
        check(r#", "hs_code": "8518.30.00", "feedback": "disputed""#, "85183000 classifier");
        check(
            r#", "hs_code": "8518.30.00", "feedback": "corrected",
                "decided": {"code": "9617.00.00", "by": "person", "open_digits": 2}"#,
            "96170000 person",
        );
    }

    #[test]
    fn a_classification_says_it_also_where_the_service_knows_no_decided_code() {
        let check = |fields: &str, expected: &str| {
            let json = format!(r#"{{"id": "1", "status": "completed"{fields}}}"#);
            let classification: Classification = decode(&json).expect(&json);
            assert_eq!(shown(Decided::from_classification(&classification).as_ref()), expected, "{json}");
        };
        check("", "none");
        check(r#", "hs_code": {"code_6": "8518.30", "code_10": "8518300090"}"#, "8518300090 classifier");
        check(
            r#", "hs_code": {"code_6": "8518.30"},
                "feedback": {"status": "corrected", "corrected_code": "9617.00", "created_at": ""}"#,
            "961700 person",
        );
        check(
            r#", "hs_code": {"code_6": "8518.30"}, "feedback": {"status": "corrected", "created_at": ""}"#,
            "not told",
        );
    }

    #[test]
    fn only_another_code_replaces_the_one_that_was_answered() {
        let code = |text: &str| text.parse::<HsCode>().ok();
        let check = |decided: &str, answered: &str, expected: Option<&str>| {
            let decided =
                code(decided).map(|code| Decided::Code(DecidedCode::by(code, DecidedBy::Person, None)));
            let decided = decided.unwrap_or(Decided::NotTold);
            assert_eq!(decided.replaced(code(answered)), expected.and_then(code), "{answered}");
            let keeps = decided.code().is_some() && expected.is_none() && !answered.is_empty();
            assert_eq!(decided.keeps(code(answered)), keeps, "{answered}");
        };
        check("9617.00.00", "7323.93.00", Some("73239300"));
        check("8518.30.00", "8518.30.00", None);
        check("8518300090", "8518.30.00", None);
        // A shorter code declares the other digits wrong.
        check("8518.30", "8518.30.00", Some("85183000"));
        check("8518.30", "", None);
        check("", "8518.30.00", None);
    }

    #[test]
    fn a_verdict_given_here_counts_at_once() {
        let code = |text: &str| text.parse::<HsCode>().ok();
        let by = |text: &str, by| code(text).map(|code| Decided::Code(DecidedCode::by(code, by, None)));
        let check = |verdict: (&str, &str), told: Option<Decided>, answered: &str, expected: &str| {
            let verdict = Feedback {
                status: verdict.0.parse().unwrap_or_else(|never| match never {}),
                corrected_code: code(verdict.1),
            };
            let found = Decided::after(&verdict, told.clone(), code(answered));
            assert_eq!(shown(found.as_ref()), expected, "{verdict:?} {told:?} {answered}");
        };
        let (classifier, person) = (DecidedBy::Classifier, DecidedBy::Person);
        check(("corrected", "96170000"), by("85183000", classifier.clone()), "85183000", "96170000 person");
        check(("confirmed", ""), by("8518300090", classifier.clone()), "85183000", "8518300090 person");
        // A confirmation is of the classifier's code, not of an earlier correction.
        check(("confirmed", ""), by("96170000", person), "85183000", "85183000 person");
        check(("confirmed", ""), Some(Decided::NotTold), "85183000", "85183000 person");
        check(("corrected", "96170000"), None, "", "96170000 person");
        check(("postponed", ""), by("85183000", classifier), "85183000", "85183000 classifier");
    }
}
