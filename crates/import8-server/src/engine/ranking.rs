//! Ranks the lowest rows for a query: by their own score, the scores of the rows beside them, and their facets.

use std::collections::BTreeMap;

use serde::Serialize;

use super::index::{Document, Index};
use super::query::Query;

/// The change of the score for each facet on which a row and the description agree or disagree.
const CUE: f64 = 0.15;
/// The gain of a residual ("other") subheading, under which most goods on sale belong. Its last digit is 9, or 8 if a
/// subheading of parts follows.
const RESIDUAL: f64 = 0.08;
/// The factor by which each further row of a group adds less to the group's score.
const NEXT_SUBHEADING: f64 = 0.15;
/// The weight of the heading's score, beside the row's own.
const HEADING_SHARE: f64 = 0.6;
/// The weight of the chapter's score, beside the row's own.
const CHAPTER_SHARE: f64 = 0.1;

/// A possible code.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Candidate {
    /// Six digits.
    pub code: String,
    /// Above 0 and without a unit: use it only to compare candidates for one description.
    pub score: f64,
}

impl Candidate {
    /// The first four digits.
    pub fn heading(&self) -> &str {
        self.code.get(..4).unwrap_or(&self.code)
    }
}

/// All rows that match a word of the query, best first; equal scores in order of code.
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

/// Sorts candidates, best first; equal scores in order of code.
pub(super) fn sort(candidates: &mut [Candidate]) {
    candidates
        .sort_by(|left, right| right.score.total_cmp(&left.score).then_with(|| left.code.cmp(&right.code)));
}

/// The factor by which facets and a residual place change a row's score; 0.4 to 1.7.
fn steering(document: &Document, query: &Query) -> f64 {
    let agreement = f64::from(query.facets.agreement(document.facets));
    let is_residual =
        document.code.len() == 6 && document.code.ends_with(['8', '9']) || document.code.ends_with("90");
    let residual = if is_residual { RESIDUAL } else { 0.0 };
    1.0 + CUE * agreement + residual
}

/// The score of each heading or chapter: that of its best row, and falling shares of the next ones.
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
