//! The form fields of the calculator.

use import8_api::{Country, Currency, Extension, Measure, Preference};
use leptos::prelude::*;

use super::form::{CostForm, Field, Terms};
use super::pricing::Pricing;
use crate::browser::memo::Memo;
use crate::components::code_field::CodeField;
use crate::components::country::{Countries, CountryField};
use crate::components::show::Show;
use crate::components::undeclarable::Undeclarable;
use crate::i18n::{format, use_language, use_texts};
use crate::session::use_session;

/// The fields for code, countries, value, terms, measures and preferences.
#[component]
pub fn Inputs(
    /// The consignment.
    pricing: Pricing,
) -> impl IntoView {
    let texts = use_texts();
    let part = texts.landed();
    let Pricing { form, needs, .. } = pricing;
    let code = Signal::derive(move || form.with(|form| form.code));
    let choose_code = Callback::new(move |code| {
        form.update(|form| {
            form.code = Some(code);
            form.preference = None;
        });
    });
    let (origin_typed, destination_typed) = (RwSignal::new(None), RwSignal::new(None));
    let choose_origin = Callback::new(move |origin: Option<Country>| {
        form.update(|form| {
            form.origin = origin;
            form.preference = None;
        });
    });
    let choose_destination = Callback::new(move |destination: Option<Country>| {
        form.update(|form| form.destination = destination.unwrap_or(Country::NL));
    });
    let is_fob = Memo::new(move |_| form.with(|form| form.terms == Terms::Fob));
    let measures = move || {
        let field = |measure: Measure| {
            view! { <Number form field=Field::Measure(measure) label=texts.measure().name(measure) /> }
        };
        let needs = needs.get();
        (!needs.is_empty()).then(|| {
            view! {
                <div class="needs">
                    <p class="hint">{part.needs_hint}</p>
                    <div class="pair">{needs.into_iter().map(field).collect_view()}</div>
                </div>
            }
        })
    };
    view! {
        <form class="inputs" id="inputs" on:submit=|event| event.prevent_default() novalidate>
            <Countries />
            <CodeField id="code" code choose=choose_code />
            <CodeState pricing />
            <div class="pair">
                <CountryField
                    id="origin"
                    label=texts.duties().origin
                    chosen=Signal::derive(move || form.with(|form| form.origin))
                    on_choose=choose_origin
                    typed=origin_typed
                    on_type=Callback::new(move |typed| origin_typed.set(typed))
                />
                <CountryField
                    id="destination"
                    label=texts.duties().destination
                    chosen=Signal::derive(move || Some(form.with(|form| form.destination)))
                    on_choose=choose_destination
                    typed=destination_typed
                    on_type=Callback::new(move |typed| destination_typed.set(typed))
                />
            </div>
            <Preferences pricing />
            <TermsChoice form />
            <div class="pair">
                <Number form field=Field::Value label=part.unit_value />
                <Number form field=Field::Quantity label=part.quantity />
                <Show when=move || is_fob.get()>
                    <Number form field=Field::Shipping label=part.shipping />
                    <Number form field=Field::Insurance label=part.insurance />
                </Show>
                <CurrencyField pricing />
            </div>
            {measures}
            <SellingPrice form />
        </form>
    }
}

/// A numeric field with its validation message.
#[component]
pub fn Number(
    /// The form.
    form: RwSignal<CostForm>,
    /// The field.
    field: Field,
    /// The label.
    label: &'static str,
) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let typed = move || form.with(|form| form.typed(field).to_owned());
    let type_on = move |event| form.update(|form| form.type_in(field, event_target_value(&event)));
    let problem =
        Memo::new(move |_| form.with(|form| form.wrong(field, language)).map(|wrong| wrong.sentence(texts)));
    let problem_id = format!("{}-problem", field.name());
    view! {
        <div class="field">
            <label for=field.name()>{label}</label>
            <input
                id=field.name()
                inputmode="decimal"
                autocomplete="off"
                aria-describedby=problem_id.clone()
                aria-invalid=move || problem.get().is_some().to_string()
                prop:value=typed
                on:input=type_on
            />
            <p class="problem" id=problem_id>
                {move || problem.get()}
            </p>
        </div>
    }
}

/// The description of the code, or its refusal with the codes to choose instead.
#[component]
fn CodeState(pricing: Pricing) -> impl IntoView {
    let choose = Callback::new(move |code| pricing.form.update(|form| form.code = Some(code)));
    let state = move || {
        let code = pricing.form.with(|form| form.code)?;
        Some(match pricing.rates()? {
            Ok(rates) => view! { <p class="covers">{rates.description}</p> }.into_any(),
            Err(refusal) => view! { <Undeclarable code refusal choose /> }.into_any(),
        })
    };
    view! { <div class="code-state">{state}</div> }
}

