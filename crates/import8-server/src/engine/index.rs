//! The search index: field-weighted retrieval (BM25F) over the lowest rows of the nomenclature.

use std::collections::{BTreeMap, BTreeSet};

use super::facets::Facets;
use super::query::{Query, QueryWord};
use super::vocabulary::{TermId, Vocabulary};
use crate::language::Language;

/// The BM25 `k1`: how soon repetitions of a term stop adding to the score.
const SATURATION: f64 = 1.5;
/// Gain for a search phrase that the description contains word for word.
const WHOLE_PHRASE: f64 = 0.5;
/// Gain for a search phrase whose words are all in the description, but not together.
const SCATTERED_PHRASE: f64 = 0.35;

/// The terms of one row of the nomenclature, with their weights.
pub(super) type Terms = BTreeMap<TermId, f64>;

/// An occurrence of a term in a document.
pub(super) struct Posting {
    pub(super) document: usize,
    /// The weighted frequency of the term in the fields.
    pub(super) frequency: f64,
}

/// A search phrase of two or more terms.
pub(super) struct Phrase {
    pub(super) terms: Vec<TermId>,
    /// The first document under the phrase's row.
    pub(super) first: usize,
    /// The number of documents under the phrase's row.
    pub(super) documents: usize,
}

/// A document of the index: a lowest row of the nomenclature.
pub(super) struct Document {
    pub(super) code: String,
    pub(super) facets: Facets,
}

/// The match of a row with a query.
pub(super) struct Evidence {
    /// The share of the query, by weight and rarity of words, that is on the row or above it; from 0 to 1. Unknown
    /// words count as missing.
    pub(super) coverage: f64,
    /// The number of words that match. A word of little meaning counts as a fraction.
    pub(super) support: f64,
}

/// The index over all documents.
pub(super) struct Index {
    pub(super) vocabulary: Vocabulary,
    /// In order of code.
    pub(super) documents: Vec<Document>,
    /// The terms of each row by its code.
    pub(super) rows: BTreeMap<String, Terms>,
    /// The occurrences of each term.
    pub(super) postings: Vec<Vec<Posting>>,
    /// The search phrases, by their first term.
    pub(super) phrases: Vec<Vec<Phrase>>,
    /// The rarity of each term.
    pub(super) rarity: Vec<f64>,
    /// The rarity of a word that no row contains.
    pub(super) rarity_of_unknown: f64,
}

impl Index {
    /// The score of each document, in order; 0 for a document without any word of the query.
    pub(super) fn scores(&self, query: &Query) -> Vec<f64> {
        let mut scores = vec![0.0; self.documents.len()];
        for word in &query.words {
            let best = self.word_scores(word);
            scores.iter_mut().zip(best).for_each(|(score, gain)| *score += word.weight * gain);
        }
        self.add_phrases(query, &mut scores);
        scores
    }

    /// The score that a word adds to each document: that of its best term.
    fn word_scores(&self, word: &QueryWord) -> Vec<f64> {
        let mut best = vec![0.0_f64; self.documents.len()];
        for lookup in &word.lookups {
            let rarity = self.rarity_of(lookup.term) * lookup.factor;
            for posting in self.postings.get(lookup.term.place()).into_iter().flatten() {
                let gain = rarity * posting.frequency / (SATURATION + posting.frequency);
                if let Some(score) = best.get_mut(posting.document) {
                    *score = score.max(gain);
                }
            }
        }
        best
    }

    /// Adds, to the documents under a row, the gain of the row's best phrase.
    fn add_phrases(&self, query: &Query, scores: &mut [f64]) {
        let mut gains: BTreeMap<(usize, usize), f64> = BTreeMap::new();
        let places = query.terms.iter().map(|term| term.place());
        for phrase in places.filter_map(|place| self.phrases.get(place)).flatten() {
            let best = gains.entry((phrase.first, phrase.documents)).or_default();
            *best = best.max(self.phrase_gain(phrase, query));
        }
        for ((first, documents), gain) in gains {
            let under = scores.iter_mut().skip(first).take(documents);
            under.for_each(|score| *score += gain);
        }
    }

