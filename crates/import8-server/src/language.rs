//! The languages of the server's texts, English and Dutch, and values that exist in both.

use serde::{Deserialize, Serialize};

/// A language of the server's texts and of the seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    En,
    /// Dutch.
    Nl,
}

impl Language {
    /// Both languages.
    pub const ALL: [Self; 2] = [Self::En, Self::Nl];

    /// The ISO 639 code: `en`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Nl => "nl",
        }
    }

    /// The language of an ISO 639 code, in either case.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.as_str().eq_ignore_ascii_case(code))
    }
}

/// A value in each [`Language`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Localized<T> {
    /// The English value.
    pub en: T,
    /// The Dutch value.
    pub nl: T,
}

impl<T> Localized<T> {
    /// The value for `language`.
    pub const fn get(&self, language: Language) -> &T {
        match language {
            Language::En => &self.en,
            Language::Nl => &self.nl,
        }
    }

    /// The value for `language`, as a mutable reference.
    pub const fn get_mut(&mut self, language: Language) -> &mut T {
        match language {
            Language::En => &mut self.en,
            Language::Nl => &mut self.nl,
        }
    }
}
