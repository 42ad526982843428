//! Summaries of products, by which a product is recognised in the history.

/// The most characters of a description in the history.
const SUMMARY_CHARS: usize = 160;

/// The mark at the end of a cut description.
const CUT: char = '…';

/// A text in normal form: one line, in lower case.
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

/// The [`summary`] of a description if it is complete; `None` if it is shortened, because two descriptions with the
/// same beginning may differ at their ends.
#[must_use]
pub fn whole(description: &str) -> Option<String> {
    Some(summary(description)).filter(|summary| !summary.ends_with(CUT))
}

/// The summary of a description: one line in lower case, shortened like that of the history.
#[must_use]
pub fn summary(description: &str) -> String {
    let words = description.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(SUMMARY_CHARS) {
        Some((end, _)) => one_line(&format!("{}{CUT}", words[..end].trim_end())),
        None => one_line(&words),
    }
}
