//! The choice of the two editions and of the days on which they are compared.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::question::Question;
use super::wording;
use crate::api::tariff_changes::{Edition, Editions};
use crate::browser::memo::Memo;
use crate::i18n::{use_language, use_texts};

/// The fields. `compared` has the numbers of the editions that were compared last, which the service chose where the
/// address does not tell them.
pub fn choice(editions: &Editions, asked: Memo<Question>, compared: Memo<(String, String)>) -> AnyView {
    let part = use_texts().tariff_changes();
    let navigate = StoredValue::new_local(use_navigate());
    let change = Callback::new(move |(name, value): (&'static str, String)| {
        let mut question = asked.get_untracked();
        let (from, to) = compared.get_untracked();
        // The other edition stays what is shown.
        (question.from, question.to) = (from, to);
        match name {
            // A day belongs to its edition.
            "from" => (question.from, question.from_day) = (value, String::new()),
            "to" => (question.to, question.to_day) = (value, String::new()),
            "from_day" => question.from_day = value,
            _ => question.to_day = value,
        }
        let stay = NavigateOptions { scroll: false, ..NavigateOptions::default() };
        navigate.with_value(|go| go(&question.address(), stay));
    });
    let fields = Fields { change, asked, compared };
    let older = side(editions, ("from", part.from), ("from_day", part.day), fields);
    let newer = side(editions, ("to", part.to), ("to_day", part.day), fields);
    view! {
        <div class="editions" id="editions">{older} {newer} <p class="hint">{part.day_hint}</p></div>
    }
    .into_any()
}

/// What the fields show and change.
#[derive(Clone, Copy)]
struct Fields {
    /// Called with the parameter and its value.
    change: Callback<(&'static str, String)>,
    asked: Memo<Question>,
    /// The numbers of the older and the newer edition.
    compared: Memo<(String, String)>,
}

/// The fields of one edition, each with its parameter and its label.
fn side(
    editions: &Editions,
    edition: (&'static str, &'static str),
    day: (&'static str, &'static str),
    Fields { change, asked, compared }: Fields,
) -> AnyView {
    let (name, label) = edition;
    let (day_name, day_label) = day;
    let is_older = name == "from";
    let chosen = Memo::new(move |_| compared.with(|(from, to)| if is_older { from } else { to }.clone()));
    let on = move || asked.with(|asked| if is_older { &asked.from_day } else { &asked.to_day }.clone());
    let options = editions.all.iter().map(|one| option(one, editions.in_force, chosen)).collect_view();
    view! {
        <div class="pair">
            <div class="field">
                <label for=name>{label}</label>
                <select id=name on:change=move |event| change.run((name, event_target_value(&event)))>
                    {options}
                </select>
            </div>
            <div class="field">
                <label for=day_name>{day_label}</label>
                <input
                    id=day_name
                    type="date"
                    prop:value=on
                    on:change=move |event| change.run((day_name, event_target_value(&event)))
                />
            </div>
        </div>
    }
    .into_any()
}

fn option(edition: &Edition, in_force: Option<u64>, chosen: Memo<String>) -> AnyView {
    let language = use_language();
    let name = wording::edition(edition, language);
    let is_in_force = in_force == Some(edition.id);
    let name = if is_in_force { (language.texts().tariff_changes().in_force)(&name) } else { name };
    let value = edition.id.to_string();
    let own = value.clone();
    view! {
        <option value=value prop:selected=move || chosen.with(|chosen| *chosen == own)>
            {name}
        </option>
    }
    .into_any()
}
