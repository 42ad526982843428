//! The column mapping of a draft: the role of each column and the settings by which the file is read.

use import8_api::{Country, Currency};
use import8_catalogue::FirstRow;
use import8_catalogue::amount::DecimalMark;
use import8_catalogue::columns::{Mapping, Role};
use leptos::prelude::*;

use super::editor::DraftEditor;
use super::mapping::ColumnMapping;
use crate::browser::memo::Memo;
use crate::i18n::{format, use_language, use_texts};

/// The columns of the file with their roles, and the reading settings below them.
#[component]
pub fn Columns(
    /// The editor of the draft.
    editor: DraftEditor,
) -> impl IntoView {
    let texts = use_texts();
    let lacks = move || {
        let has = |role| move |mapping: &Mapping| mapping.columns(role).next().is_some();
        let is_described = editor.mapping.with(|mapping| {
            mapping.as_ref().is_none_or(|own| has(Role::Description)(own) || has(Role::Picture)(own))
        });
        (!is_described).then_some(texts.columns().no_description)
    };
    // Another sheet has other rows.
    let sheet = Memo::new(move |_| editor.opened.with(|opened| opened.as_ref().map(|one| one.sheet.clone())));
    view! {
        <section class="block">
            <h2>{texts.columns().columns}</h2>
            <p class="quiet">
                {texts.columns().columns_hint}
                {move || editor.is_remembered.get().then(|| format!(" {}", texts.columns().as_last_time))}
            </p>
            <ColumnMapping editor />
            <p class="problem" role="alert">
                {lacks}
            </p>
            {move || {
                sheet.track();
                view! { <Settings editor /> }
            }}
        </section>
    }
}

/// The settings of a draft: sheet, title row, decimal mark, and the default origin, destination and
/// currency.
#[component]
fn Settings(editor: DraftEditor) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let own = move |read: fn(&Mapping) -> String| {
        Signal::derive(move || editor.mapping.with(|mapping| mapping.as_ref().map(read).unwrap_or_default()))
    };
    let (sheets, read_sheet) = editor.opened.with_untracked(|opened| {
        opened.as_ref().map(|opened| (opened.sheets.clone(), opened.sheet.clone())).unwrap_or_default()
    });
    let rows = editor
        .opened
        .with_untracked(|opened| opened.as_ref().map(|opened| opened.first_rows.clone()).unwrap_or_default());
    let sheet = Signal::derive(move || editor.sheet.get().unwrap_or_else(|| read_sheet.clone()));
    let sheets: Vec<_> = sheets.into_iter().map(|sheet| (sheet.name.clone(), sheet.name)).collect();
    let countries: Vec<_> =
        format::countries(language).into_iter().map(|(country, name)| (country.to_string(), name)).collect();
    let origins =
        [(String::new(), texts.columns().origin_none.to_owned())].into_iter().chain(countries.clone());
    let title_row = |(row, FirstRow { number, text }): (usize, FirstRow)| {
        let place = (texts.columns().row)(&number.to_string());
        (row.to_string(), if text.is_empty() { place } else { format!("{place}: {text}") })
    };
    let titles = [(String::new(), texts.columns().no_titles.to_owned())]
        .into_iter()
        .chain(rows.into_iter().enumerate().map(title_row));
    let marks = [
        ("comma".to_owned(), texts.columns().decimal_comma.to_owned()),
        ("point".to_owned(), texts.columns().decimal_point.to_owned()),
    ];
    let currencies = Currency::ALL.map(|currency| (currency.to_string(), currency.to_string()));
    let has_several = sheets.len() > 1;
    let choose_mark = move |value: String| {
        let decimal = if value == "comma" { DecimalMark::Comma } else { DecimalMark::Point };
        editor.change_mapping(|mapping| mapping.set_decimal(decimal));
    };
    view! {
        <div class="settings">
            {has_several
                .then(|| {
                    view! {
                        <Choice
                            id="sheet"
                            label=texts.columns().sheet
                            options=sheets
                            chosen=sheet
                            choose=move |name| editor.choose_sheet(name)
                        />
                    }
                })}
            <Choice
                id="titles-row"
                label=texts.columns().titles_row
                options=titles.collect()
                chosen=own(|mapping| mapping.titles.map(|row| row.to_string()).unwrap_or_default())
                choose=move |row: String| editor.choose_titles(row.parse().ok())
            />
            <Choice
                id="decimal"
                label=texts.columns().decimal
                options=marks.into()
                chosen=own(|mapping| {
                    if mapping.decimal == DecimalMark::Comma { "comma" } else { "point" }.to_owned()
                })
                choose=choose_mark
            />
            <Choice
                id="origin"
                label=texts.columns().origin
                options=origins.collect()
                chosen=own(|mapping| mapping.origin.map(|country| country.to_string()).unwrap_or_default())
                choose=move |code: String| editor.change_mapping(|mapping| mapping.origin = code.parse().ok())
            />
            <Choice
                id="destination"
                label=texts.columns().destination
                options=countries
                chosen=own(|mapping| mapping.destination.to_string())
                choose=move |code: String| {
                    editor.change_mapping(|mapping| mapping.destination = code.parse().unwrap_or(Country::NL))
                }
            />
            <Choice
                id="currency"
                label=texts.columns().currency
                options=currencies.into()
                chosen=own(|mapping| mapping.currency.to_string())
                choose=move |code: String| {
                    editor.change_mapping(|mapping| mapping.set_currency(code.parse().unwrap_or_default()))
                }
            />
        </div>
    }
}

/// A labelled `<select>`.
#[component]
fn Choice(
    id: &'static str,
    label: &'static str,
    /// Value and label of each option.
    options: Vec<(String, String)>,
    /// The value of the selected option.
    chosen: Signal<String>,
    /// Called with the value that the person selects.
    #[prop(into)]
    choose: Callback<String>,
) -> impl IntoView {
    let chosen = Memo::new(move |_| chosen.get());
    // There are hundreds of countries, so the list follows the choice and not each of its options.
    let first = chosen.get_untracked();
    let options = options
        .into_iter()
        .map(|(value, words)| {
            let is_first = value == first;
            view! {
                <option value=value selected=is_first>
                    {words}
                </option>
            }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <select
                id=id
                class="choice"
                prop:value=move || chosen.get()
                on:change=move |event| choose.run(event_target_value(&event))
            >
                {options}
            </select>
        </div>
    }
}
