//! The mapping of a file: the roles of its columns, and what a person has answered about it.

use import8_api::{Country, Currency, Money, Quantity};
use import8_sheets::reading::{Content, Source};
use serde::{Deserialize, Serialize};

use super::currency::{self, Sign};
use super::marks::{ColumnMark, Evidence, evidence};
use super::price::{PriceBasis, UnitPrice, per_unit};
use super::role::Role;
use crate::amount::DecimalMark;

/// Why a column has its role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Why {
    /// Its title says so.
    Title,
    /// Its cells look like it, and no title claims the role.
    Content,
    /// The person has chosen it.
    Person,
}

/// The mapping of a file: the roles of its columns, defaults for products without a property, and answers.
///
/// A page stores it. What only the cells decide is not stored: call [`decide`](Self::decide) before rows are read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// The row with the titles, from 0; `None` without titles. Rows above it are no products.
    pub titles: Option<usize>,
    /// Whether the titles have a second line, in the row below.
    #[serde(default)]
    pub has_second_line: bool,
    /// The role of each column; `None` for an unused column.
    pub roles: Vec<Option<Role>>,
    /// Why each column has its role; empty in mappings of older versions.
    #[serde(default)]
    pub(super) whys: Vec<Option<Why>>,
    /// The columns of the description that only add to it, such as a material.
    #[serde(default)]
    pub(super) details: Vec<usize>,
    /// The decimal mark of numbers whose column does not tell its own.
    pub decimal: DecimalMark,
    /// The country of origin of products without one; `None` if unknown.
    pub origin: Option<Country>,
    /// The destination of products without one.
    pub destination: Country,
    /// The currency of products without one.
    pub currency: Currency,
    /// The person's answers about this file.
    #[serde(default)]
    pub answers: Answers,
    /// What the cells decide.
    #[serde(skip)]
    pub(super) decided: Decided,
}

/// The answers of a person about one file. They do not hold for another file of the same layout.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Answers {
    /// The decimal marks of columns.
    pub marks: Vec<(usize, DecimalMark)>,
    /// Whether the person has chosen [`Mapping::currency`].
    pub has_currency: bool,
    /// Whether [`Mapping::currency`] holds whatever number formats and titles say.
    pub overrides_currency: bool,
    /// The number of units that a price is for; `None` as the title says.
    pub price: Option<PriceBasis>,
    /// The number of units in a pack, for rows without one.
    pub pack_size: Option<u32>,
    /// Whether the quantity counts packs; `None` as the title says.
    pub counts_packs: Option<bool>,
    /// Whether the value of a unit may be rounded to six decimals.
    pub rounds: bool,
    /// The columns that stay unused.
    pub unused: Vec<usize>,
}

/// What the cells and titles of a file decide about its numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Decided {
    /// The decimal mark of each column with numbers.
    pub(super) marks: Vec<ColumnMark>,
    /// The currency that the title of each column with amounts names.
    pub(super) signs: Vec<Option<Sign>>,
    /// A currency other than the default that is named somewhere in the file.
    pub(super) met: Option<Sign>,
    /// The number of units that the title says a price is for.
    pub(super) price: Option<PriceBasis>,
    /// Whether the title says that packs are counted.
    pub(super) counts_packs: Option<bool>,
}

/// The currency of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum RowCurrency {
    /// A currency that the API takes.
    Known(Currency),
    /// Another currency, or none that is known, in the text or column of this role.
    NotTaken(Role),
    /// Its amounts are in several currencies.
    Several,
    /// It has none, other rows have, and the person has not said which it is.
    Open,
}

/// How a file tells the currency of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Told {
    /// Texts of cells with amounts: `$ 12.50`.
    Cells,
    /// The column of currencies.
    Column,
    /// The number formats of cells.
    Format,
    /// The title of the column.
    Title,
    /// The person.
    Person,
    /// Nothing does: it is the default.
    Default,
}

impl Mapping {
    /// The first row that may be a product.
    #[must_use]
    pub fn first_row(&self) -> usize {
        self.titles.map_or(0, |row| row + 1 + usize::from(self.has_second_line))
    }

    /// The columns of a role, in order.
    pub fn columns(&self, role: Role) -> impl Iterator<Item = usize> {
        self.roles.iter().enumerate().filter(move |(_, own)| **own == Some(role)).map(|(column, _)| column)
    }

    /// The column of a role that only one column has.
    #[must_use]
    pub fn column(&self, role: Role) -> Option<usize> {
        self.columns(role).next()
    }

    /// Why a column has its role; `None` for an unused column and in mappings of older versions.
    #[must_use]
    pub fn why(&self, column: usize) -> Option<Why> {
        self.whys.get(column).copied().flatten()
    }

