//! The list for an address: decides who applies the query, requests or scans the rows, and derives what is shown.

use import8_api::{ClassificationSummary, PageMeta, Status};
use leptos::prelude::*;

use super::matches::{Codes, Matches};
use super::plan::{Lack, ListSupport, Plan};
use super::visit::Visit;
use crate::api::ApiError;
use crate::api::listing::Listing;
use crate::browser::memo::Memo;
use crate::i18n::use_language;
use crate::outbox::reviews::use_reviews;
use crate::queries::load::Load;
use crate::queries::poll::{Open, poll_load};
use crate::queries::scan::HistoryScan;
use crate::queries::times;
use crate::session::use_session;

type ListPage = import8_api::Page<ClassificationSummary>;

/// A page of rows in view.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// Its query.
    pub listing: Listing,
    /// Its rows.
    pub rows: Vec<ClassificationSummary>,
    /// Its position in the list.
    pub meta: PageMeta,
    /// Whether a running scan may still add rows.
    pub is_open: bool,
}

/// What the page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// Nothing yet.
    Nothing,
    /// A placeholder while the first rows load.
    Skeleton,
    /// The message that the organisation has no classifications.
    NothingClassified,
    /// The message that no row matches the filter.
    NothingMatches,
    /// The message that the page number is beyond the last page.
    Beyond,
    /// The rows.
    Rows,
}

/// The list of an address: a handle, cheap to copy.
#[derive(Clone, Copy)]
pub struct Listed {
    /// The query in the address.
    pub asked: Memo<Listing>,
    /// The list features of the service, once known.
    pub support: Memo<Option<ListSupport>>,
    /// The scan, which runs only if the service cannot apply the query.
    pub reading: HistoryScan,
    /// The matching rows of the scan.
    pub matches: Signal<Matches>,
    /// The page in view. It stays until the page of a newer query is ready.
    pub shown: Memo<Option<Shown>>,
    planned: Memo<Option<(Plan, Vec<Lack>)>>,
    plan: Memo<Option<Plan>>,
    list: Load<Option<(Listing, ListPage)>>,
}

impl Listed {
    /// Creates the list for the query `asked`.
    #[must_use]
    pub fn new(asked: Memo<Listing>, visit: Visit) -> Self {
        let session = use_session();
        let support = Memo::new(move |_| {
            session.account().map(|account| ListSupport::from_extensions(&account.extensions))
        });
        let planned = Memo::new(move |_| {
            let listing = asked.get();
            let support = support.get().or(Plan::is_plain(&listing).then(ListSupport::default))?;
            Some(Plan::new(&listing, support))
        });
        let plan = Memo::new(move |_| planned.with(|planned| planned.as_ref().map(|(plan, _)| plan.clone())));
        let list = load(plan);
        poll_load(list, times::LIST, pending);
        let source = Memo::new(move |_| plan.with(|plan| Some(plan.as_ref()?.search()?.source.clone())));
        let reading = HistoryScan::new(visit.scanned, source);
        let matches = matches(plan, reading);
        let shown = Memo::new(move |old: Option<&Option<Shown>>| match plan.get() {
            Some(Plan::ScanResult(search)) => Some(gathered_page(search.wanted, reading, matches)),
            _ => list.with(answered_page).or_else(|| old.cloned().flatten()),
        });
        Self { asked, support, reading, matches, shown, planned, plan, list }
    }

    /// All matching rows of the scan.
    #[must_use]
    pub fn found(self) -> Vec<ClassificationSummary> {
        self.reading.with(|scanned| self.matches.with(|matches| matches.rows(scanned)))
    }

    /// The parts of the query that neither the service nor a scan can apply.
    #[must_use]
    pub fn lacks(self) -> Vec<Lack> {
        self.planned.with(|planned| planned.as_ref().map(|(_, lacks)| lacks.clone())).unwrap_or_default()
    }

    /// Whether this screen scans and filters the history itself.
    #[must_use]
    pub fn is_gathered(self) -> bool {
        self.plan.with(|plan| matches!(plan, Some(Plan::ScanResult(_))))
    }

    /// The query for all rows, from the first page; `None` if the rows come from a scan.
    #[must_use]
    pub fn whole(self) -> Option<Listing> {
        match self.plan.get() {
            Some(Plan::Asked(listing)) => Some(listing.on_page(1)),
            _ => None,
        }
    }

    /// Whether the page in view belongs to an earlier query.
    #[must_use]
    pub fn is_old(self) -> bool {
        self.plan.with(|plan| {
            let wanted = match plan {
                Some(Plan::Asked(listing)) => Some(listing),
                Some(Plan::ScanResult(search)) => Some(&search.wanted),
                None => None,
            };
            self.shown.with(|shown| shown.as_ref().map(|shown| &shown.listing) != wanted)
        })
    }

    /// The number of matching rows.
    #[must_use]
    pub fn total(self) -> u64 {
        self.shown.with(|shown| shown.as_ref().map_or(0, |shown| shown.meta.total))
    }

