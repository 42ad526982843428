//! Splits text into words, and reduces words to the forms that the search compares: folded words and stems.

use std::collections::HashSet;

use import8_api::is_accent;
use rust_stemmers::{Algorithm, Stemmer};

use super::stop_words;
use crate::language::Language;

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// The word as written.
    pub(super) surface: String,
    /// Folded, without possessive endings.
    pub(super) folded: String,
    /// Whether punctuation separates it from the previous word.
    pub(super) after_break: bool,
}

/// The words of `text` in order.
///
/// A hyphen separates words ("over-ear"), except after a single letter ("T-shirt" is one word). An apostrophe or a
/// point between letters or digits separates nothing.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut words = Words::default();
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let joins = characters.peek().is_some_and(|next| next.is_alphanumeric());
        let is_within_word = match character {
            '\'' | '’' | '.' => joins && !words.surface.is_empty(),
            '-' => joins && words.surface.chars().count() == 1,
            _ => character.is_alphanumeric() || is_accent(character),
        };
        if is_within_word {
            words.surface.push(character);
        } else {
            words.end(is_break(character, joins));
        }
    }
    words.end(false);
    words.done
}

/// Whether a character between two words separates two parts of a description.
fn is_break(character: char, joins: bool) -> bool {
    match character {
        '&' | '/' | '+' | '"' => false,
        '-' => !joins,
        _ => !character.is_whitespace(),
    }
}

/// The words of a label up to the first negation.
pub(super) fn affirmed(label: &[Word]) -> &[Word] {
    let end = label.iter().position(|word| stop_words::negates(&word.folded));
    label.get(..end.unwrap_or(label.len())).unwrap_or(label)
}

/// Words found so far and the one being read.
#[derive(Default)]
struct Words {
    done: Vec<Word>,
    surface: String,
    after_break: bool,
}

impl Words {
    /// Ends the word being read; `breaks` is true if punctuation follows it.
    fn end(&mut self, breaks: bool) {
        if !self.surface.is_empty() {
            let surface = std::mem::take(&mut self.surface);
            let folded = fold(&surface);
            self.done.push(Word { surface, folded, after_break: self.after_break });
            self.after_break = false;
        }
        self.after_break |= breaks;
    }
}

