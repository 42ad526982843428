//! Products known again by the one line that the history has of them.

/// So many characters of a description the history tells of a product.
const SUMMARY_CHARS: usize = 160;

/// What stands at the end of one that is cut.
const CUT: char = '…';

/// A text in one line of small letters.
#[must_use]
pub fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.extend(word.chars().flat_map(char::to_lowercase));
    }
    line
}

/// A description as the history has it, where it has it whole: of two that are cut the ends may be others.
#[must_use]
pub fn whole(description: &str) -> Option<String> {
    Some(summary(description)).filter(|summary| !summary.ends_with(CUT))
}

/// A description as the history has it, in small letters: one line, cut when it is long.
#[must_use]
pub fn summary(description: &str) -> String {
    let words = description.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(SUMMARY_CHARS) {
        Some((end, _)) => one_line(&format!("{}{CUT}", words[..end].trim_end())),
        None => one_line(&words),
    }
}
