//! Field-weighted retrieval (BM25F) over the lowest rows of the nomenclature.
//!
//! A document is one lowest row. Its fields are its own label and words, those of its heading and those of its chapter.
//! Both languages are indexed; a term belongs to one language.

use std::collections::{BTreeMap, BTreeSet};

use super::facets::Facets;
use super::query::{Query, QueryWord};
use super::text;
use super::vocabulary::{TermId, Vocabulary};
use crate::nomenclature::{Entry, Language, Nomenclature};

/// How much a term on the document's own row counts.
const OWN: f64 = 2.6;
/// How much a term on the heading's row counts.
const HEADING: f64 = 1.6;
/// How much a term on the chapter's row counts.
const CHAPTER: f64 = 0.3;
/// How soon more of the same term stops to add: the BM25 `k1`.
const SATURATION: f64 = 1.2;
/// How much long rows are held back, from 0 to 1: the BM25 `b`.
const LENGTH_PENALTY: f64 = 0.4;
/// How much the words before the last of a search phrase count: a "bottle opener" is no bottle.
const PHRASE_MODIFIER: f64 = 0.55;
/// How much the parts of a Dutch compound count beside the compound.
const COMPOUND_PARTS: [f64; 2] = [0.3, 0.6];
/// Gain for a search phrase that is in the description word for word.
const WHOLE_PHRASE: f64 = 0.9;
/// Gain for a search phrase whose words are all there, but not together.
const SCATTERED_PHRASE: f64 = 0.35;

/// The terms of one row of the nomenclature, with their weights.
type Terms = BTreeMap<TermId, f64>;

/// A document that a term occurs in.
struct Posting {
    document: usize,
    /// The frequency of the term in the fields, weighted.
    frequency: f64,
}

/// A search phrase of two or more terms.
struct Phrase {
    terms: Vec<TermId>,
    row: String,
}

/// A lowest row of the nomenclature.
pub(super) struct Document {
    pub(super) code: String,
    pub(super) facets: Facets,
}

/// The index over all documents.
pub(super) struct Index {
    pub(super) vocabulary: Vocabulary,
    /// In order of code.
    pub(super) documents: Vec<Document>,
    rows: BTreeMap<String, Terms>,
    postings: Vec<Vec<Posting>>,
    phrases: Vec<Phrase>,
    /// How rare each term is.
    rarity: Vec<f64>,
}

impl Index {
    pub(super) fn new(nomenclature: &Nomenclature) -> Self {
        let mut builder = Builder::new();
        nomenclature.rows().for_each(|entry| builder.add(entry));
        builder.finish(nomenclature)
    }

    /// The score of each document, in their order; 0 for one that has no word of the query.
    pub(super) fn scores(&self, query: &Query) -> Vec<f64> {
        let mut scores = vec![0.0; self.documents.len()];
        for word in &query.words {
            let best = self.word_scores(word);
            scores.iter_mut().zip(best).for_each(|(score, gain)| *score += word.weight * gain);
        }
        self.add_phrases(query, &mut scores);
        scores
    }

