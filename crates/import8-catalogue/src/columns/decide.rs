//! Decides how the numbers of a file are read, from its titles and cells: decimal marks, currencies, units per price.

use import8_sheets::reading::Source;

use super::currency::{self, Sign};
use super::mapping::{Decided, Mapping, format_sign, is_number};
use super::marks::{ColumnMark, Tally};
use super::price::PriceBasis;
use super::role::Role;
use super::title_row::{TitleRow, title, understood};
use super::titles::{Meaning, price_basis};

/// The most rows of a column that is not used and whose cells may name a currency.
const SAMPLE: usize = 200;

impl Mapping {
    /// The titles that the mapping has.
    pub(super) fn title_row(&self) -> Option<TitleRow> {
        self.titles.map(|row| TitleRow { row, has_second_line: self.has_second_line })
    }

    /// Decides from all cells of the file what they tell about its numbers. Call it before rows are read, and again
    /// when roles have changed.
    pub fn decide(&mut self, source: &Source) {
        let rows = || self.first_row()..source.rows();
        let marks = self.marks(source);
        let meaning = |column| Some(understood(source, self.title_row()?, column)?.meaning);
        let text = |column| self.title_row().map(|row| title(source, row, column)).unwrap_or_default();
        let is_amount =
            |column: usize| self.roles.get(column).copied().flatten().is_some_and(Role::is_amount);
        let is_total = |column| matches!(meaning(column), Some(Meaning::LineTotal | Meaning::WithTax));
        let columns = || 0..source.columns();
        let mut signs: Vec<_> =
            columns().map(|column| currency::of_title(&text(column)).filter(|_| is_amount(column))).collect();
        let totals: Vec<_> = columns().filter(|&column| !is_amount(column) && is_total(column)).collect();
        // The total of a line is in the currency of its price.
        let total = totals.iter().find_map(|&column| currency::of_title(&text(column)));
        if let Some(sign) = self.column(Role::UnitValue).and_then(|column| signs.get_mut(column)) {
            *sign = sign.or(total);
        }
        let head =
            (0..self.titles.unwrap_or_default()).flat_map(|row| columns().map(move |column| (row, column)));
        let head = head.filter_map(|(row, column)| currency::of_title(&source.cell(row, column)));
        let cell = |row, column| {
            let text = source.cell(row, column);
            currency::of_cell(&text).or_else(|| format_sign(source, row, column))
        };
        let amounts = columns().filter(|&column| is_amount(column));
        let amounts = amounts.flat_map(|column| rows().map(move |row| (row, column)));
        let totals = totals.into_iter().flat_map(|column| rows().take(SAMPLE).map(move |row| (row, column)));
        let named =
            self.column(Role::Currency).into_iter().flat_map(|column| rows().map(move |row| (row, column)));
        let cells = amounts.chain(named).chain(totals).filter_map(|(row, column)| cell(row, column));
        let default = Sign::Taken(self.currency);
        let met = signs.iter().flatten().copied().chain(head).chain(cells).find(|sign| *sign != default);
        let price = self.column(Role::UnitValue).and_then(|column| price_basis(&text(column)));
        let price = price.or_else(|| {
            let size = self.column(Role::PackSize)?;
            (meaning(size) == Some(Meaning::PriceUnit)).then_some(PriceBasis::Pack)
        });
        let counts_packs = self
            .column(Role::Quantity)
            .and_then(|column| understood(source, self.title_row()?, column)?.counts_packs);
        self.decided = Decided { marks, signs, met, price, counts_packs };
    }

    /// The decimal mark of each column with numbers.
    fn marks(&self, source: &Source) -> Vec<ColumnMark> {
        let mark = |column: usize| {
            let mut tally = Tally::default();
            let texts = (self.first_row()..source.rows()).filter(|&row| !is_number(source, row, column));
            texts.for_each(|row| tally.add(source.cell(row, column).trim()));
            tally.mark()
        };
        let role = |column: usize| self.roles.get(column).copied().flatten();
        let has_number = |column: usize| role(column).is_some_and(Role::is_number);
        let mut marks: Vec<_> = (0..source.columns())
            .map(|column| if has_number(column) { mark(column) } else { ColumnMark::Unneeded })
            .collect();
        // Quantities are written as the amounts beside them, if all of those are written alike.
        let mut told = marks.iter().enumerate().filter_map(|(column, mark)| match mark {
            ColumnMark::Told(mark) if role(column).is_some_and(Role::is_amount) => Some(*mark),
            _ => None,
        });
        let first = told.next();
        let common = first.filter(|first| told.all(|other| other == *first));
        if let Some(common) = common {
            for role in [Role::Quantity, Role::PackSize] {
                let own = self.column(role).and_then(|column| marks.get_mut(column));
                if let Some(own) = own.filter(|own| **own == ColumnMark::Open) {
                    *own = ColumnMark::Told(common);
                }
            }
        }
        marks
    }
}
