//! Reads a product description: which of its words name the goods, and what they are made of.

use super::facets::{Facets, is_cue};
use super::language::detect_language;
use super::stop_words::opens_complement;
use super::text::{self, Word};
use super::vocabulary::{TermId, Vocabulary};
use crate::nomenclature::Language;

/// Weight of words up to the first break, which name the goods.
const SUBJECT: f64 = 1.0;
/// Weight of words after a break, which describe them further.
const FURTHER: f64 = 0.8;
/// Weight of words after "for" or "with", which name something else.
const COMPLEMENT: f64 = 0.45;
/// Gain of the last noun before a break: a "phone case" is a case.
const HEAD: f64 = 1.6;
/// Weight of a word for each time that it is repeated.
const REPEATED: f64 = 0.25;
/// Weight of the first part of a split compound, which only says what sort the last part is.
const MODIFIER: f64 = 0.6;
/// Weight of a term of the language that the description is not in.
const OTHER_LANGUAGE: f64 = 0.7;

/// A term to look up and how much it counts, from 0 to 1.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lookup {
    pub(super) term: TermId,
    pub(super) factor: f64,
}

/// A word of the description.
#[derive(Clone, Debug)]
pub(super) struct QueryWord {
    /// The word as written.
    pub(super) surface: String,
    /// How much the word says about what the goods are; about 0.4 to 2.
    pub(super) weight: f64,
    /// The terms that it may be; none when the seed does not know the word.
    pub(super) lookups: Vec<Lookup>,
}

/// A description ready to be searched for.
pub(super) struct Query {
    /// The words that can tell goods apart, each once, in the order of the description.
    pub(super) words: Vec<QueryWord>,
    /// The terms of these words with their repetitions, to find phrases in.
    pub(super) sequence: Vec<Vec<TermId>>,
    /// What the goods are made of and for whom.
    pub(super) facets: Facets,
}

impl Query {
    pub(super) fn new(description: &str, vocabulary: &Vocabulary) -> Self {
        let words = text::words(description);
        let facets = Facets::of_description(words.iter().map(|word| word.folded.as_str()));
        let language = detect_language(description);
        let reader = Reader { vocabulary, language };
        let weighted = reader.weigh(words);
        let mut query = Self { words: Vec::new(), sequence: Vec::new(), facets };
        for (index, (word, weight)) in weighted.iter().enumerate() {
            let found = reader.read(word, *weight);
            query
                .sequence
                .push(found.iter().flat_map(|word| &word.lookups).map(|lookup| lookup.term).collect());
            found.into_iter().for_each(|word| query.add(word));
            if let Some((next, next_weight)) = weighted.get(index + 1) {
                reader
                    .join(word, next, weight.max(*next_weight))
                    .into_iter()
                    .for_each(|word| query.add(word));
            }
        }
        query
    }

    /// Adds a word, or adds to the weight of the same word.
    fn add(&mut self, word: QueryWord) {
        let same = |known: &&mut QueryWord| known.surface.eq_ignore_ascii_case(&word.surface);
        match self.words.iter_mut().find(same) {
            Some(known) => known.weight = known.weight.max(word.weight) + REPEATED,
            None => self.words.push(word),
        }
    }
}

/// Looks words up for a description in one language.
struct Reader<'a> {
    vocabulary: &'a Vocabulary,
    language: Language,
}

impl Reader<'_> {
    /// The words that say something, each with its weight by its place in the description.
    fn weigh(&self, words: Vec<Word>) -> Vec<(Word, f64)> {
        let mut weighted: Vec<(Word, f64)> = Vec::new();
        let mut place = SUBJECT;
        let mut segment = 0;
        for word in words {
            let is_complement = opens_complement(&word.folded);
            if word.after_break || is_complement {
                self.raise_head(weighted.get_mut(segment..).unwrap_or_default());
                segment = weighted.len();
                place = if is_complement { COMPLEMENT } else { FURTHER };
            }
            if self.vocabulary.says_something(&word.folded) {
                weighted.push((word, place));
            }
        }
        self.raise_head(weighted.get_mut(segment..).unwrap_or_default());
        weighted
    }

    /// The last known word of a segment that is no material or audience is what the segment is about.
    fn raise_head(&self, segment: &mut [(Word, f64)]) {
        let names_a_thing = |word: &Word| !is_cue(&word.folded) && !self.lookups(&word.folded).is_empty();
        if let Some((_, weight)) = segment.iter_mut().rev().find(|(word, _)| names_a_thing(word)) {
            *weight *= HEAD;
        }
    }

    /// The word, or its parts when only these are known.
    fn read(&self, word: &Word, weight: f64) -> Vec<QueryWord> {
        let query_word =
            |surface: &str, weight, lookups| QueryWord { surface: surface.to_owned(), weight, lookups };
        let lookups = self.lookups(&word.folded);
        if !lookups.is_empty() {
            return vec![query_word(&word.surface, weight, lookups)];
        }
        let languages = [Language::Nl, Language::En];
        match languages.into_iter().find_map(|language| self.vocabulary.split(&word.folded, language)) {
            Some((first, last)) => vec![
                query_word(first, weight * MODIFIER, self.lookups(first)),
                query_word(last, weight, self.lookups(last)),
            ],
            None => vec![query_word(&word.surface, weight, Vec::new())],
        }
    }

    /// Two words that the seed writes as one: "key chain".
    fn join(&self, first: &Word, second: &Word, weight: f64) -> Option<QueryWord> {
        let lookups = self.lookups(&format!("{}{}", first.folded, second.folded));
        let surface = format!("{} {}", first.surface, second.surface);
        (!lookups.is_empty() && !second.after_break).then_some(QueryWord { surface, weight, lookups })
    }

    fn lookups(&self, folded: &str) -> Vec<Lookup> {
        let lookup = |language: Language| {
            let factor = if language == self.language { 1.0 } else { OTHER_LANGUAGE };
            self.vocabulary.find(folded, language).map(|term| Lookup { term, factor })
        };
        Language::ALL.into_iter().filter_map(lookup).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary() -> Vocabulary {
        let mut vocabulary = Vocabulary::new();
        for word in ["phone", "case", "silicone", "keychain", "bottle"] {
            vocabulary.intern(word, Language::En);
        }
        for word in ["drink", "fles", "koptelefoon"] {
            vocabulary.intern(word, Language::Nl);
        }
        vocabulary
    }

    fn weight(description: &str, surface: &str) -> f64 {
        let query = Query::new(description, &vocabulary());
        let word = query.words.iter().find(|word| word.surface == surface);
        word.map_or(0.0, |word| word.weight)
    }

    #[test]
    fn the_last_noun_weighs_most() {
        assert!(weight("phone case silicone", "case") > weight("phone case silicone", "phone"));
        assert!(weight("phone case silicone", "case") > weight("phone case silicone", "silicone"));
    }

    #[test]
    fn what_the_goods_are_for_weighs_less() {
        assert!(weight("case for phone", "case") > 2.0 * weight("case for phone", "phone"));
    }

    #[test]
    fn a_repeated_word_weighs_more() {
        assert!(weight("bottle, bottle", "bottle") > weight("bottle", "bottle"));
    }

    #[test]
    fn compounds_are_split_and_joined() {
        assert!(weight("drinkfles", "fles") > weight("drinkfles", "drink"));
        assert!(weight("key chain", "key chain") > 0.0);
    }

    #[test]
    fn unknown_words_are_kept_without_terms() {
        let query = Query::new("frobnicator", &vocabulary());
        assert_eq!(query.words.len(), 1);
        assert!(query.words[0].lookups.is_empty());
    }
}
