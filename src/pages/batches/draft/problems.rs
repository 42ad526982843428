//! Validation problems of a draft's rows, grouped so that one correction fixes every row with the same
//! text.

use import8_catalogue::columns::Role;
use import8_catalogue::report::{Fault, Problem, Report, RowEdit, Said, TextEdit, Vague};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::super::labels::fault_words;
use super::editor::DraftEditor;
use super::left_out::LeftOutRows;
use super::roles::role_name;
use crate::browser::memo::Memo;
use crate::components::keyed::For;
use crate::components::show::Show;
use crate::i18n::{Language, Texts, format, use_language, use_texts};

/// The `id` of the `<datalist>` of country names.
const COUNTRIES: &str = "catalogue-countries";

/// The key of a problem group. It is stable across reports, so that text being typed survives a new report.
type Key = (Role, Fault);

fn fault_name(role: Role, fault: Fault, texts: Texts) -> String {
    let words = fault_words(fault, texts);
    match fault {
        Fault::Missing => words.to_owned(),
        _ => format!("{} – {}", role_name(role, texts), continued(words)),
    }
}

/// A sentence's words in the middle of another: its first letter is small, unless it begins with an abbreviation.
fn continued(words: &str) -> String {
    let mut letters = words.chars();
    let Some(first) = letters.next() else { return String::new() };
    let is_abbreviation = letters.clone().next().is_some_and(char::is_uppercase);
    if is_abbreviation { words.to_owned() } else { first.to_lowercase().chain(letters).collect() }
}

/// A count of rows as text.
fn rows(count: u32, texts: Texts, language: Language) -> String {
    (texts.catalogue().rows)(&format::count(count.into(), language))
}

/// All problem groups, the vague descriptions, and the list of corrections.
#[component]
pub fn Problems(
    /// The editor of the draft.
    editor: DraftEditor,
) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let report = move |read: fn(&Report) -> u32| {
        Memo::new(move |_| editor.report.with(|report| report.as_ref().map_or(0, read)))
    };
    let left_out = report(|report| report.rows - report.good_rows);
    let all = report(|report| report.rows);
    let keys = Memo::new(move |_| {
        let key = |problem: &Problem| (problem.role, problem.fault);
        editor.report.with(|report| {
            report
                .as_ref()
                .map(|report| report.problems.iter().map(key).collect::<Vec<_>>())
                .unwrap_or_default()
        })
    });
    let lead = move || match left_out.get() {
        0 if all.get() == 0 => String::new(),
        0 => texts.catalogue().no_problems.to_owned(),
        rows => (texts.catalogue().problems_lead)(&format::count(rows.into(), language)),
    };
    let without = move || {
        editor
            .edits
            .with(|edits| edits.without.clone())
            .into_iter()
            .map(|role| view! { <LeftAway editor role /> })
            .collect_view()
    };
    let countries = format::countries(language)
        .into_iter()
        .map(|(_, name)| view! { <option value=name></option> })
        .collect_view();
    view! {
        <section class="block" id="problems">
            <h2>{texts.catalogue().problems}</h2>
            <p class="quiet" role="status">
                {lead}
            </p>
            <datalist id=COUNTRIES>{countries}</datalist>
            <For each=move || keys.get() key=|key| *key let:key>
                <OneProblem editor key />
            </For>
            {without}
            <LeftOutRows editor />
            <VagueRows editor />
            <Changes editor />
        </section>
    }
}

/// A notice that unreadable values of a role are dropped, with an undo button.
#[component]
fn LeftAway(editor: DraftEditor, role: Role) -> impl IntoView {
    let texts = use_texts();
    let undo = move |_| editor.change_edits(|edits| edits.without.retain(|other| *other != role));
    view! {
        <p class="settled">
            {(texts.catalogue().left_away)(role_name(role, texts))} " "
            <button type="button" class="link" on:click=undo>
                {texts.catalogue().undo}
            </button>
        </p>
    }
}

/// Number of corrections listed; the rest are only counted.
const MOST_CHANGES: usize = 20;

