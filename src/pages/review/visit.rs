//! State of the review queue that survives leaving the page.

use leptos::prelude::*;

use crate::api::listing::Filter;
use crate::browser::task::effect;
use crate::outbox::reviews::Reviews;
use crate::queries::scan_result::ScanResult;
use crate::session::Session;

/// What the queue keeps while other screens are looked at, until the key changes: a handle, cheap to copy.
#[derive(Debug, Clone, Copy, Default)]
pub struct Visit {
    /// The row that is looked at.
    pub(super) current: RwSignal<Option<String>>,
    /// What was reviewed of which part of the queue.
    done: RwSignal<(Filter, Vec<String>)>,
    /// Rows that were read from the service.
    pub(super) scanned: RwSignal<ScanResult>,
}

impl Visit {
    /// The visit of the session's key.
    #[must_use]
    pub fn new(session: Session) -> Self {
        let visit = Self::default();
        effect(move || {
            // What one key may see is not the next one's.
            session.track_key();
            visit.current.set(None);
            visit.done.set(Default::default());
            visit.scanned.set(ScanResult::default());
        });
        visit
    }

    /// Notes that a verdict was given on a row of this part of the queue.
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

    /// How many of this part of the queue have been done.
    pub(super) fn count(self, filter: &Filter, reviews: Reviews) -> u64 {
        self.done.with(|(part, done)| {
            let is_done = |id: &&String| part == filter && reviews.verdict_of(id).is_some();
            u64::try_from(done.iter().filter(is_done).count()).unwrap_or(u64::MAX)
        })
    }
}
