//! Parses a product description into a query: weighted words, phrases, facets and denied words.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::facets::{Facets, is_cue};
use super::foreign::{Foreign, foreign};
use super::language::detect_language;
use super::stop_words::{is_cell, negates, opens_complement};
use super::text::{self, Word};
use super::vocabulary::{TermId, Vocabulary};
use crate::language::Language;

/// The most words of a description that are read.
const LONGEST: usize = 400;
/// Weight of words up to the first break, which name the goods.
const SUBJECT: f64 = 1.0;
/// Weight of words after a break, which describe them further.
const FURTHER: f64 = 0.8;
/// Weight of words after "for" or "with", which name something else.
const COMPLEMENT: f64 = 0.3;
/// Factor for the noun of a part of the description: a "phone case" is a case.
const HEAD: f64 = 1.6;
/// Weight that each repetition of a word adds.
const REPEATED: f64 = 0.3;
/// Factor for the first part of a split compound, which only narrows the last part.
const MODIFIER: f64 = 0.6;
/// Factor for the last part of a compound that the seed contains as a whole.
const GENERAL: f64 = 0.3;
/// Factor for a term of the other language than the description's.
const OTHER_LANGUAGE: f64 = 0.7;

/// A term to look up, with its factor from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Lookup {
    pub(super) term: TermId,
    pub(super) factor: f64,
}

/// A word of the description.
#[derive(Clone, Debug)]
pub(super) struct QueryWord {
    /// The word as written; for a part of a compound, the whole compound.
    pub(super) surface: String,
    /// The weight of the word, about 0.2 to 2: how much it says about the goods.
    pub(super) weight: f64,
    /// The possible terms of the word; empty for a word that the seed does not contain.
    pub(super) lookups: Vec<Lookup>,
}

/// A description, ready for a search.
pub(super) struct Query {
    /// The distinct words that can tell goods apart, in the order of the description.
    pub(super) words: Vec<QueryWord>,
    /// The terms at each position of the description, for finding phrases.
    pub(super) sequence: Vec<Vec<TermId>>,
    /// All terms of the sequence.
    pub(super) terms: BTreeSet<TermId>,
    /// The terms of things that the goods do not have: those after "without" or "not".
    pub(super) denied: BTreeSet<TermId>,
    /// The facets: material, audience, fabric, and whether the goods are a part.
    pub(super) facets: Facets,
    /// The language of the description, if the engine does not read it.
    pub(super) foreign: Option<&'static Foreign>,
}

impl Query {
    /// Parses a description, at most its first [`LONGEST`] words.
    pub(super) fn new(description: &str, vocabulary: &Vocabulary) -> Self {
        let mut words = text::words(description);
        words.truncate(LONGEST);
        let foreign = foreign(&words, |folded| vocabulary.knows(folded), |folded| vocabulary.writes(folded));
        if let Some(language) = foreign {
            words.retain(|word| !language.is_grammar(word));
        }
        let says_something = |word: &Word| vocabulary.says_something(&word.folded);
        if words.iter().filter(|word| says_something(word)).all(|word| is_cell(&word.folded)) {
            words.clear();
        }
        let facets = Facets::from_description(words.iter().map(|word| word.folded.as_str()));
        let language = language_of(&words, vocabulary).unwrap_or_else(|| detect_language(description));
        let reader = Reader { vocabulary, language };
        let (terms, denied) = (BTreeSet::new(), denied(&words, vocabulary));
        let mut query = Self { words: Vec::new(), sequence: Vec::new(), terms, denied, facets, foreign };
        let weighted = reader.weigh(words);
        for (place, (word, weight)) in weighted.iter().enumerate() {
            let next = weighted.get(place + 1);
            let joined = next.and_then(|(next, _)| reader.join(word, next, *weight));
            query.add_place(reader.read(word, *weight));
            if let Some(word) = joined {
                query.add(word);
            }
        }
        query
    }

    /// The words that the seed does not contain.
    pub(super) fn unknown(&self) -> impl Iterator<Item = &QueryWord> {
        self.words.iter().filter(|word| word.lookups.is_empty())
    }

    /// The words about the goods themselves, without those about their use or accessories.
    pub(super) fn of_the_goods(&self) -> impl Iterator<Item = &QueryWord> {
        self.words.iter().filter(|word| word.weight >= FURTHER)
    }

    /// The words that name the goods: the noun of each part of the description.
    pub(super) fn nouns(&self) -> impl Iterator<Item = &QueryWord> {
        self.words.iter().filter(|word| word.weight >= FURTHER * HEAD)
    }

    /// Adds the possible words at a position of the description.
    fn add_place(&mut self, words: Vec<QueryWord>) {
        let lookups = words.iter().flat_map(|word| &word.lookups);
        let terms: Vec<TermId> = lookups.map(|lookup| lookup.term).collect();
        self.terms.extend(&terms);
        self.sequence.push(terms);
        for word in words {
            self.add(word);
        }
    }

