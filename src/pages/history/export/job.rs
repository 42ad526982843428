//! The writing of a file: rows are read page by page, go to the worker as they come, and are kept nowhere
//! else.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;

use gloo_timers::future::sleep;
use import8_api::{ClassificationSummary, MAX_PER_PAGE};
use leptos::prelude::*;

use super::columns::{cells, columns, file_name};
use super::line::{Corrections, Knowing};
use crate::api::ApiError;
use crate::components::csv_reader::in_csv;
use crate::decided::Decided;
use crate::format;
use crate::i18n::{use_language, use_texts};
use crate::listing::Listing;
use crate::load::spawn_while_shown;
use crate::locales::Texts;
use crate::reviews::use_reviews;
use crate::session::use_session;
use crate::sheets::{Export, Format, SheetError};
use crate::walk::{Step, Walk};

/// Rows to a message to the worker.
const CHUNK: usize = 500;

/// How often a reading that has stopped looks whether it may go on.
const LOOK_AGAIN: Duration = Duration::from_millis(200);

/// Which rows.
#[cfg_attr(not(target_arch = "wasm32"), expect(clippy::large_enum_variant, reason = "one to a screen"))]
#[derive(Debug, Clone)]
pub enum Source {
    /// These.
    Here(Vec<ClassificationSummary>),
    /// All that the service has of this list.
    Asked(Listing),
}

/// A file that is wanted.
#[derive(Debug, Clone)]
pub struct Order {
    /// Of which rows.
    pub source: Source,
    /// In which form.
    pub format: Format,
}

/// How far the file is.
#[derive(Debug, Clone, PartialEq)]
pub enum State {
    /// None is wanted.
    Idle,
    /// It is being written.
    Writing {
        /// What it has so far.
        count: Count,
        /// How fast it goes.
        pace: Pace,
    },
    /// It was given to the browser.
    Saved {
        /// What it is called.
        name: String,
        /// What it has.
        count: Count,
    },
    /// The person did not want it any more.
    Cancelled,
    /// It could not be made.
    Failed(SheetError),
}

/// What the time left is told from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// When the file was begun, in milliseconds since 1970.
    pub since: u64,
    /// The most rows in a minute that the rate limit lets be read, where rows are read.
    pub most: Option<u64>,
}

/// How many rows a file has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count {
    /// Rows that it has.
    pub rows: u64,
    /// Rows that the list has, as it was said last.
    pub total: u64,
    /// Whether the service gives its first page only.
    pub is_short: bool,
    /// Rows whose code was corrected, and could not be had.
    pub not_told: u64,
}

/// The export of this screen: a handle, cheap to copy.
#[derive(Clone, Copy)]
pub struct Job {
    order: RwSignal<Option<Order>>,
    /// How far it is.
    pub state: RwSignal<State>,
    /// Seconds that are left of a pause for the rate limit.
    pub waiting: RwSignal<u32>,
    /// Why reading has stopped; it goes on from there.
    pub error: RwSignal<Option<ApiError>>,
    resumed: RwSignal<u32>,
}

/// A job of this screen, without an order.
#[must_use]
pub fn use_job() -> Job {
    let (session, reviews) = (use_session(), use_reviews());
    let (texts, language) = (use_texts(), use_language());
    let job = Job {
        order: RwSignal::new(None),
        state: RwSignal::new(State::Idle),
        waiting: RwSignal::new(0),
        error: RwSignal::new(None),
        resumed: RwSignal::new(0),
    };
    Effect::new(move |_| {
        job.error.set(None);
        job.waiting.set(0);
        let Some(Order { source, format }) = job.order.get() else { return };
        let account = untrack(|| session.account());
        let limit = account.as_ref().map(|account| account.limits.rate_limit_per_minute);
        let corrections =
            account.as_ref().map_or(Corrections::Untold, |account| Corrections::of(&account.extensions));
        let knowing = Knowing::new(session, reviews, session.client(language.code()), corrections, job);
        let (rows, most) = match source {
            Source::Here(rows) => (Rows::here(rows), None),
            Source::Asked(listing) => {
                let walk = Walk::new(session, session.client(language.code()), &listing, job.waiting);
                (Rows::read(walk), limit.map(|limit| u64::from(limit) * u64::from(MAX_PER_PAGE)))
            }
        };
        let pace = Pace { since: format::now(), most };
        job.state.set(State::Writing { count: Count::default(), pace });
        let name = file_name(&untrack(|| session.organization_name()), &format::today());
        // The task, and with it the worker, belongs to this run of the effect: another order, or
        // leaving, ends it.
        spawn_while_shown(async move {
            let state = match job.write(rows, knowing, format, &name, texts).await {
                Ok(count) => State::Saved { name: format!("{name}.{}", format.extension()), count },
                Err(error) => State::Failed(error),
            };
            job.state.set(state);
        });
    });
    Effect::new(move |_| {
        session.track_recoveries();
        job.resume();
    });
    job
}

