//! Confidence as a word and a number, never as a colour alone.

use import8_api::Confidence;
use leptos::prelude::*;

use crate::i18n::use_texts;
use crate::locales::Texts;

/// What a confidence means to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Band {
    /// 75 and more.
    Strong,
    /// 45 to 74.
    Fair,
    /// Less than 45: a person should look.
    Weak,
}

impl Band {
    /// The band of a confidence.
    #[must_use]
    pub fn of(confidence: Confidence) -> Self {
        match confidence.percent() {
            75.. => Self::Strong,
            45..=74 => Self::Fair,
            _ => Self::Weak,
        }
    }

    /// Its word.
    #[must_use]
    pub fn word(self, texts: &Texts) -> &'static str {
        match self {
            Self::Strong => texts.confidence.strong,
            Self::Fair => texts.confidence.fair,
            Self::Weak => texts.confidence.weak,
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

/// `Strong · 92`; an absent confidence is “not given”, not 0.
#[component]
pub fn ConfidenceWord(
    /// The confidence, if it was given.
    confidence: Option<Confidence>,
) -> impl IntoView {
    let texts = use_texts();
    match confidence {
        None => view! { <span class="confidence none">{texts.common.none_given}</span> }.into_any(),
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
