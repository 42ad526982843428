//! The report on a catalogue before a credit is spent: problems, vague rows, products, and the person's edits.

use import8_api::{ClassifyRequest, Country, DecidedBy, DecidedCode, HsCode};
use serde::{Deserialize, Serialize};

use crate::code::CurrentCode;
use crate::columns::{CurrencyUse, PriceBasis, Question, Role};
use crate::message::as_json;

/// The most texts per problem, and the most vague descriptions, that are listed. Others are only counted.
pub const MOST_TOLD: usize = 50;

/// The fault of a text in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Fault {
    /// There is neither a description nor a picture.
    Missing,
    /// The text has more characters than a description or an address may have.
    TooLong,
    /// The text is no country.
    UnknownCountry,
    /// The text is no amount.
    NotAnAmount,
    /// The amount is below the minimum.
    NotPositive,
    /// The amount is above the maximum.
    TooLarge,
    /// The amount has more than six decimals.
    TooPrecise,
    /// The text is no whole number from 1 to 1,000,000,000.
    NotAQuantity,
    /// The text is no currency that the API supports.
    UnknownCurrency,
    /// The text is no address of a picture.
    NotAnAddress,
    /// The text is a share: `15%`.
    PerCent,
    /// The text is about, at most or between numbers, or a spreadsheet has rounded it.
    Inexact,
    /// The amount is for a weight or a number of pieces, or is not for all units as it should be.
    PerOther,
    /// The quantity is a weight, a measure or a number of packs.
    Measure,
    /// The amount has another currency than its row.
    OtherCurrency,
    /// The text names a union of countries.
    Union,
    /// The text names several countries.
    SeveralCountries,
    /// The cell has an error of the spreadsheet, such as `#REF!`.
    CellError,
    /// The cell has a formula without a result.
    NoResult,
    /// The text depends on a question about the file that the person has not answered.
    Unanswered,
}

/// The reason why a row is not sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Reason {
    /// One of its texts has a fault.
    Fault(Role, Fault),
    /// Its description would fit any product, and the person leaves such rows out.
    Vague,
    /// It is a total, a subtotal or a cost of the whole list.
    Total,
    /// It is the foot of a page: `Page 1 of 3`.
    PageFoot,
    /// It repeats the titles.
    TitlesAgain,
    /// It is the heading of a section.
    Section,
    /// It is a note, a term or a bank account below the list.
    Note,
    /// The person has hidden it in the file.
    Hidden,
    /// A filter of the file hides it.
    Filtered,
    /// It has more cells than there are titles, so its cells may stand in wrong columns.
    MoreCells,
    /// The person keeps its current code.
    CodeKept,
}

impl Reason {
    /// Whether the row is left out because it is no product, as it seems, rather than a faulty one.
    #[must_use]
    pub fn is_no_product(self) -> bool {
        !matches!(self, Self::Fault(..) | Self::Vague | Self::CodeKept)
    }
}

/// The state of a row of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum RowState {
    /// A row of titles, a row above them, or an empty row.
    NoProduct,
    /// The product of this number, from 0. Several rows may have the same product.
    Product(u32),
    /// A product that is not sent.
    LeftOut(Reason),
}

/// A row of the file, as it is stored until the file is written with results.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Its state.
    pub state: RowState,
    /// Its current code, if the file has one.
    #[serde(default)]
    pub current: Option<CurrentCode>,
}

/// The edits of a person. The file itself is not changed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Edits {
    /// Replaced texts of single rows.
    pub rows: Vec<RowEdit>,
    /// Texts replaced in all rows.
    pub texts: Vec<TextEdit>,
    /// The roles whose faulty texts are dropped.
    pub without: Vec<Role>,
    /// Whether rows with a vague description are left out.
    pub leaves_out_vague: bool,
    /// Rows that seem to be no product and are read nevertheless, counted from 0.
    pub rows_back: Vec<usize>,
    /// Reasons for which no row is left out.
    pub reasons_back: Vec<Reason>,
    /// Rows whose current code the person keeps, counted from 0. They are not classified.
    pub codes_kept: Vec<usize>,
}

impl Edits {
    /// Replaces a text of a row, and any earlier edit of it.
    pub fn set_row(&mut self, edit: RowEdit) {
        self.rows.retain(|other| (other.row, other.role) != (edit.row, edit.role));
        self.rows.push(edit);
    }

    /// Replaces a text in all rows, and any earlier edit of it.
    pub fn set_text(&mut self, role: Role, from: &str, to: String) {
        self.texts.retain(|edit| edit.role != role || edit.from != from);
        self.texts.push(TextEdit { role, from: from.to_owned(), to });
    }
}

/// A replaced text of one row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowEdit {
    /// The row of the file, counted from 0.
    pub row: usize,
    /// The row's number as a spreadsheet counts, from 1; 0 in edits of older versions.
    #[serde(default)]
    pub number: usize,
    /// The role of the text.
    pub role: Role,
    /// The new text; empty for none.
    pub text: String,
}

