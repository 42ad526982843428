//! The export of history rows into a spreadsheet file.

pub mod columns;
pub mod job;
pub mod line;
pub mod pause;

use import8_api::{ClassificationSummary, MAX_PER_PAGE};
use leptos::ev::SubmitEvent;
use leptos::html::Details;
use leptos::prelude::*;

use self::job::{Count, Job, Order, Source, State, minutes_left, use_job};
use self::line::Corrections;
use super::selection::Selected;
use crate::api::listing::Listing;
use crate::browser::memo::Memo;
use crate::browser::sheet_worker::{Format, Separators};
use crate::browser::task::effect;
use crate::components::csv_reader::CsvReaderChoice;
use crate::components::failure::{EndWait, Explanation, explain};
use crate::components::sheet_failure::not_written;
use crate::components::show::Show;
use crate::i18n::{Language, format, use_language, use_texts};
use crate::session::use_session;

/// A file type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FileType {
    Csv,
    Xlsx,
}

/// The rows to export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    Selection,
    Page,
    All,
}

/// The rows that can be exported.
#[derive(Clone, Copy)]
pub struct Exportable {
    /// The selected rows.
    pub selected: Selected,
    /// The rows of the current page.
    pub page: Signal<Vec<ClassificationSummary>>,
    /// Number of matching rows.
    pub total: Signal<u64>,
    /// The list with all matching rows, if the service can filter it; `None` if the rows were found by a
    /// client-side scan.
    pub list: Signal<Option<Listing>>,
    /// The rows found by a client-side scan.
    pub found: Callback<(), Vec<ClassificationSummary>>,
}

/// The collapsible section with the export form and the progress of a file.
#[component]
pub fn Export(
    /// The rows that can be exported.
    rows: Exportable,
    /// The `<details>` element.
    fold: NodeRef<Details>,
) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let job = use_job();
    let scope = RwSignal::new(Scope::All);
    let separators = if language == Language::Nl { Separators::Dutch } else { Separators::International };
    let (form, separators) = (RwSignal::new(FileType::Xlsx), RwSignal::new(separators));
    let ticked = Memo::new(move |_| rows.selected.rows.count());
    effect(move || {
        let is_ticked = ticked.get() > 0;
        scope.set(if is_ticked && !rows.selected.all.get() { Scope::Selection } else { Scope::All });
    });
    let count = move |scope: Scope| match scope {
        Scope::Selection => u64::try_from(ticked.get()).unwrap_or(u64::MAX),
        Scope::Page => rows.page.with(|page| u64::try_from(page.len()).unwrap_or(u64::MAX)),
        Scope::All => rows.total.get(),
    };
    let start = move |event: SubmitEvent| {
        event.prevent_default();
        let source = match (scope.get_untracked(), rows.list.get_untracked()) {
            (Scope::Selection, _) => Source::Here(rows.selected.rows.rows()),
            (Scope::Page, _) => Source::Here(rows.page.get_untracked()),
            (Scope::All, Some(listing)) => Source::Asked(listing),
            (Scope::All, None) => Source::Here(rows.found.run(())),
        };
        let format = match form.get_untracked() {
            FileType::Csv => Format::Csv(separators.get_untracked()),
            FileType::Xlsx => Format::Xlsx,
        };
        job.start(Order { source, format });
    };
    let words = move || (texts.export().run)(&format::count(count(scope.get()), language));
    let is_writing = Memo::new(move |_| job.state.with(|state| matches!(state, State::Writing { .. })));
    view! {
        <details class="export" id="export" node_ref=fold>
            <summary class="button secondary small">{texts.export().title}</summary>
            <form class="export-form" on:submit=start>
                <Scopes rows scope count=Signal::derive(move || Scope::ALL.map(count)) />
                <Forms form separators />
                <p class="hint">
                    <Duration rows scope />
                    {texts.export().stays}
                </p>
                <CorrectionsTold />
                <button type="submit" class="primary" disabled=move || is_writing.get() || count(scope.get()) == 0>
                    {words}
                </button>
            </form>
            <Progress job />
        </details>
    }
}

impl Scope {
    const ALL: [Self; 3] = [Self::Selection, Self::Page, Self::All];
}

/// The choice of rows; `count` has the number of rows of each scope.
#[component]
fn Scopes(rows: Exportable, scope: RwSignal<Scope>, count: Signal<[u64; 3]>) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let choices = Scope::ALL.into_iter().enumerate().map(|(at, own)| {
        let number = move || count.with(|count| count.get(at).copied().unwrap_or_default());
        let words = move || {
            let number = format::count(number(), language);
            match (own, rows.list.with(Option::is_none)) {
                (Scope::Selection, _) => (texts.export().selection)(&number),
                (Scope::Page, _) => (texts.export().this_page)(&number),
                (Scope::All, false) => (texts.export().all)(&number),
                (Scope::All, true) => (texts.export().found_so_far)(&number),
            }
        };
        let id = ["export-selection-rows", "export-page-rows", "export-all-rows"].get(at).copied();
        view! {
            <label class="export-option">
                <input
                    type="radio"
                    name="export-scope"
                    id=id
                    prop:checked=move || scope.get() == own
                    disabled=move || number() == 0
                    on:change=move |_| scope.set(own)
                />
                <span>{words}</span>
            </label>
        }
    });
    view! {
        <fieldset class="export-options">
            <legend>{texts.export().which}</legend>
            {choices.collect_view()}
        </fieldset>
    }
}

