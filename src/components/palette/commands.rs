//! The command palette's field and list of entries.

use std::time::Duration;

use import8_api::{ClassificationSummary, Extension, NomenclatureRow};
use leptos::ev::KeyboardEvent;
use leptos::html::Input;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use wasm_bindgen_futures::JsFuture;

use super::entries::{Command, Entry, Goal, Group, LEAST_LETTERS, PaletteData, groups};
use crate::api::listing::Listing;
use crate::browser::focus::focus_element;
use crate::browser::memo::Memo;
use crate::browser::task::{effect, spawn_local};
use crate::components::overlay::{Overlay, close_open, use_overlays};
use crate::i18n::preferences::use_preferences;
use crate::i18n::{Language, format, use_language, use_texts};
use crate::outbox::reviews::use_reviews;
use crate::queries::load::Load;
use crate::queries::rate_limit::use_gate;
use crate::session::use_session;

/// Debounce time of typing before the tariff is searched.
const REST: Duration = Duration::from_millis(250);

/// Number of the newest classifications that are offered.
const RECENT: u32 = 20;

/// The entry at a position, counted across all groups.
fn at(groups: &[Group], place: usize) -> Option<&Entry> {
    groups.iter().flat_map(|group| &group.entries).nth(place)
}

/// The selected position after a key press, with wrap-around. `None` if the key does not move the selection.
fn moved(key: &str, place: usize, count: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    Some(match key {
        "ArrowDown" if place >= last => 0,
        "ArrowDown" => place + 1,
        "ArrowUp" => place.checked_sub(1).unwrap_or(last),
        "PageDown" => last,
        "PageUp" => 0,
        _ => return None,
    })
}

/// The field and the entries of the command palette.
#[component]
pub fn Commands() -> impl IntoView {
    let (session, reviews) = (use_session(), use_reviews());
    let (texts, language) = (use_texts(), use_language());
    let part = texts.palette();
    let field = NodeRef::<Input>::new();
    field.on_load(|field| {
        focus_element(&field);
    });
    let (typed, rested, place) =
        (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(0_usize));
    effect(move || {
        let words = typed.get();
        place.set(0);
        if let Ok(timer) = set_timeout_with_handle(move || rested.set(words.trim().to_owned()), REST) {
            on_cleanup(move || timer.clear());
        }
    });
    let gate = use_gate();
    let recent = Load::new(move || {
        let client = session.client(language.code());
        async move {
            let newest = Listing::newest(RECENT);
            gate.ask(|| client.classifications(&newest)).await.map(|page| page.data)
        }
    });
    let asks_tariff = Memo::new(move |_| {
        let is_word =
            |words: &String| words.chars().count() >= LEAST_LETTERS && words.chars().any(char::is_alphabetic);
        session.has(&Extension::Nomenclature) && rested.with(is_word)
    });
    let tariff = Load::new(move || {
        let client = session.client(language.code());
        let words = asks_tariff.get().then(|| rested.get());
        async move {
            match words {
                Some(words) => client.nomenclature_search(&words).await.map(|rows| (words, rows)),
                None => Ok(Default::default()),
            }
        }
    });
    let found = Memo::new(move |_| {
        let words = typed.get();
        let rows: Vec<ClassificationSummary> = recent.value().unwrap_or_default();
        let recent: Vec<_> = rows
            .into_iter()
            .map(|row| {
                let decided = reviews.decided_of(&row);
                (row, decided)
            })
            .collect();
        // A tariff result for other words is not shown.
        let (asked, rows): (String, Vec<NomenclatureRow>) = tariff.value().unwrap_or_default();
        let rows = if asked == words.trim() { rows } else { Vec::new() };
        let known =
            PaletteData { recent: &recent, tariff: &rows, searches: session.has(&Extension::Filters) };
        groups(&words, known, texts)
    });
    let count = Memo::new(move |_| {
        found.with(|groups| groups.iter().map(|group| group.entries.len()).sum::<usize>())
    });
    let run = use_run();
    let choose = move |chosen: usize| {
        if let Some(entry) = found.with_untracked(|groups| at(groups, chosen).cloned()) {
            run(entry.goal);
        }
    };
    let press = move |event: KeyboardEvent| {
        if event.is_composing() {
            return;
        }
        let key = event.key();
        if key == "Enter" {
            event.prevent_default();
            choose(place.get_untracked());
        } else if let Some(next) = moved(&key, place.get_untracked(), count.get_untracked()) {
            event.prevent_default();
            place.set(next);
            show(next);
        }
    };
    let list = move || {
        let mut next = 0;
        let group = |group: Group| {
            let options = group.entries.into_iter().map(|entry| {
                let own = next;
                next += 1;
                view! { <Choice entry own place choose=Callback::new(choose) /> }
            });
            let options = options.collect_view();
            view! {
                <div role="group" aria-label=group.name>
                    <p class="group-name" aria-hidden="true">
                        {group.name}
                    </p>
                    {options}
                </div>
            }
        };
        found.get().into_iter().map(group).collect_view()
    };
    let nothing = move || {
        let is_asking =
            asks_tariff.get() && tariff.with(|told| told.is_none_or(|(words, _)| *words != rested.get()));
        (count.get() == 0 && !is_asking).then(|| (part.nothing)(typed.get().trim()))
    };
    let not_loaded = move || recent.error().or_else(|| tariff.error()).map(|_| part.not_loaded);
    let shown = move || (part.shown)(&format::count(count.get().try_into().unwrap_or_default(), language));
    view! {
        <div class="commands">
            <input
                node_ref=field
                type="text"
                role="combobox"
                id="palette"
                aria-label=part.title
                aria-expanded="true"
                aria-controls="palette-list"
                aria-autocomplete="list"
                aria-activedescendant=move || (count.get() > 0).then(|| option_id(place.get()))
                placeholder=part.placeholder
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                maxlength="200"
                on:input=move |event| typed.set(event_target_value(&event))
                on:keydown=press
            />
            <div class="palette-list" role="listbox" id="palette-list" aria-label=part.title>
                {list}
            </div>
            <p class="palette-note">{nothing}</p>
            <p class="palette-note">{not_loaded}</p>
            <p class="visually-hidden" role="status">
                {shown}
            </p>
        </div>
    }
}

