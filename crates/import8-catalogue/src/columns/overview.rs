//! The columns of a file as they are shown to a person: each with its title and some of its texts.

use import8_sheets::reading::Source;
use serde::{Deserialize, Serialize};

use super::mapping::Mapping;
use super::title_row::title;

/// The most texts of a column that are shown.
const SAMPLES: usize = 3;

/// The most rows that are read to find them.
const ROWS: usize = 1_000;

/// A column of a file. Its role and the reason for it are in the [`Mapping`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnOverview {
    /// The title; empty without one.
    pub title: String,
    /// The first different texts.
    pub samples: Vec<String>,
    /// Whether the column is hidden in the spreadsheet.
    pub is_hidden: bool,
}

impl Mapping {
    /// The columns of the file, with texts of at most `chars` characters.
    #[must_use]
    pub fn overview(&self, source: &Source, chars: usize) -> Vec<ColumnOverview> {
        let overview = |column: usize| {
            let title = self.title_row().map(|titles| title(source, titles, column)).unwrap_or_default();
            let mut samples: Vec<String> = Vec::new();
            for row in self.first_row()..source.rows().min(self.first_row() + ROWS) {
                let text = shortened(source.cell(row, column).trim(), chars);
                if !text.is_empty() && !samples.contains(&text) {
                    samples.push(text);
                }
                if samples.len() == SAMPLES {
                    break;
                }
            }
            ColumnOverview {
                title: shortened(&title, chars),
                samples,
                is_hidden: source.column_is_hidden(column),
            }
        };
        (0..source.columns()).map(overview).collect()
    }
}

/// A text cut to a number of characters.
pub(crate) fn shortened(text: &str, chars: usize) -> String {
    match text.char_indices().nth(chars) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
