//! Writes the person's file: updates the decided codes, then fills the rows in the sheet worker.

use import8_catalogue::catalogue::OutputForm;
use import8_catalogue::report::Row;
use leptos::prelude::*;

use super::cells::{Source, lacks_code};
use super::columns::{Column, Group};
use super::product::{Product, deciding};
use crate::api::{ApiError, Client};
use crate::browser::database;
use crate::browser::sheet_worker::{FileKind, Format, Opening, Separators, SheetError, WorkbookKind};
use crate::components::csv_reader::in_csv;
use crate::i18n::{Texts, format};
use crate::outbox::batches::{Batches, Journal};
use crate::outbox::reviews::Reviews;

/// Rows sent to the sheet worker per message.
const CHUNK: usize = 1_000;

/// The file format that a person chooses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileFormat {
    /// The format of the uploaded file.
    Same,
    /// CSV with semicolons and decimal commas.
    Dutch,
    /// CSV with commas and decimal points.
    International,
    /// An XLSX workbook.
    Xlsx,
}

impl FileFormat {
    /// All formats, in the order of the form.
    pub const ALL: [Self; 4] = [Self::Same, Self::Xlsx, Self::Dutch, Self::International];

    /// The label of the format.
    #[must_use]
    pub fn word(self, texts: Texts) -> &'static str {
        match self {
            Self::Same => texts.fill().same,
            Self::Dutch => texts.fill().csv_dutch,
            Self::International => texts.fill().csv_international,
            Self::Xlsx => texts.fill().xlsx,
        }
    }

    /// The `value` attribute of the format's `<option>`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Dutch => "dutch",
            Self::International => "international",
            Self::Xlsx => "xlsx",
        }
    }

    /// How a file of this kind and name is written, with all its rows or some.
    #[must_use]
    pub fn plan(self, kind: FileKind, name: &str, is_whole: bool) -> WritePlan {
        let csv = |form, extension| WritePlan {
            form,
            extension,
            media_type: Format::Csv(Separators::Dutch).media_type(),
        };
        match (self, kind) {
            (Self::Same, FileKind::Text) => csv(OutputForm::Same, text_extension(name)),
            (Self::Dutch, _) => csv(OutputForm::Csv(Separators::Dutch), "csv"),
            (Self::International, _) => csv(OutputForm::Csv(Separators::International), "csv"),
            (Self::Same | Self::Xlsx, FileKind::Workbook(kind)) if kind.is_kept() && is_whole => WritePlan {
                form: OutputForm::Same,
                extension: kind.extension(),
                media_type: kind.media_type(),
            },
            (Self::Same | Self::Xlsx, _) => WritePlan {
                form: OutputForm::Xlsx,
                extension: Format::Xlsx.extension(),
                media_type: Format::Xlsx.media_type(),
            },
        }
    }

    /// Whether a file of this kind is written as text.
    #[must_use]
    pub fn is_text(self, kind: FileKind) -> bool {
        match self {
            Self::Same => kind == FileKind::Text,
            Self::Dutch | Self::International => true,
            Self::Xlsx => false,
        }
    }
}

/// How a file is written: its format, the extension of its name, and its media type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WritePlan {
    /// The format.
    pub form: OutputForm,
    /// The extension, without its point.
    pub extension: &'static str,
    /// The media type.
    pub media_type: &'static str,
}

/// The kind of a file by its name, for a catalogue that does not tell it.
#[must_use]
pub fn kind_by_name(name: &str) -> FileKind {
    const WORKBOOKS: [(&str, WorkbookKind); 4] = [
        ("xlsx", WorkbookKind::Xlsx),
        ("xlsm", WorkbookKind::Xlsm),
        ("xls", WorkbookKind::Xls),
        ("ods", WorkbookKind::Ods),
    ];
    let found = WORKBOOKS.iter().find(|(own, _)| extension(name).eq_ignore_ascii_case(own));
    found.map_or(FileKind::Text, |(_, kind)| FileKind::Workbook(*kind))
}

/// The extension of a text file: its own if it is that of a text.
fn text_extension(name: &str) -> &'static str {
    ["txt", "tsv", "tab"].into_iter().find(|own| extension(name).eq_ignore_ascii_case(own)).unwrap_or("csv")
}

/// A request to write the file.
#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    /// The columns to add, in the order of the file.
    pub columns: Vec<Column>,
    /// The file format.
    pub form: FileFormat,
    /// Whether to write only rows without a code.
    pub is_without_code: bool,
}

/// A step of writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WriteStep {
    /// Asking the service for the decided codes.
    Asking,
    /// Asking for the landed costs of this many products under corrected codes.
    AskingCosts(usize),
    /// Filling and saving the file.
    Writing,
}

/// The reason why no file was written.
pub enum Trouble {
    /// The uploaded file cannot be read.
    NotRead(SheetError),
    /// The filled file cannot be written.
    NotWritten(SheetError),
}

/// The update from the service before a file is written: any client may have corrected codes since.
pub struct Asking<Tell> {
    /// The catalogues.
    pub batches: Batches,
    /// The verdicts given in this browser.
    pub reviews: Reviews,
    /// Called with each step.
    pub tell: Tell,
    /// Set to the seconds left of a pause for the rate limit.
    pub waiting: RwSignal<u32>,
}

