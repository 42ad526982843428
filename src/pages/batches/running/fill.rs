//! The person's own file, with the results in it.

use import8_catalogue::catalogue::Form;
use import8_catalogue::columns::Role;
use import8_catalogue::report::Row;
use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;

use super::cells::{Column, Group, are_told, cells, lacks_code};
use crate::batches::journal::Catalogue;
use crate::batches::state::Tally;
use crate::batches::{Batches, use_batches};
use crate::components::csv_reader::{CsvReaderChoice, in_csv};
use crate::components::sheet_failure::{not_read, not_written};
use crate::database;
use crate::format;
use crate::i18n::{use_language, use_texts};
use crate::load::spawn_while_shown;
use crate::locales::Texts;
use crate::session::use_session;
use crate::sheets::{Format, Opening, Separators, SheetError};

/// So many rows are given to the worker at a time.
const CHUNK: usize = 1_000;

/// In which form the file comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Same,
    Dutch,
    International,
    Xlsx,
}

impl Kind {
    const ALL: [Self; 4] = [Self::Same, Self::Xlsx, Self::Dutch, Self::International];

    fn form(self) -> Form {
        match self {
            Self::Same => Form::Same,
            Self::Dutch => Form::Csv(Separators::Dutch),
            Self::International => Form::Csv(Separators::International),
            Self::Xlsx => Form::Xlsx,
        }
    }

    fn word(self, texts: Texts) -> &'static str {
        match self {
            Self::Same => texts.fill().same,
            Self::Dutch => texts.fill().csv_dutch,
            Self::International => texts.fill().csv_international,
            Self::Xlsx => texts.fill().xlsx,
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Dutch => "dutch",
            Self::International => "international",
            Self::Xlsx => "xlsx",
        }
    }

    /// The format of the file, which in its own form goes by its ending.
    fn format(self, name: &str) -> Format {
        match self {
            Self::Same if is_workbook(name) => Format::Xlsx,
            Self::Xlsx => Format::Xlsx,
            Self::Same | Self::International => Format::Csv(Separators::International),
            Self::Dutch => Format::Csv(Separators::Dutch),
        }
    }
}

/// Whether a file of this name is a workbook, as far as names tell.
fn is_workbook(name: &str) -> bool {
    let name = name.to_lowercase();
    [".xlsx", ".xlsm", ".xls", ".ods"].iter().any(|ending| name.ends_with(ending))
}

/// What is wanted.
#[derive(Debug, Clone, PartialEq)]
struct Order {
    columns: Vec<Column>,
    kind: Kind,
    is_without_code: bool,
}

/// How far it is.
#[derive(Debug, Clone, PartialEq)]
enum State {
    Idle,
    Writing,
    Saved(String),
    NotRead(SheetError),
    NotWritten(SheetError),
}

