//! The measures on a code besides the MFN duty: preferences, anti-dumping duty and VAT, each with its
//! source.

use import8_api::{AntiDumpingMeasure, Country, DutyRate, Preference, Rate};
use leptos::prelude::*;
use rust_decimal::Decimal;

use crate::components::duties::{in_words, named, provenance};
use crate::i18n::{Language, Texts, format, use_language, use_texts};

/// Number of countries named before the list is collapsed.
const NAMED: usize = 6;

/// Number of preferences shown before the list is collapsed.
const SHOWN: usize = 8;

/// The preferences, each with its saving and the proof of origin that it requires.
#[component]
pub fn Preferences(
    /// All preferences of the code, or those for the origin.
    preferences: Vec<Preference>,
    /// Whether the listed preferences of the origin are complete, if the service says so.
    known: Option<bool>,
    /// The MFN duty, if known.
    mfn: Option<DutyRate>,
    /// The country of origin, if chosen.
    origin: Option<Country>,
) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let part = texts.duties();
    let ordinary = mfn.and_then(|duty| duty.rate).and_then(|rate| rate.percent());
    let count = preferences.len();
    let row = move |preference: Preference| {
        let Preference { scheme, rate, countries, proof, source, date } = preference;
        let saved = saved(ordinary, rate.as_ref().and_then(Rate::percent), texts, language);
        view! {
            <tr>
                <th scope="row">{scheme}</th>
                <td class="rate" data-label=part.duty>
                    <RateCell rate />
                </td>
                <td data-label=part.saves>{saved}</td>
                <td data-label=part.countries>
                    <CountryList countries />
                </td>
                <td data-label=part.proof>{proof.unwrap_or_else(|| part.proof_unknown.to_owned())}</td>
                <td class="source" data-label=part.written_in>
                    {written_in(source, date, texts, language)}
                </td>
            </tr>
        }
    };
    let none = match origin.map(|origin| format::country(origin, language)) {
        Some(country) if known == Some(true) => (part.preferences_no)(&country),
        Some(country) => (part.preferences_none_of)(&country),
        None => part.preferences_none.to_owned(),
    };
    let table = view! {
        <table class="measures">
            <thead>
                <tr>
                    <th scope="col">{part.scheme}</th>
                    <th scope="col">{part.duty}</th>
                    <th scope="col">{part.saves}</th>
                    <th scope="col">{part.countries}</th>
                    <th scope="col">{part.proof}</th>
                    <th scope="col">{part.written_in}</th>
                </tr>
            </thead>
            <tbody>{preferences.into_iter().map(row).collect_view()}</tbody>
        </table>
    };
    view! {
        <section class="block" id="preferences">
            <h2>{part.preferences}</h2>
            {(count > 0).then(|| view! { <p class="quiet">{part.preferences_lead}</p> })}
            {match count {
                0 => view! { <p class="quiet">{none}</p> }.into_any(),
                1..=SHOWN => table.into_any(),
                _ => {
                    view! {
                        <details>
                            <summary>{(part.preferences_all)(&count.to_string())}</summary>
                            {table}
                        </details>
                    }
                        .into_any()
                }
            }}
        </section>
    }
}

