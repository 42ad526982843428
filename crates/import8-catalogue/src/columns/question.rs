//! Questions that are asked once for a file, because its cells can be read in several ways.
//!
//! A question that [blocks](Question::blocks) keeps its rows back until it is answered: a wrong guess would change an
//! amount by a factor, or its currency. The others have a default, which is said with the question and costs nothing:
//! a column that stays unused, the euro in a file that names no currency.

use import8_api::{Currency, Money};
use import8_sheets::reading::Source;
use serde::{Deserialize, Serialize};

use super::currency::Sign;
use super::mapping::{Mapping, RowCurrency, Told};
use super::marks::{ColumnMark, Evidence, evidence};
use super::price::{PriceBasis, UnitPrice, per_unit};
use super::role::Role;
use super::title_row::understood;
use super::titles::Meaning;
use crate::amount::{DecimalMark, read};
use crate::message::as_json;

/// The most texts that a question has as examples.
const EXAMPLES: usize = 3;

/// A question about a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Question {
    /// By which decimal mark is a column read?
    Mark {
        /// The column.
        column: usize,
        /// The number of rows that depend on it.
        rows: u32,
        /// Texts with both readings.
        examples: Vec<MarkExample>,
    },
    /// Which currency have the rows that name none?
    Currency {
        /// The column of values.
        column: usize,
        /// The number of rows that depend on it.
        rows: u32,
        /// Texts of such rows.
        examples: Vec<String>,
        /// The currency that is named elsewhere in the file.
        suggested: Option<Currency>,
        /// Whether the file names another currency than the default somewhere.
        is_doubtful: bool,
    },
    /// Is the price for one unit or for a pack? Asked where the file has the size of packs and the title of the price
    /// does not say, and shown again where the person has answered it.
    PricePer {
        /// The column of prices.
        column: usize,
        /// The column with the number of units in a pack, if there is one.
        pack_size: Option<usize>,
        /// Prices.
        examples: Vec<String>,
    },
    /// How many units are in a pack?
    PackSize {
        /// The column of prices.
        column: usize,
        /// The number of rows that depend on it.
        rows: u32,
        /// Prices of such rows.
        examples: Vec<String>,
        /// Whether the price is for a pack. If not, it is only the quantity that counts packs.
        is_price: bool,
    },
    /// Does the quantity count packs, or units?
    CountsPacks {
        /// The column of quantities.
        column: usize,
        /// The number of units that the price is for.
        price: PriceBasis,
        /// The number of rows that depend on it.
        rows: u32,
        /// Quantities.
        examples: Vec<String>,
    },
    /// May the value of a unit be rounded to six decimals?
    Rounding {
        /// The column of prices.
        column: usize,
        /// The number of rows that depend on it.
        rows: u32,
        /// Divisions that are not exact.
        examples: Vec<Division>,
    },
    /// Has a column this role after all?
    Unused {
        /// The column.
        column: usize,
        /// The role.
        role: Role,
        /// Why it is not used.
        doubt: Doubt,
        /// Texts of the column.
        examples: Vec<String>,
    },
}

/// A text that is another number under each decimal mark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkExample {
    /// The text in the file.
    pub text: String,
    /// The number if the point is the decimal mark.
    #[serde(with = "as_json")]
    pub by_point: Money,
    /// The number if the comma is.
    #[serde(with = "as_json")]
    pub by_comma: Money,
}

/// The division of a price that is not exact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Division {
    /// The price.
    #[serde(with = "as_json")]
    pub price: Money,
    /// The number of units that it is for.
    pub units: u32,
    /// The value of one unit, rounded half up to six decimals.
    #[serde(with = "as_json")]
    pub value: Money,
}

/// The reason why a column is not used, although its title is near to a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Doubt {
    /// It has zeros or negative numbers, as a stock has, and no quantity that is imported.
    Stock,
    /// It is the total of the line, which the quantity would have to divide.
    LineTotal,
    /// It is a price with tax, which is no part of the customs value.
    WithTax,
}

/// An answer to a [`Question`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// To [`Question::Mark`].
    Mark(DecimalMark),
    /// To [`Question::Currency`].
    Currency(Currency),
    /// The price is for one unit. To [`Question::PricePer`] and [`Question::PackSize`].
    PerUnit,
    /// The price is for a pack. To [`Question::PricePer`].
    PerPack,
    /// This many units. To [`Question::PackSize`].
    PackSize(u32),
    /// Whether packs are counted, or units. To [`Question::CountsPacks`].
    CountsPacks(bool),
    /// Yes. To [`Question::Rounding`].
    Round,
    /// The column is used. To [`Question::Unused`].
    Use,
    /// The column stays unused. To [`Question::Unused`].
    Unused,
}

