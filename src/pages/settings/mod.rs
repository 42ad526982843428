//! The settings page: appearance, keyboard, confidence bands, auto-lock and stored data.

pub mod appearance;
pub mod bands;
pub mod choice;
pub mod data;

use leptos::prelude::*;

use self::appearance::Appearance;
use self::bands::BandsForm;
use self::choice::ChoiceOf;
use self::data::KeptData;
use crate::browser::shortcuts::use_shortcuts;
use crate::components::page::Page;
use crate::i18n::preferences::{LOCK_MINUTES, use_preferences};
use crate::i18n::use_texts;

/// The settings page.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let texts = use_texts();
    view! {
        <Page title=texts.settings().title lead=texts.settings().lead>
            <div class="preferences">
                <Appearance />
                <Keyboard />
                <BandsForm />
                <Lock />
                <KeptData />
            </div>
        </Page>
    }
}

#[component]
fn Keyboard() -> impl IntoView {
    let (shortcuts, texts) = (use_shortcuts(), use_texts());
    let part = texts.settings();
    view! {
        <section class="block" id="keyboard">
            <h2>{part.keyboard}</h2>
            <ChoiceOf
                name=part.single_keys
                hint=part.single_keys_hint
                options=vec![(true, part.on.to_owned()), (false, part.off.to_owned())]
                chosen=Signal::derive(move || shortcuts.are_on())
                choose=move |are_on| shortcuts.switch(are_on)
            />
        </section>
    }
}

#[component]
fn Lock() -> impl IntoView {
    let (preferences, texts) = (use_preferences(), use_texts());
    let part = texts.settings();
    let times =
        LOCK_MINUTES.into_iter().map(|minutes| (Some(minutes), (part.lock_minutes)(&minutes.to_string())));
    let options = std::iter::once((None, part.lock_never.to_owned())).chain(times).collect::<Vec<_>>();
    view! {
        <section class="block" id="lock">
            <h2>{part.security}</h2>
            <ChoiceOf
                name=part.lock
                hint=part.lock_explained
                options
                chosen=Signal::derive(move || preferences.choices().lock_minutes)
                choose=move |minutes| preferences.choose(|choices| choices.lock_minutes = minutes)
            />
        </section>
    }
}
