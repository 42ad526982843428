//! Precedents: the verdicts of an organisation's reviewers on earlier products. A verdict on a similar product weighs
//! more than any word of the nomenclature.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use import8_api::HsCode;

use super::index::Index;
use super::ranking::{self, Candidate};
use super::text;

/// The lowest likeness of two descriptions, from 0 to 1, at which the verdict on one is a precedent for the other.
const ALIKE: f64 = 0.5;

/// The score that a verdict on the same description adds to its code, as a share of the best score.
const WEIGHT: f64 = 1.5;

/// The most words of a description that are compared.
const LONGEST: usize = 60;

/// The most verdicts that are compared with a description: those that share its rarest words.
const COMPARED: usize = 500;

/// The most verdicts that are remembered per organisation: the newest.
const REMEMBERED: usize = 20_000;

/// The probability, in percent, that a verdict is right for the same description, because reviewers make mistakes
/// too.
const TRUST: f64 = 95.0;

/// The remembered verdicts of one organisation.
#[derive(Clone, Debug, Default)]
pub struct Precedents {
    by_key: HashMap<i64, Precedent>,
    /// The keys of the precedents that have each word.
    by_word: HashMap<String, BTreeSet<i64>>,
    /// The keys of the precedents, by age.
    by_age: BTreeMap<u64, i64>,
    /// The number of verdicts inserted so far. It is the age of the newest one.
    count: u64,
}

#[derive(Clone, Debug)]
struct Precedent {
    description: String,
    words: BTreeSet<String>,
    code: HsCode,
    /// The value of `count` after its insertion: a higher one is newer.
    age: u64,
}

/// A precedent: a verdict on a product with a similar description.
#[derive(Clone, Debug)]
pub(super) struct Similar<'a> {
    /// The earlier description.
    pub(super) description: &'a str,
    /// The code that the reviewer confirmed or gave.
    pub(super) code: HsCode,
    /// The likeness of the descriptions, from [`ALIKE`] to 1.
    pub(super) likeness: f64,
}

impl Similar<'_> {
    /// The probability, in percent, that the verdict is right for the new product too.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 95")]
    pub(super) fn percent(&self) -> u8 {
        (TRUST * self.likeness).round() as u8
    }
}

impl Precedents {
    /// Adds a verdict: `code` is right for a description. A second verdict under the same key replaces the first.
    pub fn insert(&mut self, key: i64, description: &str, code: HsCode) {
        self.forget(key);
        let words = words(description);
        for word in &words {
            self.by_word.entry(word.clone()).or_default().insert(key);
        }
        self.count += 1;
        self.by_age.insert(self.count, key);
        let description = description.to_owned();
        self.by_key.insert(key, Precedent { description, words, code, age: self.count });
        if self.by_key.len() > REMEMBERED
            && let Some((_, oldest)) = self.by_age.pop_first()
        {
            self.forget(oldest);
        }
    }

    fn forget(&mut self, key: i64) {
        let Some(earlier) = self.by_key.remove(&key) else { return };
        self.by_age.remove(&earlier.age);
        for word in earlier.words {
            if let Entry::Occupied(mut keys) = self.by_word.entry(word) {
                keys.get_mut().remove(&key);
                if keys.get().is_empty() {
                    keys.remove();
                }
            }
        }
    }

    /// The precedents for a description, most similar first; equally similar ones newest first.
    pub(super) fn similar<'a>(&'a self, description: &str, index: &Index) -> Vec<Similar<'a>> {
        let words = words(description);
        let weight = |words: &mut dyn Iterator<Item = &String>| -> f64 {
            words.map(|word| index.rarity_of_word(word)).sum()
        };
        let likeness = |precedent: &Precedent| {
            let all = weight(&mut words.union(&precedent.words));
            if all > 0.0 { weight(&mut words.intersection(&precedent.words)) / all } else { 0.0 }
        };
        let compared = self.sharing(&words);
        let alike = compared.iter().map(|precedent| (likeness(precedent), *precedent));
        let mut alike: Vec<_> = alike.filter(|(likeness, _)| *likeness >= ALIKE).collect();
        alike.sort_by(|(left, one), (right, other)| right.total_cmp(left).then(other.age.cmp(&one.age)));
        // Of several verdicts on the same words, the newest counts.
        let mut seen = HashSet::new();
        alike.retain(|(_, precedent)| seen.insert(&precedent.words));
        let similar = |(likeness, precedent): (f64, &'a Precedent)| Similar {
            description: &precedent.description,
            code: precedent.code,
            likeness,
        };
        alike.into_iter().map(similar).collect()
    }

    /// The verdicts that share a word with the description, those that share its rarest words first.
    fn sharing(&self, words: &BTreeSet<String>) -> Vec<&Precedent> {
        let mut lists: Vec<_> = words.iter().filter_map(|word| self.by_word.get(word)).collect();
        lists.sort_by_key(|keys| keys.len());
        let mut seen = HashSet::new();
        let newest_first = lists.into_iter().flat_map(|keys| keys.iter().rev());
        let keys = newest_first.filter(|key| seen.insert(**key)).take(COMPARED);
        keys.filter_map(|key| self.by_key.get(key)).collect()
    }
}

/// Adds the score of precedents to the candidates, and sorts them again.
pub(super) fn weigh(candidates: &mut Vec<Candidate>, similar: &[Similar<'_>]) {
    let best = candidates.first().map_or(1.0, |candidate| candidate.score);
    let mut said = HashSet::new();
    for precedent in similar {
        let Some(code) = precedent.code.bare().get(..6) else { continue };
        // Only the most similar verdict counts for a code.
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
    text::words(description).into_iter().take(LONGEST).map(|word| word.folded).collect()
}
