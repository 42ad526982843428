//! The duty rates of a ten-digit code: MFN duty, preferences and anti-dumping duty.

use import8_api::{AntiDumpingMeasure, Country, DutyRate, DutyRates, Preference};
use leptos::prelude::*;

use super::declaration::Declaration;
use crate::components::duties::{duty_provenance, duty_text, named};
use crate::components::failure::Failure;
use crate::components::undeclarable::reason;
use crate::i18n::{Language, format, use_language, use_texts};

/// Number of lines shown without expanding the list.
const SHOWN: usize = 3;

/// The duty rates of the ten digits; until these are known, the duty that all codes below have in common.
#[component]
pub fn Rates(
    /// The declaration of the result.
    declaration: Declaration,
    /// The country of origin, if it was given.
    origin: Option<Country>,
) -> impl IntoView {
    let texts = use_texts();
    let retry = Callback::new(move |()| declaration.reload());
    move || {
        let Some(code) = declaration.code.get() else {
            if let Some(error) = declaration.tariff_error() {
                return Some(view! { <Failure error retry /> }.into_any());
            }
            let duty = declaration.costs().and_then(|(_, costs)| costs.duty);
            return duty.map(|duty| view! { <Common duty /> }.into_any());
        };
        let known = match (declaration.rates(), declaration.rates_error()) {
            (Some(Ok(rates)), _) => view! { <Known rates origin /> }.into_any(),
            (Some(Err(refusal)), _) => {
                view! { <p class="notice">{reason(&refusal, code, use_language())}</p> }.into_any()
            }
            (None, Some(error)) => view! { <Failure error retry /> }.into_any(),
            (None, None) => view! { <p class="quiet trying">{texts.declaration().trying}</p> }.into_any(),
        };
        Some(
            view! {
                <section class="block" id="duty">
                    <h2>{(texts.declaration().duty_title)(&code.spaced())}</h2>
                    {known}
                </section>
            }
            .into_any(),
        )
    }
}

/// The duty that all ten-digit codes below the decided code have in common.
#[component]
fn Common(duty: DutyRate) -> impl IntoView {
    let texts = use_texts();
    view! {
        <section class="block" id="duty">
            <h2>{texts.declaration().duty_title_open}</h2>
            <dl class="facts">
                <div>
                    <dt>{texts.declaration().duty}</dt>
                    <dd>
                        <Duty duty />
                        <span class="hint">{texts.declaration().whichever}</span>
                    </dd>
                </div>
            </dl>
            <p class="quiet">{texts.declaration().choose_first}</p>
        </section>
    }
}

#[component]
fn Known(rates: DutyRates, origin: Option<Country>) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let DutyRates { mfn_duty, preferential_duties, anti_dumping, notes, .. } = rates;
    let duty = match mfn_duty {
        Some(duty) => view! { <Duty duty /> }.into_any(),
        None => texts.declaration().duty_unknown.into_any(),
    };
    let none = match origin {
        Some(origin) => (texts.declaration().none_listed_for)(&format::country(origin, language)),
        None => texts.declaration().none_listed.to_owned(),
    };
    let preferences: Vec<_> =
        preferential_duties.iter().map(|preference| preference_line(preference, origin, language)).collect();
    let measures: Vec<_> =
        anti_dumping.iter().map(|measure| anti_dumping_line(measure, origin, language)).collect();
    view! {
        <dl class="facts">
            <div>
                <dt>{texts.declaration().duty}</dt>
                <dd>{duty}</dd>
            </div>
            <div>
                <dt>{texts.declaration().preferences}</dt>
                <dd>
                    <Lines lines=preferences none=none.clone() />
                </dd>
            </div>
            <div>
                <dt>{texts.declaration().anti_dumping}</dt>
                <dd>
                    <Lines lines=measures none />
                </dd>
            </div>
        </dl>
        {notes.into_iter().map(|note| view! { <p class="quiet">{note}</p> }).collect_view()}
    }
}

/// A duty expression with its source and date.
#[component]
fn Duty(duty: DutyRate) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let text = duty_text(&duty, language).unwrap_or_else(|| texts.declaration().duty_unknown.to_owned());
    view! {
        <b>{text}</b>
        <span class="hint">{duty_provenance(duty.source, duty.date, language)}</span>
    }
}

/// One paragraph per line; a long list is collapsed.
#[component]
fn Lines(lines: Vec<String>, none: String) -> impl IntoView {
    let texts = use_texts();
    let count = lines.len();
    let list = lines.into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
    match count {
        0 => view! { <span class="quiet">{none}</span> }.into_any(),
        1..=SHOWN => list.into_any(),
        _ => view! {
            <details>
                <summary>{(texts.declaration().preferences_many)(&count.to_string())}</summary>
                {list}
            </details>
        }
        .into_any(),
    }
}

/// The countries of a measure in words: of the origin alone if it is among them.
fn countries_in_words(countries: &[String], origin: Option<Country>, language: Language) -> String {
    let is_origin = |country: &&String| origin.is_some_and(|origin| country.parse() == Ok(origin));
    let own = countries.iter().find(is_origin);
    named(own.map_or(countries, std::slice::from_ref), language)
}

fn preference_line(preference: &Preference, origin: Option<Country>, language: Language) -> String {
    let texts = language.texts();
    let rate = preference
        .rate
        .as_ref()
        .map_or_else(|| texts.declaration().duty_unknown.to_owned(), |rate| format::rate(rate, language));
    let name = preference.display_name();
    let line = match preference.countries.as_slice() {
        [] => format!("{name}: {rate}"),
        countries => {
            let countries = countries_in_words(countries, origin, language);
            (texts.declaration().preference)(name, &rate, &countries)
        }
    };
    let proof = preference.proof.as_deref();
    let proof = proof.map_or_else(
        || texts.declaration().preference_proof.to_owned(),
        texts.declaration().preference_needs,
    );
    format!("{line}, {proof}")
}

fn anti_dumping_line(measure: &AntiDumpingMeasure, origin: Option<Country>, language: Language) -> String {
    let texts = language.texts();
    let rate = measure
        .rate
        .as_ref()
        .map_or_else(|| texts.declaration().duty_unknown.to_owned(), |rate| format::rate(rate, language));
    let line = match measure.countries.as_slice() {
        [] => rate,
        countries => {
            let countries = countries_in_words(countries, origin, language);
            (texts.declaration().anti_dumping_line)(&rate, &countries)
        }
    };
    let least = measure.minimum_rate.as_ref();
    let least = least.map(|rate| (texts.declaration().anti_dumping_least)(&format::rate(rate, language)));
    let parts = [Some(line), measure.description.clone(), least];
    parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
}