/// The word folded, without symbols, and without the possessive of "men's" or the plural of "foto's".
fn fold(surface: &str) -> String {
    let folded = import8_api::fold(surface);
    let word = ["'s", "’s"].into_iter().find_map(|ending| folded.strip_suffix(ending));
    word.unwrap_or(&folded).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Stems words, and knows which ones say nothing about goods.
pub(super) struct Analyzer {
    english: Stemmer,
    dutch: Stemmer,
    stop_words: HashSet<&'static str>,
}

impl Analyzer {
    pub(super) fn new() -> Self {
        Self {
            english: Stemmer::create(Algorithm::English),
            dutch: Stemmer::create(Algorithm::Dutch),
            stop_words: stop_words::all().collect(),
        }
    }

    /// The stem of a folded word.
    pub(super) fn stem(&self, folded: &str, language: Language) -> String {
        match language {
            Language::En => self.english.stem(folded).into_owned(),
            Language::Nl => dutch_spelling(&self.dutch.stem(without_diminutive(folded))),
        }
    }

    /// Whether a folded word can tell goods apart: it is no stop word, number, measure or single letter.
    pub(super) fn says_something(&self, folded: &str) -> bool {
        folded.chars().count() > 1 && !self.stop_words.contains(folded) && !is_measure(folded)
    }
}

/// The word without a Dutch diminutive ending: "hoes" for "hoesje", "lepel" for "lepeltje".
fn without_diminutive(folded: &str) -> &str {
    let small = folded.strip_suffix('s').unwrap_or(folded);
    let base = small.strip_suffix("je");
    let base = base.map(|base| base.strip_suffix('t').filter(|base| base.ends_with('l')).unwrap_or(base));
    base.filter(|base| base.len() >= SHORTEST_PART).unwrap_or(folded)
}

/// The spelling of a Dutch stem when it stands alone: "fles" for "flessen", "glas" for "glazen".
fn dutch_spelling(stem: &str) -> String {
    let mut letters: Vec<char> = stem.chars().collect();
    if let [.., before, last] = letters.as_slice()
        && before == last
    {
        letters.pop();
    }
    match letters.last_mut() {
        Some(last @ 'z') => *last = 's',
        Some(last @ 'v') => *last = 'f',
        _ => {}
    }
    letters.into_iter().collect()
}

/// A number, or a number with at most two letters of unit or model ("750ml", "10x", "925").
fn is_measure(folded: &str) -> bool {
    folded.starts_with(|c: char| c.is_ascii_digit())
        && folded.chars().filter(|c| c.is_alphabetic()).count() <= 2
        && !matches!(folded, "3d" | "2d")
}

/// Letters that may join the parts of a Dutch compound.
const LINKS: [&str; 4] = ["", "s", "en", "e"];
const SHORTEST_PART: usize = 3;

/// Splits a folded compound into two known parts, with the longest possible last part: "drinkfles" into "drink" and
/// "fles". The last part names the thing, the first one its kind.
pub(super) fn split_compound(folded: &str, is_known: impl Fn(&str) -> bool) -> Option<(&str, &str)> {
    let cuts = SHORTEST_PART..(folded.len() + 1).saturating_sub(SHORTEST_PART);
    let halves = cuts.filter_map(|cut| folded.split_at_checked(cut));
    halves.filter(|(_, last)| is_known(last)).find_map(|(first, last)| {
        let mut unlinked = LINKS.iter().filter_map(|link| first.strip_suffix(link));
        let first = unlinked.find(|first| first.len() >= SHORTEST_PART && is_known(first))?;
        Some((first, last))
    })
}

/// The fewest letters of a noun that is recognised at the end of a compound with an unknown beginning.
const SHORTEST_NOUN: usize = 4;

/// The longest known noun at the end of a folded compound: "fles" in "drinkfles".
pub(super) fn compound_noun(folded: &str, is_known: impl Fn(&str) -> bool) -> Option<&str> {
    let cuts = SHORTEST_PART..(folded.len() + 1).saturating_sub(SHORTEST_NOUN);
    let mut ends = cuts.filter_map(|cut| folded.split_at_checked(cut));
    ends.find(|(_, noun)| is_known(noun)).map(|(_, noun)| noun)
}

/// The noun in a folded Dutch adjective of a quality and a noun: "wand" in "dubbelwandige" and "dubbelwandig".
pub(super) fn split_adjective(
    folded: &str,
    is_quality: impl Fn(&str) -> bool,
    is_known: impl Fn(&str) -> bool,
) -> Option<&str> {
    let whole = folded.strip_suffix("ige").or_else(|| folded.strip_suffix("ig"))?;
    let cuts = SHORTEST_PART..(whole.len() + 1).saturating_sub(SHORTEST_PART);
    let mut halves = cuts.filter_map(|cut| whole.split_at_checked(cut));
    halves.find(|(quality, noun)| is_quality(quality) && is_known(noun)).map(|(_, noun)| noun)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.folded).collect()
    }

    #[test]
    fn words_are_folded() {
        assert_eq!(
            folded("Men's Vacuüm T-Shirt, over-ear 1.5L"),
            ["men", "vacuum", "tshirt", "over", "ear", "15l"]
        );
        assert_eq!(folded("foto's & USB-C / e-bike"), ["foto", "usb", "c", "ebike"]);
        assert!(folded(" -- ,. ").is_empty());
    }

    #[test]
    fn punctuation_breaks_and_hyphens_do_not() {
        let breaks: Vec<bool> =
            words("steel bottle, double-wall (new)").iter().map(|word| word.after_break).collect();
        assert_eq!(breaks, [false, false, true, false, true]);
    }

    #[test]
    fn stop_words_and_measures_say_nothing() {
        let analyzer = Analyzer::new();
        for word in ["2024", "750ml", "pcs", "the", "voor", "hot", "x", "blauw"] {
            assert!(!analyzer.says_something(word), "{word}");
        }
        for word in ["bottle", "3d", "fles", "leren"] {
            assert!(analyzer.says_something(word), "{word}");
        }
    }

    #[test]
    fn both_languages_are_stemmed() {
        let analyzer = Analyzer::new();
        assert_eq!(analyzer.stem("bottles", Language::En), "bottl");
        for (one, other) in [
            ("flessen", "fles"),
            ("glazen", "glas"),
            ("wollen", "wol"),
            ("hoesjes", "hoes"),
            ("lepeltje", "lepel"),
            ("leren", "leer"),
        ] {
            assert_eq!(analyzer.stem(one, Language::Nl), analyzer.stem(other, Language::Nl));
        }
    }

    #[test]
    fn compounds_split_into_known_parts() {
        let known = |word: &str| {
            ["drink", "fles", "koptelefoon", "hoes", "varken", "leer", "kind", "fiets"].contains(&word)
        };
        assert_eq!(split_compound("drinkfles", known), Some(("drink", "fles")));
        assert_eq!(split_compound("koptelefoonhoes", known), Some(("koptelefoon", "hoes")));
        assert_eq!(split_compound("varkensleer", known), Some(("varken", "leer")));
        assert_eq!(split_compound("bromfiets", known), None);
        assert_eq!(split_compound("é", known), None);
    }

    #[test]
    fn a_compound_is_what_its_end_says() {
        let noun = |word| compound_noun(word, |part| ["fles", "waterfles", "mok"].contains(&part));
        assert_eq!(noun("drinkfles"), Some("fles"));
        assert_eq!(noun("drinkwaterfles"), Some("waterfles"));
        for word in ["fles", "drfles", "koffiemok", "drinkglas", "é"] {
            assert_eq!(noun(word), None, "{word}");
        }
    }

    #[test]
    fn adjectives_of_a_quality_and_a_noun_split() {
        let noun =
            |word| split_adjective(word, |part| ["dubbel", "dun"].contains(&part), |part| part == "wand");
        for word in ["dubbelwandig", "dubbelwandige", "dunwandige"] {
            assert_eq!(noun(word), Some("wand"), "{word}");
        }
        for word in ["wandig", "dubbelwand", "handige", "veelwandig", "é"] {
            assert_eq!(noun(word), None, "{word}");
        }
    }
}
