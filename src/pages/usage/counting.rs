//! Daily counts for a service that does not report them: reads the history from the newest row back to the
//! start of the period.

use std::collections::HashSet;

use import8_api::{ClassificationSummary, Period, Status};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::month::Month;
use crate::api::ApiError;
use crate::api::listing::Listing;
use crate::browser::storage;
use crate::browser::task::{effect, spawn_while_shown};
use crate::i18n::{format, use_language};
use crate::queries::pager::{NextPage, PageReader};
use crate::queries::rate_limit::{RateLimitGate, use_gate};
use crate::session::owner;
use crate::session::{Session, use_session};

/// The maximum number of pages read.
pub const MOST_PAGES: u64 = 50;

/// Rows per page.
const PER_PAGE: u64 = 100;

/// The estimated number of requests to read `made` classifications and the one before them.
#[must_use]
pub fn requests_needed(made: u64) -> u64 {
    (made / PER_PAGE + 1).min(MOST_PAGES)
}

/// The reason why a count ended, which tells how far back it reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reach {
    /// It reached the start of the period.
    Whole,
    /// The person stopped it.
    Stopped,
    /// It reached [`MOST_PAGES`].
    Pages,
    /// The service ignores `page` and returned its first page only.
    NotTurned,
    /// A request failed.
    Failed,
}

/// The counts of a month. Stored in the browser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    organization: String,
    year: i32,
    month: u8,
    /// Classifications on each day of the month.
    pub days: Vec<u64>,
    /// The first day with a complete count.
    pub from: u8,
    /// The reason why the count ended.
    pub reach: Reach,
    /// When it ended, in milliseconds since 1970.
    pub at: u64,
}

impl Count {
    /// Whether the count belongs to this organisation and month.
    #[must_use]
    pub fn is_of(&self, organization: &str, month: Month) -> bool {
        let own = Period { year: self.year, month: self.month };
        self.organization == organization && own == month.period()
    }
}

/// The counted properties of a history row.
struct Seen<'a> {
    id: &'a str,
    /// Creation time in milliseconds since 1970, if the service returns it.
    made_at: Option<u64>,
    has_failed: bool,
}

impl<'a> Seen<'a> {
    fn new(row: &'a ClassificationSummary) -> Self {
        Self {
            id: &row.id,
            made_at: row.created_at.as_deref().and_then(format::milliseconds),
            has_failed: row.status == Status::Failed,
        }
    }
}

/// A count in progress.
#[derive(Debug)]
struct Tally {
    month: Month,
    days: Vec<u64>,
    /// Identifiers counted so far: new rows shift others to the next page, where they would be counted
    /// twice.
    known: HashSet<String>,
    oldest: Option<u64>,
    pages: u64,
}

impl Tally {
    fn new(month: Month) -> Self {
        let days = vec![0; usize::from(month.length())];
        Self { month, days, known: HashSet::new(), oldest: None, pages: 0 }
    }

    fn take(&mut self, row: &Seen<'_>) {
        let Some(made_at) = row.made_at.filter(|_| self.known.insert(row.id.to_owned())) else { return };
        self.oldest = Some(self.oldest.map_or(made_at, |oldest| oldest.min(made_at)));
        let day = self.month.day_at(made_at).filter(|_| !row.has_failed);
        if let Some(count) = day.and_then(|day| self.days.get_mut(usize::from(day) - 1)) {
            *count += 1;
        }
    }

    /// Whether a row from before the period was read.
    fn is_back(&self) -> bool {
        self.oldest.is_some_and(|oldest| oldest < self.month.start())
    }

    /// The first day with a complete count if reading ends now. The oldest day read may be incomplete.
    fn whole_from(&self, reach: Reach) -> u8 {
        match self.oldest.and_then(|oldest| self.month.day_at(oldest)) {
            _ if reach == Reach::Whole || self.is_back() => 1,
            Some(day) => day + 1,
            None => self.month.length() + 1,
        }
    }
}

/// The counter and its latest result. `Copy`; one per page.
#[derive(Clone, Copy)]
pub struct Counting {
    session: Session,
    gate: RateLimitGate,
    tally: RwSignal<Option<Tally>>,
    count: RwSignal<Option<Count>>,
    begun: RwSignal<u32>,
    waiting: RwSignal<u32>,
    error: RwSignal<Option<ApiError>>,
}

impl Counting {
    /// A counter with the stored count, if there is one.
    #[must_use]
    pub fn restore() -> Self {
        let (session, language, gate) = (use_session(), use_language(), use_gate());
        let kept = storage::get(storage::local(), owner::COUNT);
        let counting = Self {
            session,
            gate,
            tally: RwSignal::new(None),
            count: RwSignal::new(kept.and_then(|kept| serde_json::from_str(&kept).ok())),
            begun: RwSignal::new(0),
            waiting: RwSignal::new(0),
            error: RwSignal::new(None),
        };
        effect(move || {
            counting.begun.track();
            counting.waiting.set(0);
            if counting.tally.with_untracked(Option::is_none) {
                return;
            }
            let client = session.client(language.code());
            let reader = PageReader::new(gate.telling(counting.waiting), client, &Listing::default());
            // The task belongs to this run of the effect: the next run, or leaving the page, cancels it.
            spawn_while_shown(counting.read(reader));
        });
        counting
    }

    /// Starts counting a month, from the newest classification back.
    pub fn begin(self, month: Month) {
        self.gate.end_pause();
        self.error.set(None);
        self.tally.set(Some(Tally::new(month)));
        self.begun.update(|times| *times += 1);
    }

