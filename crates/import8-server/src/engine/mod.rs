//! Finds the commodity code of a product from its description.
//!
//! The description is matched against the words of the nomenclature's lowest rows (`index`), which
//! are then ranked with their headings and chapters in view (`ranking`). The answer says how sure
//! it is (`confidence`) and why (`reasons`). Nothing is random: equal scores are ordered by code.
#![expect(clippy::float_arithmetic, reason = "scores are estimates, not money")]

mod confidence;
mod elsewhere;
mod facets;
mod foreign;
mod index;
mod indexing;
mod language;
mod notes;
mod precedents;
mod query;
mod ranking;
mod reasons;
mod stop_words;
#[cfg(test)]
mod tests;
mod text;
mod vocabulary;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::OnceLock;

use serde::Serialize;

use self::confidence::Clarity;
use self::elsewhere::Elsewhere;
use self::index::Index;
use self::precedents::Similar;
use self::query::Query;
use self::reasons::Reasons;
use crate::language::Language;
use crate::nomenclature::{Entry, Level, Nomenclature};

pub use self::language::detect_language;
pub use self::precedents::Precedents;
pub use self::ranking::Candidate;

/// How many other codes an answer names at most.
const ALTERNATIVES: usize = 4;
/// How many digits a chapter has.
const CHAPTER_DIGITS: usize = 2;
/// An alternative scores at least this share of the answer.
const PLAUSIBLE: f64 = 0.4;
/// Descriptions at least this alike, from 0 to 1, are of the same product.
const SAME_PRODUCT: f64 = 0.9;
/// Share of its score that an alternative keeps for each better code under its heading.
const REPEATED_HEADING: f64 = 0.75;

/// The code found for a description, and why.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FoundCode {
    /// Six digits; four where the seed does not divide the heading, and then `cn` is empty.
    pub code: String,
    /// The eight-digit Combined Nomenclature codes under `code`, ascending; the one that a reviewer
    /// found right for the same goods, if there is one.
    pub cn: Vec<String>,
    /// The chance in percent, from 0 to 100, that all digits of `code` are right.
    pub confidence: u8,
    /// Two to six sentences in the language asked for; those that warn begin with "Warning:" or "Let op:".
    pub reasoning: String,
    /// The section, chapter, heading and subheading, as far as the code goes.
    pub decision_tree: Vec<Step>,
    /// Up to four other codes, none of them `code`: first the one that a note in the reasoning sends the goods
    /// to, where something speaks for a code there, then the best.
    pub alternatives: Vec<Alternative>,
}

/// A step from the section down to the code.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// How deep the step is.
    pub level: Level,
    /// The Roman numeral of a section, else digits.
    pub code: String,
    /// The label in the language asked for.
    pub label: String,
}

/// Another code that something in the description speaks for.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Alternative {
    /// Six digits; four where the seed does not divide the heading.
    pub code: String,
    /// The label in the language asked for.
    pub label: String,
    /// What spoke for it and what would have to be true, in the language asked for.
    pub reasoning: String,
}

/// Finds codes in one nomenclature.
pub struct Engine {
    nomenclature: Nomenclature,
    /// Made when the first description asks for it, so that a server answers everything else at once.
    index: OnceLock<Index>,
}

impl fmt::Debug for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Engine(…)")
    }
}

