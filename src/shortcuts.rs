//! Shortcuts of a single key: only for who presses the key alone, is not typing, and has not switched them
//! off (WCAG 2.1.4).

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, KeyboardEvent};

use crate::storage;

/// The name under which the choice is kept.
const PREFERENCE: &str = "import8.shortcuts";

/// What is kept when they are off.
const OFF: &str = "off";

/// Fields whose text no key would change.
const WITHOUT_TEXT: [&str; 5] = ["button", "checkbox", "radio", "range", "submit"];

/// Whether there are shortcuts of a single key: a handle, cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct Shortcuts(RwSignal<bool>);

impl Shortcuts {
    /// As this browser has kept it, also when another tab changes it.
    #[must_use]
    pub fn restore() -> Self {
        let are_on = RwSignal::new(are_kept_on());
        let listener = window_event_listener_untyped("storage", move |_| are_on.set(are_kept_on()));
        on_cleanup(move || listener.remove());
        Self(are_on)
    }

    /// Whether they are on.
    #[must_use]
    pub fn are_on(self) -> bool {
        self.0.get()
    }

    /// Switches them on or off, and keeps that.
    pub fn switch(self, are_on: bool) {
        storage::set(storage::local(), PREFERENCE, (!are_on).then_some(OFF));
        self.0.set(are_on);
    }

    /// The key that was pressed as a shortcut.
    #[must_use]
    pub fn pressed(self, event: &KeyboardEvent) -> Option<String> {
        let has_modifier = event.ctrl_key() || event.alt_key() || event.meta_key();
        let is_alone = !has_modifier && !event.repeat() && !event.is_composing();
        let is_meant = is_alone && !event.default_prevented() && !is_typing() && !is_covered();
        (is_meant && self.0.get_untracked()).then(|| event.key())
    }
}

fn are_kept_on() -> bool {
    storage::get(storage::local(), PREFERENCE).as_deref() != Some(OFF)
}

/// What takes all keys while it is there: something over the screen, or the search for another code, where a
/// key is a letter of a word and never a verdict.
const TAKES_KEYS: &str = "dialog[open], #correction";

/// Whether the keys are not the screen's.
fn is_covered() -> bool {
    document().query_selector(TAKES_KEYS).is_ok_and(|found| found.is_some())
}

/// Whether what is typed goes into a field.
#[must_use]
pub fn is_typing() -> bool {
    document().active_element().is_some_and(|element| takes_text(&element))
}

fn takes_text(element: &Element) -> bool {
    match element.dyn_ref::<HtmlInputElement>() {
        Some(input) => !WITHOUT_TEXT.contains(&input.type_().as_str()),
        None => matches!(element.tag_name().as_str(), "TEXTAREA" | "SELECT"),
    }
}

/// The shortcuts.
#[must_use]
pub fn use_shortcuts() -> Shortcuts {
    expect_context()
}
