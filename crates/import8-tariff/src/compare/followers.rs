//! The codes that goods of an ended code may have now, found by their place and their text.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::change::Candidate;
use super::side::Side;
use crate::GoodsCode;

/// The most candidates for a code: the list is for a person to choose from.
const MOST: usize = 5;

/// What a candidate gains by being new, in points of overlap: goods of an ended code seldom go to an old one.
const NEW: u32 = 25;

/// What a candidate gains by being under the same subheading.
const SAME_SUBHEADING: u32 = 15;

/// The codes of `there` that goods of a `code` of `here` may have, which `there` does not have; the likeliest first.
pub(super) fn followers(
    here: &Side<'_>,
    there: &Side<'_>,
    code: GoodsCode,
    language: Option<&str>,
) -> Vec<Candidate> {
    let Some(above) = code.with_ancestors().skip(1).find(|above| there.line(*above).is_some()) else {
        return Vec::new();
    };
    let own = words(here, code, language);
    let candidate = |code: GoodsCode, is_certain| {
        let overlap = overlap(&own, &words(there, code, language));
        Candidate { code, overlap, is_certain }
    };
    // Nothing is below the code above: all its goods are declared under itself. A chapter never has goods.
    let is_declarable = there.line(above).is_some_and(|line| line.declarable != Some(false));
    if is_declarable && there.is_last(above) && above.significant().len() > 2 {
        return vec![candidate(above, true)];
    }
    let heading =
        code.with_ancestors().find(|one| one.significant().len() == 4 && there.line(*one).is_some());
    let is_new = |code: GoodsCode| here.line(code).is_none();
    // A chapter is large: of it, only codes that are new too.
    let last = there.last_below(heading.unwrap_or(above)).filter(|&one| heading.is_some() || is_new(one));
    let mut candidates: Vec<_> = last.map(|code| candidate(code, false)).collect();
    let subheading = code.as_str().get(..6).unwrap_or_default();
    let rank = |one: &Candidate| {
        let gain = |is_so: bool, points: u32| if is_so { points } else { 0 };
        let is_beside = one.code.as_str().starts_with(subheading);
        u32::from(one.overlap) + gain(is_new(one.code), NEW) + gain(is_beside, SAME_SUBHEADING)
    };
    candidates.retain(|one| rank(one) > 0);
    candidates.sort_by_key(|one| (Reverse(rank(one)), one.code));
    candidates.truncate(MOST);
    candidates
}

/// The words of the texts from below the heading down to a code.
fn words(side: &Side<'_>, code: GoodsCode, language: Option<&str>) -> BTreeSet<String> {
    let texts = language.map(|language| side.path(code, language)).unwrap_or_default();
    let words = texts.into_iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
    words.filter(|word| word.chars().count() > 2).map(str::to_lowercase).collect()
}

/// The part of the words of both texts that they share, in per cent, rounded down.
fn overlap(one: &BTreeSet<String>, other: &BTreeSet<String>) -> u8 {
    let shared = one.intersection(other).count();
    let percent = (200 * shared).checked_div(one.len() + other.len()).unwrap_or_default();
    u8::try_from(percent).unwrap_or(100)
}
