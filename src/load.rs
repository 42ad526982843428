//! Reading from the API for a screen.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;

use crate::api::ApiError;
use crate::session::use_session;

/// How long an answer may take before the wait is shown: a quick one never flashes a skeleton.
const PATIENCE: Duration = Duration::from_millis(500);

/// Runs a task until it ends, the effect that started it runs again, or what is shown goes away. In a
/// box, so that the machinery is compiled once and not for each task: it weighs 5 kB a time.
pub fn spawn_while_shown(task: impl Future<Output = ()> + 'static) {
    let task: Pin<Box<dyn Future<Output = ()>>> = Box::pin(task);
    spawn_local_scoped_with_cancellation(task);
}

/// What a screen reads. What was loaded stays while newer data is on its way or failed to come.
pub struct Load<T: 'static> {
    value: RwSignal<Option<T>, LocalStorage>,
    error: RwSignal<Option<ApiError>>,
    is_slow: RwSignal<bool>,
    again: RwSignal<u32>,
    answers: RwSignal<u32>,
}

impl<T> Clone for Load<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Load<T> {}

/// What was asked, and what the service said to it: an answer or a refusal. None before anything is asked.
pub type About<Q, T> = Option<(Q, Result<T, ApiError>)>;

/// A refusal is an answer too, about this question; any other error is to be tried again.
///
/// # Errors
/// Those that are to be tried again.
pub fn about<Q, T>(question: Q, outcome: Result<T, ApiError>) -> Result<About<Q, T>, ApiError> {
    match outcome {
        Err(
            refusal @ (ApiError::NotFound
            | ApiError::UnknownCode(_)
            | ApiError::Invalid(_)
            | ApiError::NotDeclarable { .. }),
        ) => Ok(Some((question, Err(refusal)))),
        Err(error) => Err(error),
        Ok(answer) => Ok(Some((question, Ok(answer)))),
    }
}

impl<T: PartialEq + 'static> Load<T> {
    /// Loads with `fetch`: now, whenever a signal that it reads changes, and when the API comes
    /// back. An answer to an older question than the last is dropped.
    pub fn new<F>(fetch: impl Fn() -> F + 'static) -> Self
    where
        F: Future<Output = Result<T, ApiError>> + 'static,
    {
        let load = Self {
            value: RwSignal::new_local(None),
            error: RwSignal::new(None),
            is_slow: RwSignal::new(false),
            again: RwSignal::new(0),
            answers: RwSignal::new(0),
        };
        let session = use_session();
        Effect::new(move |_| {
            load.again.track();
            session.track_recoveries();
            let answer = fetch();
            // The task belongs to this run of the effect, so the next run cancels it.
            spawn_while_shown(async move { load.settle(answer.await) });
        });
        let show_wait = move || {
            // The screen may have gone meanwhile.
            load.is_slow.try_set(true);
        };
        set_timeout(show_wait, PATIENCE);
        load
    }

    /// Asks again.
    pub fn reload(&self) {
        self.again.update(|times| *times += 1);
    }

    /// Makes the effect that calls this run again after every answer, also one that is equal to the
    /// last or an error.
    pub fn track_answers(&self) {
        self.answers.track();
    }

    /// What was loaded last.
    #[must_use]
    pub fn value(&self) -> Option<T>
    where
        T: Clone,
    {
        self.value.get()
    }

    /// Looks at what was loaded last.
    pub fn with<R>(&self, look: impl FnOnce(Option<&T>) -> R) -> R {
        self.value.with(|value| look(value.as_ref()))
    }

    /// Why the last try failed; `None` after one that did not.
    #[must_use]
    pub fn error(&self) -> Option<ApiError> {
        self.error.get()
    }

    /// Whether the first answer has taken so long that the wait should be shown.
    #[must_use]
    pub fn is_slow(&self) -> bool {
        self.is_slow.get()
    }

    fn settle(&self, answer: Result<T, ApiError>) {
        match answer {
            Ok(value) => {
                self.error.set(None);
                // An equal answer draws nothing anew: focus and selection stay.
                if self.value.with_untracked(|old| old.as_ref() != Some(&value)) {
                    self.value.set(Some(value));
                }
            }
            Err(error) => self.error.set(Some(error)),
        }
        self.answers.update(|answers| *answers += 1);
    }
}
