//! The person's own file is written: what counts is asked for first, and then the rows are filled.

use import8_catalogue::catalogue;
use import8_catalogue::report::Row;
use leptos::prelude::*;

use super::cells::{Source, lacks_code};
use super::columns::{Column, Group};
use super::product::{Product, deciding};
use crate::api::{ApiError, Client};
use crate::batches::{Batches, Journal};
use crate::components::csv_reader::in_csv;
use crate::database;
use crate::format;
use crate::locales::Texts;
use crate::reviews::Reviews;
use crate::sheets::{Format, Opening, Separators, SheetError};

/// So many rows are given to the worker at a time.
const CHUNK: usize = 1_000;

/// In which form the file comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// As it came.
    Same,
    /// A CSV as the Dutch write it.
    Dutch,
    /// A CSV as others do.
    International,
    /// A workbook.
    Xlsx,
}

impl Form {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Same, Self::Xlsx, Self::Dutch, Self::International];

    fn of_sheet(self) -> catalogue::Form {
        match self {
            Self::Same => catalogue::Form::Same,
            Self::Dutch => catalogue::Form::Csv(Separators::Dutch),
            Self::International => catalogue::Form::Csv(Separators::International),
            Self::Xlsx => catalogue::Form::Xlsx,
        }
    }

    /// What it is called.
    #[must_use]
    pub fn word(self, texts: Texts) -> &'static str {
        match self {
            Self::Same => texts.fill().same,
            Self::Dutch => texts.fill().csv_dutch,
            Self::International => texts.fill().csv_international,
            Self::Xlsx => texts.fill().xlsx,
        }
    }

    /// Its name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Dutch => "dutch",
            Self::International => "international",
            Self::Xlsx => "xlsx",
        }
    }

    /// The format of the file, which in its own form goes by its ending.
    #[must_use]
    pub fn format(self, name: &str) -> Format {
        match self {
            Self::Same if is_workbook(name) => Format::Xlsx,
            Self::Xlsx => Format::Xlsx,
            Self::Same | Self::International => Format::Csv(Separators::International),
            Self::Dutch => Format::Csv(Separators::Dutch),
        }
    }
}

/// Whether a file of this name is a workbook, as far as names tell.
#[must_use]
pub fn is_workbook(name: &str) -> bool {
    let name = name.to_lowercase();
    [".xlsx", ".xlsm", ".xls", ".ods"].iter().any(|ending| name.ends_with(ending))
}

/// What is wanted.
#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    /// The columns to add, in the order of the file.
    pub columns: Vec<Column>,
    /// The form.
    pub form: Form,
    /// Whether only rows without a code are wanted.
    pub is_without_code: bool,
}

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It is asked which codes count.
    Asking,
    /// It is asked what so many products cost under another code.
    AskingCosts(usize),
    /// The file is written.
    Writing,
}

/// Why there is no file.
pub enum Trouble {
    /// The person's own cannot be read.
    NotRead(SheetError),
    /// The filled one cannot be written.
    NotWritten(SheetError),
}

/// What is asked of the service before a file is written: corrections may have been made anywhere.
pub struct Asking<Tell> {
    /// The catalogues.
    pub batches: Batches,
    /// The verdicts given here.
    pub reviews: Reviews,
    /// Is told how far it is.
    pub tell: Tell,
    /// Is told how many seconds are left of a pause for the rate limit.
    pub waiting: RwSignal<u32>,
}

