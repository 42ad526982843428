//! Languages and texts.
//!
//! Every text is a field of a part of [`Texts`], so one that is missing in a language does not compile.
//! Changing the language draws the screens anew, so a text is plain and not a signal.

use leptos::prelude::*;

use crate::locales::Texts;
use crate::storage;

/// The name under which the choice is kept.
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
    /// All of them.
    pub const ALL: [Self; 2] = [Self::En, Self::Nl];

    /// The chosen one, else the first of the browser's that there is, else English.
    #[must_use]
    pub fn preferred() -> Self {
        let chosen = storage::get(storage::local(), CHOICE);
        let browser = web_sys::window().map(|window| window.navigator().languages());
        let wished = browser.iter().flat_map(|list| list.iter()).filter_map(|language| language.as_string());
        chosen.into_iter().chain(wished).find_map(|code| Self::of(&code)).unwrap_or(Self::En)
    }

    /// Keeps this language as the chosen one.
    pub fn choose(self) {
        storage::set(storage::local(), CHOICE, Some(self.code()));
    }

    /// The ISO 639 code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Nl => "nl",
        }
    }

    /// Whose conventions figures and dates follow. English is read by traders all over Europe, so
    /// it has the day before the month.
    #[must_use]
    pub fn locale(self) -> &'static str {
        match self {
            Self::En => "en-GB",
            Self::Nl => "nl-NL",
        }
    }

    /// Its own name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Nl => "Nederlands",
        }
    }

    /// Its texts.
    #[must_use]
    pub fn texts(self) -> Texts {
        Texts::of(self)
    }

    /// The one with a code such as `nl` or `nl-BE`; none if there is none.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        let primary = code.split('-').next()?;
        Self::ALL.into_iter().find(|language| language.code().eq_ignore_ascii_case(primary))
    }
}

/// The language being read.
#[must_use]
pub fn use_language() -> Language {
    expect_context()
}

/// The texts being read.
#[must_use]
pub fn use_texts() -> Texts {
    use_language().texts()
}

/// Declares the texts of a part: a `struct` with a field for each text. A function takes what the
/// text speaks of, already formatted.
macro_rules! texts {
    ($part:ident { $($(#[$about:meta])* $name:ident $(($($argument:ident),+))?,)+ }) => {
        #[expect(missing_docs, reason = "a text says what it is for in its own words")]
        #[derive(Debug)]
        pub struct $part {
            $($(#[$about])* pub $name: texts!(@type $($($argument),+)?),)+
        }
    };
    (@type) => { &'static str };
    (@type $one:ident) => { fn(&str) -> String };
    (@type $one:ident, $two:ident) => { fn(&str, &str) -> String };
    (@type $one:ident, $two:ident, $three:ident) => { fn(&str, &str, &str) -> String };
}

pub(crate) use texts;
