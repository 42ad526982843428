//! Parses the notes of the nomenclature into transfers, which say which goods belong under which other places.
//!
//! "A bottle with a vacuum between its walls goes to 9617" is a transfer of the kind "bottle", narrowed by "vacuum"
//! and "walls", to heading 9617. Grammatical words and words of the notes themselves are left out. A clause that says
//! what goods are not gives no transfer, because descriptions seldom say that.

use super::stop_words::{negates, opens_complement};
use super::text::{self, Word};
use super::vocabulary::Vocabulary;
use crate::language::Language;

/// Words of notes that do not name goods, folded.
const NOTES: &str = "\
    go goes going gaan gaat horen hoort volgen follow usually meestal mostly stay stays blijft blijven \
    here hier heading headings post posten chapter chapters hoofdstuk hoofdstukken onder eg bv \
    can kunnen own eigen sold los verkocht verkochte loose tussen hun";

/// Words between two places of one list: "chapters 61 and 62", "0803 tot en met 0806".
const JOINERS: &str = "and or to en of tot met";

/// Goods of one kind, and the places to which a note sends them.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Transfer {
    /// The folded words that name the kind; the last one is its noun. Empty for "goods of silicone".
    pub(super) kind: Vec<String>,
    /// The folded words that narrow the kind, after "of" or "with".
    pub(super) quality: Vec<String>,
    /// The digits of chapters, headings and subheadings, at least one; none lies within another.
    pub(super) places: Vec<String>,
}

impl Transfer {
    /// The words of the kind and its quality, in the order of the note.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> + Clone {
        self.kind.iter().chain(&self.quality).map(String::as_str)
    }

    /// The noun of the kind.
    pub(super) fn noun(&self) -> Option<&str> {
        self.kind.last().map(String::as_str)
    }

    /// Adds a place. A place within another one is more exact and replaces it: "chapter 12 (1201)".
    fn add_place(&mut self, place: &str) {
        self.places.retain(|known| !place.starts_with(known.as_str()));
        if !self.places.iter().any(|known| known.starts_with(place)) {
            self.places.push(place.to_owned());
        }
    }
}

/// The transfers of a note, in order.
pub(super) fn transfers(note: &str, language: Language, vocabulary: &Vocabulary) -> Vec<Transfer> {
    let sentences = note.split(';').flat_map(|part| part.split(". "));
    sentences
        .flat_map(|sentence| {
            let mut reader = Reader::new(language, vocabulary);
            let words = text::words(&spell_out(sentence, vocabulary));
            words.into_iter().for_each(|word| reader.read(word));
            reader.transfers
        })
        .collect()
}

/// Reads one sentence, word by word.
struct Reader<'a> {
    language: Language,
    vocabulary: &'a Vocabulary,
    transfers: Vec<Transfer>,
    /// The index of the first transfer to the places that were read last.
    latest: usize,
    /// The last of the places that were read last.
    latest_place: String,
    /// The kinds since the last place: "hard hats and fur hats" are two.
    kinds: Vec<Vec<String>>,
    /// The quality that narrows all these kinds.
    quality: Vec<String>,
    is_quality: bool,
    is_negated: bool,
    /// Whether the next number is that of a chapter.
    is_chapter: bool,
    /// Whether the next place ends a range: "0803 to 0806".
    is_range: bool,
}

impl<'a> Reader<'a> {
    fn new(language: Language, vocabulary: &'a Vocabulary) -> Self {
        Self {
            language,
            vocabulary,
            transfers: Vec::new(),
            latest: 0,
            latest_place: String::new(),
            kinds: vec![Vec::new()],
            quality: Vec::new(),
            is_quality: false,
            is_negated: false,
            is_chapter: false,
            is_range: false,
        }
    }

