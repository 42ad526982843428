//! The page of a code: the duty on goods of an origin, what must be handed in, what lowers and raises the duty, VAT, and
//! the place of the code in the tariff. Its form fields are in the address.
//!
//! Every service tells the duty rates. The rest is an extension.

pub mod code_measures;
pub mod due;
pub mod measures;
pub mod place;
pub mod question;
pub mod rows;

use std::sync::Arc;

use import8_api::{Country, DutyExpression, DutyRates, Extension, HsCode, NomenclatureRow};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::A;
use leptos_router::hooks::query_signal_with_options;

use self::due::{as_written, figure};
use self::question::Question;
use self::rows::draw;
use crate::api::{ApiError, Client};
use crate::browser::memo::Memo;
use crate::components::code::{CodeHero, CopyButton};
use crate::components::code_field::CodeField;
use crate::components::country::{Countries, CountryField};
use crate::components::duties::{duty_provenance, duty_text, in_words};
use crate::components::failure::Failure;
use crate::components::page::Page;
use crate::components::table::TableSkeleton;
use crate::components::undeclarable::Undeclarable;
use crate::i18n::{Language, Texts, format, use_language, use_texts};
use crate::queries::load::{About, Load, about};
use crate::routes;
use crate::session::use_session;

/// The example code of the API documentation.
const EXAMPLE: &str = "8518300090";

/// The answer of the extension to a question.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Found {
    question: Question,
    /// The text with the measures; `None` if the service does not know the code or cannot tell them of it.
    measures: Option<String>,
    /// The rows of the tariff around the code.
    place: Vec<NomenclatureRow>,
}

/// Asks for the measures on a code and for its place in the tariff.
async fn find(client: Client, question: Question, language: Language) -> Result<Option<Found>, ApiError> {
    let measures = client.code_measures(question.code, question.origin, question.on.as_deref()).await;
    let measures = match measures {
        Ok(measures) if code_measures::read(&measures, None, language).is_some() => Some(measures),
        Ok(_) => return Err(ApiError::Unreadable("data.measures".to_owned())),
        Err(
            ApiError::NotFound
            | ApiError::UnknownCode(_)
            | ApiError::Invalid(_)
            | ApiError::NotDeclarable { .. },
        ) => None,
        Err(error) => return Err(error),
    };
    let place = place::find(&client, question.code).await?;
    Ok(Some(Found { question, measures, place }))
}

