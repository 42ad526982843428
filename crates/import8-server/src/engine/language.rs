//! Detection of the language of a description: Dutch or English.

use super::text;
use crate::language::Language;

/// Common Dutch words that are not English, folded.
const DUTCH: &str = "\
    aan als bij dames dat de deze dit een en gebreid geen heren het hoes hoesje jongens katoen \
    katoenen kinderen kleur kunststof leer leren maat meisjes met niet om ook op roestvrij rvs \
    staal stalen stuks tas te uit van voor wol zijn zonder zwart wit rood blauw groen zwarte \
    witte rode blauwe draadloze glazen fles broek jurk schoenen trui jas wollen houten zijden \
    goud zilver zilveren gouden telefoon koptelefoon telefoonhoes kaars stoel tafel doos kast \
    handdoek deken mok beker bril horloge ketting oorbellen armband speelgoed fiets draadloos \
    elektrische opvouwbare vrouwen mannen jongen wandklok snoer kabel lader oplader kussen \
    vloerkleed gordijn mes pannen";

/// Common English words that are not Dutch, folded.
const ENGLISH: &str = "\
    a and bag black blue bottle by case cotton cover dress for from green leather made new of on \
    or plastic red shoes steel the this to white with without women wood wooden wireless wool \
    your boys girls kids children stainless phone holder set";

/// Letters that are common in Dutch words and rare in English ones.
const DUTCH_LETTERS: &[&str] =
    &["ij", "aa", "uu", "sch", "oef", "oek", "eur", "ieu", "tje", "sje", "kje", "pje"];

/// The more likely language of a text; English if no word is typical of either.
pub fn detect_language(text: &str) -> Language {
    let evidence: i32 = text::words(text).iter().map(|word| dutchness(&word.folded)).sum();
    if evidence > 0 { Language::Nl } else { Language::En }
}

/// The evidence of a folded word: positive for Dutch, negative for English.
fn dutchness(folded: &str) -> i32 {
    if has(DUTCH, folded) {
        3
    } else if has(ENGLISH, folded) {
        -3
    } else if DUTCH_LETTERS.iter().any(|letters| folded.contains(letters)) {
        2
    } else {
        i32::from(folded.len() > 5 && folded.ends_with("en"))
    }
}

/// Whether the words, separated by spaces, contain the folded word.
fn has(words: &str, folded: &str) -> bool {
    words.split(' ').any(|word| word == folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dutch_and_english_are_told_apart() {
        for text in [
            "katoenen T-shirt, heren, ronde hals",
            "leren portemonnee dames",
            "houten snijplank",
            "thermosfles rvs",
            "hoesje voor telefoon",
            "draadloze koptelefoon",
        ] {
            assert_eq!(detect_language(text), Language::Nl, "{text}");
        }
        for text in [
            "Stainless steel water bottle, 750 ml",
            "phone case silicone",
            "USB hub",
            "wooden cutting board",
            "",
        ] {
            assert_eq!(detect_language(text), Language::En, "{text}");
        }
    }
}
