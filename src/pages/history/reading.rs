//! The reading of a list that this screen filters: while it is looked at, and until it is stopped.

use leptos::prelude::*;

use super::gather::{Gathered, Matches, Progress};
use super::plan::Plan;
use crate::api::ApiError;
use crate::format;
use crate::i18n::{use_language, use_texts};
use crate::listing::Listing;
use crate::load::spawn_while_shown;
use crate::session::use_session;
use crate::walk::{Step, Walk};

/// A reading: a handle, cheap to copy.
#[derive(Clone, Copy)]
pub struct Reading {
    gathered: RwSignal<Gathered>,
    matches: Memo<Matches>,
    is_wanted: RwSignal<bool>,
    again: RwSignal<u32>,
    waiting: RwSignal<u32>,
    error: RwSignal<Option<ApiError>>,
}

impl Reading {
    /// Reads what the plan says is to be read here.
    #[must_use]
    pub fn new(gathered: RwSignal<Gathered>, plan: Memo<Option<Plan>>) -> Self {
        let (session, language) = (use_session(), use_language());
        let matcher = Memo::new(move |_| {
            plan.with(|plan| match plan {
                Some(Plan::Gathered(search)) => search.rest.matcher(),
                _ => Listing::default().filter.matcher(),
            })
        });
        let reading = Self {
            gathered,
            matches: Memo::new_owning(move |old| {
                (gathered.with(|gathered| Matches::of(matcher.get(), gathered, old)), true)
            }),
            is_wanted: RwSignal::new(true),
            again: RwSignal::new(0),
            waiting: RwSignal::new(0),
            error: RwSignal::new(None),
        };
        let source = Memo::new(move |_| {
            plan.with(|plan| match plan {
                Some(Plan::Gathered(search)) => Some(search.source.clone()),
                _ => None,
            })
        });
        Effect::new(move |_| {
            session.track_recoveries();
            reading.again.track();
            reading.error.set(None);
            reading.waiting.set(0);
            let Some(source) = source.get().filter(|_| reading.is_wanted.get()) else { return };
            gathered.update(|gathered| gathered.open(&source));
            let walk = Walk::new(session, session.client(language.code()), &source, reading.waiting);
            // The task belongs to this run of the effect, so the next run, or leaving, ends it.
            spawn_while_shown(reading.read(walk));
        });
        reading
    }

    async fn read(self, mut walk: Walk) {
        let progress = loop {
            match walk.next().await {
                Ok(Step::Page(page)) => {
                    let skip_to = self.gathered.try_update(|gathered| gathered.take(page)).flatten();
                    if let Some(page) = skip_to {
                        walk.skip_to(page);
                    }
                }
                Ok(Step::End) => break Progress::Complete,
                Ok(Step::NotTurned) => break Progress::Short,
                Err(error) => return self.error.set(Some(error)),
            }
        };
        self.gathered.update(|gathered| gathered.end(progress));
    }

    /// Why it cannot go on.
    #[must_use]
    pub fn error(self) -> Option<ApiError> {
        self.error.get()
    }

    /// Goes on after an error.
    pub fn retry(self) {
        self.again.update(|times| *times += 1);
    }

    /// Whether there is nothing more to come without the person.
    #[must_use]
    pub fn is_over(self) -> bool {
        self.progress() != Progress::Open || !self.is_wanted.get() || self.error.with(Option::is_some)
    }

    fn progress(self) -> Progress {
        self.gathered.with(Gathered::progress)
    }

    /// Looks at what was read, and at what of it matches.
    pub fn with<R>(self, look: impl FnOnce(&Gathered, &Matches) -> R) -> R {
        self.gathered.with(|gathered| self.matches.with(|matches| look(gathered, matches)))
    }
}

/// How far the reading is, with a way to stop it and to go on.
#[component]
pub fn ReadingProgress(
    /// The reading.
    reading: Reading,
) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let counts = Memo::new(move |_| {
        reading.with(|gathered, matches| {
            let (read, total) = gathered.counts();
            (read, total, matches.count())
        })
    });
    let sentence = move || {
        let (read, total, found) = counts.get();
        let [read, total, found] = [read, total, found].map(|number| format::count(number, language));
        match reading.progress() {
            Progress::Complete => (texts.history().complete)(&read, &found),
            Progress::Open | Progress::Short => (texts.history().progress)(&read, &total, &found),
        }
    };
    let remark = move || match (reading.progress(), reading.waiting.get()) {
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
        (Progress::Open, false) => reading.is_wanted.set(false),
        (Progress::Open, true) => {
            reading.is_wanted.set(true);
            reading.retry();
        }
        _ => {
            reading.gathered.update(|gathered| *gathered = Gathered::default());
            reading.is_wanted.set(true);
            reading.retry();
        }
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
        </section>
    }
}
