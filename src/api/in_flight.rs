//! What a person waits for: requests, and the part of the program with a screen. Work that can wait, such as the
//! download of the other screens, stands behind it, because on a slow line it would take its place.

use std::cell::RefCell;
use std::future::poll_fn;
use std::mem;
use std::task::{Poll, Waker};

thread_local! {
    static STATE: RefCell<State> = const { RefCell::new(State::new()) };
}

struct State {
    count: u32,
    /// Whether a request was answered with data.
    has_data: bool,
    /// Whether nothing was in flight at a time after the first data.
    has_rested: bool,
    waiting: Vec<Waker>,
}

impl State {
    const fn new() -> Self {
        Self { count: 0, has_data: false, has_rested: false, waiting: Vec::new() }
    }
}

/// Something that a person waits for, until this is dropped.
#[derive(Debug)]
#[must_use]
pub struct InFlight(());

impl InFlight {
    /// Begins the wait.
    pub fn begin() -> Self {
        STATE.with_borrow_mut(|state| state.count += 1);
        Self(())
    }

    /// Notes that the wait ends with data of the key's owner.
    pub fn note_data(&self) {
        STATE.with_borrow_mut(|state| state.has_data = true);
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        let waiting = STATE.with_borrow_mut(|state| {
            state.count = state.count.saturating_sub(1);
            state.has_rested |= state.count == 0 && state.has_data;
            if state.count == 0 { mem::take(&mut state.waiting) } else { Vec::new() }
        });
        waiting.into_iter().for_each(Waker::wake);
    }
}

/// Whether nothing is in flight, and data has come.
#[must_use]
pub fn is_quiet() -> bool {
    STATE.with_borrow(|state| state.count == 0 && state.has_data)
}

/// Begins anew for another key: no data has come.
pub fn forget_data() {
    STATE.with_borrow_mut(|state| (state.has_data, state.has_rested) = (false, false));
}

/// Waits until nothing is in flight and data has come. One request after the other can make this wait long.
pub async fn quiet() {
    until(|state| state.count == 0 && state.has_data).await;
}

/// Waits until the first data has come: all that was asked for together with it has an answer.
pub async fn first_data() {
    until(|state| state.has_rested).await;
}

async fn until(holds: fn(&State) -> bool) {
    poll_fn(|context| {
        STATE.with_borrow_mut(|state| {
            if holds(state) {
                return Poll::Ready(());
            }
            state.waiting.push(context.waker().clone());
            Poll::Pending
        })
    })
    .await;
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::rc::Rc;

    use leptos::prelude::Owner;

    use super::*;
    use crate::browser::task::spawn_while_shown;
    use crate::browser::task::tests::{keep_tasks, run_tasks};

    /// Whether a wait has ended.
    fn begun(wait: impl Future<Output = ()> + 'static) -> Rc<Cell<bool>> {
        let has_ended = Rc::new(Cell::new(false));
        let flag = Rc::clone(&has_ended);
        spawn_while_shown(async move {
            wait.await;
            flag.set(true);
        });
        run_tasks();
        has_ended
    }

    #[test]
    fn what_can_wait_waits_for_the_first_data_and_for_all_that_was_asked_with_it() {
        keep_tasks();
        let owner = Owner::new();
        owner.set();
        let (first, later) = (begun(first_data()), begun(quiet()));
        // A health check is no data.
        drop(InFlight::begin());
        run_tasks();
        assert_eq!((first.get(), later.get(), is_quiet()), (false, false, false));
        let (account, list) = (InFlight::begin(), InFlight::begin());
        account.note_data();
        drop(account);
        run_tasks();
        assert_eq!((first.get(), later.get(), is_quiet()), (false, false, false));
        drop(list);
        // The next request begins before the waiting tasks run.
        let next = InFlight::begin();
        run_tasks();
        assert_eq!((first.get(), later.get(), is_quiet()), (true, false, false));
        drop(next);
        run_tasks();
        assert_eq!((later.get(), is_quiet()), (true, true));
        let _again = InFlight::begin();
        assert!(begun(first_data()).get(), "it has come");
        assert!(!begun(quiet()).get());
        forget_data();
        assert!(!begun(first_data()).get(), "it is another key's");
    }
}