/// The duty-rates page.
#[component]
pub fn DutyRatesPage() -> impl IntoView {
    let (session, texts, language) = (use_session(), use_texts(), use_language());
    // A new code adds a history entry; a new country replaces the current one.
    let stay = |replace| NavigateOptions { replace, scroll: false, ..NavigateOptions::default() };
    let (code, set_code) = query_signal_with_options::<String>("code", stay(false));
    let (origin, set_origin) = query_signal_with_options::<String>("origin", stay(true));
    let (destination, set_destination) = query_signal_with_options::<String>("destination", stay(true));
    let code = Memo::new(move |_| code.get()?.parse::<HsCode>().ok());
    let origin = Memo::new(move |_| origin.get()?.parse::<Country>().ok());
    let destination = Memo::new(move |_| {
        destination.get().and_then(|code| code.parse::<Country>().ok()).unwrap_or(Country::NL)
    });
    let (on, set_on) = query_signal_with_options::<String>("on", stay(true));
    let has_measures = Memo::new(move |_| session.has(&Extension::CodeMeasures));
    let question = Memo::new(move |_| {
        let on = on.get().filter(|_| has_measures.get());
        Some(Question { code: code.get()?, origin: origin.get(), destination: destination.get(), on })
    });
    let rates = Load::new(move || {
        let (client, question) = (session.client(language.code()), question.get());
        async move {
            let Some(question) = question else { return Ok(None) };
            let Question { code, origin, destination, ref on } = question;
            let rates = client.duty_rates(code, origin, Some(destination), on.as_deref()).await;
            about(question, rates)
        }
    });
    let found = Load::new(move || {
        let client = session.client(language.code());
        // A code that the service does not know has neither measures nor a place.
        let question = rates.with(|rates| {
            let (question, answer) = rates?.as_ref()?;
            let is_unknown = matches!(answer, Err(ApiError::NotFound | ApiError::UnknownCode(_)));
            (!is_unknown && has_measures.get()).then(|| question.clone())
        });
        async move {
            match question {
                Some(question) => find(client, question, language).await,
                None => Ok(None),
            }
        }
    });
    let choose = Callback::new(move |code: HsCode| set_code.set(Some(code.bare().to_owned())));
    let title = Signal::derive(move || match code.get() {
        Some(code) => format!("{} {}", texts.duties().title, code.spaced()),
        None => texts.duties().title.to_owned(),
    });
    let (origin_typed, destination_typed) = (RwSignal::new(None), RwSignal::new(None));
    let choose_origin = Callback::new(move |country: Option<Country>| {
        set_origin.set(country.map(|country| country.to_string()));
    });
    let choose_destination = Callback::new(move |country: Option<Country>| {
        set_destination.set(country.map(|country| country.to_string()));
    });
    view! {
        <Page title lead=texts.duties().lead>
            <Countries />
            <div class="ask-rates">
                <CodeField id="code" code choose />
                <div class="pair">
                    <CountryField
                        id="origin"
                        label=texts.duties().origin
                        chosen=origin
                        on_choose=choose_origin
                        typed=origin_typed
                        on_type=Callback::new(move |typed| origin_typed.set(typed))
                        none=texts.duties().any_origin
                    />
                    <CountryField
                        id="destination"
                        label=texts.duties().destination
                        chosen=Signal::derive(move || Some(destination.get()))
                        on_choose=choose_destination
                        typed=destination_typed
                        on_type=Callback::new(move |typed| destination_typed.set(typed))
                    />
                    <div class="field day" hidden=move || !has_measures.get()>
                        <label for="on">{texts.code_page().day}</label>
                        <input
                            id="on"
                            type="date"
                            prop:value=move || on.get()
                            on:change=move |event| {
                                set_on.set(Some(event_target_value(&event)).filter(|day| !day.is_empty()));
                            }
                        />
                    </div>
                </div>
            </div>
            {answered(question, rates, found, has_measures, choose)}
        </Page>
    }
}

