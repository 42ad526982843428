//! The keys there are.

use leptos::prelude::*;

use crate::i18n::use_texts;
use crate::locales::palette::Palette;
use crate::shortcuts::use_shortcuts;

/// A key, what it does, and whether it is one that can be switched off.
type Key = (&'static str, &'static str, bool);

/// All of them, by where they work.
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

/// The list, and the switch for those of a single key.
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
    let choice = move |are_on: bool, words: &'static str| {
        view! {
            <button
                type="button"
                aria-pressed=move || (shortcuts.are_on() == are_on).to_string()
                on:click=move |_| shortcuts.switch(are_on)
            >
                {words}
            </button>
        }
    };
    view! {
        <div class="keys-help">
            <div class="block-head">
                <h2>{part.keys_title}</h2>
                <button type="button" class="secondary small" on:click=move |_| super::close_open()>
                    {part.close}
                </button>
            </div>
            <div class="key-groups">{groups(part).map(group).collect_view()}</div>
            <div class="setting">
                <p class="setting-name">{part.single_keys}</p>
                <div class="switch" role="group" aria-label=part.single_keys>
                    {choice(true, part.single_on)}
                    {choice(false, part.single_off)}
                </div>
            </div>
        </div>
    }
}
