//! The vocabulary of the seed: its stems in each language, each with a number.

use std::collections::HashMap;

use super::text::{Analyzer, compound_noun, split_adjective, split_compound};
use crate::language::{Language, Localized};

/// The number of a stem. Each stem belongs to one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct TermId(usize);

impl TermId {
    /// The index of the term in a list of all terms.
    pub(super) const fn place(self) -> usize {
        self.0
    }
}

/// All stems of the seed.
pub(super) struct Vocabulary {
    analyzer: Analyzer,
    terms: Localized<HashMap<String, TermId>>,
    /// The terms of the seed's folded words in exactly their form.
    written: Localized<HashMap<String, TermId>>,
    size: usize,
}

impl Vocabulary {
    pub(super) fn new() -> Self {
        Self {
            analyzer: Analyzer::new(),
            terms: Localized::default(),
            written: Localized::default(),
            size: 0,
        }
    }

    /// The number of terms.
    pub(super) const fn size(&self) -> usize {
        self.size
    }

    /// Whether a folded word can tell goods apart.
    pub(super) fn says_something(&self, folded: &str) -> bool {
        self.analyzer.says_something(folded)
    }

    /// The term of a folded word of the seed, which is added if it is new.
    pub(super) fn intern(&mut self, folded: &str, language: Language) -> TermId {
        if let Some(term) = self.written.get(language).get(folded) {
            return *term;
        }
        let stem = self.analyzer.stem(folded, language);
        let next = TermId(self.size);
        let term = *self.terms.get_mut(language).entry(stem).or_insert(next);
        self.size += usize::from(term == next);
        self.written.get_mut(language).insert(folded.to_owned(), term);
        term
    }

    /// The term of a folded word; `None` if the seed contains no form of the word.
    pub(super) fn find(&self, folded: &str, language: Language) -> Option<TermId> {
        self.terms.get(language).get(&self.analyzer.stem(folded, language)).copied()
    }

    /// Whether the seed contains a folded word in exactly this form, in either language.
    pub(super) fn writes(&self, folded: &str) -> bool {
        Language::ALL.into_iter().any(|language| self.written.get(language).contains_key(folded))
    }

    /// Whether the seed contains any form of a folded word in either language, or both of its parts.
    pub(super) fn knows(&self, folded: &str) -> bool {
        Language::ALL.into_iter().any(|language| self.find(folded, language).is_some())
            || self.split(folded).is_some()
    }

    /// The two words of a folded compound, each in a form that the seed contains; `None` for other words. Dutch is
    /// tried first, because it has more compounds.
    pub(super) fn split<'a>(&self, folded: &'a str) -> Option<(&'a str, &'a str)> {
        [Language::Nl, Language::En].into_iter().find_map(|language| {
            let written = self.written.get(language);
            split_compound(folded, |part| written.contains_key(part))
        })
    }

    /// The noun at the end of a folded Dutch compound with a known or unknown beginning: "fles" in "drinkfles".
    pub(super) fn noun_of_compound<'a>(&self, folded: &'a str) -> Option<&'a str> {
        compound_noun(folded, |part| self.find(part, Language::Nl).is_some())
    }

    /// The noun in a folded Dutch adjective of a quality and a noun: "wand" in "dubbelwandige".
    pub(super) fn noun_of_adjective<'a>(&self, folded: &'a str) -> Option<&'a str> {
        let is_quality = |part: &str| !self.says_something(part);
        split_adjective(folded, is_quality, |part| self.find(part, Language::Nl).is_some())
    }
}
