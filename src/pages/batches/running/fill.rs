//! The form that writes the person's file with result columns added.

use import8_api::Extension;
use import8_catalogue::columns::Role;
use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;

use super::cells::lacks_code;
use super::columns::{Column, Group, are_told};
use super::product::deciding;
use super::write::{Asking, FileFormat, Order, Trouble, WriteStep, kind_by_name, write};
use crate::api::ApiError;
use crate::browser::memo::Memo;
use crate::browser::sheet_worker::{FileKind, SheetError};
use crate::browser::task::{effect, spawn_local, spawn_while_shown};
use crate::components::csv_reader::CsvReaderChoice;
use crate::components::failure::explain;
use crate::components::sheet_failure::{not_read, not_written};
use crate::components::show::Show;
use crate::i18n::{format, use_language, use_texts};
use crate::outbox::batches::journal::Catalogue;
use crate::outbox::batches::state::Tally;
use crate::outbox::batches::{Journal, use_batches};
use crate::outbox::reviews::use_reviews;
use crate::session::use_session;

/// The state of the form.
#[derive(Debug, Clone, PartialEq)]
enum State {
    Idle,
    Busy(WriteStep),
    /// Saved under this name, with the error if the decided codes could not be updated first.
    Saved(String, Option<ApiError>),
    NotRead(SheetError),
    NotWritten(SheetError),
}

/// The section that chooses columns and file format, and writes the file.
#[component]
pub fn Fill(
    /// The identifier of the catalogue.
    id: StoredValue<String>,
    /// Number of products in each state.
    tally: Memo<Tally>,
    /// Whether the section is expanded.
    is_open: RwSignal<bool>,
) -> impl IntoView {
    let (batches, session, texts, language) = (use_batches(), use_session(), use_texts(), use_language());
    let reviews = use_reviews();
    let catalogue = id.with_value(|id| untrack(|| batches.get(id)));
    let name = catalogue.as_ref().map(|one| one.name.clone()).unwrap_or_default();
    let kind = catalogue.as_ref().and_then(|one| one.kind).unwrap_or_else(|| kind_by_name(&name));
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
    let (form, is_without_code) = (RwSignal::new(FileFormat::Same), RwSignal::new(false));
    let is_csv = Memo::new(move |_| form.get().is_text(kind));
    let workbook = move || match kind {
        FileKind::Workbook(kind) if !is_csv.get() => Some(match (kind.is_kept(), is_without_code.get()) {
            (false, _) => texts.fill().workbook_new,
            (true, false) => texts.fill().workbook_kept,
            (true, true) => texts.fill().workbook_rows,
        }),
        _ => None,
    };
    let (state, waiting) = (RwSignal::new(State::Idle), RwSignal::new(0));
    let tells = Memo::new(move |_| session.has(&Extension::Decided));
    let order = RwSignal::new(None::<Order>);
    effect(move || {
        let Some(order) = order.get() else { return };
        let client = untrack(|| tells.get()).then(|| session.client(language.code()));
        spawn_while_shown(async move {
            let id = id.get_value();
            let tell = move |step| state.set(State::Busy(step));
            let asking = Asking { batches, reviews, tell, waiting };
            let not_asked = match client {
                Some(client) => asking.ask(&id, &order, &client).await.err(),
                None => None,
            };
            tell(WriteStep::Writing);
            state.set(match write(batches, reviews, &id, order, texts).await {
                Ok(name) => State::Saved(name, not_asked),
                Err(Trouble::NotRead(error)) => State::NotRead(error),
                Err(Trouble::NotWritten(error)) => State::NotWritten(error),
            });
        });
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        // In the order of the file, not of the ticks.
        let chosen = chosen.get_untracked();
        let columns = Column::ALL.into_iter().filter(|column| chosen.contains(column)).collect();
        let (form, is_without_code) = (form.get_untracked(), is_without_code.get_untracked());
        order.set(Some(Order { columns, form, is_without_code }));
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
    let options = FileFormat::ALL.map(|own| {
        view! {
            <option value=own.as_str() prop:selected=move || form.get() == own>
                {own.word(texts)}
            </option>
        }
    });
    let choose = move |event| {
        let value = event_target_value(&event);
        form.set(FileFormat::ALL.into_iter().find(|own| own.as_str() == value).unwrap_or(FileFormat::Same));
    };
    let without = Memo::new(move |_| {
        reviews.track();
        let decide = deciding(reviews);
        let count = |journal: &Journal| {
            journal.plan.rows.iter().filter(|row| lacks_code(row, journal, &decide)).count()
        };
        id.with_value(|id| batches.with_journal(id, |journal| journal.map_or(0, count)))
    });
    let outcome = move || match state.get() {
        State::Idle => String::new(),
        State::Busy(_) if waiting.get() > 0 => (texts.running().is_waiting)(&waiting.get().to_string()),
        State::Busy(WriteStep::Asking) => texts.fill().asking.to_owned(),
        State::Busy(WriteStep::AskingCosts(left)) => {
            (texts.fill().asking_costs)(&format::count(left as u64, language))
        }
        State::Busy(WriteStep::Writing) => texts.fill().writing.to_owned(),
        State::Saved(name, None) => (texts.fill().saved)(&name),
        State::Saved(name, Some(error)) => {
            let why = explain(&error, texts).title;
            format!("{} {} {why}.", (texts.fill().saved)(&name), texts.fill().not_asked)
        }
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
            <p class="quiet">{texts.fill().lead} " " {workbook}</p>
            <Show when=move || session.account().is_some() && !tells.get()>
                <p class="hint" id="untold-elsewhere">{texts.fill().untold_elsewhere}</p>
            </Show>
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
                        disabled=move || state.with(|state| matches!(state, State::Busy(_)))
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

/// The checkbox of a column.
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

/// The button that fetches the details of each product, for services that do not send them with a batch.
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
        spawn_local(async move {
            let want = |catalogue: &mut Catalogue| catalogue.wants_details = true;
            let id = id.get_value();
            batches.note_word(&id, batches.change(&id, want).await);
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
