//! An evidence sheet in the making: its record, content, canonical text and digest.

use std::sync::Arc;

use import8_api::{Account, HsCode};
use js_sys::Date;
use leptos::prelude::*;

use super::canonical;
use super::content::{self, Subject};
use super::loading::{Item, Record, State};
use super::sheet::{Nothing, Sheet};
use super::value::Value;
use crate::browser::digest::sha256;
use crate::browser::memo::Memo;
use crate::browser::task::{effect, spawn_while_shown};
use crate::i18n::Language;

/// The account of the key; `None` while it loads.
pub type Owner = Signal<Option<Account>>;

/// The state of a digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Digest {
    /// Being computed, or there is no text yet.
    Open,
    /// The hexadecimal digits.
    Is(String),
    /// The browser offers no digests on this page, such as without HTTPS.
    Unavailable,
}

/// A sheet whose record may still be loading. `Copy`; passed to every part of the page.
#[derive(Clone, Copy)]
pub struct Draft {
    /// The record, with its loading state.
    pub item: Item,
    /// The content, or the reason for having none; `None` while the record loads.
    pub sheet: Memo<Option<Result<Sheet, Nothing>>>,
    /// The canonical text; empty without a sheet.
    pub text: Memo<String>,
    /// The SHA-256 digest of the canonical text.
    pub digest: RwSignal<Digest>,
    /// The language of the sheet.
    pub language: Memo<Language>,
}

impl Draft {
    /// A draft that follows its record, the chosen code and the language.
    #[must_use]
    pub fn new(item: Item, owner: Owner, chosen: Memo<Option<HsCode>>, language: Memo<Language>) -> Self {
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
        effect(move || {
            let text = text.get();
            digest.set(Digest::Open);
            if text.is_empty() {
                return;
            }
            // The task belongs to this run of the effect, so a newer text cancels it.
            spawn_while_shown(async move {
                digest.set(sha256(text.as_bytes()).await.map_or(Digest::Unavailable, Digest::Is));
            });
        });
        Self { item, sheet, text, digest, language }
    }

    /// The record; `None` while it loads or after a failure.
    #[must_use]
    pub fn record(self) -> Option<Arc<Record>> {
        match self.item.state.get() {
            State::Here(record) => Some(record),
            _ => None,
        }
    }

    /// The product name; `None` while the record loads.
    #[must_use]
    pub fn product(self) -> Option<String> {
        self.record().map(|record| content::product(&record.classification))
    }

    /// Product name and code, for the title of the page.
    #[must_use]
    pub fn title(self) -> Option<String> {
        let code = self.sheet.with(|sheet| sheet.as_ref()?.as_ref().ok()?.code);
        let product = self.product()?;
        Some(code.map_or_else(|| product.clone(), |code| format!("{product}, {code}")))
    }

    /// Whether the record has a sheet.
    #[must_use]
    pub fn has_sheet(self) -> bool {
        self.sheet.with(|sheet| matches!(sheet, Some(Ok(_))))
    }

    /// Whether the sheet refuses the code that the person chose.
    #[must_use]
    pub fn refuses_chosen(self) -> bool {
        self.sheet.with(|sheet| matches!(sheet, Some(Ok(sheet)) if sheet.refuses_chosen))
    }
}

/// The time of printing: `Copy`, shared by all sheets.
#[derive(Debug, Clone, Copy)]
pub struct Printed(RwSignal<String>);

impl Printed {
    /// The current time, updated whenever the browser prints until the page is left.
    #[must_use]
    pub fn watched() -> Self {
        let printed = Self(RwSignal::new(String::new()));
        printed.now();
        let listener = window_event_listener_untyped("beforeprint", move |_| printed.now());
        on_cleanup(move || listener.remove());
        printed
    }

    /// Sets the time to now.
    pub fn now(self) {
        self.0.set(String::from(Date::new_0().to_iso_string()));
    }

    /// The time as formatted text.
    #[must_use]
    pub fn shown(self, language: Language) -> String {
        Value::Moment(self.0.get()).shown(language)
    }
}
