//! Counting the days from the history, for a service that does not tell them: page after page from the newest
//! back to the beginning of the period.

use std::collections::HashSet;

use import8_api::{ClassificationSummary, Period, Status};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::month::Month;
use crate::api::{self, ApiError};
use crate::format;
use crate::i18n::use_language;
use crate::listing::Listing;
use crate::load::spawn_while_shown;
use crate::owner;
use crate::session::{Session, use_session};
use crate::storage;
use crate::walk::{Step, Walk};

/// So many pages are read at most.
pub const MOST_PAGES: u64 = 50;

/// Classifications on a page.
const PER_PAGE: u64 = 100;

/// About how many requests it takes to read `made` classifications and the one before them.
#[must_use]
pub fn requests_needed(made: u64) -> u64 {
    (made / PER_PAGE + 1).min(MOST_PAGES)
}

/// How far back a count goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reach {
    /// To the beginning of the period.
    Whole,
    /// Until the person stopped it.
    Stopped,
    /// As far as [`MOST_PAGES`] go.
    Pages,
    /// As far as the service answers: it does not turn pages.
    NotTurned,
    /// Until an answer did not come.
    Failed,
}

/// What was counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    organization: String,
    year: i32,
    month: u8,
    /// Of each day of the month.
    pub days: Vec<u64>,
    /// The first day that was read in full.
    pub from: u8,
    /// How far back it goes.
    pub reach: Reach,
    /// When it was counted, in milliseconds since 1970.
    pub at: u64,
}

impl Count {
    /// Whether it is of this organisation and period.
    #[must_use]
    pub fn is_of(&self, organization: &str, month: Month) -> bool {
        let own = Period { year: self.year, month: self.month };
        self.organization == organization && own == month.period()
    }
}

/// A row of the history, as far as it is counted.
struct Seen<'a> {
    id: &'a str,
    /// When it was made, in milliseconds since 1970, where the service says so.
    made_at: Option<u64>,
    has_failed: bool,
}

impl<'a> Seen<'a> {
    fn of(row: &'a ClassificationSummary) -> Self {
        Self {
            id: &row.id,
            made_at: row.created_at.as_deref().and_then(format::milliseconds),
            has_failed: row.status == Status::Failed,
        }
    }
}

/// A count on its way.
#[derive(Debug)]
struct Tally {
    month: Month,
    days: Vec<u64>,
    /// Rows move to the next page when new ones come in while reading.
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

    /// Whether it has come to what was made before the period.
    fn is_back(&self) -> bool {
        self.oldest.is_some_and(|oldest| oldest < self.month.start())
    }

    /// The first day of which all is known when reading ends here: the rest of the oldest one's may be to come.
    fn whole_from(&self, reach: Reach) -> u8 {
        match self.oldest.and_then(|oldest| self.month.day_at(oldest)) {
            _ if reach == Reach::Whole || self.is_back() => 1,
            Some(day) => day + 1,
            None => self.month.length() + 1,
        }
    }
}

/// Counting, and what came of it: a handle, cheap to copy.
#[derive(Clone, Copy)]
pub struct Counting {
    session: Session,
    tally: RwSignal<Option<Tally>>,
    count: RwSignal<Option<Count>>,
    begun: RwSignal<u32>,
    waiting: RwSignal<u32>,
    error: RwSignal<Option<ApiError>>,
}

impl Counting {
    /// With the last count, if the browser has it.
    #[must_use]
    pub fn restore() -> Self {
        let (session, language) = (use_session(), use_language());
        let kept = storage::get(storage::local(), owner::COUNT);
        let counting = Self {
            session,
            tally: RwSignal::new(None),
            count: RwSignal::new(kept.and_then(|kept| serde_json::from_str(&kept).ok())),
            begun: RwSignal::new(0),
            waiting: RwSignal::new(0),
            error: RwSignal::new(None),
        };
        Effect::new(move |_| {
            counting.begun.track();
            counting.waiting.set(0);
            if counting.tally.with_untracked(Option::is_none) {
                return;
            }
            let client = session.client(language.code());
            let walk = Walk::new(session, client, &Listing::default(), counting.waiting);
            // The task belongs to this run of the effect, so the next run, or leaving, ends it.
            spawn_while_shown(counting.read(walk));
        });
        counting
    }

    /// Counts the days of a month, from the newest classification on.
    pub fn begin(self, month: Month) {
        api::go_on();
        self.error.set(None);
        self.tally.set(Some(Tally::new(month)));
        self.begun.update(|times| *times += 1);
    }

    /// Ends counting where it is.
    pub fn stop(self) {
        self.end(Reach::Stopped);
        self.begun.update(|times| *times += 1);
    }

    /// How many pages were read; none while nothing is counted.
    #[must_use]
    pub fn pages(self) -> Option<u64> {
        self.tally.with(|tally| tally.as_ref().map(|tally| tally.pages))
    }

    /// Seconds that are left of a pause for the rate limit.
    #[must_use]
    pub fn waiting(self) -> u32 {
        self.waiting.get()
    }

    /// Why it could not go on.
    #[must_use]
    pub fn error(self) -> Option<ApiError> {
        self.error.get()
    }

    /// What was counted of a month.
    #[must_use]
    pub fn of(self, month: Month) -> Option<Count> {
        let organization = self.session.organization();
        self.count.get().filter(|count| count.is_of(&organization, month))
    }

    async fn read(self, mut walk: Walk) {
        let reach = loop {
            match walk.next().await {
                Ok(Step::Page(page)) => match self.take(&page.data) {
                    Some((true, _)) => break Reach::Whole,
                    Some((false, pages)) if pages >= MOST_PAGES => break Reach::Pages,
                    Some(_) => {}
                    None => return,
                },
                Ok(Step::End) => break Reach::Whole,
                Ok(Step::NotTurned) => break Reach::NotTurned,
                Err(error) => {
                    self.error.set(Some(error));
                    break Reach::Failed;
                }
            }
        };
        self.end(reach);
    }

    /// Counts the rows of a page; whether that was far enough, and how many pages there were. None when nobody
    /// is there any more.
    fn take(self, rows: &[ClassificationSummary]) -> Option<(bool, u64)> {
        let outcome = self.tally.try_update(|tally| {
            let tally = tally.as_mut()?;
            rows.iter().for_each(|row| tally.take(&Seen::of(row)));
            tally.pages += 1;
            Some((tally.is_back(), tally.pages))
        });
        outcome.flatten()
    }

    fn end(self, reach: Reach) {
        let Some(tally) = self.tally.try_update(Option::take).flatten() else { return };
        // What failed before anything came, or was stopped then, takes nothing away.
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
        // So that it need not be asked for again after a reload.
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
        Month::of(Period { year: 2026, month: 11 }).expect("a month")
    }

    /// Counts rows: each an identifier, the days since the month began, and whether it failed.
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
        let december = Month::of(Period { year: 2026, month: 12 }).expect("a month");
        assert!(count.is_of("Harbour", november()));
        assert!(!count.is_of("Harbour", december));
        assert!(!count.is_of("Vendor", november()));
    }
}
