//! Verdicts: the review panel, the correction of a code, and undo.

pub mod correction;
pub mod panel;
pub mod undo;

use import8_api::{Feedback, FeedbackStatus, HsCode};

use crate::i18n::texts::Texts;

/// The verdict that `code` is the right code for a classification with the code `own`.
#[must_use]
pub fn verdict_for(own: Option<HsCode>, code: HsCode) -> Feedback {
    if own == Some(code) {
        Feedback { status: FeedbackStatus::Confirmed, corrected_code: None }
    } else {
        Feedback { status: FeedbackStatus::Corrected, corrected_code: Some(code) }
    }
}

/// The code of a correction that only adds digits to the classification's own code.
#[must_use]
pub fn completion(verdict: &Feedback, own: Option<HsCode>) -> Option<HsCode> {
    let code = verdict.corrected_code.filter(|_| verdict.status == FeedbackStatus::Corrected)?;
    own.is_some_and(|own| code.bare().starts_with(own.bare())).then_some(code)
}

/// The code of a correction with spaces, and whether it only adds digits to the classification's own code.
fn corrected(verdict: &Feedback, own: Option<HsCode>) -> Option<(String, bool)> {
    let code = verdict.corrected_code.filter(|_| verdict.status == FeedbackStatus::Corrected)?;
    Some((code.spaced(), completion(verdict, own).is_some()))
}

/// A verdict in words: `Corrected to 8518 29 00`.
#[must_use]
pub fn verdict_text(verdict: &Feedback, own: Option<HsCode>, texts: Texts) -> String {
    match (corrected(verdict, own), &verdict.status) {
        (Some((code, true)), _) => (texts.review().said_confirmed_as)(&code),
        (Some((code, false)), _) => (texts.review().said_corrected)(&code),
        (None, FeedbackStatus::Confirmed) => texts.review().said_confirmed.to_owned(),
        (None, FeedbackStatus::Corrected) => texts.rows().corrected.to_owned(),
        (None, FeedbackStatus::Other(word)) => word.clone(),
    }
}

/// The decided code after a verdict on a classification with the code `own`; `None` if unknown.
#[must_use]
pub fn counted(verdict: Option<&Feedback>, own: Option<HsCode>) -> Option<HsCode> {
    match verdict {
        Some(verdict) if verdict.status == FeedbackStatus::Corrected => verdict.corrected_code,
        _ => own,
    }
}

/// A verdict as news: `8518 30 00 confirmed`. `before` is the decided code before it, where known.
#[must_use]
pub fn done(verdict: &Feedback, own: Option<HsCode>, before: Option<HsCode>, texts: Texts) -> String {
    let before = before
        .map(|before| before.spaced())
        .filter(|before| corrected(verdict, own).is_none_or(|(code, _)| code != *before));
    match (corrected(verdict, own), own, before) {
        (Some((code, true)), ..) => (texts.review().confirmed)(&code),
        (Some((code, false)), _, Some(before)) => (texts.review().corrected)(&before, &code),
        (Some((code, false)), None, None) => (texts.review().code_given)(&code),
        (None, Some(own), _) => (texts.review().confirmed)(&own.spaced()),
        (Some(_), Some(_), None) | (None, None, _) => verdict_text(verdict, own, texts),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    #[test]
    fn a_verdict_in_words() {
        let code = |text: &str| text.parse::<HsCode>().ok();
        let check = |own: &str, right: &str, expected: [&str; 2]| {
            let own = code(own);
            let verdict = verdict_for(own, code(right).expect(right));
            let texts = Language::En.texts();
            assert_eq!([verdict_text(&verdict, own, texts), done(&verdict, own, own, texts)], expected);
        };
        check("8518.30.00", "8518 30 00", ["Confirmed", "8518 30 00 confirmed"]);
        check("8518.30.00", "8518.29.00", ["Corrected to 8518 29 00", "8518 30 00 corrected to 8518 29 00"]);
        // A correction that only adds digits confirms the code.
        check("8518.30.00", "8518300090", ["Confirmed as 8518 30 00 90", "8518 30 00 90 confirmed"]);
        check("8518.30.00", "851830", ["Corrected to 8518 30", "8518 30 00 corrected to 8518 30"]);
        check("", "8518.30", ["Corrected to 8518 30", "Code given: 8518 30"]);
    }

    #[test]
    fn what_a_verdict_takes_the_place_of_is_what_counted() {
        let code = |text: &str| text.parse::<HsCode>().ok();
        let check = |own: &str, before: &str, right: &str, expected: &str| {
            let verdict = verdict_for(code(own), code(right).expect(right));
            let told = done(&verdict, code(own), code(before), Language::En.texts());
            assert_eq!(told, expected, "{own} {before} {right}");
        };
        check("8518.30.00", "9617.00", "7323.93", "9617 00 corrected to 7323 93");
        check("8518.30.00", "9617.00", "8518.30.00", "8518 30 00 confirmed");
        // A service that returns a correction without the corrected code.
        check("8518.30.00", "", "7323.93", "Corrected to 7323 93");
        check("8518.30.00", "7323.93", "7323.93", "Corrected to 7323 93");
        check("", "9617.00", "7323.93", "9617 00 corrected to 7323 93");
        let own = code("8518.30.00");
        let corrected = |code| Feedback { status: FeedbackStatus::Corrected, corrected_code: code };
        assert_eq!(counted(None, own), own);
        assert_eq!(counted(Some(&corrected(code("9617.00"))), own), code("9617.00"));
        assert_eq!(counted(Some(&corrected(None)), own), None);
        let confirmed = Feedback { status: FeedbackStatus::Confirmed, corrected_code: None };
        assert_eq!(counted(Some(&confirmed), own), own);
    }

    #[test]
    fn a_verdict_of_another_kind_speaks_for_itself() {
        let verdict = Feedback { status: FeedbackStatus::Other("disputed".to_owned()), corrected_code: None };
        assert_eq!(verdict_text(&verdict, None, Language::En.texts()), "disputed");
    }
}