/// The choice of the terms of delivery.
#[component]
fn TermsChoice(form: RwSignal<CostForm>) -> impl IntoView {
    let part = use_texts().landed();
    let choice = move |terms: Terms, id: &'static str, label: &'static str, hint: &'static str| {
        view! {
            <label class="term">
                <input
                    type="radio"
                    name="terms"
                    id=id
                    prop:checked=move || form.with(|form| form.terms == terms)
                    on:change=move |_| form.update(|form| form.terms = terms)
                />
                <span>
                    {label} " " <span class="hint">{hint}</span>
                </span>
            </label>
        }
    };
    view! {
        <fieldset class="terms">
            <legend>{part.terms}</legend>
            {choice(Terms::Fob, "fob", part.fob, part.fob_hint)}
            {choice(Terms::Cif, "cif", part.cif, part.cif_hint)}
        </fieldset>
    }
}

#[component]
fn CurrencyField(pricing: Pricing) -> impl IntoView {
    let part = use_texts().landed();
    let form = pricing.form;
    let option = move |one: Currency| {
        view! {
            <option value=one.as_str() prop:selected=move || form.with(|form| form.currency == one)>
                {one.as_str()}
            </option>
        }
    };
    let change = move |event| {
        let currency = event_target_value(&event).parse().unwrap_or_default();
        form.update(|form| form.currency = currency);
    };
    let problem = move || pricing.wants_euros.get().then_some(part.euros_only);
    view! {
        <div class="field">
            <label for="currency">{part.currency}</label>
            <select id="currency" on:change=change aria-describedby="currency-problem">
                {Currency::ALL.map(option).collect_view()}
            </select>
            <p class="problem" id="currency-problem">
                {problem}
            </p>
        </div>
    }
}

/// The field for the selling price, from which the margin is computed.
#[component]
fn SellingPrice(form: RwSignal<CostForm>) -> impl IntoView {
    let texts = use_texts();
    let part = texts.landed();
    let is_open = form.with_untracked(|form| !form.typed(Field::Price).is_empty());
    let option = move |has_vat: bool, label: &'static str| {
        view! {
            <option
                value=has_vat.to_string()
                prop:selected=move || form.with(|form| form.price_has_vat == has_vat)
            >
                {label}
            </option>
        }
    };
    let change = move |event| {
        let has_vat = event_target_value(&event) == "true";
        form.update(|form| form.price_has_vat = has_vat);
    };
    view! {
        <details class="fold" open=is_open id="price-fold">
            <summary>
                {part.sale} " " <span class="optional">{texts.classify().optional}</span>
            </summary>
            <div class="pair">
                <Number form field=Field::Price label=part.price />
                <div class="field">
                    <label for="price-vat">{part.price_vat}</label>
                    <select id="price-vat" on:change=change>
                        {option(false, part.without_vat)}
                        {option(true, part.with_vat)}
                    </select>
                </div>
            </div>
        </details>
    }
}

/// A checkbox for each preference that the origin may have. None is checked by default.
#[component]
fn Preferences(pricing: Pricing) -> impl IntoView {
    let (texts, language, session) = (use_texts(), use_language(), use_session());
    let part = texts.landed();
    let preferences = Memo::new(move |_| pricing.preferences());
    let can_apply = Memo::new(move |_| session.has(&Extension::Measures));
    let form = pricing.form;
    let switch = move |preference: Preference| {
        let Preference { scheme, rate, proof, .. } = preference;
        let rate = rate.as_ref().map(|rate| format::rate(rate, language));
        let rate = rate.unwrap_or_else(|| texts.declaration().duty_unknown.to_owned());
        let label = (part.preference)(&scheme, &rate);
        let hint = proof.as_deref().map_or_else(
            || texts.declaration().preference_proof.to_owned(),
            texts.declaration().preference_needs,
        );
        let own = scheme.clone();
        let is_on = move || form.with(|form| form.preference.as_ref() == Some(&own));
        let turn = move |event| {
            let is_on = event_target_checked(&event);
            form.update(|form| form.preference = is_on.then(|| scheme.clone()));
        };
        view! {
            <label class="term">
                <input
                    type="checkbox"
                    role="switch"
                    class="preference"
                    prop:checked=is_on
                    prop:disabled=move || !can_apply.get()
                    on:change=turn
                />
                <span>
                    {label} " " <span class="hint">{hint}</span>
                </span>
            </label>
        }
    };
    move || {
        let preferences = preferences.get();
        (!preferences.is_empty()).then(|| {
            let hint =
                move || if can_apply.get() { part.preferences_hint } else { part.preferences_not_applied };
            view! {
                <fieldset class="terms" id="preferences">
                    <legend>{part.preferences}</legend>
                    <p class="hint">{hint}</p>
                    {preferences.into_iter().map(switch).collect_view()}
                </fieldset>
            }
        })
    }
}
