//! The writing of a file: rows are read page by page, go to the worker as they come, and are kept nowhere
//! else.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;

use gloo_timers::future::sleep;
use import8_api::ClassificationSummary;
use import8_sheets::Format;
use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;

use super::columns::{cells, columns, file_name};
use crate::api::ApiError;
use crate::format;
use crate::i18n::{use_language, use_texts};
use crate::listing::Listing;
use crate::locales::Texts;
use crate::session::use_session;
use crate::sheets::{self, Writer};
use crate::walk::{Step, Walk};

/// Rows to a message to the worker.
const CHUNK: usize = 500;

/// How often a reading that has stopped looks whether it may go on.
const LOOK_AGAIN: Duration = Duration::from_millis(200);

/// Which rows.
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
        /// Rows that it has.
        done: u64,
        /// Rows that it will have, as far as is known.
        total: u64,
        /// When it was begun, in milliseconds since 1970.
        since: u64,
    },
    /// It was given to the browser.
    Saved {
        /// What it is called.
        name: String,
        /// Rows that it has.
        rows: u64,
        /// Rows that the list had in the end.
        total: u64,
    },
    /// The person did not want it any more.
    Cancelled,
    /// It could not be made.
    Failed(sheets::Error),
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

impl Job {
    /// A job without an order.
    #[must_use]
    pub fn new() -> Self {
        let (session, texts, language) = (use_session(), use_texts(), use_language());
        let job = Self {
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
            job.state.set(State::Writing { done: 0, total: 0, since: format::now() });
            let walk = match &source {
                Source::Asked(listing) => {
                    Some(Walk::new(session, session.client(language.code()), listing, job.waiting))
                }
                Source::Here(_) => None,
            };
            let organization = untrack(|| session.organization());
            // The task, and with it the worker, belongs to this run of the effect: another order, or
            // leaving, ends it.
            spawn_local_scoped_with_cancellation(async move {
                let name = file_name(&organization, &format::today(), format.extension());
                let state = match job.write(source, walk, format, &name, texts).await {
                    Ok((rows, total)) => State::Saved { name, rows, total },
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

    /// Writes the file and gives it to the browser; answers its rows, and those of the list.
    async fn write(
        self,
        source: Source,
        walk: Option<Walk>,
        format: Format,
        name: &str,
        texts: &'static Texts,
    ) -> Result<(u64, u64), sheets::Error> {
        let origin = window().location().origin().unwrap_or_default();
        let mut writer = Writer::begin(format, columns(texts)).await?;
        let mut written = 0;
        let mut total = 0;
        match (source, walk) {
            (Source::Asked(_), Some(mut walk)) => {
                let mut known = HashSet::new();
                while let Some(page) = self.next(&mut walk).await {
                    total = page.meta.total;
                    // What came in meanwhile has pushed some to this page that were on the one before.
                    let new = page.data.iter().filter(|row| known.insert(hash(&row.id)));
                    let rows: Vec<_> = new.map(|row| cells(row, &origin, texts)).collect();
                    written += rows.len();
                    writer.rows(rows).await?;
                    self.tell(written, total);
                }
            }
            (Source::Here(rows), _) => {
                total = u64::try_from(rows.len()).unwrap_or(u64::MAX);
                for chunk in rows.chunks(CHUNK) {
                    writer.rows(chunk.iter().map(|row| cells(row, &origin, texts)).collect()).await?;
                    written += chunk.len();
                    self.tell(written, total);
                }
            }
            (Source::Asked(_), None) => {}
        }
        sheets::download(writer.finish().await?, format, name)?;
        Ok((u64::try_from(written).unwrap_or(u64::MAX), total))
    }

    /// The next page; none after the last. Waits for the person, or for the connection, after an error.
    async fn next(self, walk: &mut Walk) -> Option<import8_api::Page<ClassificationSummary>> {
        loop {
            let times = self.resumed.get_untracked();
            match walk.next().await {
                Ok(Step::Page(page)) => return Some(page),
                Ok(Step::End | Step::NotTurned) => return None,
                Err(error) => self.error.set(Some(error)),
            }
            while self.resumed.get_untracked() == times {
                sleep(LOOK_AGAIN).await;
            }
            self.error.set(None);
        }
    }

    fn tell(self, written: usize, total: u64) {
        let written = u64::try_from(written).unwrap_or(u64::MAX);
        self.state.update(|state| {
            if let State::Writing { done, total: all, .. } = state {
                *done = written;
                *all = total;
            }
        });
    }
}

/// Enough to know an identifier again, in eight bytes: a hundred thousand are met.
fn hash(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}

/// Minutes until the end at the pace so far, rounded up; none before anything is known.
#[must_use]
pub fn minutes_left(done: u64, total: u64, since: u64, now: u64) -> Option<u64> {
    let left = total.saturating_sub(done);
    let took = now.saturating_sub(since);
    let milliseconds = u128::from(took) * u128::from(left) / u128::from(done.max(1));
    (done > 0 && took > 0).then(|| u64::try_from(milliseconds.div_ceil(60_000)).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_left_goes_by_what_was_observed() {
        let check = |done, total, seconds: u64, expected| {
            assert_eq!(minutes_left(done, total, 5_000, 5_000 + seconds * 1_000), expected);
        };
        check(0, 100, 10, None);
        check(50, 100, 60, Some(1));
        check(100, 10_000, 6, Some(10));
        check(9_999, 10_000, 600, Some(1));
        check(100, 100, 10, Some(0));
    }
}
