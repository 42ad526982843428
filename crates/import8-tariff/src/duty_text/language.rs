//! The choice between an English and a Dutch text.

/// The text in the language: Dutch for `nl`, else English.
pub(super) fn in_language(language: &str, [en, nl]: [&'static str; 2]) -> &'static str {
    if language == "nl" { nl } else { en }
}