    fn read(&mut self, word: Word) {
        let folded = word.folded;
        if let Some(place) = place(&folded, self.is_chapter) {
            self.end_at(&place);
            return;
        }
        let is_joiner = has(JOINERS, &folded);
        self.is_chapter =
            folded.starts_with("chapter") || folded.starts_with("hoofdstuk") || self.is_chapter && is_joiner;
        self.is_range = matches!(folded.as_str(), "to" | "tot") || self.is_range && is_joiner;
        self.is_negated |= negates(&folded) || matches!(folded.as_str(), "no" | "geen");
        let (and, of) = match self.language {
            Language::En => (["and", "or"], "of"),
            Language::Nl => (["en", "of"], "van"),
        };
        self.is_quality |= folded == of || opens_complement(&folded) && folded != "to";
        let is_next = (word.after_break || and.contains(&folded.as_str())) && !self.is_quality;
        if is_next && self.kinds.last().is_some_and(|kind| !kind.is_empty()) {
            self.kinds.push(Vec::new());
        }
        if has(NOTES, &folded) || !self.vocabulary.says_something(&folded) {
            return;
        }
        match self.kinds.last_mut().filter(|_| !self.is_quality) {
            Some(kind) => kind.push(folded),
            None => self.quality.push(folded),
        }
    }

    /// Ends the kinds before a place. Without kinds, adds the place to the transfers of the previous place.
    fn end_at(&mut self, place: &str) {
        let is_list = self.quality.is_empty() && self.kinds.iter().all(Vec::is_empty);
        if is_list && !self.is_negated && !self.latest_place.is_empty() {
            let places = if self.is_range { range(&self.latest_place, place) } else { Vec::new() };
            for transfer in self.transfers.iter_mut().skip(self.latest) {
                places.iter().for_each(|between| transfer.add_place(between));
                transfer.add_place(place);
            }
        } else {
            self.latest = self.transfers.len();
            let kinds = std::mem::replace(&mut self.kinds, vec![Vec::new()]);
            let quality = std::mem::take(&mut self.quality);
            if !self.is_negated {
                self.send(kinds, &quality, place);
            }
        }
        place.clone_into(&mut self.latest_place);
        (self.is_quality, self.is_negated, self.is_range) = (false, false, false);
    }

    fn send(&mut self, mut kinds: Vec<Vec<String>>, quality: &[String], place: &str) {
        complete_adjectives(&mut kinds, self.language);
        kinds.retain(|kind| !kind.is_empty());
        if kinds.is_empty() && !quality.is_empty() {
            kinds.push(Vec::new());
        }
        let transfer = |kind| Transfer { kind, quality: quality.to_vec(), places: vec![place.to_owned()] };
        self.transfers.extend(kinds.into_iter().map(transfer));
    }
}

/// Gives each adjective without a noun the noun after it, and each noun without adjectives the adjectives before it:
/// "cooked or breaded meat and fish" means cooked meat, breaded meat and breaded fish.
fn complete_adjectives(kinds: &mut [Vec<String>], language: Language) {
    let mut noun: Option<String> = None;
    for kind in kinds.iter_mut().rev() {
        let is_alone = kind.len() == 1 && kind.iter().all(|word| is_adjective(word, language));
        match noun.clone().filter(|_| is_alone) {
            Some(noun) => kind.push(noun),
            None => noun = kind.last().cloned().or(noun),
        }
    }
    let mut adjectives: Vec<String> = Vec::new();
    for kind in kinds {
        match kind.split_last() {
            Some((_, [])) => *kind = [adjectives.as_slice(), kind.as_slice()].concat(),
            Some((_, before)) if before.iter().all(|word| is_adjective(word, language)) => {
                adjectives = before.to_vec();
            }
            _ => adjectives.clear(),
        }
    }
}

/// Whether a folded word has the form of a participle or of an inflected adjective. Use it for words before a noun
/// only, because "linen" has the form too.
fn is_adjective(folded: &str, language: Language) -> bool {
    let begins = |beginnings: &[&str]| beginnings.iter().any(|beginning| folded.starts_with(beginning));
    let ends = |endings: &[&str]| endings.iter().any(|ending| folded.ends_with(ending));
    match language {
        Language::En => ends(&["ed", "en"]),
        Language::Nl => {
            ends(&["e"]) && !ends(&["ee"]) || begins(&["ge", "be", "ver", "ont"]) && ends(&["d", "t", "en"])
        }
    }
}

