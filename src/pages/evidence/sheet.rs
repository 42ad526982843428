//! A sheet as data, in its language: sections with entries and prose.

use import8_api::HsCode;

use super::value::Value;
use crate::i18n::Language;

/// A picture that came with the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// `image/png`.
    pub media_type: String,
    /// The picture's bytes; `None` if the service no longer has them.
    pub file: Option<PictureFile>,
}

/// Size and digest of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureFile {
    /// The size in bytes.
    pub bytes: u64,
    /// The SHA-256 digest in hexadecimal digits, where the browser can compute it.
    pub sha256: Option<String>,
}

/// The content of a sheet, in its language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The language of the sheet.
    pub language: Language,
    /// The product, in one line.
    pub product: String,
    /// The decided code, with ten digits where they are known; `None` if a person corrected the code and the service
    /// does not return the corrected one.
    pub code: Option<HsCode>,
    /// The reviewer's verdict, in a sentence.
    pub verdict: String,
    /// The sections, in order.
    pub sections: Vec<Section>,
    /// Whether the code that the person chose does not begin with the decided code.
    pub refuses_chosen: bool,
    /// Whether the decided code differs from the classifier's. Costs are then those of the decided code and reasons
    /// those of the classifier's, and the sheet says so.
    pub is_redecided: bool,
}

/// The reason for having no sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Nothing {
    /// The classification is pending.
    Pending,
    /// It failed; contains the service's reason, if there is one.
    Failed(Option<String>),
    /// It is completed without a code.
    NoCode,
}

/// A section of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its name in styles, the same in every language.
    pub name: &'static str,
    /// Its heading.
    pub heading: &'static str,
    /// Its content.
    pub body: Body,
}

/// The content of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Labelled values.
    Entries(Vec<Entry>),
    /// Labelled amounts.
    Table(Vec<Entry>),
    /// Prose.
    Prose(String),
}

/// A labelled value with details.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The label.
    pub label: String,
    /// The value.
    pub value: Value,
    /// Further labelled values.
    pub details: Vec<(&'static str, Value)>,
}

impl Entry {
    /// An entry without details.
    pub fn new(label: impl Into<String>, value: Value) -> Self {
        Self { label: label.into(), value, details: Vec::new() }
    }

    /// An entry whose value is a text.
    pub fn text(label: impl Into<String>, text: impl Into<String>) -> Self {
        Self::new(label, Value::Text(text.into()))
    }

    /// Adds a detail, if there is a value.
    #[must_use]
    pub fn with(mut self, label: &'static str, value: Option<Value>) -> Self {
        self.details.extend(value.map(|value| (label, value)));
        self
    }

    /// Adds a detail, if there is a text.
    #[must_use]
    pub fn with_text(self, label: &'static str, text: Option<String>) -> Self {
        self.with(label, text.map(Value::Text))
    }
}

/// Creates a section.
pub(super) fn section(name: &'static str, heading: &'static str, body: Body) -> Section {
    Section { name, heading, body }
}
