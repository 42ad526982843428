//! Reading a whole list, a page after the other: one request at a time, and never so many that the
//! person's own work is refused for it.

use std::time::Duration;

use gloo_timers::future::sleep;
use import8_api::{ClassificationSummary, MAX_PER_PAGE, Page};
use leptos::prelude::*;

use crate::api::{ApiError, Client};
use crate::format;
use crate::listing::Listing;
use crate::session::Session;

/// How many requests of a window are left to the person.
const RESERVE: u32 = 3;

/// The longest wait that the rate limit's own reset may ask for, in milliseconds: a window is a minute,
/// and the clocks of this computer and the service may be apart.
const LONGEST_WAIT: u64 = 60_000;

/// What came of asking for the next page.
#[derive(Debug)]
pub enum Step {
    /// It is here.
    Page(Page<ClassificationSummary>),
    /// There is none: the list has been read.
    End,
    /// The service answered another page than it was asked for, so the rest cannot be read.
    NotTurned,
}

/// A list that is being read.
pub struct Walk {
    session: Session,
    client: Client,
    listing: Listing,
    last_page: Option<u64>,
    waiting: RwSignal<u32>,
}

impl Walk {
    /// Reads `listing` from its first page. `waiting` is told how many seconds are left of a pause for
    /// the rate limit: 0 while there is none.
    #[must_use]
    pub fn new(session: Session, client: Client, listing: &Listing, waiting: RwSignal<u32>) -> Self {
        let listing = Listing { per_page: MAX_PER_PAGE, ..listing.on_page(1) };
        Self { session, client, listing, last_page: None, waiting }
    }

    /// Goes on with page `page`, unless it is already further.
    pub fn skip_to(&mut self, page: u64) {
        self.listing.page = self.listing.page.max(page);
    }

    /// The next page, as soon as the rate limit lets it be asked for.
    ///
    /// # Errors
    /// All but the rate limit. The same page is asked for again by the next call.
    pub async fn next(&mut self) -> Result<Step, ApiError> {
        if self.last_page.is_some_and(|last| self.listing.page > last) {
            return Ok(Step::End);
        }
        let page = loop {
            self.pause(untrack(|| self.reserved_until())).await;
            match self.client.classifications(&self.listing).await {
                Err(ApiError::RateLimited { seconds }) => {
                    self.pause(format::now() + u64::from(seconds) * 1_000).await;
                }
                answer => break answer?,
            }
        };
        if page.meta.current_page != self.listing.page {
            return Ok(Step::NotTurned);
        }
        self.last_page = Some(page.meta.last_page);
        self.listing.page += 1;
        Ok(Step::Page(page))
    }

    /// Until when the requests that are left belong to the person, in milliseconds since 1970.
    fn reserved_until(&self) -> u64 {
        let now = format::now();
        match self.session.rate_limit() {
            Some(rate) if rate.remaining < RESERVE => {
                rate.reset.saturating_mul(1_000).clamp(now, now + LONGEST_WAIT)
            }
            _ => now,
        }
    }

    /// Waits by the clock: a tab in the background sleeps longer than it is told to.
    async fn pause(&self, until: u64) {
        loop {
            let left = until.saturating_sub(format::now());
            // Whoever looked at it may have gone.
            let _ = self.waiting.try_set(u32::try_from(left.div_ceil(1_000)).unwrap_or(u32::MAX));
            if left == 0 {
                return;
            }
            sleep(Duration::from_millis(left.min(1_000))).await;
        }
    }
}
