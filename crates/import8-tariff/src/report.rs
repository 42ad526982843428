//! The report of an import: what was read, left out and missing, for a person.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Publication, Table};

/// The most refused rows of which a report keeps place and reason. Their number is always exact.
pub const MOST_REFUSED_ROWS: usize = 300;

/// What was read of a publication, and what was not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// What was published.
    pub publication: Publication,
    /// The day that the publication is of.
    pub day: Date,
    /// The number of rows of each table that the publication has.
    pub tables: BTreeMap<Table, Counts>,
    /// The refused rows with their reasons: the first [`MOST_REFUSED_ROWS`] in the order in which they were read.
    #[serde(default)]
    pub refused: Vec<RefusedRow>,
    /// The tables that the publication lacks.
    #[serde(default)]
    pub missing: Vec<Missing>,
    /// Remarks on the whole, in sentences: lines that one language lacks, files that were left out.
    #[serde(default)]
    pub notes: Vec<String>,
}

/// The numbers of rows of a table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// The rows that were taken over.
    pub read: u64,
    /// The rows that say the same as an earlier one, in every column.
    pub repeated: u64,
    /// The rows that could not be read.
    pub refused: u64,
    /// The rows that belong to nothing that was read, such as the exclusion of a measure on exports.
    #[serde(default)]
    pub unused: u64,
}

/// A row that was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedRow {
    /// The file, and in a workbook the sheet: `Duties Import 01-99.xlsx, Sheet1`.
    pub table: String,
    /// The number of the row as a spreadsheet counts, from 1; of an entry of a JSON file, its place from 1.
    pub row: u64,
    /// The reason, in words.
    pub reason: String,
}

/// A table that the publication lacks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missing {
    /// The table.
    pub table: Table,
    /// What is not known without it, in a sentence.
    pub cost: String,
}

impl Report {
    /// The number of refused rows in all tables.
    #[must_use]
    pub fn refused_rows(&self) -> u64 {
        self.tables.values().map(|counts| counts.refused).sum()
    }

    /// The report as lines of text, for the command line.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = format!("{} of {}\n", self.publication.title(), self.day);
        for (table, counts) in &self.tables {
            let Counts { read, repeated, refused, unused } = *counts;
            push_line(&mut text, format_args!("  {:<24} {read:>9} read", table.title()));
            for (number, what) in
                [(repeated, "repeated"), (refused, "refused"), (unused, "without a measure")]
            {
                if number > 0 {
                    text.truncate(text.trim_end_matches('\n').len());
                    push_line(&mut text, format_args!(", {number} {what}"));
                }
            }
        }
        for missing in &self.missing {
            push_line(&mut text, format_args!("Missing: {}. {}", missing.table.title(), missing.cost));
        }
        for note in &self.notes {
            push_line(&mut text, format_args!("{note}"));
        }
        for row in &self.refused {
            push_line(&mut text, format_args!("Refused: {}, row {}: {}", row.table, row.row, row.reason));
        }
        let kept = u64::try_from(self.refused.len()).unwrap_or(u64::MAX);
        let others = self.refused_rows().saturating_sub(kept);
        if others > 0 {
            push_line(&mut text, format_args!("Refused: {others} further rows"));
        }
        text
    }
}

fn push_line(text: &mut String, line: std::fmt::Arguments<'_>) {
    // Writing into a string does not fail.
    writeln!(text, "{line}").unwrap_or_default();
}

impl Publication {
    /// The name of the publication in English.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::HarmonizedSystem => "Harmonized System",
            Self::CombinedNomenclature => "Combined Nomenclature",
            Self::Taric => "TARIC",
            Self::Own => "Own tariff",
        }
    }
}

impl Table {
    /// The name of the table in English.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Nomenclature => "Nomenclature",
            Self::DeclarableCodes => "Declarable codes",
            Self::Measures => "Measures",
            Self::Areas => "Geographical areas",
            Self::Memberships => "Members of areas",
            Self::Exclusions => "Measure exclusions",
            Self::Conditions => "Measure conditions",
            Self::AdditionalCodes => "Additional codes",
            Self::Footnotes => "Footnotes",
            Self::MeasureFootnotes => "Measure footnotes",
            Self::MeasureTypes => "Measure types",
            Self::Documents => "Documents",
        }
    }

    /// What is not known without the table, in an English sentence.
    #[must_use]
    pub fn cost_of_absence(self) -> &'static str {
        match self {
            Self::Nomenclature => "The texts of the codes are not known, nor which codes exist.",
            Self::DeclarableCodes => "Which codes can be declared is not known.",
            Self::Measures => "Duties, prohibitions and other measures are not known.",
            Self::Areas => "Countries and groups are told by their codes.",
            Self::Memberships => {
                "Which countries belong to a group is not known, so no measure for a group applies to a country."
            }
            Self::Exclusions => {
                "Which countries a measure leaves out is not known, so a preference may be told for a country that \
                 does not have it."
            }
            Self::Conditions => "Documents and amounts are known only where the duty itself names them.",
            Self::AdditionalCodes => {
                "Additional codes are told without the goods or manufacturers they stand for."
            }
            Self::Footnotes => "Footnotes are told by their codes.",
            Self::MeasureFootnotes => "Which footnotes a measure has is not known.",
            Self::MeasureTypes => "Measures of an unusual type are told by its code.",
            Self::Documents => "Documents are told by their codes.",
        }
    }
}
