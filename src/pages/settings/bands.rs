//! The settings of the confidence bands.

use leptos::prelude::*;

use crate::browser::memo::Memo;
use crate::components::confidence::Band;
use crate::i18n::preferences::{Bands, use_preferences};
use crate::i18n::use_texts;

/// The form of the two thresholds between the three bands.
#[component]
pub fn BandsForm() -> impl IntoView {
    let (preferences, texts) = (use_preferences(), use_texts());
    let part = texts.settings();
    let Bands { strong, fair } = untrack(|| preferences.choices().bands);
    // Text as typed, which may be invalid for a while.
    let (strong, fair) = (RwSignal::new(strong.to_string()), RwSignal::new(fair.to_string()));
    let typed = Memo::new(move |_| {
        let percent = |text: RwSignal<String>| text.with(|text| text.trim().parse::<u8>().ok());
        Bands::new(percent(strong)?, percent(fair)?)
    });
    // Stored on change, not while a number is half typed.
    let keep = move || {
        if let Some(bands) = typed.get_untracked() {
            preferences.choose(|choices| choices.bands = bands);
        }
    };
    let preview = move || {
        typed.get().map(|bands| {
            let most = |band: Band| band.bounds_in(bands).1.to_string();
            (part.bands_preview)(&most(Band::Weak), &most(Band::Fair), &bands.strong.to_string())
        })
    };
    let problem = move || typed.get().is_none().then_some(part.bands_problem);
    let standard = [Bands::STANDARD.strong, Bands::STANDARD.fair].map(|percent| percent.to_string());
    let [standard_strong, standard_fair] = &standard;
    let back = (part.bands_standard)(standard_strong, standard_fair);
    let go_back = move |_| {
        let [standard_strong, standard_fair] = standard.clone();
        strong.set(standard_strong);
        fair.set(standard_fair);
        keep();
    };
    let is_standard = move || typed.get() == Some(Bands::STANDARD);
    let field = |id: &'static str, name: &'static str, text: RwSignal<String>| {
        view! {
            <div class="field">
                <label for=id>{name}</label>
                <input
                    id=id
                    inputmode="numeric"
                    maxlength="3"
                    autocomplete="off"
                    aria-describedby="bands-problem"
                    aria-invalid=move || typed.get().is_none().to_string()
                    prop:value=move || text.get()
                    on:input=move |event| text.set(event_target_value(&event))
                    on:change=move |_| keep()
                />
            </div>
        }
    };
    view! {
        <section class="block" id="bands">
            <h2>{part.bands}</h2>
            <p class="quiet">{part.bands_explained}</p>
            <div class="bands">
                {field("strong-from", part.strong_from, strong)} {field("fair-from", part.fair_from, fair)}
                <button type="button" class="secondary" disabled=is_standard on:click=go_back>
                    {back}
                </button>
            </div>
            <p class="hint" role="status">
                {preview}
            </p>
            <p class="problem" id="bands-problem" role="alert">
                {problem}
            </p>
        </section>
    }
}
