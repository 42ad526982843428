//! Summaries of products, by which a product in the history is recognised.

/// The most characters of a description in the history.
const SUMMARY_CHARS: usize = 160;

/// The mark at the end of a cut description.
const CUT: char = '…';

/// A text in normal form: one line of small letters.
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

/// The [`summary`] of a description if it is complete; `None` if it is cut, because two cut ones may differ at their
/// ends.
#[must_use]
pub fn whole(description: &str) -> Option<String> {
    Some(summary(description)).filter(|summary| !summary.ends_with(CUT))
}

/// The summary of a description: one line as in the history, in small letters, cut if it is long.
#[must_use]
pub fn summary(description: &str) -> String {
    let words = description.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(SUMMARY_CHARS) {
        Some((end, _)) => one_line(&format!("{}{CUT}", words[..end].trim_end())),
        None => one_line(&words),
    }
}