/// The digits of a place: of a heading or subheading, or of a chapter if the text calls it one.
fn place(folded: &str, is_chapter: bool) -> Option<String> {
    let is_number = folded.bytes().all(|byte| byte.is_ascii_digit());
    match folded.len() {
        4 | 6 if is_number => Some(folded.to_owned()),
        1 | 2 if is_number && is_chapter => Some(format!("{folded:0>2}")),
        _ => None,
    }
}

/// The places between two of the same length, both excluded; empty if they are no range.
fn range(first: &str, last: &str) -> Vec<String> {
    match (first.parse::<u32>(), last.parse::<u32>()) {
        (Ok(from), Ok(to)) if first.len() == last.len() => (from.saturating_add(1)..to)
            .map(|number| format!("{number:0>width$}", width = first.len()))
            .collect(),
        _ => Vec::new(),
    }
}

/// Completes words that share a part: "vacuümflessen en -bekers" and "thee- en geneeskruiden" become "vacuum bekers"
/// and "thee kruiden". A word that cannot be split is added as a whole.
fn spell_out(sentence: &str, vocabulary: &Vocabulary) -> String {
    let tokens: Vec<&str> = sentence.split_whitespace().collect();
    let whole =
        |token: &&&str| !token.starts_with('-') && !is_beginning(token) && !has("en of and or", token);
    let written = tokens.iter().enumerate().map(|(place, token)| {
        let ending = token.strip_prefix('-').filter(|ending| ending.starts_with(char::is_alphabetic));
        if let Some(ending) = ending {
            let before = tokens.iter().take(place).rev().find(whole).copied().unwrap_or_default();
            format!("{} {ending}", part(before, vocabulary, |(first, _)| first))
        } else if is_beginning(token) {
            let after = tokens.iter().skip(place + 1).find(whole).copied().unwrap_or_default();
            token.replacen('-', &format!(" {}", part(after, vocabulary, |(_, last)| last)), 1)
        } else {
            (*token).to_owned()
        }
    });
    written.collect::<Vec<_>>().join(" ")
}

/// Whether a token is the beginning of a word that is completed later: "thee-" or "zalm-,".
fn is_beginning(token: &str) -> bool {
    let word = token.trim_end_matches([',', '.']).strip_suffix('-');
    word.is_some_and(|word| word.ends_with(char::is_alphabetic))
}

/// A part of a compound, folded; the whole word if it is no compound.
fn part(token: &str, vocabulary: &Vocabulary, choose: for<'a> fn((&'a str, &'a str)) -> &'a str) -> String {
    let folded = text::words(token).into_iter().map(|word| word.folded).next_back().unwrap_or_default();
    vocabulary.split(&folded).map_or_else(|| folded.clone(), |parts| choose(parts).to_owned())
}

