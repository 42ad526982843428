//! The languages of the dashboard, and the person's choice.

use leptos::prelude::*;

use crate::browser::storage;

/// Storage key of the chosen language.
const CHOICE: &str = "import8.language";

/// A language of the dashboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English.
    En,
    /// Dutch.
    Nl,
}

impl Language {
    /// All languages.
    pub const ALL: [Self; 2] = [Self::En, Self::Nl];

    /// The chosen language; without a choice, the first supported language of the browser, else English.
    #[must_use]
    pub fn preferred() -> Self {
        let chosen = storage::get(storage::local(), CHOICE);
        let browser = web_sys::window().map(|window| window.navigator().languages());
        let wished = browser.iter().flat_map(|list| list.iter()).filter_map(|language| language.as_string());
        chosen.into_iter().chain(wished).find_map(|code| Self::parse(&code)).unwrap_or(Self::En)
    }

    /// Stores this language as the chosen one.
    pub fn choose(self) {
        storage::set(storage::local(), CHOICE, Some(self.code()));
    }

    /// The ISO 639-1 code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Nl => "nl",
        }
    }

    /// The locale for figures and dates. English uses `en-GB`, with the day before the month, because its
    /// readers are traders all over Europe.
    #[must_use]
    pub fn locale(self) -> &'static str {
        match self {
            Self::En => "en-GB",
            Self::Nl => "nl-NL",
        }
    }

    /// The language's name in the language itself.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Nl => "Nederlands",
        }
    }

    /// Parses a language tag such as `nl` or `nl-BE`. `None` if the dashboard does not have the language.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        let primary = code.split('-').next()?;
        Self::ALL.into_iter().find(|language| language.code().eq_ignore_ascii_case(primary))
    }
}

/// The [`Language`] in context.
#[must_use]
pub fn use_language() -> Language {
    expect_context()
}
