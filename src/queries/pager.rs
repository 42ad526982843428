//! Reads a whole list page by page: one request at a time, through the rate-limit gate.

use import8_api::{ClassificationSummary, MAX_PER_PAGE, Page};

use crate::api::listing::Listing;
use crate::api::{ApiError, Client};
use crate::queries::rate_limit::RateLimitGate;

/// The outcome of the request for the next page.
#[derive(Debug)]
pub enum NextPage {
    /// The next page.
    Page(Page<ClassificationSummary>),
    /// The list has been read to its end.
    End,
    /// The service answered another page than the requested one, so the rest cannot be read.
    NotTurned,
}

/// A reader at a position of a list.
pub struct PageReader {
    gate: RateLimitGate,
    client: Client,
    place: Place,
}

/// Position in a list.
struct Place {
    /// The list, with the page to request next.
    listing: Listing,
    /// The last page, according to the service.
    last_page: Option<u64>,
}

impl PageReader {
    /// Reads `listing` from its first page through `gate`.
    #[must_use]
    pub fn new(gate: RateLimitGate, client: Client, listing: &Listing) -> Self {
        Self { gate, client, place: Place::first(listing) }
    }

    /// Continues with `page`, unless the reader is beyond it.
    pub fn skip_to(&mut self, page: u64) {
        self.place.skip_to(page);
    }

    /// Requests the next page as soon as the rate limit permits.
    ///
    /// # Errors
    /// Every [`ApiError`] except the rate limit. The next call requests the same page again.
    pub async fn next(&mut self) -> Result<NextPage, ApiError> {
        if self.place.is_end() {
            return Ok(NextPage::End);
        }
        let page = self.gate.ask(|| self.client.classifications(&self.place.listing)).await?;
        Ok(self.place.take(page))
    }
}

impl Place {
    fn first(listing: &Listing) -> Self {
        Self { listing: Listing { per_page: MAX_PER_PAGE, ..listing.on_page(1) }, last_page: None }
    }

    fn skip_to(&mut self, page: u64) {
        self.listing.page = self.listing.page.max(page);
    }

    fn is_end(&self) -> bool {
        self.last_page.is_some_and(|last| self.listing.page > last)
    }

    /// Takes the answer for the next page and moves on.
    fn take(&mut self, page: Page<ClassificationSummary>) -> NextPage {
        if page.meta.current_page != self.listing.page {
            return NextPage::NotTurned;
        }
        self.last_page = Some(page.meta.last_page);
        self.listing.page += 1;
        NextPage::Page(page)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::queries::scan_result::tests::page;

    /// The page numbers that are requested from a service with `total` rows, which answers the page `answer(number)`;
    /// and whether the end was reached.
    fn asked(total: u64, answer: impl Fn(u64) -> u64) -> (Vec<u64>, bool) {
        let (mut place, mut asked) = (Place::first(&Listing::default()), Vec::new());
        while !place.is_end() {
            let number = place.listing.page;
            asked.push(number);
            if matches!(place.take(page(answer(number), 100, total)), NextPage::NotTurned) {
                return (asked, false);
            }
        }
        (asked, true)
    }

    #[test]
    fn every_page_is_asked_for_once_and_none_behind_the_last() {
        for (total, expected) in [(0, &[1][..]), (100, &[1]), (101, &[1, 2]), (350, &[1, 2, 3, 4])] {
            assert_eq!(asked(total, |number| number), (expected.to_vec(), true), "{total}");
        }
    }

    #[test]
    fn a_service_that_does_not_turn_pages_is_not_asked_on() {
        assert_eq!(asked(350, |_| 1), (vec![1, 2], false));
    }

    #[test]
    fn a_list_is_read_from_its_beginning_in_large_pages() {
        let place = Place::first(&Listing::newest(20).on_page(7));
        assert_eq!((place.listing.page, place.listing.per_page), (1, MAX_PER_PAGE));
    }

    #[test]
    fn pages_are_skipped_forwards_only() {
        let mut place = Place::first(&Listing::default());
        place.skip_to(3);
        place.skip_to(2);
        assert_eq!(place.listing.page, 3);
        assert!(matches!(place.take(page(3, 100, 350)), NextPage::Page(_)));
        place.skip_to(5);
        assert!(place.is_end(), "there are four");
    }
}
