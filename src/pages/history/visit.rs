//! State of the history page that outlives leaving the page.

use leptos::prelude::*;

use super::selection::Selected;
use crate::browser::task::effect;
use crate::queries::scan_result::ScanResult;
use crate::session::Session;

/// What the history keeps while other screens are looked at, until the key changes: a handle, cheap to
/// copy.
#[derive(Debug, Clone, Copy, Default)]
pub struct Visit {
    /// Rows that were read from the service.
    pub(super) scanned: RwSignal<ScanResult>,
    /// Rows that are selected.
    pub(super) selected: Selected,
}

impl Visit {
    /// The visit of the session's key.
    #[must_use]
    pub fn new(session: Session) -> Self {
        let visit = Self::default();
        effect(move || {
            // What one key may see is not the next one's.
            session.track_key();
            visit.scanned.update(|scanned| *scanned = ScanResult::default());
            visit.selected.clear();
        });
        visit
    }
}