    /// What the page shows.
    #[must_use]
    pub fn content(self) -> Content {
        self.shown.with(|shown| match shown {
            Some(shown) => content_of(shown),
            None if self.list.is_slow() && self.list.error().is_none() => Content::Skeleton,
            None => Content::Nothing,
        })
    }

    /// The error of the request or the scan.
    #[must_use]
    pub fn error(self) -> Option<ApiError> {
        if self.is_gathered() { self.reading.error() } else { self.list.error() }
    }

    /// Tries again after an error.
    pub fn retry(self) {
        self.list.reload();
        self.reading.retry();
    }
}

/// Requests the page from the service, if it can apply the query.
fn load(plan: Memo<Option<Plan>>) -> Load<Option<(Listing, ListPage)>> {
    let (session, language) = (use_session(), use_language());
    Load::new(move || {
        let client = session.client(language.code());
        let plan = plan.get();
        async move {
            match plan {
                // Paired with its query, because the answers to two queries may be equal.
                Some(Plan::Asked(listing)) => {
                    client.classifications(&listing).await.map(|answer| Some((listing, answer)))
                }
                Some(Plan::ScanResult(_)) => Ok(None),
                // The features of the service are not known yet: load the account first.
                None => client.account().await.map(|account| {
                    session.set_account(&client, account);
                    None
                }),
            }
        }
    })
}

/// Whether a row of the page is pending.
fn pending(list: &Option<(Listing, ListPage)>) -> Option<Open> {
    let is_pending = |row: &ClassificationSummary| row.status == Status::Pending;
    list.as_ref().is_some_and(|(_, page)| page.data.iter().any(is_pending)).then(Open::default)
}

/// The matching rows of the scan.
fn matches(plan: Memo<Option<Plan>>, reading: HistoryScan) -> Signal<Matches> {
    let matcher = Memo::new(move |_| {
        plan.with(|plan| match plan.as_ref().and_then(Plan::search) {
            Some(search) => search.rest.matcher(),
            None => Listing::default().filter.matcher(),
        })
    });
    let reviews = use_reviews();
    let verdicts = Memo::new(move |times: Option<&u32>| {
        reviews.track();
        times.map_or(0, |times| times + 1)
    });
    // Leptos' own memo hands over the last matches, which are long and are changed in place.
    let matches = leptos::prelude::Memo::new_owning(move |old| {
        let codes = Codes { verdicts: verdicts.get(), decided: &|row| untrack(|| reviews.decided_of(row)) };
        (reading.with(|scanned| Matches::new(matcher.get(), &codes, scanned, old)), true)
    });
    matches.into()
}

/// The page in the service's answer.
fn answered_page(answer: Option<&Option<(Listing, ListPage)>>) -> Option<Shown> {
    let (listing, page) = answer?.as_ref()?;
    Some(Shown { listing: listing.clone(), rows: page.data.clone(), meta: page.meta, is_open: false })
}

/// A page of the matching rows of the scan.
fn gathered_page(listing: Listing, reading: HistoryScan, matches: Signal<Matches>) -> Shown {
    matches.with(|matches| {
        let (total, per_page) = (matches.count(), u64::from(listing.per_page));
        let last_page = total.div_ceil(per_page).max(1);
        let meta = PageMeta { current_page: listing.page, per_page, total, last_page };
        Shown {
            rows: reading.with(|scanned| matches.page(&listing, scanned)),
            listing,
            meta,
            is_open: !reading.is_over(),
        }
    })
}

fn content_of(shown: &Shown) -> Content {
    let is_filtered = !shown.listing.filter.is_empty();
    match (shown.rows.is_empty(), shown.meta.total) {
        (false, _) => Content::Rows,
        (true, _) if shown.is_open => Content::Nothing,
        (true, 0) if is_filtered => Content::NothingMatches,
        (true, 0) => Content::NothingClassified,
        (true, _) => Content::Beyond,
    }
}

#[cfg(test)]
mod tests {
    use import8_api::decode;

    use super::*;
    use crate::api::listing::Filter;

    #[test]
    fn each_kind_of_nothing_is_told_apart() {
        let row: ClassificationSummary = decode(r#"{"id": "1", "status": "failed"}"#).expect("a row");
        let check = |rows: usize, total: u64, q: &str, is_open: bool, expected: Content| {
            let filter = Filter { q: q.to_owned(), ..Filter::default() };
            let shown = Shown {
                listing: Listing::default().filtered(filter),
                rows: vec![row.clone(); rows],
                meta: PageMeta { current_page: 1, per_page: 20, total, last_page: 1 },
                is_open,
            };
            assert_eq!(content_of(&shown), expected);
        };
        check(1, 1, "", false, Content::Rows);
        check(1, 1, "pan", true, Content::Rows);
        check(0, 0, "", false, Content::NothingClassified);
        check(0, 0, "pan", false, Content::NothingMatches);
        check(0, 0, "pan", true, Content::Nothing);
        check(0, 7, "", false, Content::Beyond);
    }
}
