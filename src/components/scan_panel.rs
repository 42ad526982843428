//! Progress of a client-side scan of the history, with a button to stop, resume or repeat it.

use leptos::prelude::*;

use crate::browser::memo::Memo;
use crate::i18n::use_texts;
use crate::queries::scan::HistoryScan;
use crate::queries::scan_result::{ScanProgress, ScanResult};

/// The progress of a scan.
#[component]
pub fn ScanPanel(
    /// The scan.
    scan: HistoryScan,
    /// How far the scan is, in a sentence.
    #[prop(into)]
    sentence: Signal<String>,
    /// A remark, shown unless the rate limit pauses the scan.
    #[prop(optional, into)]
    remark: Signal<String>,
    /// More about the result of the scan.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let texts = use_texts();
    let counts = Memo::new(move |_| scan.with(ScanResult::counts));
    let remark = move || match (scan.progress(), scan.waiting()) {
        (ScanProgress::Open, seconds @ 1..) => (texts.history().waiting)(&seconds.to_string()),
        _ => remark.get(),
    };
    let button = move || match (scan.progress(), scan.is_over()) {
        (ScanProgress::Open, false) => texts.history().stop,
        (ScanProgress::Open, true) => texts.history().go_on,
        _ => texts.history().read_again,
    };
    let press = move |_| match (scan.progress(), scan.is_over()) {
        (ScanProgress::Open, false) => scan.stop(),
        (ScanProgress::Open, true) => scan.go_on(),
        _ => scan.restart(),
    };
    view! {
        <section class="reading" id="reading" aria-label=texts.history().progress_label>
            <progress
                aria-label=texts.history().progress_label
                max=move || counts.with(|(_, total)| (*total).max(1).to_string())
                value=move || counts.with(|(read, _)| read.to_string())
            ></progress>
            <p class="reading-line">
                <strong>{sentence}</strong>
                <button type="button" class="secondary small" on:click=press>
                    {button}
                </button>
            </p>
            <p class="hint">{remark}</p>
            {children.map(|children| children())}
        </section>
    }
}