/// The service's response to the question. A plain function, because the properties of a component weigh 1 kB.
fn answered(
    question: Memo<Option<Question>>,
    rates: Load<About<Question, DutyRates>>,
    found: Load<Option<Found>>,
    has_measures: Memo<bool>,
    choose: Callback<HsCode>,
) -> AnyView {
    let (session, texts, language) = (use_session(), use_texts(), use_language());
    let retry = Callback::new(move |()| {
        rates.reload();
        found.reload();
    });
    // Keep the rates of the same code while those of another country load.
    let known = Memo::new(move |_| {
        let asked = question.get()?;
        let (question, answer) = rates.value().flatten()?;
        (question.code == asked.code).then_some((question, answer))
    });
    // So do the measures, unless those of the question cannot be had.
    let found_of = Memo::new(move |_| {
        let asked = question.get()?;
        let (found, has_failed) = (found.value().flatten()?, found.error().is_some());
        let is_kept = found.question.code == asked.code && !has_failed;
        (found.question == asked || is_kept).then_some(found)
    });
    let waits = Memo::new(move |_| {
        // The account tells whether there is something to wait for.
        let may_tell = has_measures.get() || session.account().is_none();
        may_tell && found.error().is_none() && found_of.with(Option::is_none)
    });
    let is_old = move || {
        let asked = question.get();
        let is_other = |of: Option<&Question>| of != asked.as_ref();
        known.with(|known| is_other(known.as_ref().map(|known| &known.0)))
            || found_of.with(|found| found.as_ref().is_some_and(|found| is_other(Some(&found.question))))
    };
    let failure = move || rates.error().or_else(|| found.error()).filter(|_| question.get().is_some());
    let content = move || {
        let Some(question) = question.get() else { return nothing() };
        match known.get() {
            Some((question, Ok(rates))) => known_rates(question, rates, found_of, waits),
            Some((question, Err(refusal))) => {
                let place = move || {
                    let Found { question, place, .. } = found_of.get()?;
                    Some(draw(place::section(place, &question, language)))
                };
                let may_have_ended = matches!(refusal, ApiError::NotFound | ApiError::UnknownCode(_));
                let changes = (may_have_ended && session.has(&Extension::TariffChanges)).then(|| {
                    view! {
                        <p>
                            <A href=routes::TARIFF_CHANGES>{texts.code_page().ended}</A>
                        </p>
                    }
                });
                view! {
                    <Undeclarable code=question.code refusal choose />
                    {changes}
                    {place}
                }
                .into_any()
            }
            None if rates.error().is_some() => ().into_any(),
            None if rates.is_slow() => {
                view! { <TableSkeleton rows=4 /> }.into_any()
            }
            None => {
                view! { <p class="quiet trying">{texts.declaration().trying} " " {question.code.spaced()}</p> }
                    .into_any()
            }
        }
    };
    view! {
        {move || failure().map(|error| view! { <Failure error retry /> })}
        <div class="rates" role="status" aria-live="off" aria-busy=move || is_old().to_string()>
            {content}
        </div>
    }
    .into_any()
}

/// The page before a code is given.
fn nothing() -> AnyView {
    let texts = use_texts();
    view! {
        <div class="empty">
            <h2>{texts.duties().empty_title}</h2>
            <p>{texts.duties().empty_body}</p>
            <A href=routes::duty_rates(&format!("?code={EXAMPLE}")) attr:class="button secondary" scroll=false>
                {texts.duties().empty_example}
            </A>
        </div>
    }
    .into_any()
}

