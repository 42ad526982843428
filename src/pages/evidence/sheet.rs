//! A sheet as data, in its language: sections with entries and prose.

use import8_api::HsCode;

use super::value::Value;
use crate::i18n::Language;

/// A picture that came with the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// `image/png`.
    pub media_type: String,
    /// What the service sent for it; `None` when it no longer has it.
    pub file: Option<PictureFile>,
}

/// The bytes of a picture, as a sheet speaks of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureFile {
    /// How many there are.
    pub bytes: u64,
    /// Their SHA-256 in hexadecimal digits, where the browser can compute it.
    pub sha256: Option<String>,
}

/// A sheet, in its language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The language of its own words.
    pub language: Language,
    /// The product, in one line.
    pub product: String,
    /// The code as decided: after review, and with ten digits where they are known; none where a person has found
    /// the answered one wrong and the service does not say which is right.
    pub code: Option<HsCode>,
    /// The reviewer's verdict, in a sentence.
    pub verdict: String,
    /// All it says, in order.
    pub sections: Vec<Section>,
    /// Whether the code that the person chose does not stand under the code as decided.
    pub refuses_chosen: bool,
    /// Whether the code as decided is another than the answered one: costs are of the first then, reasons of
    /// the second, and it says so.
    pub is_redecided: bool,
}

/// Why there is no sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Nothing {
    /// It is still at work.
    Pending,
    /// It ended without a code; why, if the service says so.
    Failed(Option<String>),
    /// The answer has no code in it.
    NoCode,
}

/// A part of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Which, whatever the language.
    pub name: &'static str,
    /// Its heading.
    pub heading: &'static str,
    /// What it says.
    pub body: Body,
}

/// What a part of a sheet says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Names and values.
    Entries(Vec<Entry>),
    /// Names and amounts.
    Table(Vec<Entry>),
    /// Sentences.
    Prose(String),
}

/// A name, its value, and what else there is to say of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What it is.
    pub label: String,
    /// The value.
    pub value: Value,
    /// More of it, each with a name.
    pub details: Vec<(&'static str, Value)>,
}

impl Entry {
    /// A name and its value.
    pub fn new(label: impl Into<String>, value: Value) -> Self {
        Self { label: label.into(), value, details: Vec::new() }
    }

    /// The same with a text for a value.
    pub fn text(label: impl Into<String>, text: impl Into<String>) -> Self {
        Self::new(label, Value::Text(text.into()))
    }

    /// Says more of it, if there is more.
    #[must_use]
    pub fn with(mut self, label: &'static str, value: Option<Value>) -> Self {
        self.details.extend(value.map(|value| (label, value)));
        self
    }

    /// The same with a text for a value.
    #[must_use]
    pub fn with_text(self, label: &'static str, text: Option<String>) -> Self {
        self.with(label, text.map(Value::Text))
    }
}

/// A section.
pub(super) fn section(name: &'static str, heading: &'static str, body: Body) -> Section {
    Section { name, heading, body }
}
