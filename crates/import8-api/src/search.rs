//! Folding of search words in case and accents. The server's search and the dashboard's own filter use it, so that
//! both find the same rows.

use normal_form::{composed, decomposed};

/// The most words of a search; further words are ignored.
pub const MAX_SEARCH_WORDS: usize = 12;

/// Folds case, accents and letter forms, so that texts with the same reading are equal: `CRÈME` and `crème` become
/// `creme`, `Straße` `strasse`, `ﬁ` `fi`, and `ＡＢ` (full width) `ab`.
///
/// Folding a folded text changes nothing. A letter with a stroke (`ø`, `ł`) is a letter of its own and stays.
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    let plain = decomposed(text);
    for letter in plain.chars().filter(|c| !is_accent(*c)).flat_map(char::to_lowercase) {
        match letter {
            'ß' => folded.push_str("ss"),
            // The final form of `σ`.
            'ς' => folded.push('σ'),
            letter => folded.push(letter),
        }
    }
    // The remaining marks belong to other scripts, where they make another letter: か is not が.
    composed(&folded)
}

/// The folded words of a text, in order. A word is a run of letters and digits.
#[must_use]
pub fn search_words(text: &str) -> Vec<String> {
    let folded = fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// Whether a character is an accent on the letter before it (Unicode's combining diacritical marks).
#[must_use]
pub fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Unicode's normal forms. A browser has them; the crate's tables would add 110 kB to the dashboard.
mod normal_form {
    #[cfg(not(target_arch = "wasm32"))]
    use unicode_normalization::UnicodeNormalization;

    #[cfg(not(target_arch = "wasm32"))]
    pub(super) fn decomposed(text: &str) -> String {
        text.nfkd().collect()
    }

    #[cfg(not(target_arch = "wasm32"))]
    pub(super) fn composed(text: &str) -> String {
        text.nfc().collect()
    }

    #[cfg(target_arch = "wasm32")]
    pub(super) fn decomposed(text: &str) -> String {
        js_sys::JsString::from(text).normalize("NFKD").into()
    }

    #[cfg(target_arch = "wasm32")]
    pub(super) fn composed(text: &str) -> String {
        js_sys::JsString::from(text).normalize("NFC").into()
    }
}
