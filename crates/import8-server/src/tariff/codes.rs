//! Sets of commodity codes, in the notation of the tariff's files: `25-97;010121`.

/// The suffix of a line that a code stands for; smaller ones only group the lines below them.
pub(super) const A_CODE: u8 = 80;

/// A set of codes: prefixes, and ranges of chapters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Codes {
    pub(super) prefixes: Vec<String>,
    pub(super) chapters: Vec<(String, String)>,
}

impl Codes {
    /// Whether a code of two digits or more begins with one of the prefixes or is in one of the ranges of chapters.
    pub(super) fn contains(&self, code: &str) -> bool {
        let chapter = code.get(..2).unwrap_or_default();
        self.prefixes.iter().any(|prefix| code.starts_with(prefix.as_str()))
            || self.chapters.iter().any(|(first, last)| first.as_str() <= chapter && chapter <= last.as_str())
    }
}
