//! Labels for a digest, and for the reasons why a classification has no sheet.

use super::draft::Digest;
use super::sheet::Nothing;
use crate::i18n::Language;

/// The reason for having no sheet, as text.
#[must_use]
pub fn why_nothing(why: &Nothing, language: Language) -> String {
    let words = &language.texts().evidence();
    match why {
        Nothing::Pending => words.pending.to_owned(),
        Nothing::Failed(None) => words.no_code.to_owned(),
        Nothing::Failed(Some(reason)) => format!("{} {reason}", words.no_code),
        Nothing::NoCode => words.no_answer_code.to_owned(),
    }
}

/// The digest as text, or the reason for having none.
#[must_use]
pub fn digest_words(digest: &Digest, language: Language) -> String {
    let words = language.texts().evidence();
    match digest {
        Digest::Open => words.digest_computing.to_owned(),
        Digest::Is(digits) => digits.clone(),
        Digest::Unavailable => words.digest_unavailable.to_owned(),
    }
}
