//! Finds the note of a row that sends goods like those described to another place: "A bottle with a vacuum
//! between its walls goes to 9617."
#![expect(clippy::float_arithmetic, reason = "shares are estimates, not money")]

use std::collections::BTreeSet;

use super::index::Index;
use super::query::Query;
use super::stop_words::{negates, opens_complement};
use super::text;
use super::vocabulary::TermId;
use crate::nomenclature::{Entry, Language, Level};

/// The share of what a note says of goods that the description has too, for a place that other words speak
/// for as well.
const MOST: f64 = 0.6;

/// Words of notes that are about no goods.
const NOTES: &str = "\
    go goes going gaan gaat horen hoort volgen follow usually meestal mostly stay stays blijft blijven \
    here hier heading headings post posten chapter chapters hoofdstuk hoofdstukken onder eg bv \
    can kunnen own eigen sold los verkocht verkochte loose";

/// A note that sends goods elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Elsewhere<'a> {
    /// The row that has the note.
    pub(super) row: &'a Entry,
    /// The digits of the chapter, heading or subheading.
    pub(super) place: String,
}

/// Goods of one kind that a note sends to a place.
#[derive(Debug, PartialEq, Eq)]
struct Sent {
    /// The words that say which goods, folded.
    words: Vec<String>,
    place: String,
}

/// The closest note on the way down to the answer that sends goods like those described to another place:
/// the description has all it says of them, of which the way has not all; or it has most, and the place
/// `is_possible` for other words too.
pub(super) fn elsewhere<'a>(
    path: &[&'a Entry],
    query: &Query,
    index: &Index,
    is_possible: impl Fn(&str) -> bool,
) -> Option<Elsewhere<'a>> {
    let answer = path.last()?.code();
    let is_on_way = |term: &TermId| {
        path.iter().any(|row| index.rows.get(row.code()).is_some_and(|terms| terms.contains_key(term)))
    };
    let about: BTreeSet<TermId> = query.of_the_goods().map(|lookup| lookup.term).collect();
    let is_meant = |sent: &Sent, language| {
        let terms = sent.words.iter().filter_map(|word| index.vocabulary.find(word, language));
        let (said, others): (Vec<_>, Vec<_>) = terms.partition(|term| about.contains(term));
        let is_denied = said.iter().chain(&others).any(|term| query.denied.contains(term));
        let share = share(said.len(), sent.words.len());
        let is_new = !said.iter().all(is_on_way);
        !answer.starts_with(&sent.place)
            && !is_denied
            && (share >= 1.0 && is_new || share >= MOST && is_possible(&sent.place))
    };
    let rows = path.iter().rev().take_while(|row| row.level() >= Level::Heading);
    let notes = rows.flat_map(|row| {
        Language::ALL.into_iter().filter_map(move |language| Some((*row, language, row.note(language)?)))
    });
    notes.into_iter().find_map(|(row, language, note)| {
        let says_something = |word: &str| index.vocabulary.says_something(word);
        let sent = sent_by(note, language, says_something);
        let meant = sent.into_iter().find(|sent| is_meant(sent, language))?;
        Some(Elsewhere { row, place: meant.place })
    })
}

/// Which goods a note sends where.
fn sent_by(note: &str, language: Language, says_something: impl Fn(&str) -> bool) -> Vec<Sent> {
    let sentences = note.split(';').flat_map(|part| part.split(". "));
    sentences.flat_map(|sentence| sent_by_sentence(sentence, language, &says_something)).collect()
}

/// "Straw hats go to 6504, safety hats and fur hats to 6506" is of three kinds; what follows "with" is of
/// all kinds before it. What goods are not, a description seldom says.
fn sent_by_sentence(sentence: &str, language: Language, says_something: impl Fn(&str) -> bool) -> Vec<Sent> {
    let (and, of) = match language {
        Language::En => (["and", "or"], "of"),
        Language::Nl => (["en", "of"], "van"),
    };
    let mut sent = Vec::new();
    let mut kinds: Vec<Vec<String>> = vec![Vec::new()];
    let mut quality = Vec::new();
    let (mut is_quality, mut is_negated, mut is_chapter) = (false, false, false);
    for word in text::words(sentence) {
        let folded = word.folded;
        if is_place(&folded, is_chapter) {
            let told = std::mem::replace(&mut kinds, vec![Vec::new()]).into_iter();
            let told = told.filter(|kind| !kind.is_empty() && !is_negated);
            sent.extend(
                told.map(|kind| Sent { words: [kind, quality.clone()].concat(), place: folded.clone() }),
            );
            quality.clear();
            (is_quality, is_negated) = (false, false);
            continue;
        }
        is_chapter = folded.starts_with("chapter") || folded.starts_with("hoofdstuk");
        is_negated |= negates(&folded) || matches!(folded.as_str(), "no" | "geen");
        is_quality |= folded == of || opens_complement(&folded) && folded != "to";
        let is_next = (word.after_break || and.contains(&folded.as_str())) && !is_quality;
        if is_next && kinds.last().is_some_and(|kind| !kind.is_empty()) {
            kinds.push(Vec::new());
        }
        if NOTES.split(' ').any(|word| word == folded) || !says_something(&folded) {
            continue;
        }
        match kinds.last_mut().filter(|_| !is_quality) {
            Some(kind) => kind.push(folded),
            None => quality.push(folded),
        }
    }
    sent
}

