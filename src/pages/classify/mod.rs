//! One product: the form, and sending it.

pub mod form;

use import8_api::{Country, Currency};
use leptos::ev::SubmitEvent;
use leptos::html::Div;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::A;
use leptos_router::hooks::{use_location, use_navigate};

use self::form::{Field, Form, Problem};
use crate::api::ApiError;
use crate::components::failure::{Countdown, Explanation, explain};
use crate::components::page::Page;
use crate::format;
use crate::i18n::{use_language, use_texts};
use crate::pages::Draft;
use crate::routes;
use crate::session::use_session;
use crate::submissions::use_submissions;

/// The form for a product. What is typed is kept until it has been accepted.
#[component]
pub fn ClassifyPage() -> impl IntoView {
    let (session, texts, language) = (use_session(), use_texts(), use_language());
    let submissions = use_submissions();
    let Draft { form, is_sending, error } = expect_context();
    let navigate = use_navigate();
    let problems = RwSignal::new(Vec::<Problem>::new());
    let path = use_location().pathname;
    // A refusal is about what was sent then; only what is uncertain has to be told later, too.
    if error.with_untracked(|error| error.as_ref().is_some_and(|error| !error.is_uncertain())) {
        error.set(None);
    }
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        // A second click while the first is on its way must not send, and pay for, a second request.
        if is_sending.get_untracked() {
            return;
        }
        error.set(None);
        let sent = form.get_untracked();
        let request = match sent.validate(language) {
            Ok(request) => request,
            Err(found) => return problems.set(found),
        };
        problems.set(Vec::new());
        is_sending.set(true);
        let client = session.client(language.code());
        let navigate = navigate.clone();
        // Not bound to this screen: leaving it does not unsend what was sent.
        leptos::task::spawn_local(async move {
            let outcome = submissions.send(&client, request).await;
            // Whoever has signed in meanwhile did not send this.
            if !session.has_key(client.key()) {
                return;
            }
            is_sending.set(false);
            match outcome {
                Ok(accepted) => {
                    // What was typed meanwhile is the next product.
                    if form.with_untracked(|form| *form == sent) {
                        form.update(Form::clear_product);
                    }
                    // Whoever has gone on to another screen is not called back.
                    if path.get_untracked() == routes::CLASSIFY {
                        navigate(&routes::classification(&accepted.id), NavigateOptions::default());
                    }
                }
                Err(why) => error.set(Some(why)),
            }
        });
    };
    let credits_after = move || match session.credits() {
        Some(0) => texts.classify.no_credits.to_owned(),
        Some(credits) => (texts.classify.credits_after)(&format::count(credits - 1, language)),
        None => String::new(),
    };
    view! {
        <Page title=texts.classify.title lead=texts.classify.lead>
            <Summary problems />
            {move || error.get().map(|error| view! { <NotSent error /> })}
            <form class="form" on:submit=submit novalidate id="classify">
                <Description problems />
                <div class="pair">
                    <CountryField field=Field::Origin />
                    <CountryField field=Field::Destination />
                </div>
                <Costs problems />
                <div class="submit">
                    <button type="submit" class="primary" disabled=move || is_sending.get()>
                        {move || if is_sending.get() { texts.classify.sending } else { texts.classify.submit }}
                    </button>
                    <p class="hint">{credits_after}</p>
                </div>
            </form>
        </Page>
    }
}