fn option_id(place: usize) -> String {
    format!("palette-{place}")
}

/// Scrolls an entry into view.
fn show(place: usize) {
    if let Some(option) = document().get_element_by_id(&option_id(place)) {
        option.scroll_into_view_with_bool(false);
    }
}

#[component]
fn Choice(entry: Entry, own: usize, place: RwSignal<usize>, choose: Callback<usize>) -> impl IntoView {
    view! {
        <div
            class="palette-option"
            role="option"
            id=option_id(own)
            aria-selected=move || (place.get() == own).to_string()
            on:mousemove=move |_| {
                if place.get_untracked() != own {
                    place.set(own);
                }
            }
            on:click=move |_| choose.run(own)
        >
            <span>{entry.name}</span>
            <span class="detail">{entry.detail}</span>
        </div>
    }
}

/// Returns the function that closes the palette and runs an entry.
fn use_run() -> impl Fn(Goal) + Copy + 'static {
    let (session, overlays, preferences) = (use_session(), use_overlays(), use_preferences());
    let (current, chosen) = (use_language(), expect_context::<RwSignal<Language>>());
    let navigate = StoredValue::new_local(use_navigate());
    move |goal| {
        // The focus returns before the next screen takes it. The dialog's `close` event comes later, when
        // another language may have drawn everything anew.
        close_open();
        overlays.close(Overlay::Palette);
        match goal {
            Goal::Address(address) => navigate.with_value(|navigate| navigate(&address, Default::default())),
            Goal::Command(Command::Theme(theme)) => preferences.choose(|choices| choices.theme = theme),
            Goal::Command(Command::Language) => {
                if let Some(other) = Language::ALL.into_iter().find(|other| *other != current) {
                    other.choose();
                    chosen.set(other);
                }
            }
            Goal::Command(Command::Keys) => overlays.open(Overlay::Keys),
            Goal::Command(Command::CopyLink) => {
                let address = window().location().href().unwrap_or_default();
                let clipboard = window().navigator().clipboard();
                if window().is_secure_context() {
                    let written = JsFuture::from(clipboard.write_text(&address));
                    // If the clipboard refuses, nothing is copied and nothing is reported.
                    spawn_local(async move { written.await.map(drop).unwrap_or_default() });
                }
            }
            Goal::Command(Command::SignOut) => session.sign_out(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_move_around() {
        let check =
            |key: &str, place, count, expected| assert_eq!(moved(key, place, count), expected, "{key}");
        check("ArrowDown", 0, 3, Some(1));
        check("ArrowDown", 2, 3, Some(0));
        check("ArrowUp", 0, 3, Some(2));
        check("PageDown", 0, 3, Some(2));
        check("ArrowDown", 0, 0, None);
        check("a", 0, 3, None);
    }
}
