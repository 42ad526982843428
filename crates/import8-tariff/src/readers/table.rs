//! The titles of a table that a person or a program has written.

use import8_sheets::reading::Source;

/// The titles of a table, comparable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Titles(Vec<String>);

impl Titles {
    /// The titles in a row.
    pub(super) fn read(source: &Source, row: usize) -> Self {
        Self((0..source.width(row)).map(|column| bare(&source.cell(row, column))).collect())
    }

    /// The number of titles.
    pub(super) fn width(&self) -> usize {
        self.0.len()
    }

    /// The titles by column, see [`bare`].
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, &str)> {
        self.0.iter().map(String::as_str).enumerate()
    }

    /// The first column with one of these titles.
    pub(super) fn find(&self, titles: &[&str]) -> Option<usize> {
        self.0.iter().position(|own| titles.contains(&own.as_str()))
    }
}

/// A title in small letters, without blanks and other signs: `goodscode` for `Goods code`.
pub(super) fn bare(title: &str) -> String {
    title.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
