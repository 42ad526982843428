//! What is said of a catalogue before a credit is spent.

use import8_api::{ClassifyRequest, DecidedBy, DecidedCode, HsCode};
use serde::{Deserialize, Serialize};

use crate::columns::Role;

/// So many different texts of a problem are told, and so many vague descriptions; the others are counted.
pub const MOST_TOLD: usize = 50;

/// Why a text of a row is no good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Fault {
    /// There is no description, and no picture in its place.
    Missing,
    /// More characters than a description or an address may have.
    TooLong,
    /// No country of this name.
    UnknownCountry,
    /// No amount.
    NotAnAmount,
    /// An amount below the least there may be.
    NotPositive,
    /// An amount above the most there may be.
    TooLarge,
    /// An amount with more than six decimals.
    TooPrecise,
    /// No whole number from 1 to 1,000,000,000.
    NotAQuantity,
    /// No currency that the API takes.
    UnknownCurrency,
    /// No address of a picture.
    NotAnAddress,
}

/// Why a row is not sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Reason {
    /// A text of it is no good.
    Fault(Role, Fault),
    /// Its description could be of anything, and the person leaves such rows out.
    Vague,
}

/// What a row of the file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum RowState {
    /// The titles, what is above them, or an empty row.
    NoProduct,
    /// The product of this number, counted from 0; several rows may be the same one.
    Product(u32),
    /// A product that is not sent.
    LeftOut(Reason),
}

/// A row of the file, as it is remembered for the way out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// What it is.
    pub state: RowState,
    /// The code it has had so far, if a column says it: digits only, with the zeros that spreadsheets drop.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub current: Option<String>,
}

/// What a person has changed, without a change to the file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Edits {
    /// Texts in place of what a row says.
    pub rows: Vec<RowEdit>,
    /// Texts in place of what any row says.
    pub texts: Vec<TextEdit>,
    /// What is left away where it is no good.
    pub without: Vec<Role>,
    /// Whether rows with a vague description are left out.
    pub leaves_out_vague: bool,
}

impl Edits {
    /// Takes a text for what a row says, in place of an earlier one.
    pub fn set_row(&mut self, row: usize, role: Role, text: String) {
        self.rows.retain(|edit| (edit.row, edit.role) != (row, role));
        self.rows.push(RowEdit { row, role, text });
    }

    /// Takes a text for what rows say, in place of an earlier one.
    pub fn set_text(&mut self, role: Role, from: &str, to: String) {
        self.texts.retain(|edit| edit.role != role || edit.from != from);
        self.texts.push(TextEdit { role, from: from.to_owned(), to });
    }
}

/// A text in place of what a row says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowEdit {
    /// Which row of the file, counted from 0.
    pub row: usize,
    /// Which text of it.
    pub role: Role,
    /// The text; empty for none.
    pub text: String,
}

/// A text in place of another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextEdit {
    /// Which texts.
    pub role: Role,
    /// What they say in the file.
    pub from: String,
    /// What they say instead; empty for nothing.
    pub to: String,
}

/// Rows that one thing puts right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// What they say; empty where they say nothing.
    pub text: String,
    /// How many they are.
    pub rows: u32,
    /// The first of them, counted from 0.
    pub row: usize,
    /// What else the first of them says, to know it by.
    pub about: String,
}

/// Rows with the same problem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Which text is no good.
    pub role: Role,
    /// Why.
    pub fault: Fault,
    /// How many rows have it.
    pub rows: u32,
    /// The texts, the most frequent first; at most [`MOST_TOLD`].
    pub said: Vec<Said>,
    /// How many other texts there are.
    pub more: u32,
}

/// Rows whose description says too little.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Vague {
    /// How many they are.
    pub rows: u32,
    /// What they say, the most frequent first; at most [`MOST_TOLD`].
    pub said: Vec<Said>,
    /// How many other texts there are.
    pub more: u32,
}

/// A product that the service has classified before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// The classification.
    pub id: String,
    /// The product in one line, as the history has it.
    pub summary: String,
    /// The classifier's code; none where it had none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<HsCode>,
    /// The code that counts; none where the service did not say, and in what older versions have kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided: Option<DecidedCode>,
    /// Whether a person has confirmed or corrected it.
    pub is_reviewed: bool,
}

impl Known {
    /// Takes the code that counts.
    pub fn decide(&mut self, decided: DecidedCode) {
        self.is_reviewed |= decided.by == DecidedBy::Person;
        self.decided = Some(decided);
    }
}

/// One product: rows that ask the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    /// What is asked.
    pub request: ClassifyRequest,
    /// The person's own name for the first of its rows; empty when there is none.
    pub reference: String,
    /// How many rows it is in.
    pub rows: u32,
    /// The classification it has already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known: Option<Known>,
}

impl Product {
    /// What it is called: its description, else its reference, else the address of its picture.
    #[must_use]
    pub fn name(&self) -> &str {
        let picture = || self.request.image_url.as_ref()?.as_slice().first().map(String::as_str);
        let reference = Some(self.reference.as_str()).filter(|text| !text.is_empty());
        self.request.description.as_deref().or(reference).or_else(picture).unwrap_or_default()
    }
}

/// What a catalogue comes to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Report {
    /// How many rows are products.
    pub rows: u32,
    /// How many of them can be sent.
    pub good_rows: u32,
    /// How many different products these are.
    pub products: u32,
    /// What is wrong with the other rows, the most frequent first. A row may have several problems.
    pub problems: Vec<Problem>,
    /// Rows that could be anything, whether they are left out or not.
    pub vague: Vague,
    /// How many products the service has classified before.
    pub known: u32,
    /// The first of these, at most [`MOST_TOLD`].
    pub known_products: Vec<Product>,
}
