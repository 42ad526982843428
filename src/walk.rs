//! Reading a whole list, a page after the other: one request at a time.

use import8_api::{ClassificationSummary, MAX_PER_PAGE, Page};
use leptos::prelude::*;

use crate::api::{ApiError, Client};
use crate::listing::Listing;
use crate::patience::Patience;
use crate::session::Session;

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
    patience: Patience,
    client: Client,
    listing: Listing,
    last_page: Option<u64>,
}

impl Walk {
    /// Reads `listing` from its first page. `waiting` is told how many seconds are left of a pause for
    /// the rate limit: 0 while there is none.
    #[must_use]
    pub fn new(session: Session, client: Client, listing: &Listing, waiting: RwSignal<u32>) -> Self {
        let listing = Listing { per_page: MAX_PER_PAGE, ..listing.on_page(1) };
        Self { patience: Patience::new(session, waiting), client, listing, last_page: None }
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
        let page = self.patience.ask(|| self.client.classifications(&self.listing)).await?;
        if page.meta.current_page != self.listing.page {
            return Ok(Step::NotTurned);
        }
        self.last_page = Some(page.meta.last_page);
        self.listing.page += 1;
        Ok(Step::Page(page))
    }
}
