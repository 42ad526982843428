//! The confidence on an evidence sheet, in the standard bands instead of the reader's own.

use import8_api::{Classification, Confidence};

use super::sheet::{Body, Entry, Section, section};
use crate::components::confidence::Band;
use crate::i18n::preferences::Bands;
use crate::i18n::texts::sheet::Sheet as Words;

/// The section of the confidence.
pub(super) fn part(classification: &Classification, heading: &'static str, words: &Words) -> Section {
    let (word, meaning) = match classification.confidence {
        None => (words.not_given.to_owned(), words.unknown_meaning.to_owned()),
        Some(confidence) => estimate(confidence, Bands::STANDARD, words),
    };
    let entry = Entry::text(words.estimate, word).with_text(words.meaning, Some(meaning));
    section("confidence", heading, Body::Entries(vec![entry]))
}

/// A confidence in words, and the meaning of its band.
fn estimate(confidence: Confidence, bands: Bands, words: &Words) -> (String, String) {
    let percent = confidence.percent().to_string();
    let [(strong, _), (fair, most)] = [Band::Strong, Band::Fair]
        .map(|band| band.bounds_in(bands))
        .map(|(least, most)| (least.to_string(), most.to_string()));
    match Band::among(bands, confidence) {
        Band::Strong => ((words.strong)(&percent), (words.strong_meaning)(&strong)),
        Band::Fair => ((words.fair)(&percent), (words.fair_meaning)(&fair, &most)),
        Band::Weak => ((words.weak)(&percent), (words.weak_meaning)(&fair)),
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;
    use crate::i18n::texts::sheet::{EN, NL};

    #[test]
    fn what_a_confidence_means_is_said_by_the_bands_that_it_is_told_by() {
        let bands = Bands { strong: 80, fair: 50 };
        let check = |percent: u8, words: &Words, expected: [&str; 2]| {
            let confidence = Confidence::try_from(Decimal::from(percent)).expect("a percentage");
            let (word, meaning) = estimate(confidence, bands, words);
            assert!(word.starts_with(expected[0]) && meaning.contains(expected[1]), "{word}: {meaning}");
        };
        check(80, &EN, ["Strong, 80", " 80 or more:"]);
        check(79, &EN, ["Fair, 79", " 50 to 79:"]);
        check(49, &EN, ["Weak, 49", " Under 50:"]);
        check(80, &NL, ["Sterk, 80", " 80 of meer:"]);
        check(79, &NL, ["Redelijk, 79", " 50 tot en met 79:"]);
        check(49, &NL, ["Zwak, 49", " Minder dan 50:"]);
    }
}
