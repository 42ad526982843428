//! The same consignment from other origins, to other destinations or under other codes, side by side.

pub mod cases;
pub mod sensitivity;
pub mod table;

use import8_api::{Country, HsCode};
use leptos::prelude::*;

use self::cases::Cases;
use self::table::CaseTable;
use super::form::{Asked, Form};
use super::pricing::Pricing;
use crate::components::code_field::CodeField;
use crate::components::country::CountryField;
use crate::format;
use crate::i18n::{use_language, use_texts};

/// So many are compared, the consignment itself among them.
pub const MOST: usize = 12;

/// A shorter code says too little to be priced.
const LEAST_DIGITS: usize = 6;

/// What is different.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Axis {
    /// Where the goods were made.
    #[default]
    Origins,
    /// Where they go.
    Destinations,
    /// The code.
    Codes,
}

impl Axis {
    /// All of them.
    const ALL: [Self; 3] = [Self::Origins, Self::Destinations, Self::Codes];

    /// Its name in the address.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Origins => "origins",
            Self::Destinations => "destinations",
            Self::Codes => "codes",
        }
    }
}

/// One that stands beside the consignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Other {
    /// The same from or to this country.
    Country(Country),
    /// The same under this code: of ten digits, or of fewer with one of ten below it.
    Code(HsCode),
}

impl Other {
    fn text(self) -> String {
        match self {
            Self::Country(country) => country.to_string(),
            Self::Code(code) => code.bare().to_owned(),
        }
    }
}

/// What stands beside the consignment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Comparison {
    /// What is different.
    pub axis: Axis,
    /// The others, in the order in which they were added.
    pub others: Vec<Other>,
}

impl Comparison {
    /// What an address says of it; `value` gives its parts by their names.
    #[must_use]
    pub fn read(value: impl Fn(&str) -> Option<String>) -> Self {
        let named = value("compare");
        let axis = Axis::ALL.into_iter().find(|axis| Some(axis.as_str()) == named.as_deref());
        let axis = axis.unwrap_or_default();
        let other = |text: &str| match axis {
            Axis::Codes => {
                text.parse().ok().filter(|code: &HsCode| code.digit_count() >= LEAST_DIGITS).map(Other::Code)
            }
            _ => text.parse().ok().map(Other::Country),
        };
        let mut comparison = Self { axis, others: Vec::new() };
        for other in value("with").unwrap_or_default().split(',').filter_map(other) {
            comparison.add(other);
        }
        comparison
    }

    /// Its parts for an address.
    pub fn parts(&self) -> impl Iterator<Item = (&'static str, String)> {
        let with: Vec<_> = self.others.iter().map(|other| other.text()).collect();
        let named = (self.axis != Axis::default() || !with.is_empty())
            .then(|| ("compare", self.axis.as_str().to_owned()));
        let with = (!with.is_empty()).then(|| ("with", with.join(",")));
        [named, with].into_iter().flatten()
    }

    /// Whether there is no room for another one.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.others.len() + 1 >= MOST
    }

    /// Adds one, if it is not there yet and there is room.
    pub fn add(&mut self, other: Other) {
        if !self.is_full() && !self.others.contains(&other) {
            self.others.push(other);
        }
    }

    /// Takes one away.
    pub fn remove(&mut self, other: Other) {
        self.others.retain(|one| *one != other);
    }

    /// Begins anew with another difference.
    fn turn(&mut self, axis: Axis) {
        if self.axis != axis {
            *self = Self { axis, others: Vec::new() };
        }
    }
}

/// The consignment beside others.
#[component]
pub fn Compare(
    /// The consignment.
    pricing: Pricing,
    /// What can be asked of it.
    asked: Memo<Option<Asked>>,
) -> impl IntoView {
    let texts = use_texts();
    let part = texts.compare();
    let form = pricing.form;
    let cases = Cases::of(form, asked);
    let axis = Memo::new(move |_| form.with(|form| form.comparison.axis));
    let tab = move |one: Axis| {
        let label = match one {
            Axis::Origins => part.origins,
            Axis::Destinations => part.destinations,
            Axis::Codes => part.codes,
        };
        view! {
            <button
                type="button"
                aria-pressed=move || (axis.get() == one).to_string()
                on:click=move |_| form.update(|form| form.comparison.turn(one))
            >
                {label}
            </button>
        }
    };
    let has_others = Memo::new(move |_| form.with(|form| !form.comparison.others.is_empty()));
    view! {
        <section class="block" id="compare">
            <h2>{part.title}</h2>
            <p class="quiet">{part.lead}</p>
            <div class="compare-choices">
                <div class="switch" role="group" aria-label=part.axis>
                    {Axis::ALL.map(tab).collect_view()}
                </div>
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

/// A field for one more.
#[component]
fn Adding(form: RwSignal<Form>, axis: Memo<Axis>) -> impl IntoView {
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

/// Countries that much is imported from, and those beside the Netherlands where much comes in.
#[component]
fn Suggestions(form: RwSignal<Form>, axis: Axis) -> impl IntoView {
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
