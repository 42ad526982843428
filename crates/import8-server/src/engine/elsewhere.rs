//! Finds the note that sends goods like those described to another place: "A bottle with a vacuum between its walls
//! goes to 9617."
//!
//! Every note exists in both languages and is compared in both, so a description meets the words of its own language.
//! Compounds are compared by their parts: "dubbelwandige drinkfles" contains the bottle and the wall.
#![expect(clippy::float_arithmetic, reason = "shares are estimates, not money")]

use std::collections::BTreeSet;

use super::index::Index;
use super::notes::{self, Transfer};
use super::query::{Query, QueryWord};
use super::text;
use super::vocabulary::{TermId, Vocabulary};
use crate::language::Language;
use crate::nomenclature::{Entry, Level};

/// The lowest share of a note's words that the description must contain for a possible place.
const MOST: f64 = 0.6;
/// The lowest score under a possible place, as a share of the answer's.
const POSSIBLE: f64 = 0.2;

/// A note that sends goods elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Elsewhere<'a> {
    /// The row with the note.
    pub(super) row: &'a Entry,
    /// The digits of the chapter, heading or subheading that the note names.
    pub(super) place: String,
}

/// The note on the path to the answer that sends goods like those described elsewhere; the closest to the answer if
/// there are several.
///
/// A note applies if the description contains all of its words and the rows of the path do not. It also applies if
/// the description contains most of them and the place is possible: other words match it, or its rows contain a noun
/// of the description. The note of a whole chapter applies only if it has a word that the rows do not have and the
/// description names the goods by the note's noun: "computers go to chapter 84" does not apply to computer speakers.
///
/// `likelihood` returns the best score under a place, as a share of the answer's; 0 for none.
pub(super) fn elsewhere<'a>(
    path: &[&'a Entry],
    query: &Query,
    index: &Index,
    likelihood: impl Fn(&str) -> f64,
) -> Option<Elsewhere<'a>> {
    let answer = path.last()?.code();
    let goods = Goods::new(query, &index.vocabulary);
    let is_on_way = |term: TermId| {
        path.iter().any(|row| index.rows.get(row.code()).is_some_and(|terms| terms.contains_key(&term)))
    };
    let likeliest = |transfer: &Transfer| {
        let places = transfer.places.iter().rev().map(|place| (likelihood(place), place.clone()));
        places.max_by(|(left, _), (right, _)| left.total_cmp(right))
    };
    let is_possible =
        |likelihood: f64, place: &str| likelihood >= POSSIBLE || goods.are_named_under(place, index);
    let sent_by = |row: &Entry, language: Language, transfer: &Transfer| {
        let (likelihood, place) = likeliest(transfer)?;
        let is_elsewhere = !transfer.places.iter().any(|place| answer.starts_with(place));
        let share = goods.share(transfer, language);
        let is_new = !goods.are_known(transfer, language, is_on_way);
        let is_close = row.level() > Level::Chapter || is_new && goods.are_named(transfer, language);
        let is_meant = is_elsewhere
            && is_close
            && !goods.are_denied(transfer, language)
            && (share >= 1.0 && is_new || share >= MOST && is_possible(likelihood, &place));
        is_meant.then_some(place)
    };
    let rows = path.iter().rev().take_while(|row| row.level() >= Level::Chapter);
    let texts = rows.flat_map(|row| {
        Language::ALL.into_iter().filter_map(move |language| Some((*row, language, row.note(language)?)))
    });
    texts.into_iter().find_map(|(row, language, note)| {
        let transfers = notes::transfers(note, language, &index.vocabulary);
        let place = transfers.iter().find_map(|transfer| sent_by(row, language, transfer))?;
        Some(Elsewhere { row, place })
    })
}

/// The words of a description, prepared for the comparison with notes.
struct Goods<'a> {
    vocabulary: &'a Vocabulary,
    /// The terms of the words about the goods, with the noun of each compound.
    terms: BTreeSet<TermId>,
    /// The terms of the parts of these words: the vacuum of "vacuümfles", the wall of "dubbelwandig".
    parts: BTreeSet<TermId>,
    /// The terms of the nouns that name the goods.
    nouns: BTreeSet<TermId>,
    /// The terms of things that the goods do not have.
    denied: &'a BTreeSet<TermId>,
}

impl<'a> Goods<'a> {
    fn new(query: &'a Query, vocabulary: &'a Vocabulary) -> Self {
        let parts = |find: fn(&Vocabulary, &str) -> Vec<TermId>| {
            move |word: &QueryWord| {
                let words = text::words(&word.surface);
                words.iter().flat_map(|word| find(vocabulary, &word.folded)).collect::<Vec<_>>()
            }
        };
        let names = |word: &QueryWord| {
            let own = word.lookups.iter().map(|lookup| lookup.term);
            own.chain(parts(noun_of_compound)(word)).collect::<Vec<_>>()
        };
        Self {
            vocabulary,
            terms: query.of_the_goods().flat_map(names).collect(),
            parts: query.of_the_goods().flat_map(parts(parts_of_word)).collect(),
            nouns: query.nouns().flat_map(names).collect(),
            denied: &query.denied,
        }
    }

