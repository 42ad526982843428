//! Progress of the scan that filters the history in the browser.

use leptos::prelude::*;

use super::matches::Matches;
use crate::browser::memo::Memo;
use crate::components::scan_panel::ScanPanel;
use crate::i18n::{format, use_language, use_texts};
use crate::queries::scan::HistoryScan;
use crate::queries::scan_result::{ScanProgress, ScanResult};

/// The progress of the scan, and how many rows match.
#[component]
pub fn ReadingProgress(
    /// The scan.
    reading: HistoryScan,
    /// The rows that match.
    matches: Signal<Matches>,
) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let count = move |number| format::count(number, language);
    let counts = Memo::new(move |_| {
        let (read, total) = reading.with(ScanResult::counts);
        (read, total, matches.with(Matches::count))
    });
    let sentence = Signal::derive(move || {
        let (read, total, found) = counts.get();
        match reading.progress() {
            ScanProgress::Complete => (texts.history().complete)(&count(read), &count(found)),
            ScanProgress::Open | ScanProgress::Short => {
                (texts.history().progress)(&count(read), &count(total), &count(found))
            }
        }
    });
    let remark = Signal::derive(move || match reading.progress() {
        ScanProgress::Open => texts.history().gathered_here.to_owned(),
        ScanProgress::Complete => String::new(),
        ScanProgress::Short => {
            let (read, total, _) = counts.get();
            (texts.history().short)(&count(read), &count(total))
        }
    });
    let not_told = move || {
        let number = matches.with(Matches::not_told);
        (number > 0).then(|| view! { <p class="hint">{(texts.history().codes_not_told)(&count(number))}</p> })
    };
    view! {
        <ScanPanel scan=reading sentence remark>
            {not_told}
        </ScanPanel>
    }
}