/// The currency of rows with an amount, and how the file tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CurrencyUse {
    /// The currency.
    pub currency: RowCurrency,
    /// How the file tells it.
    pub told: Told,
    /// The number of rows.
    pub rows: u32,
}

impl Question {
    /// The column that it is about.
    #[must_use]
    pub fn column(&self) -> usize {
        match self {
            Self::Mark { column, .. }
            | Self::Currency { column, .. }
            | Self::PricePer { column, .. }
            | Self::PackSize { column, .. }
            | Self::CountsPacks { column, .. }
            | Self::Rounding { column, .. }
            | Self::Unused { column, .. } => *column,
        }
    }

    /// Whether its rows are kept back until it is answered. Otherwise, a default holds.
    #[must_use]
    pub fn blocks(&self) -> bool {
        match self {
            Self::Mark { .. } | Self::PackSize { .. } | Self::CountsPacks { .. } | Self::Rounding { .. } => {
                true
            }
            Self::Currency { is_doubtful, .. } => *is_doubtful,
            Self::PricePer { .. } | Self::Unused { .. } => false,
        }
    }

    /// The answers to choose from. [`PackSize`](Self::PackSize) may also be answered with a number.
    #[must_use]
    pub fn answers(&self) -> Vec<Answer> {
        match self {
            Self::Mark { .. } => [DecimalMark::Point, DecimalMark::Comma].map(Answer::Mark).into(),
            Self::Currency { .. } => Currency::ALL.map(Answer::Currency).into(),
            Self::PricePer { .. } => vec![Answer::PerUnit, Answer::PerPack],
            Self::PackSize { is_price: true, .. } => vec![Answer::PerUnit],
            Self::PackSize { is_price: false, .. } => vec![Answer::CountsPacks(false)],
            Self::CountsPacks { .. } => [false, true].map(Answer::CountsPacks).into(),
            Self::Rounding { .. } => vec![Answer::Round],
            Self::Unused { .. } => vec![Answer::Unused, Answer::Use],
        }
    }
}

impl Mapping {
    /// Answers a question. An answer to another question is ignored.
    pub fn answer(&mut self, question: &Question, answer: Answer) {
        let answers = &mut self.answers;
        match (question, answer) {
            (Question::Mark { column, .. }, Answer::Mark(mark)) => {
                answers.marks.retain(|(of, _)| of != column);
                answers.marks.push((*column, mark));
            }
            (Question::Currency { .. }, Answer::Currency(currency)) => self.set_currency(currency),
            (Question::PricePer { .. } | Question::PackSize { .. }, Answer::PerUnit) => {
                answers.price = Some(PriceBasis::Unit);
            }
            (Question::PricePer { .. }, Answer::PerPack) => answers.price = Some(PriceBasis::Pack),
            (Question::PackSize { .. }, Answer::PackSize(units @ 1..)) => answers.pack_size = Some(units),
            (Question::CountsPacks { .. } | Question::PackSize { .. }, Answer::CountsPacks(counts)) => {
                answers.counts_packs = Some(counts);
            }
            (Question::Rounding { .. }, Answer::Round) => answers.rounds = true,
            (Question::Unused { column, role, doubt, .. }, Answer::Use) => {
                self.assign(*column, Some(*role));
                if *doubt == Doubt::LineTotal {
                    self.answers.price = Some(PriceBasis::Line);
                }
            }
            (Question::Unused { column, .. }, Answer::Unused) => self.assign(*column, None),
            _ => {}
        }
    }

    /// The person's answer to a question, if there is one. A column that is used after all is no question any more.
    #[must_use]
    pub fn answer_to(&self, question: &Question) -> Option<Answer> {
        let answers = &self.answers;
        match question {
            Question::Mark { column, .. } => self.answered_mark(*column).map(Answer::Mark),
            Question::Currency { .. } => answers.has_currency.then_some(Answer::Currency(self.currency)),
            Question::PricePer { .. } => match answers.price? {
                PriceBasis::Pack => Some(Answer::PerPack),
                PriceBasis::Unit | PriceBasis::Units(_) | PriceBasis::Line => Some(Answer::PerUnit),
            },
            Question::PackSize { .. } => answers.pack_size.map(Answer::PackSize),
            Question::CountsPacks { .. } => answers.counts_packs.map(Answer::CountsPacks),
            Question::Rounding { .. } => answers.rounds.then_some(Answer::Round),
            Question::Unused { column, .. } => answers.unused.contains(column).then_some(Answer::Unused),
        }
    }

