//! Effects and tasks, boxed so that their machinery is compiled once and not for each of them, and long work in several
//! tasks of the browser.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use gloo_timers::future::sleep;
use leptos::prelude::Effect;
use leptos::reactive::spawn_local_scoped_with_cancellation;

use crate::browser::visibility::is_seen_now;

/// A task of any type.
type Task = Pin<Box<dyn Future<Output = ()>>>;

/// Calls `run` soon, and again whenever a signal that it has read changes, until the owner that is current now
/// is cleaned up. An effect that needs the result of its last run uses [`Effect`] itself.
pub fn effect(run: impl FnMut() + 'static) {
    fn begin(mut run: Box<dyn FnMut()>) {
        Effect::new(move |_| run());
    }
    begin(Box::new(run));
}

/// Runs a task until it ends, whatever is shown.
pub fn spawn_local(task: impl Future<Output = ()> + 'static) {
    let task: Task = Box::pin(task);
    leptos::task::spawn_local(task);
}

/// Runs a task until it ends, until the effect that started it runs again, or until its view is removed.
pub fn spawn_while_shown(task: impl Future<Output = ()> + 'static) {
    let task: Task = Box::pin(task);
    spawn_local_scoped_with_cancellation(task);
}

/// Goes on in another task of the browser, so that it can paint and answer in between. In a hidden tab, which paints
/// nothing and whose timers are slow, at once.
pub async fn next_task() {
    if is_seen_now() {
        sleep(Duration::ZERO).await;
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::cell::{Cell, RefCell};
    use std::future::poll_fn;
    use std::rc::Rc;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::task::{Context, Poll, Wake, Waker};

    use any_spawner::{CustomExecutor, Executor, PinnedFuture, PinnedLocalFuture};
    use leptos::prelude::Owner;

    thread_local! {
        /// The tasks of the current test; each test has its own thread.
        static TASKS: RefCell<Vec<PinnedLocalFuture<()>>> = const { RefCell::new(Vec::new()) };
    }

    /// An executor that keeps tasks until the test runs them, because a unit test has no browser to run them.
    struct Kept;

    impl CustomExecutor for Kept {
        fn spawn(&self, task: PinnedFuture<()>) {
            self.spawn_local(task);
        }

        fn spawn_local(&self, task: PinnedLocalFuture<()>) {
            TASKS.with_borrow_mut(|tasks| tasks.push(task));
        }

        fn poll_local(&self) {}
    }

    struct Woken(AtomicBool);

    impl Wake for Woken {
        fn wake(self: Arc<Self>) {
            self.0.store(true, Ordering::SeqCst);
        }
    }

    /// Installs the executor. Call it before a test creates an effect or a task; [`run_tasks`] then runs it.
    pub(crate) fn keep_tasks() {
        #[expect(
            clippy::let_underscore_must_use,
            reason = "it fails on all threads but the first, whose executor serves them all"
        )]
        let _ = Executor::init_local_custom_executor(Kept);
    }

    /// Runs effects and tasks until all of them wait.
    pub(crate) fn run_tasks() {
        let woken = Arc::new(Woken(AtomicBool::new(true)));
        let waker = Waker::from(Arc::clone(&woken));
        while woken.0.swap(false, Ordering::SeqCst) {
            let tasks = TASKS.take();
            let is_waiting = |task: &mut PinnedLocalFuture<()>| {
                task.as_mut().poll(&mut Context::from_waker(&waker)) == Poll::Pending
            };
            let mut waiting: Vec<_> =
                tasks.into_iter().filter_map(|mut task| is_waiting(&mut task).then_some(task)).collect();
            TASKS.with_borrow_mut(|tasks| {
                if !tasks.is_empty() {
                    woken.0.store(true, Ordering::SeqCst);
                }
                waiting.append(tasks);
                *tasks = waiting;
            });
        }
    }

    #[test]
    fn a_task_ends_with_the_part_of_the_page_that_started_it() {
        keep_tasks();
        let part = Owner::new();
        let polls = Rc::new(Cell::new(0));
        let count = Rc::clone(&polls);
        part.with(|| {
            super::spawn_while_shown(poll_fn(move |_| {
                count.set(count.get() + 1);
                Poll::Pending
            }));
        });
        run_tasks();
        assert_eq!(polls.get(), 1);
        run_tasks();
        assert_eq!(polls.get(), 2);
        part.cleanup();
        run_tasks();
        assert_eq!((polls.get(), Rc::strong_count(&polls)), (2, 1));
    }
}
