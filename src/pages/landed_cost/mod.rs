//! The landed-cost calculator. Its form fields are in the address.

pub mod answer;
pub mod cash;
pub mod compare;
pub mod comparison;
pub mod form;
pub mod inputs;
pub mod pricing;
pub mod sharing;
pub mod small;
pub mod working;

use import8_api::{LandedCost, Money};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::A;
use leptos_router::hooks::{use_location, use_navigate};
use rust_decimal::Decimal;

use self::answer::{Picture, Steps, Total};
use self::cash::{Cash, Margin};
use self::compare::Compare;
use self::compare::sensitivity::Sensitivity;
use self::form::{Asked, CostForm, Missing};
use self::inputs::Inputs;
use self::pricing::Pricing;
use self::sharing::Sharing;
use self::small::{may_apply, small_consignment};
use crate::api::ApiError;
use crate::browser::memo::Memo;
use crate::browser::task::effect;
use crate::components::failure::Failure;
use crate::components::page::Page;
use crate::components::show::Show;
use crate::components::undeclarable::reason;
use crate::i18n::{Texts, format, use_language, use_texts};
use crate::queries::price_cache::use_price_cache;
use crate::routes;

/// The example consignment of the API documentation.
const EXAMPLE: &str = "?code=8518300090&origin=CN&value=25.00&quantity=100&shipping=150.00&insurance=12.50";

/// The value up to which a consignment to a consumer may bear a flat duty (Regulation (EU) 2026/382).
const SMALL: Decimal = Decimal::from_parts(150, 0, 0, false, 0);

/// The calculator.
#[component]
pub fn LandedCostPage() -> impl IntoView {
    let texts = use_texts();
    let form = in_address();
    let pricing = Pricing::new(form);
    // The question of the latest landed cost, for the parts that build on it.
    let asked = Memo::new(move |_| match pricing.cost() {
        Some((asked, Ok(_))) => Some(asked),
        _ => None,
    });
    let title = Signal::derive(move || {
        let code = form.with(|form| form.code);
        code.map_or_else(
            || texts.landed().title.to_owned(),
            |code| format!("{} {}", texts.landed().title, code.spaced()),
        )
    });
    view! {
        <Page title lead=texts.landed().lead>
            <div class="calculator">
                <Inputs pricing />
                <CaseOutcome pricing />
            </div>
            <Show when=move || asked.with(Option::is_some)>
                <Compare pricing asked />
            </Show>
            <Standing pricing />
        </Page>
    }
}

/// The form, kept in step with the query string: changes of the form update the address, and navigation
/// updates the form.
fn in_address() -> RwSignal<CostForm> {
    let (language, prices, location) = (use_language(), use_price_cache(), use_location());
    let (query, search, path) = (location.query, location.search, location.pathname);
    let read = move || query.with(|query| CostForm::read(|name| query.get(name), language));
    let form = RwSignal::new(untrack(read));
    let navigate = use_navigate();
    let stay = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
    let own = Memo::new(move |_| form.with(|form| form.query(language)));
    Effect::new(move |before: Option<()>| {
        let own = own.get();
        if path.get_untracked() != routes::LANDED_COST {
            return;
        }
        if before.is_none() && own.is_empty() {
            // Returning to the calculator restores the last consignment.
            if !prices.asked_last().is_empty() {
                navigate(&routes::landed_cost(&prices.asked_last()), stay.clone());
            }
            return;
        }
        prices.keep_asked(own.clone());
        if untrack(read).query(language) != own {
            navigate(&routes::landed_cost(&own), stay.clone());
        }
    });
    effect(move || {
        search.with(|_| ());
        // Compare query strings, not forms: a number half typed is absent from both.
        if path.get_untracked() == routes::LANDED_COST {
            let there = read();
            if there.query(language) != own.get_untracked() {
                form.set(there);
            }
        }
    });
    form
}

