//! Texts about duties: the duty expression, its meaning in words, and its legal source.

use import8_api::{Bound, DutyExpression, DutyRate, DutyTerm, Rate};
use rust_decimal::Decimal;

use crate::i18n::texts::duties::CITATION;
use crate::i18n::{Language, format};

/// A duty expression in the tariff's notation: see [`format::rate`]. Prefers the whole expression to the
/// plain rate. `None` if the duty has neither.
#[must_use]
pub fn duty_text(duty: &DutyRate, language: Language) -> Option<String> {
    duty.expression.as_ref().or(duty.rate.as_ref()).map(|rate| format::rate(rate, language))
}

/// A duty expression in words: `12.8 % of the customs value, plus € 303.40 for each 100 kg net`. `None` if
/// the rate is no duty expression; its meaning is never guessed.
#[must_use]
pub fn in_words(rate: &Rate, language: Language) -> Option<String> {
    let texts = language.texts().duties();
    let duty: DutyExpression = rate.as_str().parse().ok()?;
    if duty.percent().is_some_and(|percent| percent.is_zero()) {
        return Some(texts.free.to_owned());
    }
    let sums = duty.sums().map(|(bound, terms)| {
        let terms: Vec<_> = terms.iter().map(|term| term_in_words(term, language)).collect();
        let sum = terms.join(texts.plus);
        match bound {
            None => sum,
            Some(Bound::Min) => (texts.at_least)(&sum),
            Some(Bound::Max) => (texts.at_most)(&sum),
        }
    });
    Some(sums.collect::<Vec<_>>().join(""))
}

/// One term of a duty expression in words. The components are the agricultural component (`EA`) and the
/// additional duties on sugar (`AD S/Z`) and flour (`AD F/M`) of the Meursing tables (Regulation (EEC)
/// 2658/87, Annex I), each of which can be reduced (`EAR`).
fn term_in_words(term: &DutyTerm, language: Language) -> String {
    let texts = language.texts().duties();
    match term {
        DutyTerm::Percent(percent) => (texts.of_the_value)(&format::percent(*percent, language)),
        DutyTerm::Specific(euros, unit) => {
            (texts.for_each)(&euros_text(*euros, language), unit_in_words(unit.name(), language))
        }
        DutyTerm::Component(name) => {
            let whole = name.trim_end_matches('R');
            let words = match whole {
                "EA" => texts.component_agricultural,
                "AD S/Z" => texts.component_sugar,
                _ => texts.component_flour,
            };
            let reduced = if whole == *name { "" } else { texts.component_reduced };
            format!("{words}{reduced}")
        }
    }
}

fn euros_text(euros: Decimal, language: Language) -> String {
    format::money(import8_api::Money(euros), "EUR", language)
}

/// A unit of the tariff in words, or in the tariff's notation if there are no words for it.
fn unit_in_words(unit: &'static str, language: Language) -> &'static str {
    let texts = language.texts().duties();
    match unit {
        "kg" => texts.unit_kg,
        "100 kg" => texts.unit_100_kg,
        "tonne" => texts.unit_tonne,
        "100 kg drained" => texts.unit_100_kg_drained,
        "100 kg gross" => texts.unit_100_kg_gross,
        "100 kg dry" => texts.unit_100_kg_dry,
        "hl" => texts.unit_hl,
        "% vol/hl" => texts.unit_alcohol,
        "item" => texts.unit_item,
        "1000 items" => texts.unit_1000_items,
        "100 m" => texts.unit_100_m,
        "kg lactic matter" => texts.unit_lactic_matter,
        "% sucrose/100 kg" => texts.unit_sucrose,
        other => other,
    }
}

/// A comma-separated list of countries: country codes as names in the reader's language, other texts
/// unchanged.
#[must_use]
pub fn named(countries: &[String], language: Language) -> String {
    let name = |country: &String| {
        country.parse().map_or_else(|_| country.clone(), |known| format::country(known, language))
    };
    countries.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// Legal source and date of an ordinary duty, with its age in years if that is at least one. A new tariff
/// with new duty rates applies from each 1 January (Regulation (EEC) 2658/87, Article 12).
#[must_use]
pub fn duty_provenance(source: Option<String>, date: Option<String>, language: Language) -> String {
    let years = date.as_deref().and_then(|date| whole_years(date, &format::today())).unwrap_or_default();
    let told = provenance(source, date, language);
    if years < 1 {
        return told;
    }
    format!("{told} ({})", (language.texts().declaration().duty_old)(&years.to_string()))
}

/// Whole years between two dates such as `2020-12-31`. `None` if a text is no date.
fn whole_years(from: &str, to: &str) -> Option<i32> {
    let year = |day: &str| day.get(..4)?.parse::<i32>().ok();
    let not_yet = to.get(4..10)? < from.get(4..10)?;
    Some(year(to)? - year(from)? - i32::from(not_yet))
}

/// Legal source and date: `Regulation (EU) 2022/1394, as of 13 August 2022`.
#[must_use]
pub fn provenance(source: Option<String>, date: Option<String>, language: Language) -> String {
    let texts = language.texts();
    let date = date.map(|date| (texts.declaration().as_of)(&format::universal_date(&date, language)));
    let source = source.map(|source| cited(source, language));
    source.into_iter().chain(date).collect::<Vec<_>>().join(", ")
}

/// A source in the reader's language: a regulation is known by its number, any other law by the name given.
fn cited(source: String, language: Language) -> String {
    if language == Language::En || !source.contains("Regulation (") {
        return source;
    }
    CITATION.iter().fold(source, |text, (english, dutch)| text.replace(english, dutch))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regulations_are_cited_in_the_language_of_the_reader() {
        let check = |source: &str, dutch: &str| {
            assert_eq!(cited(source.to_owned(), Language::Nl), dutch);
            assert_eq!(cited(source.to_owned(), Language::En), source);
        };
        check("Regulation (EEC) No 2658/87, Annex I", "Verordening (EEG) nr. 2658/87, bijlage I");
        check(
            "Implementing Regulation (EU) 2025/120 and 2025/114",
            "Uitvoeringsverordening (EU) 2025/120 en 2025/114",
        );
        let law = "Wet op de omzetbelasting 1968, art. 9";
        check(law, law);
        check("EU-UK Trade and Cooperation Agreement", "EU-UK Trade and Cooperation Agreement");
    }

    #[test]
    fn a_duty_is_a_year_old_on_the_day() {
        assert_eq!(whole_years("2020-12-31", "2026-11-29"), Some(5));
        assert_eq!(whole_years("2020-12-31", "2026-12-31"), Some(6));
        assert_eq!(whole_years("2026-01-01", "2026-11-29"), Some(0));
        assert_eq!(whole_years("some day", "2026-11-29"), None);
        assert_eq!(whole_years("2020", "2026-11-29"), None);
    }
}
