//! The command palette and the list of keys, which lie over the screen.

pub mod commands;
pub mod entries;
pub mod keys;

use leptos::html::Dialog;
use leptos::prelude::*;

use self::commands::Commands;
use self::keys::Keys;
use crate::i18n::use_texts;
use crate::overlay::{Overlay, use_overlays};

/// What lies over the screen in view.
#[component]
pub fn Palette() -> impl IntoView {
    let (overlays, texts) = (use_overlays(), use_texts());
    move || match overlays.current() {
        Some(Overlay::Palette) => {
            view! { <Over overlay=Overlay::Palette name=texts.palette().title><Commands /></Over> }.into_any()
        }
        Some(Overlay::Keys) => {
            view! { <Over overlay=Overlay::Keys name=texts.palette().keys_title><Keys /></Over> }.into_any()
        }
        None => ().into_any(),
    }
}

/// A dialog: nothing below it can be reached, Escape closes it, and the focus goes back to where it was.
#[component]
fn Over(
    /// Which one it is.
    overlay: Overlay,
    /// What it is called.
    name: &'static str,
    children: Children,
) -> impl IntoView {
    let overlays = use_overlays();
    let dialog = NodeRef::<Dialog>::new();
    dialog.on_load(|dialog| {
        #[expect(clippy::let_underscore_must_use, reason = "one that is open already needs no opening")]
        let _ = dialog.show_modal();
    });
    // What is pressed outside of its content is the dialog itself.
    let press = move |event: leptos::ev::MouseEvent| {
        let is_outside = event.target().zip(dialog.get_untracked()).is_some_and(|(target, dialog)| {
            let dialog: &web_sys::EventTarget = dialog.as_ref();
            target == *dialog
        });
        if is_outside {
            close(dialog);
        }
    };
    view! {
        <dialog class="over" aria-label=name node_ref=dialog on:close=move |_| overlays.close(overlay) on:mousedown=press>
            {children()}
        </dialog>
    }
}

/// Closes a dialog, which gives the focus back.
fn close(dialog: NodeRef<Dialog>) {
    if let Some(dialog) = dialog.get_untracked() {
        dialog.close();
    }
}

/// Closes the dialog that is open, which gives the focus back.
fn close_open() {
    let open = document().query_selector("dialog.over[open]").ok().flatten();
    if let Some(dialog) =
        open.and_then(|open| wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlDialogElement>(open).ok())
    {
        dialog.close();
    }
}