impl<Tell: Fn(WriteStep)> Asking<Tell> {
    /// Updates the decided codes and, if `order` has cost columns, the landed costs under corrected codes.
    ///
    /// # Errors
    /// See [`ApiError`]. Answers before the error are in the journal.
    pub async fn ask(&self, id: &str, order: &Order, client: &Client) -> Result<(), ApiError> {
        (self.tell)(WriteStep::Asking);
        self.batches.learn_decided(id, client, self.waiting, u64::MAX).await?;
        if !order.columns.iter().any(|column| column.group() == Group::Cost) {
            return Ok(());
        }
        let decide = deciding(self.reviews);
        let lacks_cost = |journal: &Journal| {
            let products = journal.places.iter().flatten().filter(|place| place.batch.is_some());
            let ids = products.filter_map(|place| Product::at(journal, *place, &decide).lacks_cost());
            // The service does not know a verdict that is not sent yet.
            let sent = ids.filter(|id| self.reviews.waiting_of(id).is_none());
            sent.map(str::to_owned).collect::<Vec<_>>()
        };
        let ids =
            untrack(|| self.batches.with_journal(id, |journal| journal.map(lacks_cost)).unwrap_or_default());
        let left = |left| (self.tell)(WriteStep::AskingCosts(left));
        self.batches.learn_alone(id, ids, client, self.waiting, left).await
    }
}

/// Writes the file and has the browser download it; returns its name.
///
/// # Errors
/// See [`Trouble`].
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
    let (mut opening, mut opened) = Opening::start(&file).await.map_err(Trouble::NotRead)?;
    if let Some(sheet) = &catalogue.sheet {
        opened = opening.sheet(sheet).await.map_err(Trouble::NotRead)?;
    }
    // A snapshot: results that arrive meanwhile belong to the next file.
    let journal = untrack(|| batches.with_journal(id, |journal| journal.cloned())).ok_or_else(lost)?;
    if journal.plan.rows.len() != opened.rows {
        return Err(Trouble::NotWritten(SheetError::OtherRows));
    }
    let plan = order.form.plan(opened.kind, &catalogue.name, !order.is_without_code);
    let is_text = order.form.is_text(opened.kind);
    let kind_of = |column: &Column| if is_text { in_csv(column.kind()) } else { column.kind() };
    let kinds = order.columns.iter().map(kind_of).collect();
    opening.fill(plan.form, kinds).await.map_err(Trouble::NotWritten)?;
    let origin = window().location().origin().unwrap_or_default();
    let titles_row = catalogue.mapping.as_ref().and_then(|mapping| mapping.titles);
    let titles: Vec<_> = order.columns.iter().map(|column| column.title(texts).to_owned()).collect();
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
    let name = format!("{}-{}.{}", stem(&catalogue.name), texts.fill().file_suffix, plan.extension);
    opening.finish(&name, plan.media_type).await.map_err(Trouble::NotWritten)?;
    Ok(name)
}

/// A file name without its extension.
fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn extension(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, extension)| extension)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_keeps_its_name_and_gets_the_extension_of_what_it_is() {
        use WorkbookKind::{Ods, Xls, Xlsm, Xlsx};
        assert_eq!(stem("shop.2026.csv"), "shop.2026");
        assert_eq!(stem("shop"), "shop");
        let check = |form: FileFormat, kind, name, is_whole, expected: (OutputForm, &str)| {
            let plan = form.plan(kind, name, is_whole);
            assert_eq!((plan.form, plan.extension), expected, "{form:?} {kind:?} {name} {is_whole}");
        };
        let (same, new) = (OutputForm::Same, OutputForm::Xlsx);
        for (kind, whole, some) in [
            (Xlsx, (same, "xlsx"), (new, "xlsx")),
            (Xlsm, (same, "xlsm"), (new, "xlsx")),
            (Xls, (new, "xlsx"), (new, "xlsx")),
            (Ods, (new, "xlsx"), (new, "xlsx")),
        ] {
            // The content decides, not the name.
            for form in [FileFormat::Same, FileFormat::Xlsx] {
                check(form, FileKind::Workbook(kind), "shop.csv", true, whole);
                check(form, FileKind::Workbook(kind), "shop.csv", false, some);
            }
            let dutch = OutputForm::Csv(Separators::Dutch);
            check(FileFormat::Dutch, FileKind::Workbook(kind), "shop.xlsx", true, (dutch, "csv"));
        }
        for (name, extension) in
            [("shop.xlsx", "csv"), ("shop.TSV", "tsv"), ("shop.txt", "txt"), ("shop", "csv")]
        {
            check(FileFormat::Same, FileKind::Text, name, true, (same, extension));
            check(FileFormat::Same, FileKind::Text, name, false, (same, extension));
        }
        check(FileFormat::Xlsx, FileKind::Text, "shop.csv", true, (new, "xlsx"));
    }

    #[test]
    fn the_name_tells_the_kind_where_nothing_else_does() {
        assert_eq!(kind_by_name("shop.XLSX"), FileKind::Workbook(WorkbookKind::Xlsx));
        assert_eq!(kind_by_name("shop.ods"), FileKind::Workbook(WorkbookKind::Ods));
        assert_eq!(kind_by_name("shop.csv"), FileKind::Text);
        assert_eq!(kind_by_name("xlsx"), FileKind::Text);
    }
}