    /// Whether rows wait for the answer to a question.
    #[must_use]
    pub fn waits_for(&self, question: &Question) -> bool {
        question.blocks() && self.answer_to(question).is_none()
    }

    /// The questions about the products in `rows`, answered or not, and the currencies of these rows. `text` returns
    /// the text of a row for a role, after the person's edits.
    #[must_use]
    pub fn questions(
        &self,
        source: &Source,
        rows: &[usize],
        text: &dyn Fn(usize, Role) -> String,
    ) -> (Vec<Question>, Vec<CurrencyUse>) {
        let mut questions = self.marks_in_question(rows, text);
        let mut currencies = Vec::new();
        if let Some(column) = self.column(Role::UnitValue) {
            let mut prices = Prices::default();
            for &row in rows {
                self.read_price(source, row, &|role| text(row, role), &mut prices);
            }
            questions.extend(self.questions_on_prices(column, &prices));
            currencies = prices.currencies;
        }
        questions.extend(self.unused_in_question(source, rows));
        (questions, currencies)
    }

    fn marks_in_question(&self, rows: &[usize], text: &dyn Fn(usize, Role) -> String) -> Vec<Question> {
        let mut questions = Vec::new();
        for role in Role::ALL.into_iter().filter(|role| role.is_number()) {
            let is_open = |column: &usize| self.decided.marks.get(*column) == Some(&ColumnMark::Open);
            let Some(column) = self.column(role).filter(is_open) else { continue };
            // The size of a pack that nobody needs is not asked for.
            if role == Role::PackSize && !self.needs_pack_size() {
                continue;
            }
            let (mut count, mut examples) = (0, Vec::<MarkExample>::new());
            for &row in rows {
                let text = text(row, role);
                if evidence(&text) != Evidence::Ambiguous {
                    continue;
                }
                count += 1;
                let read = |mark| amount(&text, mark);
                let (Some(by_point), Some(by_comma)) = (read(DecimalMark::Point), read(DecimalMark::Comma))
                else {
                    continue;
                };
                if examples.len() < EXAMPLES && examples.iter().all(|one| one.text != text) {
                    examples.push(MarkExample { text, by_point, by_comma });
                }
            }
            if count > 0 {
                questions.push(Question::Mark { column, rows: count, examples });
            }
        }
        questions
    }

    /// Reads what the questions on prices need to know of a row.
    fn read_price(&self, source: &Source, row: usize, text: &dyn Fn(Role) -> String, prices: &mut Prices) {
        let price = text(Role::UnitValue);
        if price.is_empty() {
            return;
        }
        prices.all.add(&price);
        let (currency, told) = self.currency_told(source, row, text);
        prices.add_currency(currency, told);
        if matches!(told, Told::Default | Told::Person) {
            prices.without_currency.add(&price);
        }
        let quantity = text(Role::Quantity);
        let pack = text(Role::PackSize);
        if !quantity.is_empty() {
            prices.counted.add(&quantity);
        }
        let is_sized = self.price_basis() != PriceBasis::Pack && quantity.is_empty();
        if self.needs_pack_size() && pack.is_empty() && !is_sized {
            prices.without_size.add(&price);
        }
        let count = |role: Role, text: &str| {
            let count = amount(text, self.mark(source, row, role, text)?)?;
            count.normalized().to_string().parse::<u32>().ok()
        };
        let units = match self.price_basis() {
            PriceBasis::Unit => None,
            PriceBasis::Units(units) => Some(units),
            PriceBasis::Pack => count(Role::PackSize, &pack).or(self.answers.pack_size),
            PriceBasis::Line => count(Role::Quantity, &quantity),
        };
        let mark = self.mark(source, row, Role::UnitValue, &price);
        let price = mark.and_then(|mark| amount(&price, mark));
        if let (Some(price), Some(units)) = (price, units)
            && let Some(UnitPrice::Rounded(value)) = per_unit(price, units)
        {
            prices.rounded += 1;
            if prices.divisions.len() < EXAMPLES {
                prices.divisions.push(Division { price, units, value });
            }
        }
    }

