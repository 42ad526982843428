//! The command palette and the list of shortcuts, shown over the screen.

pub mod commands;
pub mod entries;
pub mod keys;

use leptos::html::Dialog;
use leptos::prelude::*;

use self::commands::Commands;
use self::keys::Keys;
use crate::components::overlay::{Overlay, use_overlays};
use crate::i18n::use_texts;

/// The open overlay.
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

/// A modal dialog: nothing below it can be reached, Escape closes it, and the focus returns to where it was.
#[component]
fn Over(
    /// The overlay in the dialog.
    overlay: Overlay,
    /// The dialog's accessible name.
    name: &'static str,
    children: Children,
) -> impl IntoView {
    let overlays = use_overlays();
    let dialog = NodeRef::<Dialog>::new();
    dialog.on_load(|dialog| {
        #[expect(clippy::let_underscore_must_use, reason = "it fails only if the dialog is open already")]
        let _ = dialog.show_modal();
    });
    // A press on the backdrop has the dialog itself as its target.
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

/// Closes a dialog. The browser returns the focus.
fn close(dialog: NodeRef<Dialog>) {
    if let Some(dialog) = dialog.get_untracked() {
        dialog.close();
    }
}
