//! The history, read here because the service can neither sort nor filter it. It is kept for the visit, so
//! that coming back asks only for what is new.

use std::collections::HashMap;

use import8_api::{ClassificationSummary, Page};
use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;

use super::queue::{Source, by_doubt};
use crate::api::ApiError;
use crate::format;
use crate::i18n::{use_language, use_texts};
use crate::listing::Listing;
use crate::session::use_session;
use crate::walk::{Step, Walk};

/// How far reading has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Progress {
    /// There is more.
    #[default]
    Open,
    /// All of it has been read.
    Complete,
    /// The service does not turn pages: there is no way to the rest.
    Short,
}

/// What has been read.
#[derive(Debug, Default)]
pub struct Read {
    from: Option<Listing>,
    rows: Vec<ClassificationSummary>,
    places: HashMap<String, usize>,
    /// How many the service says there are.
    total: u64,
    progress: Progress,
}

impl Read {
    /// Begins to read `from`; what was read of another list is forgotten.
    fn open(&mut self, from: &Listing) {
        if self.from.as_ref() != Some(from) {
            *self = Self { from: Some(from.clone()), ..Self::default() };
        }
        self.progress = Progress::Open;
    }

    /// Takes a page. Answers the page to go on with when this one brought nothing new, which an earlier
    /// reading makes up for.
    fn take(&mut self, page: Page<ClassificationSummary>) -> Option<u64> {
        self.total = page.meta.total;
        let before = self.rows.len();
        for row in page.data {
            match self.places.get(&row.id).and_then(|place| self.rows.get_mut(*place)) {
                Some(known) => *known = row,
                None => {
                    self.places.insert(row.id.clone(), self.rows.len());
                    self.rows.push(row);
                }
            }
        }
        let read = self.count();
        (self.rows.len() == before).then(|| {
            if read >= self.total { page.meta.last_page + 1 } else { read / page.meta.per_page.max(1) + 1 }
        })
    }

    fn count(&self) -> u64 {
        u64::try_from(self.rows.len()).unwrap_or(u64::MAX)
    }

    /// What is wanted of the rows, the least sure first.
    #[must_use]
    pub fn queue(&self, wanted: &Listing) -> Vec<ClassificationSummary> {
        let matcher = wanted.filter.matcher();
        let mut rows: Vec<_> = self.rows.iter().filter(|row| matcher.matches(row)).cloned().collect();
        rows.sort_by(by_doubt);
        rows
    }
}

/// A reading: a handle, cheap to copy.
#[derive(Clone, Copy)]
pub struct Reading {
    read: RwSignal<Read>,
    is_wanted: RwSignal<bool>,
    again: RwSignal<u32>,
    waiting: RwSignal<u32>,
    error: RwSignal<Option<ApiError>>,
}

impl Reading {
    /// Reads what the source says is to be read here, while the screen is looked at.
    #[must_use]
    pub fn new(read: RwSignal<Read>, source: Memo<Option<Source>>) -> Self {
        let (session, language) = (use_session(), use_language());
        let reading = Self {
            read,
            is_wanted: RwSignal::new(true),
            again: RwSignal::new(0),
            waiting: RwSignal::new(0),
            error: RwSignal::new(None),
        };
        let from = Memo::new(move |_| match source.get() {
            Some(Source::Read { from, .. }) => Some(from),
            Some(Source::Asked(_)) | None => None,
        });
        Effect::new(move |_| {
            session.track_recoveries();
            reading.again.track();
            reading.error.set(None);
            reading.waiting.set(0);
            let Some(from) = from.get().filter(|_| reading.is_wanted.get()) else { return };
            read.update(|read| read.open(&from));
            let walk = Walk::new(session, session.client(language.code()), &from, reading.waiting);
            // The task belongs to this run of the effect, so the next run, or leaving, ends it.
            spawn_local_scoped_with_cancellation(reading.go(walk));
        });
        reading
    }

