//! Loads the records of the sheets: a few at a time and within the rate limit, each with its own state.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::Arc;

use import8_api::{Classification, Image};
use leptos::prelude::*;

use super::sheet::{Picture, PictureFile};
use crate::api::{ApiError, Client};
use crate::browser::digest::sha256;
use crate::browser::download::ObjectUrl;
use crate::browser::memo::Memo;
use crate::browser::task::spawn_while_shown;
use crate::queries::rate_limit::{RateLimitGate, use_gate};
use crate::session::use_session;

/// The number of records that are requested at the same time.
const AT_ONCE: usize = 4;

/// A classification with its pictures.
#[derive(Debug, PartialEq, Eq)]
pub struct Record {
    /// The classification.
    pub classification: Classification,
    /// Its pictures, with the digests that the sheet shows.
    pub pictures: Vec<Picture>,
    /// Object URLs of the pictures, in the same order; `None` for a picture that the service no longer has.
    pub addresses: Vec<Option<ObjectUrl>>,
}

/// The loading state of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Requested, or waiting to be.
    Waiting,
    /// Loaded.
    Here(Arc<Record>),
    /// Failed.
    Failed(ApiError),
}

/// A record that is loaded: a handle, cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct Item {
    /// The identifier of the classification.
    pub id: StoredValue<String>,
    /// The loading state.
    pub state: RwSignal<State>,
}

/// The records of a page: a handle, cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct Items {
    all: StoredValue<Vec<Item>>,
    again: RwSignal<u32>,
    gate: RateLimitGate,
    waiting: RwSignal<u32>,
}

impl Items {
    /// Loads the records. Those that failed because the API was unreachable are requested again when it is reachable.
    #[must_use]
    pub fn load(ids: Vec<String>, client: Client) -> Self {
        let (session, waiting) = (use_session(), RwSignal::new(0));
        let item = |id| Item { id: StoredValue::new(id), state: RwSignal::new(State::Waiting) };
        let items = Self {
            all: StoredValue::new(ids.into_iter().map(item).collect()),
            again: RwSignal::new(0),
            gate: use_gate().telling(waiting),
            waiting,
        };
        let recoveries = Memo::new(move |times: Option<&u32>| {
            session.track_recoveries();
            times.map_or(0, |times| times + 1)
        });
        Effect::new(move |known: Option<u32>| {
            items.again.track();
            let recovery = recoveries.get();
            if known.is_some_and(|known| known != recovery) {
                items.ask_again(|error| matches!(error, ApiError::Unreachable | ApiError::Timeout));
            }
            let waiting = items.all().into_iter().filter(|item| item.state.get_untracked() == State::Waiting);
            let queue = Rc::new(RefCell::new(waiting.collect::<VecDeque<_>>()));
            for _ in 0..AT_ONCE {
                // The tasks belong to this run of the effect: the next run, or leaving the page, cancels them.
                spawn_while_shown(items.work(Rc::clone(&queue), client.clone()));
            }
            recovery
        });
        items
    }

    /// All records, in order.
    #[must_use]
    pub fn all(self) -> Vec<Item> {
        self.all.get_value()
    }

    /// Requests a record again.
    pub fn retry(self, item: Item) {
        item.state.set(State::Waiting);
        self.again.update(|times| *times += 1);
    }

    /// The number of records that have loaded or failed, and the number that failed.
    #[must_use]
    pub fn counts(self) -> (usize, usize) {
        let states: Vec<_> = self.all().into_iter().map(|item| item.state.get()).collect();
        let done = states.iter().filter(|state| **state != State::Waiting).count();
        (done, states.iter().filter(|state| matches!(state, State::Failed(_))).count())
    }

    /// Seconds left of a pause for the rate limit; 0 while there is none.
    #[must_use]
    pub fn pause(self) -> u32 {
        self.waiting.get()
    }

    fn ask_again(self, is_meant: impl Fn(&ApiError) -> bool) {
        for item in self.all() {
            if matches!(item.state.get_untracked(), State::Failed(error) if is_meant(&error)) {
                item.state.set(State::Waiting);
            }
        }
    }

    async fn work(self, queue: Rc<RefCell<VecDeque<Item>>>, client: Client) {
        loop {
            let next = queue.borrow_mut().pop_front();
            let Some(item) = next else { return };
            let state = match self.record(&item.id.get_value(), &client).await {
                Ok(record) => State::Here(Arc::new(record)),
                Err(error) => State::Failed(error),
            };
            item.state.set(state);
        }
    }

    async fn record(self, id: &str, client: &Client) -> Result<Record, ApiError> {
        let answer = self.gate.ask(|| client.classification(id)).await?;
        let classification = answer.value.data;
        let (mut pictures, mut addresses) = (Vec::new(), Vec::new());
        for image in &classification.images {
            let bytes = match self.gate.ask(|| client.picture(&image.path)).await {
                Ok(bytes) => Some(bytes),
                Err(ApiError::NotFound) => None,
                Err(error) => return Err(error),
            };
            pictures.push(picture(image, bytes.as_deref()).await);
            addresses.push(bytes.and_then(|bytes| ObjectUrl::new(&bytes, &image.media_type)));
        }
        Ok(Record { classification, pictures, addresses })
    }
}

async fn picture(image: &Image, bytes: Option<&[u8]>) -> Picture {
    let file = match bytes {
        Some(bytes) => Some(PictureFile {
            bytes: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
            sha256: sha256(bytes).await,
        }),
        None => None,
    };
    Picture { media_type: image.media_type.clone(), file }
}
