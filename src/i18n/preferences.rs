//! Preferences of the person, stored in this browser for every organisation.

use std::cell::Cell;

use import8_api::Confidence;
use import8_catalogue::amount::DecimalMark;
use leptos::ev;
use leptos::prelude::*;

use crate::browser::storage;

/// Declares a choice: an enum with a stored word for each variant. The first variant is the default.
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
            /// All variants.
            pub const ALL: &[Self] = &[Self::$first, $(Self::$one),+];

            /// The word under which the choice is stored.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self {
                    Self::$first => $first_word,
                    $(Self::$one => $word,)+
                }
            }

            /// Parses a stored word. An unknown word is the default.
            #[must_use]
            pub fn parse(word: &str) -> Self {
                Self::ALL.iter().copied().find(|one| one.word() == word).unwrap_or_default()
            }
        }
    };
}

choices! {
    /// Colour theme.
    Theme {
        /// The device's theme.
        Device = "device",
        /// Dark text on a light background.
        Light = "light",
        /// Light text on a dark background.
        Dark = "dark",
    }
}

choices! {
    /// Density of rows.
    Density {
        /// Generous spacing.
        Comfortable = "comfortable",
        /// Little spacing, so that more rows fit on a screen.
        Compact = "compact",
    }
}

choices! {
    /// Number format, for display and input.
    Numbers {
        /// The language's format.
        Language = "language",
        /// `1.234,56`.
        Comma = "comma",
        /// `1,234.56`.
        Point = "point",
    }
}

choices! {
    /// Intended reader of CSV exports.
    CsvReader {
        /// A spreadsheet program. Cells must neither run as formulas nor change when they are opened.
        Spreadsheet = "spreadsheet",
        /// Another program. Cells are written verbatim.
        Program = "program",
    }
}

impl Numbers {
    /// The chosen decimal mark, or `None` for the language's.
    #[must_use]
    pub fn mark(self) -> Option<DecimalMark> {
        match self {
            Self::Language => None,
            Self::Comma => Some(DecimalMark::Comma),
            Self::Point => Some(DecimalMark::Point),
        }
    }
}

/// Confidence bands: the lowest percentages of a strong and of a fair confidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bands {
    /// The lowest strong percentage.
    pub strong: u8,
    /// The lowest fair percentage. Lower percentages are weak.
    pub fair: u8,
}

impl Bands {
    /// The default bands. Evidence sheets always use them, so that they read the same for everybody.
    pub const STANDARD: Self = Self { strong: Confidence::STRONG, fair: Confidence::FAIR };

    /// Bands, or `None` unless `1 <= fair < strong <= 100`.
    #[must_use]
    pub fn new(strong: u8, fair: u8) -> Option<Self> {
        (1 <= fair && fair < strong && strong <= 100).then_some(Self { strong, fair })
    }

    fn read(text: &str) -> Option<Self> {
        let (strong, fair) = text.split_once(',')?;
        Self::new(strong.parse().ok()?, fair.parse().ok()?)
    }
}

/// The inactivity times, in minutes, that can be chosen for the automatic lock.
pub const LOCK_MINUTES: [u32; 4] = [5, 15, 60, 240];

/// All choices of the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choices {
    /// Colour theme.
    pub theme: Theme,
    /// Density of rows.
    pub density: Density,
    /// Number format.
    pub numbers: Numbers,
    /// Confidence bands.
    pub bands: Bands,
    /// Intended reader of CSV exports.
    pub csv_reader: CsvReader,
    /// Inactivity time before the keys are forgotten, in minutes: one of [`LOCK_MINUTES`], or `None` for
    /// never.
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
            theme: Theme::parse(&kept(THEME)),
            density: Density::parse(&kept(DENSITY)),
            numbers: Numbers::parse(&kept(NUMBERS)),
            bands: Bands::read(&kept(BANDS)).unwrap_or(Bands::STANDARD),
            csv_reader: CsvReader::parse(&kept(CSV)),
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

/// Storage keys of the choices. `index.html` reads the theme before anything is drawn.
const THEME: &str = "import8.theme";
const DENSITY: &str = "import8.density";
const NUMBERS: &str = "import8.numbers";
const BANDS: &str = "import8.bands";
const CSV: &str = "import8.csv";
const LOCK: &str = "import8.lock";

thread_local! {
    /// The current choices of this page, for the plain functions that format figures.
    static NOW: Cell<Choices> = const { Cell::new(Choices::STANDARD) };
}

/// The current choices, without tracking.
#[must_use]
pub fn now() -> Choices {
    NOW.get()
}

/// The person's choices as a signal: a handle, cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct Preferences(RwSignal<Choices>);

impl Preferences {
    /// Restores the choices from local storage, applies them, and follows changes of other tabs.
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

    /// The choices, tracked.
    #[must_use]
    pub fn choices(self) -> Choices {
        self.0.get()
    }

    /// Runs the calling effect again when a choice changes.
    pub fn track(self) {
        self.0.track();
    }

    /// Changes the choices, stores them and applies them.
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
                    reason = "the root element accepts these attributes"
                )]
                let _ = root.set_attribute(name, word);
            }
        }
    }
}

/// The [`Preferences`] in context.
#[must_use]
pub fn use_preferences() -> Preferences {
    expect_context()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_is_no_choice_is_the_default() {
        assert_eq!(Theme::parse("dark"), Theme::Dark);
        assert_eq!(Theme::parse("sepia"), Theme::Device);
        assert_eq!(Numbers::parse(""), Numbers::Language);
    }

    #[test]
    fn bands_have_an_order() {
        assert_eq!(Bands::read("80,50"), Some(Bands { strong: 80, fair: 50 }));
        for text in ["", "50,80", "50,50", "101,50", "50,0", "80", "a,b"] {
            assert_eq!(Bands::read(text), None, "{text}");
        }
    }
}
