//! The export job: reads the rows page by page and streams them to the sheet worker, so that memory use
//! stays small.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use import8_api::{ClassificationSummary, MAX_PER_PAGE};
use leptos::prelude::*;

use super::columns::{cells, columns, file_name};
use super::line::{Corrections, Knowing};
use super::pause::Pause;
use crate::api::decided::Decided;
use crate::api::listing::Listing;
use crate::browser::sheet_worker::{Export, Format, SheetError};
use crate::browser::task::{effect, spawn_while_shown};
use crate::components::csv_reader::in_csv;
use crate::i18n::{Texts, format, use_language, use_texts};
use crate::outbox::reviews::use_reviews;
use crate::queries::pager::{NextPage, PageReader};
use crate::queries::rate_limit::use_gate;
use crate::session::use_session;

/// Rows sent to the sheet worker per message.
const CHUNK: usize = 500;

/// The source of the rows.
#[cfg_attr(
    not(target_arch = "wasm32"),
    expect(clippy::large_enum_variant, reason = "there is one value per screen")
)]
#[derive(Debug, Clone)]
pub enum Source {
    /// These rows.
    Here(Vec<ClassificationSummary>),
    /// All rows of this list, read from the service.
    Asked(Listing),
}

/// A request for a file.
#[derive(Debug, Clone)]
pub struct Order {
    /// The source of the rows.
    pub source: Source,
    /// The file format.
    pub format: Format,
}

/// The state of the job.
#[derive(Debug, Clone, PartialEq)]
pub enum State {
    /// No file was requested.
    Idle,
    /// The file is being written.
    Writing {
        /// The rows written so far.
        count: Count,
        /// The basis of the time estimate.
        pace: ReadingPace,
    },
    /// The browser has downloaded the file.
    Saved {
        /// The file name.
        name: String,
        /// The rows in the file.
        count: Count,
    },
    /// The person cancelled the job.
    Cancelled,
    /// The file could not be written.
    Failed(SheetError),
}

/// The basis of the time estimate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadingPace {
    /// Start of the job, in milliseconds since 1970.
    pub since: u64,
    /// The most rows per minute that the rate limit permits; `None` if no rows are read from the service.
    pub most: Option<u64>,
}

/// Row counts of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count {
    /// Rows written.
    pub rows: u64,
    /// Rows in the list, according to the last page.
    pub total: u64,
    /// Whether the service returned its first page only, because it ignores `page`.
    pub is_short: bool,
    /// Rows whose corrected code the service does not return.
    pub not_told: u64,
}

/// Handle to the export job of a page: `Copy`.
#[derive(Clone, Copy)]
pub struct Job {
    order: RwSignal<Option<Order>>,
    /// The state of the job.
    pub state: RwSignal<State>,
    /// Pauses of reading.
    pub pause: Pause,
}

/// The export job of this page, idle at first. Leaving the page ends it.
#[must_use]
pub fn use_job() -> Job {
    let (session, reviews, gate) = (use_session(), use_reviews(), use_gate());
    let (texts, language) = (use_texts(), use_language());
    let job = Job { order: RwSignal::new(None), state: RwSignal::new(State::Idle), pause: Pause::default() };
    effect(move || {
        job.pause.reset();
        let Some(Order { source, format }) = job.order.get() else { return };
        let account = untrack(|| session.account());
        let limit = account.as_ref().map(|account| account.limits.rate_limit_per_minute);
        let corrections = account
            .as_ref()
            .map_or(Corrections::Untold, |account| Corrections::from_extensions(&account.extensions));
        let gate = gate.telling(job.pause.waiting);
        let knowing = Knowing::new(gate, reviews, session.client(language.code()), corrections, job.pause);
        let (rows, most) = match source {
            Source::Here(rows) => (Rows::here(rows), None),
            Source::Asked(listing) => {
                let reader = PageReader::new(gate, session.client(language.code()), &listing);
                (Rows::read(reader), limit.map(|limit| u64::from(limit) * u64::from(MAX_PER_PAGE)))
            }
        };
        let pace = ReadingPace { since: format::now(), most };
        job.state.set(State::Writing { count: Count::default(), pace });
        let name = file_name(&untrack(|| session.organization_name()), &format::today());
        // The task and its worker belong to this run of the effect: another order, or leaving the page,
        // ends them.
        spawn_while_shown(async move {
            let state = match job.write(rows, knowing, format, &name, texts).await {
                Ok(count) => State::Saved { name: format!("{name}.{}", format.extension()), count },
                Err(error) => State::Failed(error),
            };
            job.state.set(state);
        });
    });
    effect(move || {
        session.track_recoveries();
        job.pause.resume();
    });
    job
}

impl Job {
    /// Starts a file.
    pub fn start(self, order: Order) {
        self.order.set(Some(order));
    }