    /// Stops counting and keeps the result so far.
    pub fn stop(self) {
        self.end(Reach::Stopped);
        self.begun.update(|times| *times += 1);
    }

    /// Number of pages read; `None` while nothing is being counted.
    #[must_use]
    pub fn pages(self) -> Option<u64> {
        self.tally.with(|tally| tally.as_ref().map(|tally| tally.pages))
    }

    /// Seconds left of a pause for the rate limit.
    #[must_use]
    pub fn waiting(self) -> u32 {
        self.waiting.get()
    }

    /// The error that ended the last count.
    #[must_use]
    pub fn error(self) -> Option<ApiError> {
        self.error.get()
    }

    /// The count of a month for this organisation.
    #[must_use]
    pub fn count_of(self, month: Month) -> Option<Count> {
        let organization = self.session.organization();
        self.count.get().filter(|count| count.is_of(&organization, month))
    }

    async fn read(self, mut reader: PageReader) {
        let reach = loop {
            match reader.next().await {
                Ok(NextPage::Page(page)) => match self.take(&page.data) {
                    Some((true, _)) => break Reach::Whole,
                    Some((false, pages)) if pages >= MOST_PAGES => break Reach::Pages,
                    Some(_) => {}
                    None => return,
                },
                Ok(NextPage::End) => break Reach::Whole,
                Ok(NextPage::NotTurned) => break Reach::NotTurned,
                Err(error) => {
                    self.error.set(Some(error));
                    break Reach::Failed;
                }
            }
        };
        self.end(reach);
    }

    /// Counts the rows of a page; returns whether the period is covered, and the pages read so far. `None`
    /// if the count was stopped or the page was left.
    fn take(self, rows: &[ClassificationSummary]) -> Option<(bool, u64)> {
        let outcome = self.tally.try_update(|tally| {
            let tally = tally.as_mut()?;
            rows.iter().for_each(|row| tally.take(&Seen::new(row)));
            tally.pages += 1;
            Some((tally.is_back(), tally.pages))
        });
        outcome.flatten()
    }

    fn end(self, reach: Reach) {
        let Some(tally) = self.tally.try_update(Option::take).flatten() else { return };
        // A count without a single page does not replace the previous one.
        if tally.pages == 0 {
            return;
        }
        let Period { year, month } = tally.month.period();
        let count = Count {
            organization: untrack(|| self.session.organization()),
            year,
            month,
            from: tally.whole_from(reach),
            days: tally.days,
            reach,
            at: format::now(),
        };
        // Stored, so that a reload needs no requests.
        let text = serde_json::to_string(&count).ok();
        storage::set(storage::local(), owner::COUNT, text.as_deref());
        self.count.set(Some(count));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: u64 = 24 * 60 * 60 * 1_000;

    fn november() -> Month {
        Month::new(Period { year: 2026, month: 11 }).expect("a month")
    }

    /// A tally of rows, each given as identifier, days since the start of the month, and whether it failed.
    fn tally(rows: &[(&str, i64, bool)]) -> Tally {
        let mut tally = Tally::new(november());
        for (id, day, has_failed) in rows {
            let made_at = november().start().checked_add_signed(day * i64::try_from(DAY).expect("small"));
            tally.take(&Seen { id, made_at, has_failed: *has_failed });
        }
        tally
    }

    #[test]
    fn rows_are_counted_once_and_failed_ones_not() {
        let mut found =
            tally(&[("e", 4, false), ("d", 3, true), ("d", 3, true), ("c", 3, false), ("e", 4, false)]);
        found.take(&Seen { id: "x", made_at: None, has_failed: false });
        assert_eq!(found.days.iter().sum::<u64>(), 2);
        assert_eq!((found.days[4], found.days[3]), (1, 1));
    }

    #[test]
    fn it_is_known_how_far_a_count_goes() {
        let check = |rows: &[(&str, i64, bool)], reach, expected: (bool, u8)| {
            let found = tally(rows);
            assert_eq!((found.is_back(), found.whole_from(reach)), expected, "{rows:?}");
        };
        check(&[("c", 9, false), ("b", 3, false)], Reach::Stopped, (false, 5));
        check(&[("c", 9, false), ("b", 3, true)], Reach::Pages, (false, 5));
        check(&[("c", 9, false), ("b", 3, false)], Reach::Whole, (false, 1));
        check(&[("c", 9, false), ("a", -1, false)], Reach::Whole, (true, 1));
        check(&[("a", -1, false)], Reach::Stopped, (true, 1));
        check(&[("a", 29, false)], Reach::NotTurned, (false, 31));
        check(&[], Reach::NotTurned, (false, 31));
        check(&[], Reach::Whole, (false, 1));
    }

    #[test]
    fn the_requests_are_told_before() {
        let check = |made, expected| assert_eq!(requests_needed(made), expected, "{made}");
        check(0, 1);
        check(99, 1);
        check(100, 2);
        check(412, 5);
        check(1_000_000, MOST_PAGES);
    }

    #[test]
    fn a_count_is_of_one_organisation_and_month() {
        let count = Count {
            organization: "Harbour".to_owned(),
            year: 2026,
            month: 11,
            days: Vec::new(),
            from: 1,
            reach: Reach::Whole,
            at: 0,
        };
        let december = Month::new(Period { year: 2026, month: 12 }).expect("a month");
        assert!(count.is_of("Harbour", november()));
        assert!(!count.is_of("Harbour", december));
        assert!(!count.is_of("Vendor", november()));
    }
}