/// Anti-dumping and countervailing duties, each as a range that ends at the residual rate.
#[component]
pub fn AntiDumping(
    /// All measures on the code, or those on goods of the origin.
    measures: Vec<AntiDumpingMeasure>,
    /// The country of origin, if chosen.
    origin: Option<Country>,
) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let part = texts.duties();
    let is_empty = measures.is_empty();
    let row = move |measure: AntiDumpingMeasure| {
        let AntiDumpingMeasure { rate, countries, description, minimum_rate, source, date } = measure;
        let written = |rate: Option<&Rate>| rate.map(|rate| format::rate(rate, language));
        let (range, residual) = match (written(rate.as_ref()), written(minimum_rate.as_ref())) {
            (Some(rate), Some(least)) => ((part.range)(&least, &rate), (part.residual)(&rate)),
            (Some(rate), None) => {
                let residual = (part.residual_alone)(&rate);
                (rate, residual)
            }
            (None, _) => (texts.declaration().duty_unknown.to_owned(), String::new()),
        };
        view! {
            <tr>
                <th scope="row">{named(&countries, language)}</th>
                <td class="rate" data-label=part.duty>
                    <b>{range}</b> " "
                    <span class="hint">{residual}</span>
                </td>
                <td data-label=part.on_what>{description}</td>
                <td class="source" data-label=part.written_in>
                    {written_in(source, date, texts, language)}
                </td>
            </tr>
        }
    };
    let none = match origin {
        Some(origin) => (part.anti_dumping_none_of)(&format::country(origin, language)),
        None => part.anti_dumping_none.to_owned(),
    };
    view! {
        <section class="block" id="anti-dumping">
            <h2>{part.anti_dumping}</h2>
            {if is_empty {
                view! { <p class="quiet">{none}</p> }.into_any()
            } else {
                view! {
                    <p class="quiet">{part.residual_hint}</p>
                    <table class="measures">
                        <thead>
                            <tr>
                                <th scope="col">{part.of_goods_from}</th>
                                <th scope="col">{part.duty}</th>
                                <th scope="col">{part.on_what}</th>
                                <th scope="col">{part.written_in}</th>
                            </tr>
                        </thead>
                        <tbody>{measures.into_iter().map(row).collect_view()}</tbody>
                    </table>
                }
                    .into_any()
            }}
        </section>
    }
}

/// Import VAT in the country of destination.
#[component]
pub fn Vat(
    /// The rate as the service writes it.
    rate: Option<Rate>,
    /// The legal source of the rate.
    source: Option<String>,
    /// The date on which the rate was known.
    date: Option<String>,
    /// The country of destination.
    destination: Country,
) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let part = texts.duties();
    let text = rate.as_ref().map(|rate| format::rate(rate, language));
    let text = text.unwrap_or_else(|| part.vat_unknown.to_owned());
    view! {
        <section class="block" id="vat">
            <h2>{part.vat}</h2>
            <p>
                <b class="vat-rate">{text}</b>
                " "
                {(part.vat_in)(&format::country(destination, language))}
            </p>
            <p class="hint">{provenance(source, date, language)}</p>
        </section>
    }
}

/// A rate as written, with an explanation in words if it is not a plain percentage.
#[component]
fn RateCell(rate: Option<Rate>) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let words = rate.as_ref().filter(|rate| rate.percent().is_none());
    let words = words.and_then(|rate| in_words(rate, language));
    let text = rate.as_ref().map(|rate| format::rate(rate, language));
    let text = text.unwrap_or_else(|| texts.declaration().duty_unknown.to_owned());
    view! {
        <b>{text}</b>
        {words.map(|words| view! { <span class="hint">{words}</span> })}
    }
}

/// Country names; a long list is collapsed to a count.
#[component]
fn CountryList(countries: Vec<String>) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let names = named(&countries, language);
    match countries.len() {
        0..=NAMED => names.into_any(),
        count => view! {
            <details>
                <summary>{(texts.duties().countries_more)(&count.to_string())}</summary>
                <p>{names}</p>
            </details>
        }
        .into_any(),
    }
}

/// The saving of a preference in percentage points. Only percentages compare without knowing the goods.
fn saved(ordinary: Option<Decimal>, rate: Option<Decimal>, texts: Texts, language: Language) -> String {
    match ordinary.zip(rate) {
        None => texts.duties().saves_unknown.to_owned(),
        Some((ordinary, rate)) if ordinary <= rate => texts.duties().saves_nothing.to_owned(),
        Some((ordinary, rate)) => (texts.duties().saves_points)(&format::number(ordinary - rate, language)),
    }
}

fn written_in(source: Option<String>, date: Option<String>, texts: Texts, language: Language) -> String {
    Some(provenance(source, date, language))
        .filter(|text| !text.is_empty())
        .unwrap_or_else(|| texts.duties().not_told.to_owned())
}
