//! Rows of a draft that are probably no products, with their reasons. The person can put them back.

use import8_catalogue::report::{LeftOut, Report, Said};
use leptos::prelude::*;

use super::super::labels::reason_words;
use super::editor::DraftEditor;
use crate::browser::memo::Memo;
use crate::components::show::Show;
use crate::i18n::{format, use_language, use_texts};

/// The rows that are left out, by reason, and the note that tags were taken off descriptions.
#[component]
pub fn LeftOutRows(
    /// The editor of the draft.
    editor: DraftEditor,
) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let left_out = Memo::new(move |_| {
        let own = |report: &Report| report.left_out.clone();
        editor.report.with(|report| report.as_ref().map(own).unwrap_or_default())
    });
    let stripped = move || {
        let rows = editor.report.with(|report| report.as_ref().map_or(0, |report| report.stripped));
        (rows > 0).then(|| (texts.row_faults().stripped)(&format::count(rows.into(), language)))
    };
    let rows = move || left_out.with(|all| all.iter().map(|one| u64::from(one.rows)).sum::<u64>());
    let groups = move || left_out.get().into_iter().map(|one| view! { <Group editor one /> }).collect_view();
    view! {
        <p class="hint">{stripped}</p>
        <Show when=move || rows() != 0>
            <details class="problem-group" id="left-out">
                <summary>{move || (texts.row_faults().left_out)(&format::count(rows(), language))}</summary>
                <p class="quiet">{texts.row_faults().left_out_lead}</p>
                {groups}
            </details>
        </Show>
    }
}

/// The rows that are left out for one reason.
#[component]
fn Group(editor: DraftEditor, one: LeftOut) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let LeftOut { reason, rows, said, more } = one;
    let line = |Said { text, row, number, .. }: Said| {
        let put_back = move |_| editor.change_edits(|edits| edits.rows_back.push(row));
        let place = (texts.catalogue().in_row)(&format::count(number as u64, language));
        view! {
            <li>
                <span>{text} " " <span class="hint">{place}</span></span>
                <button type="button" class="link" on:click=put_back>
                    {texts.row_faults().put_back}
                </button>
            </li>
        }
    };
    let put_all_back = move |_| editor.change_edits(|edits| edits.reasons_back.push(reason));
    let count = (texts.catalogue().rows)(&format::count(rows.into(), language));
    let more = (more > 0).then(|| (texts.catalogue().more_texts)(&format::count(more.into(), language)));
    view! {
        <p>{(texts.catalogue().problem)(reason_words(reason, texts), &count)}</p>
        <ul class="changes">{said.into_iter().map(line).collect_view()}</ul>
        <p class="hint">{more}</p>
        <button type="button" class="secondary small" on:click=put_all_back>
            {texts.row_faults().put_all_back}
        </button>
    }
}
