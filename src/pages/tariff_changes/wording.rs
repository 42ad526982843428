//! Editions, kinds of change and duties in words.

use import8_api::Rate;

use crate::api::tariff_changes::{Changes, Edition};
use crate::i18n::texts::tariff_changes::TariffChanges;
use crate::i18n::{Language, format};

/// An edition: `TARIC 1 January 2027`.
#[must_use]
pub fn edition(edition: &Edition, language: Language) -> String {
    let day = format::universal_date(&edition.day, language);
    (language.texts().tariff_changes().edition)(&edition.publication, &day)
}

/// The two editions: `between TARIC 1 December 2026 and 1 January 2027`.
#[must_use]
pub fn between(changes: &Changes, language: Language) -> String {
    let Changes { from, to, .. } = changes;
    let newer = if from.publication == to.publication {
        format::universal_date(&to.day, language)
    } else {
        edition(to, language)
    };
    (language.texts().tariff_changes().between)(&edition(from, language), &newer)
}

/// What was found, in one sentence.
#[must_use]
pub fn outcome(changes: &Changes, language: Language) -> String {
    let part = language.texts().tariff_changes();
    let between = between(changes, language);
    let count = |number| format::count(number, language);
    match (changes.codes_in_use, changes.codes.len()) {
        _ if changes.from == changes.to => part.same.to_owned(),
        (0, _) => part.none_in_use.to_owned(),
        (in_use, 0) => (part.unchanged)(&count(in_use), &between),
        (_, changed) => (part.changed)(&count(changed as u64), &between),
    }
}

/// A kind of change by its name in the API. One of a later version stays as it is.
#[must_use]
pub fn kind<'a>(name: &'a str, part: &'a TariffChanges) -> &'a str {
    match name {
        "ended" => part.ended,
        "divided" => part.divided,
        "merged" => part.merged,
        "duty" => part.duty,
        "measures" => part.measures,
        "unit" => part.unit,
        "declarable" => part.declarable,
        "below" => part.below,
        other => other,
    }
}

/// A duty as on the other screens; empty if it is not told.
#[must_use]
pub fn duty(duty: &str, language: Language) -> String {
    duty.parse::<Rate>().map(|rate| format::rate(&rate, language)).unwrap_or_default()
}
