//! A sheet as far as it can be drawn, with its digest.

use std::sync::Arc;

use import8_api::HsCode;
use js_sys::Date;
use leptos::prelude::*;

use super::Owner;
use super::canonical;
use super::content::{self, Nothing, Sheet, Subject};
use super::loading::{Item, Record, State};
use super::value::Value;
use crate::digest::sha256;
use crate::i18n::Language;
use crate::load::spawn_while_shown;

/// How far a digest is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Digest {
    /// Being computed, or there is nothing to compute it over.
    Open,
    /// The hexadecimal digits.
    Is(String),
    /// The browser computes none on this page.
    Unavailable,
}

/// A sheet of a record that may yet be on its way: a handle, cheap to copy.
#[derive(Clone, Copy)]
pub struct Draft {
    /// Its record.
    pub item: Item,
    /// What it says, or why there is nothing to say; `None` until its record is here.
    pub sheet: Memo<Option<Result<Sheet, Nothing>>>,
    /// The text that its digest is over; empty without a sheet.
    pub text: Memo<String>,
    /// The digest of that text.
    pub digest: RwSignal<Digest>,
    /// The language of its own words.
    pub language: Memo<Language>,
}

impl Draft {
    /// The sheet of a record.
    #[must_use]
    pub fn of(item: Item, owner: Owner, chosen: Memo<Option<HsCode>>, language: Memo<Language>) -> Self {
        let sheet = Memo::new(move |_| {
            let (State::Here(record), Some(account)) = (item.state.get(), owner.get()) else { return None };
            let Record { classification, pictures, .. } = &*record;
            let subject = Subject { classification, pictures, account: &account, chosen: chosen.get() };
            Some(content::sheet(&subject, language.get()))
        });
        let text = Memo::new(move |_| {
            sheet.with(|sheet| match sheet {
                Some(Ok(sheet)) => canonical::text(sheet),
                _ => String::new(),
            })
        });
        let digest = RwSignal::new(Digest::Open);
        Effect::new(move |_| {
            let text = text.get();
            digest.set(Digest::Open);
            if text.is_empty() {
                return;
            }
            // The task belongs to this run of the effect, so a newer text ends it.
            spawn_while_shown(async move {
                digest.set(sha256(text.as_bytes()).await.map_or(Digest::Unavailable, Digest::Is));
            });
        });
        Self { item, sheet, text, digest, language }
    }

    /// Its record, once it is here.
    #[must_use]
    pub fn record(self) -> Option<Arc<Record>> {
        match self.item.state.get() {
            State::Here(record) => Some(record),
            _ => None,
        }
    }

    /// The product, once it is known.
    #[must_use]
    pub fn product(self) -> Option<String> {
        self.record().map(|record| content::product(&record.classification))
    }

    /// The product and the code.
    #[must_use]
    pub fn title(self) -> Option<String> {
        let code = self.sheet.with(|sheet| sheet.as_ref()?.as_ref().ok()?.code);
        let product = self.product()?;
        Some(code.map_or_else(|| product.clone(), |code| format!("{product}, {code}")))
    }

    /// Whether there is a sheet.
    #[must_use]
    pub fn has_sheet(self) -> bool {
        self.sheet.with(|sheet| matches!(sheet, Some(Ok(_))))
    }

    /// Whether the code that the person chose is not on it.
    #[must_use]
    pub fn refuses_chosen(self) -> bool {
        self.sheet.with(|sheet| matches!(sheet, Some(Ok(sheet)) if sheet.refuses_chosen))
    }
}

/// When the page is printed: a handle, cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct Printed(RwSignal<String>);

impl Printed {
    /// Now, and whenever the browser prints, until the screen is left.
    #[must_use]
    pub fn watched() -> Self {
        let printed = Self(RwSignal::new(String::new()));
        printed.now();
        let listener = window_event_listener_untyped("beforeprint", move |_| printed.now());
        on_cleanup(move || listener.remove());
        printed
    }

    /// Takes the time.
    pub fn now(self) {
        self.0.set(String::from(Date::new_0().to_iso_string()));
    }

    /// The time as the reader has it.
    #[must_use]
    pub fn shown(self, language: Language) -> String {
        Value::Moment(self.0.get()).shown(language)
    }
}
