//! Views under a condition.

use leptos::prelude::*;

use crate::browser::memo::Memo;

/// Shows its children while a condition holds, else `fallback`. Leptos' own `Show` is compiled for each condition
/// and each view (1 kB each); this one is compiled once.
#[component]
pub fn Show(
    /// The condition.
    #[prop(into)]
    when: Signal<bool>,
    /// The view while the condition does not hold; nothing by default.
    #[prop(into, optional)]
    fallback: ViewFn,
    /// The view while the condition holds.
    children: ChildrenFn,
) -> impl IntoView {
    let is_shown = Memo::new(move |_| when.get());
    move || if is_shown.get() { children() } else { fallback.run() }
}