/// The landed cost, its refusal, or the fields still missing.
#[component]
fn CaseOutcome(pricing: Pricing) -> impl IntoView {
    let texts = use_texts();
    let retry = Callback::new(move |()| pricing.reload());
    let answer = Memo::new(move |_| pricing.cost());
    let missing = Memo::new(move |_| {
        let is_refused = matches!(pricing.rates(), Some(Err(_)));
        let missing = pricing.asked.with(|asked| asked.as_ref().err().cloned());
        // A refused code or figure is explained beside its field.
        missing
            .or_else(|| is_refused.then(|| vec![Missing::Code]))
            .or_else(|| (!pricing.is_acceptable()).then(Vec::new))
    });
    let has_no_code =
        move || missing.with(|missing| missing.iter().flatten().any(|one| *one == Missing::Code));
    // The last result stays, dimmed, while the form changes.
    let is_old = Memo::new(move |_| answer.with(Option::is_some) && !has_no_code() && !pricing.is_current());
    // The number stays while other fields change.
    let items = RwSignal::new(String::new());
    let content = move || match (answer.get(), missing.get()) {
        (_, Some(missing)) if has_no_code() => view! { <Incomplete missing /> }.into_any(),
        (Some((asked, Ok(cost))), _) => view! { <Priced pricing asked cost items /> }.into_any(),
        (Some((asked, Err(refusal))), None) => view! { <Unpriced asked refusal /> }.into_any(),
        (_, Some(missing)) => view! { <Incomplete missing /> }.into_any(),
        (None, None) if pricing.is_slow() && pricing.error().is_none() => {
            view! { <p class="quiet trying">{texts.landed().computing}</p> }.into_any()
        }
        (None, None) => ().into_any(),
    };
    view! {
        <div class="outcome">
            {move || pricing.error().map(|error| view! { <Failure error retry /> })}
            <div id="answer" aria-live="polite" aria-busy=move || is_old.get().to_string()>
                {content}
            </div>
        </div>
    }
}

/// The landed cost in all its parts.
#[component]
fn Priced(pricing: Pricing, asked: Asked, cost: LandedCost, items: RwSignal<String>) -> impl IntoView {
    view! {
        <Total asked=asked.clone() cost=cost.clone() />
        <Sharing asked=asked.clone() cost=cost.clone() />
        <Steps asked=asked.clone() cost=cost.clone() />
        <Picture asked=asked.clone() cost=cost.clone() />
        {small_consignment(&asked, &cost, items)}
        <Cash asked=asked.clone() cost=cost.clone() />
        <Margin form=pricing.form asked=asked.clone() cost=cost.clone() />
        <Sensitivity asked cost />
    }
}

/// The reason for having no landed cost.
#[component]
fn Unpriced(asked: Asked, refusal: ApiError) -> impl IntoView {
    let texts = use_texts();
    let sentence = reason(&refusal, asked.request.hs_code, use_language());
    view! {
        <div class="notice" id="unpriced">
            <p>
                <strong>{texts.landed().unpriced}</strong>
            </p>
            <p>{sentence}</p>
            <p>{texts.landed().unpriced_next}</p>
        </div>
    }
}

/// The list of missing fields.
#[component]
fn Incomplete(missing: Vec<Missing>) -> impl IntoView {
    let texts = use_texts();
    let part = texts.landed();
    let name = |missing: &Missing| match missing {
        Missing::Code => part.missing_code,
        Missing::Origin => texts.duties().origin,
        Missing::Value => part.unit_value,
        Missing::Measure(measure) => texts.measure().name(*measure),
    };
    let lead = if missing.is_empty() { part.something_wrong } else { part.missing };
    let lines = missing.iter().map(|one| view! { <li>{name(one)}</li> }).collect_view();
    view! {
        <div class="empty" id="incomplete">
            <h2>{lead}</h2>
            <ul class="missing">{lines}</ul>
            <A href=routes::landed_cost(EXAMPLE) attr:class="button secondary" scroll=false>
                {part.example}
            </A>
        </div>
    }
}

/// The legal notices on the result.
#[component]
fn Standing(pricing: Pricing) -> impl IntoView {
    let texts = use_texts();
    let part = texts.landed();
    let sentences = move || {
        let cost = pricing.cost().and_then(|(asked, cost)| Some((asked, cost.ok()?)));
        let notes = cost.as_ref().map(|(_, cost)| cost.notes.clone()).unwrap_or_default();
        let is_told_above = |(asked, cost): &(Asked, LandedCost)| may_apply(asked, cost, &format::today());
        let value = cost.as_ref().map(|(asked, _)| asked.request.value);
        let is_small = value.is_none_or(|Money(value)| value <= SMALL);
        sentences(notes, is_small && !cost.as_ref().is_some_and(is_told_above), texts)
            .into_iter()
            .map(|one| view! { <p class="quiet">{one}</p> })
            .collect_view()
    };
    view! {
        <section class="block standing" id="standing">
            <h2>{part.standing_title}</h2>
            {sentences}
        </section>
    }
}

/// The notes of the service, then the notices that apply to every landed cost, and that on small consignments.
fn sentences(notes: Vec<String>, is_small: bool, texts: Texts) -> Vec<String> {
    let part = texts.landed();
    let general = [
        Some(part.standing),
        Some(part.standing_proof),
        Some(part.standing_rates),
        is_small.then_some(part.standing_small),
    ];
    notes.into_iter().chain(general.into_iter().flatten().map(str::to_owned)).collect()
}