/// The duty rates of a code, with what the extension tells. `waits` is true until that has answered.
fn known_rates(
    question: Question,
    rates: DutyRates,
    found: Memo<Option<Found>>,
    waits: Memo<bool>,
) -> AnyView {
    let (texts, language) = (use_texts(), use_language());
    let code = rates.hs_code;
    let mfn = rates.mfn_duty.clone();
    let rate = mfn.as_ref().and_then(|duty| duty_text(duty, language));
    let written = mfn.as_ref().and_then(|duty| duty.expression.clone().or_else(|| duty.rate.clone()));
    let words = written
        .as_ref()
        .map(|rate| in_words(rate, language).unwrap_or_else(|| texts.duties().not_in_words.to_owned()));
    let needs = written.and_then(|rate| needed(rate.as_str(), texts));
    let Question { origin, destination, .. } = question;
    // The calculator prices at today's rates, so the day does not go with it.
    let to_cost = routes::landed_cost(&Question { on: None, ..question.clone() }.query(code));
    let lowest = origin.and_then(|_| rates.lowest_preference());
    let due = origin.and_then(|_| rates.due());
    let due = due.and_then(|due| figure(due, texts, |percent| format::percent(percent, language)));
    let title = origin.map_or_else(
        || texts.declaration().duty.to_owned(),
        |origin| (texts.duties().due_on)(&format::country(origin, language)),
    );
    let (rate, words) = match due {
        Some((figure, sum @ Some(_))) => (Some(figure), sum),
        Some((figure, None)) => (Some(figure), words.filter(|_| lowest.is_none())),
        None => {
            let written = |rate| format::rate(rate, language);
            let lower = lowest.and_then(|lowest| lowest.rate.as_ref()).map(written);
            let dumping = rates.anti_dumping.iter().filter(|_| origin.is_some());
            let dumping = dumping.filter_map(|measure| measure.rate.as_ref()).map(written).next();
            (rate.map(|rate| as_written(&rate, lower.as_deref(), dumping.as_deref(), texts)), words)
        }
    };
    let is_long = rate.as_ref().is_some_and(|rate| rate.chars().count() > 12);
    let hint = match (&rate, origin) {
        (None, _) => texts.duties().mfn_unknown_next,
        (Some(_), None) => texts.duties().mfn_hint,
        (Some(_), Some(_)) => "",
    };
    let source = mfn
        .as_ref()
        .map(|duty| duty_provenance(duty.source.clone(), duty.date.clone(), language))
        .unwrap_or_default();
    let link = Signal::derive(move || window().location().href().unwrap_or_default());
    let session = use_session();
    let to_tree = move || {
        session.has(&Extension::Nomenclature).then(|| {
            let address = routes::tariff(code.bare());
            view! { <a id="to-tree" href=address>{texts.declaration().to_tree}</a> }
        })
    };
    let description = rates.description.clone();
    let rates = Arc::new(rates);
    let below = move || {
        if waits.get() {
            return view! { <TableSkeleton rows=4 /> }.into_any();
        }
        below_the_duty(&rates, origin, destination, found.get(), language)
    };
    view! {
        <CodeHero code />
        <p class="covers">{description}</p>
        <section class="block duty-hero" id="mfn">
            <h2>{title}</h2>
            <p class="number" class:is-long=is_long>
                {rate.unwrap_or_else(|| texts.declaration().duty_unknown.to_owned())}
            </p>
            {words.map(|words| view! { <p class="words">{words}"."</p> })}
            <p class="quiet">{hint}</p>
            {needs.map(|needs| view! { <p class="quiet">{needs}</p> })}
            <p class="hint">{source}</p>
            <div class="actions">
                <A href=to_cost attr:class="button primary">
                    {texts.duties().to_landed_cost}
                </A>
                <CopyButton label=texts.duties().copy_link text=link />
                {to_tree}
            </div>
        </section>
        {below}
    }
    .into_any()
}

/// What stands below the duty. Measures of an imported tariff take the place of the lists of the duty rates.
fn below_the_duty(
    rates: &DutyRates,
    origin: Option<Country>,
    destination: Country,
    found: Option<Found>,
    language: Language,
) -> AnyView {
    let mut sections = vec![measures::vat(rates, destination, language)];
    let measures = found.as_ref().and_then(|found| found.measures.as_ref());
    let told = measures.and_then(|measures| code_measures::read(measures, origin, language));
    let told = told.unwrap_or_default();
    sections.extend(told.measures);
    if !told.is_imported {
        sections.push(measures::anti_dumping(rates, origin, language));
        sections.push(measures::preferences(rates, origin, language));
    }
    sections.extend(Some(told.history).filter(|history| !history.rows.is_empty()));
    sections.extend(Some(told.official).filter(|official| !official.rows.is_empty()));
    sections.extend(found.map(|found| place::section(found.place, &found.question, language)));
    // The rates have some of the same notes.
    let mut edition = told.edition;
    for note in told.notes.iter().filter(|note| !rates.notes.contains(note)) {
        edition.push(' ');
        edition.push_str(note);
    }
    let notes = rates.notes.iter().cloned().map(|note| view! { <p class="quiet">{note}</p> }).collect_view();
    view! {
        <p class="hint" id="edition">
            {edition}
        </p>
        {sections.into_iter().map(draw).collect_view()}
        <section class="block standing">
            {notes}
            <p class="quiet">{language.texts().duties().standing}</p>
        </section>
    }
    .into_any()
}

/// The measures of the goods, besides their value, that a duty depends on. `None` if there are none.
fn needed(rate: &str, texts: Texts) -> Option<String> {
    let duty: DutyExpression = rate.parse().ok()?;
    let names: Vec<_> = duty.measures().into_iter().map(|measure| texts.measure().name(measure)).collect();
    (!names.is_empty()).then(|| (texts.duties().needs)(&names.join(", ")))
}
