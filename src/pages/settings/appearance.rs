//! Appearance settings.

use leptos::prelude::*;
use rust_decimal::Decimal;

use super::choice::ChoiceOf;
use crate::i18n::preferences::{Density, Numbers, Theme, use_preferences};
use crate::i18n::{Language, format, use_language, use_texts};

/// The settings of language, theme, density and number format.
#[component]
pub fn Appearance() -> impl IntoView {
    let (preferences, texts, language) = (use_preferences(), use_texts(), use_language());
    let part = texts.settings();
    let chosen_language = expect_context::<RwSignal<Language>>();
    let languages = Language::ALL.map(|language| (language, language.name().to_owned())).to_vec();
    let theme = |theme: &Theme| {
        let words = match theme {
            Theme::Device => part.theme_device,
            Theme::Light => part.theme_light,
            Theme::Dark => part.theme_dark,
        };
        (*theme, words.to_owned())
    };
    let density = |density: &Density| {
        let words = match density {
            Density::Comfortable => part.density_comfortable,
            Density::Compact => part.density_compact,
        };
        (*density, words.to_owned())
    };
    let numbers = |numbers: &Numbers| {
        let words = match numbers {
            Numbers::Language => part.numbers_language,
            Numbers::Comma => "1.234,56",
            Numbers::Point => "1,234.56",
        };
        (*numbers, words.to_owned())
    };
    let example = Signal::derive(move || {
        preferences.track();
        (part.numbers_hint)(&format::number(Decimal::new(123_456, 2), language))
    });
    view! {
        <section class="block" id="appearance">
            <h2>{part.appearance}</h2>
            <ChoiceOf
                name=part.language
                hint=""
                options=languages
                chosen=Signal::derive(move || language)
                choose=move |language| {
                    language.choose();
                    chosen_language.set(language);
                }
            />
            <ChoiceOf
                name=part.theme
                hint=""
                options=Theme::ALL.iter().map(theme).collect()
                chosen=Signal::derive(move || preferences.choices().theme)
                choose=move |theme| preferences.choose(|choices| choices.theme = theme)
            />
            <ChoiceOf
                name=part.density
                hint=""
                options=Density::ALL.iter().map(density).collect()
                chosen=Signal::derive(move || preferences.choices().density)
                choose=move |density| preferences.choose(|choices| choices.density = density)
            />
            <ChoiceOf
                name=part.numbers
                hint=example
                options=Numbers::ALL.iter().map(numbers).collect()
                chosen=Signal::derive(move || preferences.choices().numbers)
                choose=move |numbers| preferences.choose(|choices| choices.numbers = numbers)
            />
        </section>
    }
}