    /// Adds a word, or adds to the weight of the same word in another form.
    fn add(&mut self, word: QueryWord) {
        let same = |known: &&mut QueryWord| known.is_same(&word);
        match self.words.iter_mut().find(same) {
            Some(known) => known.weight = known.weight.max(word.weight) + REPEATED,
            None => self.words.push(word),
        }
    }
}

/// The terms after a word such as “without”, up to a break.
fn denied(words: &[Word], vocabulary: &Vocabulary) -> BTreeSet<TermId> {
    let mut denied = BTreeSet::new();
    let mut is_denied = false;
    for word in words {
        is_denied = negates(&word.folded) || is_denied && !word.after_break;
        if is_denied {
            denied.extend(
                Language::ALL.into_iter().filter_map(|language| vocabulary.find(&word.folded, language)),
            );
        }
    }
    denied
}

/// The language in which the seed contains more of the words; `None` if the numbers are equal.
fn language_of(words: &[Word], vocabulary: &Vocabulary) -> Option<Language> {
    let known = |language| {
        let is_known = |word: &&Word| vocabulary.find(&word.folded, language).is_some();
        words.iter().filter(is_known).count()
    };
    match known(Language::En).cmp(&known(Language::Nl)) {
        Ordering::Less => Some(Language::Nl),
        Ordering::Equal => None,
        Ordering::Greater => Some(Language::En),
    }
}

impl QueryWord {
    fn is_same(&self, other: &Self) -> bool {
        let is_known = !other.lookups.is_empty();
        self.lookups == other.lookups && (is_known || self.surface.eq_ignore_ascii_case(&other.surface))
    }
}

/// Looks words up for a description in one language.
struct Reader<'a> {
    vocabulary: &'a Vocabulary,
    language: Language,
}

impl Reader<'_> {
    /// The meaningful words, each with its weight by its position in the description.
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

    /// Raises the weight of a segment's main noun: the last one in English ("phone case"), the first one in Dutch, which
    /// writes compounds as one word and adds descriptions after it ("wandklok kwarts").
    fn raise_head(&self, segment: &mut [(Word, f64)]) {
        let mut nouns = segment.iter_mut().filter(|(word, _)| self.may_be_noun(&word.folded));
        let head = match self.language {
            Language::En => nouns.next_back(),
            Language::Nl => nouns.next(),
        };
        if let Some((_, weight)) = head {
            *weight *= HEAD;
        }
    }

    /// Whether a folded word is known, is no material or audience, and does not end like a Dutch adjective.
    fn may_be_noun(&self, folded: &str) -> bool {
        let is_inflected = self.language == Language::Nl && folded.ends_with('e') && !folded.ends_with("je");
        !is_inflected && !is_cue(folded) && !self.lookups(folded).is_empty()
    }

    /// The word, or its parts if only these are known.
    fn read(&self, word: &Word, weight: f64) -> Vec<QueryWord> {
        let query_word = |weight, lookups| QueryWord { surface: word.surface.clone(), weight, lookups };
        let mut lookups = self.lookups(&word.folded);
        if !lookups.is_empty() {
            lookups.extend(self.general(&word.folded));
            return vec![query_word(weight, lookups)];
        }
        match self.vocabulary.split(&word.folded) {
            Some((first, last)) => vec![
                query_word(weight * MODIFIER, self.lookups(first)),
                query_word(weight, self.lookups(last)),
            ],
            None => vec![query_word(weight, lookups)],
        }
    }

    /// The last part of a known compound, which is its general name: a "koffiemok" is a "mok".
    fn general(&self, folded: &str) -> Vec<Lookup> {
        let last = self.vocabulary.split(folded).map(|(_, last)| self.lookups(last));
        let weaken = |lookup: Lookup| Lookup { factor: GENERAL * lookup.factor, ..lookup };
        last.into_iter().flatten().map(weaken).collect()
    }

    /// The compound of two words that the seed writes as one: "key chain".
    fn join(&self, first: &Word, second: &Word, weight: f64) -> Option<QueryWord> {
        let lookups = self.lookups(&format!("{}{}", first.folded, second.folded));
        let surface = format!("{} {}", first.surface, second.surface);
        let is_one = !lookups.is_empty() && !second.after_break;
        is_one.then_some(QueryWord { surface, weight, lookups })
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

    fn weight(description: &str, word: &str) -> f64 {
        let vocabulary = vocabulary();
        let terms = Language::ALL.map(|language| vocabulary.find(word, language));
        let is_meant = |lookup: &Lookup| terms.contains(&Some(lookup.term));
        let query = Query::new(description, &vocabulary);
        let word = query.words.iter().find(|word| word.lookups.iter().any(is_meant));
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
        assert!(weight("key chain", "keychain") > 0.0);
    }

    #[test]
    fn unknown_words_are_kept_without_terms() {
        let query = Query::new("frobnicator", &vocabulary());
        assert_eq!(query.words.len(), 1);
        assert!(query.words[0].lookups.is_empty());
    }
}
