//! How far the reading of the history is, out of which this screen picks the queue.

use leptos::prelude::*;

use crate::format;
use crate::i18n::{use_language, use_texts};
use crate::listing::{Gathered, Progress};
use crate::reading::Reading;

/// How far the reading is, with a way to stop it and to go on.
#[component]
pub fn ReadingProgress(
    /// The reading.
    reading: Reading,
) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let count = move |number| format::count(number, language);
    let counts = Memo::new(move |_| reading.with(Gathered::counts));
    let line = move || {
        let (read, total) = counts.get();
        match reading.progress() {
            Progress::Open => (texts.queue().looked_at)(&count(read), &count(total)),
            Progress::Complete => (texts.queue().looked_at_all)(&count(read)),
            Progress::Short => (texts.queue().looked_at_some)(&count(read), &count(total)),
        }
    };
    let bar = move || {
        (!reading.is_over()).then(|| {
            let value = move || counts.with(|(read, _)| read.to_string());
            let max = move || counts.with(|(_, total)| (*total).max(1).to_string());
            view! { <progress aria-label=texts.history().progress_label value=value max=max></progress> }
        })
    };
    let pause = move || {
        let seconds = Some(reading.waiting()).filter(|seconds| *seconds > 0)?;
        let sentence = (texts.history().waiting)(&seconds.to_string());
        Some(view! { <p class="hint">{sentence}</p> })
    };
    let ends = Memo::new(move |_| reading.progress() != Progress::Open);
    let switch = move |_| if reading.is_over() { reading.go_on() } else { reading.stop() };
    let label = move || if reading.is_over() { texts.history().go_on } else { texts.history().stop };
    view! {
        <div class="reading" id="reading">
            <div class="reading-line">
                <p role="status">{line}</p>
                <Show when=move || !ends.get()>
                    <button type="button" class="link" on:click=switch>
                        {label}
                    </button>
                </Show>
            </div>
            {bar}
            {pause}
        </div>
    }
}
