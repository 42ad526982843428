//! The draft page: a catalogue before it is sent, with its columns, row problems, known products and cost.

pub mod code_check;
pub mod columns;
pub mod cost;
pub mod editor;
pub mod known;
pub mod left_out;
pub mod mapping;
pub mod problems;
pub mod questions;
pub mod roles;

use import8_catalogue::columns::Mapping;
use leptos::prelude::*;
use leptos_router::components::A;

use self::code_check::CodeCheck;
use self::columns::Columns;
use self::cost::Cost;
use self::editor::{DraftEditor, Trouble};
use self::known::KnownProducts;
use self::problems::Problems;
use self::questions::Questions;
use crate::browser::memo::Memo;
use crate::browser::sheet_worker::Remark;
use crate::components::page::Page;
use crate::components::sheet_failure::{not_read, remark};
use crate::components::show::Show;
use crate::i18n::{format, use_language, use_texts};
use crate::routes;

/// The page of a draft.
#[component]
pub fn Draft(
    /// The identifier of the catalogue.
    id: String,
) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let editor = DraftEditor::open(&id);
    let count = move |number: usize| format::count(u64::try_from(number).unwrap_or(u64::MAX), language);
    let lead = Signal::derive(move || {
        editor.opened.with(|opened| {
            let opened = opened.as_ref();
            opened.map_or_else(String::new, |opened| {
                // The titles and what stands above them are not counted.
                let above = editor.mapping.with(|mapping| mapping.as_ref().map_or(0, Mapping::first_row));
                let rows = opened.rows.saturating_sub(above);
                (texts.catalogue().lead)(&count(rows), &count(opened.mapping.roles.len()))
            })
        })
    });
    let trouble = move || {
        let sentence = match editor.trouble.get()? {
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
    let is_open = Memo::new(move |_| editor.opened.with(Option::is_some));
    view! {
        <Page title=editor.name() lead>
            {trouble}
            <Show
                when=move || is_open.get()
                fallback=move || {
                    editor.trouble
                        .with(Option::is_none)
                        .then(|| view! { <p class="arriving" role="status">{texts.batches().opening}</p> })
                }
            >
                <Remarks editor />
                <Columns editor />
                <Questions editor />
                <CodeCheck editor />
                <Problems editor />
                <KnownProducts editor />
                <Cost editor />
            </Show>
        </Page>
    }
}

/// The decisions of the file's reader that the person should know of.
#[component]
fn Remarks(editor: DraftEditor) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let remarks = Memo::new(move |_| {
        editor.opened.with(|opened| opened.as_ref().map(|one| one.remarks.clone()).unwrap_or_default())
    });
    move || {
        let line = |one: Remark| view! { <p class="notice">{remark(&one, texts, language)}</p> };
        remarks.get().into_iter().map(line).collect_view()
    }
}
