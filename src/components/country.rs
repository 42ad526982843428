//! A country, chosen by typing its name or its code.

use import8_api::Country;
use import8_catalogue::country::{Named, label as written, named};
use leptos::ev::{Event, KeyboardEvent};
use leptos::html;
use leptos::prelude::*;

use crate::format;
use crate::i18n::{use_language, use_texts};

/// The id of the list that all fields share.
const LIST: &str = "countries";

/// The list that the fields of a page choose from. It is on the page once.
#[component]
pub fn Countries() -> impl IntoView {
    let option =
        |(country, name): (Country, String)| view! { <option value=written(country, &name)></option> };
    view! { <datalist id=LIST>{format::countries(use_language()).into_iter().map(option).collect_view()}</datalist> }
}

/// A country, to be typed or to be chosen from [`Countries`].
#[component]
pub fn CountryField(
    /// The element's id.
    id: &'static str,
    /// What the field is called.
    label: &'static str,
    /// The country it has.
    #[prop(into)]
    chosen: Signal<Option<Country>>,
    /// Takes another one.
    on_choose: Callback<Option<Country>>,
    /// What is typed as long as it is not known which country it is: with it the form is not to be sent.
    #[prop(into)]
    typed: Signal<Option<String>>,
    /// Takes what is typed.
    on_type: Callback<Option<String>>,
    /// What it means to choose none; empty when one has to be chosen.
    #[prop(optional)]
    none: &'static str,
    /// What else is wrong with it.
    #[prop(optional, into)]
    problem: Signal<Option<String>>,
) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let (chosen, typed) = (Memo::new(move |_| chosen.get()), Memo::new(move |_| typed.get()));
    // What an earlier visit has left is wrong already; what is being typed is not yet.
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
        // The form may be sent by it.
        if event.key() == "Enter" {
            settle();
        }
    };
    let select_all = move |_| {
        // The list offers what begins like the text, so that the text has to go first.
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
                    // A browser that fills in a form by itself says nothing before this.
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