/// The person's corrections, each with an undo button.
#[component]
fn Changes(editor: DraftEditor) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let texts_changed = Memo::new(move |_| editor.edits.with(|edits| edits.texts.clone()));
    let rows_changed = Memo::new(move |_| editor.edits.with(|edits| edits.rows.clone()));
    let line = move |from: String, to: String, undo: Callback<()>| {
        view! {
            <li>
                <span>{(texts.catalogue().changed)(&from, &to)}</span>
                <button type="button" class="link" on:click=move |_| undo.run(())>
                    {texts.catalogue().undo}
                </button>
            </li>
        }
    };
    let of_texts = move |edit: TextEdit| {
        let (from, to, gone) = (edit.from.clone(), edit.to.clone(), edit);
        let undo = move |()| editor.change_edits(|edits| edits.texts.retain(|other| *other != gone));
        line(from, to, Callback::new(undo))
    };
    let of_rows = move |edit: RowEdit| {
        // Edits of older versions have no number.
        let number = if edit.number == 0 { edit.row + 1 } else { edit.number };
        let from = (texts.catalogue().in_row)(&format::count(number as u64, language));
        let (to, gone) = (edit.text.clone(), edit);
        let undo = move |()| editor.change_edits(|edits| edits.rows.retain(|other| *other != gone));
        line(from, to, Callback::new(undo))
    };
    let lines = move || {
        let texts = texts_changed.get().into_iter().map(of_texts).map(IntoAny::into_any);
        let rows = rows_changed.get().into_iter().map(of_rows).map(IntoAny::into_any);
        texts.chain(rows).take(MOST_CHANGES).collect_view()
    };
    let count = move || texts_changed.with(Vec::len) + rows_changed.with(Vec::len);
    let more = move || {
        let more = count().saturating_sub(MOST_CHANGES);
        more_texts(u32::try_from(more).unwrap_or(u32::MAX), texts, language)
    };
    view! {
        <Show when=move || count() != 0>
            <details class="problem-group" id="changes">
                <summary>{move || (texts.catalogue().changes)(&format::count(count() as u64, language))}</summary>
                <ul class="changes">{lines}</ul>
                <p class="hint">{more}</p>
            </details>
        </Show>
    }
}

/// The group of rows that share a role and a fault.
#[component]
fn OneProblem(editor: DraftEditor, key: Key) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let (role, fault) = key;
    let problem = Memo::new(move |_| {
        editor.report.with(|report| {
            let problems = report.as_ref().map(|report| report.problems.as_slice()).unwrap_or_default();
            problems.iter().find(|problem| (problem.role, problem.fault) == key).cloned()
        })
    });
    let count = move || problem.with(|problem| problem.as_ref().map_or(0, |problem| problem.rows));
    let more = move || problem.with(|problem| problem.as_ref().map_or(0, |problem| problem.more));
    let said =
        move || problem.with(|problem| problem.as_ref().map(|one| one.said.clone()).unwrap_or_default());
    let leave_away = move |_| editor.change_edits(|edits| edits.without.push(role));
    let may_be_left_away = role != Role::Description && role != Role::Picture;
    view! {
        <details class="problem-group" open=true>
            <summary>
                {move || (texts.catalogue().problem)(&fault_name(role, fault, texts), &rows(count(), texts, language))}
            </summary>
            <ul class="corrections">
                <For each=said key=|said| (said.text.clone(), said.row, said.rows) let:said>
                    <Correction editor role said />
                </For>
            </ul>
            <p class="hint">{move || more_texts(more(), texts, language)}</p>
            {may_be_left_away
                .then(|| {
                    view! {
                        <button type="button" class="secondary small" on:click=leave_away>
                            {(texts.catalogue().leave_away)(role_name(role, texts))}
                        </button>
                    }
                })}
        </details>
    }
}

fn more_texts(more: u32, texts: Texts, language: Language) -> Option<String> {
    (more > 0).then(|| (texts.catalogue().more_texts)(&format::count(more.into(), language)))
}