impl Job {
    /// Begins a file.
    pub fn start(self, order: Order) {
        self.order.set(Some(order));
    }

    /// Ends it without a file.
    pub fn cancel(self) {
        self.order.set(None);
        self.state.set(State::Cancelled);
    }

    /// Goes on after an error.
    pub fn resume(self) {
        self.resumed.update(|times| *times += 1);
    }

    /// How often it was gone on with.
    pub(super) fn resumed(self) -> u32 {
        self.resumed.get_untracked()
    }

    /// Tells an error, and waits until it is gone on with more than these times: the person does, or the connection
    /// is back.
    pub(super) async fn stop_for(self, error: ApiError, times: u32) {
        self.error.set(Some(error));
        while self.resumed.get_untracked() == times {
            sleep(LOOK_AGAIN).await;
        }
        self.error.set(None);
    }

    /// Writes the file and gives it to the browser.
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

/// Rows that go into a file.
struct Rows {
    supply: Supply,
    count: Count,
}

enum Supply {
    Here(Vec<ClassificationSummary>),
    /// With what was met: rows that come in meanwhile push some to the next page that were on this one.
    Read(Box<Walk>, HashSet<u64>),
}

impl Rows {
    fn here(rows: Vec<ClassificationSummary>) -> Self {
        let total = u64::try_from(rows.len()).unwrap_or(u64::MAX);
        Self { supply: Supply::Here(rows), count: Count { total, ..Count::default() } }
    }

    fn read(walk: Walk) -> Self {
        Self { supply: Supply::Read(Box::new(walk), HashSet::new()), count: Count::default() }
    }

    /// The next ones; none after the last.
    async fn next(&mut self, job: Job) -> Option<Vec<ClassificationSummary>> {
        job.state.update(|state| {
            if let State::Writing { count, .. } = state {
                *count = self.count;
            }
        });
        let rows = match &mut self.supply {
            Supply::Here(rows) if rows.is_empty() => return None,
            Supply::Here(rows) => rows.drain(..rows.len().min(CHUNK)).collect(),
            Supply::Read(walk, met) => match next_page(walk, job).await {
                Step::Page(page) => {
                    self.count.total = page.meta.total;
                    page.data.into_iter().filter(|row| met.insert(hash(&row.id))).collect::<Vec<_>>()
                }
                Step::NotTurned => {
                    self.count.is_short = true;
                    return None;
                }
                Step::End => return None,
            },
        };
        self.count.rows += u64::try_from(rows.len()).unwrap_or(u64::MAX);
        Some(rows)
    }
}

/// The next page. After an error it waits for the person, or for the connection.
async fn next_page(walk: &mut Walk, job: Job) -> Step {
    loop {
        let times = job.resumed();
        match walk.next().await {
            Ok(step) => return step,
            Err(error) => job.stop_for(error, times).await,
        }
    }
}

/// Enough to know an identifier again, in eight bytes: a hundred thousand are met.
fn hash(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}

/// Minutes until the end, rounded up, at the pace so far and no faster than the rate limit allows; none
/// before anything is known.
#[must_use]
pub fn minutes_left(count: Count, pace: Pace, now: u64) -> Option<u64> {
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
            let pace = Pace { since: 5_000, most };
            assert_eq!(minutes_left(count, pace, 5_000 + seconds * 1_000), expected);
        };
        check(0, 100, 10, None, None);
        check(50, 100, 60, None, Some(1));
        check(100, 10_000, 6, None, Some(10));
        check(9_999, 10_000, 600, None, Some(1));
        check(100, 100, 10, None, Some(0));
        // A quick start ends with the requests of the minute.
        check(1_600, 4_210, 1, Some(2_000), Some(2));
        check(1_600, 4_210, 600, Some(1_000_000), Some(17));
    }
}
