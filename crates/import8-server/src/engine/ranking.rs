//! Orders the lowest rows: a row gains from the rows beside it, and cues of material, audience and
//! fabric steer.

use std::collections::BTreeMap;

use serde::Serialize;

use super::index::{Document, Index};
use super::query::Query;

/// Change for each cue that a row shares with the description, or gives another answer to.
const CUE: f64 = 0.15;
/// Gain of a subheading that takes what the others do not name. In the Harmonized System its last
/// digit is 9, or 8 when parts come after it, and most goods on sale end up there.
const RESIDUAL: f64 = 0.08;
/// Share of a heading's score that each next subheading adds, falling by this factor.
const NEXT_SUBHEADING: f64 = 0.15;
/// How much a row's heading counts beside the row itself.
const HEADING_SHARE: f64 = 0.6;
/// How much a row's chapter counts beside the row itself.
const CHAPTER_SHARE: f64 = 0.1;

/// A code that may be right.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Candidate {
    /// Six digits; four for a heading that the seed does not divide.
    pub code: String,
    /// Above 0 and without unit: only for comparing candidates for one description.
    pub score: f64,
}

impl Candidate {
    /// The first four digits.
    pub fn heading(&self) -> &str {
        self.code.get(..4).unwrap_or(&self.code)
    }
}

/// All rows that something in the description speaks for, best first; equal scores in order of
/// code.
pub(super) fn rank(index: &Index, query: &Query) -> Vec<Candidate> {
    let steered = |(document, score): (&Document, f64)| Candidate {
        code: document.code.clone(),
        score: score * steering(document, query),
    };
    let scores = index.scores(query);
    let mut candidates: Vec<Candidate> =
        index.documents.iter().zip(scores).filter(|(_, score)| *score > 0.0).map(steered).collect();
    let headings = group_scores(&candidates, 4);
    let chapters = group_scores(&candidates, 2);
    let group = |scores: &BTreeMap<String, f64>, code: &str, digits: usize| {
        code.get(..digits).and_then(|group| scores.get(group)).copied().unwrap_or_default()
    };
    for Candidate { code, score } in &mut candidates {
        *score += HEADING_SHARE * group(&headings, code, 4) + CHAPTER_SHARE * group(&chapters, code, 2);
    }
    sort(&mut candidates);
    candidates
}

/// Puts the best first; equal scores in order of code.
pub(super) fn sort(candidates: &mut [Candidate]) {
    candidates
        .sort_by(|left, right| right.score.total_cmp(&left.score).then_with(|| left.code.cmp(&right.code)));
}

/// The factor by which cues and the residual place change a row's score; about 0.6 to 1.5.
fn steering(document: &Document, query: &Query) -> f64 {
    let agreement = f64::from(query.facets.agreement(document.facets));
    let is_residual =
        document.code.len() == 6 && document.code.ends_with(['8', '9']) || document.code.ends_with("90");
    let residual = if is_residual { RESIDUAL } else { 0.0 };
    1.0 + CUE * agreement + residual
}

/// The score of each heading or chapter: its best row's, and falling shares of the next ones'.
fn group_scores(candidates: &[Candidate], digits: usize) -> BTreeMap<String, f64> {
    let mut groups: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for Candidate { code, score } in candidates {
        let group = code.get(..digits).unwrap_or(code);
        groups.entry(group.to_owned()).or_default().push(*score);
    }
    groups.into_iter().map(|(group, scores)| (group, falling_sum(scores))).collect()
}

fn falling_sum(mut scores: Vec<f64>) -> f64 {
    scores.sort_by(|left, right| right.total_cmp(left));
    scores.iter().rev().fold(0.0, |sum, score| score + NEXT_SUBHEADING * sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_gains_from_its_next_rows() {
        assert!((falling_sum(vec![1.0, 4.0, 2.0]) - (4.0 + 0.15 * (2.0 + 0.15))).abs() < 1e-9);
        assert!(falling_sum(Vec::new()).abs() < 1e-9);
    }
}
