//! The comparison of a consignment with other origins, other destinations or other codes.

pub mod cases;
pub mod sensitivity;
pub mod table;

use import8_api::{Country, HsCode};
use leptos::prelude::*;

use self::cases::Cases;
use self::table::CaseTable;
use super::comparison::{Axis, LEAST_DIGITS, Other};
use super::form::{Asked, CostForm};
use super::pricing::Pricing;
use crate::browser::memo::Memo;
use crate::components::code_field::CodeField;
use crate::components::country::CountryField;
use crate::components::show::Show;
use crate::components::switch::Switch;
use crate::i18n::{format, use_language, use_texts};

/// The comparison: tabs of the axes, suggestions, and the table of cases.
#[component]
pub fn Compare(
    /// The consignment.
    pricing: Pricing,
    /// The question of the consignment, once it is priced.
    asked: Memo<Option<Asked>>,
) -> impl IntoView {
    let texts = use_texts();
    let part = texts.compare();
    let form = pricing.form;
    let cases = Cases::new(form, asked);
    let axis = Memo::new(move |_| form.with(|form| form.comparison.axis));
    let options = Axis::ALL.map(|one| match one {
        Axis::Origins => part.origins.to_owned(),
        Axis::Destinations => part.destinations.to_owned(),
        Axis::Codes => part.codes.to_owned(),
    });
    let chosen =
        Signal::derive(move || Axis::ALL.into_iter().position(|one| one == axis.get()).unwrap_or_default());
    let choose = Callback::new(move |at: usize| {
        if let Some(axis) = Axis::ALL.get(at) {
            form.update(|form| form.comparison.turn(*axis));
        }
    });
    let has_others = Memo::new(move |_| form.with(|form| !form.comparison.others.is_empty()));
    view! {
        <section class="block" id="compare">
            <h2>{part.title}</h2>
            <p class="quiet">{part.lead}</p>
            <div class="compare-choices">
                <Switch label=part.axis options=options.to_vec() chosen on_choose=choose />
            </div>
            <Show when=move || !form.with(|form| form.comparison.is_full()) fallback=move || view! { <p class="hint">{part.full}</p> }>
                <Adding form axis />
            </Show>
            <Show when=move || has_others.get() fallback=move || view! { <p class="quiet">{part.empty}</p> }>
                <CaseTable form cases />
            </Show>
        </section>
    }
}

/// The field that adds a case.
#[component]
fn Adding(form: RwSignal<CostForm>, axis: Memo<Axis>) -> impl IntoView {
    let texts = use_texts();
    let part = texts.compare();
    let typed = RwSignal::new(None);
    let add = Callback::new(move |country: Option<Country>| {
        if let Some(country) = country {
            form.update(|form| form.comparison.add(Other::Country(country)));
        }
    });
    let add_code = Callback::new(move |code: HsCode| {
        if code.digit_count() >= LEAST_DIGITS {
            form.update(|form| form.comparison.add(Other::Code(code)));
        }
    });
    move || match axis.get() {
        Axis::Codes => view! {
            <div class="adding">
                <CodeField id="add-code" code=Signal::stored(None) choose=add_code />
                <p class="hint">{part.ten_digits}</p>
            </div>
        }
        .into_any(),
        axis => {
            let label = if axis == Axis::Origins { part.add_origin } else { part.add_destination };
            view! {
                <div class="adding">
                    <CountryField
                        id="add-country"
                        label
                        chosen=Signal::stored(None)
                        on_choose=add
                        typed
                        on_type=Callback::new(move |text| typed.set(text))
                    />
                    <Suggestions form axis />
                </div>
            }
            .into_any()
        }
    }
}

/// Buttons for common cases: large trade partners as origins, large importing countries as destinations.
#[component]
fn Suggestions(form: RwSignal<CostForm>, axis: Axis) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let codes: &[&str] = match axis {
        Axis::Origins => &["CN", "VN", "IN", "TR", "BD", "GB", "US", "JP"],
        _ => &["NL", "BE", "DE", "FR", "IE", "IT", "ES", "PL"],
    };
    let button = move |country: Country| {
        let is_there = move || {
            form.with(|form| {
                let own = if axis == Axis::Origins { form.origin } else { Some(form.destination) };
                own == Some(country) || form.comparison.others.contains(&Other::Country(country))
            })
        };
        let add = move |_| form.update(|form| form.comparison.add(Other::Country(country)));
        view! {
            <button type="button" class="secondary small" disabled=is_there on:click=add>
                {format!("+ {}", format::country(country, language))}
            </button>
        }
    };
    let countries = codes.iter().filter_map(|code| code.parse().ok());
    view! {
        <div class="suggestions" role="group" aria-label=texts.compare().suggestions>
            {countries.map(button).collect_view()}
        </div>
    }
}
