//! Files that arrive by drag and drop or by paste, anywhere on the page.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{DataTransfer, Element, File, FileList};

use super::intake::Intake;

/// Adds dropped and pasted files while the form is shown; returns whether files are held over the page.
/// Without this, the browser would open a file that is dropped beside the form.
pub(super) fn listen(intake: Intake) -> ReadSignal<bool> {
    let (is_over, set_over) = signal(false);
    let set = move |over| {
        if is_over.get_untracked() != over {
            set_over.set(over);
        }
    };
    let over = window_event_listener(ev::dragover, move |event| {
        if let Some(transfer) = event.data_transfer().filter(has_files) {
            event.prevent_default();
            transfer.set_drop_effect("copy");
            set(true);
        }
    });
    let leave = window_event_listener(ev::dragleave, move |event| {
        // Moving between elements of the page also fires `dragleave`, with a related target.
        if event.related_target().is_none() {
            set(false);
        }
    });
    let drop = window_event_listener(ev::drop, move |event| {
        set(false);
        if let Some(transfer) = event.data_transfer().filter(has_files) {
            event.prevent_default();
            intake.add_files(files(transfer.files()));
        }
    });
    let paste = window_event_listener(ev::paste, move |event| {
        let Some(transfer) = event.clipboard_data() else { return };
        let found = files(transfer.files());
        let text = transfer.get_data("text/plain").unwrap_or_default();
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let takes_text = target.is_some_and(|element| element.matches("input, textarea").unwrap_or_default());
        let names: Vec<_> = found.iter().map(File::name).collect();
        if !(found.is_empty() || takes_text && is_text_meant(&text, &names)) {
            event.prevent_default();
            intake.add_files(found);
        }
    });
    on_cleanup(move || [over, leave, drop, paste].into_iter().for_each(WindowListenerHandle::remove));
    is_over
}

/// The files of a `FileList`.
pub(super) fn files(list: Option<FileList>) -> Vec<File> {
    list.map(|list| (0..list.length()).filter_map(|index| list.item(index)).collect()).unwrap_or_default()
}

fn has_files(transfer: &DataTransfer) -> bool {
    transfer.types().iter().any(|kind| kind.as_string().as_deref() == Some("Files"))
}

/// Whether a paste with text and files means the text. Copied spreadsheet cells carry a picture of
/// themselves; a copied file carries its name as text.
fn is_text_meant(text: &str, names: &[String]) -> bool {
    !text.trim().is_empty()
        && !text.lines().all(|line| names.iter().any(|name| line.ends_with(name.as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_pasted_as_text_unless_it_only_names_the_file() {
        let check = |text: &str, names: &[&str], expected| {
            let names: Vec<_> = names.iter().map(|name| (*name).to_owned()).collect();
            assert_eq!(is_text_meant(text, &names), expected, "{text:?} {names:?}");
        };
        check("", &["image.png"], false);
        check("Steel bottle\t12.50", &["image.png"], true);
        check("mug.jpg", &["mug.jpg"], false);
        check("/home/ada/mug.jpg\n/home/ada/cup.jpg", &["mug.jpg", "cup.jpg"], false);
    }
}