    /// Ends the job without a file.
    pub fn cancel(self) {
        self.order.set(None);
        self.state.set(State::Cancelled);
    }

    /// Writes the file and has the browser download it.
    async fn write(
        self,
        mut rows: Rows,
        knowing: Knowing,
        format: Format,
        name: &str,
        texts: Texts,
    ) -> Result<Count, SheetError> {
        let origin = window().location().origin().unwrap_or_default();
        let mut columns = columns(texts);
        if let Format::Csv(_) = format {
            columns.iter_mut().for_each(|column| column.kind = in_csv(column.kind));
        }
        let mut file = Export::start(format, name, columns).await?;
        while let Some(page) = rows.next(self).await {
            let mut lines = Vec::with_capacity(page.len());
            for row in page {
                let line = knowing.line(row).await;
                rows.count.not_told += u64::from(line.decided == Some(Decided::NotTold));
                lines.push(cells(&line, &origin, texts));
            }
            file.rows(lines).await?;
        }
        file.finish().await?;
        Ok(rows.count)
    }
}

/// The rows of a file, as a stream of pages.
struct Rows {
    supply: Supply,
    count: Count,
}

enum Supply {
    Here(Vec<ClassificationSummary>),
    /// The reader, and hashes of the identifiers read so far. New rows shift others to the next page, where
    /// they would appear twice.
    Read(Box<PageReader>, HashSet<u64>),
}

impl Rows {
    fn here(rows: Vec<ClassificationSummary>) -> Self {
        let total = u64::try_from(rows.len()).unwrap_or(u64::MAX);
        Self { supply: Supply::Here(rows), count: Count { total, ..Count::default() } }
    }

    fn read(reader: PageReader) -> Self {
        Self { supply: Supply::Read(Box::new(reader), HashSet::new()), count: Count::default() }
    }

    /// The next rows; `None` after the last.
    async fn next(&mut self, job: Job) -> Option<Vec<ClassificationSummary>> {
        job.state.update(|state| {
            if let State::Writing { count, .. } = state {
                *count = self.count;
            }
        });
        let rows = match &mut self.supply {
            Supply::Here(rows) if rows.is_empty() => return None,
            Supply::Here(rows) => rows.drain(..rows.len().min(CHUNK)).collect(),
            Supply::Read(reader, met) => match next_page(reader, job).await {
                NextPage::Page(page) => {
                    self.count.total = page.meta.total;
                    page.data.into_iter().filter(|row| met.insert(hash(&row.id))).collect::<Vec<_>>()
                }
                NextPage::NotTurned => {
                    self.count.is_short = true;
                    return None;
                }
                NextPage::End => return None,
            },
        };
        self.count.rows += u64::try_from(rows.len()).unwrap_or(u64::MAX);
        Some(rows)
    }
}

/// The next page. After an error, waits until the job is resumed.
async fn next_page(reader: &mut PageReader, job: Job) -> NextPage {
    loop {
        let times = job.pause.resumed();
        match reader.next().await {
            Ok(step) => return step,
            Err(error) => job.pause.stop_for(error, times).await,
        }
    }
}

/// A hash of an identifier: eight bytes each, for lists of a hundred thousand.
fn hash(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}

/// Minutes left, rounded up, at the speed so far but no faster than the rate limit permits. `None` before
/// the first rows.
#[must_use]
pub fn minutes_left(count: Count, pace: ReadingPace, now: u64) -> Option<u64> {
    let left = count.total.saturating_sub(count.rows);
    let took = now.saturating_sub(pace.since);
    let milliseconds = u128::from(took) * u128::from(left) / u128::from(count.rows.max(1));
    let minutes = u64::try_from(milliseconds.div_ceil(60_000)).unwrap_or(u64::MAX);
    let at_least = pace.most.map_or(0, |most| left.div_ceil(most.max(1)));
    (count.rows > 0 && took > 0).then_some(minutes.max(at_least))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_left_goes_by_what_was_observed_and_the_rate_limit() {
        let check = |rows, total, seconds: u64, most, expected| {
            let count = Count { rows, total, ..Count::default() };
            let pace = ReadingPace { since: 5_000, most };
            assert_eq!(minutes_left(count, pace, 5_000 + seconds * 1_000), expected);
        };
        check(0, 100, 10, None, None);
        check(50, 100, 60, None, Some(1));
        check(100, 10_000, 6, None, Some(10));
        check(9_999, 10_000, 600, None, Some(1));
        check(100, 100, 10, None, Some(0));
        // A fast start uses up the requests of the first minute.
        check(1_600, 4_210, 1, Some(2_000), Some(2));
        check(1_600, 4_210, 600, Some(1_000_000), Some(17));
    }
}
