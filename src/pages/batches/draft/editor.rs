//! The editor of a draft: state of the open file, and a queue that runs one task on it at a time, in order.

use std::collections::VecDeque;

use import8_catalogue::Opened;
use import8_catalogue::columns::Mapping;
use import8_catalogue::report::{CodeRows, Edits, Known, Report};
use leptos::prelude::*;

use crate::browser::database::{self, NotKept, Store};
use crate::browser::sheet_worker::{Opening, SheetError};
use crate::browser::task::{effect, next_task, spawn_local, spawn_while_shown};
use crate::i18n::{Language, format, use_language};
use crate::outbox::batches::journal::{Catalogue, Order, Plan};
use crate::outbox::batches::{Batches, use_batches};
use crate::session::owner;

/// Products and rows fetched from the sheet worker per message.
const PRODUCTS: usize = 500;
const ROWS: usize = 2_000;

/// A fault that ends or blocks editing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// The file cannot be read.
    Sheet(SheetError),
    /// The browser's database cannot be written or read.
    NotKept,
}

impl From<SheetError> for Trouble {
    fn from(error: SheetError) -> Self {
        Self::Sheet(error)
    }
}

impl From<NotKept> for Trouble {
    fn from(_: NotKept) -> Self {
        Self::NotKept
    }
}

/// A task on the open file.
enum Task {
    Check,
    Sheet(String),
    Titles(Option<usize>),
    Known(Vec<Known>),
    Codes,
    /// Starts the catalogue with at most this many products.
    Start(usize),
}

/// Handle to the open draft: `Copy`, passed to every part of the page.
#[derive(Clone, Copy)]
pub struct DraftEditor {
    id: StoredValue<String>,
    batches: Batches,
    file: StoredValue<Option<Opening>, LocalStorage>,
    tasks: StoredValue<VecDeque<Task>, LocalStorage>,
    /// Whether a task is running or the file is being opened.
    pub is_busy: RwSignal<bool>,
    /// Summary of the opened file; `None` until it is open.
    pub opened: RwSignal<Option<Opened>>,
    /// The column mapping in use.
    pub mapping: RwSignal<Option<Mapping>>,
    /// Whether the mapping was remembered from an earlier file with the same titles and differs from the
    /// guess.
    pub is_remembered: RwSignal<bool>,
    /// The sheet in use; `None` means the first.
    pub sheet: RwSignal<Option<String>>,
    /// The person's corrections to rows and texts.
    pub edits: RwSignal<Edits>,
    /// Whether products found in the history are classified again.
    pub ignores_known: RwSignal<bool>,
    /// The latest report on the rows under this mapping and these edits.
    pub report: RwSignal<Option<Report>>,
    /// The current codes of the file, each with its goods and rows, once they were asked for.
    pub codes: RwSignal<Option<Vec<CodeRows>>>,
    /// Progress while the catalogue is written to the journal: products done and products in all.
    pub preparing: RwSignal<Option<(usize, usize)>>,
    /// The latest fault.
    pub trouble: RwSignal<Option<Trouble>>,
}

impl DraftEditor {
    /// Opens the stored file of a catalogue in the sheet worker, and checks its rows.
    pub fn open(id: &str) -> Self {
        let (batches, language) = (use_batches(), use_language());
        let editor = Self {
            id: StoredValue::new(id.to_owned()),
            batches,
            file: StoredValue::new_local(None),
            tasks: StoredValue::new_local(VecDeque::new()),
            is_busy: RwSignal::new(true),
            opened: RwSignal::new(None),
            mapping: RwSignal::new(None),
            is_remembered: RwSignal::new(false),
            sheet: RwSignal::new(None),
            edits: RwSignal::default(),
            ignores_known: RwSignal::new(false),
            report: RwSignal::new(None),
            codes: RwSignal::new(None),
            preparing: RwSignal::new(None),
            trouble: RwSignal::new(None),
        };
        effect(move || {
            let Some(catalogue) = untrack(|| batches.get(&editor.id.get_value())) else { return };
            spawn_while_shown(async move {
                if let Err(trouble) = editor.begin(catalogue, language).await {
                    editor.trouble.set(Some(trouble));
                }
                editor.is_busy.set(false);
                editor.ask(Task::Check);
            });
        });
        editor
    }

    /// Changes the column mapping and checks the rows again.
    pub fn change_mapping(self, change: impl FnOnce(&mut Mapping)) {
        self.mapping.update(|mapping| {
            if let Some(mapping) = mapping {
                change(mapping);
            }
        });
        self.is_remembered.set(false);
        self.ask(Task::Check);
    }

    /// Changes the corrections and checks the rows again.
    pub fn change_edits(self, change: impl FnOnce(&mut Edits)) {
        self.edits.update(change);
        self.ask(Task::Check);
    }