    /// The share of the transfer's words that the description contains, from 0 to 1. The noun must be a word of its
    /// own: a coffee mug is not coffee.
    fn share(&self, transfer: &Transfer, language: Language) -> f64 {
        let noun = transfer.noun();
        let is_said = |word: &&str| {
            let is_part = Some(*word) != noun;
            self.is(word, language, |term| {
                self.terms.contains(&term) || is_part && self.parts.contains(&term)
            })
        };
        share(transfer.words().filter(is_said).count(), transfer.words().count())
    }

    /// Whether the description names the goods by the noun of the transfer.
    fn are_named(&self, transfer: &Transfer, language: Language) -> bool {
        transfer.noun().is_some_and(|noun| self.is(noun, language, |term| self.nouns.contains(&term)))
    }

    /// Whether a row under a place has a noun that names the goods.
    fn are_named_under(&self, place: &str, index: &Index) -> bool {
        let rows = index.rows.range(place.to_owned()..).take_while(|(code, _)| code.starts_with(place));
        rows.map(|(_, terms)| terms).any(|terms| self.nouns.iter().any(|noun| terms.contains_key(noun)))
    }

    /// Whether the description says that the goods lack something that the transfer names.
    fn are_denied(&self, transfer: &Transfer, language: Language) -> bool {
        let of_word = |word: &str| {
            let parts = self.vocabulary.split(word).map(|(first, last)| [first, last]);
            let words = [word].into_iter().chain(parts.into_iter().flatten());
            let mut terms = words.filter_map(|word| self.vocabulary.find(word, language));
            terms.any(|term| self.denied.contains(&term))
        };
        transfer.words().any(of_word)
    }

    /// Whether `is_known` holds for each word of the transfer.
    fn are_known(&self, transfer: &Transfer, language: Language, is_known: impl Fn(TermId) -> bool) -> bool {
        transfer.words().all(|word| self.is(word, language, &is_known))
    }

    /// Whether `is_one` holds for a folded word of a note, or for each of its parts.
    fn is(&self, word: &str, language: Language, is_one: impl Fn(TermId) -> bool) -> bool {
        let is_one = |word: &str| self.vocabulary.find(word, language).is_some_and(&is_one);
        is_one(word) || self.vocabulary.split(word).is_some_and(|(first, last)| is_one(first) && is_one(last))
    }
}

/// The term of the noun of a folded Dutch compound.
fn noun_of_compound(vocabulary: &Vocabulary, folded: &str) -> Vec<TermId> {
    let noun = vocabulary.noun_of_compound(folded);
    noun.and_then(|noun| vocabulary.find(noun, Language::Nl)).into_iter().collect()
}

/// The terms of the parts of a folded word, in either language.
fn parts_of_word(vocabulary: &Vocabulary, folded: &str) -> Vec<TermId> {
    let compound = vocabulary.split(folded).map(|(first, last)| [first, last]);
    let parts = compound.into_iter().flatten().chain(vocabulary.noun_of_adjective(folded));
    let terms = |part| Language::ALL.into_iter().filter_map(move |language| vocabulary.find(part, language));
    parts.flat_map(terms).collect()
}

#[expect(clippy::cast_precision_loss, reason = "a note has few words")]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Engine, Precedents};
    use crate::nomenclature::Nomenclature;

    /// Tests all notes of the seed in both languages: goods described in the words of a note are those that it sends
    /// elsewhere.
    #[test]
    fn whatever_is_sent_elsewhere_is_doubted_and_has_the_place_beside_it() {
        let nomenclature = Nomenclature::embedded().unwrap_or_else(|error| panic!("{error}"));
        let engine = Engine::new(&nomenclature);
        let vocabulary = &engine.index().vocabulary;
        for language in Language::ALL {
            let (mut warned, mut by_chapters) = (0, 0);
            for row in nomenclature.rows() {
                let note = row.note(language).unwrap_or_default();
                for transfer in notes::transfers(note, language, vocabulary) {
                    for place in &transfer.places {
                        let mut under = nomenclature.under(place);
                        assert!(under.any(|row| row.level() == Level::Subheading), "{note}: {place}");
                    }
                    let words: Vec<_> =
                        transfer.quality.iter().chain(&transfer.kind).map(String::as_str).collect();
                    let description = format!("{}, {}", row.label(language), words.join(" "));
                    let outcome = engine.classify(&description, Language::En, &Precedents::default());
                    let outcome = outcome.expect("an answer");
                    let Some((_, told)) = outcome.reasoning.split_once("what this note sends to ") else {
                        continue;
                    };
                    let told = told.split(". ").next().expect("a place");
                    let place = told.trim_start_matches("chapter ").replace('.', "");
                    let first = outcome.alternatives.first().map(|first| first.code.as_str());
                    let is_beside = first.is_some_and(|code| code.starts_with(&place));
                    // A code in a whole chapter is an alternative only if other words match it too.
                    assert!(is_beside || place.len() == 2, "{description}: {outcome:?}");
                    assert!(outcome.confidence <= 67, "{description}: {outcome:?}");
                    warned += 1;
                    by_chapters += usize::from(place.len() == 2);
                }
            }
            assert!(warned > 100 && by_chapters > 10, "{language:?}: {warned} {by_chapters}");
        }
    }
}
