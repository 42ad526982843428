//! State of the review queue that survives leaving the page.

use leptos::prelude::*;

use crate::api::listing::Filter;
use crate::browser::task::effect;
use crate::outbox::reviews::Reviews;
use crate::queries::scan_result::ScanResult;
use crate::session::Session;

/// State of the review queue that is kept while other screens are shown, until the key changes: a handle, cheap to
/// copy.
#[derive(Debug, Clone, Copy, Default)]
pub struct Visit {
    /// The identifier of the current row.
    pub(super) current: RwSignal<Option<String>>,
    /// The part of the queue that was worked on last, and the rows in it that got a verdict.
    done: RwSignal<(Filter, Vec<String>)>,
    /// The rows of the scan.
    pub(super) scanned: RwSignal<ScanResult>,
}

impl Visit {
    /// Creates the state for the keys of a session.
    #[must_use]
    pub fn new(session: Session) -> Self {
        let visit = Self::default();
        effect(move || {
            // Rows of one key are not shown to another.
            session.track_key();
            visit.current.set(None);
            visit.done.set(Default::default());
            visit.scanned.set(ScanResult::default());
        });
        visit
    }

    /// Notes a verdict on a row of this part of the queue.
    pub(super) fn note(self, filter: &Filter, id: &str) {
        self.done.update(|(part, done)| {
            if part != filter {
                (*part, *done) = (filter.clone(), Vec::new());
            }
            if done.iter().all(|other| other != id) {
                done.push(id.to_owned());
            }
        });
    }

    /// The number of rows of this part of the queue that have got a verdict.
    pub(super) fn count(self, filter: &Filter, reviews: Reviews) -> u64 {
        self.done.with(|(part, done)| {
            let is_done = |id: &&String| part == filter && reviews.verdict_of(id).is_some();
            u64::try_from(done.iter().filter(is_done).count()).unwrap_or(u64::MAX)
        })
    }
}