    /// Sets whether products found in the history are classified again, and checks the rows again.
    pub fn set_ignores_known(self, ignores: bool) {
        self.ignores_known.set(ignores);
        self.ask(Task::Check);
    }

    /// Switches to another sheet of the workbook. Discards the corrections, which belong to the old rows.
    pub fn choose_sheet(self, name: String) {
        self.ask(Task::Sheet(name));
    }

    /// Takes the titles from another row, from 0, and guesses the columns again; `None` for a file without titles.
    pub fn choose_titles(self, row: Option<usize>) {
        self.ask(Task::Titles(row));
    }

    /// Lists the current codes of the file in [`codes`](Self::codes).
    pub fn want_codes(self) {
        self.ask(Task::Codes);
    }

    /// Adds products found in the history, and checks the rows again.
    pub fn know(self, known: Vec<Known>) {
        self.ask(Task::Known(known));
        self.ask(Task::Check);
    }

    /// Starts the catalogue: journals it with at most `most` products to send.
    pub fn start(self, most: usize) {
        self.ask(Task::Start(most));
    }

    /// The name of the catalogue, which is the name of its file.
    pub fn name(self) -> String {
        untrack(|| self.batches.get(&self.id.get_value())).map(|catalogue| catalogue.name).unwrap_or_default()
    }

    /// Deletes the draft and its file.
    pub fn discard(self) {
        spawn_local(async move {
            if let Err(NotKept) = self.batches.remove(&self.id.get_value()).await {
                self.trouble.set(Some(Trouble::NotKept));
            }
        });
    }

    async fn begin(self, catalogue: Catalogue, language: Language) -> Result<(), Trouble> {
        let file = database::file(&catalogue.id).await?.ok_or(NotKept)?;
        let (mut opening, mut opened) = Opening::start(&file).await?;
        if let Some(sheet) = &catalogue.sheet {
            opened = opening.sheet(sheet).await?;
        }
        let mut names = Vec::new();
        for language in format::languages_from(language) {
            names.push(format::countries(language));
            next_task().await;
        }
        names.extend(format::foreign_country_names());
        opening.countries(names).await?;
        let kept = catalogue.mapping.filter(|mapping| fits(mapping, &opened));
        if let Some(kept) = &kept
            && kept.titles != opened.mapping.titles
        {
            opened = opening.titles(kept.titles).await?;
        }
        let mapping = match kept {
            Some(mapping) => mapping,
            None => self.remembered(&opened).await.unwrap_or_else(|| opened.mapping.clone()),
        };
        self.mapping.set(Some(mapping));
        self.sheet.set(catalogue.sheet);
        self.edits.set(catalogue.edits);
        self.ignores_known.set(catalogue.ignores_known);
        self.opened.set(Some(opened));
        self.file.set_value(Some(opening));
        Ok(())
    }

    /// The mapping stored for files with the same titles, if it fits this file.
    async fn remembered(self, opened: &Opened) -> Option<Mapping> {
        let kept: Option<Mapping> =
            database::get(Store::Mappings, &self.name_of(&opened.titles)?).await.ok().flatten();
        let mapping = kept.filter(|mapping| fits(mapping, opened))?;
        self.is_remembered.set(mapping != opened.mapping);
        Some(mapping.for_file(&opened.mapping))
    }

    /// The storage key of the mapping for these titles; `None` for a file without titles.
    fn name_of(self, titles: &[String]) -> Option<String> {
        let organization = untrack(|| self.batches.organization());
        (!titles.is_empty()).then(|| [&[organization], titles].concat().join(owner::BETWEEN))
    }

    fn ask(self, task: Task) {
        self.tasks.update_value(|tasks| {
            // A new check replaces one that is still queued: it reads the latest state anyway.
            if matches!(task, Task::Check) {
                tasks.retain(|other| !matches!(other, Task::Check));
            }
            tasks.push_back(task);
        });
        if !self.is_busy.get_untracked() {
            self.is_busy.set(true);
            spawn_local(self.work());
        }
    }

    /// Runs queued tasks until the queue is empty. Leaving the page disposes `file`, which ends the loop.
    async fn work(self) {
        while let Some(task) = self.tasks.try_update_value(VecDeque::pop_front).flatten() {
            let Some(mut file) = self.file.try_update_value(Option::take).flatten() else { break };
            let done = match task {
                Task::Check => self.check(&mut file).await,
                Task::Sheet(name) => self.go_to_sheet(&mut file, name).await,
                Task::Titles(row) => self.go_to_titles(&mut file, row).await,
                Task::Known(known) => file.known(known).await.map_err(Trouble::from),
                Task::Codes => self.list_codes(&mut file).await,
                Task::Start(most) => self.prepare(&mut file, most).await,
            };
            self.trouble.try_set(done.err());
            self.file.try_update_value(|own| *own = Some(file));
        }
        self.is_busy.try_set(false);
    }

