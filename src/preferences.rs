//! How a person likes the dashboard: kept in this browser, for every organisation.

use std::cell::Cell;

use import8_api::Confidence;
use import8_catalogue::amount::DecimalMark;
use leptos::ev;
use leptos::prelude::*;

use crate::storage;

/// Declares choices: each with the word it is kept as. The first is what holds without a choice.
macro_rules! choices {
    ($(#[$about:meta])* $name:ident { $(#[$first_about:meta])* $first:ident = $first_word:literal, $($(#[$one_about:meta])* $one:ident = $word:literal,)+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        pub enum $name {
            $(#[$first_about])*
            #[default]
            $first,
            $($(#[$one_about])* $one,)+
        }

        impl $name {
            /// All of them.
            pub const ALL: &[Self] = &[Self::$first, $(Self::$one),+];

            /// The word it is kept as.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self {
                    Self::$first => $first_word,
                    $(Self::$one => $word,)+
                }
            }

            /// The one kept as `word`; without one, the default.
            #[must_use]
            pub fn of(word: &str) -> Self {
                Self::ALL.iter().copied().find(|one| one.word() == word).unwrap_or_default()
            }
        }
    };
}

choices! {
    /// Colours.
    Theme {
        /// Those of the device.
        Device = "device",
        /// Dark on light.
        Light = "light",
        /// Light on dark.
        Dark = "dark",
    }
}

choices! {
    /// How much room there is between rows.
    Density {
        /// Generous.
        Comfortable = "comfortable",
        /// Little: more rows on a screen.
        Compact = "compact",
    }
}

choices! {
    /// How numbers are written and typed.
    Numbers {
        /// As the language does.
        Language = "language",
        /// `1.234,56`.
        Comma = "comma",
        /// `1,234.56`.
        Point = "point",
    }
}

choices! {
    /// Who reads a CSV file.
    CsvReader {
        /// A spreadsheet, which must neither run nor change anything.
        Spreadsheet = "spreadsheet",
        /// Another program, which takes everything for what it is.
        Program = "program",
    }
}

impl Numbers {
    /// The mark before decimals, where it is not the language's.
    #[must_use]
    pub fn mark(self) -> Option<DecimalMark> {
        match self {
            Self::Language => None,
            Self::Comma => Some(DecimalMark::Comma),
            Self::Point => Some(DecimalMark::Point),
        }
    }
}

/// From which percentages on a confidence is strong, and fair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bands {
    /// From here on it is strong.
    pub strong: u8,
    /// From here on it is fair; below it is weak.
    pub fair: u8,
}

impl Bands {
    /// As they are without a choice, and in what leaves this browser as evidence.
    pub const STANDARD: Self = Self { strong: Confidence::STRONG, fair: Confidence::FAIR };

    /// Bands that have an order: none where `fair` is not below `strong`, or one is no percentage.
    #[must_use]
    pub fn new(strong: u8, fair: u8) -> Option<Self> {
        (1 <= fair && fair < strong && strong <= 100).then_some(Self { strong, fair })
    }

    fn read(text: &str) -> Option<Self> {
        let (strong, fair) = text.split_once(',')?;
        Self::new(strong.parse().ok()?, fair.parse().ok()?)
    }
}

/// After how many minutes without a sign of life keys are forgotten.
pub const LOCK_MINUTES: [u32; 4] = [5, 15, 60, 240];

/// What a person has chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choices {
    /// Colours.
    pub theme: Theme,
    /// Room between rows.
    pub density: Density,
    /// How numbers are written.
    pub numbers: Numbers,
    /// What a confidence is called.
    pub bands: Bands,
    /// What a CSV file is for.
    pub csv_reader: CsvReader,
    /// After how many minutes keys are forgotten; one of [`LOCK_MINUTES`], or never.
    pub lock_minutes: Option<u32>,
}

impl Choices {
    const STANDARD: Self = Self {
        theme: Theme::Device,
        density: Density::Comfortable,
        numbers: Numbers::Language,
        bands: Bands::STANDARD,
        csv_reader: CsvReader::Spreadsheet,
        lock_minutes: None,
    };