/// What to add, and the button that writes the file.
#[component]
pub fn Fill(
    /// The catalogue.
    id: StoredValue<String>,
    /// How many products are in which state.
    tally: Memo<Tally>,
    /// Whether the choices are shown.
    is_open: RwSignal<bool>,
) -> impl IntoView {
    let (batches, session, texts, language) = (use_batches(), use_session(), use_texts(), use_language());
    let catalogue = id.with_value(|id| untrack(|| batches.get(id)));
    let name = catalogue.as_ref().map(|one| one.name.clone()).unwrap_or_default();
    let is_workbook = is_workbook(&name);
    let workbook = is_workbook.then(|| format!(" {}", texts.fill().workbook));
    let roles = catalogue.and_then(|one| one.mapping).map(|mapping| mapping.roles).unwrap_or_default();
    let may_have = move |column: &Column| match column {
        Column::Agreement => roles.contains(&Some(Role::CurrentCode)),
        column if column.group() == Group::Cost => roles.contains(&Some(Role::UnitValue)),
        _ => true,
    };
    let offered: Vec<_> = Column::ALL.into_iter().filter(may_have).collect();
    let has_value = offered.contains(&Column::Total);
    let usual =
        offered.iter().copied().filter(|column| column.is_usual() || (has_value && *column == Column::Total));
    let chosen = RwSignal::new(usual.collect::<Vec<_>>());
    let (kind, is_without_code) = (RwSignal::new(Kind::Same), RwSignal::new(false));
    let is_csv = Memo::new(move |_| matches!(kind.get().format(&name), Format::Csv(_)));
    let state = RwSignal::new(State::Idle);
    let order = RwSignal::new(None::<Order>);
    Effect::new(move |_| {
        let Some(order) = order.get() else { return };
        state.set(State::Writing);
        spawn_while_shown(async move {
            state.set(match write(batches, &id.get_value(), order, texts).await {
                Ok(name) => State::Saved(name),
                Err(Trouble::NotRead(error)) => State::NotRead(error),
                Err(Trouble::NotWritten(error)) => State::NotWritten(error),
            });
        });
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        // In the order of the file, whatever was ticked first.
        let chosen = chosen.get_untracked();
        let columns = Column::ALL.into_iter().filter(|column| chosen.contains(column)).collect();
        let (kind, is_without_code) = (kind.get_untracked(), is_without_code.get_untracked());
        order.set(Some(Order { columns, kind, is_without_code }));
    };
    let group = move |group: Group| {
        let words = match group {
            Group::Code => texts.fill().group_code,
            Group::Certainty => texts.fill().group_certainty,
            Group::Cost => texts.fill().group_cost,
            Group::Reference => texts.fill().group_reference,
        };
        let own: Vec<_> = offered.iter().copied().filter(|column| column.group() == group).collect();
        let boxes = own.iter().map(|&column| view! { <Box column chosen /> }).collect_view();
        (!own.is_empty()).then(|| {
            view! {
                <fieldset class="export-options">
                    <legend>{words}</legend>
                    {boxes}
                </fieldset>
            }
        })
    };
    let options = Kind::ALL.map(|own| {
        view! {
            <option value=own.as_str() prop:selected=move || kind.get() == own>
                {own.word(texts)}
            </option>
        }
    });
    let choose = move |event| {
        let value = event_target_value(&event);
        kind.set(Kind::ALL.into_iter().find(|own| own.as_str() == value).unwrap_or(Kind::Same));
    };
    let without = Memo::new(move |_| {
        id.with_value(|id| {
            batches.with_journal(id, |journal| {
                journal.map_or(0, |journal| {
                    journal.plan.rows.iter().filter(|row| lacks_code(row, journal)).count()
                })
            })
        })
    });
    let outcome = move || match state.get() {
        State::Idle => String::new(),
        State::Writing => texts.fill().writing.to_owned(),
        State::Saved(name) => (texts.fill().saved)(&name),
        State::NotRead(error) => not_read(&error, texts, language),
        State::NotWritten(error) => not_written(&error, texts, language),
    };
    let told = Memo::new(move |_| session.account().is_none_or(|account| are_told(&account.extensions)));
    let has_codes = move || tally.with(|tally| tally.completed + tally.known > 0);
    let fold = NodeRef::<html::Details>::new();
    let note = move |_| {
        if let Some(fold) = fold.get_untracked() {
            is_open.set(fold.open());
        }
    };
    view! {
        <details class="fold fill" id="fill" node_ref=fold prop:open=move || is_open.get() on:toggle=note>
            <summary>{texts.fill().title}</summary>
            <p class="quiet">{texts.fill().lead} {workbook}</p>
            <Show when=move || !told.get() && has_codes()>
                <Details id />
            </Show>
            <form on:submit=submit>
                <div class="fill-columns">{Group::ALL.map(group).into_iter().collect_view()}</div>
                <div class="settings">
                    <div class="field">
                        <label for="fill-form">{texts.fill().form}</label>
                        <select id="fill-form" class="choice" on:change=choose>
                            {options.into_iter().collect_view()}
                        </select>
                        <Show when=move || is_csv.get()>
                            <CsvReaderChoice />
                        </Show>
                    </div>
                    <fieldset class="export-options">
                        <legend>{texts.fill().which}</legend>
                        <label class="export-option">
                            <input
                                type="radio"
                                name="fill-rows"
                                prop:checked=move || !is_without_code.get()
                                on:change=move |_| is_without_code.set(false)
                            />
                            <span>{texts.fill().all_rows}</span>
                        </label>
                        <label class="export-option">
                            <input
                                type="radio"
                                name="fill-rows"
                                id="fill-without-code"
                                prop:checked=move || is_without_code.get()
                                disabled=move || without.get() == 0
                                on:change=move |_| is_without_code.set(true)
                            />
                            <span>
                                {move || (texts.fill().without_code)(&format::count(without.get() as u64, language))}
                            </span>
                        </label>
                    </fieldset>
                </div>
                <div class="submit">
                    <button
                        type="submit"
                        class="primary"
                        id="download"
                        disabled=move || state.with(|state| *state == State::Writing)
                    >
                        {texts.fill().run}
                    </button>
                    <span role="status" id="fill-outcome">
                        {outcome}
                    </span>
                </div>
            </form>
        </details>
    }
}

/// A column to tick.
#[component]
fn Box(column: Column, chosen: RwSignal<Vec<Column>>) -> impl IntoView {
    let texts = use_texts();
    let is_chosen = move || chosen.with(|chosen| chosen.contains(&column));
    let tick = move |event| {
        let is_ticked = event_target_checked(&event);
        chosen.update(|chosen| {
            chosen.retain(|other| *other != column);
            if is_ticked {
                chosen.push(column);
            }
        });
    };
    view! {
        <label class="export-option">
            <input type="checkbox" prop:checked=is_chosen on:change=tick />
            <span>{column.title(texts)}</span>
        </label>
    }
}

/// What the service tells of each product alone.
#[component]
fn Details(id: StoredValue<String>) -> impl IntoView {
    let (batches, session, texts, language) = (use_batches(), use_session(), use_texts(), use_language());
    let left = Memo::new(move |_| {
        id.with_value(|id| {
            batches.with_journal(id, |journal| {
                let items =
                    journal.into_iter().flat_map(|journal| &journal.batches).flat_map(|one| &one.items);
                items.filter(|item| item.detail.is_none()).count() as u64
            })
        })
    });
    let is_wanted = Memo::new(move |_| {
        id.with_value(|id| batches.get(id)).is_some_and(|catalogue| catalogue.wants_details)
    });
    let minutes = move || {
        let limit = session.account().map_or(60, |account| account.limits.rate_limit_per_minute);
        left.get().div_ceil(u64::from(limit.max(1)))
    };
    let number = move |number: u64| format::count(number, language);
    let get = move |_| {
        leptos::task::spawn_local(async move {
            let want = |catalogue: &mut Catalogue| catalogue.wants_details = true;
            // What cannot be written down is not asked for, which is seen.
            let _ = batches.change(&id.get_value(), want).await;
        });
    };
    let state = move || match is_wanted.get() {
        true => {
            view! { <p role="status">{(texts.fill().details_getting)(&number(left.get()))}</p> }.into_any()
        }
        false => view! {
            <p>{(texts.fill().details_body)(&number(left.get()), &number(minutes()))}</p>
            <button type="button" class="secondary small" id="get-details" on:click=get>
                {texts.fill().details_get}
            </button>
        }
        .into_any(),
    };
    view! {
        <Show when=move || left.get() != 0>
            <div class="notice">
                <p>
                    <strong>{texts.fill().details_title}</strong>
                </p>
                {state}
            </div>
        </Show>
    }
}

/// Why there is no file.
enum Trouble {
    NotRead(SheetError),
    NotWritten(SheetError),
}

/// Writes the file, and has the browser save it; answers what it is called.
async fn write(batches: Batches, id: &str, order: Order, texts: Texts) -> Result<String, Trouble> {
    let lost = || Trouble::NotRead(SheetError::Broken);
    let catalogue = untrack(|| batches.get(id)).ok_or_else(lost)?;
    let file = database::file(id).await.ok().flatten().ok_or_else(lost)?;
    let (mut opening, _) = Opening::start(&file).await.map_err(Trouble::NotRead)?;
    if let Some(sheet) = &catalogue.sheet {
        opening.sheet(sheet).await.map_err(Trouble::NotRead)?;
    }
    let format = order.kind.format(&catalogue.name);
    let is_csv = matches!(format, Format::Csv(_));
    let kind_of = |column: &Column| if is_csv { in_csv(column.kind()) } else { column.kind() };
    let kinds = order.columns.iter().map(kind_of).collect();
    opening.fill(order.kind.form(), kinds).await.map_err(Trouble::NotWritten)?;
    let origin = window().location().origin().unwrap_or_default();
    let titles_row = catalogue.mapping.as_ref().and_then(|mapping| mapping.titles);
    let titles: Vec<_> = order.columns.iter().map(|column| column.title(texts).to_owned()).collect();
    // As it is now: what comes in meanwhile is for the next file.
    let journal = untrack(|| batches.with_journal(id, |journal| journal.cloned())).ok_or_else(lost)?;
    let row = |(at, row): (usize, &Row)| {
        if titles_row == Some(at) {
            Some(titles.clone())
        } else if order.is_without_code && !lacks_code(row, &journal) {
            None
        } else {
            Some(cells(&order.columns, row, &journal, &origin, texts))
        }
    };
    for from in (0..journal.plan.rows.len()).step_by(CHUNK) {
        let rows = journal.plan.rows.iter().enumerate().skip(from).take(CHUNK).map(row).collect();
        opening.cells(rows).await.map_err(Trouble::NotWritten)?;
    }
    let name = format!("{}-{}.{}", stem(&catalogue.name), texts.fill().file_suffix, format.extension());
    opening.finish(&name, format.media_type()).await.map_err(Trouble::NotWritten)?;
    Ok(name)
}

/// A file's name without its ending.
fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_keeps_its_name_and_gets_the_ending_of_its_form() {
        assert_eq!(stem("shop.2026.csv"), "shop.2026");
        assert_eq!(stem("shop"), "shop");
        assert_eq!(Kind::Same.format("shop.XLSX"), Format::Xlsx);
        assert_eq!(Kind::Same.format("shop.ods"), Format::Xlsx);
        assert_eq!(Kind::Same.format("shop.csv").extension(), "csv");
        assert_eq!(Kind::Xlsx.format("shop.csv"), Format::Xlsx);
    }
}
