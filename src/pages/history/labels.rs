//! The labels of filters and sort orders.

use crate::api::listing::{Filter, Sort};
use crate::components::confidence::Band;
use crate::components::status;
use crate::i18n::{Language, Texts, format};

/// The confidence bands, highest first.
pub const BANDS: [Band; 3] = [Band::Strong, Band::Fair, Band::Weak];

/// The bounds of a band as filter values; an open bound is empty.
#[must_use]
pub fn bounds(band: Band) -> (String, String) {
    let (least, most) = band.bounds();
    let bound = |percent: u8, open: u8| if percent == open { String::new() } else { percent.to_string() };
    (bound(least, 0), bound(most, 100))
}

/// Bounds as the `value` of an option, such as `45-74`; empty without bounds.
#[must_use]
pub fn bounds_value(min: &str, max: &str) -> String {
    if min.is_empty() && max.is_empty() { String::new() } else { format!("{min}-{max}") }
}

/// The label of a band with its range, such as `Fair (45–74)`.
#[must_use]
pub fn band(band: Band, texts: Texts) -> String {
    let (least, most) = band.bounds();
    (texts.history().band)(band.word(texts), &format!("{least}–{most}"))
}

/// The label of confidence bounds; that of a band if they match one.
#[must_use]
pub fn confidence(min: &str, max: &str, texts: Texts) -> String {
    match BANDS.into_iter().find(|band| bounds(*band) == (min.to_owned(), max.to_owned())) {
        Some(found) => band(found, texts),
        None if max.is_empty() => (texts.history().at_least)(min),
        None if min.is_empty() => (texts.history().at_most)(max),
        None => (texts.history().between)(min, max),
    }
}

/// The label of a sort order.
#[must_use]
pub fn sort(sort: Sort, texts: Texts) -> &'static str {
    match sort {
        Sort::Newest => texts.history().sort_newest,
        Sort::Confidence => texts.history().sort_confidence,
        Sort::AtStake => texts.history().sort_at_stake,
    }
}

/// The active parts of a filter: the label of each, and the filter without it. Invalid parts are inactive.
#[must_use]
pub fn active(filter: &Filter, texts: Texts, language: Language) -> Vec<(String, Filter)> {
    let sound = filter.without_faults();
    let mut active = Vec::new();
    let mut add = |is_active: bool, word: &dyn Fn() -> String, clear: fn(&mut Filter)| {
        if is_active {
            let mut without = filter.clone();
            clear(&mut without);
            active.push((word(), without));
        }
    };
    let day = |day: &str| format::date(&format!("{day}T12:00:00"), language);
    add(!sound.q.is_empty(), &|| (texts.history().filter_words)(&sound.q), |filter| filter.q.clear());
    add(!sound.status.is_empty(), &|| status_word(&sound.status, texts), |filter| filter.status.clear());
    let (min, max) = (&sound.min_confidence, &sound.max_confidence);
    add(!(min.is_empty() && max.is_empty()), &|| confidence(min, max, texts), |filter| {
        filter.min_confidence.clear();
        filter.max_confidence.clear();
    });
    let reviewed =
        if sound.reviewed == "true" { texts.history().reviewed } else { texts.history().not_reviewed };
    add(!sound.reviewed.is_empty(), &|| reviewed.to_owned(), |filter| filter.reviewed.clear());
    let chapter = || (texts.history().filter_chapter)(&sound.chapter);
    add(!sound.chapter.is_empty(), &chapter, |filter| filter.chapter.clear());
    add(!sound.code.is_empty(), &|| (texts.history().filter_code)(&sound.code), |filter| filter.code.clear());
    add(!sound.from.is_empty(), &|| (texts.history().filter_from)(&day(&sound.from)), |filter| {
        filter.from.clear()
    });
    add(!sound.to.is_empty(), &|| (texts.history().filter_to)(&day(&sound.to)), |filter| filter.to.clear());
    active
}

fn status_word(name: &str, texts: Texts) -> String {
    // `Status` parses every string, so this cannot fail.
    name.parse().map_or_else(|_| name.to_owned(), |known| status::word(&known, texts))
}

#[cfg(test)]
mod tests {
    use import8_api::Confidence;

    use super::*;
    use crate::i18n::Language;

    #[test]
    fn the_bounds_of_a_band_are_the_bands_own() {
        for percent in 0_u8..=100 {
            let own = Band::from_confidence(
                Confidence::try_from(rust_decimal::Decimal::from(percent)).expect("a percentage"),
            );
            let is_in = |band: Band| {
                let (min, max) = bounds(band);
                min.parse().unwrap_or(0) <= percent && percent <= max.parse().unwrap_or(100)
            };
            assert_eq!(BANDS.into_iter().filter(|band| is_in(*band)).collect::<Vec<_>>(), [own], "{percent}");
        }
    }

    #[test]
    fn each_active_filter_can_be_taken_away() {
        let filter = Filter {
            status: "failed".to_owned(),
            q: "pan".to_owned(),
            min_confidence: "45".to_owned(),
            max_confidence: "74".to_owned(),
            reviewed: "false".to_owned(),
            chapter: "7".to_owned(),
            code: "7323.93".to_owned(),
            ..Filter::default()
        };
        let active = active(&filter, Language::En.texts(), Language::En);
        let said: Vec<_> = active.iter().map(|(word, _)| word.as_str()).collect();
        assert_eq!(said, ["“pan”", "Failed", "Fair (45–74)", "Not reviewed", "code begins with 7323.93"]);
        let without = |place: usize| active.get(place).map(|(_, without)| without.clone());
        assert_eq!(without(0), Some(Filter { q: String::new(), ..filter.clone() }));
        let no_bounds = Filter { min_confidence: String::new(), max_confidence: String::new(), ..filter };
        assert_eq!(without(2), Some(no_bounds));
    }

    #[test]
    fn bounds_that_are_no_band_have_words() {
        let check = |min: &str, max: &str, expected: &str| {
            assert_eq!(confidence(min, max, Language::En.texts()), expected);
        };
        check("75", "", "Strong (75–100)");
        check("30", "", "confidence 30 or more");
        check("", "60", "confidence 60 or less");
        check("30", "60", "confidence 30 to 60");
    }
}
