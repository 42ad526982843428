//! The classifier: finds the commodity code of a product from its description in English or Dutch.
//!
//! It matches the words of the description with those of the nomenclature's lowest rows (`index`) and ranks the rows
//! together with their headings and chapters (`ranking`). The answer has a calibrated confidence (`confidence`) and
//! reasons (`reasons`). It has no I/O and nothing is random: rows with equal scores are ordered by code.
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

/// The most alternatives of an answer.
const ALTERNATIVES: usize = 4;
/// The number of digits of a chapter.
const CHAPTER_DIGITS: usize = 2;
/// The lowest score of an alternative, as a share of the answer's.
const PLAUSIBLE: f64 = 0.4;
/// The lowest likeness, from 0 to 1, of two descriptions of the same product.
const SAME_PRODUCT: f64 = 0.9;
/// The share of its score that an alternative keeps for each better code under the same heading.
const REPEATED_HEADING: f64 = 0.75;

/// The code found for a description, with its confidence, reasons and alternatives.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FoundCode {
    /// Six digits.
    pub code: String,
    /// The eight-digit CN codes under `code`, ascending. If a reviewer gave a CN code for the same goods, only that
    /// one.
    pub cn: Vec<String>,
    /// The probability in percent, from 0 to 100, that all digits of `code` are right.
    pub confidence: u8,
    /// Two to six sentences in the requested language. Warnings begin with "Warning:" or "Let op:".
    pub reasoning: String,
    /// The section, chapter, heading and subheading, as far as the code goes.
    pub decision_tree: Vec<Step>,
    /// Up to four other codes, best first. If the reasoning warns that a note sends the goods elsewhere, a code of
    /// that place comes first; for a whole chapter only if words of the description match a code there.
    pub alternatives: Vec<Alternative>,
}

/// A step from the section down to the code.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// The level of the step.
    pub level: Level,
    /// The Roman numeral of a section; otherwise digits.
    pub code: String,
    /// The label in the requested language.
    pub label: String,
}

/// Another possible code for the description.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Alternative {
    /// Six digits.
    pub code: String,
    /// The label in the requested language.
    pub label: String,
    /// The words that match it, and the condition under which it is right, in the requested language.
    pub reasoning: String,
}

/// A classifier for one nomenclature. Create one and share it.
pub struct Engine {
    nomenclature: Nomenclature,
    /// Built for the first description, so that the server answers other requests right after its start.
    index: OnceLock<Index>,
}

impl fmt::Debug for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Engine(…)")
    }
}

impl Engine {
    /// Creates an engine for a nomenclature. Its first use builds the index, which takes some tenths of a second.
    pub fn new(nomenclature: &Nomenclature) -> Self {
        Self { nomenclature: nomenclature.clone(), index: OnceLock::new() }
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| indexing::index(&self.nomenclature))
    }

    /// The best code for a description, explained in `language`; `None` if no word of the description is known and
    /// there is no precedent. The description may be in either language.
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
        // The tariff has all headings, so a code without a known heading is one of its reserved chapters and depends
        // on more than the goods.
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

    /// The `limit` best codes of six digits for a description, best first; empty if no word of it is known.
    pub fn rank(&self, description: &str, limit: usize) -> Vec<Candidate> {
        let query = Query::new(description, &self.index().vocabulary);
        let mut candidates = ranking::rank(self.index(), &query);
        candidates.truncate(limit);
        candidates
    }

    /// The warning, in `language`, that a description is in a language that the engine does not read; `None` for
    /// English and Dutch.
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

    /// The rows from the section down to a code. They end at the heading for a person's code of which only the
    /// heading is known.
    fn path(&self, code: &str) -> Vec<&Entry> {
        let down_to = |digits| code.get(..digits).map(|code| self.nomenclature.path(code));
        [6, 4].into_iter().filter_map(down_to).find(|path| !path.is_empty()).unwrap_or_default()
    }

    /// The note, if any, that sends such goods elsewhere.
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

    /// The alternatives, explained; a code of the place to which a note sends the goods comes first.
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

    /// The code under a place that a note names: the best candidate there, else the first code there. A whole chapter
    /// has no such first code, because it would be one of a hundred.
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

/// The CN codes of an answer. If a reviewer gave a CN code for the same product, only that one, even if the seed does
/// not contain it.
fn cn_codes(answer: &Entry, precedent: Option<&Similar<'_>>) -> Vec<String> {
    let same = precedent.filter(|precedent| precedent.likeness >= SAME_PRODUCT);
    let chosen = same.and_then(|precedent| precedent.code.bare().get(..8)).map(str::to_owned);
    chosen.map_or_else(|| answer.cn().to_vec(), |code| vec![code])
}

/// The runner-up: the next code under the best one's heading, else the next code overall.
fn runner_up(candidates: &[Candidate]) -> Option<&str> {
    let (best, others) = candidates.split_first()?;
    let sibling = others.iter().find(|other| other.heading() == best.heading());
    sibling.or(others.first()).map(|candidate| candidate.code.as_str())
}

/// The plausible candidates after the first, best first. Each further code of a heading counts less.
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
