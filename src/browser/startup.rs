//! The start of the page in several tasks of the browser, so that it paints and answers in between.
//!
//! Drawing the first screen makes hundreds of reactive tasks, whose first steps would all run at once when it is drawn:
//! on a slow phone they take longer than the drawing. They are kept here until then, and run in their order, some at a
//! time.

use std::cell::RefCell;
use std::collections::VecDeque;

use any_spawner::{CustomExecutor, Executor, PinnedFuture, PinnedLocalFuture};
use js_sys::{Date, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::browser::task::next_task;

/// After so long a task of the browser ends, in milliseconds.
const SLICE: u64 = 20;

type Task = PinnedLocalFuture<()>;

thread_local! {
    /// The tasks that wait for their first step; `None` when the start is over.
    static WAITING: RefCell<Option<VecDeque<Task>>> = const { RefCell::new(Some(VecDeque::new())) };
}

/// Runs tasks as `wasm_bindgen_futures` does, except that those of the start wait for their turn.
struct StartExecutor;

impl CustomExecutor for StartExecutor {
    fn spawn(&self, task: PinnedFuture<()>) {
        self.spawn_local(task);
    }

    fn spawn_local(&self, task: Task) {
        let task = WAITING.with_borrow_mut(|waiting| match waiting {
            Some(waiting) => {
                waiting.push_back(task);
                None
            }
            None => Some(task),
        });
        if let Some(task) = task {
            spawn_local(task);
        }
    }

    fn poll_local(&self) {}
}

/// Draws the page in a task of its own, and then takes the first steps of all that it has begun.
pub fn start(draw: impl FnOnce() + 'static) {
    #[expect(clippy::let_underscore_must_use, reason = "fails only if the page has been started before")]
    let _ = Executor::init_custom_executor(StartExecutor);
    spawn_local(async move {
        next_task().await;
        draw();
        next_task().await;
        take_first_steps().await;
    });
}

async fn take_first_steps() {
    let mut begun = now();
    while let Some(task) = WAITING.with_borrow_mut(|waiting| waiting.as_mut().and_then(VecDeque::pop_front)) {
        spawn_local(task);
        // It has taken its first step when what was asked for after it is ready.
        #[expect(clippy::let_underscore_must_use, reason = "a promise that is kept does not fail")]
        let _ = JsFuture::from(Promise::resolve(&JsValue::NULL)).await;
        if now().saturating_sub(begun) > SLICE {
            next_task().await;
            begun = now();
        }
    }
    WAITING.set(None);
}

fn now() -> u64 {
    Date::now() as u64
}
