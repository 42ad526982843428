//! The API keys held in this tab.

use leptos::prelude::*;

use crate::browser::memo::Memo;
use crate::components::confirm::Confirm;
use crate::components::key_form::KeyForm;
use crate::i18n::use_texts;
use crate::session::keyring::HeldKey;
use crate::session::use_session;

/// The keys held in this tab, and a field to add another.
#[component]
pub fn HeldKeys() -> impl IntoView {
    let (session, texts) = (use_session(), use_texts());
    let part = texts.keys();
    let is_asked = RwSignal::new(false);
    // A memo over the keys alone, so that renaming one does not mount the rows again and lose the focus.
    let keys = Memo::new(move |_| session.held_keys().into_iter().map(|held| held.key).collect::<Vec<_>>());
    let rows = move || {
        let held = untrack(|| session.held_keys());
        keys.get()
            .into_iter()
            .filter_map(|key| held.iter().find(|held| held.key == key).cloned())
            .map(|held| view! { <Row held /> })
            .collect_view()
    };
    let question = move || {
        is_asked.get().then(|| {
            view! {
                <Confirm
                    question=part.forget_all_question
                    consequence=part.forget_all_explained
                    action=part.forget_all
                    keep=part.cancel
                    on_confirm=move |()| session.sign_out()
                    on_cancel=move |()| is_asked.set(false)
                />
            }
        })
    };
    view! {
        <section class="block" id="held">
            <div class="block-head">
                <h2>{part.held}</h2>
                <button type="button" class="link" id="forget-all" on:click=move |_| is_asked.set(true)>
                    {part.forget_all}
                </button>
            </div>
            {question}
            <p class="quiet">{part.held_explained}</p>
            <table class="keys">
                <thead>
                    <tr>
                        <th scope="col">{part.name}</th>
                        <th scope="col">{part.organization}</th>
                        <th scope="col">{part.key}</th>
                        <th scope="col" class="row-action">
                            <span class="visually-hidden">{part.use_key}</span>
                        </th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            <details class="fold" id="add-key">
                <summary>{part.add}</summary>
                <KeyForm submit=part.add_submit>
                    <p class="hint">{part.add_explained}</p>
                </KeyForm>
            </details>
        </section>
    }
}

#[component]
fn Row(held: HeldKey) -> impl IntoView {
    let (session, texts) = (use_session(), use_texts());
    let part = texts.keys();
    let HeldKey { key, label, .. } = held;
    let masked = key.masked();
    let key = StoredValue::new(key);
    // The organisation may become known later.
    let organization = move || {
        let held = session.held_keys();
        let own = held.into_iter().find(|held| key.with_value(|key| held.key == *key));
        own.map(|own| own.organization).filter(|name| !name.is_empty()).unwrap_or_else(|| "–".to_owned())
    };
    let is_in_use = key.with_value(|key| session.has_key(Some(key)));
    let state = if is_in_use {
        view! { <span class="in-use">{part.in_use}</span> }.into_any()
    } else {
        view! {
            <button
                type="button"
                class="link"
                aria-label=(part.use_named)(&masked)
                on:click=move |_| session.use_key(key.get_value())
            >
                {part.use_key}
            </button>
        }
        .into_any()
    };
    view! {
        <tr data-in-use=is_in_use.to_string()>
            <td data-label=part.name>
                <input
                    class="quiet-input"
                    aria-label=(part.name_of)(&masked)
                    placeholder=part.no_name
                    maxlength="80"
                    autocomplete="off"
                    prop:value=label
                    on:change=move |event| session.label_key(&key.get_value(), event_target_value(&event).trim().to_owned())
                />
            </td>
            <td data-label=part.organization>{organization}</td>
            <td data-label=part.key class="key-mask">
                {masked.clone()}
            </td>
            <td class="row-action">
                {state}
                <button
                    type="button"
                    class="link"
                    aria-label=(part.forget_named)(&masked)
                    on:click=move |_| session.forget_key(&key.get_value())
                >
                    {part.forget}
                </button>
            </td>
        </tr>
    }
}