/// Whether a word is the digits of a heading or subheading, or of a chapter where one is named.
fn is_place(folded: &str, is_chapter: bool) -> bool {
    folded.bytes().all(|byte| byte.is_ascii_digit())
        && (matches!(folded.len(), 4 | 6) || is_chapter && folded.len() == 2)
}

#[expect(clippy::cast_precision_loss, reason = "a note has some words")]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Engine, Precedents};
    use crate::nomenclature::Nomenclature;

    fn sent(note: &str, language: Language) -> Vec<(String, String)> {
        let says_something = |word: &str| word.len() > 1 && !["to", "its", "and", "or"].contains(&word);
        let sent = sent_by(note, language, says_something).into_iter();
        sent.map(|sent| (sent.words.join(" "), sent.place)).collect()
    }

    #[test]
    fn a_note_says_which_goods_go_where() {
        let check = |note: &str, language: Language, expected: &[(&str, &str)]| {
            let expected: Vec<_> =
                expected.iter().map(|(words, place)| ((*words).to_owned(), (*place).to_owned())).collect();
            assert_eq!(sent(note, language), expected, "{note}");
        };
        check(
            "A bottle or cup with a vacuum inside goes to 9617.",
            Language::En,
            &[("bottle with vacuum inside", "9617"), ("cup with vacuum inside", "9617")],
        );
        check(
            "Straw hats go to 6504, hard hats and fur hats to 6506; knitted headbands to 6117.",
            Language::En,
            &[
                ("straw hats", "6504"),
                ("hard hats", "6506"),
                ("fur hats", "6506"),
                ("knitted headbands", "6117"),
            ],
        );
        check("Strohoeden horen onder 6504.", Language::Nl, &[("strohoeden", "6504")]);
        check("Cooked meat goes to chapter 16.", Language::En, &[("cooked meat", "16")]);
        check("Seat posts go to 8714.99.", Language::En, &[("seat posts", "871499")]);
        check("A double wall but no vacuum goes to 7323.", Language::En, &[]);
        check("Once set in jewellery they stay.", Language::En, &[]);
    }

    /// What is written in another way would be taken for its heading.
    #[test]
    fn a_subheading_in_a_note_has_a_dot() {
        let nomenclature = Nomenclature::embedded().unwrap_or_else(|error| panic!("{error}"));
        let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
        for (row, language) in
            nomenclature.rows().flat_map(|row| Language::ALL.map(|language| (row, language)))
        {
            let note = row.note(language).unwrap_or_default();
            let words: Vec<_> =
                note.split([' ', ',', ';', '/']).map(|word| word.trim_end_matches('.')).collect();
            let is_spaced = |pair: &[&str]| {
                pair.iter().all(|word| is_number(word)) && (pair[0].len(), pair[1].len()) == (4, 2)
            };
            assert!(!words.windows(2).any(is_spaced), "{}: {note}", row.code());
            assert!(!words.iter().any(|word| is_number(word) && word.len() > 4), "{}: {note}", row.code());
        }
    }

    /// Of all notes of the seed: goods that are described as a note describes those that it sends elsewhere.
    #[test]
    fn whatever_is_sent_elsewhere_is_doubted_and_has_the_place_beside_it() {
        let nomenclature = Nomenclature::embedded().unwrap_or_else(|error| panic!("{error}"));
        let engine = Engine::new(&nomenclature);
        let says_something = |word: &str| engine.index().vocabulary.says_something(word);
        let mut warned = 0;
        for row in nomenclature.rows().filter(|row| row.level() >= Level::Heading) {
            let note = row.note(Language::En).unwrap_or_default();
            for Sent { words, place } in sent_by(note, Language::En, says_something) {
                assert!(nomenclature.under(&place).any(|row| row.level() == Level::Subheading), "{note}");
                let description = format!("{}, {}", row.label(Language::En), words.join(" "));
                let outcome = engine.classify(&description, Language::En, &Precedents::default());
                let outcome = outcome.expect("an answer");
                let Some((_, told)) = outcome.reasoning.split_once("what this note sends to ") else {
                    continue;
                };
                let place = told.split(". ").next().expect("a place").replace('.', "");
                let first = outcome.alternatives.first().expect("an alternative");
                assert!(first.code.starts_with(&place), "{description}: {outcome:?}");
                assert!(outcome.confidence <= 67, "{description}: {outcome:?}");
                warned += 1;
            }
        }
        assert!(warned > 100, "{warned}");
    }
}
