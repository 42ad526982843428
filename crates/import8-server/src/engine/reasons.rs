//! Writes the reasons for a code, in English or Dutch.
//!
//! Invariant: every sentence states something that the search found.

use import8_api::HsCode;

use super::elsewhere::Elsewhere;
use super::foreign::Foreign;
use super::index::Index;
use super::precedents::Similar;
use super::query::{Query, QueryWord};
use crate::language::Language;
use crate::nomenclature::{Entry, Level};

/// The most words of the description that a sentence quotes.
const QUOTED_WORDS: usize = 5;

/// The most characters of an earlier description that a sentence quotes.
const QUOTED_CHARS: usize = 80;

/// Writes reasons for the codes of one description, in one language.
pub(super) struct Reasons<'a> {
    pub(super) index: &'a Index,
    pub(super) query: &'a Query,
    pub(super) language: Language,
}

impl Reasons<'_> {
    /// The reasons for the last entry of `path`: the precedent, if there is one; the matching words; the choice over
    /// `runner_up`; the closest note on the path; and warnings, which are left out after a precedent.
    pub(super) fn for_answer(
        &self,
        path: &[&Entry],
        runner_up: Option<&Entry>,
        precedent: Option<&Similar<'_>>,
        elsewhere: Option<&Elsewhere<'_>>,
    ) -> String {
        let Some(answer) = path.last() else {
            return String::new();
        };
        // The deepest note is the closest to the goods; higher ones often repeat it.
        let mut rows = path.iter().rev().take_while(|entry| entry.level() >= Level::Heading);
        let note = match elsewhere {
            Some(elsewhere) => elsewhere.row.note(self.language),
            None => rows.find_map(|entry| entry.note(self.language)),
        };
        let note = note.map(str::to_owned);
        // A code that a reviewer confirmed needs no warning.
        let is_warned = precedent.is_none();
        let warnings = [elsewhere.map(|elsewhere| self.sent_away(elsewhere)), self.unread()];
        let warnings = warnings.into_iter().flatten().filter(|_| is_warned);
        let verdict = precedent.map(|precedent| self.verdict(precedent, answer));
        let found = [self.place(path), self.choice(answer, runner_up)];
        let sentences = found.into_iter().filter(|sentence| !sentence.is_empty());
        verdict.into_iter().chain(sentences).chain(note).chain(warnings).collect::<Vec<_>>().join(" ")
    }

    /// The warning that the quoted note may be about these goods.
    fn sent_away(&self, elsewhere: &Elsewhere<'_>) -> String {
        let place = self.place_of_goods(&elsewhere.place);
        match self.language {
            Language::En => {
                format!("Warning: the description fits what this note sends to {place}. Check that first.")
            }
            Language::Nl => {
                format!(
                    "Let op: de omschrijving past bij wat deze toelichting onder {place} brengt. Ga dat eerst na."
                )
            }
        }
    }

    /// A place as part of a sentence: "chapter 95", or a code.
    fn place_of_goods(&self, place: &str) -> String {
        match (self.language, place.len()) {
            (Language::En, 2) => format!("chapter {place}"),
            (Language::Nl, 2) => format!("hoofdstuk {place}"),
            _ => written(place),
        }
    }

    /// The warning that much of the description is not understood: it is in another language, or at least half of its
    /// words are unknown.
    fn unread(&self) -> Option<String> {
        if let Some(foreign) = self.query.foreign {
            return Some(in_foreign(foreign, self.language));
        }
        let mut unknown: Vec<&QueryWord> = self.query.unknown().collect();
        if unknown.is_empty() || 2 * unknown.len() < self.query.words.len() {
            return None;
        }
        unknown.truncate(QUOTED_WORDS);
        let quoted = self.quoted(&unknown);
        Some(match (self.language, unknown.len() == 1) {
            (Language::En, true) => format!("Warning: {quoted} is not a known word here."),
            (Language::En, false) => format!("Warning: {quoted} are not known words here."),
            (Language::Nl, true) => format!("Let op: {quoted} is hier geen bekend woord."),
            (Language::Nl, false) => format!("Let op: {quoted} zijn hier geen bekende woorden."),
        })
    }

    /// The verdict of the organisation's reviewer on a similar product.
    fn verdict(&self, precedent: &Similar<'_>, answer: &Entry) -> String {
        let cn = precedent.code.bare().get(..8);
        let is_known = answer.level() == Level::Subheading
            && cn.is_none_or(|cn| answer.cn().iter().any(|known| known == cn));
        let (code, description) = (precedent.code.dotted(), shortened(precedent.description));
        let (said, unchecked) = match self.language {
            Language::En => (
                format!("Your organisation found {code} right for a similar product, “{description}”."),
                " That code is not known here and could not be checked.",
            ),
            Language::Nl => (
                format!("Uw organisatie vond {code} juist voor een soortgelijk product, “{description}”."),
                " Die code is hier niet bekend en kon niet worden nagegaan.",
            ),
        };
        if is_known { said } else { said + unchecked }
    }

    /// The reasons for an alternative: the words that match it, and the condition under which it is right.
    pub(super) fn for_alternative(&self, path: &[&Entry]) -> String {
        let Some(alternative) = path.last() else {
            return String::new();
        };
        let label = alternative.label(self.language);
        let condition = match self.language {
            Language::En => format!("Right for: {label}."),
            Language::Nl => format!("Juist voor: {label}."),
        };
        format!("{} {condition}", self.place(path)).trim_start().to_owned()
    }

    /// The sentence with the words of the description that are on the heading's row or below; if there are none,
    /// those on the chapter's.
    fn place(&self, path: &[&Entry]) -> String {
        let on = |level: Level| {
            let below = path.iter().skip_while(|entry| entry.level() < level).copied().collect::<Vec<_>>();
            let words = self.words_on(&below);
            below.first().filter(|_| !words.is_empty()).map(|row| (self.named(row), words))
        };
        let (row, words) = on(Level::Heading).or_else(|| on(Level::Chapter)).unwrap_or_default();
        if words.is_empty() {
            return String::new();
        }
        let (quoted, one) = (self.quoted(&words), words.len() == 1);
        match (self.language, one) {
            (Language::En, true) => format!("{quoted} points to {row}."),
            (Language::En, false) => format!("{quoted} point to {row}."),
            (Language::Nl, true) => format!("{quoted} wijst op {row}."),
            (Language::Nl, false) => format!("{quoted} wijzen op {row}."),
        }
    }

    /// The sentence on the choice between the answer and the runner-up.
    fn choice(&self, answer: &Entry, runner_up: Option<&Entry>) -> String {
        let Some(runner_up) = runner_up else {
            return self.only(answer);
        };
        let mut words = self.words_on(&[answer]);
        words.retain(|word| !self.index.row_has(runner_up.code(), word));
        let (chosen, other) = (self.named(answer), self.named(runner_up));
        let quoted = self.quoted(&words);
        match (self.language, words.is_empty()) {
            (Language::En, true) => {
                format!("No single word decides between {chosen} and {other}.")
            }
            (Language::Nl, true) => {
                format!("Geen enkel woord geeft de doorslag tussen {chosen} en {other}.")
            }
            (Language::En, false) => {
                format!("Decisive for {chosen} over {other}: {quoted}.")
            }
            (Language::Nl, false) => {
                format!("Doorslaggevend voor {chosen} boven {other}: {quoted}.")
            }
        }
    }

    fn only(&self, answer: &Entry) -> String {
        let chosen = self.named(answer);
        match self.language {
            Language::En => {
                format!("Nothing in the description points to a code other than {chosen}.")
            }
            Language::Nl => {
                format!("Niets in de omschrijving wijst op een andere code dan {chosen}.")
            }
        }
    }

    /// The words of the description that any of the entries has on its own row.
    fn words_on(&self, entries: &[&Entry]) -> Vec<&QueryWord> {
        let is_on = |word: &&QueryWord| entries.iter().any(|entry| self.index.row_has(entry.code(), word));
        let mut words: Vec<&QueryWord> = self.query.words.iter().filter(is_on).collect();
        words.dedup_by_key(|word| &word.surface);
        words.truncate(QUOTED_WORDS);
        words
    }

    /// “a”, “b” and “c”.
    fn quoted(&self, words: &[&QueryWord]) -> String {
        let and = match self.language {
            Language::En => "and",
            Language::Nl => "en",
        };
        let quoted: Vec<String> = words.iter().map(|word| format!("“{}”", word.surface)).collect();
        match quoted.split_last() {
            Some((last, before)) if !before.is_empty() => {
                format!("{} {and} {last}", before.join(", "))
            }
            _ => quoted.concat(),
        }
    }

    /// The level, the code and the label of an entry.
    fn named(&self, entry: &Entry) -> String {
        let level = match (self.language, entry.level()) {
            (Language::En, Level::Section) => "section",
            (Language::En, Level::Chapter) => "chapter",
            (Language::En, Level::Heading) => "heading",
            (Language::En, Level::Subheading) => "subheading",
            (Language::Nl, Level::Section) => "afdeling",
            (Language::Nl, Level::Chapter) => "hoofdstuk",
            (Language::Nl, Level::Heading) => "post",
            (Language::Nl, Level::Subheading) => "onderverdeling",
        };
        format!("{level} {} ({})", written(entry.code()), entry.label(self.language))
    }
}

/// A code in the API's notation. Chapters and sections are no commodity codes and stay unchanged.
fn written(code: &str) -> String {
    code.parse().map_or_else(|_| code.to_owned(), |code: HsCode| code.dotted())
}

/// The warning that the engine does not read the language of a description.
pub(super) fn in_foreign(foreign: &Foreign, language: Language) -> String {
    let name = foreign.name(language);
    match language {
        Language::En => format!(
            "Warning: the description seems to be in {name}. Only English and Dutch are understood here: describe the product in one of them."
        ),
        Language::Nl => format!(
            "Let op: de omschrijving lijkt in {name} te zijn. Alleen Engels en Nederlands worden hier begrepen: omschrijf het product in een daarvan."
        ),
    }
}

/// The beginning of a text, on one line.
fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(QUOTED_CHARS) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}
