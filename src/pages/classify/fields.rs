//! The fields of the form and their validation messages.

use import8_api::{Country, Currency};
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::draft::Draft;
use super::form::{Field, Problem, ProductForm};
use super::hint::DescriptionHint;
use crate::browser::focus::focus_element;
use crate::browser::task::effect;
use crate::components::country::CountryField;
use crate::components::show::Show;
use crate::i18n::use_texts;

/// The validation summary above the form. It takes the focus, and its entries link to the fields.
#[component]
pub fn Summary(
    /// All validation problems of the form.
    problems: RwSignal<Vec<Problem>>,
) -> impl IntoView {
    let texts = use_texts();
    let summary = NodeRef::<Div>::new();
    effect(move || {
        if problems.with(|problems| !problems.is_empty())
            && let Some(summary) = summary.get()
        {
            focus_element(&summary);
        }
    });
    let lines = move || {
        problems
            .get()
            .into_iter()
            .map(|problem| {
                let to_field = move |event: leptos::ev::MouseEvent| {
                    event.prevent_default();
                    focus_on(problem.field.id());
                };
                let href = format!("#{}", problem.field.id());
                view! {
                    <li>
                        <a href=href on:click=to_field>
                            {problem.sentence(texts)}
                        </a>
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <Show when=move || problems.with(|problems| !problems.is_empty())>
            <div class="summary" role="alert" tabindex="-1" node_ref=summary id="problems">
                <h2>{texts.classify().problems}</h2>
                <ul>{lines}</ul>
            </div>
        </Show>
    }
}

/// Focuses an element, and opens the `<details>` around it.
pub fn focus_on(id: &str) {
    let element = document().get_element_by_id(id);
    // A field in closed `<details>` cannot take the focus.
    let fold = element.as_ref().and_then(|element| element.closest("details").ok().flatten());
    if let Some(fold) = fold {
        #[expect(clippy::let_underscore_must_use, reason = "an element accepts this attribute")]
        let _ = fold.set_attribute("open", "");
    }
    if let Some(element) = element.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
        focus_element(&element);
    }
}

/// The validation message below a field, worded as in the summary.
#[component]
fn FieldProblem(problems: RwSignal<Vec<Problem>>, field: Field) -> impl IntoView {
    let sentence = problem_of(problems, field);
    view! {
        <p class="problem" id=field.problem_id()>
            {sentence}
        </p>
    }
}

/// The validation message of a field; `None` if it is valid.
pub fn problem_of(problems: RwSignal<Vec<Problem>>, field: Field) -> Signal<Option<String>> {
    let texts = use_texts();
    Signal::derive(move || {
        problems.with(|problems| {
            problems.iter().find(|problem| problem.field == field).map(|problem| problem.sentence(texts))
        })
    })
}

fn has_problem(problems: RwSignal<Vec<Problem>>, field: Field) -> String {
    problems.with(|problems| problems.iter().any(|problem| problem.field == field)).to_string()
}

/// The field of the description.
#[component]
pub fn Description(
    /// All validation problems of the form.
    problems: RwSignal<Vec<Problem>>,
) -> impl IntoView {
    let texts = use_texts();
    let Draft { form: draft, .. } = expect_context();
    let field = Field::Description;
    view! {
        <div class="field">
            <label for=field.id()>{texts.classify().description}</label>
            <p class="hint" id="description-hint">
                {texts.classify().description_hint}
            </p>
            <textarea
                id=field.id()
                rows="4"
                placeholder=texts.classify().description_example
                aria-describedby=format!("description-hint {}", field.problem_id())
                aria-invalid=move || has_problem(problems, field)
                prop:value=move || draft.with(|form| form.description.clone())
                on:input=move |event| draft.update(|form| form.description = event_target_value(&event))
            ></textarea>
            <FieldProblem problems field />
            <DescriptionHint description=Signal::derive(move || draft.with(|form| form.description.clone())) />
        </div>
    }
}

/// The field of the origin or the destination.
#[component]
pub fn Place(
    /// Which of the two.
    field: Field,
    /// All validation problems of the form.
    problems: RwSignal<Vec<Problem>>,
) -> impl IntoView {
    let texts = use_texts();
    let Draft { form: draft, .. } = expect_context();
    let is_origin = field == Field::Origin;
    let (label, none) = if is_origin {
        (texts.classify().origin, texts.classify().origin_none)
    } else {
        (texts.classify().destination, "")
    };
    let chosen = Signal::derive(move || {
        draft.with(|form| if is_origin { form.origin } else { Some(form.destination) })
    });
    let on_choose = Callback::new(move |country: Option<Country>| {
        draft.update(|form| match (is_origin, country) {
            (true, country) => form.origin = country,
            (false, country) => form.destination = country.unwrap_or(form.destination),
        });
    });
    let typed = Signal::derive(move || draft.with(|form| form.country_typed(field).clone()));
    let on_type = Callback::new(move |typed: Option<String>| {
        draft.update(|form| *form.country_typed_mut(field) = typed)
    });
    let problem = problem_of(problems, field);
    view! { <CountryField id=field.id() label chosen on_choose typed on_type none problem /> }
}

/// The fields of the landed cost, collapsed unless one is filled in.
#[component]
pub fn Costs(
    /// All validation problems of the form.
    problems: RwSignal<Vec<Problem>>,
) -> impl IntoView {
    let texts = use_texts();
    let Draft { form: draft, .. } = expect_context();
    let is_open = draft.with_untracked(ProductForm::has_costs);
    let currency = draft.with_untracked(|form| form.currency);
    let currencies = Currency::ALL
        .map(|one| view! { <option selected=one == currency>{one.as_str()}</option> })
        .collect_view();
    let change = move |event| {
        let currency = event_target_value(&event).parse().unwrap_or_default();
        draft.update(|form| form.currency = currency);
    };
    view! {
        <details class="fold" open=is_open id="costs">
            <summary>
                {texts.classify().costs}
                " "
                <span class="optional">{texts.classify().optional}</span>
            </summary>
            <p class="hint">{texts.classify().costs_hint}</p>
            <div class="pair">
                <AmountField problems field=Field::GoodsValue label=texts.classify().goods_value />
                <AmountField problems field=Field::Quantity label=texts.classify().quantity />
                <AmountField problems field=Field::Shipping label=texts.classify().shipping />
                <AmountField problems field=Field::Insurance label=texts.classify().insurance />
                <div class="field">
                    <label for=Field::Currency.id()>{texts.classify().currency}</label>
                    <select id=Field::Currency.id() on:change=change>
                        {currencies}
                    </select>
                </div>
            </div>
        </details>
    }
}

#[component]
fn AmountField(problems: RwSignal<Vec<Problem>>, field: Field, label: &'static str) -> impl IntoView {
    let Draft { form: draft, .. } = expect_context();
    let typed = move || draft.with(|form| form.amount(field).to_owned());
    let keep = move |event| draft.update(|form| *form.amount_mut(field) = event_target_value(&event));
    view! {
        <div class="field">
            <label for=field.id()>{label}</label>
            <input
                id=field.id()
                inputmode="decimal"
                autocomplete="off"
                aria-describedby=field.problem_id()
                aria-invalid=move || has_problem(problems, field)
                prop:value=typed
                on:input=keep
            />
            <FieldProblem problems field />
        </div>
    }
}
