//! How far the reading of a list is that this screen filters.

use leptos::prelude::*;

use super::matches::Matches;
use crate::format;
use crate::i18n::{use_language, use_texts};
use crate::listing::{Gathered, Progress};
use crate::reading::Reading;

/// How far the reading is, with a way to stop it and to go on.
#[component]
pub fn ReadingProgress(
    /// The reading.
    reading: Reading,
    /// What of it matches.
    matches: Memo<Matches>,
) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let counts = Memo::new(move |_| {
        let (read, total) = reading.with(Gathered::counts);
        (read, total, matches.with(Matches::count))
    });
    let sentence = move || {
        let (read, total, found) = counts.get();
        let [read, total, found] = [read, total, found].map(|number| format::count(number, language));
        match reading.progress() {
            Progress::Complete => (texts.history().complete)(&read, &found),
            Progress::Open | Progress::Short => (texts.history().progress)(&read, &total, &found),
        }
    };
    let remark = move || match (reading.progress(), reading.waiting()) {
        (Progress::Short, _) => {
            let (read, total, _) = counts.get();
            (texts.history().short)(&format::count(read, language), &format::count(total, language))
        }
        (Progress::Complete, _) => String::new(),
        (Progress::Open, 0) => texts.history().gathered_here.to_owned(),
        (Progress::Open, seconds) => (texts.history().waiting)(&seconds.to_string()),
    };
    let button = move || match (reading.progress(), reading.is_over()) {
        (Progress::Open, false) => texts.history().stop,
        (Progress::Open, true) => texts.history().go_on,
        _ => texts.history().read_again,
    };
    let press = move |_| match (reading.progress(), reading.is_over()) {
        (Progress::Open, false) => reading.stop(),
        (Progress::Open, true) => reading.go_on(),
        _ => reading.restart(),
    };
    let not_told = move || {
        let number = matches.with(Matches::not_told);
        let words =
            (number > 0).then(|| (texts.history().codes_not_told)(&format::count(number, language)))?;
        Some(view! { <p class="hint">{words}</p> })
    };
    view! {
        <section class="reading" id="reading" aria-label=texts.history().progress_label>
            <progress
                aria-label=texts.history().progress_label
                max=move || counts.with(|(_, total, _)| (*total).max(1).to_string())
                value=move || counts.with(|(read, _, _)| read.to_string())
            ></progress>
            <p class="reading-line">
                <strong>{sentence}</strong>
                <button type="button" class="secondary small" on:click=press>
                    {button}
                </button>
            </p>
            <p class="hint">{remark}</p>
            {not_told}
        </section>
    }
}
