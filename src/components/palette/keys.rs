//! List of keyboard shortcuts.

use leptos::prelude::*;

use crate::browser::shortcuts::use_shortcuts;
use crate::components::overlay::close_open;
use crate::components::switch::Switch;
use crate::i18n::texts::palette::Palette;
use crate::i18n::use_texts;

/// A key, its description, and whether it is a single-key shortcut, which can be switched off.
type Key = (&'static str, &'static str, bool);

/// All shortcuts, grouped by where they work.
fn groups(part: &Palette) -> [(&'static str, Vec<Key>); 4] {
    [
        (
            part.everywhere,
            vec![
                ("Ctrl / ⌘ K", part.key_palette, false),
                ("/", part.key_search, true),
                ("?", part.key_keys, true),
                ("z", part.key_undo, true),
            ],
        ),
        (part.while_classifying, vec![("Ctrl / ⌘ Enter", part.key_send, false)]),
        (
            part.on_a_result,
            vec![
                ("c", part.key_confirm, true),
                ("x", part.key_correct, true),
                ("1 – 9", part.key_alternative, true),
            ],
        ),
        (
            part.in_the_queue,
            vec![("j", part.key_next, true), ("k", part.key_previous, true), ("o", part.key_open, true)],
        ),
    ]
}

/// The list of shortcuts, and the switch for single-key shortcuts.
#[component]
pub fn Keys() -> impl IntoView {
    let (texts, shortcuts) = (use_texts(), use_shortcuts());
    let part = texts.palette();
    let row = move |(key, does, is_single): Key| {
        let is_off = move || (is_single && !shortcuts.are_on()).to_string();
        view! {
            <div data-off=is_off>
                <dt>{does}</dt>
                <dd>
                    <kbd>{key}</kbd>
                </dd>
            </div>
        }
    };
    let group = move |(name, keys): (&'static str, Vec<Key>)| {
        view! {
            <section>
                <h3>{name}</h3>
                <dl>{keys.into_iter().map(row).collect_view()}</dl>
            </section>
        }
    };
    let options = [part.single_on, part.single_off].map(str::to_owned).to_vec();
    let chosen = Signal::derive(move || usize::from(!shortcuts.are_on()));
    let choose = Callback::new(move |at| shortcuts.switch(at == 0));
    view! {
        <div class="keys-help">
            <div class="block-head">
                <h2>{part.keys_title}</h2>
                <button type="button" class="secondary small" on:click=move |_| close_open()>
                    {part.close}
                </button>
            </div>
            <div class="key-groups">{groups(part).map(group).collect_view()}</div>
            <div class="setting">
                <p class="setting-name">{part.single_keys}</p>
                <Switch label=part.single_keys options chosen on_choose=choose />
            </div>
        </div>
    }
}
