//! A wait that other code can end, with a timer only where there is a longest time.

use std::time::Duration;

use js_sys::{Function, Promise};
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// The longest time of a timer: a longer one would be over at once.
const LONGEST: Duration = Duration::from_millis(i32::MAX as u64);

/// A wait that has begun.
pub struct Rest {
    over: Promise,
    /// Ends the wait: call [`settle`] on it. It does nothing when the wait is over.
    pub end: Function,
}

impl Rest {
    /// Begins a wait.
    #[must_use]
    pub fn begin() -> Self {
        let (over, end) = promise();
        Self { over, end }
    }

    /// Waits until the end is called, or for `longest`.
    pub async fn wait(self, longest: Option<Duration>) {
        let Self { over, end } = self;
        let timer =
            longest.map(|longest| set_timeout_with_handle(move || settle(&end), longest.min(LONGEST)));
        let _timer = Timer(timer.and_then(Result::ok));
        #[expect(clippy::let_underscore_must_use, reason = "a rest that cannot be waited for is over")]
        let _ = JsFuture::from(over).await;
    }
}

/// A timer that ends with the wait, also with one that is given up.
struct Timer(Option<TimeoutHandle>);

impl Drop for Timer {
    fn drop(&mut self) {
        if let Some(timer) = self.0 {
            timer.clear();
        }
    }
}

/// Settles a promise by its own function. One that is settled stays as it is.
pub fn settle(resolve: &Function) {
    #[expect(clippy::let_underscore_must_use, reason = "a function that a promise hands out does not throw")]
    let _ = resolve.call0(&JsValue::NULL);
}

/// A promise, and the function that settles it.
pub fn promise() -> (Promise, Function) {
    let mut keep = None;
    let promise = Promise::new(&mut |resolve, _| keep = Some(resolve));
    (promise, keep.unwrap_throw())
}