/// The form that replaces a text in every row that has it, or fills an empty cell of one row.
#[component]
fn Correction(editor: DraftEditor, role: Role, said: Said) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let Said { text, rows: count, row, number, about, suggestion } = said;
    let typed = RwSignal::new(text.clone());
    let label = if text.is_empty() { about.clone() } else { (texts.catalogue().instead_of)(&text) };
    let place = match count {
        1 => format!("{} · {about}", (texts.catalogue().in_row)(&format::count(number as u64, language))),
        count => rows(count, texts, language),
    };
    let shown = if text.is_empty() { texts.catalogue().says_nothing.to_owned() } else { text.clone() };
    let has_text = !text.is_empty();
    let original = StoredValue::new(text);
    let apply = move |event: SubmitEvent| {
        event.prevent_default();
        let text = typed.get_untracked();
        editor.change_edits(|edits| match has_text {
            true => original.with_value(|from| edits.set_text(role, from, text)),
            false => edits.set_row(RowEdit { row, number, role, text }),
        });
    };
    let is_same = move || original.with_value(|original| typed.with(|typed| typed.trim() == original));
    let list = matches!(role, Role::Origin | Role::Destination).then_some(COUNTRIES);
    view! {
        <li>
            <p class="original">
                <q class:quiet=!has_text>{shown}</q>
                <span class="hint">{place}</span>
            </p>
            <form class="with-button" on:submit=apply>
                <input
                    aria-label=label
                    list=list
                    autocomplete="off"
                    prop:value=move || typed.get()
                    on:input=move |event| typed.set(event_target_value(&event))
                />
                <button type="submit" class="secondary small" disabled=is_same>
                    {texts.catalogue().apply}
                </button>
                {suggestion
                    .map(|suggestion| {
                        let label = (texts.row_faults().suggestion)(&suggestion);
                        let take = move |_| typed.set(suggestion.clone());
                        view! {
                            <button type="button" class="link" on:click=take>
                                {label}
                            </button>
                        }
                    })}
            </form>
        </li>
    }
}

/// Rows whose descriptions are too vague to classify, and the choice to send or leave them out.
#[component]
fn VagueRows(editor: DraftEditor) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let vague = Memo::new(move |_| {
        editor.report.with(|report| report.as_ref().map(|report| report.vague.clone()).unwrap_or_default())
    });
    let count = Memo::new(move |_| vague.with(|vague| vague.rows));
    let leaves_out = Memo::new(move |_| editor.edits.with(|edits| edits.leaves_out_vague));
    let set = move |leaves: bool| editor.change_edits(|edits| edits.leaves_out_vague = leaves);
    let said = move || vague.with(|Vague { said, .. }| said.clone());
    view! {
        <Show when=move || count.get() != 0>
            <details class="problem-group" id="vague" open=true>
                <summary>{move || (texts.catalogue().vague)(&format::count(count.get().into(), language))}</summary>
                <p class="quiet">{texts.catalogue().vague_lead}</p>
                <ul class="corrections">
                    <For each=said key=|said| (said.text.clone(), said.row, said.rows) let:said>
                        <Correction editor role=Role::Description said />
                    </For>
                </ul>
                <p class="hint">{move || more_texts(vague.with(|vague| vague.more), texts, language)}</p>
                <div class="switch" role="group">
                    <button
                        type="button"
                        aria-pressed=move || (!leaves_out.get()).to_string()
                        on:click=move |_| set(false)
                    >
                        {texts.catalogue().vague_send}
                    </button>
                    <button
                        type="button"
                        id="leave-out-vague"
                        aria-pressed=move || leaves_out.get().to_string()
                        on:click=move |_| set(true)
                    >
                        {texts.catalogue().vague_leave_out}
                    </button>
                </div>
            </details>
        </Show>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_stay_in_capitals_within_a_sentence() {
        assert_eq!(continued("Not EUR, USD, GBP or CNY"), "not EUR, USD, GBP or CNY");
        assert_eq!(continued("EUR only"), "EUR only");
        assert_eq!(continued(""), "");
    }
}