    fn restore() -> Self {
        let kept = |name| storage::get(storage::local(), name).unwrap_or_default();
        let minutes = kept(LOCK).parse().ok();
        Self {
            theme: Theme::of(&kept(THEME)),
            density: Density::of(&kept(DENSITY)),
            numbers: Numbers::of(&kept(NUMBERS)),
            bands: Bands::read(&kept(BANDS)).unwrap_or(Bands::STANDARD),
            csv_reader: CsvReader::of(&kept(CSV)),
            lock_minutes: minutes.filter(|minutes| LOCK_MINUTES.contains(minutes)),
        }
    }

    fn keep(self) {
        let keep = |name, word: String, is_standard: bool| {
            storage::set(storage::local(), name, (!is_standard).then_some(word.as_str()));
        };
        let Self { theme, density, numbers, bands, csv_reader, lock_minutes } = self;
        keep(THEME, theme.word().to_owned(), theme == Theme::default());
        keep(DENSITY, density.word().to_owned(), density == Density::default());
        keep(NUMBERS, numbers.word().to_owned(), numbers == Numbers::default());
        keep(BANDS, format!("{},{}", bands.strong, bands.fair), bands == Bands::STANDARD);
        keep(CSV, csv_reader.word().to_owned(), csv_reader == CsvReader::default());
        keep(LOCK, lock_minutes.unwrap_or_default().to_string(), lock_minutes.is_none());
    }
}

/// The names under which they are kept. `index.html` reads the first before anything is drawn.
const THEME: &str = "import8.theme";
const DENSITY: &str = "import8.density";
const NUMBERS: &str = "import8.numbers";
const BANDS: &str = "import8.bands";
const CSV: &str = "import8.csv";
const LOCK: &str = "import8.lock";

thread_local! {
    /// What holds for this page. Figures are written in many plain functions, and all of them the same way.
    static NOW: Cell<Choices> = const { Cell::new(Choices::STANDARD) };
}

/// What holds now, without following it.
#[must_use]
pub fn now() -> Choices {
    NOW.get()
}

/// What the person has chosen: a handle, cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct Preferences(RwSignal<Choices>);

impl Preferences {
    /// As this browser has kept it; what another tab chooses holds here too.
    #[must_use]
    pub fn restore() -> Self {
        let preferences = Self(RwSignal::new(Choices::restore()));
        preferences.apply();
        let listener = window_event_listener(ev::storage, move |_| {
            let kept = Choices::restore();
            if kept != now() {
                preferences.0.set(kept);
                preferences.apply();
            }
        });
        on_cleanup(move || listener.remove());
        preferences
    }

    /// What is chosen.
    #[must_use]
    pub fn choices(self) -> Choices {
        self.0.get()
    }

    /// Makes the effect that calls this run again when something is chosen.
    pub fn track(self) {
        self.0.track();
    }

    /// Chooses, and keeps it.
    pub fn choose(self, change: impl FnOnce(&mut Choices)) {
        self.0.update(change);
        self.0.get_untracked().keep();
        self.apply();
    }

    fn apply(self) {
        let choices = self.0.get_untracked();
        NOW.set(choices);
        if let Some(root) = document().document_element() {
            let words = [("data-theme", choices.theme.word()), ("data-density", choices.density.word())];
            for (name, word) in words {
                #[expect(
                    clippy::let_underscore_must_use,
                    reason = "a root element takes any attribute of these names"
                )]
                let _ = root.set_attribute(name, word);
            }
        }
    }
}

/// What the person has chosen.
#[must_use]
pub fn use_preferences() -> Preferences {
    expect_context()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_is_no_choice_is_the_default() {
        assert_eq!(Theme::of("dark"), Theme::Dark);
        assert_eq!(Theme::of("sepia"), Theme::Device);
        assert_eq!(Numbers::of(""), Numbers::Language);
    }

    #[test]
    fn bands_have_an_order() {
        assert_eq!(Bands::read("80,50"), Some(Bands { strong: 80, fair: 50 }));
        for text in ["", "50,80", "50,50", "101,50", "50,0", "80", "a,b"] {
            assert_eq!(Bands::read(text), None, "{text}");
        }
    }
}
