//! Input field for a country, by its name or its code.

use import8_api::Country;
use import8_catalogue::country::{Named, label as written, named};
use leptos::ev::{Event, KeyboardEvent};
use leptos::html;
use leptos::prelude::*;

use crate::browser::memo::Memo;
use crate::i18n::{format, use_language, use_texts};

/// Id of the `<datalist>` that all country fields share.
const LIST: &str = "countries";

/// The `<datalist>` of countries. A page with country fields contains it once.
#[component]
pub fn Countries() -> impl IntoView {
    let option =
        |(country, name): (Country, String)| view! { <option value=written(country, &name)></option> };
    view! { <datalist id=LIST>{format::countries(use_language()).into_iter().map(option).collect_view()}</datalist> }
}

/// Input field for a country, with suggestions from [`Countries`].
#[component]
pub fn CountryField(
    /// Id of the input element.
    id: &'static str,
    /// Label of the field.
    label: &'static str,
    /// The current country.
    #[prop(into)]
    chosen: Signal<Option<Country>>,
    /// Called with the new country; `None` if the field is cleared.
    on_choose: Callback<Option<Country>>,
    /// The typed text while it is not a known country. A form with such a text must not be submitted.
    #[prop(into)]
    typed: Signal<Option<String>>,
    /// Called with the typed text; `None` once it is a country.
    on_type: Callback<Option<String>>,
    /// Meaning of an empty field, as placeholder. Leave it out if a country is required.
    #[prop(optional)]
    none: &'static str,
    /// Another error of the field.
    #[prop(optional, into)]
    problem: Signal<Option<String>>,
) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let (chosen, typed) = (Memo::new(move |_| chosen.get()), Memo::new(move |_| typed.get()));
    // A text from an earlier visit is reported at once, a text being typed is not.
    let is_settled = RwSignal::new(true);
    let element = NodeRef::<html::Input>::new();
    let shown = move || {
        let name = |country| written(country, &format::country(country, language));
        typed.get().or_else(|| chosen.get().map(name)).unwrap_or_default()
    };
    let type_on = move |event: Event| {
        is_settled.set(false);
        on_type.run(Some(event_target_value(&event)));
    };
    let settle = move || {
        let Some(text) = typed.get_untracked() else { return };
        is_settled.set(true);
        let country = match named(&text, &format::country_names(language)) {
            Named::Country(country) => Some(country),
            Named::Nothing if !none.is_empty() => None,
            Named::Nothing | Named::Unknown => return,
        };
        on_choose.run(country);
        on_type.run(None);
    };
    let settle_by_key = move |event: KeyboardEvent| {
        // Enter may submit the form.
        if event.key() == "Enter" {
            settle();
        }
    };
    let select_all = move |_| {
        // The browser suggests countries that begin with the field's text, so typing must replace the text.
        if let Some(input) = element.get_untracked() {
            input.select();
        }
    };
    let is_unknown = move || is_settled.get() && typed.with(Option::is_some);
    let sentence =
        move || if is_unknown() { Some(texts.country().unknown.to_owned()) } else { problem.get() };
    let problem_id = format!("{id}-problem");
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <input
                id=id
                list=LIST
                autocomplete="off"
                spellcheck="false"
                placeholder=none
                node_ref=element
                aria-describedby=problem_id.clone()
                aria-invalid=move || sentence().is_some().to_string()
                prop:value=shown
                on:focus=select_all
                on:input=type_on
                on:change=move |event| {
                    // Browser autofill fires only this event.
                    type_on(event);
                    settle();
                }
                on:keydown=settle_by_key
            />
            <p class="problem" id=problem_id>
                {sentence}
            </p>
        </div>
    }
}