    /// What a word adds to each document: that of the best of its terms.
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
        let mut gains: BTreeMap<&str, f64> = BTreeMap::new();
        for phrase in &self.phrases {
            let gain = self.phrase_gain(phrase, query);
            if gain > 0.0 {
                let best = gains.entry(&phrase.row).or_default();
                *best = best.max(gain);
            }
        }
        for (row, gain) in gains {
            let from = self.documents.partition_point(|document| document.code.as_str() < row);
            let under =
                self.documents.iter().skip(from).take_while(|document| document.code.starts_with(row));
            scores.iter_mut().skip(from).zip(under).for_each(|(score, _)| *score += gain);
        }
    }

    /// What a phrase adds: the rarity of its terms, if the query has them all.
    fn phrase_gain(&self, phrase: &Phrase, query: &Query) -> f64 {
        let has = |terms: &Vec<TermId>, term: &TermId| terms.contains(term);
        if !phrase.terms.iter().all(|term| query.sequence.iter().any(|terms| has(terms, term))) {
            return 0.0;
        }
        let together = query
            .sequence
            .windows(phrase.terms.len())
            .any(|window| window.iter().zip(&phrase.terms).all(|(terms, term)| has(terms, term)));
        let rarity: f64 = phrase.terms.iter().map(|term| self.rarity_of(*term)).sum();
        rarity * if together { WHOLE_PHRASE } else { SCATTERED_PHRASE }
    }

    /// Whether the row of `code` itself has the word.
    pub(super) fn row_has(&self, code: &str, word: &QueryWord) -> bool {
        let terms = self.rows.get(code);
        terms.is_some_and(|terms| word.lookups.iter().any(|lookup| terms.contains_key(&lookup.term)))
    }

    /// The share of what the query says, by weight and rarity, that is on the row of `code` or above; from 0 to 1.
    pub(super) fn coverage(&self, code: &str, query: &Query) -> f64 {
        let covered = |word: &QueryWord| prefixes(code).any(|row| self.row_has(row, word));
        let mass = |word: &QueryWord| word.weight * self.word_rarity(word);
        let all: f64 = query.words.iter().map(mass).sum();
        let found: f64 = query.words.iter().filter(|word| covered(word)).map(mass).sum();
        if all > 0.0 { found / all } else { 0.0 }
    }

    /// How rare a word is; an unknown word is as rare as can be.
    fn word_rarity(&self, word: &QueryWord) -> f64 {
        let unknown = rarity(self.rows.len(), 0);
        word.lookups.iter().map(|lookup| self.rarity_of(lookup.term)).reduce(f64::min).unwrap_or(unknown)
    }

    fn rarity_of(&self, term: TermId) -> f64 {
        self.rarity.get(term.place()).copied().unwrap_or_default()
    }
}

/// The BM25 inverse document frequency.
#[expect(clippy::cast_precision_loss, reason = "there are some thousands of rows")]
fn rarity(rows: usize, rows_with_term: usize) -> f64 {
    let (rows, with) = (rows as f64, rows_with_term as f64);
    (1.0 + (rows - with + 0.5) / (with + 0.5)).ln()
}

/// Collects rows before the documents are made of them.
struct Builder {
    vocabulary: Vocabulary,
    rows: BTreeMap<String, Terms>,
    facets: BTreeMap<String, Facets>,
    phrases: Vec<Phrase>,
    compounds: Vec<Compound>,
}

/// A Dutch word that may be split once all words are known.
struct Compound {
    folded: String,
    row: String,
    weight: f64,
}

impl Builder {
    fn new() -> Self {
        Self {
            vocabulary: Vocabulary::new(),
            rows: BTreeMap::new(),
            facets: BTreeMap::new(),
            phrases: Vec::new(),
            compounds: Vec::new(),
        }
    }

    /// Adds the label and the search words of a row.
    fn add(&mut self, entry: &Entry) {
        let label = text::words(entry.label(Language::En));
        let facets = Facets::of_label(label.iter().map(|word| word.folded.as_str()));
        self.facets.insert(entry.code().to_owned(), facets);
        self.rows.insert(entry.code().to_owned(), Terms::new());
        for language in Language::ALL {
            self.add_text(entry, entry.label(language), language, 1.0);
            for phrase in entry.words(language) {
                let terms = self.add_text(entry, phrase, language, PHRASE_MODIFIER);
                if terms.len() > 1 {
                    self.phrases.push(Phrase { terms, row: entry.code().to_owned() });
                }
            }
        }
    }

    /// Adds the words of a text to a row, all but the last with the weight `modifier`, and gives their terms.
    fn add_text(&mut self, entry: &Entry, text: &str, language: Language, modifier: f64) -> Vec<TermId> {
        let mut words = text::affirmed(&text::words(text)).to_vec();
        words.retain(|word| self.vocabulary.says_something(&word.folded));
        let mut terms = Vec::new();
        for (place, word) in words.iter().enumerate() {
            let weight = if place + 1 == words.len() { 1.0 } else { modifier };
            let term = self.vocabulary.intern(&word.folded, language);
            self.add_term(entry.code(), term, weight);
            terms.push(term);
            if language == Language::Nl {
                let (folded, row) = (word.folded.clone(), entry.code().to_owned());
                self.compounds.push(Compound { folded, row, weight });
            }
        }
        terms
    }

