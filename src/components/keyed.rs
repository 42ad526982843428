//! Keyed lists. Leptos compiles its own for each type of item, key and view (8 kB each); this one is compiled once.

use std::any::Any;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use leptos::prelude::{For as AnyFor, *};

/// A view for each item of a list. The view of an item stays as long as the list has an item of the same key.
#[component]
pub fn For<I, T, K, N>(
    /// The items, read anew whenever a signal in it changes.
    each: impl Fn() -> I + Send + 'static,
    /// The key of an item, different for each of them.
    key: impl Fn(&T) -> K + Send + 'static,
    /// The view of an item.
    children: impl Fn(T) -> N + Send + Sync + 'static,
) -> AnyView
where
    I: IntoIterator<Item = T>,
    T: Send + 'static,
    K: Eq + Hash + Send + Sync + 'static,
    N: IntoView + 'static,
{
    let item = move |item: T| Item { key: Key(Arc::new(key(&item))), value: Box::new(item) };
    let each = move || each().into_iter().map(&item).collect();
    let view =
        move |value: Box<dyn Any + Send>| value.downcast().ok().map(|value| children(*value)).into_any();
    list(Box::new(each), Arc::new(view))
}

/// The list, for items of any type.
fn list(
    each: Box<dyn Fn() -> Vec<Item> + Send>,
    view: Arc<dyn Fn(Box<dyn Any + Send>) -> AnyView + Send + Sync>,
) -> AnyView {
    view! { <AnyFor each key=|item| item.key.clone() children=move |item| view(item.value) /> }.into_any()
}

/// An item of any type.
struct Item {
    key: Key,
    value: Box<dyn Any + Send>,
}

/// A key of any type.
#[derive(Clone)]
struct Key(Arc<dyn AnyKey + Send + Sync>);

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.0.is_equal(other.0.as_any())
    }
}

impl Eq for Key {}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.add_to(state);
    }
}

trait AnyKey {
    fn as_any(&self) -> &dyn Any;
    fn is_equal(&self, other: &dyn Any) -> bool;
    fn add_to(&self, hasher: &mut dyn Hasher);
}

impl<K: Eq + Hash + 'static> AnyKey for K {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn is_equal(&self, other: &dyn Any) -> bool {
        other.downcast_ref() == Some(self)
    }

    fn add_to(&self, mut hasher: &mut dyn Hasher) {
        self.hash(&mut hasher);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn keys_are_equal_as_their_values_are() {
        let key = |text: &str, number: u32| Key(Arc::new((text.to_owned(), number)));
        let keys: HashSet<_> = [key("a", 1), key("a", 2), key("a", 1)].into_iter().collect();
        assert_eq!(keys.len(), 2);
        assert!(keys.contains(&key("a", 2)) && !keys.contains(&Key(Arc::new("a".to_owned()))));
    }
}
