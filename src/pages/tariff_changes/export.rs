//! The changes as a file, which the service writes.

use js_sys::Uint8Array;
use leptos::prelude::*;

use super::question::add;
use crate::browser::download::download;
use crate::browser::task::spawn_local;
use crate::components::failure::explain;
use crate::i18n::{use_language, use_texts};
use crate::session::use_session;

/// The formats by their names in the API, with their media types.
const FORMATS: [(&str, &str, &str); 2] = [
    ("csv", "CSV", "text/csv;charset=utf-8"),
    ("xlsx", "Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
];

/// The buttons that save the changes of this query of the API. `days` are those of the two editions.
pub fn export(query: &str, days: (&str, &str)) -> AnyView {
    let (session, texts, language) = (use_session(), use_texts(), use_language());
    let part = texts.tariff_changes();
    let (outcome, is_saving) = (RwSignal::new(String::new()), RwSignal::new(false));
    let button = |(format, label, media_type): (&'static str, &'static str, &'static str)| {
        let mut query = query.to_owned();
        add(&mut query, "format", format);
        let name = format!("tariff-changes-{}-{}.{format}", days.0, days.1);
        let save = move |_| {
            let (client, query, name) = (session.client(language.code()), query.clone(), name.clone());
            is_saving.set(true);
            spawn_local(async move {
                let file = client.tariff_changes_file(&query).await;
                // The screen may be gone by now.
                if is_saving.try_set(false).is_some() {
                    return;
                }
                let saved = match file {
                    Err(error) => explain(&error, texts).body,
                    Ok(bytes) => match download(&name, media_type, &Uint8Array::from(bytes.as_slice())) {
                        Ok(()) => (part.saved)(&name),
                        Err(_) => part.not_saved.to_owned(),
                    },
                };
                outcome.set(saved);
            });
        };
        view! {
            <button
                type="button"
                class="secondary small"
                id=format!("save-{format}")
                disabled=move || is_saving.get()
                on:click=save
            >
                {label}
            </button>
        }
        .into_any()
    };
    view! {
        <div class="actions" role="group" aria-label=part.save>
            <span class="quiet">{part.save}</span>
            {FORMATS.map(button).collect_view()}
        </div>
        <p class="quiet" id="saved" role="status">
            {outcome}
        </p>
    }
    .into_any()
}
