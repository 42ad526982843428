//! Confidence as a word and a number, never as a colour alone.

use import8_api::{Confidence, HsCode};
use leptos::prelude::*;

use crate::decided::Decided;
use crate::i18n::use_texts;
use crate::locales::Texts;
use crate::preferences::{self, Bands};

/// What a confidence means to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Band {
    /// One can go by it.
    Strong,
    /// Likely, but worth a look.
    Fair,
    /// A person should look.
    Weak,
}

impl Band {
    /// The band of a confidence, as the person has divided them.
    #[must_use]
    pub fn of(confidence: Confidence) -> Self {
        Self::among(preferences::now().bands, confidence)
    }

    /// The least and the most percentage of a band, as the person has divided them.
    #[must_use]
    pub fn bounds(self) -> (u8, u8) {
        self.bounds_in(preferences::now().bands)
    }

    /// The least and the most percentage of a band among these.
    #[must_use]
    pub fn bounds_in(self, bands: Bands) -> (u8, u8) {
        let Bands { strong, fair } = bands;
        match self {
            Self::Strong => (strong, 100),
            Self::Fair => (fair, strong - 1),
            Self::Weak => (0, fair - 1),
        }
    }

    /// The band of a confidence among these.
    #[must_use]
    pub fn among(bands: Bands, confidence: Confidence) -> Self {
        match confidence.percent() {
            percent if percent >= bands.strong => Self::Strong,
            percent if percent >= bands.fair => Self::Fair,
            _ => Self::Weak,
        }
    }

    /// Its word.
    #[must_use]
    pub fn word(self, texts: Texts) -> &'static str {
        match self {
            Self::Strong => texts.confidence().strong,
            Self::Fair => texts.confidence().fair,
            Self::Weak => texts.confidence().weak,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Strong => "strong",
            Self::Fair => "fair",
            Self::Weak => "weak",
        }
    }
}

/// How sure the classifier is of its code, while that counts: of one that a person has put in its place it says
/// nothing.
#[component]
pub fn AnswerConfidence(
    /// The code that counts, as far as it is known here.
    decided: Memo<Option<Decided>>,
    /// The classifier's.
    answered: Option<HsCode>,
    /// The confidence, if it was given.
    confidence: Option<Confidence>,
) -> impl IntoView {
    let is_kept = move || decided.with(|decided| decided.as_ref().is_some_and(|one| one.keeps(answered)));
    move || is_kept().then(|| view! { <ConfidenceWord confidence /> })
}

/// `Strong · 92`; an absent confidence is “not given”, not 0.
#[component]
pub fn ConfidenceWord(
    /// The confidence, if it was given.
    confidence: Option<Confidence>,
) -> impl IntoView {
    let texts = use_texts();
    match confidence {
        None => view! { <span class="confidence none">{texts.common().none_given}</span> }.into_any(),
        Some(confidence) => {
            let band = Band::of(confidence);
            view! {
                <span class="confidence" data-band=band.name()>
                    {band.word(texts)} " · " {confidence.percent()}
                </span>
            }
            .into_any()
        }
    }
}