/// A text that is replaced in all rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextEdit {
    /// The role of the text.
    pub role: Role,
    /// The text in the file.
    pub from: String,
    /// The new text; empty for none.
    pub to: String,
}

/// Rows with the same text, which one edit corrects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// The text; empty for rows without one.
    pub text: String,
    /// The number of rows.
    pub rows: u32,
    /// The first row, counted from 0.
    pub row: usize,
    /// The first row's number as a spreadsheet counts, from 1.
    pub number: usize,
    /// Another text of the first row, by which a person recognises it.
    pub about: String,
    /// The text that is probably meant: `China (CN)` for `Chna`. It is never applied without the person.
    #[serde(default)]
    pub suggestion: Option<String>,
}

/// Rows that seem to be no product, and are left out for the same reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// The reason.
    pub reason: Reason,
    /// The number of rows.
    pub rows: u32,
    /// The first rows, each with its text; at most [`MOST_TOLD`].
    pub said: Vec<Said>,
    /// The number of other rows.
    pub more: u32,
}

/// Rows with the same current code and the same goods.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeRows {
    /// The code.
    pub code: CurrentCode,
    /// The text of its first row.
    pub text: String,
    /// The description of the goods; empty without one.
    pub description: String,
    /// Its rows in the file, counted from 0.
    pub rows: Vec<u32>,
}

/// Rows with the same problem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The role of the faulty text.
    pub role: Role,
    /// The fault.
    pub fault: Fault,
    /// The number of rows.
    pub rows: u32,
    /// The texts, the most frequent first; at most [`MOST_TOLD`].
    pub said: Vec<Said>,
    /// The number of other texts.
    pub more: u32,
}

/// Rows with a vague description.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Vague {
    /// The number of rows.
    pub rows: u32,
    /// The descriptions, the most frequent first; at most [`MOST_TOLD`].
    pub said: Vec<Said>,
    /// The number of other descriptions.
    pub more: u32,
}

/// A product that the service has classified before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// The identifier of the classification.
    pub id: String,
    /// The summary of the product, as the history has it.
    pub summary: String,
    /// The classifier's code; absent if it found none.
    #[serde(default)]
    pub code: Option<HsCode>,
    /// The decided code; absent if the service did not return it, and in records of older versions.
    #[serde(default, with = "as_json")]
    pub decided: Option<DecidedCode>,
    /// Whether a person has confirmed or corrected it.
    pub is_reviewed: bool,
}

impl Known {
    /// Sets the decided code.
    pub fn decide(&mut self, decided: DecidedCode) {
        self.is_reviewed |= decided.by == DecidedBy::Person;
        self.decided = Some(decided);
    }
}

/// A product: one request for all rows with the same one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    /// The request.
    #[serde(with = "as_json")]
    pub request: ClassifyRequest,
    /// The person's reference in its first row; empty if there is none.
    pub reference: String,
    /// The number of its rows.
    pub rows: u32,
    /// Its earlier classification, if there is one.
    #[serde(default)]
    pub known: Option<Known>,
}

impl Product {
    /// The name of the product: its description, else its reference, else the address of its picture.
    #[must_use]
    pub fn name(&self) -> &str {
        let picture = || self.request.image_url.as_ref()?.as_slice().first().map(String::as_str);
        let reference = Some(self.reference.as_str()).filter(|text| !text.is_empty());
        self.request.description.as_deref().or(reference).or_else(picture).unwrap_or_default()
    }
}

/// The report on a catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Report {
    /// The number of rows with a product. Rows that seem to be none are not counted.
    pub rows: u32,
    /// The number of rows that can be sent.
    pub good_rows: u32,
    /// The number of different products in these rows.
    pub products: u32,
    /// The problems of the other rows, most frequent first. A row may have several.
    pub problems: Vec<Problem>,
    /// The rows with a vague description, left out or not.
    pub vague: Vague,
    /// The number of products that the service has classified before.
    pub known: u32,
    /// The first of these, at most [`MOST_TOLD`].
    pub known_products: Vec<Product>,
    /// The questions about the file, answered or not.
    #[serde(default)]
    pub questions: Vec<Question>,
    /// The currencies of the rows with an amount.
    #[serde(default)]
    pub currencies: Vec<CurrencyUse>,
    /// The number of units that a price in the file is for.
    #[serde(default)]
    pub price: PriceBasis,
    /// The origins of the products, each with its number of products, most frequent first; `None` is no origin.
    #[serde(default)]
    pub origins: Vec<(Option<Country>, u32)>,
    /// The rows that seem to be no product, most frequent reason first.
    #[serde(default)]
    pub left_out: Vec<LeftOut>,
    /// The number of rows whose description had tags or entities of HTML, which are taken off.
    #[serde(default)]
    pub stripped: u32,
}
