//! What reviewers said of earlier products of the same organisation: its own practice weighs more than
//! any word list.

use std::collections::{BTreeSet, HashMap, HashSet};

use import8_api::HsCode;

use super::index::Index;
use super::ranking::{self, Candidate};
use super::text;

/// The least likeness of two descriptions, from 0 to 1, for the verdict on one to say something of
/// the other.
const ALIKE: f64 = 0.5;

/// What a verdict on the very same description adds to its code, as a share of the best score.
const WEIGHT: f64 = 1.5;

/// The chance, in percent, that a verdict holds for the very same description. People err too.
const TRUST: f64 = 95.0;

/// The verdicts of one organisation.
#[derive(Clone, Debug, Default)]
pub struct Precedents {
    by_key: HashMap<i64, Precedent>,
    /// The keys of the precedents that have each word.
    by_word: HashMap<String, HashSet<i64>>,
}

#[derive(Clone, Debug)]
struct Precedent {
    description: String,
    words: BTreeSet<String>,
    code: HsCode,
}

/// A verdict on a product that is like the one at hand.
#[derive(Clone, Debug)]
pub(super) struct Similar<'a> {
    /// The earlier description.
    pub(super) description: &'a str,
    /// The code that the reviewer found right.
    pub(super) code: HsCode,
    /// How alike the descriptions are, from [`ALIKE`] to 1.
    pub(super) likeness: f64,
}

impl Similar<'_> {
    /// The chance, in percent, that the verdict holds for the product at hand too.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 95")]
    pub(super) fn percent(&self) -> u8 {
        (TRUST * self.likeness).round() as u8
    }
}

impl Precedents {
    /// Notes that `code` is right for a description. A second verdict under the same key replaces
    /// the first.
    pub fn learn(&mut self, key: i64, description: &str, code: HsCode) {
        if let Some(earlier) = self.by_key.remove(&key) {
            for word in &earlier.words {
                if let Some(keys) = self.by_word.get_mut(word) {
                    keys.remove(&key);
                }
            }
        }
        let words = words(description);
        for word in &words {
            self.by_word.entry(word.clone()).or_default().insert(key);
        }
        self.by_key.insert(key, Precedent { description: description.to_owned(), words, code });
    }

    /// The verdicts on descriptions that are like this one, the likest first.
    pub(super) fn similar(&self, description: &str, index: &Index) -> Vec<Similar<'_>> {
        let words = words(description);
        let weight = |words: &mut dyn Iterator<Item = &String>| -> f64 {
            words.map(|word| index.rarity_of_word(word)).sum()
        };
        let keys: BTreeSet<i64> =
            words.iter().filter_map(|word| self.by_word.get(word)).flatten().copied().collect();
        let mut similar: Vec<_> = keys
            .into_iter()
            .filter_map(|key| self.by_key.get(&key))
            .map(|precedent| {
                let shared = weight(&mut words.intersection(&precedent.words));
                let all = weight(&mut words.union(&precedent.words));
                let likeness = if all > 0.0 { shared / all } else { 0.0 };
                Similar { description: &precedent.description, code: precedent.code, likeness }
            })
            .filter(|similar| similar.likeness >= ALIKE)
            .collect();
        similar.sort_by(|left, right| right.likeness.total_cmp(&left.likeness));
        similar
    }
}

/// Adds what the verdicts say to the candidates, of which the best comes first again.
pub(super) fn weigh(candidates: &mut Vec<Candidate>, similar: &[Similar<'_>]) {
    let best = candidates.first().map_or(1.0, |candidate| candidate.score);
    let mut said = HashSet::new();
    for precedent in similar {
        let Some(code) = precedent.code.bare().get(..6) else { continue };
        // The likest one speaks for its code; more of the same say the same.
        if !said.insert(code) {
            continue;
        }
        let gain = WEIGHT * best * precedent.likeness;
        match candidates.iter_mut().find(|candidate| candidate.code == code) {
            Some(candidate) => candidate.score += gain,
            None => candidates.push(Candidate { code: code.to_owned(), score: gain }),
        }
    }
    ranking::sort(candidates);
}

fn words(description: &str) -> BTreeSet<String> {
    text::words(description).into_iter().map(|word| word.folded).collect()
}
