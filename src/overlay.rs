//! What lies over the screen, and the keys that open it everywhere.

use leptos::ev::{self, KeyboardEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::focus::focus_element;
use crate::shortcuts::Shortcuts;

/// The field of a screen that words are searched with.
const SEARCH: &str = "main [data-search]";

/// What lies over the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overlay {
    /// The command palette.
    Palette,
    /// The keys there are.
    Keys,
}

/// What lies over the screen: a handle, cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct Overlays(RwSignal<Option<Overlay>>);

impl Overlays {
    /// Nothing, until a key is pressed.
    #[must_use]
    pub fn listen(shortcuts: Shortcuts) -> Self {
        let overlays = Self(RwSignal::new(None));
        let listener = window_event_listener(ev::keydown, move |event| {
            if let Some(overlay) = wanted(&event, shortcuts) {
                event.prevent_default();
                overlays.open(overlay);
            }
        });
        on_cleanup(move || listener.remove());
        overlays
    }

    /// What is open.
    #[must_use]
    pub fn current(self) -> Option<Overlay> {
        self.0.get()
    }

    /// Opens it in place of what is open.
    pub fn open(self, overlay: Overlay) {
        self.0.set(Some(overlay));
    }

    /// Closes it, if that is what is open.
    pub fn close(self, overlay: Overlay) {
        if self.0.get_untracked() == Some(overlay) {
            self.0.set(None);
        }
    }
}

/// What a key opens. `/` goes to the search field of the screen, if that has one.
fn wanted(event: &KeyboardEvent, shortcuts: Shortcuts) -> Option<Overlay> {
    let has_control = (event.ctrl_key() || event.meta_key()) && !event.alt_key() && !event.shift_key();
    if has_control && event.key().eq_ignore_ascii_case("k") {
        return Some(Overlay::Palette);
    }
    match shortcuts.pressed(event)?.as_str() {
        "?" => Some(Overlay::Keys),
        "/" => match document()
            .query_selector(SEARCH)
            .ok()?
            .and_then(|field| field.dyn_into::<HtmlElement>().ok())
        {
            Some(field) => {
                event.prevent_default();
                focus_element(&field);
                None
            }
            None => Some(Overlay::Palette),
        },
        _ => None,
    }
}

/// What lies over the screen.
#[must_use]
pub fn use_overlays() -> Overlays {
    expect_context()
}