    /// The columns that describe the product. The other columns of the description, such as a material, only add to
    /// it: where all these are empty, the row has no description.
    pub fn main_columns(&self) -> impl Iterator<Item = usize> {
        let is_detail = |column: &usize| self.details.contains(column);
        let has_main = self.columns(Role::Description).any(|column| !is_detail(&column));
        self.columns(Role::Description).filter(move |column| !has_main || !is_detail(column))
    }

    /// Sets the role of a column, as the person wishes, and removes it from the column that had it, unless several may
    /// have it.
    pub fn assign(&mut self, column: usize, role: Option<Role>) {
        let had: Vec<_> = match role {
            Some(role) if !role.is_joined() => self.columns(role).collect(),
            _ => Vec::new(),
        };
        self.forget_answers_on([self.roles.get(column).copied().flatten(), role]);
        had.into_iter().for_each(|column| self.set(column, None, None));
        self.set(column, role, Some(Why::Person));
        self.answers.unused.retain(|unused| *unused != column);
        if role.is_none() {
            self.answers.unused.push(column);
        }
        // What the title said of its use was about the guessed role.
        self.details.retain(|detail| *detail != column);
    }

    /// Forgets the answers that were given about another column of these roles.
    fn forget_answers_on(&mut self, roles: [Option<Role>; 2]) {
        if roles.contains(&Some(Role::UnitValue)) {
            (self.answers.price, self.answers.pack_size, self.answers.rounds) = (None, None, false);
        }
        if roles.contains(&Some(Role::Quantity)) {
            self.answers.counts_packs = None;
        }
    }

    pub(super) fn set(&mut self, column: usize, role: Option<Role>, why: Option<Why>) {
        let Some(own) = self.roles.get_mut(column) else { return };
        *own = role;
        self.whys.resize(self.roles.len(), None);
        if let Some(own) = self.whys.get_mut(column) {
            *own = role.and(why);
        }
    }

    /// The same mapping for another file with these titles: without the answers, which are about one file.
    #[must_use]
    pub fn for_file(self, titles: &Self) -> Self {
        let (row, has_second_line) = (titles.titles, titles.has_second_line);
        Self { titles: row, has_second_line, answers: Answers::default(), ..self }
    }

    /// The same mapping with what another says of products without a property, for the same file.
    #[must_use]
    pub fn with_defaults_of(self, other: &Self) -> Self {
        let (origin, destination, currency) = (other.origin, other.destination, other.currency);
        let answers = Answers { has_currency: other.answers.has_currency, ..self.answers };
        Self { origin, destination, currency, answers, ..self }
    }

    /// Sets the decimal mark of all columns that do not tell their own, as the person wishes.
    pub fn set_decimal(&mut self, mark: DecimalMark) {
        self.decimal = mark;
        let has_number =
            |column: &usize| self.roles.get(*column).copied().flatten().is_some_and(Role::is_number);
        self.answers.marks = (0..self.roles.len()).filter(has_number).map(|column| (column, mark)).collect();
    }

    /// Sets the currency of products without one, as the person wishes.
    pub fn set_currency(&mut self, currency: Currency) {
        self.currency = currency;
        self.answers.has_currency = true;
    }

    /// The decimal mark by which a text of a row is read, where the text is not that of the cell after the person's
    /// edits too. `None` while the person has not said how the column is read.
    #[must_use]
    pub fn mark(&self, source: &Source, row: usize, role: Role, text: &str) -> Option<DecimalMark> {
        let Some(column) = self.column(role) else { return Some(self.decimal) };
        if is_number(source, row, column) && source.cell(row, column).trim() == text {
            return Some(DecimalMark::Point);
        }
        match (evidence(text), self.decided.marks.get(column).copied()) {
            (Evidence::Mark(mark), _) | (Evidence::Ambiguous, Some(ColumnMark::Told(mark))) => Some(mark),
            (Evidence::Ambiguous, Some(ColumnMark::Open)) => self.answered_mark(column),
            _ => Some(self.decimal),
        }
    }

    /// The mark that the person has chosen for a column.
    pub(super) fn answered_mark(&self, column: usize) -> Option<DecimalMark> {
        self.answers.marks.iter().find(|(of, _)| *of == column).map(|(_, mark)| *mark)
    }

    /// The currency of the amounts of a row. `text` returns its text for a role, after the person's edits.
    #[must_use]
    pub fn currency_of(&self, source: &Source, row: usize, text: &dyn Fn(Role) -> String) -> RowCurrency {
        self.currency_told(source, row, text).0
    }

