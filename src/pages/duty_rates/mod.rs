//! The duty-rates page: MFN duty, preferences, anti-dumping duty and VAT on a code. Its form fields are in
//! the address.

pub mod due;
pub mod measures;

use import8_api::{Country, DutyExpression, DutyRates, HsCode};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::A;
use leptos_router::hooks::query_signal_with_options;

use self::due::{as_written, figure};
use self::measures::{AntiDumping, Preferences, Vat};
use crate::browser::memo::Memo;
use crate::components::code::{CodeHero, CopyButton};
use crate::components::code_field::CodeField;
use crate::components::country::{Countries, CountryField};
use crate::components::duties::{duty_provenance, duty_text, in_words};
use crate::components::failure::Failure;
use crate::components::page::Page;
use crate::components::table::TableSkeleton;
use crate::components::undeclarable::Undeclarable;
use crate::i18n::{Texts, format, use_language, use_texts};
use crate::queries::load::{About, Load, about};
use crate::routes;
use crate::session::use_session;

/// The example code of the API documentation.
const EXAMPLE: &str = "8518300090";

/// A question to the service: the code, its origin and its destination.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Question {
    code: HsCode,
    origin: Option<Country>,
    destination: Country,
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
    let question = Memo::new(move |_| {
        Some(Question { code: code.get()?, origin: origin.get(), destination: destination.get() })
    });
    let rates = Load::new(move || {
        let (client, question) = (session.client(language.code()), question.get());
        async move {
            let Some(question) = question else { return Ok(None) };
            let Question { code, origin, destination } = question;
            about(question, client.duty_rates(code, origin, Some(destination)).await)
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
                </div>
            </div>
            <Answered question rates choose />
        </Page>
    }
}

/// The service's response to the question.
#[component]
fn Answered(
    question: Memo<Option<Question>>,
    rates: Load<About<Question, DutyRates>>,
    choose: Callback<HsCode>,
) -> impl IntoView {
    let texts = use_texts();
    let retry = Callback::new(move |()| rates.reload());
    // Keep the rates of the same code while those of another country load.
    let known = Memo::new(move |_| {
        let asked = question.get()?;
        let (question, answer) = rates.value().flatten()?;
        (question.code == asked.code).then_some((question, answer))
    });
    let is_old = move || known.with(|known| known.as_ref().map(|known| known.0)) != question.get();
    let content = move || {
        let Some(question) = question.get() else { return view! { <Nothing /> }.into_any() };
        match known.get() {
            Some((question, Ok(rates))) => view! { <Known question rates /> }.into_any(),
            Some((question, Err(refusal))) => {
                view! { <Undeclarable code=question.code refusal choose /> }.into_any()
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
        {move || rates.error().filter(|_| question.get().is_some()).map(|error| view! { <Failure error retry /> })}
        <div class="rates" role="status" aria-live="off" aria-busy=move || is_old().to_string()>
            {content}
        </div>
    }
}

/// The page before a code is given.
#[component]
fn Nothing() -> impl IntoView {
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
}

/// The duty rates of a code.
#[component]
fn Known(question: Question, rates: DutyRates) -> impl IntoView {
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
    let source = mfn.map(|duty| duty_provenance(duty.source, duty.date, language)).unwrap_or_default();
    let to_cost = {
        let origin = origin.map(|origin| format!("&origin={origin}")).unwrap_or_default();
        routes::landed_cost(&format!("?code={}{origin}&destination={destination}", code.bare()))
    };
    let link = Signal::derive(move || window().location().href().unwrap_or_default());
    view! {
        <CodeHero code />
        <p class="covers">{rates.description}</p>
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
            </div>
        </section>
        <AntiDumping measures=rates.anti_dumping origin />
        <Vat rate=rates.vat_rate source=rates.vat_source date=rates.vat_date destination />
        <Preferences preferences=rates.preferential_duties known=rates.preferences_known mfn=rates.mfn_duty origin />
        <section class="block standing">
            {rates.notes.into_iter().map(|note| view! { <p class="quiet">{note}</p> }).collect_view()}
            <p class="quiet">{texts.duties().standing}</p>
        </section>
    }
}

/// The measures of the goods, besides their value, that a duty depends on. `None` if there are none.
fn needed(rate: &str, texts: Texts) -> Option<String> {
    let duty: DutyExpression = rate.parse().ok()?;
    let names: Vec<_> = duty.measures().into_iter().map(|measure| texts.measure().name(measure)).collect();
    (!names.is_empty()).then(|| (texts.duties().needs)(&names.join(", ")))
}
