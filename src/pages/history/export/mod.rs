//! The export of rows into a file for a spreadsheet.

pub mod columns;
pub mod job;

use import8_api::ClassificationSummary;
use import8_sheets::{Format, Separators};
use leptos::ev::SubmitEvent;
use leptos::html::Details;
use leptos::prelude::*;

use self::job::{Job, Order, Source, State, minutes_left};
use super::selection::Selected;
use crate::components::failure::{Explanation, explain};
use crate::format;
use crate::i18n::{Language, use_language, use_texts};
use crate::listing::Listing;
use crate::locales::Texts;
use crate::session::use_session;
use crate::sheets;
use crate::walk::PER_REQUEST;

/// Which rows a person wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    Selection,
    Page,
    All,
}

/// All rows that match.
#[derive(Debug, Clone, PartialEq)]
pub enum Everything {
    /// The service has them.
    Asked(Listing),
    /// They were found here, so far.
    Found,
}

/// What can be exported.
#[derive(Clone, Copy)]
pub struct Exportable {
    /// What is selected.
    pub selected: Selected,
    /// The rows in view.
    pub page: Signal<Vec<ClassificationSummary>>,
    /// How many match.
    pub total: Signal<u64>,
    /// Where all that match are.
    pub everything: Signal<Everything>,
    /// Those that were found here.
    pub found: Callback<(), Vec<ClassificationSummary>>,
}

/// The fold with the choices, and with the progress of a file.
#[component]
pub fn Export(
    /// What can be exported.
    rows: Exportable,
    /// The fold itself.
    fold: NodeRef<Details>,
) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let job = Job::new();
    let scope = RwSignal::new(Scope::All);
    let separators =
        if language == Language::Nl { Separators::Dutch } else { Separators::International };
    let (format, separators) = (RwSignal::new(Format::Xlsx), RwSignal::new(separators));
    let ticked = Memo::new(move |_| rows.selected.rows.count());
    Effect::new(move |_| {
        let is_ticked = ticked.get() > 0;
        scope.set(if is_ticked && !rows.selected.all.get() { Scope::Selection } else { Scope::All });
    });
    let count = move |scope: Scope| match scope {
        Scope::Selection => ticked.get() as u64,
        Scope::Page => rows.page.with(Vec::len) as u64,
        Scope::All => rows.total.get(),
    };
    let start = move |event: SubmitEvent| {
        event.prevent_default();
        let source = match (scope.get_untracked(), rows.everything.get_untracked()) {
            (Scope::Selection, _) => Source::Here(rows.selected.rows.rows()),
            (Scope::Page, _) => Source::Here(rows.page.get_untracked()),
            (Scope::All, Everything::Asked(listing)) => Source::Asked(listing),
            (Scope::All, Everything::Found) => Source::Here(rows.found.run(())),
        };
        job.start(Order { source, format: format.get_untracked() });
    };
    let is_writing = Memo::new(move |_| job.state.with(|state| matches!(state, State::Writing { .. })));
    view! { <details class="export" id="export" node_ref=fold></details> }
}