impl Engine {
    /// An engine that indexes the nomenclature at its first use, which then takes some tenths of a second
    /// longer.
    pub fn new(nomenclature: &Nomenclature) -> Self {
        Self { nomenclature: nomenclature.clone(), index: OnceLock::new() }
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| indexing::index(&self.nomenclature))
    }

    /// The code that fits the description best, explained in `language`; `None` when no word of it
    /// is known and no precedent is like it.
    ///
    /// The description may be in either language, whatever `language` is.
    pub fn classify(
        &self,
        description: &str,
        language: Language,
        precedents: &Precedents,
    ) -> Option<FoundCode> {
        let query = Query::new(description, &self.index().vocabulary);
        let mut candidates = ranking::rank(self.index(), &query);
        let clarity = self.clarity(&candidates, &query);
        let mut similar = precedents.similar(description, self.index());
        // Codes of which not even the heading is known depend on more than the goods.
        similar.retain(|similar| !self.path(similar.code.bare()).is_empty());
        precedents::weigh(&mut candidates, &similar);
        let best = candidates.first()?;
        let precedent = similar.iter().find(|similar| similar.code.bare().starts_with(&best.code));
        let path = self.path(&best.code);
        let answer = path.last()?;
        let reasons = Reasons { index: self.index(), query: &query, language };
        let runner_up = runner_up(&candidates).and_then(|code| self.nomenclature.get(code));
        let elsewhere = self.elsewhere(&path, &query, &candidates).filter(|_| precedent.is_none());
        let found = confidence::percent(Clarity { is_elsewhere: elsewhere.is_some(), ..clarity });
        Some(FoundCode {
            code: best.code.clone(),
            cn: cn_codes(answer, precedent),
            confidence: precedent.map_or(found, |precedent| found.max(precedent.percent())),
            reasoning: reasons.for_answer(&path, runner_up, precedent, elsewhere.as_ref()),
            decision_tree: path.iter().map(|entry| Step::new(entry, language)).collect(),
            alternatives: self.alternatives(&candidates, elsewhere.as_ref(), &reasons),
        })
    }

    /// The `limit` best codes for the description, best first; none when no word of it is known.
    ///
    /// Codes have six digits where the seed divides the heading; a heading that it does not divide
    /// stands for itself with four.
    pub fn rank(&self, description: &str, limit: usize) -> Vec<Candidate> {
        let query = Query::new(description, &self.index().vocabulary);
        let mut candidates = ranking::rank(self.index(), &query);
        candidates.truncate(limit);
        candidates
    }

    /// That a description is in a language that the engine does not read, in `language`.
    pub fn foreign(&self, description: &str, language: Language) -> Option<String> {
        let query = Query::new(description, &self.index().vocabulary);
        query.foreign.map(|foreign| reasons::in_foreign(foreign, language))
    }

    fn clarity(&self, candidates: &[Candidate], query: &Query) -> Clarity {
        let Some(best) = candidates.first() else {
            return Clarity::default();
        };
        let margin = |next: Option<&Candidate>| 1.0 - next.map_or(0.0, |next| next.score / best.score);
        let beside = |other: &&Candidate| other.heading() == best.heading();
        let evidence = self.index().evidence(&best.code, query);
        Clarity {
            heading_margin: margin(candidates.iter().find(|other| !beside(other))),
            row_margin: margin(candidates.iter().skip(1).find(beside)),
            coverage: evidence.coverage,
            support: evidence.support,
            is_foreign: query.foreign.is_some(),
            is_elsewhere: false,
        }
    }

    /// The way down to a code as far as it is known: a person may have given one whose heading is all that is.
    fn path(&self, code: &str) -> Vec<&Entry> {
        let down_to = |digits| code.get(..digits).map(|code| self.nomenclature.path(code));
        [6, 4].into_iter().filter_map(down_to).find(|path| !path.is_empty()).unwrap_or_default()
    }

    /// The note that sends the goods elsewhere.
    fn elsewhere<'a>(
        &self,
        path: &[&'a Entry],
        query: &Query,
        candidates: &[Candidate],
    ) -> Option<Elsewhere<'a>> {
        let best = candidates.first()?.score;
        let likelihood = |place: &str| {
            let likeliest = candidates.iter().find(|candidate| candidate.code.starts_with(place));
            likeliest.map_or(0.0, |candidate| candidate.score / best)
        };
        elsewhere::elsewhere(path, query, self.index(), likelihood)
    }

    /// What else the goods may be; where a note sends them is the first of it.
    fn alternatives(
        &self,
        candidates: &[Candidate],
        elsewhere: Option<&Elsewhere<'_>>,
        reasons: &Reasons<'_>,
    ) -> Vec<Alternative> {
        let sent = elsewhere.and_then(|elsewhere| self.likeliest_under(&elsewhere.place, candidates));
        let others = alternatives(candidates).into_iter().map(|candidate| candidate.code.as_str());
        let codes = sent.into_iter().chain(others.filter(|code| Some(*code) != sent)).take(ALTERNATIVES);
        let explained = |code: &str| {
            let path = self.nomenclature.path(code);
            path.last().map(|entry| Alternative {
                code: code.to_owned(),
                label: entry.label(reasons.language).to_owned(),
                reasoning: reasons.for_alternative(&path),
            })
        };
        codes.filter_map(explained).collect()
    }

    /// The code under a place that a note names: the best candidate there, or the first there is where no word
    /// of the description speaks for any. The first code of a whole chapter would be any of a hundred: none.
    fn likeliest_under<'a>(&'a self, place: &str, candidates: &'a [Candidate]) -> Option<&'a str> {
        let candidate = candidates.iter().find(|candidate| candidate.code.starts_with(place));
        let first = self.nomenclature.under(place).find(|entry| entry.level() == Level::Subheading);
        let first = first.filter(|_| place.len() > CHAPTER_DIGITS).map(Entry::code);
        candidate.map(|candidate| candidate.code.as_str()).or(first)
    }
}

impl Step {
    fn new(entry: &Entry, language: Language) -> Self {
        Self { level: entry.level(), code: entry.code().to_owned(), label: entry.label(language).to_owned() }
    }
}

/// The CN codes to choose from; one, if a reviewer chose it for a product that is much the same, whether or not it
/// is known here.
fn cn_codes(answer: &Entry, precedent: Option<&Similar<'_>>) -> Vec<String> {
    let same = precedent.filter(|precedent| precedent.likeness >= SAME_PRODUCT);
    let chosen = same.and_then(|precedent| precedent.code.bare().get(..8)).map(str::to_owned);
    chosen.map_or_else(|| answer.cn().to_vec(), |code| vec![code])
}

/// The next code under the best one's heading, else the next of all.
fn runner_up(candidates: &[Candidate]) -> Option<&str> {
    let (best, others) = candidates.split_first()?;
    let sibling = others.iter().find(|other| other.heading() == best.heading());
    sibling.or(others.first()).map(|candidate| candidate.code.as_str())
}

/// The candidates after the first that are plausible, best first, where each further code of a
/// heading counts less.
fn alternatives(candidates: &[Candidate]) -> Vec<&Candidate> {
    let Some((best, others)) = candidates.split_first() else {
        return Vec::new();
    };
    let mut seen = BTreeMap::from([(best.heading(), REPEATED_HEADING)]);
    let mut plausible = Vec::new();
    for other in others.iter().take_while(|other| other.score >= PLAUSIBLE * best.score) {
        let share = seen.entry(other.heading()).or_insert(1.0);
        plausible.push((other.score * *share, other));
        *share *= REPEATED_HEADING;
    }
    plausible.sort_by(|(left, _), (right, _)| right.total_cmp(left));
    plausible.into_iter().map(|(_, candidate)| candidate).take(ALTERNATIVES).collect()
}
