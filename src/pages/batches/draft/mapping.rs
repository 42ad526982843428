//! The columns of a draft's file, a row each: its title, what it is used as and why, and some of its texts.

use import8_catalogue::columns::{ColumnOverview, PriceBasis, Role, Why};
use leptos::prelude::*;

use super::editor::DraftEditor;
use super::roles::{name_of, role_name};
use crate::browser::memo::Memo;
use crate::components::show::Show;
use crate::i18n::{Language, Texts, format, use_language, use_texts};

/// Up to so many columns are all listed. Of a wider file, the unused ones are folded away.
const FEW: usize = 12;

/// The columns of the sheet that is open.
#[component]
pub fn ColumnMapping(
    /// The editor of the draft.
    editor: DraftEditor,
) -> impl IntoView {
    // A column stays where it is when its use is changed, so only another sheet or title row draws the lists anew.
    let columns = Memo::new(move |_| {
        editor.opened.with(|opened| opened.as_ref().map(|opened| opened.columns.clone()).unwrap_or_default())
    });
    move || {
        let all: Vec<_> = columns.get().into_iter().enumerate().collect();
        let is_unused = |column: usize| {
            editor.mapping.with_untracked(|mapping| {
                mapping.as_ref().is_some_and(|mapping| !matches!(mapping.roles.get(column), Some(Some(_))))
            })
        };
        let is_wide = all.len() > FEW;
        let (folded, listed): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|(column, _)| is_wide && is_unused(*column));
        view! {
            <ColumnList editor columns=listed />
            {(!folded.is_empty()).then(|| view! { <Folded editor columns=folded /> })}
        }
    }
}

/// The unused columns of a wide file.
#[component]
fn Folded(editor: DraftEditor, columns: Vec<(usize, ColumnOverview)>) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let count = format::count(columns.len() as u64, language);
    let is_open = RwSignal::new(false);
    let columns = StoredValue::new(columns);
    view! {
        <details class="fold" on:toggle=move |_| is_open.update(|is_open| *is_open = !*is_open)>
            <summary>{(texts.columns().unused_columns)(&count)}</summary>
            <Show when=move || is_open.get()>
                <ColumnList editor columns=columns.get_value() />
            </Show>
        </details>
    }
}

#[component]
fn ColumnList(editor: DraftEditor, columns: Vec<(usize, ColumnOverview)>) -> impl IntoView {
    let part = use_texts().columns();
    let rows =
        columns.into_iter().map(|(column, overview)| view! { <Row editor column overview /> }).collect_view();
    view! {
        <table class="mapping">
            <thead>
                <tr>
                    <th scope="col">{part.your_column}</th>
                    <th scope="col">{part.used_as}</th>
                    <th scope="col">{part.examples}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

#[component]
fn Row(editor: DraftEditor, column: usize, overview: ColumnOverview) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let part = texts.columns();
    let name = column_name(column, &overview.title, texts);
    let ColumnOverview { title, samples, is_hidden } = overview;
    let place = (!title.is_empty()).then(|| column_name(column, "", texts));
    let id = format!("column-{column}");
    let own = Memo::new(move |_| {
        editor.mapping.with(|mapping| {
            let mapping = mapping.as_ref()?;
            Some((mapping.roles.get(column).copied().flatten()?, mapping.why(column)))
        })
    });
    let role = move || own.get().map(|(role, _)| role);
    let choose = move |event| {
        let chosen = event_target_value(&event);
        let role = Role::ALL.into_iter().find(|role| name_of(*role) == chosen);
        editor.change_mapping(|mapping| mapping.assign(column, role));
    };
    let options = Role::ALL.map(|own| {
        view! {
            <option value=name_of(own) prop:selected=move || role() == Some(own)>
                {role_name(own, texts)}
            </option>
        }
    });
    let price = Memo::new(move |_| editor.report.with(|report| report.as_ref().map(|one| one.price)));
    let notes = move || {
        let (role, why) = own.get()?;
        let basis = if role == Role::UnitValue { price.get() } else { None };
        let basis = basis.and_then(|basis| basis_words(basis, texts, language));
        let why = (why == Some(Why::Content)).then(|| part.by_content.to_owned());
        Some(why.into_iter().chain(basis).collect::<Vec<_>>().join("; "))
    };
    let samples = samples.into_iter().map(|text| view! { <li>{text}</li> }).collect_view();
    view! {
        <tr data-used=move || own.get().is_some().to_string()>
            <th scope="row">
                <label for=id.clone()>{name}</label>
                <span class="hint">{place} {is_hidden.then(|| format!(" · {}", part.hidden_column))}</span>
            </th>
            <td>
                <select class="choice" id=id on:change=choose>
                    <option value="" prop:selected=move || role().is_none()>
                        {part.ignored}
                    </option>
                    {options.into_iter().collect_view()}
                </select>
                <span class="hint">{notes}</span>
            </td>
            <td>
                <ul class="samples">{samples}</ul>
            </td>
        </tr>
    }
}

/// How the value of one unit comes from a price for several.
fn basis_words(basis: PriceBasis, texts: Texts, language: Language) -> Option<String> {
    let part = texts.columns();
    match basis {
        PriceBasis::Unit => None,
        PriceBasis::Units(units) => Some((part.price_of_units)(&format::count(units.into(), language))),
        PriceBasis::Pack => Some(part.price_of_pack.to_owned()),
        PriceBasis::Line => Some(part.price_of_line.to_owned()),
    }
}

/// The title of a column, from 0; without one, its letters in a spreadsheet.
#[must_use]
pub fn column_name(column: usize, title: &str, texts: Texts) -> String {
    if title.is_empty() { (texts.columns().column)(&letters(column)) } else { title.to_owned() }
}

/// The letters of a column in a spreadsheet: `A` for 0, `AA` for 26.
fn letters(column: usize) -> String {
    let letter = char::from(b'A' + u8::try_from(column % 26).unwrap_or_default());
    match (column / 26).checked_sub(1) {
        Some(rest) => format!("{}{letter}", letters(rest)),
        None => letter.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_letters_of_a_spreadsheet() {
        let check = |column, expected: &str| assert_eq!(letters(column), expected, "{column}");
        check(0, "A");
        check(25, "Z");
        check(26, "AA");
        check(51, "AZ");
        check(701, "ZZ");
        check(702, "AAA");
    }
}
