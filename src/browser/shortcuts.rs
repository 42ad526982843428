//! Single-key shortcuts. They fire only without a modifier, outside text fields, and while the person has
//! them switched on (WCAG 2.1.4, Character Key Shortcuts).

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, KeyboardEvent};

use crate::browser::storage;

/// Storage key of the setting.
const PREFERENCE: &str = "import8.shortcuts";

/// Stored value while shortcuts are off. Nothing is stored while they are on.
const OFF: &str = "off";

/// Input types that take no text.
const WITHOUT_TEXT: [&str; 5] = ["button", "checkbox", "radio", "range", "submit"];

/// Setting of the single-key shortcuts: a handle, cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct Shortcuts(RwSignal<bool>);

impl Shortcuts {
    /// Restores the setting from local storage and follows changes of other tabs.
    #[must_use]
    pub fn restore() -> Self {
        let are_on = RwSignal::new(are_kept_on());
        let listener = window_event_listener_untyped("storage", move |_| are_on.set(are_kept_on()));
        on_cleanup(move || listener.remove());
        Self(are_on)
    }

    /// Whether shortcuts are on.
    #[must_use]
    pub fn are_on(self) -> bool {
        self.0.get()
    }

    /// Switches shortcuts on or off and stores the setting.
    pub fn switch(self, are_on: bool) {
        storage::set(storage::local(), PREFERENCE, (!are_on).then_some(OFF));
        self.0.set(are_on);
    }

    /// The pressed key if the event is a shortcut; `None` with a modifier, a repeat, text input or an
    /// overlay, or while shortcuts are off.
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

/// Elements that take all keys while they are in the page: open dialogs, and the code search of a correction,
/// where a key is a letter of a word and never a verdict.
const TAKES_KEYS: &str = "dialog[open], #correction";

/// Whether an element of [`TAKES_KEYS`] is in the page.
fn is_covered() -> bool {
    document().query_selector(TAKES_KEYS).is_ok_and(|found| found.is_some())
}

/// Whether the focus is in a field that takes text or a choice.
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

/// The [`Shortcuts`] in context.
#[must_use]
pub fn use_shortcuts() -> Shortcuts {
    expect_context()
}
