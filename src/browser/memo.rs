//! Derived values. Leptos compiles its memos for each type of value (2 kB each); these are compiled once.

use std::any::Any;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use leptos::prelude::{Get, GetUntracked, Memo as AnyMemo, Signal, With};

/// A value that is computed from signals when it is first read, and again after one of them has changed. Who reads
/// it is told only of a value that differs from the last. A handle, cheap to copy; it has the methods of Leptos' own.
pub struct Memo<T> {
    inner: AnyMemo<Value>,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Memo<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Memo<T> {}

impl<T> fmt::Debug for Memo<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Memo")
    }
}

impl<T: PartialEq + Send + Sync + 'static> Memo<T> {
    /// A memo of what `compute` returns. `compute` gets the last value; `None` the first time.
    #[must_use]
    pub fn new(compute: impl Fn(Option<&T>) -> T + Send + Sync + 'static) -> Self {
        let inner = memo(Box::new(move |old| {
            let value = compute(old.map(Value::get));
            Value {
                value: Arc::new(value),
                is_equal: |old, new| old.downcast_ref::<T>() == new.downcast_ref(),
            }
        }));
        Self { inner, of: PhantomData }
    }

    /// The value, for a view or an effect that is to run again when the value changes.
    #[must_use]
    pub fn get(self) -> T
    where
        T: Clone,
    {
        self.with(T::clone)
    }

    /// The value, without running again when it changes.
    #[must_use]
    pub fn get_untracked(self) -> T
    where
        T: Clone,
    {
        self.with_untracked(T::clone)
    }

    /// Looks at the value, as [`get`](Self::get) does.
    pub fn with<R>(self, look: impl FnOnce(&T) -> R) -> R {
        look(self.inner.get().get())
    }

    /// Looks at the value, as [`get_untracked`](Self::get_untracked) does.
    pub fn with_untracked<R>(self, look: impl FnOnce(&T) -> R) -> R {
        look(self.inner.get_untracked().get())
    }

    /// Makes the effect that calls this run again when the value changes.
    pub fn track(self) {
        // A memo that is only tracked is not computed, and then reports nothing.
        self.inner.with(|_| ());
    }
}

impl<T: PartialEq + Clone + Send + Sync + 'static> From<Memo<T>> for Signal<T> {
    fn from(memo: Memo<T>) -> Self {
        Self::derive(move || memo.get())
    }
}

/// A value of any type, with the comparison of its type.
#[derive(Clone)]
struct Value {
    value: Arc<dyn Any + Send + Sync>,
    is_equal: fn(&dyn Any, &dyn Any) -> bool,
}

impl Value {
    /// The value as what it is.
    fn get<T: 'static>(&self) -> &T {
        self.value.downcast_ref().expect("a memo holds values of its own type")
    }
}

impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        (self.is_equal)(&*self.value, &*other.value)
    }
}

/// Computes a value from the last one.
type Compute = Box<dyn Fn(Option<&Value>) -> Value + Send + Sync>;

fn memo(compute: Compute) -> AnyMemo<Value> {
    AnyMemo::new(compute)
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::rc::Rc;

    use leptos::prelude::{Owner, RwSignal, Set};

    use super::*;
    use crate::browser::task::effect;
    use crate::browser::task::tests::{keep_tasks, run_tasks};

    #[test]
    fn readers_are_told_only_of_another_value() {
        keep_tasks();
        let owner = Owner::new();
        owner.set();
        let (number, runs) = (RwSignal::new(1_u32), Rc::new(Cell::new(0)));
        let is_even = Memo::new(move |_| number.get() % 2 == 0);
        let count = Rc::clone(&runs);
        effect(move || {
            is_even.track();
            count.set(count.get() + 1);
        });
        run_tasks();
        for (set, expected, run) in [(3, false, 1), (4, true, 2), (6, true, 2)] {
            number.set(set);
            run_tasks();
            assert_eq!((is_even.get_untracked(), runs.get()), (expected, run), "{set}");
        }
    }

    #[test]
    fn the_last_value_is_handed_to_the_next() {
        keep_tasks();
        let owner = Owner::new();
        owner.set();
        let number = RwSignal::new(1_u32);
        let sum = Memo::new(move |old: Option<&u32>| old.unwrap_or(&0) + number.get());
        assert_eq!(sum.get_untracked(), 1);
        number.set(5);
        assert_eq!((sum.get_untracked(), sum.with_untracked(|sum| sum * 2)), (6, 12));
    }
}
