//! A catalogue before it is sent: its columns, what is wrong with it, what it costs.

pub mod columns;
pub mod cost;
pub mod desk;
pub mod known;
pub mod problems;

use leptos::prelude::*;
use leptos_router::components::A;

use self::columns::Columns;
use self::cost::Cost;
use self::desk::{Desk, Trouble};
use self::known::KnownProducts;
use self::problems::Problems;
use crate::components::page::Page;
use crate::components::sheet_failure::not_read;
use crate::format;
use crate::i18n::{use_language, use_texts};
use crate::routes;

/// A draft.
#[component]
pub fn Draft(
    /// The catalogue.
    id: String,
) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let desk = Desk::open(&id);
    let count = move |number: usize| format::count(u64::try_from(number).unwrap_or(u64::MAX), language);
    let lead = Signal::derive(move || {
        desk.opened.with(|opened| {
            let opened = opened.as_ref();
            opened.map_or_else(String::new, |opened| {
                (texts.catalogue().lead)(&count(opened.rows), &count(opened.mapping.roles.len()))
            })
        })
    });
    let trouble = move || {
        let sentence = match desk.trouble.get()? {
            Trouble::Sheet(error) => not_read(&error, texts, language),
            Trouble::NotKept => texts.batches().not_kept.to_owned(),
        };
        Some(view! {
            <section class="failure" role="alert">
                <p>{sentence}</p>
                <A href=routes::NEW_BATCH attr:class="button secondary">
                    {texts.batches().new}
                </A>
            </section>
        })
    };
    let is_open = Memo::new(move |_| desk.opened.with(Option::is_some));
    view! {
        <Page title=desk.name() lead>
            {trouble}
            <Show
                when=move || is_open.get()
                fallback=move || {
                    desk.trouble
                        .with(Option::is_none)
                        .then(|| view! { <p class="arriving" role="status">{texts.batches().opening}</p> })
                }
            >
                <Columns desk />
                <Problems desk />
                <KnownProducts desk />
                <Cost desk />
            </Show>
        </Page>
    }
}
