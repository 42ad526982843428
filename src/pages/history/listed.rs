//! The list that an address asks for: who is asked for what, and what has come of it.

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

/// A page as it is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// What it is a page of.
    pub listing: Listing,
    /// Its rows.
    pub rows: Vec<ClassificationSummary>,
    /// Where it stands.
    pub meta: PageMeta,
    /// Whether rows may still come in.
    pub is_open: bool,
}

/// What there is to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// Nothing yet.
    Nothing,
    /// The shape of what is on its way.
    Skeleton,
    /// The organisation has no classifications.
    NothingClassified,
    /// The filter leaves none.
    NothingMatches,
    /// There are not that many pages.
    Beyond,
    /// Rows.
    Rows,
}

/// A list, as far as it is known: a handle, cheap to copy.
#[derive(Clone, Copy)]
pub struct Listed {
    /// What the address asks for.
    pub asked: Memo<Listing>,
    /// What the service can do, once that is known.
    pub support: Memo<Option<ListSupport>>,
    /// What is read here, when the service cannot look for it itself.
    pub reading: HistoryScan,
    /// What of it matches.
    pub matches: Signal<Matches>,
    /// The page in view. That of another question stays until this one is answered.
    pub shown: Memo<Option<Shown>>,
    planned: Memo<Option<(Plan, Vec<Lack>)>>,
    plan: Memo<Option<Plan>>,
    list: Load<Option<(Listing, ListPage)>>,
}

impl Listed {
    /// The list that `asked` asks for.
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

    /// All that was found here.
    #[must_use]
    pub fn found(self) -> Vec<ClassificationSummary> {
        self.reading.with(|scanned| self.matches.with(|matches| matches.rows(scanned)))
    }

    /// What of the address is not possible with this service.
    #[must_use]
    pub fn lacks(self) -> Vec<Lack> {
        self.planned.with(|planned| planned.as_ref().map(|(_, lacks)| lacks.clone())).unwrap_or_default()
    }

    /// Whether this screen reads and looks for itself.
    #[must_use]
    pub fn is_gathered(self) -> bool {
        self.plan.with(|plan| matches!(plan, Some(Plan::ScanResult(_))))
    }

    /// All of it as the service is asked for it; none when it is found here.
    #[must_use]
    pub fn whole(self) -> Option<Listing> {
        match self.plan.get() {
            Some(Plan::Asked(listing)) => Some(listing.on_page(1)),
            _ => None,
        }
    }

    /// Whether the page in view answers another question.
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

    /// How many there are.
    #[must_use]
    pub fn total(self) -> u64 {
        self.shown.with(|shown| shown.as_ref().map_or(0, |shown| shown.meta.total))
    }

    /// What there is to see.
    #[must_use]
    pub fn content(self) -> Content {
        self.shown.with(|shown| match shown {
            Some(shown) => content_of(shown),
            None if self.list.is_slow() && self.list.error().is_none() => Content::Skeleton,
            None => Content::Nothing,
        })
    }

    /// Why it cannot be told.
    #[must_use]
    pub fn error(self) -> Option<ApiError> {
        if self.is_gathered() { self.reading.error() } else { self.list.error() }
    }

    /// Asks again after an error.
    pub fn retry(self) {
        self.list.reload();
        self.reading.retry();
    }
}

/// Asks the service for what it can answer itself.
fn load(plan: Memo<Option<Plan>>) -> Load<Option<(Listing, ListPage)>> {
    let (session, language) = (use_session(), use_language());
    Load::new(move || {
        let client = session.client(language.code());
        let plan = plan.get();
        async move {
            match plan {
                // With the question, because the answer to another one may be the same.
                Some(Plan::Asked(listing)) => {
                    client.classifications(&listing).await.map(|answer| Some((listing, answer)))
                }
                Some(Plan::ScanResult(_)) => Ok(None),
                // It is not known yet what the service can do: that comes first.
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

/// What of the rows that are read here is looked for.
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

/// The page that the service answered.
fn answered_page(answer: Option<&Option<(Listing, ListPage)>>) -> Option<Shown> {
    let (listing, page) = answer?.as_ref()?;
    Some(Shown { listing: listing.clone(), rows: page.data.clone(), meta: page.meta, is_open: false })
}

/// A page of what was found among the rows that are read here.
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