impl<Tell: Fn(Step)> Asking<Tell> {
    /// Asks for what counts now, and where costs are wanted, for those under corrected codes.
    ///
    /// # Errors
    /// See [`ApiError`]; what was told before is written down.
    pub async fn ask(&self, id: &str, order: &Order, client: &Client) -> Result<(), ApiError> {
        (self.tell)(Step::Asking);
        self.batches.learn_decided(id, client, self.waiting, u64::MAX).await?;
        if !order.columns.iter().any(|column| column.group() == Group::Cost) {
            return Ok(());
        }
        let decide = deciding(self.reviews);
        let lacks_cost = |journal: &Journal| {
            let products = journal.places.iter().flatten().filter(|place| place.batch.is_some());
            let ids = products.filter_map(|place| Product::at(journal, *place, &decide).lacks_cost());
            // Of a verdict that is yet to be sent the service knows nothing.
            let sent = ids.filter(|id| self.reviews.waiting_of(id).is_none());
            sent.map(str::to_owned).collect::<Vec<_>>()
        };
        let ids =
            untrack(|| self.batches.with_journal(id, |journal| journal.map(lacks_cost)).unwrap_or_default());
        let left = |left| (self.tell)(Step::AskingCosts(left));
        self.batches.learn_alone(id, ids, client, self.waiting, left).await
    }
}

/// Writes the file, and has the browser save it; answers what it is called.
///
/// # Errors
/// Why there is none.
pub async fn write(
    batches: Batches,
    reviews: Reviews,
    id: &str,
    order: Order,
    texts: Texts,
) -> Result<String, Trouble> {
    let lost = || Trouble::NotRead(SheetError::Broken);
    let catalogue = untrack(|| batches.get(id)).ok_or_else(lost)?;
    let file = database::file(id).await.ok().flatten().ok_or_else(lost)?;
    let (mut opening, _) = Opening::start(&file).await.map_err(Trouble::NotRead)?;
    if let Some(sheet) = &catalogue.sheet {
        opening.sheet(sheet).await.map_err(Trouble::NotRead)?;
    }
    let format = order.form.format(&catalogue.name);
    let is_csv = matches!(format, Format::Csv(_));
    let kind_of = |column: &Column| if is_csv { in_csv(column.kind()) } else { column.kind() };
    let kinds = order.columns.iter().map(kind_of).collect();
    opening.fill(order.form.of_sheet(), kinds).await.map_err(Trouble::NotWritten)?;
    let origin = window().location().origin().unwrap_or_default();
    let titles_row = catalogue.mapping.as_ref().and_then(|mapping| mapping.titles);
    let titles: Vec<_> = order.columns.iter().map(|column| column.title(texts).to_owned()).collect();
    // As it is now: what comes in meanwhile is for the next file.
    let journal = untrack(|| batches.with_journal(id, |journal| journal.cloned())).ok_or_else(lost)?;
    let decide = deciding(reviews);
    let (journal, decide) = (&journal, &decide);
    let source = Source { journal, decide, origin: &origin, clock: format::clock_time, texts };
    let row = |(at, row): (usize, &Row)| {
        if titles_row == Some(at) {
            Some(titles.clone())
        } else if order.is_without_code && !lacks_code(row, journal, decide) {
            None
        } else {
            Some(source.cells(&order.columns, row))
        }
    };
    for from in (0..journal.plan.rows.len()).step_by(CHUNK) {
        let rows = journal.plan.rows.iter().enumerate().skip(from).take(CHUNK).map(row).collect();
        opening.cells(rows).await.map_err(Trouble::NotWritten)?;
    }
    let name = format!("{}-{}.{}", stem(&catalogue.name), texts.fill().file_suffix, format.extension());
    opening.finish(&name, format.media_type()).await.map_err(Trouble::NotWritten)?;
    Ok(name)
}

/// A file's name without its ending.
fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_keeps_its_name_and_gets_the_ending_of_its_form() {
        assert_eq!(stem("shop.2026.csv"), "shop.2026");
        assert_eq!(stem("shop"), "shop");
        assert_eq!(Form::Same.format("shop.XLSX"), Format::Xlsx);
        assert_eq!(Form::Same.format("shop.ods"), Format::Xlsx);
        assert_eq!(Form::Same.format("shop.csv").extension(), "csv");
        assert_eq!(Form::Xlsx.format("shop.csv"), Format::Xlsx);
    }
}