/// The choice of file type and separators.
#[component]
fn Forms(form: RwSignal<FileType>, separators: RwSignal<Separators>) -> impl IntoView {
    let texts = use_texts();
    let choices = [
        (FileType::Xlsx, "export-xlsx", texts.export().xlsx),
        (FileType::Csv, "export-csv", texts.export().csv),
    ];
    let choices = choices.map(|(own, id, word)| {
        view! {
            <label class="export-option">
                <input
                    type="radio"
                    name="export-form"
                    id=id
                    prop:checked=move || form.get() == own
                    on:change=move |_| form.set(own)
                />
                <span>{word}</span>
            </label>
        }
    });
    let option = move |own: Separators, value: &'static str, word: &'static str| {
        view! {
            <option value=value prop:selected=move || separators.get() == own>
                {word}
            </option>
        }
    };
    let choose = move |event| {
        let is_dutch = event_target_value(&event) == "dutch";
        separators.set(if is_dutch { Separators::Dutch } else { Separators::International });
    };
    view! {
        <fieldset class="export-options">
            <legend>{texts.export().form}</legend>
            {choices.collect_view()}
            <Show when=move || form.get() == FileType::Csv>
                <select id="separators" class="choice" aria-label=texts.export().separators on:change=choose>
                    {option(Separators::Dutch, "dutch", texts.export().dutch)}
                    {option(Separators::International, "international", texts.export().international)}
                </select>
                <CsvReaderChoice />
            </Show>
        </fieldset>
    }
}

/// The minimum duration, if the rate limit makes the export take minutes.
#[component]
fn Duration(rows: Exportable, scope: RwSignal<Scope>) -> impl IntoView {
    let (session, texts, language) = (use_session(), use_texts(), use_language());
    move || {
        let is_read = scope.get() == Scope::All && rows.list.with(Option::is_some);
        let limit = session.account().map(|account| u64::from(account.limits.rate_limit_per_minute));
        let requests = rows.total.get().div_ceil(u64::from(MAX_PER_PAGE));
        limit.filter(|limit| is_read && *limit > 0 && requests > *limit).map(|limit| {
            let count = |number| format::count(number, language);
            (texts.export().takes)(&count(requests), &count(requests / limit)) + " "
        })
    }
}

/// A notice on corrections that the file lacks, or that take a request each.
#[component]
fn CorrectionsTold() -> impl IntoView {
    let (session, texts) = (use_session(), use_texts());
    let sentence = move || match Corrections::from_extensions(&session.account()?.extensions) {
        Corrections::Listed => None,
        Corrections::Single => Some(texts.export().corrections_single),
        Corrections::Untold => Some(texts.export().corrections_untold),
    };
    move || sentence().map(|sentence| view! { <p class="hint" id="corrections-told">{sentence}</p> })
}

/// The progress, result or error of the job.
#[component]
fn Progress(job: Job) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let progress = Memo::new(move |_| match job.state.get() {
        State::Writing { count, pace } => Some((count, pace)),
        _ => None,
    });
    let sentence = move || {
        let (count, pace) = progress.get()?;
        let number = |number| format::count(number, language);
        let rows = (texts.export().progress)(&number(count.rows), &number(count.total));
        let left = minutes_left(count, pace, format::now()).map(|minutes| match minutes {
            0 | 1 => texts.export().last_minute.to_owned(),
            minutes => (texts.export().minutes_left)(&number(minutes)),
        });
        Some(left.map_or_else(|| rows.clone(), |left| format!("{rows}, {left}")))
    };
    let waiting = move || match job.pause.waiting.get() {
        0 => None,
        seconds => Some((texts.history().waiting)(&seconds.to_string())),
    };
    let outcome = move || match job.state.get() {
        State::Idle | State::Writing { .. } => None,
        State::Saved { name, count } => {
            let [rows, total] = [count.rows, count.total].map(|number| format::count(number, language));
            let mut saved = (texts.export().saved)(&name, &rows);
            if count.not_told > 0 {
                let not_told = format::count(count.not_told, language);
                saved = format!("{saved} {}", (texts.export().not_told)(&not_told));
            }
            Some(match count {
                Count { is_short: true, .. } => format!("{saved} {}", (texts.export().short)(&rows, &total)),
                _ if count.rows != count.total => {
                    format!("{saved} {}", (texts.export().changed)(&rows, &total))
                }
                _ => saved,
            })
        }
        State::Cancelled => Some(texts.export().cancelled.to_owned()),
        State::Failed(error) => Some(not_written(&error, texts, language)),
    };
    let stopped = move || {
        job.pause.error.get().map(|error| {
            let Explanation { title, body, next } = explain(&error, texts);
            view! {
                <div class="failure" role="alert">
                    <h2>{title}</h2>
                    <p>{body} " " {next}</p>
                    <button type="button" class="secondary small" on:click=move |_| job.pause.resume()>
                        {texts.export().go_on}
                    </button>
                </div>
            }
        })
    };
    view! {
        <Show when=move || progress.get().is_some()>
            <progress
                aria-label=texts.export().progress_label
                max=move || progress.get().map_or(1, |(count, _)| count.total.max(1)).to_string()
                value=move || progress.get().map_or(0, |(count, _)| count.rows).to_string()
            ></progress>
            <p class="reading-line">
                <strong>{sentence}</strong>
                <button type="button" class="secondary small" id="cancel-export" on:click=move |_| job.cancel()>
                    {texts.export().cancel}
                </button>
            </p>
            <p class="hint">{waiting} " " {move || view! { <EndWait seconds=job.pause.waiting.get() /> }}</p>
            {stopped}
        </Show>
        <p class="export-outcome" role="status">
            {outcome}
        </p>
    }
}
