//! Builds the search index from the nomenclature.
//!
//! Each lowest row is a document. Its fields are its own label and words, those of its heading, and those of its
//! chapter. Both languages are indexed; a term belongs to one of them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::facets::Facets;
use super::index::{Document, Index, Phrase, Posting, Terms, prefixes};
use super::text;
use super::vocabulary::{TermId, Vocabulary};
use crate::language::Language;
use crate::nomenclature::{Entry, Nomenclature};

/// The weight of a term on the document's own row.
const OWN: f64 = 5.0;
/// The weight of a term on the heading's row.
const HEADING: f64 = 1.0;
/// The weight of a term on the chapter's row.
const CHAPTER: f64 = 0.3;
/// The BM25 `b`, from 0 to 1: the penalty for long rows.
const LENGTH_PENALTY: f64 = 0.2;
/// The weight of the first words of a search phrase: a "bottle opener" is not a bottle.
const PHRASE_MODIFIER: f64 = 0.3;
/// The weights of the two parts of a Dutch compound, which are indexed beside the compound.
const COMPOUND_PARTS: [f64; 2] = [0.3, 0.6];

/// Indexes every row of the nomenclature.
pub(super) fn index(nomenclature: &Nomenclature) -> Index {
    let mut builder = Builder::new();
    nomenclature.rows().for_each(|entry| builder.add(entry));
    builder.split_compounds();
    builder.finish(nomenclature)
}

/// Collects rows before documents are built from them.
struct Builder {
    vocabulary: Vocabulary,
    rows: BTreeMap<String, Terms>,
    facets: BTreeMap<String, Facets>,
    /// The terms of each search phrase, with its row.
    phrases: Vec<(String, Vec<TermId>)>,
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
        let facets = Facets::from_label(label.iter().map(|word| word.folded.as_str()));
        self.facets.insert(entry.code().to_owned(), facets);
        self.rows.insert(entry.code().to_owned(), Terms::new());
        for language in Language::ALL {
            self.add_text(entry, entry.label(language), language, 1.0);
            for phrase in entry.words(language) {
                let terms = self.add_text(entry, phrase, language, PHRASE_MODIFIER);
                if terms.len() > 1 {
                    self.phrases.push((entry.code().to_owned(), terms));
                }
            }
        }
    }

    /// Adds the words of a text to a row, all but the last with the weight `modifier`, and returns their terms.
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

    fn finish(self, nomenclature: &Nomenclature) -> Index {
        let documents: Vec<Document> = nomenclature.leaves().map(|leaf| self.document(leaf.code())).collect();
        Index {
            postings: self.postings(&documents),
            phrases: self.phrases(&documents),
            documents,
            rarity: self.rarity(),
            rarity_of_unknown: rarity(self.headings(), 0),
            vocabulary: self.vocabulary,
            rows: self.rows,
        }
    }

    /// Adds the parts of compounds to their rows.
    fn split_compounds(&mut self) {
        let compounds = std::mem::take(&mut self.compounds);
        let mut parts = HashMap::new();
        for compound in &compounds {
            let parts = parts.entry(&compound.folded).or_insert_with(|| self.parts(&compound.folded));
            for (term, share) in parts {
                self.add_term(&compound.row, *term, compound.weight * *share);
            }
        }
    }

    /// The terms of the parts of a Dutch compound, each with its share; empty for any other word.
    fn parts(&self, folded: &str) -> Vec<(TermId, f64)> {
        let Some((first, last)) = self.vocabulary.split(folded) else {
            return Vec::new();
        };
        let term = |part| self.vocabulary.find(part, Language::Nl);
        [first, last]
            .into_iter()
            .zip(COMPOUND_PARTS)
            .filter_map(|(part, share)| Some((term(part)?, share)))
            .collect()
    }

    /// The document of a lowest row. Facets that its label leaves open come from the rows above.
    fn document(&self, code: &str) -> Document {
        let facets = prefixes(code)
            .filter_map(|row| self.facets.get(row))
            .fold(Facets::default(), |above, row| row.or_above(above));
        Document { code: code.to_owned(), facets }
    }

    /// The rarity of each term, by the number of headings that contain it on their own row or below.
    fn rarity(&self) -> Vec<f64> {
        let mut headings = vec![BTreeSet::new(); self.vocabulary.size()];
        for (code, terms) in &self.rows {
            for term in terms.keys() {
                if let Some(headings) = headings.get_mut(term.place()) {
                    headings.insert(code.get(..4).unwrap_or(code));
                }
            }
        }
        let all = self.headings();
        headings.iter().map(|with| rarity(all, with.len())).collect()
    }

    /// The number of headings.
    fn headings(&self) -> usize {
        self.rows.keys().filter(|code| code.len() == 4).count()
    }

    /// The documents of each term.
    fn postings(&self, documents: &[Document]) -> Vec<Vec<Posting>> {
        let mut postings: Vec<Vec<Posting>> = Vec::new();
        postings.resize_with(self.vocabulary.size(), Vec::new);
        let mean_length = self.mean_length();
        for (document, Document { code, .. }) in documents.iter().enumerate() {
            for (term, frequency) in self.frequencies(code, mean_length) {
                if let Some(postings) = postings.get_mut(term.place()) {
                    postings.push(Posting { document, frequency });
                }
            }
        }
        postings
    }

    /// The phrases that begin with each term.
    fn phrases(&self, documents: &[Document]) -> Vec<Vec<Phrase>> {
        let mut phrases: Vec<Vec<Phrase>> = Vec::new();
        phrases.resize_with(self.vocabulary.size(), Vec::new);
        for (row, terms) in &self.phrases {
            let from = documents.partition_point(|document| document.code < *row);
            let under = documents.iter().skip(from).take_while(|document| document.code.starts_with(row));
            let phrase = Phrase { terms: terms.clone(), first: from, documents: under.count() };
            if let Some(phrases) = terms.first().and_then(|first| phrases.get_mut(first.place())) {
                phrases.push(phrase);
            }
        }
        phrases
    }

    /// The weighted frequency of each term in the fields of the document `code`.
    fn frequencies(&self, code: &str, mean_length: f64) -> Terms {
        let mut frequencies = Terms::new();
        for (row, terms) in prefixes(code).filter_map(|row| Some((row, self.rows.get(row)?))) {
            let length = terms.values().sum::<f64>() / mean_length;
            let weight = field_weight(row, code) / (1.0 + LENGTH_PENALTY * (length - 1.0));
            for (term, count) in terms {
                *frequencies.entry(*term).or_default() += weight * count;
            }
        }
        frequencies
    }

    /// The mean weight of all words of a row; 1 for an empty index.
    #[expect(clippy::cast_precision_loss, reason = "there are only thousands of rows")]
    fn mean_length(&self) -> f64 {
        let total: f64 = self.rows.values().flat_map(Terms::values).sum();
        if total > 0.0 { total / self.rows.len() as f64 } else { 1.0 }
    }
}

/// The weight of the words of `row` in the document `code`, which is that row or below it.
fn field_weight(row: &str, code: &str) -> f64 {
    match row.len() {
        _ if row == code => OWN,
        4 => HEADING,
        _ => CHAPTER,
    }
}

/// The BM25 inverse document frequency.
#[expect(clippy::cast_precision_loss, reason = "there are only thousands of rows")]
fn rarity(rows: usize, rows_with_term: usize) -> f64 {
    let (rows, with) = (rows as f64, rows_with_term as f64);
    (1.0 + (rows - with + 0.5) / (with + 0.5)).ln()
}
