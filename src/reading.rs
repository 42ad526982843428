//! The reading of a whole list, for a screen that filters or sorts it itself because the service cannot:
//! while it is looked at, and until it is stopped.

use leptos::prelude::*;

use crate::api::{self, ApiError};
use crate::i18n::use_language;
use crate::listing::{Gathered, Listing, Progress};
use crate::load::spawn_while_shown;
use crate::session::use_session;
use crate::walk::{Step, Walk};

/// A reading: a handle, cheap to copy.
#[derive(Clone, Copy)]
pub struct Reading {
    gathered: RwSignal<Gathered>,
    is_wanted: RwSignal<bool>,
    again: RwSignal<u32>,
    waiting: RwSignal<u32>,
    error: RwSignal<Option<ApiError>>,
}

impl Reading {
    /// Reads `source` into `gathered`; nothing while there is none.
    #[must_use]
    pub fn new(gathered: RwSignal<Gathered>, source: Memo<Option<Listing>>) -> Self {
        let (session, language) = (use_session(), use_language());
        let reading = Self {
            gathered,
            is_wanted: RwSignal::new(true),
            again: RwSignal::new(0),
            waiting: RwSignal::new(0),
            error: RwSignal::new(None),
        };
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

    /// Looks at what was read.
    pub fn with<R>(self, look: impl FnOnce(&Gathered) -> R) -> R {
        self.gathered.with(look)
    }

    /// How far it has come.
    #[must_use]
    pub fn progress(self) -> Progress {
        self.gathered.with(Gathered::progress)
    }

    /// How many seconds of a pause for the rate limit are left.
    #[must_use]
    pub fn waiting(self) -> u32 {
        self.waiting.get()
    }

    /// Why it cannot go on.
    #[must_use]
    pub fn error(self) -> Option<ApiError> {
        self.error.get()
    }

    /// Whether there is nothing more to come without the person.
    #[must_use]
    pub fn is_over(self) -> bool {
        self.progress() != Progress::Open || !self.is_wanted.get() || self.error.with(Option::is_some)
    }

    /// Goes on after an error.
    pub fn retry(self) {
        self.again.update(|times| *times += 1);
    }

    /// Reads no further.
    pub fn stop(self) {
        self.is_wanted.set(false);
    }

    /// Goes on after a stop or an error, and does not wait any longer if it waited.
    pub fn go_on(self) {
        api::go_on();
        self.is_wanted.set(true);
        self.retry();
    }

    /// Forgets what was read, and reads it again.
    pub fn restart(self) {
        self.gathered.update(|gathered| *gathered = Gathered::default());
        self.go_on();
    }
}