    /// The score that a phrase adds: a share of the rarity of its terms if the query contains them all, else 0.
    fn phrase_gain(&self, phrase: &Phrase, query: &Query) -> f64 {
        let terms = &phrase.terms;
        if !terms.iter().all(|term| query.terms.contains(term)) {
            return 0.0;
        }
        let is_whole = query
            .sequence
            .windows(terms.len())
            .any(|places| places.iter().zip(terms).all(|(place, term)| place.contains(term)));
        let share = if is_whole { WHOLE_PHRASE } else { SCATTERED_PHRASE };
        share * terms.iter().map(|term| self.rarity_of(*term)).sum::<f64>()
    }

    /// Whether the row of `code` itself contains the word.
    pub(super) fn row_has(&self, code: &str, word: &QueryWord) -> bool {
        let terms = self.rows.get(code);
        terms.is_some_and(|terms| word.lookups.iter().any(|lookup| terms.contains_key(&lookup.term)))
    }

    /// The match of the row of `code`, and of those above it, with the query.
    pub(super) fn evidence(&self, code: &str, query: &Query) -> Evidence {
        let whole = self.whole_phrases(code, query);
        let mass = |word: &QueryWord| word.weight * self.word_rarity(word);
        let strengths = query.words.iter().map(|word| (self.strength(code, word, &whole), mass(word)));
        let (mut found, mut all, mut support) = (0.0, 0.0, 0.0);
        for (strength, mass) in strengths {
            found += strength * mass;
            all += mass;
            support += strength;
        }
        Evidence { coverage: if all > 0.0 { found / all } else { 0.0 }, support }
    }

    /// The strength, from 0 to 1, of a word's match with the row of `code` and those above. The first words of a
    /// search phrase mean little without the others: "total" alone is not "total station".
    fn strength(&self, code: &str, word: &QueryWord, whole: &BTreeSet<TermId>) -> f64 {
        let on_row = |term: TermId| prefixes(code).filter_map(move |row| self.rows.get(row)?.get(&term));
        let of_term = |term: TermId| {
            if whole.contains(&term) { 1.0 } else { on_row(term).copied().fold(0.0, f64::max).min(1.0) }
        };
        word.lookups.iter().map(|lookup| of_term(lookup.term)).fold(0.0, f64::max)
    }

    /// The terms of the search phrases of `code`, and of the rows above it, that the query contains completely.
    fn whole_phrases(&self, code: &str, query: &Query) -> BTreeSet<TermId> {
        let document = self.documents.binary_search_by(|document| document.code.as_str().cmp(code));
        let Ok(document) = document else { return BTreeSet::new() };
        let places = query.terms.iter().map(|term| term.place());
        let phrases = places.filter_map(|place| self.phrases.get(place)).flatten();
        let is_whole = |phrase: &&Phrase| {
            (phrase.first..phrase.first + phrase.documents).contains(&document)
                && phrase.terms.iter().all(|term| query.terms.contains(term))
        };
        phrases.filter(is_whole).flat_map(|phrase| &phrase.terms).copied().collect()
    }

    /// The rarity of a word's most common meaning. An unknown word has the highest rarity.
    fn word_rarity(&self, word: &QueryWord) -> f64 {
        let rarities = word.lookups.iter().map(|lookup| self.rarity_of(lookup.term));
        rarities.reduce(f64::min).unwrap_or(self.rarity_of_unknown)
    }

    /// The rarity of a folded word of either language.
    pub(super) fn rarity_of_word(&self, folded: &str) -> f64 {
        let terms = Language::ALL.into_iter().filter_map(|language| self.vocabulary.find(folded, language));
        terms.map(|term| self.rarity_of(term)).reduce(f64::min).unwrap_or(self.rarity_of_unknown)
    }

    fn rarity_of(&self, term: TermId) -> f64 {
        self.rarity.get(term.place()).copied().unwrap_or_default()
    }
}

/// The chapter, heading and subheading of a code, as far as it goes.
pub(super) fn prefixes(code: &str) -> impl Iterator<Item = &str> {
    [2, 4, 6].into_iter().filter_map(|digits| code.get(..digits))
}