    async fn check(self, file: &mut Opening) -> Result<(), Trouble> {
        let Some((Some(mapping), edits, ignores_known, sheet)) = self.choices() else { return Ok(()) };
        let read = self
            .opened
            .try_with_untracked(|opened| opened.as_ref().map(|opened| (opened.kind, opened.sheet.clone())));
        let (kind, read) = read.flatten().unzip();
        // The sheet by its name, so that the file is filled where it was read.
        let sheet = sheet.or(read.filter(|name| !name.is_empty()));
        let (kept_mapping, kept_edits) = (mapping.clone(), edits.clone());
        let Some(id) = self.id.try_get_value() else { return Ok(()) };
        let change = |catalogue: &mut Catalogue| {
            (catalogue.mapping, catalogue.edits) = (Some(kept_mapping), kept_edits);
            (catalogue.ignores_known, catalogue.sheet) = (ignores_known, sheet);
            catalogue.kind = kind;
        };
        self.batches.change(&id, change).await?;
        let report = file.check(mapping, edits).await?;
        self.report.try_set(Some(report));
        Ok(())
    }

    async fn list_codes(self, file: &mut Opening) -> Result<(), Trouble> {
        self.codes.try_set(Some(file.codes().await?));
        Ok(())
    }

    fn choices(self) -> Option<(Option<Mapping>, Edits, bool, Option<String>)> {
        let mapping = self.mapping.try_get_untracked()?;
        let (edits, ignores) = (self.edits.try_get_untracked()?, self.ignores_known.try_get_untracked()?);
        Some((mapping, edits, ignores, self.sheet.try_get_untracked()?))
    }

    async fn go_to_sheet(self, file: &mut Opening, name: String) -> Result<(), Trouble> {
        let opened = file.sheet(&name).await?;
        let mapping = self.remembered(&opened).await.unwrap_or_else(|| opened.mapping.clone());
        self.sheet.try_set(Some(name));
        // The corrections belong to rows of the previous sheet.
        self.edits.try_set(Edits::default());
        self.mapping.try_set(Some(mapping));
        self.opened.try_set(Some(opened));
        self.check(file).await
    }

    async fn go_to_titles(self, file: &mut Opening, row: Option<usize>) -> Result<(), Trouble> {
        let opened = file.titles(row).await?;
        let remembered = self.remembered(&opened).await;
        self.mapping.try_update(|mapping| {
            let new = remembered.unwrap_or_else(|| opened.mapping.clone());
            *mapping = Some(match mapping.take() {
                Some(old) => new.with_defaults_of(&old),
                None => new,
            });
        });
        self.opened.try_set(Some(opened));
        self.check(file).await
    }

    /// Collects all products and rows from the worker, and starts the catalogue.
    async fn prepare(self, file: &mut Opening, most: usize) -> Result<(), Trouble> {
        self.check(file).await?;
        let Some((Some(mapping), _, ignores_known, _)) = self.choices() else { return Ok(()) };
        let total =
            self.report.try_with_untracked(|report| report.as_ref().map_or(0, |report| report.products));
        let total = total.unwrap_or_default();
        let (mut orders, mut known) = (Vec::new(), Vec::new());
        let mut number: u32 = 0;
        while number < total {
            let from = usize::try_from(number).unwrap_or(usize::MAX);
            self.preparing.try_set(Some((from, usize::try_from(total).unwrap_or(usize::MAX))));
            let products = file.products(from, PRODUCTS).await?;
            if products.is_empty() {
                break;
            }
            for product in products {
                match product.known.filter(|_| !ignores_known) {
                    Some(one) => known.push((number, one)),
                    None if orders.len() < most => {
                        let (request, reference, rows) = (product.request, product.reference, product.rows);
                        orders.push((number, Order { request, reference, rows }));
                    }
                    None => {}
                }
                number += 1;
            }
        }
        let mut rows = Vec::new();
        loop {
            let some = file.rows(rows.len(), ROWS).await?;
            if some.is_empty() {
                break;
            }
            rows.extend(some);
        }
        let name = self.opened.try_with_untracked(|opened| self.name_of(&opened.as_ref()?.titles));
        if let Some(name) = name.flatten() {
            #[expect(
                clippy::let_underscore_must_use,
                reason = "without it, the mapping is guessed again next time"
            )]
            let _ = database::put(Store::Mappings, &name, &mapping).await;
        }
        let plan = Plan { rows, products: total, known };
        // The person has left the page: do not start.
        let Some(id) = self.id.try_get_value() else { return Ok(()) };
        let begun = self.batches.start(&id, plan, orders).await;
        self.preparing.try_set(None);
        Ok(begun?)
    }
}

/// Whether a stored mapping has as many columns as the file.
fn fits(mapping: &Mapping, opened: &Opened) -> bool {
    mapping.roles.len() == opened.mapping.roles.len()
}
