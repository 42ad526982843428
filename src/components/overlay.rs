//! Overlays over the screen, and the shortcuts that open them from every screen.

use leptos::ev::{self, KeyboardEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, HtmlElement};

use crate::browser::focus::focus_element;
use crate::browser::shortcuts::Shortcuts;

/// Selector of the search field of a screen.
const SEARCH: &str = "main [data-search]";

/// An overlay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overlay {
    /// The command palette.
    Palette,
    /// The list of keyboard shortcuts.
    Keys,
}

/// The open overlay, at most one: a handle, cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct Overlays(RwSignal<Option<Overlay>>);

impl Overlays {
    /// Starts with no overlay, and listens for the shortcuts that open one.
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

    /// The open overlay.
    #[must_use]
    pub fn current(self) -> Option<Overlay> {
        self.0.get()
    }

    /// Opens an overlay in place of the open one.
    pub fn open(self, overlay: Overlay) {
        self.0.set(Some(overlay));
    }

    /// Closes an overlay if it is the open one.
    pub fn close(self, overlay: Overlay) {
        if self.0.get_untracked() == Some(overlay) {
            self.0.set(None);
        }
    }
}

/// The overlay that a key press opens. `/` moves the focus to the screen's search field, or opens the palette
/// if there is none.
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

/// The [`Overlays`] in context.
#[must_use]
pub fn use_overlays() -> Overlays {
    expect_context()
}

/// Closes the open dialog. The browser returns the focus.
pub fn close_open() {
    let open = document().query_selector("dialog.over[open]").ok().flatten();
    if let Some(dialog) = open.and_then(|open| open.dyn_into::<HtmlDialogElement>().ok()) {
        dialog.close();
    }
}