    fn questions_on_prices(&self, column: usize, prices: &Prices) -> Vec<Question> {
        let mut questions = Vec::new();
        let basis = self.price_basis();
        if !prices.without_currency.texts.is_empty() {
            let suggested = match self.decided.met {
                Some(Sign::Taken(currency)) => Some(currency),
                _ => None,
            };
            let Examples { rows, texts: examples } = prices.without_currency.clone();
            let is_doubtful = self.decided.met.is_some();
            questions.push(Question::Currency { column, rows, examples, suggested, is_doubtful });
        }
        let pack_size = self.column(Role::PackSize);
        let is_asked = pack_size.is_some() && self.decided.price.is_none() || self.answers.price.is_some();
        if is_asked && matches!(basis, PriceBasis::Unit | PriceBasis::Pack) && !prices.all.texts.is_empty() {
            questions.push(Question::PricePer { column, pack_size, examples: prices.all.texts.clone() });
        }
        if !prices.without_size.texts.is_empty() {
            let Examples { rows, texts: examples } = prices.without_size.clone();
            questions.push(Question::PackSize {
                column,
                rows,
                examples,
                is_price: basis == PriceBasis::Pack,
            });
        }
        let is_counted = matches!(basis, PriceBasis::Units(_) | PriceBasis::Pack)
            && self.decided.counts_packs.is_none()
            || self.answers.counts_packs.is_some();
        if let Some(column) = self.column(Role::Quantity).filter(|_| is_counted)
            && !prices.counted.texts.is_empty()
        {
            let Examples { rows, texts: examples } = prices.counted.clone();
            questions.push(Question::CountsPacks { column, price: basis, rows, examples });
        }
        if prices.rounded > 0 {
            let (rows, examples) = (prices.rounded, prices.divisions.clone());
            questions.push(Question::Rounding { column, rows, examples });
        }
        questions
    }

    /// The columns whose titles are near to a role that no column has.
    fn unused_in_question(&self, source: &Source, rows: &[usize]) -> Vec<Question> {
        let Some(titles) = self.title_row() else { return Vec::new() };
        let mut questions = Vec::new();
        for column in (0..self.roles.len()).filter(|&column| self.roles.get(column) == Some(&None)) {
            let meaning = understood(source, titles, column).map(|title| title.meaning);
            let (role, doubt) = match meaning {
                Some(Meaning::Role(Role::Quantity)) => (Role::Quantity, Doubt::Stock),
                Some(Meaning::LineTotal) if self.column(Role::Quantity).is_some() => {
                    (Role::UnitValue, Doubt::LineTotal)
                }
                Some(Meaning::WithTax) => (Role::UnitValue, Doubt::WithTax),
                _ => continue,
            };
            let mut examples = Examples::default();
            let texts = rows.iter().map(|&row| source.cell(row, column).trim().to_owned());
            texts.filter(|text| !text.is_empty()).for_each(|text| examples.add(&text));
            if self.column(role).is_none() && !examples.texts.is_empty() {
                questions.push(Question::Unused { column, role, doubt, examples: examples.texts });
            }
        }
        questions
    }
}

fn amount(text: &str, mark: DecimalMark) -> Option<Money> {
    read(text, mark).ok()?.map(|amount| amount.value)
}

/// The number of rows, and the first different texts among them.
#[derive(Debug, Clone, Default)]
struct Examples {
    rows: u32,
    texts: Vec<String>,
}

impl Examples {
    fn add(&mut self, text: &str) {
        self.rows += 1;
        if self.texts.len() < EXAMPLES && self.texts.iter().all(|other| other != text) {
            self.texts.push(text.to_owned());
        }
    }
}

/// What the questions on prices need to know.
#[derive(Debug, Default)]
struct Prices {
    all: Examples,
    currencies: Vec<CurrencyUse>,
    without_currency: Examples,
    without_size: Examples,
    counted: Examples,
    rounded: u32,
    divisions: Vec<Division>,
}

impl Prices {
    fn add_currency(&mut self, currency: RowCurrency, told: Told) {
        let same = |one: &&mut CurrencyUse| (one.currency, one.told) == (currency, told);
        match self.currencies.iter_mut().find(same) {
            Some(one) => one.rows += 1,
            None => self.currencies.push(CurrencyUse { currency, told, rows: 1 }),
        }
    }
}
