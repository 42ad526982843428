//! The sections of what every service tells besides the MFN duty: anti-dumping duty, preferences and VAT, each with
//! its source.

use import8_api::{AntiDumpingMeasure, Country, DutyRates, Preference, Rate};
use rust_decimal::Decimal;

use super::rows::{NAMED, Row, Section};
use crate::components::duties::{in_words, named, provenance};
use crate::i18n::{Language, Texts, format};

/// The preferences, each with its saving and the proof of origin that it requires: all of them, or those for `origin`.
#[must_use]
pub fn preferences(rates: &DutyRates, origin: Option<Country>, language: Language) -> Section {
    let texts = language.texts();
    let part = texts.duties();
    let ordinary = rates.mfn_duty.as_ref().and_then(|duty| duty.rate.as_ref()?.percent());
    let rows: Vec<_> =
        rates.preferential_duties.iter().map(|one| preference(one, ordinary, language)).collect();
    let lead = match origin.map(|origin| format::country(origin, language)) {
        _ if !rows.is_empty() => part.preferences_lead.to_owned(),
        Some(country) if rates.preferences_known == Some(true) => (part.preferences_no)(&country),
        Some(country) => (part.preferences_none_of)(&country),
        None => part.preferences_none.to_owned(),
    };
    let summary = (part.preferences_all)(&rows.len().to_string());
    Section { id: "preferences", title: part.preferences, lead, summary, rows }
}

fn preference(preference: &Preference, ordinary: Option<Decimal>, language: Language) -> Row {
    let texts = language.texts();
    let part = texts.duties();
    let rate = preference.rate.as_ref();
    let figure = rate.map(|rate| format::rate(rate, language));
    let figure = figure.unwrap_or_else(|| texts.declaration().duty_unknown.to_owned());
    let mut row = Row::new(preference.display_name().to_owned(), figure);
    add_words(&mut row, rate, language);
    row.add(part.saves, saved(ordinary, rate.and_then(Rate::percent), texts, language));
    add_countries(&mut row, part.countries, &preference.countries, language);
    row.add(part.proof, preference.proof.clone().unwrap_or_else(|| part.proof_unknown.to_owned()));
    row.add(part.written_in, written_in(&preference.source, &preference.date, language));
    row
}

/// Anti-dumping and countervailing duties on all goods of the code, or on those of `origin`. Each is a range that ends
/// at the residual rate.
#[must_use]
pub fn anti_dumping(rates: &DutyRates, origin: Option<Country>, language: Language) -> Section {
    let part = language.texts().duties();
    let rows: Vec<_> = rates.anti_dumping.iter().map(|one| dumping(one, language)).collect();
    let lead = match origin {
        _ if !rows.is_empty() => part.residual_hint.to_owned(),
        Some(origin) => (part.anti_dumping_none_of)(&format::country(origin, language)),
        None => part.anti_dumping_none.to_owned(),
    };
    Section { id: "anti-dumping", title: part.anti_dumping, lead, rows, ..Section::default() }
}

fn dumping(measure: &AntiDumpingMeasure, language: Language) -> Row {
    let texts = language.texts();
    let part = texts.duties();
    let written = |rate: &Option<Rate>| rate.as_ref().map(|rate| format::rate(rate, language));
    let (range, residual) = match (written(&measure.rate), written(&measure.minimum_rate)) {
        (Some(rate), Some(least)) => ((part.range)(&least, &rate), (part.residual)(&rate)),
        (Some(rate), None) => {
            let residual = (part.residual_alone)(&rate);
            (rate, residual)
        }
        (None, _) => (texts.declaration().duty_unknown.to_owned(), String::new()),
    };
    let mut row = Row::new(named(&measure.countries, language), range);
    row.add("", residual);
    row.add(part.on_what, measure.description.clone().unwrap_or_default());
    row.add(part.written_in, written_in(&measure.source, &measure.date, language));
    row
}

/// Import VAT in the country of destination.
#[must_use]
pub fn vat(rates: &DutyRates, destination: Country, language: Language) -> Section {
    let part = language.texts().duties();
    let rate = rates.vat_rate.as_ref().map(|rate| format::rate(rate, language));
    let rate = rate.unwrap_or_else(|| part.vat_unknown.to_owned());
    let mut row = Row::new(format::country(destination, language), rate);
    row.add("", part.vat_on.to_owned());
    row.add("", provenance(rates.vat_source.clone(), rates.vat_date.clone(), language));
    Section { id: "vat", title: part.vat, rows: vec![row], ..Section::default() }
}

/// Adds a rate in words, if it is not a plain percentage.
pub fn add_words(row: &mut Row, rate: Option<&Rate>, language: Language) {
    let words = rate.filter(|rate| rate.percent().is_none()).and_then(|rate| in_words(rate, language));
    row.add("", words.unwrap_or_default());
}

/// Adds the names of countries; many of them are folded behind their number.
pub fn add_countries(row: &mut Row, label: &str, countries: &[String], language: Language) {
    let names = named(countries, language);
    match countries.len() {
        0..=NAMED => row.add(label, names),
        count => {
            let count = (language.texts().duties().countries_more)(&count.to_string());
            row.fold(format!("{label} {count}"), names);
        }
    }
}

/// The saving of a preference in percentage points. Only percentages compare without knowing the goods.
#[must_use]
pub fn saved(ordinary: Option<Decimal>, rate: Option<Decimal>, texts: Texts, language: Language) -> String {
    match ordinary.zip(rate) {
        None => texts.duties().saves_unknown.to_owned(),
        Some((ordinary, rate)) if ordinary <= rate => texts.duties().saves_nothing.to_owned(),
        Some((ordinary, rate)) => (texts.duties().saves_points)(&format::number(ordinary - rate, language)),
    }
}

fn written_in(source: &Option<String>, date: &Option<String>, language: Language) -> String {
    Some(provenance(source.clone(), date.clone(), language))
        .filter(|text| !text.is_empty())
        .unwrap_or_else(|| language.texts().duties().not_told.to_owned())
}