/// What has to be mended, above the form: it takes the focus and leads to the fields.
#[component]
fn Summary(problems: RwSignal<Vec<Problem>>) -> impl IntoView {
    let texts = use_texts();
    let summary = NodeRef::<Div>::new();
    Effect::new(move |_| {
        if problems.with(|problems| !problems.is_empty())
            && let Some(summary) = summary.get()
        {
            // An element that cannot take the focus is still readable.
            let _ = summary.focus();
        }
    });
    let lines = move || {
        problems
            .get()
            .into_iter()
            .map(|problem| {
                let to_field = move |event: leptos::ev::MouseEvent| {
                    event.prevent_default();
                    focus_on(problem.field);
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
                <h2>{texts.classify.problems}</h2>
                <ul>{lines}</ul>
            </div>
        </Show>
    }
}

fn focus_on(field: Field) {
    use wasm_bindgen::JsCast;
    let element = document().get_element_by_id(field.id());
    // A field that is folded away cannot take the focus.
    let fold = element.as_ref().and_then(|element| element.closest("details").ok().flatten());
    if let Some(fold) = fold {
        let _ = fold.set_attribute("open", "");
    }
    if let Some(element) = element.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
        // An element that cannot take the focus has at least been scrolled to.
        let _ = element.focus();
    }
}

/// What went wrong with sending, and whether a credit may be gone.
#[component]
fn NotSent(error: ApiError) -> impl IntoView {
    let texts = use_texts();
    let Explanation { title, body, next } = explain(&error, texts);
    let outcome = if error.is_uncertain() {
        view! {
            <p>
                <strong>{texts.classify.uncertain}</strong>
            </p>
            <A href=routes::HISTORY attr:class="button secondary">
                {texts.classify.see_history}
            </A>
        }
        .into_any()
    } else {
        view! { <p>{texts.classify.not_charged}</p> }.into_any()
    };
    // After an unanswered request, "we keep trying" would be untrue: nothing is sent again.
    let next = if error.is_uncertain() { "" } else { next };
    let wait = match error {
        ApiError::RateLimited { seconds } => {
            Some(view! { <Countdown seconds ended=Callback::new(|()| ()) /> })
        }
        _ => None,
    };
    view! {
        <section class="failure" role="alert" id="not-sent">
            <h2>{title}</h2>
            <p>{body} " " {next}</p>
            {wait}
            {outcome}
        </section>
    }
}

/// The problem of a field, in the same words as in the summary.
#[component]
fn FieldProblem(problems: RwSignal<Vec<Problem>>, field: Field) -> impl IntoView {
    let texts = use_texts();
    let sentence = move || {
        problems.with(|problems| {
            problems.iter().find(|problem| problem.field == field).map(|problem| problem.sentence(texts))
        })
    };
    view! {
        <p class="problem" id=field.problem_id()>
            {sentence}
        </p>
    }
}

fn has_problem(problems: RwSignal<Vec<Problem>>, field: Field) -> String {
    problems.with(|problems| problems.iter().any(|problem| problem.field == field)).to_string()
}

#[component]
fn Description(problems: RwSignal<Vec<Problem>>) -> impl IntoView {
    let texts = use_texts();
    let Draft { form: draft, .. } = expect_context();
    let field = Field::Description;
    view! {
        <div class="field">
            <label for=field.id()>{texts.classify.description}</label>
            <p class="hint" id="description-hint">
                {texts.classify.description_hint}
            </p>
            <textarea
                id=field.id()
                rows="4"
                placeholder=texts.classify.description_example
                aria-describedby=format!("description-hint {}", field.problem_id())
                aria-invalid=move || has_problem(problems, field)
                prop:value=move || draft.with(|form| form.description.clone())
                on:input=move |event| draft.update(|form| form.description = event_target_value(&event))
            ></textarea>
            <FieldProblem problems field />
        </div>
    }
}

#[component]
fn CountryField(field: Field) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let Draft { form: draft, .. } = expect_context();
    let is_origin = field == Field::Origin;
    let label = if is_origin { texts.classify.origin } else { texts.classify.destination };
    let chosen = draft.with_untracked(|form| if is_origin { form.origin } else { Some(form.destination) });
    let option = |(country, name): (Country, String)| {
        view! {
            <option value=country.as_str() selected=chosen == Some(country)>
                {name}
                " ("
                {country.as_str()}
                ")"
            </option>
        }
    };
    let change = move |event| {
        let country = event_target_value(&event).parse::<Country>().ok();
        draft.update(|form| match (is_origin, country) {
            (true, country) => form.origin = country,
            (false, country) => form.destination = country.unwrap_or(Country::NL),
        });
    };
    view! {
        <div class="field">
            <label for=field.id()>{label}</label>
            <select id=field.id() on:change=change>
                {is_origin.then(|| view! { <option value=String::new()>{texts.classify.origin_none}</option> })}
                {format::countries(language).into_iter().map(option).collect_view()}
            </select>
        </div>
    }
}

#[component]
fn Costs(problems: RwSignal<Vec<Problem>>) -> impl IntoView {
    let texts = use_texts();
    let Draft { form: draft, .. } = expect_context();
    let is_open = draft.with_untracked(Form::has_costs);
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
                {texts.classify.costs}
                " "
                <span class="optional">{texts.classify.optional}</span>
            </summary>
            <p class="hint">{texts.classify.costs_hint}</p>
            <div class="pair">
                <AmountField problems field=Field::GoodsValue label=texts.classify.goods_value />
                <AmountField problems field=Field::Quantity label=texts.classify.quantity />
                <AmountField problems field=Field::Shipping label=texts.classify.shipping />
                <AmountField problems field=Field::Insurance label=texts.classify.insurance />
                <div class="field">
                    <label for=Field::Currency.id()>{texts.classify.currency}</label>
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