    async fn go(self, mut walk: Walk) {
        let progress = loop {
            match walk.next().await {
                Ok(Step::Page(page)) => {
                    if let Some(page) = self.read.try_update(|read| read.take(page)).flatten() {
                        walk.skip_to(page);
                    }
                }
                Ok(Step::End) => break Progress::Complete,
                Ok(Step::NotTurned) => break Progress::Short,
                Err(error) => return self.error.set(Some(error)),
            }
        };
        self.read.update(|read| read.progress = progress);
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

    /// Whether rows may still come in by themselves.
    #[must_use]
    pub fn is_open(self) -> bool {
        let is_open = self.read.with(|read| read.progress == Progress::Open);
        is_open && self.is_wanted.get() && self.error.with(Option::is_none)
    }
}

/// How far the reading is, with a way to stop it and to go on.
#[component]
pub fn ReadingProgress(
    /// The reading.
    reading: Reading,
) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let count = move |number| format::count(number, language);
    let line = move || {
        let (read, total, progress) =
            reading.read.with(|read| (read.count(), read.total.max(read.count()), read.progress));
        match progress {
            Progress::Open => (texts.queue().looked_at)(&count(read), &count(total)),
            Progress::Complete => (texts.queue().looked_at_all)(&count(read)),
            Progress::Short => (texts.queue().looked_at_some)(&count(read), &count(total)),
        }
    };
    let bar = move || {
        reading.is_open().then(|| {
            let value = move || reading.read.with(|read| read.count().to_string());
            let max = move || reading.read.with(|read| read.total.max(read.count()).max(1).to_string());
            view! { <progress aria-label=texts.history().progress_label value=value max=max></progress> }
        })
    };
    let pause = move || {
        let seconds = Some(reading.waiting.get()).filter(|seconds| *seconds > 0)?;
        let sentence = (texts.history().waiting)(&seconds.to_string());
        Some(view! { <p class="hint">{sentence}</p> })
    };
    let ends = Memo::new(move |_| reading.read.with(|read| read.progress != Progress::Open));
    let switch = move |_| reading.is_wanted.update(|is_wanted| *is_wanted = !*is_wanted);
    let label = move || if reading.is_wanted.get() { texts.history().stop } else { texts.history().go_on };
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

#[cfg(test)]
mod tests {
    use import8_api::{PageMeta, decode};

    use super::super::queue;
    use super::*;

    /// A page of a service with rows `0..total`, the newest (the highest) first. Each is as sure as its
    /// number, and of three in a row one has failed.
    fn page(number: u64, total: u64) -> Page<ClassificationSummary> {
        let first = (number - 1) * 3;
        let row = |place: u64| {
            let id = total - 1 - place;
            let status = if id % 3 == 2 { "failed" } else { "completed" };
            let json = format!(r#"{{"id": "{id}", "status": "{status}", "confidence": {id}}}"#);
            decode(&json).expect(&json)
        };
        let meta = PageMeta { current_page: number, per_page: 3, total, last_page: total.div_ceil(3).max(1) };
        Page { success: true, data: (first..(first + 3).min(total)).map(row).collect(), meta, usage: None }
    }

    /// Reads to the end; answers how many pages that took.
    fn go(read: &mut Read, total: u64) -> u32 {
        read.open(&Listing::default());
        let (mut number, mut pages) = (1, 0);
        while number <= total.div_ceil(3) {
            let skip_to = read.take(page(number, total));
            number = (number + 1).max(skip_to.unwrap_or(0));
            pages += 1;
        }
        pages
    }

    fn ids(read: &Read, query: &str) -> Vec<String> {
        let wanted = queue::listing(|name| {
            query.split_once('=').filter(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
        });
        read.queue(&wanted).into_iter().map(|row| row.id).collect()
    }

    #[test]
    fn the_queue_is_what_ended_so_with_the_least_sure_first() {
        let mut read = Read::default();
        assert_eq!(go(&mut read, 8), 3);
        assert_eq!(ids(&read, ""), ["0", "1", "3", "4", "6", "7"]);
        assert_eq!(ids(&read, "status=failed"), ["2", "5"]);
        assert_eq!(ids(&read, "max_confidence=3"), ["0", "1", "3"]);
    }

    #[test]
    fn coming_back_asks_for_what_is_new() {
        let check = |before: u64, now: u64, pages: u32| {
            let mut read = Read::default();
            go(&mut read, before);
            assert_eq!(go(&mut read, now), pages, "{before}, now {now}");
            assert_eq!(read.count(), now);
        };
        check(9, 9, 1);
        check(8, 8, 1);
        check(9, 10, 2);
        check(9, 20, 5);
    }

    #[test]
    fn another_list_is_read_anew() {
        let mut read = Read::default();
        go(&mut read, 9);
        read.open(&Listing::newest(7));
        assert_eq!(read.count(), 0);
    }
}