/// Whether the words, separated by white space, contain the word.
fn has(words: &str, word: &str) -> bool {
    words.split_whitespace().any(|one| one == word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nomenclature::Nomenclature;

    /// Parses a note into transfers, each as its words and its places.
    fn read(note: &str, language: Language) -> Vec<(String, String)> {
        let mut vocabulary = Vocabulary::new();
        for word in ["vacuum", "fles", "flessen", "bekers", "kruiden", "genees"] {
            vocabulary.intern(word, Language::Nl);
        }
        let transfers = transfers(note, language, &vocabulary).into_iter();
        let joined =
            |transfer: Transfer| (transfer.words().collect::<Vec<_>>().join(" "), transfer.places.join(" "));
        transfers.map(joined).collect()
    }

    fn check(note: &str, language: Language, expected: &[(&str, &str)]) {
        let expected: Vec<_> =
            expected.iter().map(|(words, places)| ((*words).to_owned(), (*places).to_owned())).collect();
        assert_eq!(read(note, language), expected, "{note}");
    }

    #[test]
    fn a_note_says_which_goods_go_where() {
        check(
            "A bottle or cup with a vacuum inside goes to 9617.",
            Language::En,
            &[("bottle vacuum inside", "9617"), ("cup vacuum inside", "9617")],
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
        check("Seat posts go to 8714.99.", Language::En, &[("seat posts", "871499")]);
        check("A double wall but no vacuum goes to 7323.", Language::En, &[]);
        check("Once set in jewellery they stay.", Language::En, &[]);
    }

    #[test]
    fn whole_chapters_and_lists_of_places_are_read() {
        check("Cooked meat goes to chapter 16.", Language::En, &[("cooked meat", "16")]);
        check(
            "Bags of 4202 and toys of chapter 95 and furniture of chapter 94 stay out even when wholly of plastic.",
            Language::En,
            &[("bags", "4202"), ("toys", "95"), ("furniture", "94")],
        );
        check(
            "Live fish go to chapter 3; clothing to chapters 61 and 62, scarves to chapters 61/62.",
            Language::En,
            &[("live fish", "03"), ("clothing", "61 62"), ("scarves", "61 62")],
        );
        check("Suikermais hoort in hoofdstuk 7 of 20.", Language::Nl, &[("suikermais", "07 20")]);
        check("Peanuts go to 1202 or 2008.", Language::En, &[("peanuts", "1202 2008")]);
        check("Figs go to 0803 to 0806.", Language::En, &[("figs", "0803 0804 0805 0806")]);
        check("Vijgen horen onder 0803 tot en met 0805.", Language::Nl, &[("vijgen", "0803 0804 0805")]);
        check("Pepper of chapter 9 goes to 0910.", Language::En, &[("pepper", "0910")]);
        check(
            "Beans for sowing stay in chapters 7 or 12 (1201, 1211).",
            Language::En,
            &[("beans sowing", "07 1201 1211")],
        );
    }

    #[test]
    fn adjectives_and_parts_of_words_are_completed() {
        check(
            "Cooked, seasoned or breaded meat goes to chapter 16.",
            Language::En,
            &[("cooked meat", "16"), ("seasoned meat", "16"), ("breaded meat", "16")],
        );
        check(
            "Gegaard, gekruid of gepaneerd vlees hoort in hoofdstuk 16.",
            Language::Nl,
            &[("gegaard vlees", "16"), ("gekruid vlees", "16"), ("gepaneerd vlees", "16")],
        );
        check(
            "Vacuümflessen en -bekers horen onder 9617.",
            Language::Nl,
            &[("vacuumflessen", "9617"), ("vacuum bekers", "9617")],
        );
        check(
            "Thee- en geneeskruiden horen onder 1211.",
            Language::Nl,
            &[("thee kruiden", "1211"), ("geneeskruiden", "1211")],
        );
        check("Artikelen van asbest horen onder 6812.", Language::Nl, &[("asbest", "6812")]);
        check(
            "Raw or dried fruit and nuts go to chapter 8.",
            Language::En,
            &[("raw", "08"), ("dried fruit", "08"), ("dried nuts", "08")],
        );
    }

    /// A place in another notation is not found, or is mistaken for its heading.
    #[test]
    fn places_in_notes_are_written_so_that_they_are_found() {
        let nomenclature = Nomenclature::embedded().unwrap_or_else(|error| panic!("{error}"));
        let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
        for (row, language) in
            nomenclature.rows().flat_map(|row| Language::ALL.map(|language| (row, language)))
        {
            let note = row.note(language).unwrap_or_default();
            let words = note.split([' ', ',', ';', '/']).map(|word| word.trim_end_matches('.'));
            let words: Vec<_> =
                [""].into_iter().chain(words.filter(|word| !word.is_empty())).chain([""]).collect();
            let is_spaced = |pair: &[&str]| {
                pair.iter().all(|word| is_number(word)) && (pair[0].len(), pair[1].len()) == (4, 2)
            };
            let is_chapter = |word: &str| is_number(word) && word.len() == 2;
            assert!(!words.windows(2).any(is_spaced), "{}: {note}", row.code());
            assert!(!words.iter().any(|word| is_number(word) && word.len() > 4), "{}: {note}", row.code());
            // A chapter is called one, or ends a range; other two-digit numbers have a unit.
            let is_bare = |words: &[&str]| {
                !is_chapter(words[0])
                    && matches!(words[1], "to" | "onder")
                    && is_chapter(words[2])
                    && !matches!(words[3], "%" | "kg")
            };
            assert!(!words.windows(4).any(is_bare), "{}: {note}", row.code());
        }
    }
}
