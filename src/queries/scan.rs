//! Reads a whole list for a screen that filters or sorts it itself, because the service cannot. Reads while the
//! screen is open, until the person stops it.

use leptos::prelude::*;

use crate::api::ApiError;
use crate::api::listing::Listing;
use crate::browser::memo::Memo;
use crate::browser::task::{effect, spawn_while_shown};
use crate::i18n::use_language;
use crate::queries::pager::{NextPage, PageReader};
use crate::queries::rate_limit::{RateLimitGate, use_gate};
use crate::queries::scan_result::{ScanProgress, ScanResult};
use crate::session::use_session;

/// A scan: a handle, cheap to copy.
#[derive(Clone, Copy)]
pub struct HistoryScan {
    gate: RateLimitGate,
    scanned: RwSignal<ScanResult>,
    is_wanted: RwSignal<bool>,
    again: RwSignal<u32>,
    waiting: RwSignal<u32>,
    error: RwSignal<Option<ApiError>>,
}

impl HistoryScan {
    /// Reads `source` into `scanned`; reads nothing while `source` is `None`.
    #[must_use]
    pub fn new(scanned: RwSignal<ScanResult>, source: Memo<Option<Listing>>) -> Self {
        let (session, language) = (use_session(), use_language());
        let reading = Self::idle(use_gate(), scanned);
        effect(move || {
            session.track_recoveries();
            reading.again.track();
            reading.error.set(None);
            reading.waiting.set(0);
            let Some(source) = source.get().filter(|_| reading.is_wanted.get()) else { return };
            scanned.update(|scanned| scanned.open(&source));
            let gate = reading.gate.telling(reading.waiting);
            let reader = PageReader::new(gate, session.client(language.code()), &source);
            // The task belongs to this run of the effect, so the next run, or leaving, ends it.
            spawn_while_shown(reading.read(reader));
        });
        reading
    }

    /// A scan that has not started.
    fn idle(gate: RateLimitGate, scanned: RwSignal<ScanResult>) -> Self {
        Self {
            gate,
            scanned,
            is_wanted: RwSignal::new(true),
            again: RwSignal::new(0),
            waiting: RwSignal::new(0),
            error: RwSignal::new(None),
        }
    }

    async fn read(self, mut reader: PageReader) {
        while let Some(page) = self.take(reader.next().await) {
            reader.skip_to(page);
        }
    }

    /// Takes the outcome of reading a page. Returns the first page that is still needed, or `None` at the end.
    fn take(self, next: Result<NextPage, ApiError>) -> Option<u64> {
        let progress = match next {
            Ok(NextPage::Page(page)) => {
                return self.scanned.try_update(|scanned| scanned.take(page)).map(Option::unwrap_or_default);
            }
            Ok(NextPage::End) => ScanProgress::Complete,
            Ok(NextPage::NotTurned) => ScanProgress::Short,
            Err(error) => {
                self.error.set(Some(error));
                return None;
            }
        };
        self.scanned.update(|scanned| scanned.end(progress));
        None
    }

    /// Accesses the rows read so far.
    pub fn with<R>(self, look: impl FnOnce(&ScanResult) -> R) -> R {
        self.scanned.with(look)
    }

    /// The progress of the scan.
    #[must_use]
    pub fn progress(self) -> ScanProgress {
        self.scanned.with(ScanResult::progress)
    }

    /// Seconds left of a pause for the rate limit.
    #[must_use]
    pub fn waiting(self) -> u32 {
        self.waiting.get()
    }

    /// The error that has stopped the scan.
    #[must_use]
    pub fn error(self) -> Option<ApiError> {
        self.error.get()
    }

    /// Whether nothing more comes unless the person continues the scan.
    #[must_use]
    pub fn is_over(self) -> bool {
        self.progress() != ScanProgress::Open || !self.is_wanted.get() || self.error.with(Option::is_some)
    }

    /// Continues after an error.
    pub fn retry(self) {
        self.again.update(|times| *times += 1);
    }

    /// Stops the scan.
    pub fn stop(self) {
        self.is_wanted.set(false);
    }

    /// Continues after a stop or an error, and ends a pause for the rate limit.
    pub fn go_on(self) {
        self.gate.end_pause();
        self.is_wanted.set(true);
        self.retry();
    }

    /// Drops the rows and scans again.
    pub fn restart(self) {
        self.scanned.update(|scanned| *scanned = ScanResult::default());
        self.go_on();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::queries::scan_result::tests::page;
    use crate::session::Session;
    use crate::session::keyring::Keyring;

    /// A scan that has started, and the owner of its signals.
    fn begun() -> (Owner, HistoryScan) {
        let owner = Owner::new();
        owner.set();
        let gate = RateLimitGate::new(Session::new(Keyring::default()));
        let scan = HistoryScan::idle(gate, RwSignal::default());
        scan.scanned.update(|scanned| scanned.open(&Listing::default()));
        (owner, scan)
    }

    fn sees(scan: HistoryScan) -> (ScanProgress, bool, (u64, u64)) {
        untrack(|| (scan.progress(), scan.is_over(), scan.with(ScanResult::counts)))
    }

    #[test]
    fn reading_ends_with_the_list() {
        let (_owner, scan) = begun();
        assert_eq!(scan.take(Ok(NextPage::Page(page(1, 100, 150)))), Some(0), "with the next page");
        assert_eq!(sees(scan), (ScanProgress::Open, false, (100, 150)));
        assert_eq!(scan.take(Ok(NextPage::Page(page(2, 100, 150)))), Some(0));
        assert_eq!(scan.take(Ok(NextPage::End)), None);
        assert_eq!(sees(scan), (ScanProgress::Complete, true, (150, 150)));
    }

    #[test]
    fn a_service_that_does_not_turn_pages_ends_it_short() {
        let (_owner, scan) = begun();
        scan.take(Ok(NextPage::Page(page(1, 100, 150))));
        assert_eq!(scan.take(Ok(NextPage::NotTurned)), None);
        assert_eq!(sees(scan), (ScanProgress::Short, true, (100, 150)));
    }

    #[test]
    fn what_was_read_before_is_skipped() {
        let (_owner, scan) = begun();
        for number in 1..=3 {
            scan.take(Ok(NextPage::Page(page(number, 100, 450))));
        }
        // The person leaves and comes back.
        scan.scanned.update(|scanned| scanned.open(&Listing::default()));
        assert_eq!(scan.take(Ok(NextPage::Page(page(1, 100, 450)))), Some(4));
        assert_eq!(sees(scan), (ScanProgress::Open, false, (300, 450)));
    }

    #[test]
    fn an_error_ends_it_and_keeps_what_was_read() {
        let (_owner, scan) = begun();
        scan.take(Ok(NextPage::Page(page(1, 100, 150))));
        assert_eq!(scan.take(Err(ApiError::Timeout)), None);
        assert_eq!(untrack(|| scan.error()), Some(ApiError::Timeout));
        assert_eq!(sees(scan), (ScanProgress::Open, true, (100, 150)));
    }

    #[test]
    fn who_stops_it_sees_what_was_found() {
        let (_owner, scan) = begun();
        scan.take(Ok(NextPage::Page(page(1, 100, 150))));
        scan.stop();
        assert_eq!(sees(scan), (ScanProgress::Open, true, (100, 150)));
    }
}
