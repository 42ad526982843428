//! State of the history page that outlives leaving the page.

use leptos::prelude::*;

use super::selection::Selected;
use crate::browser::task::effect;
use crate::queries::scan_result::ScanResult;
use crate::session::Session;

/// State of the history page that is kept while other screens are shown, until the key changes: a handle, cheap to
/// copy.
#[derive(Debug, Clone, Copy, Default)]
pub struct Visit {
    /// The rows of the scan.
    pub(super) scanned: RwSignal<ScanResult>,
    /// The selected rows.
    pub(super) selected: Selected,
}

impl Visit {
    /// Creates the state for the keys of a session.
    #[must_use]
    pub fn new(session: Session) -> Self {
        let visit = Self::default();
        effect(move || {
            // Rows of one key are not shown to another.
            session.track_key();
            visit.scanned.update(|scanned| *scanned = ScanResult::default());
            visit.selected.clear();
        });
        visit
    }
}
