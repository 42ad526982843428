//! Confidence of a code as a word and a number, never as a colour alone.

use import8_api::{Confidence, HsCode};
use leptos::prelude::*;

use crate::api::decided::Decided;
use crate::browser::memo::Memo;
use crate::i18n::preferences::{self, Bands};
use crate::i18n::{Texts, use_texts};

/// Confidence band.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Band {
    /// The code can be relied on.
    Strong,
    /// The code is likely right; a look at it is worthwhile.
    Fair,
    /// A person should review the code.
    Weak,
}

impl Band {
    /// The band of a confidence under the person's bands.
    #[must_use]
    pub fn from_confidence(confidence: Confidence) -> Self {
        Self::among(preferences::now().bands, confidence)
    }

    /// Lowest and highest percentage of a band under the person's bands.
    #[must_use]
    pub fn bounds(self) -> (u8, u8) {
        self.bounds_in(preferences::now().bands)
    }

    /// Lowest and highest percentage of the band under these bands.
    #[must_use]
    pub fn bounds_in(self, bands: Bands) -> (u8, u8) {
        let Bands { strong, fair } = bands;
        match self {
            Self::Strong => (strong, 100),
            Self::Fair => (fair, strong - 1),
            Self::Weak => (0, fair - 1),
        }
    }

    /// The band of a confidence under these bands.
    #[must_use]
    pub fn among(bands: Bands, confidence: Confidence) -> Self {
        match confidence.percent() {
            percent if percent >= bands.strong => Self::Strong,
            percent if percent >= bands.fair => Self::Fair,
            _ => Self::Weak,
        }
    }

    /// The band in words.
    #[must_use]
    pub fn word(self, texts: Texts) -> &'static str {
        match self {
            Self::Strong => texts.confidence().strong,
            Self::Fair => texts.confidence().fair,
            Self::Weak => texts.confidence().weak,
        }
    }

    /// The name of the band in style sheets.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Strong => "strong",
            Self::Fair => "fair",
            Self::Weak => "weak",
        }
    }
}

/// The classifier's confidence in its code, shown while the decided code keeps that code. The confidence says
/// nothing about a code that a person put in its place.
#[component]
pub fn AnswerConfidence(
    /// The decided code, as far as it is known in this browser.
    decided: Memo<Option<Decided>>,
    /// The classifier's code.
    answered: Option<HsCode>,
    /// The confidence, if the response has one.
    confidence: Option<Confidence>,
) -> impl IntoView {
    let is_kept = move || decided.with(|decided| decided.as_ref().is_some_and(|one| one.keeps(answered)));
    move || is_kept().then(|| view! { <ConfidenceWord confidence /> })
}

/// A confidence such as `Strong · 92`. A missing confidence is shown as missing and not as 0.
#[component]
pub fn ConfidenceWord(
    /// The confidence, if the response has one.
    confidence: Option<Confidence>,
) -> impl IntoView {
    let texts = use_texts();
    match confidence {
        None => view! { <span class="confidence none">{texts.common().none_given}</span> }.into_any(),
        Some(confidence) => {
            let band = Band::from_confidence(confidence);
            view! {
                <span class="confidence" data-band=band.name()>
                    {band.word(texts)} " · " {confidence.percent()}
                </span>
            }
            .into_any()
        }
    }
}
