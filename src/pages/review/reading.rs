//! Progress of the scan from which the browser builds the review queue.

use leptos::prelude::*;

use crate::components::scan_panel::ScanPanel;
use crate::i18n::{format, use_language, use_texts};
use crate::queries::scan::HistoryScan;
use crate::queries::scan_result::{ScanProgress, ScanResult};

/// The progress of the scan.
#[component]
pub fn ReadingProgress(
    /// The scan.
    reading: HistoryScan,
) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let sentence = Signal::derive(move || {
        let (read, total) = reading.with(ScanResult::counts);
        let [read, total] = [read, total].map(|number| format::count(number, language));
        match reading.progress() {
            ScanProgress::Open => (texts.queue().looked_at)(&read, &total),
            ScanProgress::Complete => (texts.queue().looked_at_all)(&read),
            ScanProgress::Short => (texts.queue().looked_at_some)(&read, &total),
        }
    });
    view! { <ScanPanel scan=reading sentence /> }
}