    /// The currency of the amounts of a row, and how the file tells it.
    pub(super) fn currency_told(
        &self,
        source: &Source,
        row: usize,
        text: &dyn Fn(Role) -> String,
    ) -> (RowCurrency, Told) {
        let mut found: Option<(Sign, Role, Told)> = None;
        let mut add = |sign: Option<Sign>, role: Role, told: Told| {
            let Some(sign) = sign else { return };
            found = Some(match found {
                None => (sign, role, told),
                Some((other, first, by)) => (currency::joined(other, sign), first, by),
            });
        };
        let named = text(Role::Currency);
        let named = named.trim();
        if !named.is_empty() {
            add(Some(currency::of_cell(named).unwrap_or(Sign::NotTaken)), Role::Currency, Told::Column);
        }
        for role in [Role::UnitValue, Role::Shipping, Role::Insurance] {
            let amount = text(role);
            if amount.trim().is_empty() {
                continue;
            }
            add(currency::of_cell(&amount), role, Told::Cells);
            let Some(column) = self.column(role).filter(|_| !self.answers.overrides_currency) else {
                continue;
            };
            if source.cell(row, column).trim() == amount.trim() {
                add(format_sign(source, row, column), role, Told::Format);
            }
            add(self.decided.signs.get(column).copied().flatten(), role, Told::Title);
        }
        let own = RowCurrency::Known(self.currency);
        match found {
            Some((Sign::Taken(currency), _, told)) => (RowCurrency::Known(currency), told),
            Some((Sign::NotTaken, role, told)) => (RowCurrency::NotTaken(role), told),
            Some((Sign::Several, _, told)) => (RowCurrency::Several, told),
            None if self.answers.has_currency => (own, Told::Person),
            Some((Sign::Yen, ..)) if self.answers.has_currency => (own, Told::Person),
            Some((Sign::Yen, ..)) => (RowCurrency::Open, Told::Default),
            None if self.decided.met.is_some() => (RowCurrency::Open, Told::Default),
            None => (own, Told::Default),
        }
    }

    /// The number of units that a price is for.
    #[must_use]
    pub fn price_basis(&self) -> PriceBasis {
        self.answers.price.or(self.decided.price).unwrap_or(PriceBasis::Unit)
    }

    /// Whether the number of units in a pack matters.
    #[must_use]
    pub fn needs_pack_size(&self) -> bool {
        self.price_basis() == PriceBasis::Pack || self.counts_packs() == Some(true)
    }

    /// Whether the quantity counts packs; `None` while the person has not said so of prices that are not for a unit.
    #[must_use]
    pub fn counts_packs(&self) -> Option<bool> {
        let told = self.answers.counts_packs.or(self.decided.counts_packs);
        match self.price_basis() {
            PriceBasis::Unit | PriceBasis::Line => told.or(Some(false)),
            PriceBasis::Units(_) | PriceBasis::Pack => told,
        }
    }
}

/// The value and number of units of a row that cannot be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotTold {
    /// The person has not answered what the price is for, or whether it may be rounded.
    Open,
    /// The total of a line has no quantity by which it could be divided.
    NoQuantity,
    /// The quantity in units is too large.
    TooLarge,
}

impl Mapping {
    /// The value of one unit and the number of units, from a price, a quantity and the number of units in a pack, as
    /// the row has them.
    ///
    /// # Errors
    /// See [`NotTold`].
    pub fn in_units(
        &self,
        price: Money,
        quantity: Option<Quantity>,
        pack: Option<Quantity>,
    ) -> Result<(Money, Option<Quantity>), NotTold> {
        let pack = pack.map(Quantity::get).or(self.answers.pack_size);
        let basis = self.price_basis();
        let quantity = match quantity {
            None => None,
            Some(count) if self.counts_packs().ok_or(NotTold::Open)? => {
                let size = if let PriceBasis::Units(size) = basis { Some(size) } else { pack };
                let units = u64::from(count.get()) * u64::from(size.ok_or(NotTold::Open)?);
                Some(units.to_string().parse().map_err(|_| NotTold::TooLarge)?)
            }
            Some(count) => Some(count),
        };
        let divisor = match basis {
            PriceBasis::Unit => 1,
            PriceBasis::Units(units) => units,
            PriceBasis::Pack => pack.ok_or(NotTold::Open)?,
            PriceBasis::Line => quantity.ok_or(NotTold::NoQuantity)?.get(),
        };
        match per_unit(price, divisor).ok_or(NotTold::Open)? {
            UnitPrice::Exact(value) => Ok((value, quantity)),
            UnitPrice::Rounded(value) if self.answers.rounds => Ok((value, quantity)),
            UnitPrice::Rounded(_) => Err(NotTold::Open),
        }
    }
}

/// Whether a cell is a number, which has no mark.
pub(super) fn is_number(source: &Source, row: usize, column: usize) -> bool {
    source.content(row, column) == Content::Number
}

/// The currency that the number format of a cell names.
pub(super) fn format_sign(source: &Source, row: usize, column: usize) -> Option<Sign> {
    source.currency(row, column).map(currency::of_code)
}