    fn add_term(&mut self, row: &str, term: TermId, weight: f64) {
        if let Some(terms) = self.rows.get_mut(row) {
            *terms.entry(term).or_default() += weight;
        }
    }

    fn finish(mut self, nomenclature: &Nomenclature) -> Index {
        self.split_compounds();
        let documents = nomenclature.leaves().map(|leaf| self.document(leaf.code())).collect();
        let rarity = self.rarity();
        let mut index = Index {
            postings: Vec::new(),
            vocabulary: self.vocabulary,
            documents,
            rows: self.rows,
            phrases: self.phrases,
            rarity,
        };
        index.post();
        index
    }

    fn split_compounds(&mut self) {
        for compound in std::mem::take(&mut self.compounds) {
            let Some((first, last)) = self.vocabulary.split(&compound.folded, Language::Nl) else {
                continue;
            };
            for (part, share) in [first, last].into_iter().zip(COMPOUND_PARTS) {
                if let Some(term) = self.vocabulary.find(part, Language::Nl) {
                    self.add_term(&compound.row, term, compound.weight * share);
                }
            }
        }
    }

    /// The document of a lowest row; what its label leaves open the rows above it may tell.
    fn document(&self, code: &str) -> Document {
        let facets = prefixes(code)
            .filter_map(|row| self.facets.get(row))
            .fold(Facets::default(), |above, row| row.or_above(above));
        Document { code: code.to_owned(), facets }
    }

    /// How rare each term is, by the number of headings that have it on their own row or below.
    fn rarity(&self) -> Vec<f64> {
        let mut headings = vec![BTreeSet::new(); self.vocabulary.size()];
        for (code, terms) in &self.rows {
            for term in terms.keys() {
                if let Some(headings) = headings.get_mut(term.place()) {
                    headings.insert(code.get(..4).unwrap_or(code));
                }
            }
        }
        let all = self.rows.keys().filter(|code| code.len() == 4).count();
        headings.iter().map(|headings| rarity(all, headings.len())).collect()
    }
}

impl Index {
    /// Posts every document under the terms of its rows.
    fn post(&mut self) {
        let mean = self.mean_length();
        self.postings.resize_with(self.vocabulary.size(), Vec::new);
        for (document, Document { code, .. }) in self.documents.iter().enumerate() {
            let mut frequencies = Terms::new();
            for row in prefixes(code) {
                let Some(terms) = self.rows.get(row) else {
                    continue;
                };
                let length: f64 = terms.values().sum();
                let field = field_weight(row, code) / (1.0 - LENGTH_PENALTY + LENGTH_PENALTY * length / mean);
                for (term, weight) in terms {
                    *frequencies.entry(*term).or_default() += field * weight;
                }
            }
            for (term, frequency) in frequencies {
                if let Some(postings) = self.postings.get_mut(term.place()) {
                    postings.push(Posting { document, frequency });
                }
            }
        }
    }

    /// The mean weight of all words of a row; 1 for an empty index.
    #[expect(clippy::cast_precision_loss, reason = "there are some thousands of rows")]
    fn mean_length(&self) -> f64 {
        let total: f64 = self.rows.values().flat_map(Terms::values).sum();
        if total > 0.0 { total / self.rows.len() as f64 } else { 1.0 }
    }
}

/// How much the words of `row` count for the document `code`, which is that row or below it.
fn field_weight(row: &str, code: &str) -> f64 {
    match row.len() {
        _ if row == code => OWN,
        4 => HEADING,
        _ => CHAPTER,
    }
}

/// The chapter, heading and subheading of a code, as far as it goes.
fn prefixes(code: &str) -> impl Iterator<Item = &str> {
    [2, 4, 6].into_iter().filter_map(|digits| code.get(..digits))
}
