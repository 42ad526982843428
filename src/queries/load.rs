//! Loading of one API answer for a screen.

use std::any::Any;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;

use crate::api::ApiError;
use crate::browser::task::{effect, spawn_while_shown};
use crate::session::{Session, use_session};

/// How long an answer may take before the wait is shown, so that a quick one does not flash a skeleton.
const PATIENCE: Duration = Duration::from_millis(500);

/// An answer for a screen. The last value stays while a newer one is loading or has failed to load.
pub struct Load<T> {
    state: LoadState,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Load<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Load<T> {}

/// A question with the service's answer or refusal; `None` before anything was asked.
pub type About<Q, T> = Option<(Q, Result<T, ApiError>)>;

/// Pairs an outcome with its question. A refusal counts as an answer to it.
///
/// # Errors
/// Errors that are worth another try.
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
    /// Loads with `fetch`: now, whenever a signal that it reads changes, and when the API is reachable again. Answers
    /// to earlier questions are dropped.
    pub fn new<F>(fetch: impl Fn() -> F + 'static) -> Self
    where
        F: Future<Output = Result<T, ApiError>> + 'static,
    {
        let load = Self::begin(use_session(), fetch);
        load.state.show_wait();
        load
    }

    fn begin<F>(session: Session, fetch: impl Fn() -> F + 'static) -> Self
    where
        F: Future<Output = Result<T, ApiError>> + 'static,
    {
        let state = LoadState::new(|old, new| old.downcast_ref::<T>() == new.downcast_ref());
        let fetch = move || -> Fetch {
            let answer = fetch();
            Box::pin(async move { Ok(Rc::new(answer.await?) as Rc<dyn Any>) })
        };
        state.begin(session, Box::new(fetch));
        Self { state, of: PhantomData }
    }

    /// Loads again.
    pub fn reload(&self) {
        self.state.again.update(|times| *times += 1);
    }

    /// Runs the calling effect again after every answer, even one that equals the last or is an error.
    pub fn track_answers(&self) {
        self.state.answers.track();
    }

    /// The value that was loaded last.
    #[must_use]
    pub fn value(&self) -> Option<T>
    where
        T: Clone,
    {
        self.with(|value| value.cloned())
    }

    /// Reads the value that was loaded last, without cloning it.
    pub fn with<R>(&self, look: impl FnOnce(Option<&T>) -> R) -> R {
        let value = self.state.value.get();
        look(value.as_ref().and_then(|value| value.downcast_ref()))
    }

    /// The error of the last try; `None` after a success.
    #[must_use]
    pub fn error(&self) -> Option<ApiError> {
        self.state.error.get()
    }

    /// Whether the first answer has taken so long that the wait should be shown.
    #[must_use]
    pub fn is_slow(&self) -> bool {
        self.state.is_slow.get()
    }
}

/// A request in progress, with an answer of any type.
type Fetch = Pin<Box<dyn Future<Output = Result<Rc<dyn Any>, ApiError>>>>;

/// The signals of a [`Load`] of any type, so that their code is compiled once and not for each type (5 kB each).
#[derive(Clone, Copy)]
struct LoadState {
    value: RwSignal<Option<Rc<dyn Any>>, LocalStorage>,
    is_equal: fn(&dyn Any, &dyn Any) -> bool,
    error: RwSignal<Option<ApiError>>,
    is_slow: RwSignal<bool>,
    again: RwSignal<u32>,
    answers: RwSignal<u32>,
}

impl LoadState {
    fn new(is_equal: fn(&dyn Any, &dyn Any) -> bool) -> Self {
        Self {
            value: RwSignal::new_local(None),
            is_equal,
            error: RwSignal::new(None),
            is_slow: RwSignal::new(false),
            again: RwSignal::new(0),
            answers: RwSignal::new(0),
        }
    }

    fn begin(self, session: Session, fetch: Box<dyn Fn() -> Fetch>) {
        effect(move || {
            self.again.track();
            session.track_recoveries();
            let answer = fetch();
            // The task belongs to this run of the effect, so the next run cancels it.
            spawn_while_shown(async move { self.settle(answer.await) });
        });
    }

    fn show_wait(self) {
        let show_wait = move || {
            // The screen may have been closed meanwhile.
            self.is_slow.try_set(true);
        };
        set_timeout(show_wait, PATIENCE);
    }

    fn settle(self, answer: Result<Rc<dyn Any>, ApiError>) {
        match answer {
            Ok(value) => {
                self.error.set(None);
                let is_equal = |old: &Rc<dyn Any>| (self.is_equal)(&**old, &*value);
                // An equal answer redraws nothing, so focus and selection stay.
                if !self.value.with_untracked(|old| old.as_ref().is_some_and(is_equal)) {
                    self.value.set(Some(value));
                }
            }
            Err(error) => self.error.set(Some(error)),
        }
        self.answers.update(|answers| *answers += 1);
    }
}

#[cfg(test)]
mod tests {
    use std::cell::{Cell, RefCell};
    use std::future::{pending, poll_fn};
    use std::rc::Rc;
    use std::task::Poll;

    use super::*;
    use crate::browser::task::tests::{keep_tasks, run_tasks};
    use crate::session::Reach;
    use crate::session::keyring::Keyring;

    /// The response to a question, as soon as the test gives it.
    type Response = Option<Result<u32, ApiError>>;

    /// A service that answers when the test says so: its questions, in order.
    #[derive(Clone, Default)]
    struct Questions(Rc<RefCell<Vec<Response>>>);

    impl Questions {
        fn ask(&self) -> impl Future<Output = Result<u32, ApiError>> + use<> {
            let (all, number) = (Rc::clone(&self.0), self.0.borrow().len());
            all.borrow_mut().push(None);
            poll_fn(move |_| all.borrow_mut()[number].take().map_or(Poll::Pending, Poll::Ready))
        }

        fn answer(&self, number: usize, answer: Result<u32, ApiError>) {
            self.0.borrow_mut()[number] = Some(answer);
            run_tasks();
        }

        fn count(&self) -> usize {
            self.0.borrow().len()
        }
    }

    /// What a test observes; it lives as long as its owner.
    struct Screen {
        _owner: Owner,
        session: Session,
        questions: Questions,
        load: Load<u32>,
        /// The number of times the value was drawn.
        drawn: Rc<Cell<u32>>,
    }

    struct OnDrop(Rc<Cell<bool>>);

    impl Drop for OnDrop {
        fn drop(&mut self) {
            self.0.set(true);
        }
    }

    fn screen() -> Screen {
        keep_tasks();
        let owner = Owner::new();
        owner.set();
        let session = Session::new(Keyring::default());
        let questions = Questions::default();
        let asked = questions.clone();
        let load = Load::begin(session, move || asked.ask());
        let drawn = Rc::new(Cell::new(0));
        let count = Rc::clone(&drawn);
        effect(move || {
            load.with(|_| count.set(count.get() + 1));
        });
        run_tasks();
        Screen { _owner: owner, session, questions, load, drawn }
    }

    impl Screen {
        fn sees(&self) -> (Option<u32>, Option<ApiError>) {
            untrack(|| (self.load.value(), self.load.error()))
        }
    }

    #[test]
    fn an_answer_to_an_older_question_is_dropped() {
        let screen = screen();
        assert_eq!((screen.questions.count(), screen.sees()), (1, (None, None)));
        screen.load.reload();
        run_tasks();
        assert_eq!(screen.questions.count(), 2);
        screen.questions.answer(1, Ok(2));
        screen.questions.answer(0, Ok(1));
        assert_eq!(screen.sees(), (Some(2), None));
    }

    #[test]
    fn an_equal_answer_draws_nothing_and_is_told_all_the_same() {
        let screen = screen();
        let told = Rc::new(Cell::new(0));
        let (count, load) = (Rc::clone(&told), screen.load);
        effect(move || {
            load.track_answers();
            count.set(count.get() + 1);
        });
        run_tasks();
        screen.questions.answer(0, Ok(7));
        assert_eq!((screen.drawn.get(), told.get()), (2, 2), "nothing, and then the answer");
        screen.load.reload();
        run_tasks();
        screen.questions.answer(1, Ok(7));
        assert_eq!((screen.drawn.get(), told.get()), (2, 3));
    }

    #[test]
    fn what_was_loaded_stays_beside_an_error_until_the_next_answer() {
        let screen = screen();
        screen.questions.answer(0, Ok(7));
        screen.load.reload();
        run_tasks();
        screen.questions.answer(1, Err(ApiError::Timeout));
        assert_eq!((screen.sees(), screen.drawn.get()), ((Some(7), Some(ApiError::Timeout)), 2));
        screen.load.reload();
        run_tasks();
        assert_eq!(screen.sees().1, Some(ApiError::Timeout), "it is not known yet that it has passed");
        screen.questions.answer(2, Ok(7));
        assert_eq!((screen.sees(), screen.drawn.get()), ((Some(7), None), 2));
    }

    #[test]
    fn it_asks_again_when_the_api_comes_back() {
        let screen = screen();
        screen.questions.answer(0, Err(ApiError::Unreachable));
        screen.session.set_reach(Reach::Unreachable);
        run_tasks();
        assert_eq!(screen.questions.count(), 1);
        screen.session.set_reach(Reach::Operational);
        run_tasks();
        assert_eq!(screen.questions.count(), 2);
    }

    #[test]
    fn who_leaves_ends_the_question() {
        keep_tasks();
        let is_dropped = Rc::new(Cell::new(false));
        let owner = Owner::new();
        owner.set();
        let flag = Rc::clone(&is_dropped);
        let _ = Load::<u32>::begin(Session::new(Keyring::default()), move || {
            let on_drop = OnDrop(Rc::clone(&flag));
            async move {
                let _on_drop = on_drop;
                pending().await
            }
        });
        run_tasks();
        assert!(!is_dropped.get());
        owner.cleanup();
        run_tasks();
        assert!(is_dropped.get());
    }

    #[test]
    fn a_refusal_is_an_answer_about_its_question() {
        let refused = about("0201", Err::<(), _>(ApiError::NotFound)).expect("an answer");
        assert_eq!(refused, Some(("0201", Err(ApiError::NotFound))));
        assert_eq!(about("0201", Ok(1)), Ok(Some(("0201", Ok(1)))));
        assert_eq!(about("0201", Err::<(), _>(ApiError::Timeout)), Err(ApiError::Timeout));
    }
}
